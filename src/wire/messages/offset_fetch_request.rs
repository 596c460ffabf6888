//! `OffsetFetchRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::OffsetFetchResponse;
use crate::base::Uuid;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 10; flexible since 6.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchRequest {
    /// Versions 0 to 7.
    pub group_id: String,
    /// Versions 0 to 7; null versions 2 to 7.
    pub topics: Option<Vec<OffsetFetchRequestTopic>>,
    /// Since version 8.
    pub groups: Vec<OffsetFetchRequestGroup>,
    /// Since version 7.
    pub require_stable: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetFetchRequest {
    fn default() -> Self {
        Self {
            group_id: Default::default(),
            topics: Some(Default::default()),
            groups: Default::default(),
            require_stable: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for OffsetFetchRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", until: 7, ..FIELD }, &mut self.group_id);
        c.nullable_array(&Field { name: "Topics", until: 7, null_since: 2, null_until: 7, ..FIELD }, &mut self.topics);
        c.array(&Field { name: "Groups", since: 8, ..FIELD }, &mut self.groups);
        c.bool(&Field { name: "RequireStable", since: 7, ..FIELD }, &mut self.require_stable);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchRequest {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchRequestTopic {
    /// Versions 0 to 7.
    pub name: String,
    /// Versions 0 to 7.
    pub partition_indexes: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetFetchRequestTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", until: 7, ..FIELD }, &mut self.name);
        c.array(&Field { name: "PartitionIndexes", until: 7, ..FIELD }, &mut self.partition_indexes);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchRequestTopic {}

/// What `Groups` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetFetchRequestGroup {
    /// Since version 8.
    pub group_id: String,
    /// Since version 9.
    pub member_id: Option<String>,
    /// Since version 9.
    pub member_epoch: i32,
    /// Since version 8.
    pub topics: Option<Vec<OffsetFetchRequestTopics>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for OffsetFetchRequestGroup {
    fn default() -> Self {
        Self { group_id: Default::default(), member_id: None, member_epoch: -1, topics: Some(Default::default()), tags: Tags::default() }
    }
}

impl Visit for OffsetFetchRequestGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", since: 8, ..FIELD }, &mut self.group_id);
        c.nullable_string(
            &Field { name: "MemberId", since: 9, null_since: 9, null_until: i16::MAX, null: true, ignorable: true, ..FIELD },
            &mut self.member_id,
        );
        c.i32(&Field { name: "MemberEpoch", since: 9, default: -1, ignorable: true, ..FIELD }, &mut self.member_epoch);
        c.nullable_array(&Field { name: "Topics", since: 8, null_since: 8, null_until: i16::MAX, ..FIELD }, &mut self.topics);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchRequestGroup {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetFetchRequestTopics {
    /// Versions 8 to 9.
    pub name: String,
    /// Since version 10.
    pub topic_id: Uuid,
    /// Since version 8.
    pub partition_indexes: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for OffsetFetchRequestTopics {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 8, until: 9, ignorable: true, ..FIELD }, &mut self.name);
        c.uuid(&Field { name: "TopicId", since: 10, ignorable: true, ..FIELD }, &mut self.topic_id);
        c.array(&Field { name: "PartitionIndexes", since: 8, ..FIELD }, &mut self.partition_indexes);
        c.tags(&mut self.tags);
    }
}

impl Part for OffsetFetchRequestTopics {}

impl Message for OffsetFetchRequest {
    const NAME: &'static str = "OffsetFetchRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=10;
    const FLEXIBLE_SINCE: i16 = 6;
    const TAIL_IGNORED: bool = true;
}

impl Request for OffsetFetchRequest {
    const KEY: ApiKey = ApiKey::OffsetFetch;
    type Response = OffsetFetchResponse;
}
