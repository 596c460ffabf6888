//! `ProducerIdsRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct ProducerIdsRecord {
    pub broker_id: i32,
    pub broker_epoch: i64,
    pub next_producer_id: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ProducerIdsRecord {
    fn default() -> Self {
        Self { broker_id: 0, broker_epoch: -1, next_producer_id: 0, tags: Tags::default() }
    }
}

impl Visit for ProducerIdsRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "BrokerEpoch", default: -1, ..FIELD }, &mut self.broker_epoch);
        c.i64(&Field { name: "NextProducerId", ..FIELD }, &mut self.next_producer_id);
        c.tags(&mut self.tags);
    }
}

impl Part for ProducerIdsRecord {}

impl Message for ProducerIdsRecord {
    const NAME: &'static str = "ProducerIdsRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
