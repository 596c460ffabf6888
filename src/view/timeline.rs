//! A session's course of events, as a line: what a screen shows of it.

use super::EventSign;
use crate::base::Instant;
use crate::playground::Player;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many marks a line shows at most: the last ones, and of the earlier ones as many as fit.
pub const MARKS_SHOWN: usize = 240;
/// How many inputs a line shows at most: the last ones.
pub const INPUTS_SHOWN: usize = 240;
/// How many bars of records a line shows at most.
pub const BARS_MAX: usize = 240;

/// Time that can be rewound. Absent in a view whose source cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TimelineView {
    /// How far the history was played, in µs since its beginning: the line's length.
    pub end: Instant,
    /// The moment that is looked at; the same as [`super::View::now`].
    pub playhead: Instant,
    /// The playhead is before the end: playing on repeats what was done, acting begins a fork.
    pub past: bool,
    /// The last event until the playhead, and of the history: what [`crate::playground::Time::SeekEvent`] takes goes from 1 to the latter.
    pub event: u64,
    pub events: u64,
    /// Notable events, oldest first: to be drawn above the line.
    pub marks: Vec<MarkView>,
    /// What the user did, oldest first: to be drawn below the line.
    pub inputs: Vec<InputView>,
    /// Records acknowledged to producers in each span of `bar` µs, from the beginning.
    pub bars: Vec<u32>,
    pub bar_us: u64,
    /// All histories that are kept, in order of their beginning.
    pub branches: Vec<BranchView>,
    /// There is an input that can be taken back, or brought back.
    pub undo: bool,
    pub redo: bool,
    /// Time is on its way to the next notable event.
    pub seeking: bool,
    /// Changes whenever what is looked at is no continuation of what was looked at before.
    pub jumps: u64,
}

/// A notable event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MarkView {
    pub event: u64,
    pub at: Instant,
    pub sign: EventSign,
    pub text: Arc<str>,
}

/// Something that the user did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InputView {
    pub at: Instant,
    /// In words, without the subject: "kill broker 2".
    pub text: Arc<str>,
    /// It belongs to what was opened: undo does not reach it.
    pub opening: bool,
    /// It comes after the playhead.
    pub ahead: bool,
}

/// A history that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BranchView {
    pub name: Arc<str>,
    /// It is the one that is looked at.
    pub current: bool,
    /// The history it left, by its name then, and when.
    pub fork: Option<(Arc<str>, Instant)>,
    pub end: Instant,
    pub inputs: usize,
}

impl TimelineView {
    /// The line of what a player plays.
    pub fn of(player: &Player) -> Self {
        let history = player.history();
        let (bars, bar_us) = bars(history.counts());
        let marks = history.marks();
        let (inputs, applied) = (history.inputs(), history.applied());
        Self {
            end: history.end().at,
            playhead: history.now(),
            past: history.is_past(),
            event: history.session().trace().last().map_or(0, |event| event.0),
            events: history.end_event().0,
            marks: marks
                .iter()
                .skip(marks.len().saturating_sub(MARKS_SHOWN))
                .map(|mark| MarkView { event: mark.event.0, at: mark.at, sign: mark.sign, text: Arc::clone(&mark.text) })
                .collect(),
            inputs: inputs
                .iter()
                .enumerate()
                .skip(inputs.len().saturating_sub(INPUTS_SHOWN))
                .map(|(index, input)| InputView {
                    at: input.at,
                    text: Arc::clone(&input.text),
                    opening: index < history.opening(),
                    ahead: index >= applied,
                })
                .collect(),
            bars,
            bar_us,
            branches: history
                .branches()
                .map(|branch| BranchView {
                    name: branch.name,
                    current: branch.current,
                    fork: branch.fork.map(|fork| (fork.from, fork.position.at)),
                    end: branch.end.at,
                    inputs: branch.inputs,
                })
                .collect(),
            undo: history.can_undo(),
            redo: history.can_redo(),
            seeking: player.is_seeking(),
            jumps: player.jumps().0 << 32 | player.jumps().1,
        }
    }
}

/// At most [`BARS_MAX`], each a span of µs.
fn bars((counts, span_s): (&[u32], u64)) -> (Vec<u32>, u64) {
    let each = counts.len().div_ceil(BARS_MAX).max(1);
    let bars = counts.chunks(each).map(|some| some.iter().fold(0, |sum: u32, n| sum.saturating_add(*n))).collect();
    (bars, span_s * 1_000_000 * each as u64)
}
