//! The partitions that this broker has replicas of (`ReplicaManager`): found by name, made and dropped as the metadata says, written to.
//!
//! Knows no request and no connection. Which partitions have moved (by a write, or by a follower's fetch) is noted; the broker asks for it
//! and tells whoever waits.

use super::disk::StoredReplica;
use super::partition::{Alteration, Partition, Peers};
use super::{Broker, BrokerTimer};

use crate::base::{Context, Duration, EventKind, Instant, NodeId, Offset, ProducerEpoch, ProducerId, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};
use crate::controller::config::{BrokerSettings, log_config};
use crate::controller::image::ConfigResource;
use crate::controller::{MetadataDelta, MetadataImage};
use crate::log::{AppendError, Appended, LogConfig, Origin, VerificationGuard};
use crate::wire::messages::alter_partition_response::PartitionData as Altered;
use crate::wire::{Batch, ErrorCode};
use std::sync::Arc;

/// How often idempotent producers are looked through (`producer.id.expiration.check.interval.ms`).
const EXPIRATION_CHECK_INTERVAL: Duration = Duration::from_secs(600);

/// All replicas of one broker. A clone shares them.
#[derive(Clone, Debug)]
pub struct ReplicaManager {
    node: NodeId,
    partitions: SortedMap<TopicPartition, Arc<Partition>>,
    /// With the topics' ids.
    moved: SortedMap<TopicPartition, Uuid>,
    /// Those led here of which some replicas are not in sync.
    lacking: SortedSet<TopicPartition>,
    peers: Peers,
    /// What lay on the disk when the broker started, and has not been found in the metadata yet.
    stored: SortedMap<TopicPartition, Arc<StoredReplica>>,
}

/// Why a batch was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// By the partition: it is not led here.
    Partition(ErrorCode),
    /// By its log, which begins at this offset.
    Log { error: AppendError, start_offset: Offset },
    /// Fewer replicas are in sync than acks=all asks for; the log begins at this offset.
    TooFewInSync { start_offset: Offset },
}

impl Refusal {
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Partition(code) => *code,
            Self::Log { error, .. } => error.code(),
            Self::TooFewInSync { .. } => ErrorCode::NotEnoughReplicas,
        }
    }
}

/// How a batch is to be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Write {
    pub(super) origin: Origin,
    /// What verifying its transaction began with; none where there was nothing to verify.
    pub(super) guard: Option<VerificationGuard>,
    /// Of a transaction's marker: the version of transactions by which it was ended.
    pub(super) transaction_version: i16,
}

impl Write {
    pub(super) const fn of(origin: Origin) -> Self {
        Self { origin, guard: None, transaction_version: 0 }
    }

    pub(super) const fn marker(transaction_version: i16) -> Self {
        Self { transaction_version, ..Self::of(Origin::Coordinator) }
    }
}

impl ReplicaManager {
    pub(super) fn new(node: NodeId, lag_max: Duration, stored: SortedMap<TopicPartition, Arc<StoredReplica>>) -> Self {
        let peers = Peers::new(lag_max);
        Self { node, partitions: SortedMap::new(), moved: SortedMap::new(), lacking: SortedSet::new(), peers, stored }
    }

    /// What is left when the process ends.
    pub(super) fn into_stored(self) -> SortedMap<TopicPartition, Arc<StoredReplica>> {
        let mut stored = self.stored;
        stored.extend(self.partitions.into_iter().map(|(name, partition)| (name, Arc::new(Arc::unwrap_or_clone(partition).into_stored()))));
        stored
    }

    /// Writes down how far partitions are committed.
    pub(super) fn checkpoint_high_watermarks(&mut self) {
        for partition in self.partitions.values_mut().filter(|partition| !partition.is_checkpointed()) {
            Arc::make_mut(partition).checkpoint();
        }
    }

    /// The replica of a partition on this broker.
    pub fn partition(&self, partition: &TopicPartition) -> Option<&Partition> {
        self.partitions.get(partition).map(Arc::as_ref)
    }

    /// All replicas, in order of topic and index.
    pub fn partitions(&self) -> impl Iterator<Item = (&TopicPartition, &Partition)> {
        self.partitions.iter().map(|(name, partition)| (name, &**partition))
    }

    pub(super) fn partition_mut(&mut self, partition: &TopicPartition) -> Option<&mut Partition> {
        self.partitions.get_mut(partition).map(Arc::make_mut)
    }

    /// Partitions whose log end, log start, high watermark or leader moved since this was last asked, with their topics' ids.
    pub(super) fn take_moved(&mut self) -> SortedMap<TopicPartition, Uuid> {
        std::mem::take(&mut self.moved)
    }

    /// Has whoever watches the partition look at it again.
    pub(super) fn note_moved(&mut self, name: &TopicPartition) {
        if let Some(partition) = self.partitions.get(name) {
            self.moved.insert(name.clone(), partition.topic_id());
        }
    }

    /// Makes the replicas what the metadata says now.
    pub(super) fn apply(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta, image: &MetadataImage, settings: &BrokerSettings) {
        let mut configs = Configs::new(self.node, image, settings);
        if !delta.brokers.is_empty() {
            self.peers.alive = image.alive_brokers().map(|broker| (broker.id, broker.epoch)).collect();
        }
        for topic in delta.topics_deleted.values() {
            topic.iter().for_each(|(index, _)| self.drop_replica(topic.partition_name(index)));
        }
        for name in delta.partitions.keys() {
            self.apply_partition(cx, name, image, &mut configs);
        }
        self.apply_configs(delta, &mut configs);
    }

    fn drop_replica(&mut self, partition: TopicPartition) {
        self.stored.remove(&partition);
        self.lacking.remove(&partition);
        if let Some(dropped) = self.partitions.remove(&partition) {
            self.moved.insert(partition, dropped.topic_id());
        }
    }

    fn apply_partition(&mut self, cx: &mut Context<'_>, name: &TopicPartition, image: &MetadataImage, configs: &mut Configs<'_>) {
        let Some(topic) = image.topic(&name.topic) else { return };
        let Some(state) = topic.partition(name.partition) else { return };
        if !state.replicas.contains(&self.node) {
            return self.drop_replica(name.clone());
        }
        let (node, now_ms) = (self.node, cx.time_ms());
        let stored = self.stored.remove(name).filter(|stored| stored.topic_id == topic.id);
        let new = || {
            let config = configs.of(&name.topic);
            Arc::new(match stored {
                Some(stored) => Partition::restored(node, Arc::unwrap_or_clone(stored), config, now_ms),
                None => Partition::new(node, topic.id, name.clone(), config, now_ms),
            })
        };
        let replica = Arc::make_mut(self.partitions.entry(name.clone()).or_insert_with(new));
        if replica.apply(state, &self.peers, cx.now) {
            cx.trace(EventKind::HighWatermark { partition: name.clone(), offset: replica.high_watermark() });
        }
        self.note_moved(name);
        self.note_lacking(name);
    }

    fn note_lacking(&mut self, name: &TopicPartition) {
        if self.partition(name).is_some_and(Partition::lacks_replicas) {
            self.lacking.insert(name.clone());
        } else {
            self.lacking.remove(name);
        }
    }

    fn apply_configs(&mut self, delta: &MetadataDelta, configs: &mut Configs<'_>) {
        let of_brokers =
            delta.configs.contains(&ConfigResource::all_brokers()) || delta.configs.contains(&ConfigResource::broker(self.node));
        let concerned = |name: &TopicPartition| of_brokers || delta.configs.contains(&ConfigResource::topic(Arc::clone(&name.topic)));
        if delta.configs.is_empty() {
            return;
        }
        for (name, replica) in self.partitions.iter_mut().filter(|(name, _)| concerned(name)) {
            Arc::make_mut(replica).set_config(configs.of(&name.topic));
            self.moved.insert(name.clone(), replica.topic_id());
        }
    }

    /// Writes a batch to a partition that this broker leads; with `all_acks`, only while enough replicas are in sync.
    ///
    /// # Errors
    /// NOT_LEADER_OR_FOLLOWER (also for a partition that is not here), NOT_ENOUGH_REPLICAS, and what the log refuses.
    pub(super) fn append_as_leader(
        &mut self,
        cx: &mut Context<'_>,
        name: &TopicPartition,
        batch: Batch,
        write: Write,
        all_acks: bool,
    ) -> Result<Appended, Refusal> {
        let written = self.write(cx, name, batch, write, all_acks);
        match &written {
            Ok(appended) => self.note_append(cx, name, appended),
            Err(refusal) => {
                cx.trace(EventKind::Refused { partition: name.clone(), error: refusal.code().name().into() });
            }
        }
        written
    }

    fn write(&mut self, cx: &Context<'_>, name: &TopicPartition, batch: Batch, write: Write, all_acks: bool) -> Result<Appended, Refusal> {
        let partition = self.partitions.get_mut(name).map(Arc::make_mut).filter(|partition| partition.is_leader());
        let Some(partition) = partition else { return Err(Refusal::Partition(ErrorCode::NotLeaderOrFollower)) };
        let start_offset = partition.log().start_offset();
        if all_acks && partition.is_under_min_isr() {
            return Err(Refusal::TooFewInSync { start_offset });
        }
        partition.append(batch, write, cx.time_ms(), &self.peers).map_err(|error| Refusal::Log { error, start_offset })
    }

    /// What a transaction's first batch in a partition has to bring with it; none: the transaction is open there.
    ///
    /// # Errors
    /// NOT_LEADER_OR_FOLLOWER, and what the log refuses.
    pub(super) fn begin_verification(
        &mut self,
        name: &TopicPartition,
        producer: (ProducerId, ProducerEpoch),
        sequence: i32,
        bumps_epochs: bool,
        now_ms: i64,
    ) -> Result<Option<VerificationGuard>, ErrorCode> {
        let partition = self.partition_mut(name).filter(|partition| partition.is_leader()).ok_or(ErrorCode::NotLeaderOrFollower)?;
        partition.begin_verification(producer, sequence, bumps_epochs, now_ms).map_err(|error| error.code())
    }

    fn note_append(&mut self, cx: &mut Context<'_>, name: &TopicPartition, appended: &Appended) {
        if appended.duplicate {
            cx.trace(EventKind::Duplicate { partition: name.clone(), base_offset: appended.first_offset });
            return;
        }
        cx.because(EventKind::Appended {
            partition: name.clone(),
            base_offset: appended.first_offset,
            records: appended.records,
            bytes: u32::try_from(appended.bytes).unwrap_or(u32::MAX),
        });
        self.note_moved(name);
        self.advance_high_watermark(cx, name);
    }

    /// Moves a partition's high watermark as far as it goes. Returns whether it moved.
    pub(super) fn advance_high_watermark(&mut self, cx: &mut Context<'_>, name: &TopicPartition) -> bool {
        let Some(partition) = self.partitions.get_mut(name).map(Arc::make_mut) else { return false };
        let moved = partition.advance_high_watermark(&self.peers, cx.now);
        if moved {
            let offset = partition.high_watermark();
            cx.because(EventKind::HighWatermark { partition: name.clone(), offset });
            self.note_moved(name);
        }
        moved
    }

    /// Moves a partition's log start; returns where it is to be then.
    ///
    /// # Errors
    /// NOT_LEADER_OR_FOLLOWER (also for a partition that is not here), POLICY_VIOLATION, OFFSET_OUT_OF_RANGE.
    pub(super) fn delete_records(&mut self, cx: &mut Context<'_>, name: &TopicPartition, offset: Offset) -> Result<Offset, ErrorCode> {
        let partition = self.partition_mut(name).filter(|partition| partition.is_leader()).ok_or(ErrorCode::NotLeaderOrFollower)?;
        let before = partition.log().start_offset();
        let wanted = partition.delete_records(offset)?;
        let now = partition.log().start_offset();
        if now != before {
            cx.because(EventKind::LogStart { partition: name.clone(), offset: now });
            self.note_moved(name);
        }
        Ok(wanted)
    }

    /// The log start that all replicas on living brokers have reached; none where this broker does not lead.
    pub(super) fn low_watermark(&self, name: &TopicPartition) -> Option<Offset> {
        self.partition(name).filter(|partition| partition.is_leader()).map(|partition| partition.low_watermark(&self.peers))
    }

    pub(super) const fn peers(&self) -> &Peers {
        &self.peers
    }

    /// A broker has fetched as a follower. Returns the partitions led here that some replica is not in sync with.
    pub(super) fn note_fetch_of(&mut self, replica: NodeId, now: Instant) -> Vec<TopicPartition> {
        self.peers.last_fetch.insert(replica, now);
        self.lacking.iter().cloned().collect()
    }

    /// The partitions led here with followers that have fallen behind.
    pub(super) fn out_of_sync(&self, now: Instant) -> Vec<(TopicPartition, Vec<NodeId>)> {
        let led = self.partitions.iter().filter(|(_, partition)| partition.is_leader());
        led.map(|(name, partition)| (name.clone(), partition.out_of_sync(&self.peers, now))).filter(|(_, gone)| !gone.is_empty()).collect()
    }

    /// What the controller says to a wish that was made in this partition epoch.
    pub(super) fn altered(&mut self, cx: &mut Context<'_>, name: &TopicPartition, epoch: i32, told: &Altered) -> Alteration {
        let Some(partition) = self.partition_mut(name).filter(|partition| partition.partition_epoch() == epoch) else {
            return Alteration::Done;
        };
        let alteration = partition.altered(told);
        self.note_lacking(name);
        self.advance_high_watermark(cx, name);
        self.note_moved(name);
        alteration
    }

    /// Forgets idempotent producers that have not written for long (`producer.id.expiration.ms`).
    pub(super) fn expire_producers(&mut self, now_ms: i64, expiration_ms: i64) {
        for partition in self.partitions.values_mut() {
            if partition.log().has_expired_producers(now_ms, expiration_ms) {
                Arc::make_mut(partition).expire_producers(now_ms, expiration_ms);
            }
        }
    }
}

/// The topics' configs as logs take them, each worked out once.
struct Configs<'a> {
    image: &'a MetadataImage,
    settings: BrokerSettings,
    by_topic: SortedMap<Arc<str>, Arc<LogConfig>>,
}

impl<'a> Configs<'a> {
    fn new(node: NodeId, image: &'a MetadataImage, settings: &BrokerSettings) -> Self {
        let (cluster, broker) = image.broker_configs(node);
        Self { image, settings: settings.with_dynamic(&cluster, &broker), by_topic: SortedMap::new() }
    }

    fn of(&mut self, topic: &Arc<str>) -> Arc<LogConfig> {
        let (image, settings) = (self.image, &self.settings);
        let work_out = || Arc::new(log_config(settings, &image.configs(&ConfigResource::topic(Arc::clone(topic)))));
        Arc::clone(self.by_topic.entry(Arc::clone(topic)).or_insert_with(work_out))
    }
}

impl Broker {
    /// The replica of a partition that a request is about.
    ///
    /// # Errors
    /// UNKNOWN_TOPIC_OR_PARTITION where there is no such partition, NOT_LEADER_OR_FOLLOWER where it is on other brokers.
    pub(super) fn replica(&self, partition: &TopicPartition) -> Result<&Partition, ErrorCode> {
        let elsewhere = || match self.image.partition(partition) {
            Some(_) => ErrorCode::NotLeaderOrFollower,
            None => ErrorCode::UnknownTopicOrPartition,
        };
        self.replicas.partition(partition).ok_or_else(elsewhere)
    }

    /// Makes the replicas what the metadata says now, and answers who waited for those that changed.
    pub(super) fn apply_metadata_to_replicas(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        self.replicas.apply(cx, delta, &self.image, &self.config.settings);
        self.follow_leaders(cx, delta);
        self.partitions_moved(cx);
    }

    /// Writes down how far partitions are committed, now and from time to time.
    pub(super) fn checkpoint_high_watermarks(&mut self, cx: &Context<'_>) {
        self.replicas.checkpoint_high_watermarks();
        let interval = self.config.settings.replica_high_watermark_checkpoint_interval;
        self.timers.set(BrokerTimer::CheckpointHighWatermarks, cx.now + interval, None);
    }

    /// Forgets idempotent producers that have not written for long, now and from time to time.
    pub(super) fn expire_producers(&mut self, cx: &Context<'_>) {
        let expiration = i64::try_from(self.config.settings.producer_id_expiration.as_millis()).unwrap_or(i64::MAX);
        self.replicas.expire_producers(cx.time_ms(), expiration);
        self.timers.set(BrokerTimer::ExpireProducers, cx.now + EXPIRATION_CHECK_INTERVAL, None);
    }
}
