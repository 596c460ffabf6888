//! `ConsumerGroupDescribeResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 1; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsumerGroupDescribeResponse {
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ConsumerGroupDescribeResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Groups", ..FIELD }, &mut self.groups);
        c.tags(&mut self.tags);
    }
}

impl Part for ConsumerGroupDescribeResponse {}

/// What `Groups` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub group_id: String,
    pub group_state: String,
    pub group_epoch: i32,
    pub assignment_epoch: i32,
    pub assignor_name: String,
    pub members: Vec<Member>,
    pub authorized_operations: i32,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for DescribedGroup {
    fn default() -> Self {
        Self {
            error_code: 0,
            error_message: None,
            group_id: Default::default(),
            group_state: Default::default(),
            group_epoch: 0,
            assignment_epoch: 0,
            assignor_name: Default::default(),
            members: Default::default(),
            authorized_operations: -2147483648,
            tags: Tags::default(),
        }
    }
}

impl Visit for DescribedGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.nullable_string(
            &Field { name: "ErrorMessage", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.error_message,
        );
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "GroupState", ..FIELD }, &mut self.group_state);
        c.i32(&Field { name: "GroupEpoch", ..FIELD }, &mut self.group_epoch);
        c.i32(&Field { name: "AssignmentEpoch", ..FIELD }, &mut self.assignment_epoch);
        c.string(&Field { name: "AssignorName", ..FIELD }, &mut self.assignor_name);
        c.array(&Field { name: "Members", ..FIELD }, &mut self.members);
        c.i32(&Field { name: "AuthorizedOperations", default: -2147483648, ..FIELD }, &mut self.authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribedGroup {}

/// What `Members` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub member_id: String,
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub member_epoch: i32,
    pub client_id: String,
    pub client_host: String,
    pub subscribed_topic_names: Vec<String>,
    pub subscribed_topic_regex: Option<String>,
    pub assignment: Assignment,
    pub target_assignment: Assignment,
    /// Since version 1.
    pub member_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for Member {
    fn default() -> Self {
        Self {
            member_id: Default::default(),
            instance_id: None,
            rack_id: None,
            member_epoch: 0,
            client_id: Default::default(),
            client_host: Default::default(),
            subscribed_topic_names: Default::default(),
            subscribed_topic_regex: None,
            assignment: Default::default(),
            target_assignment: Default::default(),
            member_type: -1,
            tags: Tags::default(),
        }
    }
}

impl Visit for Member {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.nullable_string(&Field { name: "InstanceId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.instance_id);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.string(&Field { name: "ClientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "ClientHost", ..FIELD }, &mut self.client_host);
        c.array(&Field { name: "SubscribedTopicNames", ..FIELD }, &mut self.subscribed_topic_names);
        c.nullable_string(
            &Field { name: "SubscribedTopicRegex", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.subscribed_topic_regex,
        );
        c.nested(&Field { name: "Assignment", ..FIELD }, &mut self.assignment);
        c.nested(&Field { name: "TargetAssignment", ..FIELD }, &mut self.target_assignment);
        c.i8(&Field { name: "MemberType", since: 1, default: -1, ignorable: true, ..FIELD }, &mut self.member_type);
        c.tags(&mut self.tags);
    }
}

impl Part for Member {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicPartitions {
    pub topic_id: Uuid,
    pub topic_name: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicPartitions {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "TopicId", ..FIELD }, &mut self.topic_id);
        c.string(&Field { name: "TopicName", ..FIELD }, &mut self.topic_name);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicPartitions {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    pub topic_partitions: Vec<TopicPartitions>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Assignment {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "TopicPartitions", ..FIELD }, &mut self.topic_partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for Assignment {}

impl Message for ConsumerGroupDescribeResponse {
    const NAME: &'static str = "ConsumerGroupDescribeResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=1;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for ConsumerGroupDescribeResponse {
    const KEY: ApiKey = ApiKey::ConsumerGroupDescribe;
}
