//! `StreamsGroupDescribeResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamsGroupDescribeResponse {
    /// The duration in milliseconds for which the request was throttled due to a quota violation, or zero if the request did not
    /// violate any quota.
    pub throttle_time_ms: i32,
    /// Each described group.
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

/// Each described group.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedGroup {
    /// The describe error, or 0 if there was no error.
    pub error_code: i16,
    /// The top-level error message, or null if there was no error.
    pub error_message: Option<String>,
    /// The group ID string.
    pub group_id: String,
    /// The group state string, or the empty string.
    pub group_state: String,
    /// The group epoch.
    pub group_epoch: i32,
    /// The assignment epoch.
    pub assignment_epoch: i32,
    /// The topology metadata currently initialized for the streams application. Can be null in case of a describe error.
    pub topology: Option<Topology>,
    /// The members.
    pub members: Vec<Member>,
    /// 32-bit bitfield to represent authorized operations for this group.
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

/// The topology metadata currently initialized for the streams application. Can be null in case of a describe error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topology {
    /// The epoch of the currently initialized topology for this group.
    pub epoch: i32,
    /// The subtopologies of the streams application. This contains the configured subtopologies, where the number of partitions are
    /// set and any regular expressions are resolved to actual topics. Null if the group is uninitialized, source topics are missing
    /// or incorrectly partitioned.
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

/// The subtopologies of the streams application. This contains the configured subtopologies, where the number of partitions are
/// set and any regular expressions are resolved to actual topics. Null if the group is uninitialized, source topics are missing
/// or incorrectly partitioned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subtopology {
    /// String to uniquely identify the subtopology.
    pub subtopology_id: String,
    /// The topics the subtopology reads from.
    pub source_topics: Vec<String>,
    /// The repartition topics the subtopology writes to.
    pub repartition_sink_topics: Vec<String>,
    /// The set of state changelog topics associated with this subtopology. Created automatically.
    pub state_changelog_topics: Vec<TopicInfo>,
    /// The set of source topics that are internally created repartition topics. Created automatically.
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

/// The members.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// The member ID.
    pub member_id: String,
    /// The member epoch.
    pub member_epoch: i32,
    /// The member instance ID for static membership.
    pub instance_id: Option<String>,
    /// The rack ID.
    pub rack_id: Option<String>,
    /// The client ID.
    pub client_id: String,
    /// The client host.
    pub client_host: String,
    /// The epoch of the topology on the client.
    pub topology_epoch: i32,
    /// Identity of the streams instance that may have multiple clients.
    pub process_id: String,
    /// User-defined endpoint for Interactive Queries. Null if not defined for this client.
    pub user_endpoint: Option<Endpoint>,
    /// Used for rack-aware assignment algorithm.
    pub client_tags: Vec<KeyValue>,
    /// Cumulative changelog offsets for tasks.
    pub task_offsets: Vec<TaskOffset>,
    /// Cumulative changelog end offsets for tasks.
    pub task_end_offsets: Vec<TaskOffset>,
    /// The current assignment.
    pub assignment: Assignment,
    /// The target assignment.
    pub target_assignment: Assignment,
    /// True for classic members that have not been upgraded yet.
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endpoint {
    /// host of the endpoint
    pub host: String,
    /// port of the endpoint
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskOffset {
    /// The subtopology identifier.
    pub subtopology_id: String,
    /// The partition.
    pub partition: i32,
    /// The offset.
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignment {
    /// Active tasks for this client.
    pub active_tasks: Vec<TaskIds>,
    /// Standby tasks for this client.
    pub standby_tasks: Vec<TaskIds>,
    /// Warm-up tasks for this client.
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskIds {
    /// The subtopology identifier.
    pub subtopology_id: String,
    /// The partitions of the input topics processed by this member.
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyValue {
    /// key of the config
    pub key: String,
    /// value of the config
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

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TopicInfo {
    /// The name of the topic.
    pub name: String,
    /// The number of partitions in the topic. Can be 0 if no specific number of partitions is enforced. Always 0 for changelog
    /// topics.
    pub partitions: i32,
    /// The replication factor of the topic. Can be 0 if the default replication factor should be used.
    pub replication_factor: i16,
    /// Topic-level configurations as key-value pairs.
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
