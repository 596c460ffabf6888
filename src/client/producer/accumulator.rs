//! Records wait here in batches, a queue for each partition, until they are to be sent (`RecordAccumulator`, `ProducerBatch`).

use super::config::ProducerConfig;
use super::record::ProducerRecord;
use super::sequences::Identity;
use crate::base::SortedMap;
use crate::base::{Duration, EventId, Instant, LeaderEpoch, NodeId, TopicPartition};
use crate::wire::BatchBuilder;
use crate::wire::batch::{BatchError, CompressionRatio};
use std::collections::VecDeque;
use std::sync::Arc;

/// Records of one partition that travel together.
#[derive(Clone, Debug)]
pub(super) struct ProducerBatch {
    pub partition: TopicPartition,
    pub builder: BatchBuilder,
    /// The records' numbers, in order.
    pub numbers: Vec<u64>,
    pub created: Instant,
    /// How often it has been sent.
    pub attempts: u32,
    /// Not to be sent again before this, unless the partition has another leader since.
    pub not_before: Instant,
    /// Of the leader that it was last sent to.
    pub leader_epoch: LeaderEpoch,
    /// Memory that it holds, in bytes; also where it counts as full.
    pub reserved: usize,
    /// What began it, or had it put back: its first record, or an error.
    pub cause: Option<EventId>,
    /// Its identity and first sequence, once it is numbered.
    pub numbered: Option<(Identity, i32)>,
    /// Its sequence is another than the one that it was first sent with.
    pub renumbered: bool,
}

impl ProducerBatch {
    pub fn is_full(&self) -> bool {
        self.builder.is_full(self.reserved)
    }

    /// `count` records before it were left out, from sequence `first` on.
    pub fn move_up(&mut self, first: i32, count: i32) {
        if let Some((_, own)) = self.numbered.as_mut().filter(|(_, own)| *own > first) {
            *own -= count;
            self.renumbered = true;
        }
    }
}

/// How an append went.
pub(super) struct Appended {
    /// By how much the partition's batches grew.
    pub bytes: usize,
    /// No batch of the partition has room left.
    pub all_full: bool,
}

/// The batches that wait.
#[derive(Clone, Debug)]
pub(super) struct Accumulator {
    batch_size: usize,
    memory: usize,
    linger: Duration,
    delivery_timeout: Duration,
    request_max: usize,
    compression: crate::wire::Compression,
    transactional: bool,
    queues: SortedMap<TopicPartition, VecDeque<ProducerBatch>>,
    ratios: SortedMap<Arc<str>, CompressionRatio>,
    /// Memory held by batches, waiting or in flight.
    used: usize,
    /// Where the next drain of a node begins, so that no partition starves.
    drain_after: SortedMap<NodeId, TopicPartition>,
}

impl Accumulator {
    pub fn new(config: &ProducerConfig) -> Self {
        Self {
            batch_size: config.batch_size.max(1) as usize,
            memory: usize::try_from(config.buffer_memory).unwrap_or(usize::MAX),
            linger: Duration::from_kafka_ms(config.linger_ms),
            delivery_timeout: Duration::from_kafka_ms(config.delivery_timeout_ms.into()),
            request_max: config.max_request_size.max(0) as usize,
            compression: config.compression_type.0,
            transactional: config.transactional_id.is_some(),
            queues: SortedMap::new(),
            ratios: SortedMap::new(),
            used: 0,
            drain_after: SortedMap::new(),
        }
    }

    pub const fn batch_size(&self) -> usize {
        self.batch_size
    }

    /// In bytes.
    pub const fn available_memory(&self) -> usize {
        self.memory.saturating_sub(self.used)
    }

    pub fn is_empty(&self) -> bool {
        self.queues.is_empty()
    }

    /// All that wait, by partition and in order.
    pub fn batches(&self) -> impl Iterator<Item = &ProducerBatch> {
        self.queues.values().flatten()
    }

    pub fn queue_len(&self, partition: &TopicPartition) -> usize {
        self.queues.get(partition).map_or(0, VecDeque::len)
    }

    pub fn front(&self, partition: &TopicPartition) -> Option<&ProducerBatch> {
        self.queues.get(partition)?.front()
    }

    pub fn partitions(&self) -> impl Iterator<Item = &TopicPartition> {
        self.queues.keys()
    }

    /// Adds a record to its partition's last batch, or to a new one. `None`: there is no memory for another batch.
    pub fn append(
        &mut self,
        now: Instant,
        partition: &TopicPartition,
        number: u64,
        record: &ProducerRecord,
        timestamp: i64,
    ) -> Result<Option<Appended>, BatchError> {
        let (key, value, headers) = (record.key.as_deref(), record.value.as_deref(), record.headers.as_slice());
        let last = self.queues.get_mut(partition).and_then(VecDeque::back_mut);
        let open = last.filter(|batch| batch.attempts == 0 && batch.builder.has_room_for(batch.reserved, timestamp, key, value, headers));
        if let Some(batch) = open {
            let before = batch.builder.estimated_size();
            batch.builder.append(timestamp, key, value, headers)?;
            batch.numbers.push(number);
            return Ok(Some(Appended { bytes: batch.builder.estimated_size() - before, all_full: batch.is_full() }));
        }
        let reserved = self.batch_size.max(BatchBuilder::upper_bound(key, value, headers));
        if reserved > self.available_memory() {
            return Ok(None);
        }
        let ratio = self.ratios.get(&partition.topic).copied().unwrap_or_default();
        let mut builder = BatchBuilder::new(self.compression).with_ratio(ratio).transactional(self.transactional);
        builder.append(timestamp, key, value, headers)?;
        self.used += reserved;
        let numbers = vec![number];
        let batch = ProducerBatch {
            partition: partition.clone(),
            builder,
            numbers,
            created: now,
            attempts: 0,
            not_before: now,
            leader_epoch: LeaderEpoch(-1),
            reserved,
            cause: None,
            numbered: None,
            renumbered: false,
        };
        let appended = Appended { bytes: batch.builder.estimated_size(), all_full: batch.is_full() };
        self.queues.entry(partition.clone()).or_default().push_back(batch);
        Ok(Some(appended))
    }

    /// Whether a partition's first batch has waited long enough; else when it will have. `hurry`: nothing is to wait for company
    /// (flush, close, memory that runs out).
    pub fn ready_at(&self, partition: &TopicPartition, hurry: bool) -> Option<(Instant, Option<EventId>)> {
        let queue = self.queues.get(partition)?;
        let first = queue.front()?;
        let full = queue.len() > 1 || first.is_full();
        let lingered = if first.attempts > 0 { first.not_before } else { first.created + self.linger };
        Some((if full || hurry { first.not_before } else { lingered }, first.cause))
    }

    /// Notes the event by which a partition's newest batch began, if it has none yet.
    pub fn set_cause(&mut self, partition: &TopicPartition, cause: EventId) {
        if let Some(batch) = self.queues.get_mut(partition).and_then(VecDeque::back_mut) {
            batch.cause.get_or_insert(cause);
        }
    }

    /// Takes the first batch of each of a node's partitions, as many as a request may hold. `may_send` says which may go.
    pub fn drain(
        &mut self,
        now: Instant,
        node: NodeId,
        partitions: &[TopicPartition],
        mut may_send: impl FnMut(&ProducerBatch) -> bool,
    ) -> Vec<ProducerBatch> {
        let mut drained = Vec::new();
        let mut size = 0;
        let start = self.drain_after.get(&node).map_or(0, |last| partitions.partition_point(|partition| partition <= last));
        for partition in partitions.iter().skip(start).chain(partitions.iter().take(start)) {
            let Some(first) = self.front(partition) else { continue };
            if first.not_before > now || !may_send(first) {
                continue;
            }
            let bytes = first.builder.estimated_size();
            if size + bytes > self.request_max && !drained.is_empty() {
                break;
            }
            size += bytes;
            drained.extend(self.pop(partition));
            self.drain_after.insert(node, partition.clone());
        }
        drained
    }

    fn pop(&mut self, partition: &TopicPartition) -> Option<ProducerBatch> {
        let queue = self.queues.get_mut(partition)?;
        let batch = queue.pop_front();
        if queue.is_empty() {
            self.queues.remove(partition);
        }
        batch
    }

    /// Puts a batch back to be sent again: to the front; `in_order`, behind those whose records came before its own.
    pub fn put_back(&mut self, batch: ProducerBatch, in_order: bool) {
        let queue = self.queues.entry(batch.partition.clone()).or_default();
        let earlier = |other: &ProducerBatch| in_order && other.numbers.first() < batch.numbers.first();
        let place = queue.iter().take_while(|other| earlier(other)).count();
        queue.insert(place, batch);
    }

    /// Splits a batch that was too large for the broker into batches of `batch.size`, which take its place
    /// (`RecordAccumulator.splitAndReenqueue`).
    pub fn split(&mut self, batch: &ProducerBatch) -> Result<(), BatchError> {
        self.ratios.entry(batch.partition.topic.clone()).or_default().reset();
        let mut parts: Vec<ProducerBatch> = Vec::new();
        for (record, number) in batch.builder.build()?.records()?.zip(&batch.numbers) {
            let record = record?;
            let (key, value, headers) = (record.key.as_deref(), record.value.as_deref(), record.headers.as_slice());
            let room = |part: &ProducerBatch| part.builder.has_room_for(self.batch_size, record.timestamp, key, value, headers);
            if !parts.last().is_some_and(room) {
                let builder = BatchBuilder::new(self.compression).transactional(self.transactional);
                parts.push(ProducerBatch { builder, numbers: Vec::new(), reserved: 0, numbered: None, attempts: 1, ..batch.clone() });
            }
            if let Some(part) = parts.last_mut() {
                part.builder.append(record.timestamp, key, value, headers)?;
                part.numbers.push(*number);
                part.reserved = self.batch_size.max(part.builder.estimated_size());
            }
        }
        self.used += parts.iter().map(|part| part.reserved).sum::<usize>();
        let queue = self.queues.entry(batch.partition.clone()).or_default();
        parts.into_iter().rev().for_each(|part| queue.push_front(part));
        Ok(())
    }

    /// Gives a batch's memory back.
    pub fn release(&mut self, batch: &ProducerBatch) {
        self.used = self.used.saturating_sub(batch.reserved);
    }

    /// Learns from how a topic's batch was compressed.
    pub fn observe(&mut self, topic: &Arc<str>, size: usize, uncompressed: usize) {
        self.ratios.entry(topic.clone()).or_default().observe(size, uncompressed);
    }

    /// A partition has another leader than the one that its first batch failed at: no reason to wait any longer (KIP-951).
    pub fn leader_changed(&mut self, now: Instant, partition: &TopicPartition, epoch: LeaderEpoch) {
        let first = self.queues.get_mut(partition).and_then(VecDeque::front_mut);
        if let Some(batch) = first.filter(|batch| batch.attempts > 0 && batch.leader_epoch < epoch) {
            batch.not_before = batch.not_before.min(now);
        }
    }

    /// When a batch is given up.
    pub fn expires(&self, batch: &ProducerBatch) -> Instant {
        batch.created + self.delivery_timeout
    }

    /// Takes out what has waited longer than `delivery.timeout.ms`.
    pub fn expired(&mut self, now: Instant) -> Vec<ProducerBatch> {
        let mut expired = Vec::new();
        if self.next_expiry().is_none_or(|(at, _)| at > now) {
            return expired;
        }
        for queue in self.queues.values_mut() {
            while let Some(batch) = queue.pop_front_if(|batch| batch.created + self.delivery_timeout <= now) {
                expired.push(batch);
            }
        }
        self.queues.retain(|_, queue| !queue.is_empty());
        expired
    }

    pub fn next_expiry(&self) -> Option<(Instant, Option<EventId>)> {
        self.queues.values().filter_map(VecDeque::front).map(|batch| (batch.created + self.delivery_timeout, batch.cause)).min()
    }

    /// Takes out all batches that `leave` wants.
    pub fn take(&mut self, leave: impl Fn(&ProducerBatch) -> bool) -> Vec<ProducerBatch> {
        let mut taken = Vec::new();
        for queue in self.queues.values_mut() {
            let (gone, rest): (VecDeque<_>, VecDeque<_>) = std::mem::take(queue).into_iter().partition(|batch| leave(batch));
            *queue = rest;
            taken.extend(gone);
        }
        self.queues.retain(|_, queue| !queue.is_empty());
        taken
    }

    /// A partition's batches, in order.
    pub fn queue_mut(&mut self, partition: &TopicPartition) -> impl Iterator<Item = &mut ProducerBatch> {
        self.queues.get_mut(partition).into_iter().flatten()
    }

    /// A partition's numbering begins anew.
    pub fn unnumber(&mut self, partition: &TopicPartition) {
        self.queues.get_mut(partition).into_iter().flatten().for_each(|batch| batch.numbered = None);
    }
}
