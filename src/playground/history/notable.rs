//! What a history remembers of what happened, for its timeline: notable events, and how much was written second by second.

use super::input::Position;
use crate::base::{Event, EventId, EventKind, Instant};
use crate::playground::Session;
use crate::playground::words::{EventSign, Namer, is_abort, sign};
use std::sync::Arc;

/// How many marks a history keeps; beyond, every second one of the older half goes.
pub const MARKS_MAX: usize = 1_024;
/// How many seconds are counted one by one; beyond, two at a time, and so on.
pub const COUNTS_MAX: usize = 3_600;

/// A notable event on the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub event: EventId,
    pub at: Instant,
    pub sign: EventSign,
    /// A short sentence.
    pub text: Arc<str>,
}

/// Whether an event of this kind is worth stopping for: something that changes who does what, fails or comes back. What a user does is
/// not: it is known as an input.
pub fn is_notable(kind: &EventKind) -> bool {
    match kind {
        EventKind::LeaderElected { partition, epoch, .. } => epoch.0 > 0 && !partition.topic.starts_with("__"),
        EventKind::IsrChanged { partition, .. } => !partition.topic.starts_with("__"),
        EventKind::SendFailed { error, .. } if is_abort(error) => false,
        EventKind::Silence { .. }
        | EventKind::CommandDue { .. }
        | EventKind::NodeKilled { .. }
        | EventKind::NodeStopped { .. }
        | EventKind::NodePaused { .. }
        | EventKind::NodeResumed { .. }
        | EventKind::DiskFull { .. }
        | EventKind::InvariantBroken { .. }
        | EventKind::LinkCut { .. }
        | EventKind::LinkHealed { .. }
        | EventKind::AllHealed
        | EventKind::Truncated { .. }
        | EventKind::NodeStarted { .. }
        | EventKind::ControllerElected { .. }
        | EventKind::ControllerResigned { .. }
        | EventKind::BrokerFenced { .. }
        | EventKind::BrokerUnfenced { .. }
        | EventKind::BrokerUnregistered { .. }
        | EventKind::UncleanElection { .. }
        | EventKind::ReassignmentBegan { .. }
        | EventKind::ReassignmentEnded { .. }
        | EventKind::TopicCreated { .. }
        | EventKind::TopicDeleted { .. }
        | EventKind::Refused { .. }
        | EventKind::GroupState { .. }
        | EventKind::MemberExpired { .. }
        | EventKind::ClientCrashed { .. }
        | EventKind::ClientPaused { .. }
        | EventKind::ClientResumed { .. }
        | EventKind::ClientFailed { .. }
        | EventKind::SendFailed { .. }
        | EventKind::TransactionFailed { .. } => true,
        EventKind::Command { .. }
        | EventKind::CommandRefused { .. }
        | EventKind::CandidateStood { .. }
        | EventKind::NodeStopping { .. }
        | EventKind::NodeSlowed { .. }
        | EventKind::DiskFilled { .. }
        | EventKind::DiskFreed { .. }
        | EventKind::DiskSlowed { .. }
        | EventKind::ClockSet { .. }
        | EventKind::LinkSet { .. }
        | EventKind::FrameLost { .. }
        | EventKind::ConnectionBroken { .. }
        | EventKind::ApiFaultSet { .. }
        | EventKind::ApiFault { .. }
        | EventKind::Timer { .. }
        | EventKind::ConnectionOpened { .. }
        | EventKind::ConnectionClosed { .. }
        | EventKind::Request { .. }
        | EventKind::Response { .. }
        | EventKind::BrokerRegistered { .. }
        | EventKind::PartitionsAdded { .. }
        | EventKind::ConfigChanged { .. }
        | EventKind::Appended { .. }
        | EventKind::Replicated { .. }
        | EventKind::FellBehind { .. }
        | EventKind::CaughtUp { .. }
        | EventKind::HighWatermark { .. }
        | EventKind::LogStart { .. }
        | EventKind::SegmentRolled { .. }
        | EventKind::SegmentsDeleted { .. }
        | EventKind::Compacted { .. }
        | EventKind::Duplicate { .. }
        | EventKind::CoordinatorLoaded { .. }
        | EventKind::MemberJoined { .. }
        | EventKind::MemberLeft { .. }
        | EventKind::GroupDeleted { .. }
        | EventKind::OffsetCommitted { .. }
        | EventKind::TransactionState { .. }
        | EventKind::TransactionalIdExpired { .. }
        | EventKind::ClientStarted { .. }
        | EventKind::ClientStopped { .. }
        | EventKind::ProducerIdAcquired { .. }
        | EventKind::Sent { .. }
        | EventKind::Acknowledged { .. }
        | EventKind::Retried { .. }
        | EventKind::Transaction { .. }
        | EventKind::Assigned { .. }
        | EventKind::Revoked { .. }
        | EventKind::Consumed { .. }
        | EventKind::Sought { .. } => false,
    }
}

/// What one history's timeline shows.
#[derive(Clone, Debug)]
pub(super) struct Chronicle {
    /// The last event that was looked at.
    seen: EventId,
    marks: Vec<Mark>,
    /// Records acknowledged, by span of `span_s` seconds.
    counts: Vec<u32>,
    span_s: u64,
}

impl Default for Chronicle {
    fn default() -> Self {
        Self { seen: EventId(0), marks: Vec::new(), counts: Vec::new(), span_s: 1 }
    }
}

impl Chronicle {
    /// Looks at what has happened since the last look.
    pub fn look(&mut self, session: &Session) {
        let Some(last) = session.trace().last().filter(|last| *last > self.seen) else { return };
        let seen = std::mem::replace(&mut self.seen, last);
        for event in session.trace().since(seen) {
            if let EventKind::Acknowledged { .. } = event.kind {
                self.count(event.at);
            } else if is_notable(&event.kind) {
                self.mark(session, event);
            }
        }
    }

    fn mark(&mut self, session: &Session, event: &Event) {
        // Of many alike in the same second the first one stands for all.
        let same = |mark: &&Mark| mark.sign == sign(&event.kind) && mark.at.as_millis() / 1_000 == event.at.as_millis() / 1_000;
        let text: Arc<str> = Namer(session).sentence(event.process, &event.kind).into();
        let recent = self.marks.iter().rev().take(16).filter(same);
        if recent.clone().count() >= 8 || recent.clone().any(|mark| mark.text == text) {
            return;
        }
        if self.marks.len() >= MARKS_MAX {
            let half = self.marks.len() / 2;
            let mut index = 0;
            self.marks.retain(|_| {
                index += 1;
                index > half || index % 2 == 0
            });
        }
        self.marks.push(Mark { event: event.id, at: event.at, sign: sign(&event.kind), text });
    }

    fn count(&mut self, at: Instant) {
        let mut slot = self.slot(at);
        while slot >= COUNTS_MAX {
            self.counts = self.counts.chunks(2).map(|pair| pair.iter().fold(0, |sum: u32, n| sum.saturating_add(*n))).collect();
            self.span_s *= 2;
            slot = self.slot(at);
        }
        if self.counts.len() <= slot {
            self.counts.resize(slot + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(slot) {
            *count = count.saturating_add(1);
        }
    }

    fn slot(&self, at: Instant) -> usize {
        usize::try_from(at.as_millis() / 1_000 / self.span_s).unwrap_or(usize::MAX)
    }

    /// Forgets what came after a point; `event` is the last until then.
    pub fn cut(&mut self, after: Position, event: EventId) {
        self.seen = self.seen.min(event);
        self.marks.retain(|mark| mark.event <= event);
        let slots = self.slot(after.at).saturating_add(1);
        self.counts.truncate(slots);
    }

    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Records acknowledged, and how many seconds each number stands for.
    pub fn counts(&self) -> (&[u32], u64) {
        (&self.counts, self.span_s)
    }
}
