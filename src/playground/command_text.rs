//! Commands in words, as a user would say them: what the trace, a schedule and a refusal call them.

use super::command::{ApiEffect, Command, ConfigOf, Party, ResetTo, TransactionAct};
use std::fmt;

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(node) => write!(f, "node {node}"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for ApiEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost => f.write_str("are lost"),
            Self::Error(name) => write!(f, "answer {name}"),
            Self::Delay(ms) => write!(f, "take {ms} ms longer"),
        }
    }
}

fn list(replicas: &[i32]) -> String {
    let replicas: Vec<_> = replicas.iter().map(ToString::to_string).collect();
    replicas.join(", ")
}

fn owner(of: ConfigOf, name: &str) -> String {
    match of {
        ConfigOf::Topic => format!("topic {name}"),
        ConfigOf::Broker => format!("broker {name}"),
        ConfigOf::Brokers => "all brokers".to_owned(),
        ConfigOf::Group => format!("group {name}"),
    }
}

impl fmt::Display for ResetTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Earliest => f.write_str("to earliest"),
            Self::Latest => f.write_str("to latest"),
            Self::Current => f.write_str("to current"),
            Self::Offset { offset } => write!(f, "to offset {offset}"),
            Self::ShiftBy { by } => write!(f, "by {by}"),
            Self::Datetime { .. } => f.write_str("to a time"),
            Self::ByDuration { ms } => write!(f, "to {}.{:03} s ago", ms / 1_000, ms % 1_000),
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateTopic { name, .. } => write!(f, "create topic {name}"),
            Self::DeleteTopic { name } => write!(f, "delete topic {name}"),
            Self::AddPartitions { topic, total } => write!(f, "give topic {topic} {total} partitions"),
            Self::Publish { topic, .. } => write!(f, "publish to {topic}"),
            Self::PublishMany { topic, .. } => write!(f, "publish records to {topic}"),
            Self::StopPublishing { producer } => write!(f, "stop publishing as {producer}"),
            Self::AddProducer { topic, .. } => write!(f, "add a producer to {topic}"),
            Self::Transaction { producer, what: TransactionAct::Begin } => write!(f, "begin a transaction of {producer}"),
            Self::Transaction { producer, what: TransactionAct::Commit } => write!(f, "commit the transaction of {producer}"),
            Self::Transaction { producer, what: TransactionAct::Abort } => write!(f, "abort the transaction of {producer}"),
            Self::SetProducerRate { producer, per_minute } => write!(f, "set {producer} to {per_minute} records a minute"),
            Self::StopProducer { producer } => write!(f, "stop {producer}"),
            Self::StartProducer { producer } => write!(f, "start {producer}"),
            Self::RemoveProducer { producer } => write!(f, "remove {producer}"),
            Self::AddConsumer { group, .. } => write!(f, "add a consumer to group {group}"),
            Self::SetConsumerPace { consumer, per_minute: Some(rate) } => write!(f, "let {consumer} handle {rate} records a minute"),
            Self::SetConsumerPace { consumer, per_minute: None } => write!(f, "let {consumer} handle records as they come"),
            Self::StopConsumer { consumer } => write!(f, "stop {consumer}"),
            Self::CrashConsumer { consumer } => write!(f, "crash {consumer}"),
            Self::PauseConsumer { consumer } => write!(f, "pause {consumer}"),
            Self::ResumeConsumer { consumer } => write!(f, "resume {consumer}"),
            Self::ResetOffsets { group, topic, to, .. } => {
                let of = topic.as_ref().map(|topic| format!(" in {topic}")).unwrap_or_default();
                write!(f, "reset the offsets of {group}{of} {to}")
            }
            Self::DeleteGroup { group } => write!(f, "delete group {group}"),
            Self::ElectLeader { topic, partition, unclean: false } => write!(f, "elect the preferred leader of {topic}-{partition}"),
            Self::ElectLeader { topic, partition, unclean: true } => write!(f, "elect any leader of {topic}-{partition}"),
            Self::Reassign { topic, partition, replicas } => write!(f, "reassign {topic}-{partition} to {}", list(replicas)),
            Self::CancelReassignment { topic, partition } => write!(f, "cancel the reassignment of {topic}-{partition}"),
            Self::DeleteRecords { topic, partition, before: Some(before) } => {
                write!(f, "delete the records of {topic}-{partition} before {before}")
            }
            Self::DeleteRecords { topic, partition, before: None } => write!(f, "delete all records of {topic}-{partition}"),
            Self::AlterConfig { of, name, key, value: Some(value) } => write!(f, "set {key} of {} to {value}", owner(*of, name)),
            Self::AlterConfig { of, name, key, value: None } => write!(f, "set {key} of {} to its default", owner(*of, name)),
            Self::KillBroker { node, machine: false } => write!(f, "kill node {node}"),
            Self::KillBroker { node, machine: true } => write!(f, "cut the power of node {node}"),
            Self::StopBroker { node } => write!(f, "stop node {node}"),
            Self::RestartBroker { node } => write!(f, "restart node {node}"),
            Self::PauseBroker { node } => write!(f, "pause node {node}"),
            Self::ResumeBroker { node } => write!(f, "resume node {node}"),
            Self::SlowBroker { node, factor } => write!(f, "slow node {node} down by {factor}"),
            Self::FillDisk { node } => write!(f, "fill the disk of node {node}"),
            Self::FreeDisk { node } => write!(f, "free the disk of node {node}"),
            Self::SlowDisk { node, ms } => write!(f, "let every append of node {node} take {ms} ms"),
            Self::SetClock { node, offset_ms } => write!(f, "set the clock of node {node} wrong by {offset_ms} ms"),
            Self::CutLink { from, to, one_way: true } => write!(f, "cut the link from {from} to {to}"),
            Self::CutLink { from, to, one_way: false } => write!(f, "cut the link between {from} and {to}"),
            Self::HealLink { from, to } => write!(f, "heal the link between {from} and {to}"),
            Self::SetLink { from, to, latency_us, .. } => write!(f, "let the link between {from} and {to} take {latency_us} µs"),
            Self::BreakConnections { from, to } => write!(f, "break the connections between {from} and {to}"),
            Self::FaultApi { node, api, count, effect } => write!(f, "let the next {count} {api} responses of node {node} {effect}"),
            Self::HealAll => f.write_str("heal everything"),
            Self::Schedule { after_ms, command } => write!(f, "in {after_ms} ms, {command}"),
            Self::Chance { per_hour, command } => write!(f, "{per_hour} times an hour, by chance, {command}"),
        }
    }
}
