//! The threads between tapes and members: one path each, from measures alone. One that changes hands comes loose, swings to its new owner and
//! leaves fading copies behind, so that a still picture shows the move as well.

use super::layout::{End, Thread, Was};
use crate::base::SortedMap;
use gloo::timers::callback::Timeout;
use std::sync::Arc;
use yew::prelude::*;

/// How long a moved thread stays in the colour of change at least, in ms of wall time.
const MOVED_MS: u32 = 1_600;
/// Where its copies lie on the way from the old line to the new one, and how dark each is.
const TRAIL: [(f64, f64); 4] = [(0.3, 0.14), (0.5, 0.24), (0.68, 0.36), (0.84, 0.5)];
/// More threads than these, and choosing some makes the others step back.
const CROWD: usize = 8;

#[derive(Properties, PartialEq)]
pub struct ThreadsProps {
    pub threads: Vec<Thread>,
    pub width: f64,
    pub height: f64,
    /// Something was chosen, and with it some of the threads.
    pub chosen: bool,
    /// Records on their way along them: where they are.
    pub dots: Vec<(f64, f64)>,
    /// There is no motion, and what has moved stays marked until another event than this is the last. None: there is motion.
    pub still: Option<u64>,
}

type Key = (Arc<str>, Arc<str>, i32);

/// Until when, in ms of wall time, a moved thread stays marked, and which event was the last when it moved.
type Marked = SortedMap<Key, (f64, Option<u64>)>;

#[component]
pub fn Threads(props: &ThreadsProps) -> Html {
    let ThreadsProps { threads, width, height, still, .. } = props;
    let marked = use_mut_ref(Marked::new);
    let turn = use_state(|| 0_u32);
    let timer = use_mut_ref(|| None::<Timeout>);
    let now = js_sys::Date::now();
    let mut fresh = false;
    let mut marks = marked.borrow_mut();
    for thread in threads.iter().filter(|thread| thread.was.is_some() && thread.end != End::Loose) {
        marks.entry(key(thread)).or_insert_with(|| {
            fresh = true;
            (now + f64::from(MOVED_MS), *still)
        });
    }
    let moves = |key: &Key| threads.iter().any(|thread| thread.was.is_some() && is(thread, key));
    marks.retain(|key, (until, event)| now < *until || moves(key) || (still.is_some() && event == still));
    if fresh {
        *timer.borrow_mut() = Some(Timeout::new(MOVED_MS + 20, move || turn.set(*turn + 1)));
    }
    let dim = props.chosen && threads.len() > CROWD && threads.iter().any(|thread| thread.picked);
    html! {
        <svg class="pt-threads" width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")}
            data-dim={dim.then_some("")} aria-hidden="true">
            { for threads.iter().map(|thread| html! {
                <Line key={id(thread)} thread={thread.clone()} width={*width} marked={marks.contains_key(&key(thread))}/>
            }) }
            // What is picked lies above all others. The others keep their places: a path that is moved in the page does not swing.
            { for threads.iter().filter(|thread| thread.picked).map(|thread| above(thread, *width)) }
            { for props.dots.iter().map(|(x, y)| html! { <circle class="is-packet" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="3"/> }) }
        </svg>
    }
}

fn key(thread: &Thread) -> Key {
    (Arc::clone(&thread.group), Arc::clone(&thread.topic), thread.partition)
}

fn is(thread: &Thread, (group, topic, partition): &Key) -> bool {
    thread.partition == *partition && thread.topic == *topic && thread.group == *group
}

fn curve(width: f64, from: f64, to: f64) -> String {
    let half = width / 2.0;
    format!("M0 {from}C{half} {from} {half} {to} {width} {to}")
}

/// Where a loose end hangs: short of the line that it was on, or by its own lane where nothing is known of that.
fn hang(thread: &Thread, width: f64) -> (f64, f64) {
    match thread.was {
        Some(was) => (width * 0.74, thread.from + (was.y - thread.from) * 0.88 + 7.0),
        None => (width * 0.42, thread.from + 9.0),
    }
}

fn path(thread: &Thread, width: f64) -> String {
    match thread.end {
        End::Owner(y) | End::Assigned(y) | End::Lost(y) => curve(width, thread.from, y),
        End::Loose => {
            let (from, (x, y)) = (thread.from, hang(thread, width));
            format!("M0 {from}C{} {from} {} {y} {x} {y}", x * 0.5, x * 0.6)
        }
    }
}

fn id(thread: &Thread) -> String {
    format!("{} {} {}", thread.group, thread.topic, thread.partition)
}

#[derive(Properties, PartialEq)]
struct LineProps {
    thread: Thread,
    width: f64,
    /// It has moved lately.
    marked: bool,
}

/// One thread: drawn anew where it is another than before, and not for the others' sake.
#[component]
fn Line(props: &LineProps) -> Html {
    let LineProps { thread, width, marked } = props;
    let (width, marked) = (*width, *marked);
    let d = path(thread, width);
    let loose = thread.end == End::Loose;
    let moves = marked || loose;
    let class = classes!(
        thread.focus.then_some("is-focus"),
        thread.fine.then_some("is-fine"),
        thread.late.then_some("is-late"),
        thread.asked.then_some("is-asked"),
        thread.picked.then_some("is-picked"),
        moves.then_some("is-moved"),
        matches!(thread.end, End::Assigned(_)).then_some("is-assigned"),
        matches!(thread.end, End::Lost(_)).then_some("is-old"),
    );
    let style = format!("d:path('{d}')");
    html! {
        <g data-moves={moves.then_some("")} data-picked={thread.picked.then_some("")}>
            if let Some(was) = thread.was { { left(thread, was, width) } }
            if !thread.fine { <path class={if thread.focus { "is-casing" } else { "is-casing is-thin" }} d={d.clone()} style={style.clone()}/> }
            <path {class} {d} {style}/>
            { end(thread, width, moves) }
        </g>
    }
}

/// The line that a thread leaves: dotted to where it was, and, once it knows where to, its copies on the way.
fn left(thread: &Thread, was: Was, width: f64) -> Html {
    let from = thread.from;
    let old = match thread.end {
        End::Loose => {
            let (x, y) = hang(thread, width);
            format!("M{x} {y}C{} {y} {} {} {width} {}", (x + width) / 2.0, (x + width) / 2.0, was.y, was.y)
        }
        _ => curve(width, from, was.y),
    };
    let to = match thread.end {
        End::Owner(y) | End::Assigned(y) => Some(y),
        End::Lost(_) | End::Loose => None,
    };
    html! {
        <>
            <path class="is-old" d={old}/>
            if let Some(to) = to {
                { for TRAIL.iter().enumerate().map(|(i, (way, dark))| html! {
                    <path class="is-trail" style={format!("--i:{i};--o:{dark}")} d={curve(width, from, was.y + (to - was.y) * way)}/>
                }) }
            }
            <circle class={if was.gone { "is-loose" } else { "is-left" }} cx={width.to_string()} cy={was.y.to_string()} r="3"/>
        </>
    }
}

fn end(thread: &Thread, width: f64, moves: bool) -> Html {
    let (x, y, class) = match thread.end {
        End::Loose => {
            let (x, y) = hang(thread, width);
            (x, y, "is-open")
        }
        End::Lost(y) => (width, y, "is-loose"),
        End::Assigned(y) => (width, y, if moves { "is-open" } else { "is-left" }),
        End::Owner(y) if moves => (width, y, "is-moved"),
        End::Owner(y) => (width, y, if thread.focus { "" } else { "is-quiet" }),
    };
    let r = if thread.focus || moves { "3" } else { "2" };
    html! { <circle class={classes!(class, thread.picked.then_some("is-picked"))} cx={x.to_string()} cy={y.to_string()} {r} style={format!("cx:{x}px;cy:{y}px")}/> }
}

fn above(thread: &Thread, width: f64) -> Html {
    let d = path(thread, width);
    let style = format!("d:path('{d}')");
    html! {
        <g key={format!("above {}", id(thread))} data-picked="" data-moves={thread.was.map(|_| "")}>
            <path class="is-casing" d={d.clone()} style={style.clone()}/>
            <path class="is-picked" {d} {style}/>
        </g>
    }
}
