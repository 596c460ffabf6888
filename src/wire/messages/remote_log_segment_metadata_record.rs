//! `RemoteLogSegmentMetadataRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentMetadataRecord {
    pub remote_log_segment_id: RemoteLogSegmentIdEntry,
    pub start_offset: i64,
    pub end_offset: i64,
    pub broker_id: i32,
    pub max_timestamp_ms: i64,
    pub event_timestamp_ms: i64,
    pub segment_leader_epochs: Vec<SegmentLeaderEpochEntry>,
    pub segment_size_in_bytes: i32,
    pub custom_metadata: Option<Bytes>,
    pub remote_log_segment_state: i8,
    /// Tag 0.
    pub txn_index_empty: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RemoteLogSegmentMetadataRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.nested(&Field { name: "RemoteLogSegmentId", ..FIELD }, &mut self.remote_log_segment_id);
        c.i64(&Field { name: "StartOffset", ..FIELD }, &mut self.start_offset);
        c.i64(&Field { name: "EndOffset", ..FIELD }, &mut self.end_offset);
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "MaxTimestampMs", ..FIELD }, &mut self.max_timestamp_ms);
        c.i64(&Field { name: "EventTimestampMs", ..FIELD }, &mut self.event_timestamp_ms);
        c.array(&Field { name: "SegmentLeaderEpochs", ..FIELD }, &mut self.segment_leader_epochs);
        c.i32(&Field { name: "SegmentSizeInBytes", ..FIELD }, &mut self.segment_size_in_bytes);
        c.nullable_bytes(
            &Field { name: "CustomMetadata", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.custom_metadata,
        );
        c.i8(&Field { name: "RemoteLogSegmentState", ..FIELD }, &mut self.remote_log_segment_state);
        c.begin_tags(&mut self.tags);
        c.bool(&Field { name: "TxnIndexEmpty", tag: 0, ..FIELD }, &mut self.txn_index_empty);
        c.end_tags(&mut self.tags);
    }
}

impl Part for RemoteLogSegmentMetadataRecord {}

/// What `RemoteLogSegmentId` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentIdEntry {
    pub topic_id_partition: TopicIdPartitionEntry,
    pub id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RemoteLogSegmentIdEntry {
    fn visit(&mut self, c: &mut Codec) {
        c.nested(&Field { name: "TopicIdPartition", ..FIELD }, &mut self.topic_id_partition);
        c.uuid(&Field { name: "Id", ..FIELD }, &mut self.id);
        c.tags(&mut self.tags);
    }
}

impl Part for RemoteLogSegmentIdEntry {}

/// What `TopicIdPartition` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicIdPartitionEntry {
    pub name: String,
    pub id: Uuid,
    pub partition: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicIdPartitionEntry {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "Id", ..FIELD }, &mut self.id);
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicIdPartitionEntry {}

/// What `SegmentLeaderEpochs` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentLeaderEpochEntry {
    pub leader_epoch: i32,
    pub offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SegmentLeaderEpochEntry {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.i64(&Field { name: "Offset", ..FIELD }, &mut self.offset);
        c.tags(&mut self.tags);
    }
}

impl Part for SegmentLeaderEpochEntry {}

impl Message for RemoteLogSegmentMetadataRecord {
    const NAME: &'static str = "RemoteLogSegmentMetadataRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
