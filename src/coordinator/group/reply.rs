//! What the group coordinator answers, and what becomes of an answer whose records could not be written.

use crate::coordinator::runtime::Reply;
use crate::wire::ErrorCode;
use crate::wire::messages::delete_groups_response::DeletableGroupResult;
use crate::wire::messages::describe_groups_response::DescribedGroup;
use crate::wire::messages::list_groups_response::ListedGroup;
use crate::wire::messages::offset_fetch_response::OffsetFetchResponseGroup;
use crate::wire::messages::{
    HeartbeatResponse, JoinGroupResponse, LeaveGroupResponse, OffsetCommitResponse, OffsetDeleteResponse, SyncGroupResponse,
};

/// An answer. Those that concern one group of several in a request, or one partition's groups, are parts of a response.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupReply {
    JoinGroup(JoinGroupResponse),
    SyncGroup(SyncGroupResponse),
    Heartbeat(HeartbeatResponse),
    LeaveGroup(LeaveGroupResponse),
    OffsetCommit(OffsetCommitResponse),
    /// Of a TxnOffsetCommit, whose answer has the same parts.
    TxnOffsetCommit(OffsetCommitResponse),
    OffsetDelete(OffsetDeleteResponse),
    OffsetFetch(OffsetFetchResponseGroup),
    DescribeGroup(DescribedGroup),
    DeleteGroup(DeletableGroupResult),
    ListGroups(Result<Vec<ListedGroup>, ErrorCode>),
}

impl GroupReply {
    /// An answer to JoinGroup that is an error. Its protocol is null; without, JoinGroup's is empty.
    pub fn join_error(error: ErrorCode, member_id: impl Into<String>) -> Self {
        Self::JoinGroup(JoinGroupResponse {
            error_code: error as i16,
            member_id: member_id.into(),
            protocol_name: None,
            ..Default::default()
        })
    }
}

impl Reply for GroupReply {
    fn failed(self, error: ErrorCode) -> Self {
        let code = operation_error(error) as i16;
        match self {
            Self::JoinGroup(was) => Self::join_error(operation_error(error), was.member_id),
            Self::SyncGroup(_) => Self::SyncGroup(SyncGroupResponse { error_code: code, ..Default::default() }),
            // A member is not to be alarmed while its coordinator loads.
            Self::Heartbeat(_) if error == ErrorCode::CoordinatorLoadInProgress => Self::Heartbeat(HeartbeatResponse::default()),
            Self::Heartbeat(_) => Self::Heartbeat(HeartbeatResponse { error_code: code, ..Default::default() }),
            Self::LeaveGroup(_) => Self::LeaveGroup(LeaveGroupResponse { error_code: code, ..Default::default() }),
            Self::OffsetCommit(response) => Self::OffsetCommit(commit_failed(response, commit_error(error))),
            Self::TxnOffsetCommit(response) => Self::TxnOffsetCommit(commit_failed(response, commit_error(error))),
            Self::OffsetDelete(_) => Self::OffsetDelete(OffsetDeleteResponse { error_code: code, ..Default::default() }),
            Self::OffsetFetch(was) => {
                Self::OffsetFetch(OffsetFetchResponseGroup { group_id: was.group_id, error_code: code, ..Default::default() })
            }
            Self::DescribeGroup(was) => {
                Self::DescribeGroup(DescribedGroup { group_id: was.group_id, error_code: code, ..Default::default() })
            }
            Self::DeleteGroup(was) => Self::DeleteGroup(DeletableGroupResult { error_code: code, ..was }),
            Self::ListGroups(_) => Self::ListGroups(Err(operation_error(error))),
        }
    }
}

/// Partitions that were refused before keep their own error.
fn commit_failed(mut response: OffsetCommitResponse, error: ErrorCode) -> OffsetCommitResponse {
    let partitions = response.topics.iter_mut().flat_map(|topic| &mut topic.partitions);
    partitions.filter(|partition| partition.error_code == ErrorCode::None as i16).for_each(|partition| partition.error_code = error as i16);
    response
}

/// What a client is told of an append's error (`CoordinatorOperationExceptionHelper`).
pub(super) fn operation_error(append: ErrorCode) -> ErrorCode {
    match append {
        ErrorCode::UnknownTopicOrPartition | ErrorCode::NotEnoughReplicas | ErrorCode::RequestTimedOut => {
            ErrorCode::CoordinatorNotAvailable
        }
        ErrorCode::NotLeaderOrFollower | ErrorCode::KafkaStorageError => ErrorCode::NotCoordinator,
        ErrorCode::MessageTooLarge | ErrorCode::RecordListTooLarge | ErrorCode::InvalidFetchSize => ErrorCode::UnknownServerError,
        other => other,
    }
}

fn commit_error(append: ErrorCode) -> ErrorCode {
    match append {
        ErrorCode::MessageTooLarge | ErrorCode::RecordListTooLarge | ErrorCode::InvalidFetchSize => ErrorCode::InvalidCommitOffsetSize,
        other => operation_error(other),
    }
}
