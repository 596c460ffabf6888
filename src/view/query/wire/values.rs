//! What a message says at a glance: its errors, and what it is about.

use super::exchange::Fault;
use crate::view::query::peers::Known;
use crate::wire::codec::{Name, Value};
use crate::wire::{ErrorCode, Inspection};

/// How long what it is about may be, in characters.
const ABOUT_MAX: usize = 72;
/// Of how many topics partitions are told.
const TOPICS_MAX: usize = 4;

/// What was seen in passing.
#[derive(Clone, Debug, Default)]
pub(super) struct Sight {
    /// Topics with the partitions that are named.
    topics: Vec<(String, Vec<i64>)>,
    others: Vec<String>,
    fault: Option<(i16, u32)>,
    /// A fetch session, and how often it was fetched in.
    session: Option<(i64, i64)>,
    /// A Produce request that wants no response.
    pub no_answer: bool,
}

/// Looks through a message once.
pub(super) fn sight_of(known: &Known<'_>, inspection: &Inspection) -> Sight {
    let mut sight = Sight::default();
    let mut field = "";
    let mut message = "";
    for note in &inspection.notes {
        if let Name::Field(name) = note.name {
            field = name;
            if note.depth == 0 {
                message = name;
            }
        }
        match (field, note.name, &note.value) {
            ("ErrorCode" | "PartitionErrorCode", Name::Field(_), Value::Int(code)) if *code != 0 => sight.count(*code),
            ("Acks", Name::Field(_), Value::Int(0)) if message == "ProduceRequest" => sight.no_answer = true,
            ("TopicId", _, Value::Uuid(id)) if !id.is_zero() => {
                let name = known.topic(*id).unwrap_or_else(|| id.to_string());
                sight.topic(name);
            }
            ("Topic" | "TopicName" | "Topics", _, Value::String(name)) => sight.topic(name.clone()),
            ("Name", _, Value::String(name)) if !message.starts_with("Api") => sight.topic(name.clone()),
            ("PartitionIndex" | "Partition" | "Index" | "PartitionIndexes" | "Partitions" | "PartitionId", _, Value::Int(index)) => {
                sight.partition(*index);
            }
            (
                "GroupId" | "TransactionalId" | "ResourceName" | "Key" | "CoordinatorKeys" | "Groups" | "GroupsNames",
                _,
                Value::String(name),
            ) if !name.is_empty() => {
                sight.other(name.clone());
            }
            ("GenerationId", Name::Field(_), Value::Int(generation)) if *generation >= 0 => {
                sight.other(format!("generation {generation}"));
            }
            ("BrokerId" | "CandidateId" | "NodeId", Name::Field(_), Value::Int(node)) if is_of_nodes(message) => {
                sight.other(format!("node {node}"));
            }
            ("SessionId", Name::Field(_), Value::Int(session)) if *session > 0 => sight.session = Some((*session, -1)),
            ("SessionEpoch", Name::Field(_), Value::Int(epoch)) => sight.session.iter_mut().for_each(|(_, of)| *of = *epoch),
            _ => {}
        }
    }
    sight
}

/// Those that nodes send of themselves: elsewhere a node's number says little.
fn is_of_nodes(message: &str) -> bool {
    ["BrokerRegistration", "BrokerHeartbeat", "UnregisterBroker", "AllocateProducerIds", "ControllerRegistration", "AlterPartition", "Vote"]
        .iter()
        .any(|name| message.strip_suffix("Request") == Some(name))
}

impl Sight {
    fn count(&mut self, code: i64) {
        let first = i16::try_from(code).unwrap_or(-1);
        let (_, count) = self.fault.get_or_insert((first, 0));
        *count += 1;
    }

    fn topic(&mut self, name: String) {
        if self.topics.len() <= TOPICS_MAX && self.topics.iter().all(|(known, _)| *known != name) {
            self.topics.push((name, Vec::new()));
        }
    }

    fn partition(&mut self, index: i64) {
        if let Some((_, partitions)) = self.topics.last_mut()
            && !partitions.contains(&index)
        {
            partitions.push(index);
        }
    }

    fn other(&mut self, text: String) {
        if self.others.len() <= TOPICS_MAX && !self.others.contains(&text) {
            self.others.push(text);
        }
    }

    pub fn fault(&self) -> Option<Fault> {
        let (code, count) = self.fault?;
        let known = ErrorCode::ALL.iter().find(|error| **error as i16 == code);
        Some(Fault { name: known.map_or_else(|| format!("error {code}").into(), |error| error.name().into()), count })
    }

    /// What the request is about; where it names nothing (a Fetch that asks for the same as before), what the response is.
    pub fn about(&self, told: &Self) -> String {
        let by = if self.topics.is_empty() && self.others.is_empty() { told } else { self };
        let mut text = by.others.join(", ");
        if let (true, true, Some((session, epoch))) = (text.is_empty(), by.topics.is_empty(), self.session) {
            return format!("session {session}, epoch {epoch}");
        }
        for (name, partitions) in by.topics.iter().take(TOPICS_MAX) {
            let comma = if text.is_empty() { "" } else { ", " };
            text.push_str(&format!("{comma}{name}"));
            partitions.iter().take(8).for_each(|partition| text.push_str(&format!(" {partition}")));
            if partitions.len() > 8 {
                text.push('…');
            }
        }
        if by.topics.len() > TOPICS_MAX || text.chars().count() > ABOUT_MAX {
            text = text.chars().take(ABOUT_MAX - 1).collect();
            text.push('…');
        }
        text
    }
}
