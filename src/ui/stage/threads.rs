//! The threads between tapes and members: one path each, from measures alone. One that changes hands swings, and leaves its trail.

use super::layout::{End, Thread};
use crate::base::SortedMap;
use gloo::timers::callback::Timeout;
use std::sync::Arc;
use yew::prelude::*;

/// How long a moved thread stays in the colour of change, in ms of wall time.
const MOVED_MS: u32 = 1_600;

#[derive(Properties, PartialEq)]
pub struct ThreadsProps {
    pub threads: Vec<Thread>,
    pub width: f64,
    pub height: f64,
    /// The partition or member under the pointer: its threads go to accent.
    pub near: Option<(Arc<str>, i32)>,
}

type Key = (Arc<str>, Arc<str>, i32);

#[component]
pub fn Threads(props: &ThreadsProps) -> Html {
    let ThreadsProps { threads, width, height, near } = props;
    // Where each thread ended before, and where those that moved lately came from.
    let before = use_mut_ref(SortedMap::<Key, f64>::new);
    let moved = use_mut_ref(SortedMap::<Key, f64>::new);
    let settled = use_state(|| 0_u32);
    let mut changed = false;
    {
        let (mut before, mut moved) = (before.borrow_mut(), moved.borrow_mut());
        let first = before.is_empty();
        for thread in threads {
            let key = (Arc::clone(&thread.group), Arc::clone(&thread.topic), thread.partition);
            let Some(end) = end_y(thread.end) else { continue };
            if let Some(old) = before.insert(key.clone(), end)
                && (old - end).abs() > 30.0
                && !first
            {
                moved.insert(key, old);
                changed = true;
            }
        }
    }
    let timer = use_mut_ref(|| None::<Timeout>);
    if changed {
        let (moved, settled) = (moved.clone(), settled.clone());
        *timer.borrow_mut() = Some(Timeout::new(MOVED_MS, move || {
            moved.borrow_mut().clear();
            settled.set(*settled + 1);
        }));
    }
    let moved = moved.borrow();
    let draw = |thread: &Thread| {
        let key = (Arc::clone(&thread.group), Arc::clone(&thread.topic), thread.partition);
        let near = near.as_ref().is_some_and(|(topic, partition)| *topic == thread.topic && *partition == thread.partition);
        one(thread, *width, near, moved.get(&key).copied())
    };
    html! {
        <svg class="pt-threads" width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")} aria-hidden="true">
            { for threads.iter().map(draw) }
        </svg>
    }
}

const fn end_y(end: End) -> Option<f64> {
    match end {
        End::Owner(y) | End::Assigned(y) | End::Lost(y) => Some(y),
        End::Loose => None,
    }
}

fn curve(width: f64, from: f64, to: f64) -> String {
    let half = width / 2.0;
    format!("M0 {from}C{half} {from} {half} {to} {width} {to}")
}

fn one(thread: &Thread, width: f64, near: bool, moved: Option<f64>) -> Html {
    let key = format!("{} {} {}", thread.group, thread.topic, thread.partition);
    let from = thread.from;
    let (d, state) = match thread.end {
        End::Loose => {
            let (x, y) = (width * 0.42, from + 9.0);
            (format!("M0 {from}C{} {from} {} {y} {x} {y}", width * 0.2, width * 0.25), "loose")
        }
        End::Owner(y) => (curve(width, from, y), ""),
        End::Assigned(y) => (curve(width, from, y), "assigned"),
        End::Lost(y) => (curve(width, from, y), "lost"),
    };
    let class = classes!(
        thread.focus.then_some("is-focus"),
        thread.fine.then_some("is-fine"),
        near.then_some("is-picked"),
        (moved.is_some() || state == "loose").then_some("is-moved"),
        (state == "assigned").then_some("is-assigned"),
        (state == "lost").then_some("is-old"),
    );
    let trail = moved.zip(end_y(thread.end)).map(|(old, new)| {
        (1..=4).map(move |i| {
            let y = old + (new - old) * f64::from(i) / 5.0;
            html! { <path class="is-trail" style={format!("opacity:{}", 0.08 + 0.07 * f64::from(i))} d={curve(width, from, y)}/> }
        })
    });
    let end = match thread.end {
        End::Loose => html! { <circle class="is-open is-moved" cx={(width * 0.42).to_string()} cy={(from + 9.0).to_string()} r="3"/> },
        End::Lost(y) => html! { <circle class="is-loose" cx={width.to_string()} cy={y.to_string()} r="3"/> },
        End::Owner(y) | End::Assigned(y) => {
            let class = classes!((!thread.focus).then_some("is-quiet"), moved.map(|_| "is-moved"), near.then_some("is-picked"));
            html! { <circle {class} cx={width.to_string()} cy={y.to_string()} r={if thread.focus { "3" } else { "2" }}/> }
        }
    };
    html! {
        <g {key}>
            if let Some(trail) = trail { { for trail } }
            if thread.focus && !thread.fine { <path class="is-casing" d={d.clone()} style={format!("d:path('{d}')")}/> }
            <path {class} d={d.clone()} style={format!("d:path('{d}')")}/>
            { end }
        </g>
    }
}
