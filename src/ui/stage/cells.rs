//! The cells of one tape: which offsets are in sight, and how each record looks.

use crate::ui::catalogue::scene as say;
use crate::ui::chosen::Span;
use crate::ui::words;
use crate::view::{PartitionView, RecordKind, RecordView, Unsettled};
use std::sync::Arc;
use yew::prelude::*;

/// Which offsets of a partition are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first offset in sight.
    pub first: i64,
    /// The log end.
    pub end: i64,
    /// Nothing before `first` is hidden, and the log starts at the left.
    pub short: bool,
}

impl Window {
    /// The last `room` offsets of the log. Once one of a topic's logs overflows, none of its logs is drawn as `short`.
    pub fn of(part: &PartitionView, room: usize, short: bool) -> Self {
        let known = part.window.first().map_or(part.log_end, |r| r.offset);
        let first = (part.log_end - room as i64).max(part.log_start).max(known.min(part.log_end));
        Self { first, end: part.log_end, short }
    }

    /// Cells from the log's first in sight to an offset, kept within what is drawn.
    pub fn at(&self, offset: i64) -> i64 {
        (offset - self.first).clamp(0, self.end - self.first)
    }

    /// Cells from an offset to the log end.
    pub fn back(&self, offset: i64) -> i64 {
        (self.end - offset).clamp(0, self.end - self.first)
    }

    pub fn hides(&self, part: &PartitionView) -> bool {
        self.first > part.log_start
    }
}

/// What a tape's cells look like besides their records.
#[derive(Clone, PartialEq)]
pub struct Look {
    pub prefix: Arc<str>,
    pub label: usize,
    pub chosen: Option<i64>,
    /// The key in the publish form: its records get a base line.
    pub same: Option<Arc<str>>,
    /// The one that Tab leads to.
    pub stop: Option<i64>,
    /// What the chosen frame carries, and what was dragged over.
    pub rings: Vec<Span>,
    pub span: Option<Span>,
}

/// One element a record, and one a hole.
pub fn cells(part: &PartitionView, window: Window, look: &Look) -> Html {
    let from = part.window.partition_point(|r| r.offset < window.first);
    let mut records = part.window.get(from..).unwrap_or_default().iter().peekable();
    (window.first..window.end)
        .map(|offset| match records.next_if(|r| r.offset == offset) {
            Some(record) => cell(record, part, look),
            None => {
                let gone = part.removed.binary_search_by_key(&offset, |r| r.offset).ok().and_then(|at| part.removed.get(at));
                let title = gone.map(|gone| AttrValue::from(say::gone(offset, &gone.why)));
                html! {
                    <span key={offset} class="pt-cell" role={title.as_ref().map(|_| "gridcell")} aria-label={title.clone()} data-s="hole" data-f="" data-o={words::offset(offset)} data-ten={(offset % 10 == 0).then_some("")} {title}/>
                }
            }
        })
        .collect()
}

fn cell(record: &RecordView, part: &PartitionView, look: &Look) -> Html {
    let committed = record.offset < part.high_watermark;
    let kind = match record.kind {
        RecordKind::Data => "",
        RecordKind::Tombstone => "tombstone",
        RecordKind::Control | RecordKind::Commit | RecordKind::Abort => "control",
    };
    // What is in an open transaction is as far from being read as what is not replicated.
    let open = record.transaction == Some(Unsettled::Open);
    let marks = [
        (committed && !open).then_some("").or(Some("pending")),
        (record.transaction == Some(Unsettled::Aborted)).then_some("aborted"),
        Some(kind),
    ];
    let marks: Vec<&str> = marks.into_iter().flatten().filter(|mark| !mark.is_empty()).collect();
    let state = (!marks.is_empty()).then(|| marks.join(" "));
    let face = match (&record.key, record.kind) {
        (_, RecordKind::Control) => say::CONTROL_FACE.to_owned(),
        (_, RecordKind::Commit) => say::COMMIT_FACE.to_owned(),
        (_, RecordKind::Abort) => say::ABORT_FACE.to_owned(),
        (Some(key), _) => words::label(key, &look.prefix, look.label),
        (None, _) => words::initials(record.value.as_deref(), look.label),
    };
    let repeats = record.repeats.map(|_| "");
    let chosen = look.chosen == Some(record.offset);
    let ring = look.rings.iter().any(|ring| ring.has(record.offset));
    let in_span = look.span.as_ref().is_some_and(|span| span.has(record.offset));
    let same = record.key.is_some() && record.key == look.same;
    html! {
        <button key={record.offset} type="button" class="pt-cell" role="gridcell" data-cell={record.offset.to_string()}
            tabindex={if look.stop == Some(record.offset) { "0" } else { "-1" }}
            data-k={record.hue.map(|h| (h % 8 + 1).to_string())} data-s={state} data-f={face}
            data-o={if chosen { record.offset.to_string() } else { words::offset(record.offset) }}
            data-ten={(record.offset % 10 == 0).then_some("")} data-same={same.then_some("")} data-again={repeats} data-ring={ring.then_some("")} data-span={in_span.then_some("")}
            aria-selected={if chosen || in_span { "true" } else { "false" }} aria-label={spoken(record, committed, ring)}/>
    }
}

/// A record's name in full.
fn spoken(record: &RecordView, committed: bool, ring: bool) -> String {
    let name = say::cell(record, committed);
    if ring { say::in_frame(&name) } else { name }
}
