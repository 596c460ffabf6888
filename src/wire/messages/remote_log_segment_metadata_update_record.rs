//! `RemoteLogSegmentMetadataUpdateRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentMetadataUpdateRecord {
    pub remote_log_segment_id: RemoteLogSegmentIdEntry,
    pub broker_id: i32,
    pub event_timestamp_ms: i64,
    pub custom_metadata: Option<Bytes>,
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

impl Message for RemoteLogSegmentMetadataUpdateRecord {
    const NAME: &'static str = "RemoteLogSegmentMetadataUpdateRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
