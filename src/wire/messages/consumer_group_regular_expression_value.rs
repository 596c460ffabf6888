//! `ConsumerGroupRegularExpressionValue`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupRegularExpressionValue {
    pub topics: Vec<String>,
    pub version: i64,
    pub timestamp: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ConsumerGroupRegularExpressionValue {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i64(&Field { name: "Version", ..FIELD }, &mut self.version);
        c.i64(&Field { name: "Timestamp", ..FIELD }, &mut self.timestamp);
        c.tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupRegularExpressionValue {}

impl Message for ConsumerGroupRegularExpressionValue {
    const NAME: &'static str = "ConsumerGroupRegularExpressionValue";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
