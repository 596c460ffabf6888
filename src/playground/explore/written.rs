//! What groups have written of themselves, where that tells Kafka's own way from a mistake: a coordinator knows no more of what was before it.

use super::converge;
use crate::base::{EventKind, TopicPartition};
use crate::broker::partition::Partition;
use crate::coordinator::group::GroupRecord;
use crate::coordinator::group::partition::{GROUP_METADATA_TOPIC, partition_for};
use crate::coordinator::runtime::LogRecord;
use crate::playground::Session;
use crate::simulation::Actor;
use crate::wire::decode_versioned;
use crate::wire::messages::group_metadata_value::MemberMetadata;
use crate::wire::messages::{ConsumerProtocolAssignment, GroupMetadataValue};
use std::sync::Arc;

/// Whether the group's log has no word of the member id that a static member had when it was fenced: its coordinator failed before it had
/// written the generation with it, or what it had written is lost. The next one knows an id from before, and to it the member is not the one of its
/// `group.instance.id`; Apache Kafka 4.3.1 does so too (`tests/transcripts/failover-static-member`).
pub(super) fn is_forgotten(session: &Session, consumer: &str) -> bool {
    let known = session.simulation().actors().find_map(|(_, actor)| match actor {
        Actor::Consumer(actor) if **actor.name() == *consumer => Some((actor.group()?, actor.member_id()?)),
        _ => None,
    });
    let Some((group, member)) = known else { return false };
    let Some(written) = generations(session, group) else { return false };
    !written.iter().any(|value| value.members.iter().any(|known| *known.member_id == **member))
}

/// A group that owes itself a rebalance of which nobody knows: a static member gave a partition up, as the group's generation has it
/// (cooperatively, so that in this generation it is nobody's), and was gone before its coordinator had the next one. It came back under another
/// member id, which brings no rebalance. Apache Kafka 4.3.1 does so too (`tests/transcripts/failover-owed-rebalance`).
pub(super) fn owing(session: &Session) -> Option<Arc<str>> {
    let (partition, group) = converge::ownerless(session)?;
    let written = generations(session, &group)?;
    let now = written.last()?;
    let first = written.iter().find(|value| value.generation == now.generation)?;
    let before = written.iter().rev().find(|value| value.generation < now.generation);
    let came_back = if let Some(before) = before {
        let gave_up = before.members.iter().find(|member| has(member, &partition))?.group_instance_id.as_deref()?;
        id_of(first, gave_up)? != id_of(now, gave_up)?
    } else {
        // What was written before has been compacted away: it can be seen from outside.
        let gave_up = who_gave_up(session, &group, &partition)?;
        let is_its = |member: &MemberMetadata| member.group_instance_id.as_deref().is_some_and(|instance| is_id_of(&gave_up, instance));
        now.members.iter().any(|member| is_its(member) && *member.member_id != *gave_up)
    };
    (came_back && !now.members.iter().any(|member| has(member, &partition))).then_some(group)
}

/// The member id of the one that gave the partition up last.
fn who_gave_up(session: &Session, group: &str, partition: &TopicPartition) -> Option<Arc<str>> {
    let events = || session.simulation().trace().events();
    let (who, at) = events().rev().find_map(|event| match &event.kind {
        EventKind::Revoked { client, group: of, partitions, lost: false } if **of == *group && partitions.contains(partition) => {
            Some((Arc::clone(client), event.id))
        }
        _ => None,
    })?;
    events().rev().skip_while(|event| event.id > at).find_map(|event| match &event.kind {
        EventKind::MemberJoined { group: of, member, client } if **of == *group && *client == who => Some(Arc::clone(member)),
        _ => None,
    })
}

/// Whether a member id is one that a coordinator gave to a static member: its `group.instance.id`, and a random part.
fn is_id_of(id: &str, instance: &str) -> bool {
    id.strip_prefix(instance).is_some_and(|rest| rest.starts_with('-'))
}

/// The member id of a static member.
fn id_of<'a>(value: &'a GroupMetadataValue, instance: &str) -> Option<&'a str> {
    let member = value.members.iter().find(|member| member.group_instance_id.as_deref() == Some(instance))?;
    Some(&member.member_id)
}

/// Whether a member was assigned the partition.
fn has(member: &MemberMetadata, partition: &TopicPartition) -> bool {
    decode_versioned::<ConsumerProtocolAssignment>(member.assignment.clone()).is_ok_and(|(_, assignment)| {
        let mut topics = assignment.assigned_partitions.iter().filter(|topic| *topic.topic == *partition.topic);
        topics.any(|topic| topic.partitions.contains(&partition.partition.0))
    })
}

/// The group as it was written, again and again; none where its log has no leader.
fn generations(session: &Session, group: &str) -> Option<Vec<GroupMetadataValue>> {
    let logs = session.simulation().brokers().filter_map(|broker| {
        let topic = broker.image().topic(GROUP_METADATA_TOPIC)?;
        let name = topic.partition_name(partition_for(group, i32::try_from(topic.partitions.len()).ok()?));
        broker.replicas().partition(&name).filter(|partition| partition.is_leader())
    });
    let log = logs.max_by_key(|partition| partition.leader_epoch()).map(Partition::log)?;
    let records =
        log.batches(log.start_offset(), log.end_offset()).filter_map(|batch| batch.records().ok()).flatten().map_while(Result::ok);
    let decoded = records.filter_map(|record| GroupRecord::decode(LogRecord { key: record.key?, value: record.value }));
    let values = decoded.filter_map(|record| match record {
        GroupRecord::Group { group: of, value } if *of == *group => value,
        _ => None,
    });
    Some(values.collect())
}
