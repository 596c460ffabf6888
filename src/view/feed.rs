//! Views over a wire: what the other side has already is not sent again.
//!
//! A partition's window is sent from the log end that was sent before, or from the first record of which something else is to be told since;
//! keys and events are sent where they are new. Both sides keep the last view.

use super::happening::forget;
use super::message::ToPage;
use super::{EventView, PartitionView, RecordView, TopicView, View, WINDOW_MAX};
use crate::base::Order;
use std::sync::Arc;

/// How many events a receiver keeps.
const EVENTS_MAX: usize = 600;

/// One side of one connection.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    last: Option<View>,
}

impl Feed {
    /// The sender's side: what to send for a view. `None`: nothing has changed.
    pub fn give(&mut self, view: &View) -> Option<ToPage> {
        let mut sent = view.clone();
        if let Some(last) = &self.last {
            if last == view {
                return None;
            }
            sent.topics = view.topics.iter().map(|topic| trim(topic, last)).collect();
            sent.events = view.events.iter().filter(|e| find(&last.events, e.id).is_none_or(|known| known != *e)).cloned().collect();
            if view.keys.starts_with(&last.keys) {
                sent.keys = Arc::new(view.keys.get(last.keys.len()..).unwrap_or_default().to_vec());
            }
        }
        self.last = Some(view.clone());
        Some(ToPage::View { view: Box::new(sent) })
    }

    /// The receiver's side: the whole view. `None`: the message was no view.
    pub fn take(&mut self, message: ToPage) -> Option<View> {
        let ToPage::View { view } = message else { return None };
        let mut view = *view;
        if let Some(last) = &self.last {
            for topic in &mut view.topics {
                *topic = whole(topic, last);
            }
            view.events = merge(&last.events, &view.events);
            let mut keys = Arc::unwrap_or_clone(view.keys);
            keys.splice(0..0, last.keys.iter().cloned());
            view.keys = Arc::new(keys);
        }
        self.last = Some(view.clone());
        Some(view)
    }
}

fn find(events: &[Arc<EventView>], id: u64) -> Option<&Arc<EventView>> {
    events.binary_search_by_key(&id, |e| e.id).ok().and_then(|at| events.get(at))
}

/// The partition as it was sent before, where it is of the same topic.
fn known<'v>(last: &'v View, topic: &TopicView, partition: &PartitionView) -> Option<&'v Arc<PartitionView>> {
    let before = last.topics.iter().find(|t| t.id == topic.id)?;
    before.partitions.iter().find(|p| p.index == partition.index)
}

fn trim(topic: &Arc<TopicView>, last: &View) -> Arc<TopicView> {
    let mut topic = TopicView::clone(topic);
    let partitions = std::mem::take(&mut topic.partitions);
    topic.partitions = partitions
        .into_iter()
        .map(|partition| match known(last, &topic, &partition) {
            Some(before) if before.log_end <= partition.log_end => {
                let mut partition = PartitionView::clone(&partition);
                let from = changed_from(before, &partition);
                partition.window.retain(|r| r.offset >= from);
                Arc::new(partition)
            }
            _ => partition,
        })
        .collect();
    Arc::new(topic)
}

/// The first offset of which something else is told than before: a record's transaction has ended since, or its log had ended there.
fn changed_from(before: &PartitionView, now: &PartitionView) -> i64 {
    let mut known = now.window.iter().peekable();
    let is_another = |old: &&Arc<RecordView>| {
        while known.next_if(|record| record.offset < old.offset).is_some() {}
        known.peek().is_some_and(|record| record.offset == old.offset && *record != *old)
    };
    before.window.iter().find(is_another).map_or(before.log_end, |record| record.offset)
}

fn whole(topic: &Arc<TopicView>, last: &View) -> Arc<TopicView> {
    let mut topic = TopicView::clone(topic);
    let partitions = std::mem::take(&mut topic.partitions);
    topic.partitions = partitions
        .into_iter()
        .map(|partition| {
            let Some(before) = known(last, &topic, &partition) else { return partition };
            let from = partition.window.first().map_or(partition.log_end, |r| r.offset);
            let mut merged = PartitionView::clone(&partition);
            merged.window = before
                .window
                .iter()
                .filter(|r| r.offset < from && r.offset >= partition.log_start)
                .chain(&partition.window)
                .cloned()
                .collect();
            let over = merged.window.len().saturating_sub(WINDOW_MAX);
            merged.window.drain(..over);
            // What is as before stays the same object, so that nothing is drawn again.
            if **before == merged { Arc::clone(before) } else { Arc::new(merged) }
        })
        .collect();
    let before = last.topics.iter().find(|t| t.id == topic.id);
    before.filter(|b| ***b == topic).map_or_else(|| Arc::new(topic), Arc::clone)
}

fn merge(old: &[Arc<EventView>], new: &[Arc<EventView>]) -> Vec<Arc<EventView>> {
    let mut all: Vec<_> = old.iter().filter(|e| find(new, e.id).is_none()).chain(new).cloned().collect();
    all.order_by_key(|e| e.id);
    forget(&mut all, EVENTS_MAX);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Unsettled;

    fn view(log_end: i64, events: std::ops::Range<u64>) -> View {
        let record = |offset| Arc::new(RecordView { offset, ..RecordView::default() });
        let window = (log_end - 3..log_end).map(record).collect();
        let partition = PartitionView { log_end, high_watermark: log_end, window, ..PartitionView::default() };
        let topic = TopicView { name: "orders".into(), id: "x".into(), partitions: vec![Arc::new(partition)], ..TopicView::default() };
        let events = events.map(|id| Arc::new(EventView { id, ..EventView::default() })).collect();
        let keys = Arc::new((0..log_end).map(|k| k.to_string().into()).collect());
        View { topics: vec![Arc::new(topic)], events, keys, ..View::default() }
    }

    #[test]
    fn only_what_is_new_is_sent_and_the_receiver_has_all() {
        let (mut sender, mut receiver) = (Feed::default(), Feed::default());
        let first = sender.give(&view(3, 1..4)).expect("a first view is sent");
        receiver.take(first);
        let Some(ToPage::View { view: sent }) = sender.give(&view(4, 2..6)) else { panic!("a changed view is sent") };
        let offsets = |view: &View| view.topics[0].partitions[0].window.iter().map(|r| r.offset).collect::<Vec<_>>();
        assert_eq!(offsets(&sent), [3]);
        assert_eq!(sent.events.iter().map(|e| e.id).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(sent.keys.len(), 1);
        let got = receiver.take(ToPage::View { view: sent }).expect("a view");
        assert_eq!(offsets(&got), [0, 1, 2, 3]);
        assert_eq!(got.events.iter().map(|e| e.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(got.keys.len(), 4);
    }

    #[test]
    fn what_became_of_a_transaction_is_sent_of_records_that_were_sent_before() {
        let at = |log_end: i64, transaction: Option<Unsettled>| {
            let mut view = view(log_end, 1..2);
            let topic = Arc::make_mut(&mut view.topics[0]);
            for record in &mut Arc::make_mut(&mut topic.partitions[0]).window {
                Arc::make_mut(record).transaction = transaction.filter(|_| record.offset == 1);
            }
            view
        };
        let (mut sender, mut receiver) = (Feed::default(), Feed::default());
        for (end, fate) in [(3, Some(Unsettled::Open)), (4, Some(Unsettled::Aborted)), (4, None)] {
            let view = at(end, fate);
            let sent = sender.give(&view).expect("a changed view is sent");
            let got = receiver.take(sent).expect("a view");
            assert_eq!(got.topics[0].partitions[0].window.last(), view.topics[0].partitions[0].window.last());
            assert_eq!(got.topics[0].partitions[0].window.iter().find(|r| r.offset == 1).map(|r| r.transaction), Some(fate));
        }
    }

    #[test]
    fn nothing_is_sent_where_nothing_changed() {
        let mut sender = Feed::default();
        assert!(sender.give(&view(3, 1..2)).is_some());
        assert!(sender.give(&view(3, 1..2)).is_none());
    }
}
