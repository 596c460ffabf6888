//! What can be asked of a cluster, as requests; and what their responses say.

use super::offsets;
use crate::base::SortedMap;
use crate::base::{NodeId, Offset, TopicPartition};
use crate::wire::ErrorCode;
use crate::wire::messages::alter_partition_reassignments_request::{ReassignablePartition, ReassignableTopic};
use crate::wire::messages::create_partitions_request::CreatePartitionsTopic;
use crate::wire::messages::create_topics_request::{CreatableTopic, CreatableTopicConfig};
use crate::wire::messages::delete_records_request::{DeleteRecordsPartition, DeleteRecordsTopic};
use crate::wire::messages::delete_topics_request::DeleteTopicState;
use crate::wire::messages::elect_leaders_request::TopicPartitions;
use crate::wire::messages::incremental_alter_configs_request::{AlterConfigsResource, AlterableConfig};
use crate::wire::messages::{
    AlterPartitionReassignmentsRequest, CreatePartitionsRequest, CreateTopicsRequest, DeleteGroupsRequest, DeleteRecordsRequest,
    DeleteTopicsRequest, DescribeGroupsRequest, ElectLeadersRequest, IncrementalAlterConfigsRequest, ListOffsetsRequest,
    OffsetCommitRequest, OffsetFetchRequest,
};
use std::sync::Arc;

/// What an admin can be asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// -1 stands for the broker's default of partitions and replication factor.
    CreateTopic {
        name: String,
        partitions: i32,
        replication_factor: i16,
        configs: SortedMap<String, String>,
    },
    DeleteTopic {
        name: String,
    },
    /// The topic has `total` partitions afterwards.
    CreatePartitions {
        topic: String,
        total: i32,
    },
    /// All before this offset; -1: all there are.
    DeleteRecords {
        partition: TopicPartition,
        before: Offset,
    },
    /// A value of none goes back to the default.
    AlterConfigs {
        resource: Resource,
        configs: SortedMap<String, Option<String>>,
    },
    DeleteGroup {
        group: String,
    },
    /// [`Reply::GroupState`].
    DescribeGroup {
        group: String,
    },
    /// [`Reply::Committed`]: all that the group has.
    FetchOffsets {
        group: String,
    },
    /// [`Reply::Offset`] at a time in ms since 1970; -1: the end, -2: the start.
    ListOffsets {
        partition: TopicPartition,
        timestamp: i64,
    },
    /// For a group without members.
    CommitOffsets {
        group: String,
        offsets: Vec<(TopicPartition, Offset)>,
    },
    /// By its first replica; `unclean`: where nobody leads, by any that lives.
    ElectLeader {
        partition: TopicPartition,
        unclean: bool,
    },
    /// To these replicas; none: a reassignment under way is cancelled.
    Reassign {
        partition: TopicPartition,
        replicas: Option<Vec<NodeId>>,
    },
}

/// What has configs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    Topic(String),
    Broker(NodeId),
    /// The default of all brokers.
    Brokers,
    Group(String),
}

impl Resource {
    /// `ConfigResource.Type`.
    const fn kind(&self) -> i8 {
        match self {
            Self::Topic(_) => 2,
            Self::Broker(_) | Self::Brokers => 4,
            Self::Group(_) => 32,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Topic(name) | Self::Group(name) => name.clone(),
            Self::Broker(node) => node.to_string(),
            Self::Brokers => String::new(),
        }
    }
}

/// What became of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pending,
    Done,
    /// What was asked for.
    Found(Reply),
    /// Kafka's name of the error, and what it says.
    Failed {
        error: Arc<str>,
        message: Arc<str>,
    },
}

/// What an operation that only asks is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// In Kafka's word; `Dead`: there is no such group.
    GroupState(Arc<str>),
    Committed(Vec<(TopicPartition, Offset)>),
    Offset(Option<Offset>),
}

/// Who is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Whom the metadata calls the controller: any broker, which forwards.
    Controller,
    Any,
    Node(NodeId),
    Leader(TopicPartition),
    Coordinator(Arc<str>),
}

/// An operation's request.
pub(super) enum Call {
    CreateTopics(CreateTopicsRequest),
    DeleteTopics(DeleteTopicsRequest),
    CreatePartitions(CreatePartitionsRequest),
    DeleteRecords(DeleteRecordsRequest),
    AlterConfigs(IncrementalAlterConfigsRequest),
    DeleteGroups(DeleteGroupsRequest),
    DescribeGroups(DescribeGroupsRequest),
    OffsetFetch(OffsetFetchRequest),
    ListOffsets(ListOffsetsRequest),
    OffsetCommit(OffsetCommitRequest),
    ElectLeaders(ElectLeadersRequest),
    Reassign(AlterPartitionReassignmentsRequest),
}

impl Operation {
    pub(super) fn target(&self) -> Target {
        match self {
            Self::CreateTopic { .. }
            | Self::DeleteTopic { .. }
            | Self::CreatePartitions { .. }
            | Self::ElectLeader { .. }
            | Self::Reassign { .. } => Target::Controller,
            Self::DeleteRecords { partition, .. } | Self::ListOffsets { partition, .. } => Target::Leader(partition.clone()),
            Self::AlterConfigs { resource: Resource::Broker(node), .. } => Target::Node(*node),
            Self::AlterConfigs { .. } => Target::Any,
            Self::DeleteGroup { group }
            | Self::DescribeGroup { group }
            | Self::FetchOffsets { group }
            | Self::CommitOffsets { group, .. } => Target::Coordinator(group.as_str().into()),
        }
    }

    pub(super) fn call(&self, timeout_ms: i32) -> Call {
        match self {
            Self::CreateTopic { name, partitions, replication_factor, configs } => {
                let config = |(name, value): (&String, &String)| CreatableTopicConfig {
                    name: name.clone(),
                    value: Some(value.clone()),
                    ..Default::default()
                };
                let topic = CreatableTopic {
                    name: name.clone(),
                    num_partitions: *partitions,
                    replication_factor: *replication_factor,
                    configs: configs.iter().map(config).collect(),
                    ..Default::default()
                };
                Call::CreateTopics(CreateTopicsRequest { topics: vec![topic], timeout_ms, ..Default::default() })
            }
            Self::DeleteTopic { name } => Call::DeleteTopics(DeleteTopicsRequest {
                topics: vec![DeleteTopicState { name: Some(name.clone()), ..Default::default() }],
                timeout_ms,
                ..Default::default()
            }),
            Self::CreatePartitions { topic, total } => Call::CreatePartitions(CreatePartitionsRequest {
                topics: vec![CreatePartitionsTopic { name: topic.clone(), count: *total, assignments: None, ..Default::default() }],
                timeout_ms,
                ..Default::default()
            }),
            Self::DeleteRecords { partition, before } => {
                let partitions =
                    vec![DeleteRecordsPartition { partition_index: partition.partition.0, offset: before.0, ..Default::default() }];
                let topics = vec![DeleteRecordsTopic { name: partition.topic.to_string(), partitions, ..Default::default() }];
                Call::DeleteRecords(DeleteRecordsRequest { topics, timeout_ms, ..Default::default() })
            }
            Self::AlterConfigs { resource, configs } => {
                let config = |(name, value): (&String, &Option<String>)| AlterableConfig {
                    name: name.clone(),
                    config_operation: i8::from(value.is_none()),
                    value: value.clone(),
                    ..Default::default()
                };
                let configs = configs.iter().map(config).collect();
                let resources = vec![AlterConfigsResource {
                    resource_type: resource.kind(),
                    resource_name: resource.name(),
                    configs,
                    ..Default::default()
                }];
                Call::AlterConfigs(IncrementalAlterConfigsRequest { resources, ..Default::default() })
            }
            Self::DeleteGroup { group } => {
                Call::DeleteGroups(DeleteGroupsRequest { groups_names: vec![group.clone()], ..Default::default() })
            }
            Self::DescribeGroup { group } => {
                Call::DescribeGroups(DescribeGroupsRequest { groups: vec![group.clone()], ..Default::default() })
            }
            Self::FetchOffsets { group } => Call::OffsetFetch(offsets::fetch(group)),
            Self::ListOffsets { partition, timestamp } => Call::ListOffsets(offsets::list(partition, *timestamp, timeout_ms)),
            Self::CommitOffsets { group, offsets } => Call::OffsetCommit(offsets::commit(group, offsets)),
            Self::ElectLeader { partition, unclean } => {
                let partitions = vec![partition.partition.0];
                let topic = TopicPartitions { topic: partition.topic.to_string(), partitions, ..Default::default() };
                Call::ElectLeaders(ElectLeadersRequest {
                    election_type: i8::from(*unclean),
                    topic_partitions: Some(vec![topic]),
                    timeout_ms,
                    ..Default::default()
                })
            }
            Self::Reassign { partition, replicas } => {
                let replicas = replicas.as_ref().map(|replicas| replicas.iter().map(|id| id.0).collect());
                let wanted = ReassignablePartition { partition_index: partition.partition.0, replicas, ..Default::default() };
                let topic = ReassignableTopic { name: partition.topic.to_string(), partitions: vec![wanted], ..Default::default() };
                Call::Reassign(AlterPartitionReassignmentsRequest { topics: vec![topic], timeout_ms, ..Default::default() })
            }
        }
    }
}

/// Whether an admin tries again by itself after this error.
pub(super) const fn is_worth_retrying(error: ErrorCode) -> bool {
    matches!(
        error,
        ErrorCode::NetworkException
            | ErrorCode::NotController
            | ErrorCode::NotCoordinator
            | ErrorCode::CoordinatorNotAvailable
            | ErrorCode::CoordinatorLoadInProgress
            | ErrorCode::NotLeaderOrFollower
            | ErrorCode::LeaderNotAvailable
            | ErrorCode::KafkaStorageError
            | ErrorCode::ThrottlingQuotaExceeded
    )
}
