//! ElectLeaders, versions 0 to 2 (`ReplicationControlManager.electLeaders`, KIP-460): partitions are led by their preferred replica, or,
//! where nobody leads, by any that lives.
//!
//! - Where the preferred replica leads already, or somebody leads where an unclean election is asked for: ELECTION_NOT_NEEDED.
//! - Where nobody can be elected: PREFERRED_LEADER_NOT_AVAILABLE, or ELIGIBLE_LEADERS_NOT_AVAILABLE after an unclean election.
//! - Without topics all partitions there are; those which need no election are left out then.
//! - Version 0 knows preferred elections only. An unknown type: INVALID_REQUEST for all.

use super::connections::{Answer, RequestContext};
use super::election::ElectionRules;
use super::error::ApiError;
use super::image::{PartitionImage, TopicImage};
use super::node::{Controller, Outcome};
use super::partition_change::Election;
use crate::base::{Context, PartitionIndex};
use crate::wire::messages::elect_leaders_request::TopicPartitions;
use crate::wire::messages::elect_leaders_response::{PartitionResult, ReplicaElectionResult};
use crate::wire::messages::{ElectLeadersRequest, ElectLeadersResponse, PartitionChangeRecord};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: ElectLeadersRequest) -> Answer {
    let topics = body.topic_partitions;
    if topics.as_ref().is_some_and(Vec::is_empty) {
        return request.reply(&mut ElectLeadersResponse::default());
    }
    let election = controller.admit(body.timeout_ms).and_then(|()| election_of(body.election_type));
    let outcome = match (election, topics) {
        (Err(error), topics) => Outcome::answer(refused(request.version, &error, topics.unwrap_or_default())),
        (Ok(election), topics) => {
            let mut elections = Elections { rules: controller.election_rules(), election, records: Vec::new() };
            let results = match topics {
                Some(topics) => topics.into_iter().map(|topic| elections.of_topic(topic)).collect(),
                None => controller.image.topics().map(|topic| elections.of_all(topic)).collect(),
            };
            let response = ElectLeadersResponse { replica_election_results: results, ..Default::default() };
            Outcome { records: elections.records, response }
        }
    };
    controller.finish(cx, request, outcome)
}

fn election_of(code: i8) -> Result<Election, ApiError> {
    match code {
        0 => Ok(Election::Preferred),
        1 => Ok(Election::Unclean),
        other => Err(ApiError::new(ErrorCode::InvalidRequest, format!("Unknown election type {other}"))),
    }
}

fn refused(version: i16, error: &ApiError, topics: Vec<TopicPartitions>) -> ElectLeadersResponse {
    let results = topics.into_iter().map(|topic| ReplicaElectionResult {
        topic: topic.topic,
        partition_result: topic.partitions.into_iter().map(|index| result(index, Err(error.clone()))).collect(),
        ..Default::default()
    });
    // Version 0 says it of each partition only.
    let error_code = if version >= 1 { error.code.code() } else { ErrorCode::None.code() };
    ElectLeadersResponse { error_code, replica_election_results: results.collect(), ..Default::default() }
}

fn result(partition_id: i32, elected: Result<(), ApiError>) -> PartitionResult {
    let error = elected.err();
    PartitionResult {
        partition_id,
        error_code: error.as_ref().map_or(0, |error| error.code.code()),
        error_message: error.and_then(|error| error.message),
        ..Default::default()
    }
}

struct Elections<'a> {
    rules: ElectionRules<'a>,
    election: Election,
    records: Vec<MetadataRecord>,
}

impl Elections<'_> {
    fn of_topic(&mut self, wanted: TopicPartitions) -> ReplicaElectionResult {
        let elected = wanted.partitions.iter().map(|index| result(*index, self.of_named(&wanted.topic, *index)));
        let partition_result = elected.collect();
        ReplicaElectionResult { topic: wanted.topic, partition_result, ..Default::default() }
    }

    fn of_named(&mut self, topic: &str, index: i32) -> Result<(), ApiError> {
        let unknown = |what: String| ApiError::new(ErrorCode::UnknownTopicOrPartition, what);
        let known = self.rules.image.topic(topic).ok_or_else(|| unknown(format!("No such topic as {topic}")))?;
        let partition = known.partition(PartitionIndex(index)).ok_or_else(|| unknown(format!("No such partition as {topic}-{index}")))?;
        self.elect(known, PartitionIndex(index), partition)
    }

    /// All partitions of a topic, but for those which need no election.
    fn of_all(&mut self, topic: &TopicImage) -> ReplicaElectionResult {
        let mut results = Vec::new();
        for (index, partition) in topic.iter() {
            let elected = self.elect(topic, index, partition);
            if !matches!(&elected, Err(error) if error.code == ErrorCode::ElectionNotNeeded) {
                results.push(result(index.0, elected));
            }
        }
        ReplicaElectionResult { topic: topic.name.to_string(), partition_result: results, ..Default::default() }
    }

    fn elect(&mut self, topic: &TopicImage, index: PartitionIndex, partition: &PartitionImage) -> Result<(), ApiError> {
        let elected = self.rules.elect(self.election, topic, index, partition);
        let record = elected.map_err(|code| ApiError::new(code, code.message()))?;
        self.records.push(MetadataRecord::PartitionChange(record));
        Ok(())
    }
}

impl ElectionRules<'_> {
    /// The record of an election that somebody asks for.
    ///
    /// # Errors
    /// ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE, ELIGIBLE_LEADERS_NOT_AVAILABLE.
    pub(super) fn elect(
        &self,
        election: Election,
        topic: &TopicImage,
        index: PartitionIndex,
        partition: &PartitionImage,
    ) -> Result<PartitionChangeRecord, ErrorCode> {
        let (is_needed, otherwise) = match election {
            Election::Preferred => (!partition.is_led_by_preferred(), ErrorCode::PreferredLeaderNotAvailable),
            Election::Unclean | Election::Online => (partition.leader.is_none(), ErrorCode::EligibleLeadersNotAvailable),
        };
        if !is_needed {
            return Err(ErrorCode::ElectionNotNeeded);
        }
        self.change(topic, index, partition, &|id| self.image.is_active(id), |next| next.election = election).ok_or(otherwise)
    }
}
