//! `StreamsGroupHeartbeatRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::StreamsGroupHeartbeatResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamsGroupHeartbeatRequest {
    pub group_id: String,
    pub member_id: String,
    pub member_epoch: i32,
    pub endpoint_information_epoch: i32,
    pub instance_id: Option<String>,
    pub rack_id: Option<String>,
    pub rebalance_timeout_ms: i32,
    pub topology: Option<Topology>,
    pub active_tasks: Option<Vec<TaskIds>>,
    pub standby_tasks: Option<Vec<TaskIds>>,
    pub warmup_tasks: Option<Vec<TaskIds>>,
    pub process_id: Option<String>,
    pub user_endpoint: Option<Endpoint>,
    pub client_tags: Option<Vec<KeyValue>>,
    pub task_offsets: Option<Vec<TaskOffset>>,
    pub task_end_offsets: Option<Vec<TaskOffset>>,
    pub shutdown_application: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for StreamsGroupHeartbeatRequest {
    fn default() -> Self {
        Self {
            group_id: Default::default(),
            member_id: Default::default(),
            member_epoch: 0,
            endpoint_information_epoch: 0,
            instance_id: None,
            rack_id: None,
            rebalance_timeout_ms: -1,
            topology: None,
            active_tasks: None,
            standby_tasks: None,
            warmup_tasks: None,
            process_id: None,
            user_endpoint: None,
            client_tags: None,
            task_offsets: None,
            task_end_offsets: None,
            shutdown_application: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for StreamsGroupHeartbeatRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "GroupId", ..FIELD }, &mut self.group_id);
        c.string(&Field { name: "MemberId", ..FIELD }, &mut self.member_id);
        c.i32(&Field { name: "MemberEpoch", ..FIELD }, &mut self.member_epoch);
        c.i32(&Field { name: "EndpointInformationEpoch", ..FIELD }, &mut self.endpoint_information_epoch);
        c.nullable_string(&Field { name: "InstanceId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.instance_id);
        c.nullable_string(&Field { name: "RackId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.rack_id);
        c.i32(&Field { name: "RebalanceTimeoutMs", default: -1, ..FIELD }, &mut self.rebalance_timeout_ms);
        c.nullable_nested(&Field { name: "Topology", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.topology);
        c.nullable_array(&Field { name: "ActiveTasks", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.active_tasks);
        c.nullable_array(
            &Field { name: "StandbyTasks", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.standby_tasks,
        );
        c.nullable_array(&Field { name: "WarmupTasks", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.warmup_tasks);
        c.nullable_string(&Field { name: "ProcessId", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.process_id);
        c.nullable_nested(
            &Field { name: "UserEndpoint", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.user_endpoint,
        );
        c.nullable_array(&Field { name: "ClientTags", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.client_tags);
        c.nullable_array(&Field { name: "TaskOffsets", null_since: 0, null_until: i16::MAX, null: true, ..FIELD }, &mut self.task_offsets);
        c.nullable_array(
            &Field { name: "TaskEndOffsets", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.task_end_offsets,
        );
        c.bool(&Field { name: "ShutdownApplication", ..FIELD }, &mut self.shutdown_application);
        c.tags(&mut self.tags);
    }
}

impl Part for StreamsGroupHeartbeatRequest {}

/// What `Topology` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topology {
    pub epoch: i32,
    pub subtopologies: Vec<Subtopology>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Topology {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "Epoch", ..FIELD }, &mut self.epoch);
        c.array(&Field { name: "Subtopologies", ..FIELD }, &mut self.subtopologies);
        c.tags(&mut self.tags);
    }
}

impl Part for Topology {}

/// What `Subtopologies` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subtopology {
    pub subtopology_id: String,
    pub source_topics: Vec<String>,
    pub source_topic_regex: Vec<String>,
    pub state_changelog_topics: Vec<TopicInfo>,
    pub repartition_sink_topics: Vec<String>,
    pub repartition_source_topics: Vec<TopicInfo>,
    pub copartition_groups: Vec<CopartitionGroup>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for Subtopology {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "SubtopologyId", ..FIELD }, &mut self.subtopology_id);
        c.array(&Field { name: "SourceTopics", ..FIELD }, &mut self.source_topics);
        c.array(&Field { name: "SourceTopicRegex", ..FIELD }, &mut self.source_topic_regex);
        c.array(&Field { name: "StateChangelogTopics", ..FIELD }, &mut self.state_changelog_topics);
        c.array(&Field { name: "RepartitionSinkTopics", ..FIELD }, &mut self.repartition_sink_topics);
        c.array(&Field { name: "RepartitionSourceTopics", ..FIELD }, &mut self.repartition_source_topics);
        c.array(&Field { name: "CopartitionGroups", ..FIELD }, &mut self.copartition_groups);
        c.tags(&mut self.tags);
    }
}

impl Part for Subtopology {}

/// What `CopartitionGroups` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CopartitionGroup {
    pub source_topics: Vec<i16>,
    pub source_topic_regex: Vec<i16>,
    pub repartition_source_topics: Vec<i16>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for CopartitionGroup {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "SourceTopics", ..FIELD }, &mut self.source_topics);
        c.array(&Field { name: "SourceTopicRegex", ..FIELD }, &mut self.source_topic_regex);
        c.array(&Field { name: "RepartitionSourceTopics", ..FIELD }, &mut self.repartition_source_topics);
        c.tags(&mut self.tags);
    }
}

impl Part for CopartitionGroup {}

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

impl Message for StreamsGroupHeartbeatRequest {
    const NAME: &'static str = "StreamsGroupHeartbeatRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for StreamsGroupHeartbeatRequest {
    const KEY: ApiKey = ApiKey::StreamsGroupHeartbeat;
    type Response = StreamsGroupHeartbeatResponse;
}
