//! Records on their way, on the stage itself, while time is slow enough to follow them or stands: into their leader, from it to its
//! followers, and along the threads to those who read. Dots that take no room and no press.

use crate::ui::ask::use_answer;
use crate::ui::geometry::{Class, TAPES_MAX};
use crate::ui::state::State;
use crate::view::query::CarriedView;
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

/// What is on its way; nothing where time is too fast, or motion is not wanted.
#[hook]
pub fn use_packets(view: &View, state: &State, motion: bool) -> Rc<Vec<Dot>> {
    let slow = view.clock.as_ref().is_some_and(|clock| !clock.running || clock.speed_tenths <= SLOW_TENTHS);
    let seen = slow && motion && view.frames.is_some() && state.size.class() != Class::Phone && !state.tables;
    let answer = use_answer(seen.then_some(Query::Packets), view.now.as_micros());
    let Some(Answer::Packets { packets }) = answer.as_deref().filter(|_| seen) else { return Rc::default() };
    let dense = |topic: &str| view.topics.iter().any(|known| *known.name == *topic && known.partitions.len() > TAPES_MAX);
    let dot = |of: &CarriedView| {
        let (passed, whole) = (view.now.since(of.sent).as_micros() as f64, of.due.since(of.sent).as_micros().max(1) as f64);
        // An answer of a moment ago may tell of what has arrived since.
        (view.now <= of.due && !dense(&of.topic)).then(|| Dot { of: of.clone(), share: (passed / whole).clamp(0.0, 1.0) })
    };
    Rc::new(packets.iter().filter_map(dot).collect())
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
