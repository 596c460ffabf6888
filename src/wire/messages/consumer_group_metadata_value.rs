//! `ConsumerGroupMetadataValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupMetadataValue {
    pub epoch: i32,
    /// Tag 0.
    pub metadata_hash: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ConsumerGroupMetadataValue {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.begin_tags(&mut self.tags);
        c.i64(&Field { name: "MetadataHash", tag: 0, ..FIELD }, &mut self.metadata_hash);
        c.end_tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupMetadataValue {}

impl Message for ConsumerGroupMetadataValue {
    const NAME: &'static str = "ConsumerGroupMetadataValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
