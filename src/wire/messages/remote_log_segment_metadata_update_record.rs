//! `RemoteLogSegmentMetadataUpdateRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentMetadataUpdateRecord {
    /// Unique representation of the remote log segment.
    pub remote_log_segment_id: RemoteLogSegmentIdEntry,
    /// Broker id from which this event is generated.
    pub broker_id: i32,
    /// Epoch time in milliseconds at which this event is generated.
    pub event_timestamp_ms: i64,
    /// Custom metadata.
    pub custom_metadata: Option<Bytes>,
    /// State identifier of the remote log segment, which is RemoteLogSegmentState.id().
    pub remote_log_segment_state: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RemoteLogSegmentMetadataUpdateRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.nested(&Field { name: "RemoteLogSegmentId", ..FIELD }, &mut self.remote_log_segment_id);
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "EventTimestampMs", ..FIELD }, &mut self.event_timestamp_ms);
        c.nullable_bytes(
            &Field { name: "CustomMetadata", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.custom_metadata,
        );
        c.i8(&Field { name: "RemoteLogSegmentState", ..FIELD }, &mut self.remote_log_segment_state);
        c.tags(&mut self.tags);
    }
}

impl Part for RemoteLogSegmentMetadataUpdateRecord {}

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

impl Message for RemoteLogSegmentMetadataUpdateRecord {
    const NAME: &'static str = "RemoteLogSegmentMetadataUpdateRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
