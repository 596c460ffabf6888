//! `StreamsGroupMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupMetadataValue {
    pub epoch: i32,
    pub metadata_hash: i64,
    /// Tag 0.
    pub validated_topology_epoch: i32,
    /// Tag 1.
    pub last_assignment_configs: Option<Vec<LastAssignmentConfig>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for StreamsGroupMetadataValue {
    fn default() -> Self {
        Self {
            epoch: 0,
            metadata_hash: 0,
            validated_topology_epoch: -1,
            last_assignment_configs: Some(Default::default()),
            tags: Tags::default(),
        }
    }
}

impl Visit for StreamsGroupMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.i64(&Field { name: "MetadataHash", ..FIELD }, &mut self.metadata_hash);
        c.begin_tags(&mut self.tags);
        c.i32(&Field { name: "ValidatedTopologyEpoch", tag: 0, default: -1, ..FIELD }, &mut self.validated_topology_epoch);
        c.nullable_array(
            &Field { name: "LastAssignmentConfigs", null_since: 0, null_until: i16::MAX, tag: 1, ..FIELD },
            &mut self.last_assignment_configs,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for StreamsGroupMetadataValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastAssignmentConfig {
    pub key: String,
    pub value: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for LastAssignmentConfig {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", ..FIELD }, &mut self.key);
        c.string(&Field { name: "Value", ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for LastAssignmentConfig {}

impl Message for StreamsGroupMetadataValue {
    const NAME: &'static str = "StreamsGroupMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
