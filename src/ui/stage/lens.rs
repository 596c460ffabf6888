//! A topic of many partitions: strips of 6 px, and the one that was chosen, or that Publish aims at, as a full tape in its place.

use crate::base::Order;
use crate::ui::catalogue::scene as say;
use crate::ui::geometry::STRIP;
use crate::ui::squares::{Machines, Role};
use crate::view::{PartitionView, TopicView};
use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// How many of the worst lags are called out.
pub const CALLED: usize = 3;
/// A lag that is called out is at least so small a part of the longest log.
const CALLED_FROM: i64 = 20;
/// Width of a broker's column, in px, where there are few, and where there are many.
const COLUMN: usize = 9;
const COLUMN_NARROW: usize = 5;

#[derive(Properties, PartialEq)]
pub struct BandProps {
    pub topic: Arc<TopicView>,
    pub machines: Machines,
    /// What the followed group has not read yet, by partition.
    pub lags: Rc<Vec<i64>>,
    /// Each a row: a partition, or several.
    pub spans: Vec<Range<usize>>,
    /// The row that Tab leads to.
    pub stop: Option<i32>,
}

/// One strip: what it stands for.
struct Strip<'a> {
    parts: &'a [Arc<PartitionView>],
    kept: i64,
    lag: i64,
}

/// The longest log of a topic, in records: strips are drawn to its scale.
pub fn longest(topic: &TopicView) -> i64 {
    topic.partitions.iter().map(|p| p.log_end - p.log_start).max().unwrap_or_default().max(1)
}

/// Whether a lag is to be noticed beside the length of the topic's logs.
pub const fn is_late(lag: i64, longest: i64) -> bool {
    lag > longest / CALLED_FROM && lag > 1
}

/// A run of strips: each as long as its log, its unread part dark, heads aligned.
#[component]
pub fn Band(props: &BandProps) -> Html {
    let BandProps { topic, lags, machines, .. } = props;
    let strip = |span: &Range<usize>| {
        let parts = topic.partitions.get(span.clone()).unwrap_or_default();
        let kept = parts.iter().map(|p| p.log_end - p.log_start).max().unwrap_or_default();
        Strip { parts, kept, lag: lags.get(span.clone()).unwrap_or_default().iter().copied().max().unwrap_or_default() }
    };
    let strips: Vec<Strip<'_>> = props.spans.iter().map(strip).collect();
    let scale = longest(topic);
    let height = strips.len() as f64 * STRIP;
    let (kept, unread) = bars(&strips, scale);
    let columns = Columns::of(machines);
    let (replicas, leaders, out) = columns.dots(&strips);
    let numbered = |(row, strip): (usize, &Strip<'_>)| {
        let index = strip.parts.first()?.index;
        let is_ten = if strip.parts.len() > 1 { row % 10 == 0 } else { index % 10 == 0 };
        is_ten.then(|| html! { <span style={format!("top:{}px", row as f64 * STRIP - 5.0)}>{ index }</span> })
    };
    let rows: Vec<Row> = strips.iter().filter_map(Row::of).collect();
    html! {
        <div class="pt-lens__band" style={format!("height:{height}px;--dots:{}px", columns.width())}>
            <div class="pt-lens__no" aria-hidden="true">{ for strips.iter().enumerate().filter_map(numbered) }</div>
            <svg class="pt-dots" height={height.to_string()} viewBox={format!("0 0 {} {height}", columns.width())} preserveAspectRatio="none" aria-hidden="true">
                <path d={replicas}/><path class="o" d={out}/><path class="l" d={leaders}/>
            </svg>
            <svg class="pt-strips" height={height.to_string()} viewBox={format!("0 0 1000 {height}")} preserveAspectRatio="none" aria-hidden="true">
                <path class="s" d={kept}/><path class="l" d={unread}/>
            </svg>
            { calls(&strips, scale) }
            <Rows {rows} stop={props.stop}/>
        </div>
    }
}

fn bars(strips: &[Strip<'_>], scale: i64) -> (String, String) {
    let (mut kept, mut unread) = (String::new(), String::new());
    for (row, strip) in strips.iter().enumerate() {
        let y = row as f64 * STRIP + 1.0;
        let bar = |into: &mut String, records: i64, least: f64| {
            if records > 0 {
                let from = 1000.0 - (records as f64 / scale as f64 * 1000.0).clamp(least, 1000.0);
                let _ = write!(into, "M{from:.0} {y}H1000v4H{from:.0}z");
            }
        };
        bar(&mut kept, strip.kept, 1.0);
        bar(&mut unread, strip.lag, 2.0);
    }
    (kept, unread)
}

/// Brokers as columns: a replica is a mark in its broker's.
struct Columns<'a> {
    machines: &'a Machines,
    pitch: usize,
}

impl<'a> Columns<'a> {
    fn of(machines: &'a Machines) -> Self {
        Self { machines, pitch: if machines.len() > 3 { COLUMN_NARROW } else { COLUMN } }
    }

    fn width(&self) -> usize {
        self.machines.len() * self.pitch
    }

    /// Followers, leaders, and replicas out of the ISR.
    fn dots(&self, strips: &[Strip<'_>]) -> (String, String, String) {
        let (mut replicas, mut leaders, mut out) = (String::new(), String::new(), String::new());
        let wide = if self.pitch == COLUMN { 6 } else { 4 };
        for (row, strip) in strips.iter().enumerate() {
            let y = row as f64 * STRIP + 1.0;
            let single = strip.parts.len() == 1;
            for part in strip.parts {
                for id in &part.replicas {
                    let Some(column) = self.machines.column(*id) else { continue };
                    let x = column * self.pitch;
                    let _ = match Role::of(*id, part) {
                        Role::Leader if single => write!(leaders, "M{x} {y}h{wide}v4h-{wide}z"),
                        Role::Out | Role::Eligible => write!(out, "M{x} {}h{wide}v1h-{wide}z", y + 1.5),
                        Role::Leader | Role::InSync => write!(replicas, "M{x} {y}h{wide}v4h-{wide}z"),
                    };
                }
            }
        }
        (replicas, leaders, out)
    }
}

/// The worst lags in words; neighbours share theirs.
fn calls(strips: &[Strip<'_>], scale: i64) -> Html {
    let mut late: Vec<(i64, usize)> =
        strips.iter().enumerate().map(|(row, strip)| (strip.lag, row)).filter(|(lag, _)| is_late(*lag, scale)).collect();
    late.order_by(|a, b| b.cmp(a));
    late.truncate(CALLED);
    late.order_by_key(|(_, row)| *row);
    let mut runs: Vec<Vec<(i64, usize)>> = Vec::new();
    for (lag, row) in late {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(_, before)| before + 1 == row) => run.push((lag, row)),
            _ => runs.push(vec![(lag, row)]),
        }
    }
    let call = |run: &Vec<(i64, usize)>| {
        let numbers: Vec<String> = run
            .iter()
            .filter_map(|(_, row)| strips.get(*row))
            .map(|strip| match strip.parts {
                [only] => only.index.to_string(),
                [first, .., last] => format!("{}–{}", first.index, last.index),
                [] => String::new(),
            })
            .collect();
        let most = run.iter().map(|(lag, _)| *lag).max().unwrap_or_default();
        let right = most as f64 / scale as f64 * 100.0;
        let middle = run.iter().map(|(_, row)| *row as f64).sum::<f64>() / run.len().max(1) as f64;
        let lag = run.iter().map(|(lag, _)| *lag).sum();
        html! { <span class="pt-call" style={format!("top:{:.0}px;--late:{right:.1}", middle * STRIP - 5.0)}>{ say::late(&numbers.join(", "), lag) }</span> }
    };
    html! { <div class="pt-calls" aria-hidden="true">{ for runs.iter().map(call) }</div> }
}

/// What is said of a strip: it does not change with every record.
#[derive(Clone, PartialEq)]
struct Row {
    first: i32,
    last: i32,
    said: AttrValue,
}

impl Row {
    fn of(strip: &Strip<'_>) -> Option<Self> {
        let (first, last) = (strip.parts.first()?, strip.parts.last()?);
        let said = if first.index == last.index { say::strip(first.index, first.leader) } else { say::bin(first.index, last.index) };
        Some(Self { first: first.index, last: last.index, said: said.into() })
    }
}

#[derive(Properties, PartialEq)]
struct RowsProps {
    rows: Vec<Row>,
    stop: Option<i32>,
}

/// What can be pressed: a row each strip.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let row = |row: &Row| {
        let stop = props.stop.is_some_and(|stop| (row.first..=row.last).contains(&stop));
        html! {
            <div role="row" class="pt-lens__row"><button type="button" role="gridcell" data-cell="" data-open={row.first.to_string()}
                tabindex={if stop { "0" } else { "-1" }} title={row.said.clone()} aria-label={row.said.clone()}/></div>
        }
    };
    html! { <div class="pt-lens__rows">{ for props.rows.iter().map(row) }</div> }
}
