//! The broker as a reader of `__cluster_metadata`: it fetches it and replays what is committed into its image (`BrokerMetadataPublisher`).
//! What changed is then made true here: replicas begin to lead, coordinators load, logs of deleted topics go.
//!
//! A combined node's broker reads the log of its own controller. One apart is an observer of the quorum: it fetches from the leader, also
//! what is not committed yet, and keeps that until it is. Whoever is behind the log's start is given a snapshot.

use super::channels::{Call, Purpose};
use super::{Broker, BrokerTimer};
use crate::base::{Context, Duration, LeaderEpoch, Offset};
use crate::controller::{METADATA_TOPIC, METADATA_TOPIC_ID, MetadataDelta, MetadataImage, Snapshot, SnapshotId};
use crate::wire::Batch;
use crate::wire::frame::decode_response;
use crate::wire::messages::fetch_request::{FetchPartition, FetchTopic, ReplicaState};
use crate::wire::messages::fetch_response::PartitionData;
use crate::wire::messages::fetch_snapshot_request::{PartitionSnapshot, SnapshotId as WantedSnapshot, TopicSnapshot};
use crate::wire::messages::{FetchRequest, FetchResponse, FetchSnapshotRequest, FetchSnapshotResponse};
use bytes::{Bytes, BytesMut};

const FETCH_VERSION: i16 = 18;
const FETCH_SNAPSHOT_VERSION: i16 = 1;
/// How long the controller may keep a fetch that finds nothing new: `controller.quorum.fetch.timeout.ms` is longer.
const MAX_WAIT_MS: i32 = 500;
const MAX_BYTES: i32 = 8 * 1024 * 1024;
const BACKOFF: Duration = Duration::from_millis(20);

/// What a broker has fetched of the metadata log and not replayed.
#[derive(Clone, Debug, Default)]
pub(super) struct MetadataReader {
    /// Not committed yet, as far as the broker knows; they follow on its image.
    tail: Vec<Batch>,
    high_watermark: Option<Offset>,
    /// The broker has read all that was committed when it started, its registration included, and acts on what it reads.
    has_caught_up: bool,
    download: Option<Download>,
}

#[derive(Clone, Debug)]
struct Download {
    id: SnapshotId,
    bytes: BytesMut,
}

/// The answer was of no use: the same is asked again after a while.
struct Unusable;

impl Broker {
    /// The next offset of `__cluster_metadata` that this broker will read.
    pub fn metadata_position(&self) -> Offset {
        self.image.next_offset()
    }

    pub(super) fn fetch_metadata(&mut self, cx: &mut Context<'_>) {
        let before = cx.cause;
        cx.by_itself();
        match &self.metadata.download {
            Some(download) => {
                let (id, position) = (download.id, download.bytes.len());
                self.fetch_snapshot(cx, id, position);
            }
            None => self.fetch_records(cx),
        }
        cx.cause = before;
    }

    fn fetch_records(&mut self, cx: &mut Context<'_>) {
        let tail = self.metadata.tail.last().map(|batch| (batch.header.next_offset(), batch.header.leader_epoch.0));
        let (end, last_epoch) = tail.unwrap_or((self.image.next_offset(), self.image.last_epoch()));
        let partition = FetchPartition {
            partition: 0,
            current_leader_epoch: self.channels.epoch(),
            fetch_offset: end.0,
            last_fetched_epoch: last_epoch,
            partition_max_bytes: MAX_BYTES,
            replica_directory_id: self.lifecycle.directory.unwrap_or_default(),
            high_watermark: self.metadata.high_watermark.map_or(-1, |offset| offset.0),
            ..Default::default()
        };
        let mut request = FetchRequest {
            cluster_id: Some(self.config.cluster_id.to_string()),
            replica_state: ReplicaState { replica_id: self.node().0, replica_epoch: -1, ..Default::default() },
            max_wait_ms: MAX_WAIT_MS,
            min_bytes: 1,
            max_bytes: MAX_BYTES,
            topics: vec![FetchTopic {
                topic: METADATA_TOPIC.to_owned(),
                topic_id: METADATA_TOPIC_ID,
                partitions: vec![partition],
                ..Default::default()
            }],
            ..Default::default()
        };
        self.call(cx, Purpose::Metadata, Call::FetchMetadata, FETCH_VERSION, &mut request);
    }

    fn fetch_snapshot(&mut self, cx: &mut Context<'_>, id: SnapshotId, position: usize) {
        let partition = PartitionSnapshot {
            partition: 0,
            current_leader_epoch: self.channels.epoch(),
            snapshot_id: WantedSnapshot { end_offset: id.end_offset.0, epoch: id.epoch.0, ..Default::default() },
            position: i64::try_from(position).unwrap_or(i64::MAX),
            ..Default::default()
        };
        let topic = TopicSnapshot { name: METADATA_TOPIC.to_owned(), partitions: vec![partition], ..Default::default() };
        let mut request = FetchSnapshotRequest {
            cluster_id: Some(self.config.cluster_id.to_string()),
            replica_id: self.node().0,
            max_bytes: MAX_BYTES,
            topics: vec![topic],
            ..Default::default()
        };
        self.call(cx, Purpose::Metadata, Call::FetchSnapshot, FETCH_SNAPSHOT_VERSION, &mut request);
    }

    pub(super) fn metadata_fetched(&mut self, cx: &mut Context<'_>, frame: Bytes) {
        let taken = self.take_metadata(cx, &frame);
        self.fetch_metadata_again(cx, taken);
    }

    pub(super) fn snapshot_fetched(&mut self, cx: &mut Context<'_>, frame: &Bytes) {
        let taken = self.take_snapshot(cx, frame);
        if taken.is_err() {
            self.metadata.download = None;
        }
        self.fetch_metadata_again(cx, taken);
    }

    fn fetch_metadata_again(&mut self, cx: &mut Context<'_>, taken: Result<(), Unusable>) {
        match taken {
            Ok(()) => self.fetch_metadata(cx),
            Err(Unusable) => self.timers.set(BrokerTimer::FetchMetadata, cx.now + BACKOFF, cx.cause),
        }
    }

    /// Notes who leads; an observer asks there from now on.
    fn heard_of_leader(&mut self, cx: &mut Context<'_>, leader: i32, epoch: i32) {
        if self.channels.heard_of_leader(leader, epoch) && !self.has_own_controller() {
            self.leave_metadata_source(cx);
        }
    }

    /// Replays what came.
    fn take_metadata(&mut self, cx: &mut Context<'_>, frame: &Bytes) -> Result<(), Unusable> {
        let (_, response) = decode_response::<FetchResponse>(frame, FETCH_VERSION).map_err(|_| Unusable)?;
        if response.error_code != 0 {
            return Err(Unusable);
        }
        let topic = response.responses.into_iter().next().ok_or(Unusable)?;
        let partition = topic.partitions.into_iter().next().ok_or(Unusable)?;
        let before = (self.channels.leader(), self.channels.epoch());
        self.heard_of_leader(cx, partition.current_leader.leader_id, partition.current_leader.leader_epoch);
        if partition.error_code != 0 {
            let is_news = before != (self.channels.leader(), self.channels.epoch()) && self.channels.leader().is_some();
            return if is_news { Ok(()) } else { Err(Unusable) };
        }
        self.take_metadata_partition(cx, partition)
    }

    fn take_metadata_partition(&mut self, cx: &mut Context<'_>, partition: PartitionData) -> Result<(), Unusable> {
        if partition.snapshot_id.end_offset >= 0 {
            let id = SnapshotId { end_offset: Offset(partition.snapshot_id.end_offset), epoch: LeaderEpoch(partition.snapshot_id.epoch) };
            self.metadata.download = Some(Download { id, bytes: BytesMut::new() });
            return Ok(());
        }
        if partition.diverging_epoch.end_offset >= 0 {
            // What is replayed is committed, and never taken back.
            let (end, epoch) = (Offset(partition.diverging_epoch.end_offset), LeaderEpoch(partition.diverging_epoch.epoch));
            let kept = |batch: &Batch| batch.header.next_offset() <= end && batch.header.leader_epoch <= epoch;
            let keep = self.metadata.tail.iter().take_while(|batch| kept(batch)).count();
            if keep == self.metadata.tail.len() {
                return Err(Unusable);
            }
            self.metadata.tail.truncate(keep);
            return Ok(());
        }
        let records = partition.records.unwrap_or_default();
        self.metadata.tail.extend(Batch::parse_all(records.to_bytes()).map_err(|_| Unusable)?);
        self.metadata.high_watermark = Some(Offset(partition.high_watermark)).filter(|offset| offset.0 >= 0);
        self.replay_metadata(cx)
    }

    fn replay_metadata(&mut self, cx: &mut Context<'_>) -> Result<(), Unusable> {
        let high_watermark = self.metadata.high_watermark.unwrap_or_default();
        let delta = self.image.replay_batches(self.metadata.tail.iter(), high_watermark);
        let next = self.image.next_offset();
        self.metadata.tail.retain(|batch| batch.header.last_offset() >= next);
        let delta = delta.inspect_err(|_| self.metadata.tail.clear()).map_err(|_| Unusable)?;
        self.publish_metadata(cx, &delta);
        Ok(())
    }

    fn take_snapshot(&mut self, cx: &mut Context<'_>, frame: &Bytes) -> Result<(), Unusable> {
        let (_, response) = decode_response::<FetchSnapshotResponse>(frame, FETCH_SNAPSHOT_VERSION).map_err(|_| Unusable)?;
        if response.error_code != 0 {
            return Err(Unusable);
        }
        let topic = response.topics.into_iter().next().ok_or(Unusable)?;
        let partition = topic.partitions.into_iter().next().ok_or(Unusable)?;
        self.heard_of_leader(cx, partition.current_leader.leader_id, partition.current_leader.leader_epoch);
        let download = self.metadata.download.as_mut().ok_or(Unusable)?;
        let position = i64::try_from(download.bytes.len()).unwrap_or(i64::MAX);
        if partition.error_code != 0 || partition.position != position || partition.unaligned_records.is_empty() {
            return Err(Unusable);
        }
        download.bytes.extend_from_slice(&partition.unaligned_records.to_bytes());
        if i64::try_from(download.bytes.len()).unwrap_or(i64::MAX) < partition.size {
            return Ok(());
        }
        let Some(Download { id, bytes }) = self.metadata.download.take() else { return Ok(()) };
        let snapshot = Snapshot { id, bytes: bytes.freeze(), made_ms: cx.time_ms() };
        let image = snapshot.image().map_err(|_| Unusable)?;
        self.load_metadata(cx, image);
        Ok(())
    }

    /// A snapshot takes the place of what was replayed.
    fn load_metadata(&mut self, cx: &mut Context<'_>, image: MetadataImage) {
        let delta = image.delta_from(&self.image);
        self.image = image;
        self.metadata.tail.clear();
        self.publish_metadata(cx, &delta);
    }

    /// Acts on what was read. A broker that has started first reads all that is committed, its own registration included, and then acts on
    /// that at once, lest it do again what has long been over, such as to lead as in an earlier life (`BrokerServer.startup` waits for
    /// `initialCatchUpFuture`, then installs its publishers).
    pub(super) fn publish_metadata(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        if self.metadata.has_caught_up {
            if !delta.is_empty() {
                self.apply_metadata(cx, delta);
            }
        } else if self.is_registered() && self.metadata.high_watermark.is_some_and(|end| self.image.next_offset() >= end) {
            self.metadata.has_caught_up = true;
            let all = self.image.delta_from(&MetadataImage::default());
            self.apply_metadata(cx, &all);
        }
    }

    /// The metadata has the registration of this life of the broker.
    fn is_registered(&self) -> bool {
        let known = self.image.broker(self.node()).map(|broker| broker.epoch);
        self.lifecycle.epoch >= 0 && known == Some(self.lifecycle.epoch)
    }

    /// Whether the broker acts on the metadata: it may be let into the cluster.
    pub(super) const fn has_caught_up(&self) -> bool {
        self.metadata.has_caught_up
    }

    /// Makes true here what the metadata says.
    fn apply_metadata(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        self.apply_metadata_to_quotas(delta);
        self.apply_metadata_to_replicas(cx, delta);
        self.apply_metadata_to_groups(cx, delta);
        self.apply_metadata_to_transactions(cx, delta);
    }
}
