//! What the timeline shows: records in quiet bars, marks above the line, inputs below it, the histories that were left. Drawn anew when
//! something of it changed, not when the playhead moves.

use super::timeline::Span;
use crate::base::{Instant, Order};
use crate::ui::icons::sign;
use crate::view::{EventSign, InputView, MarkView, TimelineView};
use std::fmt::Write as _;
use std::sync::Arc;
use yew::prelude::*;

/// How wide a letter of a label is, about, in px.
const LETTER: f64 = 5.7;
/// Labels are cut to so many letters.
const LETTERS_MAX: usize = 30;
/// How wide a mark's sign is, and the gap beside it, in px.
const SIGN: f64 = 12.0;
const GAP: f64 = 4.0;

#[derive(Properties)]
pub struct CourseProps {
    pub line: Arc<TimelineView>,
    pub span: Span,
    /// The element's width, in px.
    pub width: f64,
}

impl CourseProps {
    /// How many of the marks and bars are not ahead of the playhead.
    fn past(&self) -> (usize, usize) {
        let line = &self.line;
        let marks = line.marks.partition_point(|m| m.at <= line.playhead);
        (marks, (line.playhead.as_micros() / line.bar_us.max(1)) as usize)
    }
}

impl PartialEq for CourseProps {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.line, &other.line);
        (self.span, self.width, self.past()) == (other.span, other.width, other.past())
            && (&a.marks, &a.inputs, &a.bars, a.bar_us) == (&b.marks, &b.inputs, &b.bars, b.bar_us)
            && a.branches.len() == b.branches.len()
            && a.branches.iter().zip(&b.branches).all(|(a, b)| (&a.name, a.current, &a.fork) == (&b.name, b.current, &b.fork))
    }
}

#[component]
pub fn Course(props: &CourseProps) -> Html {
    let CourseProps { line, span, width } = props;
    let (marks_past, bars_past) = props.past();
    let px = |at: Instant| span.percent(at) / 100.0 * width;
    let inside = |at: Instant| (0.0..=100.0).contains(&span.percent(at));
    let marks: Vec<(usize, &MarkView)> = line.marks.iter().enumerate().filter(|(_, m)| inside(m.at)).collect();
    let signs: Vec<Sign> =
        marks.iter().map(|(_, m)| Sign { x: px(m.at), letters: m.text.chars().count().min(LETTERS_MAX), rank: rank(m.sign) }).collect();
    let inputs: Vec<&InputView> = line.inputs.iter().filter(|i| inside(i.at)).collect();
    let acts: Vec<Sign> =
        inputs.iter().map(|i| Sign { x: px(i.at), letters: i.text.chars().count().min(LETTERS_MAX), rank: u8::from(i.opening) }).collect();
    let (bars, ahead) = bars(line, *span, bars_past);
    html! {
        <>
            <svg class="pt-time__hist" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true"><path d={bars}/><path class="is-future" d={ahead}/></svg>
            <div class="pt-time__line"/>
            <div class="pt-time__ticks" aria-hidden="true">{ for ticks(*span).map(|(left, text)| html! { <span style={format!("left:{left:.2}%")}>{ text }</span> }) }</div>
            <>{ for marks.iter().zip(lay(&signs, *width)).filter(|(_, side)| *side != Side::Hidden).map(|((index, mark), side)| html! {
                <span key={mark.event} class="pt-mark" style={format!("left:{:.3}%", span.percent(mark.at))} data-tone={(mark.sign == EventSign::Fault).then_some("fault")}
                    data-side={(side == Side::Left).then_some("left")} data-future={(*index >= marks_past).then_some("")} aria-hidden="true">
                    { sign(mark.sign) }if side.is_labelled() { <span>{ cut(&mark.text) }</span> }
                </span>
            }) }</>
            { for inputs.iter().zip(lay(&acts, *width)).filter(|(_, side)| *side != Side::Hidden).map(|(input, side)| html! {
                <span class="pt-input" style={format!("left:{:.3}%", span.percent(input.at))} data-side={(side == Side::Left).then_some("left")}
                    data-future={input.ahead.then_some("")} aria-hidden="true">if side.is_labelled() { <span>{ cut(&input.text) }</span> }</span>
            }) }
            { for forks(line).filter(|(_, at)| inside(*at)).take(1).map(|(name, at)| {
                let left = span.percent(at);
                html! { <span class="pt-fork" style={format!("left:{left:.2}%;width:{:.2}%", (100.0 - left).clamp(4.0, 24.0))} aria-hidden="true"><span>{ cut(&name) }</span></span> }
            }) }
        </>
    }
}

/// The histories that part from the one that is looked at, newest first: the name, and where they part.
fn forks(line: &TimelineView) -> impl Iterator<Item = (Arc<str>, Instant)> {
    let current = line.branches.iter().find(|b| b.current);
    let left = current.and_then(|b| b.fork.clone());
    let name = current.map(|b| Arc::clone(&b.name));
    let begun = line.branches.iter().rev().filter(move |b| b.fork.as_ref().is_some_and(|(from, _)| Some(from) == name.as_ref()));
    let begun = begun.filter_map(|b| Some((Arc::clone(&b.name), b.fork.as_ref()?.1)));
    left.into_iter().chain(begun)
}

/// Faults keep their labels first, then changes.
const fn rank(sign: EventSign) -> u8 {
    match sign {
        EventSign::Fault => 0,
        EventSign::Election => 1,
        EventSign::Timer | EventSign::Rebalance => 2,
        EventSign::Command | EventSign::Plain | EventSign::Record => 3,
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS_MAX { text.to_owned() } else { text.chars().take(LETTERS_MAX - 1).chain(['…']).collect() }
}

/// A sign on the line, and the label that it would like to have.
struct Sign {
    x: f64,
    letters: usize,
    /// Who is served first.
    rank: u8,
}

/// Where a sign has its label.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    None,
    Right,
    Left,
    /// The sign itself would lie on another that says more.
    Hidden,
}

impl Side {
    const fn is_labelled(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

/// On which side of its sign each label finds room; those that would collide go without.
fn lay(signs: &[Sign], width: f64) -> Vec<Side> {
    let mut sides = vec![Side::None; signs.len()];
    let mut order: Vec<usize> = (0..signs.len()).collect();
    order.order_by_key(|i| (signs.get(*i).map(|s| s.rank), std::cmp::Reverse(*i)));
    let mut taken: Vec<(f64, f64)> = Vec::with_capacity(signs.len() * 2);
    let mut shown: Vec<f64> = Vec::with_capacity(signs.len());
    for i in &order {
        let (Some(sign), Some(slot)) = (signs.get(*i), sides.get_mut(*i)) else { continue };
        if shown.iter().any(|x| (x - sign.x).abs() < SIGN * 0.7) {
            *slot = Side::Hidden;
            continue;
        }
        shown.push(sign.x);
        taken.push((sign.x - SIGN / 2.0, sign.x + SIGN / 2.0));
    }
    for i in order.into_iter().filter(|i| sides.get(*i) != Some(&Side::Hidden)).collect::<Vec<_>>() {
        let (Some(sign), Some(slot)) = (signs.get(i), sides.get_mut(i)) else { continue };
        let room = sign.letters as f64 * LETTER + GAP;
        let right = (sign.x + SIGN / 2.0 + 1.0, sign.x + SIGN / 2.0 + room + GAP);
        let left = (sign.x - SIGN / 2.0 - room - GAP, sign.x - SIGN / 2.0 - 1.0);
        let free = |at: (f64, f64)| at.0 >= 0.0 && at.1 <= width && taken.iter().all(|t| at.1 <= t.0 || at.0 >= t.1);
        let (side, at) = if free(right) {
            (Side::Right, right)
        } else if free(left) {
            (Side::Left, left)
        } else {
            continue;
        };
        *slot = side;
        taken.push(at);
    }
    sides
}

/// Records in each span of time, up to the playhead and ahead of it.
fn bars(line: &TimelineView, span: Span, past: usize) -> (String, String) {
    let most = f64::from(line.bars.iter().copied().max().unwrap_or_default().max(1));
    let mut paths = (String::new(), String::new());
    for (i, count) in line.bars.iter().enumerate().filter(|(_, count)| **count > 0) {
        let at = |index: usize| span.percent(Instant::from_micros(line.bar_us * index as u64)) * 10.0;
        let (left, right) = (at(i).max(0.0), at(i + 1).min(1_000.0));
        if right <= left {
            continue;
        }
        let path = if i <= past { &mut paths.0 } else { &mut paths.1 };
        // By the square root: a burst leaves the others something.
        let height = ((f64::from(*count) / most).sqrt() * 13.0).max(1.0);
        let wide = ((right - left) * 0.8).max(0.4);
        let _ = write!(path, "M{left:.2} 14h{wide:.2}v-{height:.1}h-{wide:.2}z");
    }
    paths
}

fn ticks(span: Span) -> impl Iterator<Item = (f64, String)> {
    let first = (span.from / span.step).ceil() as u64;
    let last = ((span.from + span.length) / span.step - 0.1).floor() as u64;
    (first..=last).map(move |n| {
        let at = Instant::from_micros((n as f64 * span.step) as u64);
        let ms = at.as_millis();
        let seconds = ms / 1_000;
        let text = if span.step < 1e6 {
            format!("{}:{:02}.{}", seconds / 60, seconds % 60, ms / 100 % 10)
        } else if seconds >= 3_600 {
            format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
        } else {
            format!("{}:{:02}", seconds / 60, seconds % 60)
        };
        (span.percent(at), text)
    })
}
