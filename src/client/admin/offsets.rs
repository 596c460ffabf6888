//! What an admin asks of groups' offsets and of logs' ends, and how it is answered.

use super::Request;
use super::operation::{Operation, Reply};
use crate::base::{Offset, SortedMap, TopicPartition};
use crate::client::connections::Answer;
use crate::wire::ErrorCode;
use crate::wire::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use crate::wire::messages::offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic};
use crate::wire::messages::offset_fetch_request::OffsetFetchRequestGroup;
use crate::wire::messages::{
    DescribeGroupsResponse, ListOffsetsRequest, ListOffsetsResponse, OffsetCommitRequest, OffsetCommitResponse, OffsetFetchRequest,
    OffsetFetchResponse,
};

/// Up to this version offsets are fetched and committed by topics' names.
pub(super) const BY_NAME_UNTIL: i16 = 9;

pub(super) fn fetch(group: &str) -> OffsetFetchRequest {
    let group = OffsetFetchRequestGroup { group_id: group.to_owned(), topics: None, ..Default::default() };
    OffsetFetchRequest { groups: vec![group], ..Default::default() }
}

pub(super) fn list(partition: &TopicPartition, timestamp: i64, timeout_ms: i32) -> ListOffsetsRequest {
    let partitions = vec![ListOffsetsPartition { partition_index: partition.partition.0, timestamp, ..Default::default() }];
    let topics = vec![ListOffsetsTopic { name: partition.topic.to_string(), partitions, ..Default::default() }];
    ListOffsetsRequest { replica_id: -1, topics, timeout_ms, ..Default::default() }
}

/// As nobody's member: generation -1.
pub(super) fn commit(group: &str, offsets: &[(TopicPartition, Offset)]) -> OffsetCommitRequest {
    let mut topics: SortedMap<&str, Vec<OffsetCommitRequestPartition>> = SortedMap::new();
    for (partition, offset) in offsets {
        let committed =
            OffsetCommitRequestPartition { partition_index: partition.partition.0, committed_offset: offset.0, ..Default::default() };
        topics.entry(&*partition.topic).or_default().push(committed);
    }
    let topic = |(name, partitions): (&str, _)| OffsetCommitRequestTopic { name: name.to_owned(), partitions, ..Default::default() };
    OffsetCommitRequest {
        group_id: group.to_owned(),
        generation_id_or_member_epoch: -1,
        topics: topics.into_iter().map(topic).collect(),
        ..Default::default()
    }
}

/// The first error of such an operation's response; 0: none.
pub(super) fn verdict(operation: &Operation, answer: &Answer<Request>) -> Result<i16, ErrorCode> {
    let first = |mut codes: &mut dyn Iterator<Item = i16>| Iterator::find(&mut codes, |code| *code != 0).unwrap_or_default();
    Ok(match operation {
        Operation::DescribeGroup { .. } => {
            let code = answer.response::<DescribeGroupsResponse>()?.groups.first().map_or(0, |group| group.error_code);
            // That there is none is an answer.
            if code == ErrorCode::GroupIdNotFound.code() { 0 } else { code }
        }
        Operation::FetchOffsets { .. } => {
            let response = answer.response::<OffsetFetchResponse>()?;
            first(&mut response.groups.iter().map(|group| group.error_code))
        }
        Operation::ListOffsets { .. } => {
            let response = answer.response::<ListOffsetsResponse>()?;
            first(&mut response.topics.iter().flat_map(|topic| &topic.partitions).map(|partition| partition.error_code))
        }
        Operation::CommitOffsets { .. } => {
            let response = answer.response::<OffsetCommitResponse>()?;
            first(&mut response.topics.iter().flat_map(|topic| &topic.partitions).map(|partition| partition.error_code))
        }
        _ => 0,
    })
}

/// What an operation that asks was told; none for those that do something.
pub(super) fn reply(operation: &Operation, answer: &Answer<Request>) -> Option<Reply> {
    match operation {
        Operation::DescribeGroup { .. } => {
            let group = answer.response::<DescribeGroupsResponse>().ok()?.groups.into_iter().next()?;
            let state = if group.error_code == 0 { group.group_state } else { "Dead".to_owned() };
            Some(Reply::GroupState(state.into()))
        }
        Operation::FetchOffsets { .. } => {
            let group = answer.response::<OffsetFetchResponse>().ok()?.groups.into_iter().next()?;
            let committed = group.topics.into_iter().flat_map(|topic| {
                let name = topic.name;
                topic
                    .partitions
                    .into_iter()
                    .map(move |found| (TopicPartition::new(name.as_str(), found.partition_index), Offset(found.committed_offset)))
            });
            Some(Reply::Committed(committed.filter(|(_, offset)| offset.0 >= 0).collect()))
        }
        Operation::ListOffsets { .. } => {
            let response = answer.response::<ListOffsetsResponse>().ok()?;
            let found = response.topics.into_iter().flat_map(|topic| topic.partitions).next()?;
            Some(Reply::Offset(Some(Offset(found.offset)).filter(|offset| offset.0 >= 0)))
        }
        _ => None,
    }
}
