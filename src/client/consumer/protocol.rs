//! What members say to their group's leader and the leader to them: the consumer protocol (`ConsumerProtocol`), and the sticky assignors'
//! memory, which travels in it as user data.

use crate::base::SortedMap;
use crate::base::{GenerationId, TopicPartition};
use crate::client::assignor::{Assignor, Member, Subscription};
use crate::wire::messages::join_group_response::JoinGroupResponseMember;
use crate::wire::messages::{
    ConsumerProtocolAssignment, ConsumerProtocolSubscription, consumer_protocol_assignment, consumer_protocol_subscription,
};
use crate::wire::{WireError, decode_versioned, encode_versioned};
use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use std::sync::Arc;

/// The latest version of both, which Java's consumer writes.
const VERSION: i16 = 3;

/// What an assignor remembers of the last assignment.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub partitions: Vec<TopicPartition>,
    /// None before the first assignment.
    pub generation: Option<GenerationId>,
}

/// A member's subscription for one of its assignors.
pub(super) fn encode_subscription(
    assignor: Assignor,
    topics: impl Iterator<Item = Arc<str>>,
    owned: &[TopicPartition],
    generation: GenerationId,
    rack: &str,
    memory: &Memory,
) -> Result<Bytes, WireError> {
    let owned_partitions = grouped(owned)
        .into_iter()
        .map(|(topic, partitions)| consumer_protocol_subscription::TopicPartition { topic: topic.to_string(), partitions });
    let mut message = ConsumerProtocolSubscription {
        topics: topics.map(|topic| topic.to_string()).collect(),
        user_data: user_data(assignor, memory),
        owned_partitions: owned_partitions.collect(),
        generation_id: generation.0,
        rack_id: (!rack.is_empty()).then(|| rack.to_owned()),
    };
    Ok(encode_versioned(&mut message, VERSION)?.to_bytes())
}

fn user_data(assignor: Assignor, memory: &Memory) -> Option<Bytes> {
    match assignor {
        Assignor::Range | Assignor::RoundRobin => None,
        Assignor::CooperativeSticky => Some(Bytes::copy_from_slice(&memory.generation.map_or(-1, |generation| generation.0).to_be_bytes())),
        Assignor::Sticky => memory.generation.map(|generation| {
            let topics = grouped(&memory.partitions);
            let mut data = BytesMut::new();
            data.put_i32(topics.len() as i32);
            for (topic, partitions) in topics {
                data.put_i16(topic.len() as i16);
                data.put_slice(topic.as_bytes());
                data.put_i32(partitions.len() as i32);
                partitions.into_iter().for_each(|partition| data.put_i32(partition));
            }
            data.put_i32(generation.0);
            data.freeze()
        }),
    }
}

/// Reads the sticky assignor's memory; what cannot be read counts as nothing.
fn read_sticky(mut data: Bytes) -> Option<(Vec<TopicPartition>, GenerationId)> {
    let mut partitions = Vec::new();
    for _ in 0..data.try_get_i32().ok()? {
        let length = usize::try_from(data.try_get_i16().ok()?).ok()?;
        if length > data.len() {
            return None;
        }
        let topic: Arc<str> = std::str::from_utf8(&data.split_to(length)).ok()?.into();
        for _ in 0..data.try_get_i32().ok()? {
            partitions.push(TopicPartition::new(topic.clone(), data.try_get_i32().ok()?));
        }
    }
    // The first version of it had no generation.
    Some((partitions, GenerationId(data.try_get_i32().unwrap_or(-1))))
}

/// A member as the assignor is to see it.
pub(super) fn decode_member(assignor: Assignor, member: &JoinGroupResponseMember) -> Result<Member, WireError> {
    let (_, message) = decode_versioned::<ConsumerProtocolSubscription>(member.metadata.clone())?;
    let mut owned: Vec<_> = message.owned_partitions.iter().flat_map(|topic| spread(&topic.topic, &topic.partitions)).collect();
    let mut generation = (message.generation_id >= 0).then_some(GenerationId(message.generation_id));
    match assignor {
        Assignor::Sticky => {
            let memory = message.user_data.and_then(read_sticky);
            generation = memory.as_ref().map(|(_, generation)| *generation);
            owned = memory.map(|(partitions, _)| partitions).unwrap_or_default();
        }
        Assignor::CooperativeSticky if generation.is_none() => {
            generation = message.user_data.and_then(|mut data| data.try_get_i32().ok()).map(GenerationId);
        }
        _ => {}
    }
    let subscription = Subscription {
        topics: message.topics.iter().map(|topic| topic.as_str().into()).collect(),
        owned,
        generation,
        instance: member.group_instance_id.as_deref().map(Into::into),
    };
    Ok(Member { id: member.member_id.as_str().into(), subscription })
}

pub(super) fn encode_assignment(partitions: &[TopicPartition]) -> Result<Bytes, WireError> {
    let assigned_partitions = grouped(partitions)
        .into_iter()
        .map(|(topic, partitions)| consumer_protocol_assignment::TopicPartition { topic: topic.to_string(), partitions });
    let mut message = ConsumerProtocolAssignment { assigned_partitions: assigned_partitions.collect(), user_data: None };
    Ok(encode_versioned(&mut message, VERSION)?.to_bytes())
}

/// No bytes at all stand for no partitions.
pub(super) fn decode_assignment(bytes: Bytes) -> Result<Vec<TopicPartition>, WireError> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    let (_, message) = decode_versioned::<ConsumerProtocolAssignment>(bytes)?;
    Ok(message.assigned_partitions.iter().flat_map(|topic| spread(&topic.topic, &topic.partitions)).collect())
}

fn spread(topic: &str, partitions: &[i32]) -> Vec<TopicPartition> {
    let topic: Arc<str> = topic.into();
    partitions.iter().map(|partition| TopicPartition::new(topic.clone(), *partition)).collect()
}

/// By topic.
pub(super) fn grouped(partitions: &[TopicPartition]) -> SortedMap<&Arc<str>, Vec<i32>> {
    let mut topics: SortedMap<&Arc<str>, Vec<i32>> = SortedMap::new();
    for partition in partitions {
        topics.entry(&partition.topic).or_default().push(partition.partition.0);
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(assignor: Assignor, memory: &Memory, owned: &[TopicPartition]) -> Member {
        let topics = ["orders"].into_iter().map(Arc::from);
        let metadata = encode_subscription(assignor, topics, owned, GenerationId(4), "", memory).expect("a subscription");
        decode_member(assignor, &JoinGroupResponseMember { member_id: "m".into(), metadata, ..Default::default() }).expect("a member")
    }

    #[test]
    fn a_subscription_tells_what_is_owned() {
        let owned = [TopicPartition::new("orders", 0), TopicPartition::new("orders", 2)];
        let member = back(Assignor::CooperativeSticky, &Memory::default(), &owned);
        assert_eq!((member.subscription.owned.as_slice(), member.subscription.generation), (&owned[..], Some(GenerationId(4))));
    }

    #[test]
    fn the_sticky_assignor_remembers_in_its_user_data() {
        let memory = Memory { partitions: vec![TopicPartition::new("orders", 1)], generation: Some(GenerationId(3)) };
        let member = back(Assignor::Sticky, &memory, &[]);
        assert_eq!((member.subscription.owned, member.subscription.generation), (memory.partitions, memory.generation));
    }

    #[test]
    fn an_assignment_comes_back_as_it_was() {
        let partitions = vec![TopicPartition::new("a", 0), TopicPartition::new("b", 1)];
        assert_eq!(decode_assignment(encode_assignment(&partitions).expect("bytes")), Ok(partitions));
        assert_eq!(decode_assignment(Bytes::new()), Ok(Vec::new()));
    }
}
