//! AlterPartitionReassignments, versions 0 and 1 (`ReplicationControlManager.alterPartitionReassignments`, KIP-455): partitions move to other
//! replicas, or stop moving.
//!
//! - Those that are added begin to follow; when all of them are in sync, those that are to go do (see [`super::reassignment`]).
//! - Replicas that are not registered, twice or none at all: INVALID_REPLICA_ASSIGNMENT. Another number of them, where version 1's
//!   `allowReplicationFactorChange` is not set: INVALID_REPLICATION_FACTOR.
//! - Without replicas the reassignment is cancelled; where none is under way: NO_REASSIGNMENT_IN_PROGRESS.

use super::connections::{Answer, RequestContext};
use super::create_topics::check_replicas;
use super::election::ElectionRules;
use super::error::ApiError;
use super::image::{PartitionImage, TopicImage};
use super::node::{Controller, Outcome};
use super::reassignment::{Reassignment, is_in_progress, settled_replicas, without};
use crate::base::{Context, NodeId, PartitionIndex};
use crate::wire::messages::alter_partition_reassignments_request::ReassignableTopic;
use crate::wire::messages::alter_partition_reassignments_response::{ReassignablePartitionResponse, ReassignableTopicResponse};
use crate::wire::messages::{AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse, PartitionChangeRecord};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(
    controller: &mut Controller,
    cx: &mut Context<'_>,
    request: &RequestContext,
    body: AlterPartitionReassignmentsRequest,
) -> Answer {
    if body.topics.is_empty() {
        return request.reply(&mut AlterPartitionReassignmentsResponse::default());
    }
    let allow_replication_factor_change = body.allow_replication_factor_change;
    let admitted = controller.admit(body.timeout_ms);
    let (error_code, error_message) = match &admitted {
        Ok(()) => (0, None),
        Err(error) => (error.code.code(), error.message.clone()),
    };
    let mut change =
        Change { rules: controller.election_rules(), admitted, may_resize: allow_replication_factor_change, records: Vec::new() };
    let responses = body.topics.into_iter().map(|topic| change.topic(topic)).collect();
    let response =
        AlterPartitionReassignmentsResponse { allow_replication_factor_change, error_code, error_message, responses, ..Default::default() };
    let records = change.records;
    controller.finish(cx, request, Outcome { records, response })
}

struct Change<'a> {
    rules: ElectionRules<'a>,
    /// Why nothing of the request can be done, if it cannot.
    admitted: Result<(), ApiError>,
    /// A partition may have another number of replicas afterwards.
    may_resize: bool,
    records: Vec<MetadataRecord>,
}

impl Change<'_> {
    fn topic(&mut self, wanted: ReassignableTopic) -> ReassignableTopicResponse {
        let partitions = wanted.partitions.into_iter().map(|partition| {
            let changed = self.admitted.clone();
            let changed = changed.and_then(|()| self.partition(&wanted.name, partition.partition_index, partition.replicas.as_deref()));
            let error = changed.map(|record| self.records.extend(record.map(MetadataRecord::PartitionChange))).err();
            ReassignablePartitionResponse {
                partition_index: partition.partition_index,
                error_code: error.as_ref().map_or(0, |error| error.code.code()),
                error_message: error.and_then(|error| error.message),
                ..Default::default()
            }
        });
        let partitions = partitions.collect();
        ReassignableTopicResponse { name: wanted.name, partitions, ..Default::default() }
    }

    fn partition(&self, name: &str, index: i32, replicas: Option<&[i32]>) -> Result<Option<PartitionChangeRecord>, ApiError> {
        let unknown = |what: String| ApiError::new(ErrorCode::UnknownTopicOrPartition, what);
        let topic = self.rules.image.topic(name).ok_or_else(|| unknown(format!("Unable to find a topic named {name}.")))?;
        let partition = topic.partition(PartitionIndex(index));
        let partition = partition.ok_or_else(|| unknown(format!("Unable to find partition {name}:{index}.")))?;
        match replicas {
            Some(replicas) => self.change(topic, PartitionIndex(index), partition, replicas),
            None => self.cancel(topic, PartitionIndex(index), partition),
        }
    }

    fn change(
        &self,
        topic: &TopicImage,
        index: PartitionIndex,
        partition: &PartitionImage,
        replicas: &[i32],
    ) -> Result<Option<PartitionChangeRecord>, ApiError> {
        let target = check_replicas(self.rules.image, replicas, None)?;
        if !self.may_resize {
            check_size(partition, target.len())?;
        }
        let next = Reassignment::new(&partition.replicas, &target);
        Ok(self.rules.change(topic, index, partition, &|id| self.rules.image.is_active(id), |change| {
            change.replicas = next.replicas;
            if !next.removing.is_empty() {
                change.removing = next.removing;
            }
            if !next.adding.is_empty() {
                change.adding = next.adding;
            }
        }))
    }

    fn cancel(
        &self,
        topic: &TopicImage,
        index: PartitionIndex,
        partition: &PartitionImage,
    ) -> Result<Option<PartitionChangeRecord>, ApiError> {
        if !is_in_progress(partition) {
            return Err(ErrorCode::NoReassignmentInProgress.into());
        }
        let replicas = settled_replicas(partition);
        let mut isr = without(&partition.isr, &partition.adding_replicas);
        let refuse = |message: String| ApiError::new(ErrorCode::InvalidReplicaAssignment, message);
        if isr.is_empty() {
            let first = replicas.first().copied();
            isr.push(first.ok_or_else(|| refuse("Invalid replica assignment: addingReplicas contains all replicas.".to_owned()))?);
            if !self.rules.allows_unclean_election(&topic.name) {
                let name = &topic.name;
                let message = format!(
                    "Unable to revert partition assignment for {name}:{index} because it would require an unclean leader election."
                );
                return Err(refuse(message));
            }
        }
        Ok(self.rules.change(topic, index, partition, &|id| self.rules.image.is_active(id), |change| {
            change.election = self.rules.automatic_election(&topic.name);
            (change.replicas, change.isr) = (replicas, isr);
            change.removing.clear();
            change.adding.clear();
        }))
    }
}

/// Whether a partition has as many replicas afterwards as it has (`validatePartitionReplicationFactorUnchanged`).
fn check_size(partition: &PartitionImage, target: usize) -> Result<(), ApiError> {
    let removing: &[NodeId] = if is_in_progress(partition) { &partition.removing_replicas } else { &[] };
    let current = without(&partition.replicas, removing).len();
    if current == target {
        return Ok(());
    }
    let message = format!("The replication factor is changed from {current} to {target}");
    Err(ApiError::new(ErrorCode::InvalidReplicationFactor, message))
}
