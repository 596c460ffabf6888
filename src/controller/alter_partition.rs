//! AlterPartition, versions 2 and 3 (`ReplicationControlManager.alterPartition`, KIP-497, KIP-903): a leader says who is in sync with it.
//!
//! - A request of an old life of the broker, or of a broker that is not registered: STALE_BROKER_EPOCH.
//! - By partition: a leader epoch or partition epoch that this controller has not seen is NOT_CONTROLLER, an old leader epoch
//!   FENCED_LEADER_EPOCH, an old partition epoch INVALID_UPDATE_VERSION, and who does not lead gets INVALID_REQUEST.
//! - A replica that is fenced, is shutting down, or (from version 3 on) has had another life since: INELIGIBLE_REPLICA.
//! - The new ISR may end a reassignment, and another may lead then: NEW_LEADER_ELECTED, though it is done.

use super::connections::{Answer, RequestContext};
use super::election::ElectionRules;
use super::image::{MetadataImage, PartitionImage, TopicImage};
use super::node::{Controller, Outcome};
use super::partition_change::LEADER_STAYS;
use crate::base::{Context, NodeId, PartitionIndex};
use crate::wire::messages::alter_partition_request::{BrokerState, PartitionData as Wanted, TopicData};
use crate::wire::messages::alter_partition_response::{PartitionData, TopicData as TopicResult};
use crate::wire::messages::{AlterPartitionRequest, AlterPartitionResponse};
use crate::wire::{ErrorCode, MetadataRecord};

/// What version 2 knows of a broker's epoch.
const ANY_EPOCH: i64 = -1;
const RECOVERING: i8 = 1;

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: AlterPartitionRequest) -> Answer {
    let refuse = |error: ErrorCode| request.reply(&mut AlterPartitionResponse { error_code: error.code(), ..Default::default() });
    if !controller.is_active() {
        return refuse(ErrorCode::NotController);
    }
    let leader = NodeId(body.broker_id);
    if controller.image.broker(leader).is_none_or(|broker| broker.epoch != body.broker_epoch) {
        return refuse(ErrorCode::StaleBrokerEpoch);
    }
    let mut alteration = Alteration { rules: controller.election_rules(), leader, records: Vec::new() };
    let topics = body.topics.into_iter().map(|topic| alteration.topic(topic)).collect();
    let (records, response) = (alteration.records, AlterPartitionResponse { topics, ..Default::default() });
    controller.finish(cx, request, Outcome { records, response })
}

struct Alteration<'a> {
    rules: ElectionRules<'a>,
    /// Who asks.
    leader: NodeId,
    records: Vec<MetadataRecord>,
}

impl Alteration<'_> {
    fn topic(&mut self, wanted: TopicData) -> TopicResult {
        let image = self.rules.image;
        let known = image.topic_by_id(wanted.topic_id);
        let partitions = wanted.partitions.into_iter().map(|mut partition| {
            if partition.new_isr_with_epochs.is_empty() {
                let state = |id: &i32| BrokerState { broker_id: *id, broker_epoch: ANY_EPOCH, ..Default::default() };
                partition.new_isr_with_epochs = partition.new_isr.iter().map(state).collect();
            }
            let altered = match known {
                Some(topic) => self.partition(topic, &partition),
                None => Err(ErrorCode::UnknownTopicId),
            };
            altered.unwrap_or_else(|error| PartitionData {
                partition_index: partition.partition_index,
                error_code: error.code(),
                ..Default::default()
            })
        });
        TopicResult { topic_id: wanted.topic_id, partitions: partitions.collect(), ..Default::default() }
    }

    fn partition(&mut self, topic: &TopicImage, wanted: &Wanted) -> Result<PartitionData, ErrorCode> {
        let index = PartitionIndex(wanted.partition_index);
        let partition = topic.partition(index).ok_or(ErrorCode::UnknownTopicOrPartition)?;
        self.check(partition, wanted)?;
        let rules = self.rules;
        let record = rules.change(topic, index, partition, &|id| rules.image.is_active(id), |next| {
            next.election = rules.automatic_election(&topic.name);
            next.isr = wanted.new_isr_with_epochs.iter().map(|state| NodeId(state.broker_id)).collect();
            next.is_recovering = wanted.leader_recovery_state == RECOVERING;
        });
        let mut after = partition.clone();
        if let Some(record) = record {
            after.merge(&record);
            let leader = record.leader;
            self.records.push(MetadataRecord::PartitionChange(record));
            if leader != self.leader.0 && leader != LEADER_STAYS {
                return Err(ErrorCode::NewLeaderElected);
            }
        }
        Ok(PartitionData {
            partition_index: index.0,
            leader_id: after.leader.map_or(-1, |leader| leader.0),
            leader_epoch: after.leader_epoch.0,
            isr: after.isr.iter().map(|id| id.0).collect(),
            leader_recovery_state: i8::from(after.is_recovering),
            partition_epoch: after.partition_epoch,
            ..Default::default()
        })
    }

    fn check(&self, partition: &PartitionImage, wanted: &Wanted) -> Result<(), ErrorCode> {
        if wanted.leader_epoch > partition.leader_epoch.0 || wanted.partition_epoch > partition.partition_epoch {
            return Err(ErrorCode::NotController);
        }
        if wanted.leader_epoch < partition.leader_epoch.0 {
            return Err(ErrorCode::FencedLeaderEpoch);
        }
        if partition.leader != Some(self.leader) {
            return Err(ErrorCode::InvalidRequest);
        }
        if wanted.partition_epoch < partition.partition_epoch {
            return Err(ErrorCode::InvalidUpdateVersion);
        }
        let isr = &wanted.new_isr_with_epochs;
        let recovers = wanted.leader_recovery_state == RECOVERING;
        let is_valid = is_isr_of(isr, partition)
            && isr.iter().any(|state| state.broker_id == self.leader.0)
            && (0..=RECOVERING).contains(&wanted.leader_recovery_state)
            && !(recovers && (isr.len() > 1 || !partition.is_recovering));
        if !is_valid {
            return Err(ErrorCode::InvalidRequest);
        }
        if isr.iter().any(|state| !is_eligible(self.rules.image, state)) { Err(ErrorCode::IneligibleReplica) } else { Ok(()) }
    }
}

/// Of replicas only, none of them twice.
fn is_isr_of(isr: &[BrokerState], partition: &PartitionImage) -> bool {
    let times = |id: i32| isr.iter().filter(|state| state.broker_id == id).count();
    isr.iter().all(|state| partition.replicas.contains(&NodeId(state.broker_id)) && times(state.broker_id) == 1)
}

/// Whether a broker may be in sync: the very life of it that the leader has seen.
fn is_eligible(image: &MetadataImage, state: &BrokerState) -> bool {
    let broker = image.broker(NodeId(state.broker_id)).filter(|broker| broker.is_active());
    broker.is_some_and(|broker| state.broker_epoch == ANY_EPOCH || state.broker_epoch == broker.epoch)
}
