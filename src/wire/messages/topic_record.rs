//! `TopicRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicRecord {
    pub name: String,
    pub topic_id: Uuid,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicRecord {}

impl Message for TopicRecord {
    const NAME: &'static str = "TopicRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
