//! Events in words: short sentences with a subject, in Kafka's own terms.

use super::Session;
use crate::base::{ConnectionId, Duration, EventKind, NodeId, ProcessId, Silent, TopicPartition, TransactionStep};
use crate::network::OUTSIDE;
use crate::simulation::{broker_process, controller_process};
use crate::wire::ApiKey;
use serde::{Deserialize, Serialize};

/// The mark before an event's sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EventSign {
    /// What you did.
    Command,
    /// A leader or a controller was chosen.
    Election,
    /// A group began to change, changes, or is done.
    Rebalance,
    /// A time ran out.
    Timer,
    /// Something was refused or given up.
    Fault,
    /// Records were written or read.
    Record,
    /// A process or a connection came or went; all the rest.
    #[default]
    Plain,
}

/// How much of an event the list tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Always.
    Told,
    /// While there are not too many.
    Minor,
    /// Only as a cause of others.
    Background,
}

/// A record was given up because its application aborted the transaction before it was sent: nothing is wrong.
pub fn is_abort(error: &str) -> bool {
    error == "TRANSACTION_ABORTED"
}

/// How much the list tells of an event of this kind.
pub fn rank(kind: &EventKind) -> Rank {
    let internal = |p: &TopicPartition| p.topic.starts_with("__");
    match kind {
        EventKind::Appended { partition, .. }
        | EventKind::LogStart { partition, .. }
        | EventKind::SegmentRolled { partition, .. }
        | EventKind::SegmentsDeleted { partition, .. }
        | EventKind::Compacted { partition, .. }
            if internal(partition) =>
        {
            Rank::Background
        }
        EventKind::Appended { .. } | EventKind::OffsetCommitted { .. } | EventKind::Duplicate { .. } | EventKind::SegmentRolled { .. } => {
            Rank::Minor
        }
        // It follows from the abort, which is told.
        EventKind::SendFailed { error, .. } if is_abort(error) => Rank::Minor,
        // What is aborted is seldom, and matters.
        EventKind::TransactionState { state, .. } if &**state != "PrepareAbort" => Rank::Minor,
        EventKind::ConfigChanged { resource, .. } if resource.starts_with("topic __") => Rank::Background,
        EventKind::LeaderElected { partition, epoch, .. } if internal(partition) || epoch.0 == 0 => Rank::Background,
        EventKind::FrameLost { .. } | EventKind::ApiFault { .. } | EventKind::ConnectionBroken { .. } => Rank::Minor,
        EventKind::Transaction { what: TransactionStep::Begun | TransactionStep::Committed | TransactionStep::Aborted, .. } => Rank::Minor,
        EventKind::Transaction { what: TransactionStep::Committing | TransactionStep::Aborting, .. } => Rank::Background,
        EventKind::IsrChanged { partition, .. } | EventKind::FellBehind { partition, .. } if internal(partition) => Rank::Background,
        EventKind::Timer { .. }
        | EventKind::ConnectionOpened { .. }
        | EventKind::ConnectionClosed { .. }
        | EventKind::Request { .. }
        | EventKind::Response { .. }
        | EventKind::HighWatermark { .. }
        | EventKind::Replicated { .. }
        | EventKind::CaughtUp { .. }
        | EventKind::CoordinatorLoaded { .. }
        | EventKind::ProducerIdAcquired { .. }
        | EventKind::Sent { .. }
        | EventKind::Acknowledged { .. }
        | EventKind::Consumed { .. }
        | EventKind::Sought { .. }
        | EventKind::Retried { .. } => Rank::Background,
        EventKind::Command { .. }
        | EventKind::Silence { .. }
        | EventKind::CommandDue { .. }
        | EventKind::CommandRefused { .. }
        | EventKind::NodeKilled { .. }
        | EventKind::NodeStopping { .. }
        | EventKind::NodeStopped { .. }
        | EventKind::NodePaused { .. }
        | EventKind::NodeResumed { .. }
        | EventKind::NodeSlowed { .. }
        | EventKind::DiskFilled { .. }
        | EventKind::DiskFreed { .. }
        | EventKind::DiskSlowed { .. }
        | EventKind::DiskFull { .. }
        | EventKind::InvariantBroken { .. }
        | EventKind::ClockSet { .. }
        | EventKind::LinkCut { .. }
        | EventKind::LinkHealed { .. }
        | EventKind::LinkSet { .. }
        | EventKind::ApiFaultSet { .. }
        | EventKind::AllHealed
        | EventKind::NodeStarted { .. }
        | EventKind::ControllerElected { .. }
        | EventKind::ControllerResigned { .. }
        | EventKind::CandidateStood { .. }
        | EventKind::BrokerRegistered { .. }
        | EventKind::BrokerUnfenced { .. }
        | EventKind::BrokerFenced { .. }
        | EventKind::BrokerUnregistered { .. }
        | EventKind::UncleanElection { .. }
        | EventKind::ReassignmentBegan { .. }
        | EventKind::ReassignmentEnded { .. }
        | EventKind::TopicCreated { .. }
        | EventKind::TopicDeleted { .. }
        | EventKind::PartitionsAdded { .. }
        | EventKind::LeaderElected { .. }
        | EventKind::IsrChanged { .. }
        | EventKind::FellBehind { .. }
        | EventKind::Truncated { .. }
        | EventKind::ConfigChanged { .. }
        | EventKind::LogStart { .. }
        | EventKind::SegmentsDeleted { .. }
        | EventKind::Compacted { .. }
        | EventKind::Refused { .. }
        | EventKind::GroupState { .. }
        | EventKind::MemberJoined { .. }
        | EventKind::MemberLeft { .. }
        | EventKind::MemberExpired { .. }
        | EventKind::GroupDeleted { .. }
        | EventKind::TransactionState { .. }
        | EventKind::TransactionalIdExpired { .. }
        | EventKind::ClientStarted { .. }
        | EventKind::ClientStopped { .. }
        | EventKind::ClientCrashed { .. }
        | EventKind::ClientPaused { .. }
        | EventKind::ClientResumed { .. }
        | EventKind::ClientFailed { .. }
        | EventKind::SendFailed { .. }
        | EventKind::TransactionFailed { .. }
        | EventKind::Assigned { .. }
        | EventKind::Revoked { .. } => Rank::Told,
    }
}

/// The mark before the sentence of an event of this kind.
pub fn sign(kind: &EventKind) -> EventSign {
    match kind {
        EventKind::SendFailed { error, .. } if is_abort(error) => EventSign::Record,
        EventKind::Command { .. } | EventKind::CommandDue { .. } => EventSign::Command,
        EventKind::ControllerElected { .. }
        | EventKind::CandidateStood { .. }
        | EventKind::LeaderElected { .. }
        | EventKind::IsrChanged { .. } => EventSign::Election,
        EventKind::ControllerResigned { .. } => EventSign::Fault,
        EventKind::GroupState { .. } | EventKind::Assigned { .. } | EventKind::Revoked { .. } => EventSign::Rebalance,
        EventKind::Timer { .. } | EventKind::Silence { .. } | EventKind::MemberExpired { .. } => EventSign::Timer,
        EventKind::Refused { .. }
        | EventKind::FellBehind { .. }
        | EventKind::Truncated { .. }
        | EventKind::SendFailed { .. }
        | EventKind::TransactionFailed { .. }
        | EventKind::ClientCrashed { .. }
        | EventKind::ClientPaused { .. }
        | EventKind::ClientFailed { .. }
        | EventKind::CommandRefused { .. }
        | EventKind::NodeKilled { .. }
        | EventKind::NodeStopping { .. }
        | EventKind::NodeStopped { .. }
        | EventKind::NodePaused { .. }
        | EventKind::NodeSlowed { .. }
        | EventKind::DiskFilled { .. }
        | EventKind::DiskSlowed { .. }
        | EventKind::DiskFull { .. }
        | EventKind::InvariantBroken { .. }
        | EventKind::ClockSet { .. }
        | EventKind::LinkCut { .. }
        | EventKind::LinkSet { .. }
        | EventKind::FrameLost { .. }
        | EventKind::ConnectionBroken { .. }
        | EventKind::ApiFaultSet { .. }
        | EventKind::ApiFault { .. }
        | EventKind::UncleanElection { .. }
        | EventKind::BrokerFenced { .. } => EventSign::Fault,
        EventKind::Appended { .. }
        | EventKind::Replicated { .. }
        | EventKind::HighWatermark { .. }
        | EventKind::LogStart { .. }
        | EventKind::SegmentRolled { .. }
        | EventKind::SegmentsDeleted { .. }
        | EventKind::Compacted { .. }
        | EventKind::Duplicate { .. }
        | EventKind::OffsetCommitted { .. }
        | EventKind::TransactionState { .. }
        | EventKind::Sent { .. }
        | EventKind::Acknowledged { .. }
        | EventKind::Transaction { .. }
        | EventKind::Consumed { .. }
        | EventKind::Sought { .. } => EventSign::Record,
        EventKind::ConnectionOpened { .. }
        | EventKind::ConnectionClosed { .. }
        | EventKind::Request { .. }
        | EventKind::Response { .. }
        | EventKind::NodeResumed { .. }
        | EventKind::DiskFreed { .. }
        | EventKind::LinkHealed { .. }
        | EventKind::AllHealed
        | EventKind::NodeStarted { .. }
        | EventKind::BrokerRegistered { .. }
        | EventKind::BrokerUnfenced { .. }
        | EventKind::BrokerUnregistered { .. }
        | EventKind::ReassignmentBegan { .. }
        | EventKind::ReassignmentEnded { .. }
        | EventKind::CaughtUp { .. }
        | EventKind::TopicCreated { .. }
        | EventKind::TopicDeleted { .. }
        | EventKind::PartitionsAdded { .. }
        | EventKind::ConfigChanged { .. }
        | EventKind::CoordinatorLoaded { .. }
        | EventKind::MemberJoined { .. }
        | EventKind::MemberLeft { .. }
        | EventKind::GroupDeleted { .. }
        | EventKind::TransactionalIdExpired { .. }
        | EventKind::ClientStarted { .. }
        | EventKind::ClientStopped { .. }
        | EventKind::ClientResumed { .. }
        | EventKind::ProducerIdAcquired { .. }
        | EventKind::Retried { .. } => EventSign::Plain,
    }
}

/// A command's text, `kill broker 2`, as what was done: `killed broker 2`.
pub fn past(text: &str) -> String {
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let done = match verb {
        "set" | "cut" | "let" => verb.to_owned(),
        "give" => "gave".to_owned(),
        "break" => "broke".to_owned(),
        "begin" => "began".to_owned(),
        "commit" => "committed".to_owned(),
        "make" => "made".to_owned(),
        "lose" => "lost".to_owned(),
        "take" => "took".to_owned(),
        "stop" => "stopped".to_owned(),
        "cancel" => "cancelled".to_owned(),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ if verb.bytes().all(|byte| byte.is_ascii_lowercase()) && verb.len() > 2 => format!("{verb}ed"),
        // No verb: "in 500 ms, kill broker 2".
        _ => return format!("said: {text}"),
    };
    format!("{done} {rest}").trim_end().to_owned()
}

/// Names things as the screen does.
pub struct Namer<'s>(pub &'s Session);

impl Namer<'_> {
    /// What a process is called.
    pub fn process(&self, process: ProcessId) -> String {
        if process == OUTSIDE {
            return "an outside client".to_owned();
        }
        // Those that do not run have their names all the same.
        for node in self.0.simulation().nodes().map(|node| node.id) {
            if process == broker_process(node) {
                return format!("broker {node}");
            }
            if process == controller_process(node) {
                return format!("controller {node}");
            }
        }
        let client = self.0.clients().iter().find(|c| c.process == process);
        client.map_or_else(|| "a client".to_owned(), |c| c.name.to_string())
    }

    /// A machine: a node, or a client's.
    fn machine(&self, process: ProcessId) -> String {
        self.0.simulation().node_of(process).map_or_else(|| self.process(process), |node| format!("node {node}"))
    }

    /// A member by the name of the client behind it: its id is the client's, a hyphen and a UUID of 36 characters.
    pub fn member(&self, member: &str) -> String {
        let parts = member.len().checked_sub(37).and_then(|end| Some((member.get(..end)?, member.get(end..)?)));
        let is_uuid = |tail: &str| tail.starts_with('-') && tail.chars().all(|c| c == '-' || c.is_ascii_hexdigit());
        parts.filter(|(client, tail)| !client.is_empty() && is_uuid(tail)).map_or(member, |(client, _)| client).to_owned()
    }

    /// A text in which members are named as on the screen.
    pub fn plain(&self, text: &str) -> String {
        text.split(' ').map(|word| self.member(word)).collect::<Vec<_>>().join(" ")
    }

    pub fn sentence(&self, process: ProcessId, kind: &EventKind) -> String {
        let who = || self.process(process);
        match kind {
            EventKind::Command { text } => format!("You {}", past(text)),
            EventKind::Timer { name } => format!("{}: {name} came due", who()),
            EventKind::Silence { from, awaited, waited } => {
                format!("{} had no {awaited} from {} for {}", who(), self.silent(from), span(*waited))
            }
            EventKind::ConnectionOpened { connection, to } => format!("{} connected to broker {to}", self.opener(*connection)),
            EventKind::ConnectionClosed { connection, error } => match error {
                Some(error) => format!("the connection of {} broke: {error}", self.opener(*connection)),
                None => format!("the connection of {} was closed", self.opener(*connection)),
            },
            EventKind::Request { api, version, bytes, .. } => format!("{} sent {} v{version}, {bytes} B", who(), api_name(*api)),
            EventKind::Response { connection, api, .. } => format!("{} answered {} of {}", who(), api_name(*api), self.opener(*connection)),
            EventKind::CommandDue { text, by_chance: true } => format!("drawn from the seed: {text}"),
            EventKind::CommandDue { text, by_chance: false } => format!("as scheduled: {text}"),
            EventKind::CommandRefused { text, reason } => format!("{text} could not be: {reason}"),
            EventKind::NodeKilled { node, machine: false } => format!("the process of node {node} died"),
            EventKind::NodeKilled { node, machine: true } => format!("the machine of node {node} died, with what was not flushed"),
            EventKind::NodeStopping { node } => format!("node {node} shuts down"),
            EventKind::NodeStopped { node } => format!("node {node} has shut down"),
            EventKind::NodePaused { node } => format!("node {node} stands still"),
            EventKind::NodeResumed { node } => format!("node {node} goes on"),
            EventKind::NodeSlowed { node, per_input } if per_input.is_zero() => format!("node {node} is as quick as ever"),
            EventKind::NodeSlowed { node, per_input } => {
                format!("node {node} is slow: every input takes it {}", span(*per_input))
            }
            EventKind::DiskFilled { node } => format!("the disk of node {node} is full"),
            EventKind::DiskFreed { node } => format!("the disk of node {node} has room again"),
            EventKind::DiskSlowed { node, per_append } if per_append.is_zero() => format!("the disk of node {node} is as quick as ever"),
            EventKind::DiskSlowed { node, per_append } => {
                format!("the disk of node {node} is slow: every append takes {}", span(*per_append))
            }
            EventKind::InvariantBroken { invariant, text } => format!("a mistake of this playground: {invariant}. {text}"),
            EventKind::DiskFull { node } => format!("node {node} could not append, its disk is full: it halts"),
            EventKind::ClockSet { node, offset_ms: 0 } => format!("the clock of node {node} is right"),
            EventKind::ClockSet { node, offset_ms } => format!("the clock of node {node} is wrong by {offset_ms} ms"),
            EventKind::LinkCut { from, to, one_way: true } => {
                format!("nothing that {} sends reaches {}", self.machine(*from), self.machine(*to))
            }
            EventKind::LinkCut { from, to, one_way: false } => {
                format!("the link between {} and {} is cut", self.machine(*from), self.machine(*to))
            }
            EventKind::LinkHealed { from, to } => format!("the link between {} and {} is whole", self.machine(*from), self.machine(*to)),
            EventKind::LinkSet { from, to, latency, .. } => {
                format!("the link between {} and {} takes {}", self.machine(*from), self.machine(*to), span(*latency))
            }
            EventKind::FrameLost { from, to, .. } => {
                format!("what {} sent to {} did not arrive", self.process(*from), self.process(*to))
            }
            EventKind::ConnectionBroken { connection, reason } => {
                format!("a connection of {} broke: {reason}", self.opener(*connection))
            }
            EventKind::ApiFaultSet { node, api, count, effect } => {
                format!(
                    "of node {node}, the next {} will be {effect}",
                    counted(i32::try_from(*count).unwrap_or(i32::MAX), &format!("{} response", api_name(*api)))
                )
            }
            EventKind::ApiFault { node, connection, api, effect } => {
                format!("the {} response of node {node} to {}: {effect}", api_name(*api), self.opener(*connection))
            }
            EventKind::AllHealed => "all that was broken is whole again".to_owned(),
            EventKind::NodeStarted { node } => format!("broker {node} started"),
            EventKind::ControllerElected { node, epoch } => {
                format!("node {node} leads the quorum in epoch {epoch}: it is the active controller")
            }
            EventKind::CandidateStood { node, epoch } => format!("node {node} stands for election as controller in epoch {epoch}"),
            EventKind::ControllerResigned { node, epoch } => format!("node {node} resigned as controller of epoch {epoch}"),
            EventKind::BrokerRegistered { node } => format!("broker {node} registered"),
            EventKind::BrokerUnfenced { node } => format!("the controller unfenced broker {node}: it may lead"),
            EventKind::BrokerFenced { node } => format!("the controller fenced broker {node}"),
            EventKind::BrokerUnregistered { node } => format!("broker {node} was unregistered"),
            EventKind::UncleanElection { partition, leader } => {
                format!("unclean election: broker {leader} is to lead {}, and may lack what was committed", name(partition))
            }
            EventKind::ReassignmentBegan { partition, replicas } => {
                format!("{} is being reassigned to {}", name(partition), brokers(replicas))
            }
            EventKind::ReassignmentEnded { partition, replicas } => {
                format!("{} is no longer being reassigned: it is on {}", name(partition), brokers(replicas))
            }
            EventKind::TopicCreated { topic, partitions, replication_factor } => {
                format!("{topic} was created: {}, replication factor {replication_factor}", counted(*partitions, "partition"))
            }
            EventKind::TopicDeleted { topic } => format!("{topic} was deleted"),
            EventKind::PartitionsAdded { topic, partitions } => format!("{topic} has {} now", counted(*partitions, "partition")),
            EventKind::LeaderElected { partition, leader: NodeId(-1), .. } => format!("{} has no leader", name(partition)),
            EventKind::LeaderElected { partition, leader, epoch } => format!("broker {leader} leads {}, epoch {epoch}", name(partition)),
            EventKind::IsrChanged { partition, isr } => {
                let ids = isr.iter().map(NodeId::to_string).collect::<Vec<_>>().join(", ");
                format!("in sync of {}: {}", name(partition), if ids.is_empty() { "nobody".to_owned() } else { ids })
            }
            EventKind::FellBehind { partition, replica } => {
                format!("{} asks to take broker {replica} out of the ISR of {}: it fell behind", who(), name(partition))
            }
            EventKind::CaughtUp { partition, replica } => {
                format!("{} asks to take broker {replica} into the ISR of {}: it caught up", who(), name(partition))
            }
            EventKind::Truncated { partition, offset, lost } => {
                let lost = counted(i32::try_from(*lost).unwrap_or(i32::MAX), "offset");
                format!("{} gave up {lost} of {}, from {offset} on, which its leader does not have", who(), name(partition))
            }
            EventKind::Replicated { partition, base_offset, records, .. } => {
                format!("{} copied {} of {}, from offset {base_offset} on", who(), counted(*records, "record"), name(partition))
            }
            EventKind::ConfigChanged { resource, name, value } => match value {
                Some(value) => format!("{name} of {resource} is {value} now"),
                None => format!("{name} of {resource} is the default again"),
            },
            EventKind::Appended { partition, base_offset, records, .. } => {
                format!("{} got {}, offset {base_offset}", name(partition), counted(*records, "record"))
            }
            EventKind::HighWatermark { partition, offset } => format!("high watermark of {} is {offset}", name(partition)),
            EventKind::LogStart { partition, offset } => format!("{} starts at {offset} now", name(partition)),
            EventKind::SegmentRolled { partition, base_offset } => {
                format!("{} began a segment of {} at {base_offset}", who(), name(partition))
            }
            EventKind::SegmentsDeleted { partition, from, to, segments, reason, .. } => {
                let (plural, last) = (if *segments == 1 { "" } else { "s" }, to.0.saturating_sub(1));
                format!("{} deleted {segments} segment{plural} of {}, offsets {from} to {last}, by {reason}", who(), name(partition))
            }
            EventKind::Compacted { partition, to, records_before, records_after, .. } => {
                format!("{} compacted {} up to {to}: {records_after} of {records_before} records stay", who(), name(partition))
            }
            EventKind::Duplicate { partition, base_offset } => {
                format!("{} had the batch at {base_offset} already: not written again", name(partition))
            }
            EventKind::Refused { partition, error } => format!("{} refused records of {}: {error}", who(), name(partition)),
            EventKind::CoordinatorLoaded { partition } => format!("{} loaded {}", who(), name(partition)),
            EventKind::GroupState { group, state, generation, reason } if reason.is_empty() => {
                format!("{group} is {state}, generation {generation}")
            }
            EventKind::GroupState { group, state, generation, reason } => {
                format!("{group} is {state}, generation {generation}: {}", self.plain(reason))
            }
            EventKind::MemberJoined { group, client, .. } => format!("{client} joined {group}"),
            EventKind::MemberLeft { group, member, reason } => format!("{} left {group}: {}", self.member(member), self.plain(reason)),
            EventKind::MemberExpired { group, member, reason } => {
                format!("{} was removed from {group}: {}", self.member(member), self.plain(reason))
            }
            EventKind::GroupDeleted { group } => format!("{group} was deleted"),
            EventKind::OffsetCommitted { group, partition, offset } => format!("{group} committed {} at {offset}", name(partition)),
            EventKind::TransactionState { transactional_id, state, epoch, reason, .. } => {
                format!("transactional id {transactional_id} is {state}, epoch {epoch}: {reason}")
            }
            EventKind::TransactionalIdExpired { transactional_id } => {
                format!("transactional id {transactional_id} was forgotten: nobody has used it for long")
            }
            EventKind::ClientStarted { client } => format!("{client} started"),
            EventKind::ClientStopped { client } => format!("{client} stopped"),
            EventKind::ClientFailed { client, error } => format!("{client} ended: {error}"),
            EventKind::ClientCrashed { client } => format!("{client} crashed: its process ended without a word"),
            EventKind::ClientPaused { client } => format!("{client} stands still"),
            EventKind::ClientResumed { client } => format!("{client} goes on"),
            EventKind::ProducerIdAcquired { producer, epoch } => format!("{} has producer id {producer}, epoch {epoch}", who()),
            EventKind::Sent { client, partition } => format!("{client} put a record into its batch for {}", name(partition)),
            EventKind::Acknowledged { client, partition, offset } => format!("{client} wrote to {} at offset {offset}", name(partition)),
            EventKind::SendFailed { client, partition, error } => format!("{client} gave up a record for {}: {error}", name(partition)),
            EventKind::Retried { client, error } => format!("{client} met {error}"),
            EventKind::Transaction { client, transactional_id, what } => match what {
                TransactionStep::Begun => format!("{client} began a transaction as {transactional_id}"),
                TransactionStep::Committing => format!("{client} commits its transaction as {transactional_id}"),
                TransactionStep::Committed => format!("{client} committed its transaction as {transactional_id}"),
                TransactionStep::Aborting => format!("{client} aborts its transaction as {transactional_id}"),
                TransactionStep::Aborted => format!("{client} aborted its transaction as {transactional_id}"),
            },
            EventKind::TransactionFailed { client, transactional_id, error, fatal: false } => {
                format!("{client} can only abort its transaction as {transactional_id}: {error}")
            }
            EventKind::TransactionFailed { client, transactional_id, error, fatal: true } => {
                format!("{client} can write no more as {transactional_id}: {error}")
            }
            EventKind::Assigned { client, partitions, generation, .. } if partitions.is_empty() => {
                format!("{client} was given no partition in generation {generation}")
            }
            EventKind::Assigned { client, partitions, .. } => format!("{client} was given {}", list(partitions)),
            EventKind::Revoked { client, partitions, lost: true, .. } => format!("{client} lost {}", list(partitions)),
            EventKind::Revoked { client, partitions, .. } => format!("{client} gave back {}", list(partitions)),
            EventKind::Consumed { client, partition, records, position } => {
                format!(
                    "{client} read {} of {}; next is {position}",
                    counted(i32::try_from(*records).unwrap_or(i32::MAX), "record"),
                    name(partition)
                )
            }
            EventKind::Sought { client, partition, position, reason } => {
                format!("{client} begins {} at {position}: {reason}", name(partition))
            }
        }
    }

    pub fn silent(&self, party: &Silent) -> String {
        match party {
            Silent::Broker { node } => format!("broker {node}"),
            Silent::Controller { node } => format!("controller {node}"),
            Silent::Client { client } => client.to_string(),
        }
    }

    fn opener(&self, connection: ConnectionId) -> String {
        self.process(connection.opener)
    }
}

fn api_name(key: i16) -> String {
    ApiKey::from_i16(key).map_or_else(|| format!("API {key}"), |api| api.name().to_owned())
}

fn name(partition: &TopicPartition) -> String {
    format!("{} {}", partition.topic, partition.partition)
}

/// `9 s`, `250 ms`, `500 µs`.
pub fn span(span: Duration) -> String {
    if !span.as_micros().is_multiple_of(1_000) {
        return format!("{} µs", span.as_micros());
    }
    let millis = span.as_millis();
    if millis >= 1_000 && millis.is_multiple_of(1_000) { format!("{} s", millis / 1_000) } else { format!("{millis} ms") }
}

fn counted(n: i32, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `orders 0, 1; payments 2`, cut short where they are many.
fn list(partitions: &[TopicPartition]) -> String {
    const SHOWN: usize = 8;
    let mut out = String::new();
    for (i, partition) in partitions.iter().take(SHOWN).enumerate() {
        let same = i.checked_sub(1).and_then(|p| partitions.get(p)).is_some_and(|before| before.topic == partition.topic);
        match (i, same) {
            (0, _) => out.push_str(&name(partition)),
            (_, true) => out.push_str(&format!(", {}", partition.partition)),
            (_, false) => out.push_str(&format!("; {}", name(partition))),
        }
    }
    if partitions.len() > SHOWN {
        out.push_str(&format!(" and {} more", partitions.len() - SHOWN));
    }
    out
}

/// `broker 2`, `brokers 2, 3`.
fn brokers(nodes: &[NodeId]) -> String {
    let ids: Vec<_> = nodes.iter().map(ToString::to_string).collect();
    format!("broker{} {}", if ids.len() == 1 { "" } else { "s" }, ids.join(", "))
}
