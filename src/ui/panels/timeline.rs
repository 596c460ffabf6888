//! The timeline: above the line what happened, below it what you did; the playhead is where you are. Dragging it rewinds.

use super::course::Course;
use crate::base::{Duration, Instant};
use crate::playground::Time;
use crate::ui::catalogue::transport as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::state::Act;
use crate::view::{MarkView, TimelineView};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent, WheelEvent};
use yew::prelude::*;

/// How near a mark a click means the mark, in px.
const NEAR: f64 = 6.0;
/// The shortest span that the line shows, in µs.
const SPAN_MIN: f64 = 1_000_000.0;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    pub line: Arc<TimelineView>,
    /// The element's width, in px.
    pub width: f64,
}

/// The part of the session that the line shows, in µs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub from: f64,
    pub length: f64,
    /// Between two ticks.
    pub step: f64,
}

impl Span {
    /// All of a session of this length, and some room up to the next tick: so marks move only when a tick is reached.
    fn whole(end: Instant) -> Self {
        let end = (end.as_micros() as f64 * 1.01).max(9_000_000.0);
        let step = step(end);
        Self { from: 0.0, length: (end / step).ceil() * step, step }
    }

    /// In hundredths of the line's length.
    pub fn percent(self, at: Instant) -> f64 {
        (at.as_micros() as f64 - self.from) / self.length * 100.0
    }

    /// The moment at a share of the line's length.
    fn at(self, share: f64) -> Instant {
        Instant::from_micros((self.from + share.clamp(0.0, 1.0) * self.length).max(0.0) as u64)
    }

    /// Nearer or further, so that what is at `share` stays there; never more than `whole`.
    fn zoomed(self, share: f64, factor: f64, whole: Self) -> Option<Self> {
        let length = (self.length * factor).max(SPAN_MIN);
        if length >= whole.length {
            return None;
        }
        let from = (self.from + share * (self.length - length)).clamp(0.0, whole.length - length);
        Some(Self { from, length, step: step(length) })
    }
}

/// A round distance between ticks, of which at most ten fit.
fn step(length: f64) -> f64 {
    const STEPS_S: [f64; 16] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0];
    let fits = STEPS_S.iter().find(|s| length / (**s * 1e6) <= 10.0);
    fits.map_or_else(|| (length / 10.0 / 3.6e9).ceil() * 3.6e9, |s| s * 1e6)
}

#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { line, width } = props;
    let desk = use_desk();
    let plot = use_node_ref();
    let zoom = use_state(|| None::<Span>);
    let whole = Span::whole(line.end);
    let span = follow(zoom.filter(|z| z.length < whole.length).unwrap_or(whole), line.playhead, whole);
    let dragging = use_mut_ref(|| false);
    // Where the pointer is; one seek a frame, however often it moves.
    let wanted = use_mut_ref(|| None::<Instant>);
    let frame = use_mut_ref(|| None::<AnimationFrame>);
    let tip = use_state(|| None::<(f64, Arc<str>)>);

    let seek = {
        let (desk, end) = (desk.clone(), line.end);
        Callback::from(move |at: Instant| desk.time(if at >= end { Time::ToEnd } else { Time::Seek { at_us: at.as_micros() } }))
    };
    let onpointerdown = {
        let (plot, dragging, seek, desk, line) = (plot.clone(), dragging.clone(), seek.clone(), desk.clone(), Arc::clone(line));
        move |event: PointerEvent| {
            let Some((share, px)) = share_of(&plot, event.client_x()) else { return };
            if event.button() != 0 {
                return;
            }
            if let Some(plot) = plot.cast::<Element>() {
                let _ = plot.set_pointer_capture(event.pointer_id());
            }
            *dragging.borrow_mut() = true;
            match nearest(&line.marks, span, share, px) {
                Some(mark) => {
                    desk.time(Time::SeekEvent { event: mark.event });
                    desk.act(Act::Look(Chosen::Event(mark.event)));
                }
                None => seek.emit(span.at(share)),
            }
        }
    };
    let onpointermove = {
        let (plot, dragging, wanted, frame, seek, tip, line) =
            (plot.clone(), dragging.clone(), wanted.clone(), frame.clone(), seek.clone(), tip.clone(), Arc::clone(line));
        move |event: PointerEvent| {
            let Some((share, px)) = share_of(&plot, event.client_x()) else { return };
            if *dragging.borrow() {
                *wanted.borrow_mut() = Some(span.at(share));
                let (wanted, seek, done) = (wanted.clone(), seek.clone(), frame.clone());
                frame.borrow_mut().get_or_insert_with(|| {
                    request_animation_frame(move |_| {
                        // The handle is let go first: seeking draws the page, and may ask for the next frame.
                        let spent = done.borrow_mut().take();
                        if let Some(at) = wanted.borrow_mut().take() {
                            seek.emit(at);
                        }
                        drop(spent);
                    })
                });
            }
            let near = nearest(&line.marks, span, share, px).map(|mark| (span.percent(mark.at), Arc::clone(&mark.text)));
            if *tip != near {
                tip.set(near);
            }
        }
    };
    let release = {
        let dragging = dragging.clone();
        Callback::from(move |_: PointerEvent| *dragging.borrow_mut() = false)
    };
    let onpointerleave = {
        let tip = tip.clone();
        move |_: PointerEvent| tip.set(None)
    };
    use_wheel(&plot, span, whole, &zoom);
    let onkeydown = {
        let (seek, desk, line) = (seek.clone(), desk.clone(), Arc::clone(line));
        move |event: KeyboardEvent| {
            let by = Duration::from_secs(if event.shift_key() { 10 } else { 1 });
            match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => seek.emit(line.playhead + by),
                "ArrowLeft" | "ArrowDown" => seek.emit(Instant::from_micros(line.playhead.as_micros().saturating_sub(by.as_micros()))),
                "PageDown" => go_to(&desk, line.marks.iter().find(|m| m.event > line.event)),
                "PageUp" => go_to(&desk, line.marks.iter().rev().find(|m| m.event < line.event && m.at < line.playhead)),
                "Home" => seek.emit(Instant::ZERO),
                "End" => desk.time(Time::ToEnd),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let ms = |at: Instant| at.as_millis().to_string();
    let percent = span.percent(line.playhead).clamp(0.0, 100.0);
    html! {
        <section class="pt-time" aria-label={say::TIMELINE} data-past={line.past.then_some("")}>
            <div class="pt-time__plot" ref={plot} role="slider" tabindex="0" aria-label={say::TIME} aria-valuemin="0" aria-valuemax={ms(line.end)} aria-valuenow={ms(line.playhead)}
                aria-valuetext={spoken(line)} {onpointerdown} {onpointermove} onpointerup={release.clone()} onpointercancel={release} {onpointerleave} {onkeydown}>
                <Course line={Arc::clone(line)} {span} width={*width}/>
                <span class="pt-playhead" style={format!("left:{percent:.3}%")}/>
                if let Some((left, text)) = &*tip {
                    <span class="pt-time__tip" data-side={(*left > 60.0).then_some("left")} style={format!("left:{left:.2}%")} aria-hidden="true">{ &**text }</span>
                }
            </div>
        </section>
    }
}

fn go_to(desk: &crate::ui::desk::Desk, mark: Option<&MarkView>) {
    if let Some(mark) = mark {
        desk.time(Time::SeekEvent { event: mark.event });
        desk.act(Act::Look(Chosen::Event(mark.event)));
    }
}

/// A zoomed span that the playhead has left goes after it.
fn follow(span: Span, playhead: Instant, whole: Span) -> Span {
    let at = playhead.as_micros() as f64;
    if at >= span.from && at <= span.from + span.length {
        return span;
    }
    Span { from: (at - span.length * 0.8).clamp(0.0, (whole.length - span.length).max(0.0)), ..span }
}

/// Where on the plot a pointer is: its share of the width, and the width in px.
fn share_of(plot: &NodeRef, x: i32) -> Option<(f64, f64)> {
    let at = plot.cast::<Element>()?.get_bounding_client_rect();
    (at.width() > 0.0).then(|| ((f64::from(x) - at.left()) / at.width(), at.width()))
}

fn nearest(marks: &[MarkView], span: Span, share: f64, px: f64) -> Option<&MarkView> {
    let away = |mark: &MarkView| (span.percent(mark.at) / 100.0 - share).abs() * px;
    let nearest = marks.iter().min_by(|a, b| away(a).total_cmp(&away(b)))?;
    (away(nearest) <= NEAR).then_some(nearest)
}

/// "00:00:41.350 of 00:02:00.000; the last notable event: broker 2 was killed".
fn spoken(line: &TimelineView) -> String {
    let last = line.marks.iter().rev().find(|m| m.at <= line.playhead);
    say::playhead(line.playhead, line.past.then_some(line.end), last.map(|m| &*m.text))
}

/// The wheel zooms. Its listener is the plot's own, for it keeps the page around the element from scrolling.
#[hook]
fn use_wheel(plot: &NodeRef, span: Span, whole: Span, zoom: &UseStateHandle<Option<Span>>) {
    let latest = use_mut_ref(|| (span, whole));
    *latest.borrow_mut() = (span, whole);
    let (plot, zoom): (NodeRef, UseStateSetter<Option<Span>>) = (plot.clone(), zoom.setter());
    use_effect_with((), move |()| {
        let listener = plot.cast::<Element>().map(|element| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
                let Some((share, _)) = share_of(&plot, event.client_x()) else { return };
                event.prevent_default();
                let (span, whole) = *latest.borrow();
                let factor = if event.delta_y() < 0.0 { 0.8 } else { 1.25 };
                zoom.set(span.zoomed(share, factor, whole));
            })
        });
        let listener = Rc::new(listener);
        move || drop(listener)
    });
}
