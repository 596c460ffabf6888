//! The answers of a broker to clients' requests that no controller has answered (`AbstractRequest.getErrorResponse`): the error, for each
//! thing that was asked for.

use super::connections::RequestContext;
use crate::wire::frame::{decode_request_header, encode_response};
use crate::wire::messages::{
    AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse, CreatePartitionsRequest, CreatePartitionsResponse,
    CreateTopicsRequest, CreateTopicsResponse, DeleteTopicsRequest, DeleteTopicsResponse, DescribeQuorumResponse, ElectLeadersRequest,
    ElectLeadersResponse, ListPartitionReassignmentsResponse, UnregisterBrokerResponse, alter_partition_reassignments_response,
    create_partitions_response, create_topics_response, delete_topics_response, elect_leaders_response,
};
use crate::wire::{ApiKey, ErrorCode, Request, Response, Rope, decode};
use bytes::Bytes;

/// The response's frame; `None` for an API that has no such answer here, or a frame that cannot be read.
pub(super) fn refusal(request: &RequestContext, asked: &Bytes, error: ErrorCode) -> Option<Rope> {
    match request.api {
        ApiKey::CreateTopics => answer(request, &mut create_topics(read(request, asked)?, error)),
        ApiKey::DeleteTopics => answer(request, &mut delete_topics(read(request, asked)?, error)),
        ApiKey::CreatePartitions => answer(request, &mut create_partitions(read(request, asked)?, error)),
        ApiKey::ElectLeaders => answer(request, &mut elect_leaders(read(request, asked)?, error)),
        ApiKey::AlterPartitionReassignments => answer(request, &mut reassign(read(request, asked)?, error)),
        ApiKey::ListPartitionReassignments => {
            answer(request, &mut ListPartitionReassignmentsResponse { error_code: error.code(), ..Default::default() })
        }
        ApiKey::UnregisterBroker => answer(request, &mut UnregisterBrokerResponse { error_code: error.code(), ..Default::default() }),
        ApiKey::DescribeQuorum => answer(request, &mut DescribeQuorumResponse { error_code: error.code(), ..Default::default() }),
        _ => None,
    }
}

fn read<T: Request>(request: &RequestContext, frame: &Bytes) -> Option<T> {
    let (_, body) = decode_request_header(frame).ok()?;
    decode(body, request.version).ok()
}

fn answer<T: Response>(request: &RequestContext, response: &mut T) -> Option<Rope> {
    encode_response(request.version, request.correlation, response).ok()
}

fn create_topics(asked: CreateTopicsRequest, error: ErrorCode) -> CreateTopicsResponse {
    let topics = asked.topics.into_iter().map(|topic| create_topics_response::CreatableTopicResult {
        name: topic.name,
        error_code: error.code(),
        ..Default::default()
    });
    CreateTopicsResponse { topics: topics.collect(), ..Default::default() }
}

fn delete_topics(asked: DeleteTopicsRequest, error: ErrorCode) -> DeleteTopicsResponse {
    let result = |name: Option<String>, topic_id| delete_topics_response::DeletableTopicResult {
        name,
        topic_id,
        error_code: error.code(),
        ..Default::default()
    };
    let named = asked.topic_names.into_iter().map(|name| result(Some(name), Default::default()));
    let responses = named.chain(asked.topics.into_iter().map(|topic| result(topic.name, topic.topic_id))).collect();
    DeleteTopicsResponse { responses, ..Default::default() }
}

fn create_partitions(asked: CreatePartitionsRequest, error: ErrorCode) -> CreatePartitionsResponse {
    let results = asked.topics.into_iter().map(|topic| create_partitions_response::CreatePartitionsTopicResult {
        name: topic.name,
        error_code: error.code(),
        ..Default::default()
    });
    CreatePartitionsResponse { results: results.collect(), ..Default::default() }
}

fn elect_leaders(asked: ElectLeadersRequest, error: ErrorCode) -> ElectLeadersResponse {
    let partition = |index: &i32| elect_leaders_response::PartitionResult {
        partition_id: *index,
        error_code: error.code(),
        error_message: Some(error.message().to_owned()),
        ..Default::default()
    };
    let results = asked.topic_partitions.into_iter().flatten().map(|topic| elect_leaders_response::ReplicaElectionResult {
        topic: topic.topic,
        partition_result: topic.partitions.iter().map(partition).collect(),
        ..Default::default()
    });
    ElectLeadersResponse { error_code: error.code(), replica_election_results: results.collect(), ..Default::default() }
}

fn reassign(asked: AlterPartitionReassignmentsRequest, error: ErrorCode) -> AlterPartitionReassignmentsResponse {
    use alter_partition_reassignments_response::{ReassignablePartitionResponse, ReassignableTopicResponse};
    let responses = asked.topics.into_iter().map(|topic| ReassignableTopicResponse {
        name: topic.name,
        partitions: topic
            .partitions
            .into_iter()
            .map(|partition| ReassignablePartitionResponse {
                partition_index: partition.partition_index,
                error_code: error.code(),
                error_message: Some(error.message().to_owned()),
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    });
    AlterPartitionReassignmentsResponse { error_code: error.code(), responses: responses.collect(), ..Default::default() }
}
