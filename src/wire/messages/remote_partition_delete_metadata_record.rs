//! `RemotePartitionDeleteMetadataRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemotePartitionDeleteMetadataRecord {
    /// Represents unique topic partition.
    pub topic_id_partition: TopicIdPartitionEntry,
    /// Broker (controller or leader) id from which this event is created. DELETE_PARTITION_MARKED is sent by the controller.
    /// DELETE_PARTITION_STARTED and DELETE_PARTITION_FINISHED are sent by remote log metadata topic partition leader.
    pub broker_id: i32,
    /// Epoch time in milliseconds at which this event is generated.
    pub event_timestamp_ms: i64,
    /// Deletion state identifier of the remote partition, which is RemotePartitionDeleteState.id().
    pub remote_partition_delete_state: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RemotePartitionDeleteMetadataRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.nested(&Field { name: "TopicIdPartition", ..FIELD }, &mut self.topic_id_partition);
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "EventTimestampMs", ..FIELD }, &mut self.event_timestamp_ms);
        c.i8(&Field { name: "RemotePartitionDeleteState", ..FIELD }, &mut self.remote_partition_delete_state);
        c.tags(&mut self.tags);
    }
}

impl Part for RemotePartitionDeleteMetadataRecord {}

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

impl Message for RemotePartitionDeleteMetadataRecord {
    const NAME: &'static str = "RemotePartitionDeleteMetadataRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
