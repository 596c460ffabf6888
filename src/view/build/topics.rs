//! Topics, partitions and the records in sight.

use super::keys::{KeyBook, preview};
use crate::base::{NodeId, Offset, Order, PartitionIndex, ProducerId, TopicPartition, Uuid};
use crate::controller::MetadataImage;
use crate::controller::image::{ConfigResource, PartitionImage, TopicImage};
use crate::log::{AbortedTransaction, Log, Removal};
use crate::simulation::Simulation;
use crate::view::{PartitionView, RecordKind, RecordView, RemovedView, TopicView, Unsettled, WINDOW_MAX};
use crate::wire::batch::{Batch, BatchHeader, Record};
use std::sync::Arc;

/// The topics that were shown last, in order of appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct TopicBook {
    known: Vec<Known>,
    /// Topics that were shown once.
    away: Vec<Known>,
    places: u64,
}

/// How many topics that are gone have their place kept.
const AWAY_MAX: usize = 64;

#[derive(Clone, Debug)]
struct Known {
    id: Uuid,
    /// In order of appearance.
    place: u64,
    view: Arc<TopicView>,
    /// What all its keys begin with; none before the first.
    prefix: Option<String>,
}

impl TopicBook {
    pub fn look(&mut self, simulation: &Simulation, image: &MetadataImage, keys: &mut KeyBook) -> Vec<Arc<TopicView>> {
        let stands = |known: &Known| image.topic_by_id(known.id).is_some();
        // A topic that is not there yet, or no more, has its place again when time is turned.
        let (shown, away): (Vec<_>, Vec<_>) = std::mem::take(&mut self.known).into_iter().partition(stands);
        self.known = shown;
        self.away.extend(away);
        if !self.away.is_empty() {
            let back;
            (back, self.away) = std::mem::take(&mut self.away).into_iter().partition(stands);
            self.known.extend(back);
            self.known.order_by_key(|known| known.place);
            let over = self.away.len().saturating_sub(AWAY_MAX);
            self.away.drain(..over);
        }
        for topic in image.topics() {
            if !self.known.iter().any(|known| known.id == topic.id) {
                let view = TopicView {
                    name: Arc::clone(&topic.name),
                    id: topic.id.to_string().into(),
                    internal: topic.name.starts_with("__"),
                    ..TopicView::default()
                };
                self.places += 1;
                self.known.push(Known { id: topic.id, place: self.places, view: Arc::new(view), prefix: None });
            }
        }
        for known in &mut self.known {
            if let Some(topic) = image.topic_by_id(known.id) {
                known.look(simulation, image, topic, keys);
            }
        }
        let views = |internal: bool| self.known.iter().map(|k| &k.view).filter(move |v| v.internal == internal).cloned();
        views(false).chain(views(true)).collect()
    }

    /// What is known of partitions is of another moment: it is looked at afresh.
    pub fn begin_anew(&mut self) {
        for known in self.known.iter_mut().chain(&mut self.away) {
            Arc::make_mut(&mut known.view).partitions.clear();
        }
    }
}

impl Known {
    fn look(&mut self, simulation: &Simulation, image: &MetadataImage, topic: &TopicImage, keys: &mut KeyBook) {
        let before = Arc::clone(&self.view);
        let partitions: Vec<_> = topic.iter().map(|(index, partition)| self.partition(simulation, topic, index, partition, keys)).collect();
        let configs = image.configs(&ConfigResource::topic(Arc::clone(&topic.name)));
        let default_min_isr = simulation.brokers().next().map_or(1, |b| b.settings().min_insync_replicas);
        let view = TopicView {
            replication_factor: topic.partitions.first().map_or(0, |p| i16::try_from(p.replicas.len()).unwrap_or(i16::MAX)),
            min_isr: configs.get("min.insync.replicas").and_then(|v| v.parse().ok()).unwrap_or(default_min_isr),
            configs: configs.iter().map(|(name, value)| (Arc::clone(name), Arc::clone(value))).collect(),
            key_prefix: self.shared_prefix(),
            records: partitions.iter().map(|p| p.log_end - p.log_start).sum(),
            partitions,
            name: Arc::clone(&before.name),
            id: Arc::clone(&before.id),
            internal: before.internal,
        };
        if *before != view {
            self.view = Arc::new(view);
        }
    }

    /// The prefix, as far as it ends where a name might: `user-` of `user-12` and `user-17`.
    fn shared_prefix(&self) -> Arc<str> {
        let prefix = self.prefix.as_deref().unwrap_or_default();
        if *self.view.key_prefix == *prefix {
            return Arc::clone(&self.view.key_prefix);
        }
        prefix.into()
    }

    fn partition(
        &mut self,
        simulation: &Simulation,
        topic: &TopicImage,
        index: PartitionIndex,
        image: &PartitionImage,
        keys: &mut KeyBook,
    ) -> Arc<PartitionView> {
        let before = usize::try_from(index.0).ok().and_then(|at| self.view.partitions.get(at)).cloned().unwrap_or_default();
        let name = TopicPartition { topic: Arc::clone(&topic.name), partition: index };
        let replica = image.leader.and_then(|leader| log_of(simulation, leader, &name));
        let (start, end, high_watermark, last_stable) = match replica {
            // Where the leader's process has ended, its disk knows the high watermark of some seconds ago; followers may know better.
            Some((log, known)) => {
                let high_watermark = known.max(known_by(simulation, image, &name));
                (log.start_offset().0, log.end_offset().0, high_watermark.0, log.last_stable_offset(high_watermark).0)
            }
            None => (before.log_start, before.log_end, before.high_watermark, before.last_stable),
        };
        let removed = replica.map_or_else(|| before.removed.clone(), |(log, _)| removed(log));
        // Another leader's log may differ from its predecessor's above the high watermark; a compacted one anywhere.
        let same_log = (before.leader, before.leader_epoch, &before.removed) == (image.leader, image.leader_epoch.0, &removed);
        let unchanged = same_log && (before.log_end, before.log_start) == (end, start);
        let window = match replica {
            Some((log, _)) if !self.view.internal && !unchanged => {
                self.window(if same_log { &before.window } else { &[] }, before.log_end, log, keys)
            }
            _ => None,
        };
        let own_end = |node: &NodeId| Some(log_of(simulation, *node, &name)?.0.end_offset().0);
        let log_ends: Vec<_> = image.replicas.iter().map(own_end).collect();
        let same = window.is_none()
            && (before.log_start, before.log_end, before.high_watermark, before.last_stable) == (start, end, high_watermark, last_stable)
            && (before.leader, before.leader_epoch) == (image.leader, image.leader_epoch.0)
            && (&before.replicas, &before.isr, &before.elr) == (&image.replicas, &image.isr, &image.eligible_leader_replicas)
            && (&before.adding, &before.removing) == (&image.adding_replicas, &image.removing_replicas)
            && (&before.log_ends, &before.removed) == (&log_ends, &removed);
        if same {
            return before;
        }
        Arc::new(PartitionView {
            index: index.0,
            leader: image.leader,
            leader_epoch: image.leader_epoch.0,
            replicas: image.replicas.clone(),
            isr: image.isr.clone(),
            elr: image.eligible_leader_replicas.clone(),
            adding: image.adding_replicas.clone(),
            removing: image.removing_replicas.clone(),
            log_ends,
            removed,
            log_start: start,
            high_watermark,
            last_stable,
            log_end: end,
            window: window.unwrap_or_else(|| before.window.clone()),
        })
    }

    /// The last records: those known already, and those written since.
    fn window(&mut self, before: &[Arc<RecordView>], known_end: i64, log: &Log, keys: &mut KeyBook) -> Option<Vec<Arc<RecordView>>> {
        let (start, end) = (log.start_offset().0, log.end_offset().0);
        let first = start.max(end - WINDOW_MAX as i64);
        let grown = known_end <= end && !before.is_empty();
        let known_to = if grown { known_end.max(first) } else { first };
        let mut window: Vec<_> = if grown { before.iter().filter(|r| r.offset >= first).cloned().collect() } else { Vec::new() };
        for batch in log.batches(Offset(known_to), Offset(end)) {
            let Ok(records) = batch.records() else { continue };
            for record in records.flatten().filter(|r| r.offset.0 >= known_to) {
                let view = self.record(&batch, &record, keys);
                let repeats = repeated(&window, &view);
                window.push(Arc::new(RecordView { repeats, ..view }));
            }
        }
        settle_transactions(log, &mut window);
        Some(window)
    }

    fn record(&mut self, batch: &Batch, record: &Record, keys: &mut KeyBook) -> RecordView {
        let control = batch.header.attributes.is_control();
        let key = if control { None } else { record.key.as_ref().map(|key| keys.place(key)) };
        if let Some((_, text)) = &key {
            self.note_prefix(text);
        }
        RecordView { hue: key.as_ref().map(|(place, _)| *place), key: key.map(|(_, text)| text), ..seen(batch, record) }
    }

    fn note_prefix(&mut self, key: &str) {
        let shared: String = match &self.prefix {
            None => key.to_owned(),
            Some(prefix) => prefix.chars().zip(key.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect(),
        };
        let end = shared.char_indices().rev().find(|(_, c)| !c.is_alphanumeric()).map_or(0, |(at, c)| at + c.len_utf8());
        self.prefix = Some(shared.get(..end).unwrap_or_default().to_owned());
    }
}

/// A record as it is shown, but for its key and what that gives it.
fn seen(batch: &Batch, record: &Record) -> RecordView {
    let kind = RecordKind::of(&batch.header, record);
    RecordView {
        offset: record.offset.0,
        kind,
        hue: None,
        key: None,
        value: record.value.as_deref().map(preview),
        timestamp_ms: record.timestamp,
        headers: record.headers.iter().map(|h| (preview(h.key.as_bytes()), h.value.as_deref().map(preview))).collect(),
        leader_epoch: batch.header.leader_epoch.0,
        producer_id: batch.header.producer_id.0,
        bytes: u32::try_from(record.key.as_ref().map_or(0, |k| k.len()) + record.value.as_ref().map_or(0, |v| v.len())).unwrap_or(u32::MAX),
        repeats: None,
        transaction: (batch.header.attributes.is_transactional() && !kind.is_control()).then_some(Unsettled::Open),
    }
}

/// A stretch of a log, with keys' texts and without their hues, and what compaction took out of it.
pub(in crate::view) fn stretch(log: &Log, from: i64, to: i64) -> (Vec<Arc<RecordView>>, Vec<RemovedView>) {
    let mut records: Vec<Arc<RecordView>> = Vec::new();
    for batch in log.batches(Offset(from), Offset(to)) {
        let control = batch.header.attributes.is_control();
        let Ok(all) = batch.records() else { continue };
        for record in all.flatten().filter(|r| (from..to).contains(&r.offset.0)) {
            let key = record.key.as_deref().filter(|_| !control).map(preview);
            let view = RecordView { key, ..seen(&batch, &record) };
            let repeats = repeated(&records, &view);
            records.push(Arc::new(RecordView { repeats, ..view }));
        }
    }
    settle_transactions(log, &mut records);
    (records, removed_between(log, from, to))
}

/// The record that this one says again: written twice, because its producer sent it again without being idempotent.
fn repeated(before: &[Arc<RecordView>], record: &RecordView) -> Option<i64> {
    if record.producer_id >= 0 || record.kind.is_control() {
        return None;
    }
    let same = |other: &&Arc<RecordView>| {
        other.timestamp_ms == record.timestamp_ms
            && other.producer_id < 0
            && (&other.key, &other.value, &other.headers) == (&record.key, &record.value, &record.headers)
    };
    before.iter().rev().find(same).map(|other| other.repeats.unwrap_or(other.offset))
}

/// Tells of records that were part of open transactions what has become of these.
fn settle_transactions(log: &Log, records: &mut [Arc<RecordView>]) {
    let Some(first) = records.iter().position(|record| record.transaction == Some(Unsettled::Open)) else { return };
    let Some(from) = records.get(first).map(|record| Offset(record.offset)) else { return };
    let aborted = log.aborted_transactions(from, log.end_offset());
    for record in records.iter_mut().skip(first).filter(|record| record.transaction == Some(Unsettled::Open)) {
        let fate = unsettled(log, &aborted, ProducerId(record.producer_id), Offset(record.offset));
        if fate != Some(Unsettled::Open) {
            Arc::make_mut(record).transaction = fate;
        }
    }
}

/// What has become of a producer's transaction that wrote at this offset, with the log's aborted ones there; none: it is committed.
fn unsettled(log: &Log, aborted: &[AbortedTransaction], producer: ProducerId, offset: Offset) -> Option<Unsettled> {
    let is_in =
        |aborted: &AbortedTransaction| aborted.producer_id == producer && (aborted.first_offset..=aborted.last_offset).contains(&offset);
    let is_open = || log.producers().get(producer).and_then(|state| state.transaction_start).is_some_and(|start| start <= offset);
    if aborted.iter().any(is_in) { Some(Unsettled::Aborted) } else { is_open().then_some(Unsettled::Open) }
}

/// What the transaction is in that a batch is part of, as far as it is not committed.
pub(in crate::view) fn transaction_of(log: &Log, batch: &BatchHeader) -> Option<Unsettled> {
    if !batch.attributes.is_transactional() || batch.attributes.is_control() {
        return None;
    }
    let at = batch.base_offset;
    unsettled(log, &log.aborted_transactions(at, at.plus(1)), batch.producer_id, at)
}

/// A replica's log and its high watermark: as its process has them, or as they lie on its disk.
pub(in crate::view) fn log_of<'s>(simulation: &'s Simulation, node: NodeId, name: &TopicPartition) -> Option<(&'s Log, Offset)> {
    if let Some(broker) = simulation.broker(node) {
        let replica = broker.replicas().partition(name)?;
        return Some((replica.log(), replica.high_watermark()));
    }
    let stored = simulation.node(node).ok()?.broker_disk()?.replica(name)?;
    Some((&stored.log, stored.high_watermark))
}

/// What the followers know of the high watermark, where the leader does not run.
fn known_by(simulation: &Simulation, image: &PartitionImage, name: &TopicPartition) -> Offset {
    let runs = image.leader.is_none_or(|leader| simulation.broker(leader).is_some());
    let followers = image.isr.iter().filter(|_| !runs).filter_map(|node| log_of(simulation, *node, name));
    followers.map(|(_, known)| known).max().unwrap_or(Offset(0))
}

/// What compaction took out of the stretch that is shown.
fn removed(log: &Log) -> Vec<RemovedView> {
    let (start, end) = (log.start_offset().0, log.end_offset().0);
    removed_between(log, start.max(end - WINDOW_MAX as i64), end)
}

fn removed_between(log: &Log, from: i64, to: i64) -> Vec<RemovedView> {
    let view = |(offset, removal): (Offset, Removal)| {
        let why = match removal {
            Removal::SupersededBy(later) => format!("superseded by offset {}", later.0),
            Removal::Tombstone => "a tombstone past delete.retention.ms".to_owned(),
            Removal::Aborted => "of an aborted transaction".to_owned(),
            Removal::Marker => "a marker of which no record is left".to_owned(),
            Removal::Keyless => "without a key".to_owned(),
        };
        let superseded_by = if let Removal::SupersededBy(later) = removal { Some(later.0) } else { None };
        RemovedView { offset: offset.0, superseded_by, why: why.into() }
    };
    log.cleaned().between(Offset(from), Offset(to)).map(view).collect()
}
