//! Which description reads what: requests and responses of the APIs that are spoken here, and messages that lie in others' fields and in
//! records. What nobody here speaks has no description: it would weigh on the page for nothing.

use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::Described;
use crate::wire::messages::*;
use crate::wire::versioned::CoordinatorKey;

macro_rules! spoken {
    ($($name:ident $request:ident,)*) => {
        /// The description of a request; none where the API is not spoken here.
        pub fn request(key: ApiKey) -> Option<Described> {
            match key {
                $(ApiKey::$name => Some(Described::of::<$request>()),)*
                _ => None,
            }
        }

        /// The description of a response; none where the API is not spoken here.
        pub fn response(key: ApiKey) -> Option<Described> {
            match key {
                $(ApiKey::$name => Some(Described::of::<<$request as Request>::Response>()),)*
                _ => None,
            }
        }
    };
}

spoken! {
    Produce ProduceRequest,
    Fetch FetchRequest,
    ListOffsets ListOffsetsRequest,
    Metadata MetadataRequest,
    OffsetCommit OffsetCommitRequest,
    OffsetFetch OffsetFetchRequest,
    FindCoordinator FindCoordinatorRequest,
    JoinGroup JoinGroupRequest,
    Heartbeat HeartbeatRequest,
    LeaveGroup LeaveGroupRequest,
    SyncGroup SyncGroupRequest,
    DescribeGroups DescribeGroupsRequest,
    ListGroups ListGroupsRequest,
    ApiVersions ApiVersionsRequest,
    CreateTopics CreateTopicsRequest,
    DeleteTopics DeleteTopicsRequest,
    DeleteRecords DeleteRecordsRequest,
    InitProducerId InitProducerIdRequest,
    OffsetForLeaderEpoch OffsetForLeaderEpochRequest,
    DescribeConfigs DescribeConfigsRequest,
    AlterConfigs AlterConfigsRequest,
    DescribeLogDirs DescribeLogDirsRequest,
    CreatePartitions CreatePartitionsRequest,
    DeleteGroups DeleteGroupsRequest,
    ElectLeaders ElectLeadersRequest,
    IncrementalAlterConfigs IncrementalAlterConfigsRequest,
    AlterPartitionReassignments AlterPartitionReassignmentsRequest,
    ListPartitionReassignments ListPartitionReassignmentsRequest,
    OffsetDelete OffsetDeleteRequest,
    Vote VoteRequest,
    BeginQuorumEpoch BeginQuorumEpochRequest,
    EndQuorumEpoch EndQuorumEpochRequest,
    DescribeQuorum DescribeQuorumRequest,
    AlterPartition AlterPartitionRequest,
    Envelope EnvelopeRequest,
    FetchSnapshot FetchSnapshotRequest,
    DescribeCluster DescribeClusterRequest,
    BrokerRegistration BrokerRegistrationRequest,
    BrokerHeartbeat BrokerHeartbeatRequest,
    UnregisterBroker UnregisterBrokerRequest,
    AllocateProducerIds AllocateProducerIdsRequest,
    ControllerRegistration ControllerRegistrationRequest,
    DescribeTopicPartitions DescribeTopicPartitionsRequest,
}

/// A message in a field of bytes.
#[derive(Clone, Copy)]
pub(super) enum Carried {
    /// A whole request with its header.
    Request,
    /// A version, then the message.
    Versioned(fn() -> Described),
}

/// What a message carries in one of its fields. Members of classic groups tell each other what the protocol `consumer` has; others, such as
/// Kafka Connect's, have protocols of their own, which then do not read as this one.
pub(super) fn carried(message: &str, field: &str) -> Option<Carried> {
    match (message, field) {
        ("EnvelopeRequest", "RequestData") => Some(Carried::Request),
        ("JoinGroupRequest" | "JoinGroupResponse", "Metadata") | (_, "MemberMetadata" | "subscription") => {
            Some(Carried::Versioned(Described::of::<ConsumerProtocolSubscription>))
        }
        ("SyncGroupRequest" | "SyncGroupResponse", "Assignment") | (_, "MemberAssignment" | "assignment") => {
            Some(Carried::Versioned(Described::of::<ConsumerProtocolAssignment>))
        }
        _ => None,
    }
}

/// Whose records a batch has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordsOf {
    Applications,
    /// `__consumer_offsets`
    Groups,
    /// `__cluster_metadata`
    Metadata,
    /// Markers of transactions, and of the quorum.
    Control,
}

pub(super) fn key_of(topic: Option<&str>, control: bool) -> RecordsOf {
    match topic {
        _ if control => RecordsOf::Control,
        Some("__consumer_offsets") => RecordsOf::Groups,
        Some("__cluster_metadata") => RecordsOf::Metadata,
        _ => RecordsOf::Applications,
    }
}

/// Key and value of a record of `__consumer_offsets`, by the number that its key begins with.
pub(super) fn group_record(number: i16) -> Option<(Described, Described)> {
    match number {
        0 | OffsetCommitKey::KEY => Some((Described::of::<OffsetCommitKey>(), Described::of::<OffsetCommitValue>())),
        GroupMetadataKey::KEY => Some((Described::of::<GroupMetadataKey>(), Described::of::<GroupMetadataValue>())),
        _ => None,
    }
}

/// The value of a control record (`ControlRecordType`).
pub(super) fn control_record(number: i64) -> Option<Described> {
    match number {
        0 | 1 => Some(Described::of::<EndTxnMarker>()),
        2 => Some(Described::of::<LeaderChangeMessage>()),
        3 => Some(Described::of::<SnapshotHeaderRecord>()),
        4 => Some(Described::of::<SnapshotFooterRecord>()),
        5 => Some(Described::of::<KRaftVersionRecord>()),
        6 => Some(Described::of::<VotersRecord>()),
        _ => None,
    }
}

/// A record of `__cluster_metadata`, by its type (`MetadataRecordType`): those that are written here.
pub(super) fn metadata_record(kind: u32) -> Option<Described> {
    Some(match kind {
        0 => Described::of::<RegisterBrokerRecord>(),
        1 => Described::of::<UnregisterBrokerRecord>(),
        2 => Described::of::<TopicRecord>(),
        3 => Described::of::<PartitionRecord>(),
        4 => Described::of::<ConfigRecord>(),
        5 => Described::of::<PartitionChangeRecord>(),
        7 => Described::of::<FenceBrokerRecord>(),
        8 => Described::of::<UnfenceBrokerRecord>(),
        9 => Described::of::<RemoveTopicRecord>(),
        12 => Described::of::<FeatureLevelRecord>(),
        15 => Described::of::<ProducerIdsRecord>(),
        17 => Described::of::<BrokerRegistrationChangeRecord>(),
        20 => Described::of::<NoOpRecord>(),
        23 => Described::of::<BeginTransactionRecord>(),
        24 => Described::of::<EndTransactionRecord>(),
        25 => Described::of::<AbortTransactionRecord>(),
        27 => Described::of::<RegisterControllerRecord>(),
        28 => Described::of::<ClearElrRecord>(),
        _ => return None,
    })
}
