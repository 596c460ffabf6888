//! What happened lately, told with its causes.

use crate::base::SortedMap;
use crate::base::{Event, EventId, EventKind, NodeId, Offset, Silent, TopicPartition};
use crate::playground::Session;
use crate::playground::words::{Namer, Rank, rank, sign};
use crate::view::EventView;
use crate::view::happening::forget;
use std::sync::Arc;

/// How many events are kept for the screen, causes included.
const KEPT: usize = 480;
/// Of the events since the last look, how many of the lesser ones are told: all where few come, and as many as one could follow where they
/// come in floods. What a look leaves of the allowance is there for the next ones.
const MINOR_TOLD: usize = 60;
const MINOR_EACH: usize = 1;
/// How far causes are followed.
const CAUSES_MAX: usize = 16;

/// The events on the screen, by id.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    last: Option<EventId>,
    /// Consumers commit again and again where they stand: only a move is told.
    committed: SortedMap<(Arc<str>, TopicPartition), Offset>,
    /// By id.
    told: Vec<Arc<EventView>>,
    /// How many of the lesser events have been told beyond what a look allows.
    flood: usize,
}

impl Story {
    /// The events to show, oldest first.
    pub fn look(&mut self, session: &Session) -> Vec<Arc<EventView>> {
        let trace = session.trace();
        let mut minor = self.flood.saturating_sub(MINOR_EACH);
        let mut fresh: Vec<&Event> = Vec::new();
        let since = self.last.unwrap_or(EventId(0));
        for event in trace.since(since).rev() {
            self.last = self.last.max(Some(event.id));
            match rank(&event.kind) {
                Rank::Told => fresh.push(event),
                Rank::Minor if minor < MINOR_TOLD => {
                    minor += 1;
                    fresh.push(event);
                }
                Rank::Minor | Rank::Background => {}
            }
            if fresh.len() >= KEPT {
                break;
            }
        }
        self.flood = minor;
        let namer = Namer(session);
        for event in fresh.into_iter().rev() {
            if self.is_repeated(&event.kind) {
                continue;
            }
            self.tell(&namer, event, false);
            self.tell_causes(&namer, event);
        }
        forget(&mut self.told, KEPT);
        self.told.clone()
    }

    fn is_repeated(&mut self, kind: &EventKind) -> bool {
        let EventKind::OffsetCommitted { group, partition, offset } = kind else { return false };
        self.committed.insert((Arc::clone(group), partition.clone()), *offset) == Some(*offset)
    }

    fn tell_causes(&mut self, namer: &Namer<'_>, event: &Event) {
        let mut next = event.cause;
        for _ in 0..CAUSES_MAX {
            let Some(cause) = next.and_then(|id| namer.0.trace().get(id)) else { return };
            if self.told.binary_search_by_key(&cause.id.0, |e| e.id).is_ok() {
                return;
            }
            self.tell(namer, cause, true);
            next = cause.cause;
        }
    }

    fn tell(&mut self, namer: &Namer<'_>, event: &Event, background: bool) {
        let view = Arc::new(told(namer, event, background));
        match self.told.binary_search_by_key(&view.id, |e| e.id) {
            Ok(at) => self.told.splice(at..=at, [view]).for_each(drop),
            Err(at) => self.told.insert(at, view),
        }
    }
}

/// An event as the screen tells it.
pub(in crate::view) fn told(namer: &Namer<'_>, event: &Event, background: bool) -> EventView {
    let (partition, group) = about(&event.kind);
    let (node, client) = party(namer, event);
    EventView {
        id: event.id.0,
        at: event.at,
        sign: sign(&event.kind),
        text: namer.sentence(event.process, &event.kind).into(),
        cause: event.cause.map(|cause| cause.0),
        background,
        partition: partition.map(|p| (Arc::clone(&p.topic), p.partition.0)),
        group: group.cloned(),
        node,
        client,
        decides: matches!(event.kind, EventKind::LeaderElected { .. } | EventKind::ControllerElected { .. } | EventKind::GroupState { .. }),
    }
}

/// The node or the client that an event is about; where it names none, the one it happened at.
fn party(namer: &Namer<'_>, event: &Event) -> (Option<NodeId>, Option<Arc<str>>) {
    match &event.kind {
        EventKind::NodeKilled { node, .. }
        | EventKind::NodeStopping { node }
        | EventKind::NodeStopped { node }
        | EventKind::NodePaused { node }
        | EventKind::NodeResumed { node }
        | EventKind::NodeSlowed { node, .. }
        | EventKind::DiskFilled { node }
        | EventKind::DiskFreed { node }
        | EventKind::DiskSlowed { node, .. }
        | EventKind::DiskFull { node }
        | EventKind::ClockSet { node, .. }
        | EventKind::ApiFaultSet { node, .. }
        | EventKind::NodeStarted { node }
        | EventKind::CandidateStood { node, .. }
        | EventKind::ControllerResigned { node, .. }
        | EventKind::ControllerElected { node, .. }
        | EventKind::BrokerRegistered { node }
        | EventKind::BrokerUnfenced { node }
        | EventKind::BrokerFenced { node }
        | EventKind::BrokerUnregistered { node }
        | EventKind::LeaderElected { leader: node, .. }
        | EventKind::UncleanElection { leader: node, .. }
        | EventKind::FellBehind { replica: node, .. }
        | EventKind::CaughtUp { replica: node, .. }
        | EventKind::Silence { from: Silent::Broker { node } | Silent::Controller { node }, .. } => {
            (Some(*node).filter(|id| id.0 >= 0), None)
        }
        EventKind::Silence { from: Silent::Client { client }, .. }
        | EventKind::MemberJoined { client, .. }
        | EventKind::ClientStarted { client }
        | EventKind::ClientStopped { client }
        | EventKind::ClientFailed { client, .. }
        | EventKind::ClientCrashed { client }
        | EventKind::Sent { client, .. }
        | EventKind::Acknowledged { client, .. }
        | EventKind::SendFailed { client, .. }
        | EventKind::Retried { client, .. }
        | EventKind::Transaction { client, .. }
        | EventKind::TransactionFailed { client, .. }
        | EventKind::Assigned { client, .. }
        | EventKind::Revoked { client, .. }
        | EventKind::Consumed { client, .. }
        | EventKind::Sought { client, .. } => (None, Some(Arc::clone(client))),
        EventKind::MemberLeft { member, .. } | EventKind::MemberExpired { member, .. } => (None, Some(namer.member(member).into())),
        EventKind::Command { .. } | EventKind::CommandDue { .. } | EventKind::CommandRefused { .. } | EventKind::AllHealed => (None, None),
        _ => {
            let node = namer.0.simulation().node_of(event.process);
            let client = namer.0.clients().iter().find(|client| client.process == event.process);
            (node, client.filter(|_| node.is_none()).map(|client| Arc::clone(&client.name)))
        }
    }
}

const fn about(kind: &EventKind) -> (Option<&TopicPartition>, Option<&Arc<str>>) {
    match kind {
        EventKind::OffsetCommitted { group, partition, .. } => (Some(partition), Some(group)),
        EventKind::LeaderElected { partition, .. }
        | EventKind::UncleanElection { partition, .. }
        | EventKind::ReassignmentBegan { partition, .. }
        | EventKind::ReassignmentEnded { partition, .. }
        | EventKind::Appended { partition, .. }
        | EventKind::HighWatermark { partition, .. }
        | EventKind::Replicated { partition, .. }
        | EventKind::IsrChanged { partition, .. }
        | EventKind::FellBehind { partition, .. }
        | EventKind::CaughtUp { partition, .. }
        | EventKind::Truncated { partition, .. }
        | EventKind::LogStart { partition, .. }
        | EventKind::SegmentRolled { partition, .. }
        | EventKind::SegmentsDeleted { partition, .. }
        | EventKind::Compacted { partition, .. }
        | EventKind::Duplicate { partition, .. }
        | EventKind::Refused { partition, .. }
        | EventKind::Sent { partition, .. }
        | EventKind::Acknowledged { partition, .. }
        | EventKind::SendFailed { partition, .. }
        | EventKind::Consumed { partition, .. }
        | EventKind::Sought { partition, .. }
        | EventKind::CoordinatorLoaded { partition } => (Some(partition), None),
        EventKind::GroupState { group, .. }
        | EventKind::MemberJoined { group, .. }
        | EventKind::MemberLeft { group, .. }
        | EventKind::MemberExpired { group, .. }
        | EventKind::GroupDeleted { group }
        | EventKind::Assigned { group, .. }
        | EventKind::Revoked { group, .. } => (None, Some(group)),
        _ => (None, None),
    }
}
