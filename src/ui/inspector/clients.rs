//! Groups, members and producers.

use super::facts::Facts;
use crate::ui::acts::ISOLATION;
use crate::ui::catalogue::{common, groups, inspector as say, publish};
use crate::ui::chosen::Chosen;
use crate::ui::words;
use crate::view::{GroupOffset, GroupView, MemberCondition, ProducerView, TransactionView};
use std::sync::Arc;

pub fn group(group: &GroupView) -> Facts {
    let mut facts = Facts::default();
    let lag: i64 = group.offsets.iter().filter_map(|o| o.lag).sum();
    facts.say(say::STATE, group.state.name());
    facts.say(say::GENERATION, group.generation.to_string());
    let coordinator = group.coordinator.map(|id| (say::broker(id.0), Chosen::Broker(id)));
    facts.lead(say::COORDINATOR, coordinator.into_iter().collect(), common::NONE);
    facts.say_some(say::ASSIGNOR, Some(group.assignor.to_string()));
    facts.lead(say::READS, group.topics.iter().map(|t| (t.to_string(), Chosen::Topic(Arc::clone(t)))).collect(), say::NOTHING);
    let members =
        group.members.iter().map(|m| (m.label.to_string(), Chosen::Member { group: Arc::clone(&group.name), label: Arc::clone(&m.label) }));
    facts.lead(say::MEMBERS, members.collect(), common::NONE);
    facts.say(say::LAG, words::number(lag));
    let mut late: Vec<&GroupOffset> = group.offsets.iter().filter(|o| o.lag.is_some_and(|lag| lag > 0)).collect();
    late.sort_unstable_by_key(|o| std::cmp::Reverse(o.lag));
    if !late.is_empty() {
        facts.lead(
            say::LATE_IN,
            late.into_iter().take(6).map(|o| (say::late(&o.topic, o.partition, o.lag.unwrap_or_default()), place(o))).collect(),
            "",
        );
    }
    facts
}

fn place(at: &GroupOffset) -> Chosen {
    Chosen::Partition { topic: Arc::clone(&at.topic), partition: at.partition }
}

pub fn member(group: &GroupView, label: &str) -> Option<Facts> {
    let (at, member) = group.members.iter().enumerate().find(|(_, m)| *m.label == *label)?;
    let owns = group.offsets.iter().filter(|o| o.owner == Some(at as u32));
    let state = member_state(&member.condition);
    let mut facts = Facts::default();
    facts.say(say::STATE, state);
    facts.lead(say::GROUP, vec![(group.name.to_string(), Chosen::Group(Arc::clone(&group.name)))], "");
    facts.lead(say::OWNS, owns.map(|o| (say::owned(&o.topic, o.partition, o.lag), place(o))).collect(), say::NOTHING);
    if member.leader {
        facts.say(say::GROUP_LEADER, say::ASSIGNS);
    }
    facts.say_some(say::PACE, member.per_minute.map(words::rate));
    facts.say_some(ISOLATION, member.isolation.map(|level| level.name().to_owned()));
    facts.say(say::CLIENT_ID, member.client_id.to_string());
    facts.say_some(say::MEMBER_ID, Some(member.id.to_string()));
    facts.say_some(say::INSTANCE_ID, member.instance_id.as_ref().map(|id| id.to_string()));
    facts.say_some(say::HOST, Some(member.host.to_string()));
    facts.say(say::SESSION, say::seconds(member.session_timeout_ms));
    Some(facts)
}

pub fn producer(producer: &ProducerView) -> Facts {
    let mut facts = Facts::default();
    let topic = producer.topic.as_ref().map(|t| (t.to_string(), Chosen::Topic(Arc::clone(t))));
    facts.lead(say::WRITES_TO, topic.into_iter().collect(), say::AS_TOLD);
    if producer.topic.is_some() {
        facts.say(say::RATE, say::rate(producer.per_minute, producer.running));
    }
    facts.say(say::ACKS, producer.acks.to_string());
    facts.say(publish::LINGER, publish::linger(producer.linger_ms, producer.batch_size, &producer.compression));
    facts.say(say::IDEMPOTENT, if producer.idempotent { common::YES } else { common::NO });
    facts.say_some(publish::IDENTITY, producer.identity.map(|(id, epoch)| publish::identity(id, epoch)));
    if let Some(transaction) = &producer.transaction {
        in_transactions(&mut facts, transaction);
    }
    facts.say(publish::QUEUE, publish::buffer(producer.buffer_used, producer.buffer_memory));
    facts.say(publish::REQUESTS, publish::requests(producer.in_flight, producer.in_flight_max));
    for queue in &producer.queues {
        let waiting = (queue.batches, queue.records, queue.bytes);
        facts.say(
            publish::BATCHES,
            publish::queue(&queue.topic, queue.partition, waiting, queue.in_flight, queue.attempts, queue.next_sequence),
        );
    }
    facts.say(say::ACKNOWLEDGED, words::number(producer.acknowledged as i64));
    facts.say(say::ON_THE_WAY, words::number(i64::from(producer.pending)));
    facts.say(say::FAILED, words::number(producer.failed as i64));
    for sticky in &producer.sticky {
        facts.say(say::STICKY, say::sticky(&sticky.topic, sticky.partition, sticky.bytes, sticky.batch_size));
    }
    facts.say_some(say::LAST_ERROR, producer.error.as_ref().map(|e| e.to_string()));
    facts
}

fn in_transactions(facts: &mut Facts, transaction: &TransactionView) {
    facts.say(say::TRANSACTIONAL_ID, transaction.transactional_id.to_string());
    facts.say(say::TRANSACTION, say::transaction(transaction.state));
    if let Some((error, message)) = &transaction.error {
        facts.say(say::BECAUSE, say::transaction_error(error, message));
    }
    if transaction.records > 0 || !transaction.partitions.is_empty() {
        facts.say(say::RECORDS_IN_IT, words::number(transaction.records as i64));
        let partition = |(topic, partition): &(Arc<str>, i32)| {
            (common::partition(topic, *partition), Chosen::Partition { topic: Arc::clone(topic), partition: *partition })
        };
        facts.lead_some(say::PARTITIONS_IN_IT, transaction.partitions.iter().map(partition).collect());
    }
    facts.say_some(say::ENDS_ONE, transaction.plan.map(|(records, abort)| say::transaction_plan(records, abort)));
    facts.say(say::ENDED, say::transactions_ended(transaction.committed, transaction.aborted));
    let coordinator = transaction.coordinator.map(|id| (say::broker(id.0), Chosen::Broker(id)));
    facts.lead(say::COORDINATOR, coordinator.into_iter().collect(), common::NONE);
}

/// What a member is at.
pub fn member_state(condition: &MemberCondition) -> &str {
    match condition {
        MemberCondition::Starting => say::STARTING,
        MemberCondition::AwaitsJoin => say::AWAITS_JOIN,
        MemberCondition::AwaitsSync => say::AWAITS_SYNC,
        MemberCondition::Stable => say::IN_GROUP,
        MemberCondition::Paused => groups::PAUSED,
        MemberCondition::Crashed => say::CRASHED,
        MemberCondition::Gone(how) => how,
    }
}
