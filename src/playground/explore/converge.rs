//! Whether a cluster in which all is whole has found its way back: everybody is there, has everything, and is done.

use crate::base::{Event, EventKind, NodeId, ProducerId, TopicPartition};
use crate::broker::Broker;
use crate::broker::partition::Partition;
use crate::client::consumer::{Consumer, IsolationLevel, MemberState, Subscription};
use crate::client::producer::{Acks, Life};
use crate::controller::{Controller, MetadataImage};
use crate::coordinator::transaction::Transaction;
use crate::log::Log;
use crate::playground::Session;
use crate::simulation::Actor;
use crate::wire::ErrorCode;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How far a broker's metadata may be behind: the active controller writes a record now and then just to be heard of.
const METADATA_SLACK: i64 = 4;

/// Stands before the error of a consumer's application.
const ENDED_WITH: &str = " ended with ";

/// What is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Lag {
    /// No controller leads the quorum.
    Controller,
    /// A broker is not there, or fenced, or behind with its metadata.
    Broker,
    /// A partition has no leader, or not all of its replicas are in sync.
    Partition,
    /// A producer has records that are neither acknowledged nor given up.
    Producer,
    /// A group has no members that own all partitions and have read them.
    Consumer,
    /// A consumer's application got an error that ended it.
    Failed,
}

/// What is behind, and in words; `None` where nothing is.
pub(super) fn lag(session: &Session) -> Option<(Lag, String)> {
    let simulation = session.simulation();
    let Some(controller) = simulation.controllers().filter(|controller| controller.is_active()).max_by_key(|controller| controller.epoch())
    else {
        return Some((Lag::Controller, "no controller is active".to_owned()));
    };
    let image = controller.image();
    brokers(session, controller)
        .map(|text| (Lag::Broker, text))
        .or_else(|| partitions(session, image).map(|text| (Lag::Partition, text)))
        .or_else(|| producers(session).map(|text| (Lag::Producer, text)))
        .or_else(|| failed(session).map(|text| (Lag::Failed, text)))
        .or_else(|| consumers(session).map(|text| (Lag::Consumer, text)))
}

fn brokers(session: &Session, controller: &Controller) -> Option<String> {
    let simulation = session.simulation();
    let image = controller.image();
    for node in simulation.config().nodes() {
        let Some(broker) = simulation.broker(node) else { return Some(format!("broker {node} does not run")) };
        if !image.is_alive(node) {
            return Some(format!("broker {node} is fenced"));
        }
        if broker.image().next_offset().plus(METADATA_SLACK) < image.next_offset() {
            return Some(format!("broker {node} has metadata up to {} of {}", broker.image().next_offset(), image.next_offset()));
        }
    }
    None
}

fn partitions(session: &Session, image: &MetadataImage) -> Option<String> {
    for topic in image.topics() {
        for (index, partition) in topic.iter() {
            let name = topic.partition_name(index);
            if partition.leader.is_none() {
                return Some(format!("{name} has no leader; ISR {:?}, ELR {:?}", partition.isr, partition.eligible_leader_replicas));
            }
            let lacks = |replica: &&NodeId| !partition.isr.contains(replica) && !is_cut_off(session, &name, **replica);
            if partition.replicas.iter().any(|replica| lacks(&replica)) {
                return Some(format!("{name} has replicas {:?} and ISR {:?}", partition.replicas, partition.isr));
            }
        }
    }
    None
}

/// Partitions that nothing but an unclean election helps, though all is whole: nobody is in sync, and who is eligible is no replica. A
/// reassignment to fewer replicas than `min.insync.replicas` leaves that behind once the last of them fails, in Apache Kafka 4.3.1 as here.
pub(super) fn forsaken(session: &Session) -> Vec<TopicPartition> {
    let controllers = session.simulation().controllers().filter(|controller| controller.is_active());
    let Some(controller) = controllers.max_by_key(|controller| controller.epoch()) else { return Vec::new() };
    let partitions =
        controller.image().topics().flat_map(|topic| topic.iter().map(|(index, partition)| (topic.partition_name(index), partition)));
    partitions
        .filter(|(_, partition)| {
            let eligible = &partition.eligible_leader_replicas;
            partition.leader.is_none()
                && partition.isr.is_empty()
                && !eligible.is_empty()
                && !eligible.iter().any(|node| partition.replicas.contains(node))
        })
        .map(|(name, _)| name)
        .collect()
}

/// Brokers that have given up following a partition, though all is whole: their log was ended inside a batch of the leader's, and it is a
/// start that lets it end before that. Apache Kafka 4.3.1 does so too (`tests/transcripts/failover-inside-a-batch`).
pub(super) fn given_up(session: &Session) -> Vec<NodeId> {
    let simulation = session.simulation();
    let gave_up = |broker: &&Broker| {
        broker.replicas().partitions().any(|(name, _)| broker.has_given_up(name) && !is_cut_off(session, name, broker.node()))
    };
    simulation.brokers().filter(gave_up).map(Broker::node).collect()
}

/// Whether a follower's log can never go on, whatever is started again: its last batch ends where the leader's log starts, and the leader's
/// first batch begins before that. It had records of an epoch of which the leader has none any more, and was told to end its log there; what
/// has to be deleted is its replica.
fn is_cut_off(session: &Session, name: &TopicPartition, follower: NodeId) -> bool {
    let simulation = session.simulation();
    let partitions = simulation.brokers().filter_map(|broker| broker.replicas().partition(name));
    let leader = partitions.filter(|partition| partition.is_leader()).max_by_key(|partition| partition.leader_epoch());
    let follower = simulation.broker(follower).and_then(|broker| broker.replicas().partition(name));
    let (Some(leader), Some(follower)) = (leader.map(Partition::log), follower.map(Partition::log)) else { return false };
    let (start, end) = (leader.start_offset(), follower.end_offset());
    end == start
        && follower.start_offset() < end
        && follower.batch_before(end).is_some_and(|last| last.header.next_offset() == end)
        && leader.batches(start, start.plus(1)).next().is_some_and(|first| first.header.base_offset < start)
}

fn producers(session: &Session) -> Option<String> {
    session.simulation().actors().find_map(|(_, actor)| match actor {
        Actor::Producer(producer) if producer.life() == Life::Running && producer.pending() > 0 => {
            Some(format!("producer {} waits for {} of {} records", producer.name(), producer.pending(), producer.sent()))
        }
        Actor::Producer(_) | Actor::Consumer(_) | Actor::Broker(_) | Actor::Controller(_) | Actor::Admin(_) => None,
    })
}

/// The error in a sentence of [`Lag::Failed`].
pub(super) fn error_of(text: &str) -> Option<&str> {
    text.split_once(ENDED_WITH)?.1.split_once(':').map(|(error, _)| error)
}

/// Consumers whose application ended since another member has their `group.instance.id`.
pub(super) fn fenced(session: &Session) -> Vec<String> {
    let fenced = session.simulation().actors().filter_map(|(_, actor)| match actor {
        Actor::Consumer(consumer) if consumer.failure().is_some_and(|(error, _)| *error == *ErrorCode::FencedInstanceId.name()) => {
            Some(consumer.name().to_string())
        }
        _ => None,
    });
    fenced.collect()
}

fn failed(session: &Session) -> Option<String> {
    session.simulation().actors().find_map(|(_, actor)| match actor {
        Actor::Consumer(consumer) => {
            consumer.failure().map(|(error, message)| format!("consumer {}{ENDED_WITH}{error}: {message}", consumer.name()))
        }
        Actor::Producer(_) | Actor::Broker(_) | Actor::Controller(_) | Actor::Admin(_) => None,
    })
}

fn consumers(session: &Session) -> Option<String> {
    let simulation = session.simulation();
    for (_, actor) in simulation.actors() {
        let Actor::Consumer(consumer) = actor else { continue };
        if consumer.life() != Life::Running {
            continue;
        }
        if consumer.member_state() != Some(MemberState::Stable) {
            return Some(format!("consumer {} is {:?}", consumer.name(), consumer.member_state()));
        }
        for (partition, progress) in consumer.progress() {
            let end = end_of(session, partition, consumer.config().isolation_level)?;
            let behind = progress.position.0 < end;
            if behind {
                return Some(format!("consumer {} is at {:?} of {partition}, which ends at {end}", consumer.name(), progress.position));
            }
        }
    }
    unowned(session)
}

fn unowned(session: &Session) -> Option<String> {
    misowned(session).map(|Misowned { partition, group, owners }| format!("{partition} has {owners} owners in group {group}"))
}

/// A partition that not exactly one member of a group owns.
struct Misowned {
    partition: TopicPartition,
    group: Arc<str>,
    owners: usize,
}

/// The first partition that nobody in a group with members owns, or more than one.
fn misowned(session: &Session) -> Option<Misowned> {
    let image = session.simulation().controllers().find(|controller| controller.is_active())?.image();
    for member in members(session) {
        let (Subscription::Topics(topics), Some(group)) = (member.subscription(), member.group()) else { continue };
        for topic in topics.iter().filter_map(|topic| image.topic(topic)) {
            for (index, _) in topic.iter() {
                let partition = topic.partition_name(index);
                let owns = |other: &&Consumer| other.group() == Some(group) && other.progress_of(&partition).is_some();
                let owners = members(session).filter(owns).count();
                if owners != 1 {
                    return Some(Misowned { partition, group: group.clone(), owners });
                }
            }
        }
    }
    None
}

/// The consumers that run.
fn members(session: &Session) -> impl Iterator<Item = &Consumer> {
    session.simulation().actors().filter_map(|(_, actor)| match actor {
        Actor::Consumer(consumer) if consumer.life() == Life::Running => Some(&**consumer),
        _ => None,
    })
}

/// A partition that nobody owns, and its group, where no consumer thinks that there is a rebalance.
pub(super) fn ownerless(session: &Session) -> Option<(TopicPartition, Arc<str>)> {
    let settled = members(session).all(|member| member.member_state() == Some(MemberState::Stable));
    let Misowned { partition, group, owners } = misowned(session).filter(|_| settled)?;
    (owners == 0).then_some((partition, group))
}

/// Up to where a partition can be read once all is done: to the high watermark at its leader, and of what is committed to the last stable
/// offset, where a transaction hangs. None where there is no such partition.
fn end_of(session: &Session, name: &TopicPartition, isolation: IsolationLevel) -> Option<i64> {
    let simulation = session.simulation();
    let leading = simulation.brokers().filter_map(|broker| broker.replicas().partition(name)).filter(|partition| partition.is_leader());
    let leader = leading.max_by_key(|partition| partition.leader_epoch())?;
    let end = leader.high_watermark();
    let stable = isolation == IsolationLevel::ReadCommitted && hangs(session, leader.log());
    Some(if stable { leader.log().last_stable_offset(end).0 } else { end.0 })
}

/// Whether a transaction is open in a log that no coordinator knows to be: a machine took with it what `__transaction_state` had not flushed.
/// In Apache Kafka such a one hangs, too, until an operator aborts it (`kafka-transactions.sh abort`).
fn hangs(session: &Session, log: &Log) -> bool {
    let simulation = session.simulation();
    let coordinated = |id: ProducerId| {
        let known = simulation.brokers().flat_map(|broker| broker.transactions()).flat_map(|(_, shard)| shard.transactions());
        known.map(Transaction::metadata).any(|known| known.producer_id == id && !known.state.has_ended())
    };
    let mut open = log.producers().iter().filter(|(_, state)| state.transaction_start.is_some());
    let killed = |event: &Event| matches!(event.kind, EventKind::NodeKilled { machine: true, .. });
    open.any(|(id, _)| !coordinated(id)) && simulation.trace().events().any(killed)
}

/// Records that producers with acks=all were told are written.
pub(super) fn acknowledged(session: &Session) -> u64 {
    let producers = session.simulation().actors().filter_map(|(_, actor)| match actor {
        Actor::Producer(producer) if producer.config().acks == Acks::All => Some(producer.acknowledged()),
        _ => None,
    });
    producers.sum()
}
