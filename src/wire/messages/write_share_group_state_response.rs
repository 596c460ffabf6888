//! `WriteShareGroupStateResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteShareGroupStateResponse {
    /// The write results.
    pub results: Vec<WriteStateResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for WriteShareGroupStateResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Results", ..FIELD }, &mut self.results);
        c.tags(&mut self.tags);
    }
}

impl Part for WriteShareGroupStateResponse {}

/// The write results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteStateResult {
    /// The topic identifier.
    pub topic_id: Uuid,
    /// The results for the partitions.
    pub partitions: Vec<PartitionResult>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for WriteStateResult {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for WriteStateResult {}

/// The results for the partitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartitionResult {
    /// The partition index.
    pub partition: i32,
    /// The error code, or 0 if there was no error.
    pub error_code: i16,
    /// The error message, or null if there was no error.
    pub error_message: Option<String>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for PartitionResult {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for PartitionResult {}

impl Message for WriteShareGroupStateResponse {
    const NAME: &'static str = "WriteShareGroupStateResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for WriteShareGroupStateResponse {
    const KEY: ApiKey = ApiKey::WriteShareGroupState;
}
