//! A topic of many partitions: strips of 6 px, and the one that was chosen, or that Publish aims at, as a full tape in its place.

use crate::base::Order;
use crate::ui::catalogue::scene as say;
use crate::ui::geometry::STRIP;
use crate::ui::squares::{Machines, Role};
use crate::view::{PartitionView, TopicView};
use std::fmt::Write as _;
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
    /// Each a row.
    pub strips: Vec<Strip>,
    /// The longest log of the topic: strips are drawn to its scale.
    pub longest: i64,
    pub machines: Machines,
    /// Strips stand by their partitions' numbers.
    pub by_number: bool,
    /// The partition whose row Tab leads to.
    pub stop: i32,
}

/// One strip: what it stands for.
#[derive(Clone, PartialEq)]
pub struct Strip {
    /// One, or several.
    pub parts: Vec<Arc<PartitionView>>,
    /// What the followed group has not read yet.
    pub lag: i64,
    /// How many records a minute were written lately; none but where strips are ordered by it.
    pub rate: Option<i64>,
}

impl Strip {
    fn kept(&self) -> i64 {
        self.parts.iter().map(|p| p.log_end - p.log_start).max().unwrap_or_default()
    }

    /// Its partitions, their leaders and replicas, each list with an end.
    fn shape(&self, into: &mut Vec<i32>) {
        for part in &self.parts {
            into.extend([part.index, part.leader.map_or(-1, |id| id.0)]);
            for of in [&part.replicas, &part.isr, &part.elr] {
                into.extend(of.iter().map(|id| id.0).chain([-1]));
            }
        }
        into.push(-1);
    }
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
    let BandProps { strips, longest: scale, machines, by_number, .. } = props;
    let height = strips.len() as f64 * STRIP;
    let (kept, unread) = bars(strips, *scale);
    let columns = Columns::of(machines);
    let numbered = |(row, strip): (usize, &Strip)| {
        let index = strip.parts.first()?.index;
        let is_ten = if strip.parts.len() > 1 || !by_number { row % 10 == 0 } else { index % 10 == 0 };
        is_ten.then(|| html! { <span style={format!("top:{}px", row as f64 * STRIP - 5.0)}>{ index }</span> })
    };
    let Still { replicas, leaders, out, rows } = &*use_still(strips, &columns, props.stop);
    html! {
        <div class="pt-lens__band" style={format!("height:{height}px;--dots:{}px", columns.width())}>
            <div class="pt-lens__no" aria-hidden="true">{ for strips.iter().enumerate().filter_map(numbered) }</div>
            <svg class="pt-dots" height={height.to_string()} viewBox={format!("0 0 {} {height}", columns.width())} preserveAspectRatio="none" aria-hidden="true">
                <path d={replicas.clone()}/><path class="o" d={out.clone()}/><path class="l" d={leaders.clone()}/>
            </svg>
            <svg class="pt-strips" height={height.to_string()} viewBox={format!("0 0 1000 {height}")} preserveAspectRatio="none" aria-hidden="true">
                <path class="s" d={kept}/><path class="l" d={unread}/>
            </svg>
            { calls(strips, *scale) }
            <Rows rows={Rc::clone(rows)}/>
        </div>
    }
}

fn bars(strips: &[Strip], scale: i64) -> (String, String) {
    let (mut kept, mut unread) = (String::new(), String::new());
    for (row, strip) in strips.iter().enumerate() {
        let y = row as f64 * STRIP + 1.0;
        let bar = |into: &mut String, records: i64, least: f64| {
            if records > 0 {
                let from = 1000.0 - (records as f64 / scale as f64 * 1000.0).clamp(least, 1000.0);
                let _ = write!(into, "M{from:.0} {y}H1000v4H{from:.0}z");
            }
        };
        bar(&mut kept, strip.kept(), 1.0);
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
    fn dots(&self, strips: &[Strip]) -> (String, String, String) {
        let (mut replicas, mut leaders, mut out) = (String::new(), String::new(), String::new());
        let wide = if self.pitch == COLUMN { 6 } else { 4 };
        for (row, strip) in strips.iter().enumerate() {
            let y = row as f64 * STRIP + 1.0;
            let single = strip.parts.len() == 1;
            for part in &strip.parts {
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

/// The worst lags in words, or the fastest where strips are ordered by that; neighbours share theirs.
fn calls(strips: &[Strip], scale: i64) -> Html {
    let by_rate = strips.iter().any(|strip| strip.rate.is_some());
    let weight = |strip: &Strip| strip.rate.unwrap_or(strip.lag);
    let counts = |strip: &Strip| if by_rate { weight(strip) > 0 } else { is_late(strip.lag, scale) };
    let mut most: Vec<(i64, usize)> =
        strips.iter().enumerate().filter(|(_, strip)| counts(strip)).map(|(row, strip)| (weight(strip), row)).collect();
    most.order_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    most.truncate(CALLED);
    most.order_by_key(|(_, row)| *row);
    let mut runs: Vec<Vec<(i64, usize)>> = Vec::new();
    for (weight, row) in most {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(_, before)| before + 1 == row) => run.push((weight, row)),
            _ => runs.push(vec![(weight, row)]),
        }
    }
    let call = |run: &Vec<(i64, usize)>| {
        let of = || run.iter().filter_map(|(_, row)| strips.get(*row));
        let numbers: Vec<String> = of().map(numbers).collect();
        // Beside the bars' dark parts; by rate, before the bars.
        let bar = |strip: &Strip| if by_rate { strip.kept() } else { strip.lag };
        let right = of().map(bar).max().unwrap_or_default() as f64 / scale as f64 * 100.0;
        let middle = run.iter().map(|(_, row)| *row as f64).sum::<f64>() / run.len().max(1) as f64;
        let sum: i64 = run.iter().map(|(weight, _)| *weight).sum();
        let said = if by_rate { say::written(&numbers.join(", "), sum) } else { say::late(&numbers.join(", "), sum) };
        html! { <span class="pt-call" style={format!("top:{:.0}px;--late:{right:.1}", middle * STRIP - 5.0)}>{ said }</span> }
    };
    html! { <div class="pt-calls" aria-hidden="true">{ for runs.iter().map(call) }</div> }
}

/// Which partitions a strip stands for.
fn numbers(strip: &Strip) -> String {
    match strip.parts.as_slice() {
        [] => String::new(),
        [only] => only.index.to_string(),
        [first, .., last] if last.index - first.index == strip.parts.len() as i32 - 1 => format!("{}–{}", first.index, last.index),
        many => many.iter().map(|part| part.index.to_string()).collect::<Vec<_>>().join(", "),
    }
}

/// What is said of a strip: it does not change with every record.
#[derive(Clone, PartialEq, Eq)]
struct Row {
    /// The partition that it opens.
    first: i32,
    /// Tab leads to it.
    stop: bool,
    said: AttrValue,
}

impl Row {
    fn of(strip: &Strip, stop: i32) -> Option<Self> {
        let first = strip.parts.first()?;
        let said = if strip.parts.len() == 1 { say::strip(first.index, first.leader) } else { say::bin(&numbers(strip)) };
        Some(Self { first: first.index, stop: strip.parts.iter().any(|part| part.index == stop), said: said.into() })
    }
}

/// What of a band does not change with every record: where replicas are, and its rows in words.
struct Still {
    replicas: AttrValue,
    leaders: AttrValue,
    out: AttrValue,
    rows: Rc<Vec<Row>>,
}

impl Still {
    fn of(strips: &[Strip], columns: &Columns<'_>, stop: i32) -> Self {
        let (replicas, leaders, out) = columns.dots(strips);
        let rows = strips.iter().filter_map(|strip| Row::of(strip, stop)).collect();
        Self { replicas: replicas.into(), leaders: leaders.into(), out: out.into(), rows: Rc::new(rows) }
    }
}

/// It is made anew where partitions, their leaders or replicas, or the stop are others.
#[hook]
fn use_still(strips: &[Strip], columns: &Columns<'_>, stop: i32) -> Rc<Still> {
    let mut shape = vec![stop];
    columns.machines.shape(&mut shape);
    strips.iter().for_each(|strip| strip.shape(&mut shape));
    let kept = use_mut_ref(|| None::<(Vec<i32>, Rc<Still>)>);
    let mut kept = kept.borrow_mut();
    if let Some((known, still)) = &*kept
        && *known == shape
    {
        return Rc::clone(still);
    }
    let still = Rc::new(Still::of(strips, columns, stop));
    *kept = Some((shape, Rc::clone(&still)));
    still
}

#[derive(Properties, PartialEq)]
struct RowsProps {
    rows: Rc<Vec<Row>>,
}

/// What can be pressed: a row each strip.
#[component]
fn Rows(props: &RowsProps) -> Html {
    let row = |row: &Row| {
        html! {
            <div role="row" class="pt-lens__row"><button type="button" role="gridcell" data-cell="" data-open={row.first.to_string()}
                tabindex={if row.stop { "0" } else { "-1" }} title={row.said.clone()} aria-label={row.said.clone()}/></div>
        }
    };
    html! { <div class="pt-lens__rows">{ for props.rows.iter().map(row) }</div> }
}
