//! In which order a dense topic's strips stand: by number, or by what the person wants to see first.
//!
//! What they are ordered by changes all the time. Nothing on the stage moves under a hand: the order is found anew every few seconds, and
//! not while the pointer or the focus is among the strips.

use super::layout::Layout;
use crate::base::{Instant, Order, SortedMap};
use crate::ui::desk::use_desk;
use crate::ui::geometry::TAPES_MAX;
use crate::ui::state::{Sorting, State};
use crate::view::{PartitionView, TopicView, View};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// So long an order stands, in ms.
const STANDS_MS: f64 = 2_000.0;
/// The strips among which the pointer or the focus is.
const HELD: &str = ".pt-lens:hover, .pt-lens:focus-within";

/// A dense topic's strips: partitions' places in the order in which they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted {
    pub order: Rc<Vec<usize>>,
    /// How many records a minute were written to each partition lately; none but where they are ordered by it.
    pub rates: Option<Rc<Vec<i64>>>,
}

/// By topic; none where strips stand by number.
pub type Orders = SortedMap<Arc<str>, Sorted>;

#[derive(Default)]
struct Kept {
    by: Sorting,
    follow: Option<Arc<str>>,
    /// When they were ordered, by the looker's clock.
    at: f64,
    orders: Rc<Orders>,
    written: SortedMap<Arc<str>, Written>,
}

/// What was written to a topic's partitions, as far as was looked at.
#[derive(Default)]
struct Written {
    now: Instant,
    ends: Vec<i64>,
    rates: Rc<Vec<i64>>,
}

impl Written {
    fn look(&mut self, now: Instant, topic: &TopicView) {
        if now == self.now && self.ends.len() == topic.partitions.len() {
            return;
        }
        let passed = i128::from(now.as_micros()) - i128::from(self.now.as_micros());
        let rate = |(part, before): (&Arc<PartitionView>, i64)| {
            let written = i128::from((part.log_end - before).max(0)) * 60_000_000;
            if passed > 0 { i64::try_from(written / passed).unwrap_or(i64::MAX) } else { 0 }
        };
        let before = self.ends.iter().copied().map(Some).chain(std::iter::repeat(None));
        self.rates = Rc::new(topic.partitions.iter().zip(before).map(|(part, end)| rate((part, end.unwrap_or(part.log_end)))).collect());
        self.ends = topic.partitions.iter().map(|part| part.log_end).collect();
        self.now = now;
    }
}

/// The orders of all dense topics, as the person wants them.
#[hook]
pub fn use_orders(view: &View, state: &State) -> Rc<Orders> {
    let desk = use_desk();
    let kept = use_mut_ref(Kept::default);
    let mut kept = kept.borrow_mut();
    let layout = Layout::new(view, state);
    let dense: Vec<&Arc<TopicView>> = layout.topics.iter().copied().filter(|topic| topic.partitions.len() > TAPES_MAX).collect();
    if dense.is_empty() {
        *kept = Kept::default();
        return Rc::default();
    }
    let now = js_sys::Date::now();
    let due = now - kept.at >= STANDS_MS;
    let fits = |topic: &&Arc<TopicView>| kept.orders.get(&topic.name).is_none_or(|sorted| sorted.order.len() == topic.partitions.len());
    let follow = layout.follow.map(|group| Arc::clone(&group.name));
    let other = kept.by != state.sorting || kept.follow != follow || !dense.iter().all(fits);
    if !other && (!due || (state.sorting != Sorting::Partition && desk.matches(HELD))) {
        return Rc::clone(&kept.orders);
    }
    if due || kept.written.len() != dense.len() {
        let before = std::mem::take(&mut kept.written);
        let mut before = before.into_iter().collect::<Vec<_>>();
        for topic in &dense {
            let at = before.iter().position(|(name, _)| *name == topic.name);
            let mut written = at.map(|at| before.swap_remove(at).1).unwrap_or_default();
            written.look(view.now, topic);
            kept.written.insert(Arc::clone(&topic.name), written);
        }
        kept.at = now;
    }
    (kept.by, kept.follow) = (state.sorting, follow);
    let none = Rc::default();
    let orders = dense.iter().filter_map(|topic| {
        let rates = kept.written.get(&topic.name).map_or(&none, |written| &written.rates);
        Some((Arc::clone(&topic.name), sorted(topic, state.sorting, &layout, rates)?))
    });
    let orders: Orders = orders.collect();
    if *kept.orders != orders {
        kept.orders = Rc::new(orders);
    }
    Rc::clone(&kept.orders)
}

fn sorted(topic: &TopicView, by: Sorting, layout: &Layout<'_>, rates: &Rc<Vec<i64>>) -> Option<Sorted> {
    let weights: Vec<i64> = match by {
        Sorting::Partition => return None,
        Sorting::Lag => layout.lags(topic).into_iter().map(|lag| -lag).collect(),
        // Those that nobody leads come first.
        Sorting::Leader => topic.partitions.iter().map(|part| part.leader.map_or(-1, |id| i64::from(id.0))).collect(),
        Sorting::Rate => rates.iter().map(|rate| -rate).collect(),
    };
    let rates = (by == Sorting::Rate).then(|| Rc::clone(rates));
    Some(Sorted { order: Rc::new(places(&weights, topic.partitions.len())), rates })
}

/// Places in the order of their weights; of equals in their own.
fn places(weights: &[i64], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.order_by_key(|place| weights.get(*place).copied().unwrap_or_default());
    places
}

/// What stands in each place, where something is ordered.
pub fn standing<'a, T: Clone>(all: &'a [T], sorted: Option<&Sorted>) -> Cow<'a, [T]> {
    match sorted.filter(|sorted| sorted.order.len() == all.len()) {
        Some(sorted) => sorted.order.iter().filter_map(|at| all.get(*at)).cloned().collect(),
        None => Cow::Borrowed(all),
    }
}

/// The place at which a partition stands.
pub fn place_of(partition: i32, sorted: Option<&Sorted>) -> Option<usize> {
    let partition = usize::try_from(partition).ok()?;
    match sorted {
        Some(sorted) => sorted.order.iter().position(|at| *at == partition),
        None => Some(partition),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::stage::topic_of;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn equals_stand_in_the_order_of_their_numbers() {
        assert_eq!(places(&[0, -5, 0, -9], 4), [3, 1, 0, 2]);
    }

    #[wasm_bindgen_test]
    fn rates_are_of_what_was_written_between_two_looks() {
        let mut written = Written::default();
        written.look(Instant::from_micros(1_000_000), &topic_of(&[10, 20]));
        assert_eq!(*written.rates, [0, 0]);
        written.look(Instant::from_micros(3_000_000), &topic_of(&[12, 20]));
        assert_eq!(*written.rates, [60, 0]);
        // Time that stands changes nothing; time that went back knows nothing.
        written.look(Instant::from_micros(3_000_000), &topic_of(&[12, 20]));
        assert_eq!(*written.rates, [60, 0]);
        written.look(Instant::from_micros(2_000_000), &topic_of(&[11, 20]));
        assert_eq!(*written.rates, [0, 0]);
    }

    #[wasm_bindgen_test]
    fn a_partition_is_found_where_it_stands() {
        let sorted = Sorted { order: Rc::new(vec![2, 0, 1]), rates: None };
        assert_eq!(place_of(1, Some(&sorted)), Some(2));
        assert_eq!(place_of(1, None), Some(1));
        assert_eq!(standing(&["a", "b", "c"], Some(&sorted)).into_owned(), ["c", "a", "b"]);
    }
}
