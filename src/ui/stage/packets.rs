//! Records on their way, on the stage itself, while time is slow enough to follow them or stands: into their leader, from it to its
//! followers, and along the threads to those who read. Dots that take no room and no press.
//!
//! A link's half millisecond is five of the looker's at 0.1×. A dot sets off when its record does and flies for as long as an eye needs, as
//! all that moves here takes its time by the looker's clock.

use crate::base::Instant;
use crate::ui::ask::use_answer;
use crate::ui::geometry::{Class, TAPES_MAX};
use crate::ui::state::State;
use crate::view::query::packets::{CARRIED_MAX, CarriedView};
use crate::view::{Answer, GroupView, Query, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// At this speed and below, in tenths, packets can be followed.
pub const SLOW_TENTHS: u32 = 3;

/// Records on their way, and how far they are: 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    pub of: CarriedView,
    pub share: f64,
}

impl Dot {
    /// The group whose member they are on their way to.
    pub fn group<'v>(&self, view: &'v View) -> Option<&'v Arc<GroupView>> {
        let client = self.of.client.as_ref().filter(|_| self.of.to.is_none())?;
        view.groups.iter().find(|group| group.members.iter().any(|member| member.consumer.as_ref() == Some(client)))
    }
}

/// What flies for less than this by the looker's clock, in ms, flies so long: else nobody could see it.
const FLIES_MS: f64 = 400.0;

/// What was seen to be on its way.
#[derive(Default)]
struct Sky {
    /// Each with the moment of the looker's clock at which its dot set off.
    flights: Vec<(CarriedView, f64)>,
    /// The moment that was drawn last, and the one before.
    drawn: Instant,
    before: Instant,
}

/// What is on its way; nothing where time is too fast, or motion is not wanted.
#[hook]
pub fn use_packets(view: &View, state: &State, motion: bool) -> Rc<Vec<Dot>> {
    let sky = use_mut_ref(Sky::default);
    let clock = view.clock.as_ref().filter(|clock| !clock.running || clock.speed_tenths <= SLOW_TENTHS);
    let seen = motion && view.frames.is_some() && state.size.class() != Class::Phone && !state.tables;
    let answer = use_answer((seen && clock.is_some()).then_some(Query::Packets), view.now.as_micros());
    let (Some(clock), Some(Answer::Packets { packets })) = (clock.filter(|_| seen), answer.as_deref()) else { return Rc::default() };
    let dense = |topic: &str| view.topics.iter().any(|known| *known.name == *topic && known.partitions.len() > TAPES_MAX);
    let told = packets.iter().filter(|of| !dense(&of.topic));
    let real = |of: &CarriedView| {
        let (passed, whole) = (view.now.since(of.sent).as_micros() as f64, of.due.since(of.sent).as_micros().max(1) as f64);
        passed / whole
    };
    let mut sky = sky.borrow_mut();
    if !clock.running {
        // What stands is where it is.
        *sky = Sky { drawn: view.now, before: view.now, ..Sky::default() };
        let on_its_way = told.filter(|of| of.sent <= view.now && view.now <= of.due);
        return Rc::new(on_its_way.map(|of| Dot { of: of.clone(), share: real(of).min(1.0) }).collect());
    }
    let at = js_sys::Date::now();
    sky.look(view.now, told, at);
    let share = |(of, since): &(CarriedView, f64)| {
        let whole_ms = of.due.since(of.sent).as_micros() as f64 / 100.0 / f64::from(clock.speed_tenths.max(1));
        let share = if whole_ms >= FLIES_MS { real(of) } else { (at - since) / FLIES_MS };
        (share <= 1.0).then(|| Dot { of: of.clone(), share: share.max(0.0) })
    };
    Rc::new(sky.flights.iter().filter_map(share).collect())
}

impl Sky {
    /// Notes what set off, and forgets what has long arrived. What arrived before it was looked for is not played again.
    fn look<'p>(&mut self, now: Instant, told: impl Iterator<Item = &'p CarriedView>, at: f64) {
        if now < self.drawn {
            *self = Self { before: now, ..Self::default() };
        } else if now > self.drawn {
            self.before = self.drawn;
        }
        self.drawn = now;
        self.flights.retain(|(of, since)| at - since <= FLIES_MS || now <= of.due);
        for of in told.filter(|of| of.due >= self.before && of.sent <= now) {
            if self.flights.len() < CARRIED_MAX && self.flights.iter().all(|(other, _)| other != of) {
                self.flights.push((of.clone(), at));
            }
        }
    }
}

/// Where a partition's column of squares begins, and how far its squares are apart, to their middles, in px; and where the stage begins.
const SQUARES: f64 = 40.0;
const SQUARE: f64 = 20.0;
const EDGE: f64 = -16.0;

/// In a partition's head: from the stage's edge to the leader, and from the leader to a follower. `column` tells where a broker's square is.
pub fn in_head(dots: &[Dot], column: impl Fn(crate::base::NodeId) -> Option<usize>) -> Html {
    let at = |node: Option<crate::base::NodeId>| node.and_then(&column).map(|column| SQUARES + SQUARE * column as f64);
    let dot = |dot: &Dot| {
        let (from, to) = match (dot.of.from, dot.of.to) {
            (None, leader) => (EDGE, at(leader)?),
            (leader, Some(follower)) => (at(leader)?, at(Some(follower))?),
            (Some(_), None) => return None,
        };
        let x = from + (to - from) * dot.share;
        Some(html! { <i class="pt-packet" data-copy={dot.of.from.map(|_| "")} style={format!("left:{x:.1}px")} aria-hidden="true"/> })
    };
    html! { <>{ for dots.iter().filter_map(dot) }</> }
}

/// Along a thread that goes from one height to another.
pub fn on_thread(share: f64, width: f64, from: f64, to: f64) -> (f64, f64) {
    let (t, u) = (share, 1.0 - share);
    let (near, far) = (3.0 * u * u * t, 3.0 * u * t * t);
    let x = (near + far) * width / 2.0 + t * t * t * width;
    (x, (u * u * u + near) * from + (far + t * t * t) * to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_dot_begins_and_ends_where_its_thread_does() {
        assert_eq!(on_thread(0.0, 124.0, 10.0, 90.0), (0.0, 10.0));
        assert_eq!(on_thread(1.0, 124.0, 10.0, 90.0), (124.0, 90.0));
        assert_eq!(on_thread(0.5, 124.0, 10.0, 90.0), (62.0, 50.0));
    }
}
