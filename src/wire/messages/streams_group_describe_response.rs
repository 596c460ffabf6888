//! `StreamsGroupDescribeResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamsGroupDescribeResponse {
    pub throttle_time_ms: i32,
    pub groups: Vec<DescribedGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for StreamsGroupDescribeResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "ThrottleTimeMs", ..FIELD }, &mut self.throttle_time_ms);
        c.array(&Field { name: "Groups", ..FIELD }, &mut self.groups);
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupDescribeResponse {}

/// What `Groups` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup {
    pub error_code: i16,
    pub error_message: Option<String>,
    pub group_id: String,
    pub group_state: String,
    pub group_epoch: i32,
    pub assignment_epoch: i32,
    pub topology: Option<Topology>,
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
            topology: None,
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
        c.nullable_nested(&Field { name: "Topology", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.topology);
        c.array(&Field { name: "Members", ..FIELD }, &mut self.members);
        c.i32(&Field { name: "AuthorizedOperations", default: -2147483648, ..FIELD }, &mut self.authorized_operations);
        c.tags(&mut self.tags);
    }
}

impl Part for DescribedGroup {}

/// What `Topology` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topology {
    pub epoch: i32,
    pub subtopologies: Option<Vec<Subtopology>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Topology {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.nullable_array(
            &Field { name: "Subtopologies", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.subtopologies,
        );
        c.tags(&mut self.tags);
    }
}

impl Part for Topology {}

/// What `Subtopologies` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subtopology {
    pub subtopology_id: String,
    pub source_topics: Vec<String>,
    pub repartition_sink_topics: Vec<String>,
    pub state_changelog_topics: Vec<TopicInfo>,
    pub repartition_source_topics: Vec<TopicInfo>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Subtopology {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "SourceTopics", ..FIELD }, &mut self.source_topics);
        c.array(&Field { name: "RepartitionSinkTopics", ..FIELD }, &mut self.repartition_sink_topics);
        c.array(&Field { name: "StateChangelogTopics", ..FIELD }, &mut self.state_changelog_topics);
        c.array(&Field { name: "RepartitionSourceTopics", ..FIELD }, &mut self.repartition_source_topics);
        c.tags(&mut self.tags);
    }
}

impl Part for Subtopology {}

/// What `Members` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    pub member_id: String,
    pub member_epoch: i32,
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub client_id: String,
    pub client_host: String,
    pub topology_epoch: i32,
    pub process_id: String,
    pub user_endpoint: Option<Endpoint>,
    pub client_tags: Vec<KeyValue>,
    pub task_offsets: Vec<TaskOffset>,
    pub task_end_offsets: Vec<TaskOffset>,
    pub assignment: Assignment,
    pub target_assignment: Assignment,
    pub is_classic: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Member {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.nullable_string(&Field { name: "InstanceId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.instance_id);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack_id);
        c.string(&Field { name: "ClientId", ..FIELD }, &mut self.client_id);
        c.string(&Field { name: "ClientHost", ..FIELD }, &mut self.client_host);
        c.i32(&Field { name: "TopologyEpoch", ..FIELD }, &mut self.topology_epoch);
        c.string(&Field { name: "ProcessId", ..FIELD }, &mut self.process_id);
        c.nullable_nested(
            &Field { name: "UserEndpoint", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.user_endpoint,
        );
        c.array(&Field { name: "ClientTags", ..FIELD }, &mut self.client_tags);
        c.array(&Field { name: "TaskOffsets", ..FIELD }, &mut self.task_offsets);
        c.array(&Field { name: "TaskEndOffsets", ..FIELD }, &mut self.task_end_offsets);
        c.nested(&Field { name: "Assignment", ..FIELD }, &mut self.assignment);
        c.nested(&Field { name: "TargetAssignment", ..FIELD }, &mut self.target_assignment);
        c.bool(&Field { name: "IsClassic", ..FIELD }, &mut self.is_classic);
        c.tags(&mut self.tags);
    }
}

impl Part for Member {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    pub host: String,
    pub port: u16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Endpoint {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Host", ..FIELD }, &mut self.host);
        c.u16(&Field { name: "Port", ..FIELD }, &mut self.port);
        c.tags(&mut self.tags);
    }
}

impl Part for Endpoint {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskOffset {
    pub subtopology_id: String,
    pub partition: i32,
    pub offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TaskOffset {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.i32(&Field { name: "Partition", ..FIELD }, &mut self.partition);
        c.i64(&Field { name: "Offset", ..FIELD }, &mut self.offset);
        c.tags(&mut self.tags);
    }
}

impl Part for TaskOffset {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    pub active_tasks: Vec<TaskIds>,
    pub standby_tasks: Vec<TaskIds>,
    pub warmup_tasks: Vec<TaskIds>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Assignment {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "ActiveTasks", ..FIELD }, &mut self.active_tasks);
        c.array(&Field { name: "StandbyTasks", ..FIELD }, &mut self.standby_tasks);
        c.array(&Field { name: "WarmupTasks", ..FIELD }, &mut self.warmup_tasks);
        c.tags(&mut self.tags);
    }
}

impl Part for Assignment {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskIds {
    pub subtopology_id: String,
    pub partitions: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TaskIds {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.tags(&mut self.tags);
    }
}

impl Part for TaskIds {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyValue {
    pub key: String,
    pub value: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for KeyValue {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Key", ..FIELD }, &mut self.key);
        c.string(&Field { name: "Value", ..FIELD }, &mut self.value);
        c.tags(&mut self.tags);
    }
}

impl Part for KeyValue {}

/// Used in several places of the message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicInfo {
    pub name: String,
    pub partitions: i32,
    pub replication_factor: i16,
    pub topic_configs: Vec<KeyValue>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for TopicInfo {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.i32(&Field { name: "Partitions", ..FIELD }, &mut self.partitions);
        c.i16(&Field { name: "ReplicationFactor", ..FIELD }, &mut self.replication_factor);
        c.array(&Field { name: "TopicConfigs", ..FIELD }, &mut self.topic_configs);
        c.tags(&mut self.tags);
    }
}

impl Part for TopicInfo {}

impl Message for StreamsGroupDescribeResponse {
    const NAME: &'static str = "StreamsGroupDescribeResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}

impl Response for StreamsGroupDescribeResponse {
    const KEY: ApiKey = ApiKey::StreamsGroupDescribe;
}
