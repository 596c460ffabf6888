//! The broker as an observer of the quorum: it fetches `__cluster_metadata` and replays it into its image (`BrokerMetadataPublisher`).
//! What changed is then made true here: replicas begin to lead, coordinators load, logs of deleted topics go.

use super::channels::{Call, Purpose};
use super::{Broker, BrokerTimer};
use crate::base::{Context, Duration, Offset};
use crate::controller::{METADATA_TOPIC, METADATA_TOPIC_ID, MetadataDelta};
use crate::wire::frame::decode_response;
use crate::wire::messages::fetch_request::{FetchPartition, FetchTopic, ReplicaState};
use crate::wire::messages::{FetchRequest, FetchResponse};
use bytes::Bytes;

const FETCH_VERSION: i16 = 17;
/// How long the controller may keep a fetch that finds nothing new: `controller.quorum.fetch.timeout.ms` is longer.
const MAX_WAIT_MS: i32 = 500;
const MAX_BYTES: i32 = 8 * 1024 * 1024;
const BACKOFF: Duration = Duration::from_millis(20);

impl Broker {
    /// The next offset of `__cluster_metadata` that this broker will read.
    pub fn metadata_position(&self) -> Offset {
        self.image.next_offset()
    }

    pub(super) fn fetch_metadata(&mut self, cx: &mut Context<'_>) {
        let partition = FetchPartition {
            partition: 0,
            current_leader_epoch: -1,
            fetch_offset: self.metadata_position().0,
            last_fetched_epoch: self.image.last_epoch(),
            partition_max_bytes: MAX_BYTES,
            ..Default::default()
        };
        let mut request = FetchRequest {
            cluster_id: Some(self.config.cluster_id.to_string()),
            replica_state: ReplicaState { replica_id: self.node().0, replica_epoch: self.lifecycle.epoch, ..Default::default() },
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

    pub(super) fn metadata_fetched(&mut self, cx: &mut Context<'_>, frame: Bytes) {
        if self.take_metadata(cx, frame).is_some() {
            self.fetch_metadata(cx);
        } else {
            self.try_next_voter();
            self.timers.set(BrokerTimer::FetchMetadata, cx.now + BACKOFF, cx.cause);
        }
    }

    /// Replays what came; `None` where the controller answered with an error.
    fn take_metadata(&mut self, cx: &mut Context<'_>, frame: Bytes) -> Option<()> {
        let (_, response) = decode_response::<FetchResponse>(&frame, FETCH_VERSION).ok()?;
        if response.error_code != 0 {
            return None;
        }
        let partition = response.responses.into_iter().next()?.partitions.into_iter().next()?;
        if partition.error_code != 0 {
            return None;
        }
        let records = partition.records.unwrap_or_default();
        let delta = self.image.replay(&records, Offset(partition.high_watermark)).ok()?;
        if !delta.is_empty() {
            self.apply_metadata(cx, &delta);
        }
        Some(())
    }

    /// Makes true here what the metadata says.
    fn apply_metadata(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        self.apply_metadata_to_quotas(delta);
        self.apply_metadata_to_replicas(cx, delta);
        self.apply_metadata_to_groups(cx, delta);
    }
}
