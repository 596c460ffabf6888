//! `RemoteLogSegmentMetadataRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentMetadataRecord {
    /// Unique representation of the remote log segment.
    pub remote_log_segment_id: RemoteLogSegmentIdEntry,
    /// Start offset of the segment.
    pub start_offset: i64,
    /// End offset of the segment.
    pub end_offset: i64,
    /// Broker id from which this event is generated.
    pub broker_id: i32,
    /// Maximum timestamp in milliseconds with in this segment.
    pub max_timestamp_ms: i64,
    /// Epoch time in milliseconds at which this event is generated.
    pub event_timestamp_ms: i64,
    /// Leader epoch to start-offset mappings for the records with in this segment.
    pub segment_leader_epochs: Vec<SegmentLeaderEpochEntry>,
    /// Segment size in bytes.
    pub segment_size_in_bytes: i32,
    /// Custom metadata.
    pub custom_metadata: Option<Bytes>,
    /// State identifier of the remote log segment, which is RemoteLogSegmentState.id().
    pub remote_log_segment_state: i8,
    /// Flag to indicate if the transaction index is empty.
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

/// Unique representation of the remote log segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentIdEntry {
    /// Represents unique topic partition.
    pub topic_id_partition: TopicIdPartitionEntry,
    /// Unique identifier of the remote log segment.
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

/// Represents unique topic partition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicIdPartitionEntry {
    /// Topic name.
    pub name: String,
    /// Unique identifier of the topic.
    pub id: Uuid,
    /// Partition number.
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

/// Leader epoch to start-offset mappings for the records with in this segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentLeaderEpochEntry {
    /// Leader epoch
    pub leader_epoch: i32,
    /// Start offset for the leader epoch.
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
