//! Why something happened: the chain of its causes as sentences, down to a user's act, a timer, or what began by itself.

use super::Session;
use super::words::{EventSign, Namer, Rank, past, rank, sign, span};
use crate::base::{Event, EventId, EventKind, Instant, NodeId};
use crate::simulation::Trace;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many causes a chain tells at most.
pub const CHAIN_MAX: usize = 12;
/// How far causes are followed.
const DEPTH_MAX: usize = 4_096;

/// One link of a chain: what happened, because of the link after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Because {
    pub event: EventId,
    pub at: Instant,
    pub sign: EventSign,
    /// A clause without a full stop, to be read with "because" before it.
    pub text: Arc<str>,
}

/// The event and its causes, effect first. What only carries causes (requests, responses, connections) is left out, and so is what a
/// sentence before it says already. Empty where the event is not kept.
pub fn why(session: &Session, event: EventId) -> Vec<Because> {
    chain(session, &causes(session.trace(), event))
}

/// The event and its causes, as far as they are kept.
pub fn causes(trace: &Trace, event: EventId) -> Vec<&Event> {
    let mut causes = Vec::new();
    let mut next = trace.get(event);
    while let Some(event) = next.filter(|_| causes.len() < DEPTH_MAX) {
        causes.push(event);
        next = event.cause.filter(|cause| *cause < event.id).and_then(|cause| trace.get(cause));
    }
    causes
}

/// What is told of an event and its causes.
pub fn chain(session: &Session, causes: &[&Event]) -> Vec<Because> {
    let last = causes.len().saturating_sub(1);
    let mut chain: Vec<Because> = Vec::new();
    for (index, event) in causes.iter().enumerate() {
        let cause = causes.get(index + 1).copied();
        if index > 0 && !is_told(event, cause, index == last) {
            continue;
        }
        let link = link(session, event);
        if chain.last().is_none_or(|before| before.text != link.text) {
            chain.push(link);
        }
    }
    if chain.len() > CHAIN_MAX {
        let end = chain.split_off(chain.len() - 1);
        chain.truncate(CHAIN_MAX - 1);
        chain.extend(end);
    }
    chain
}

/// A chain as one line: `a ← b ← c`.
pub fn line(chain: &[Because]) -> String {
    chain.iter().map(|link| &*link.text).collect::<Vec<_>>().join(" ← ")
}

/// Whether a chain tells of a cause.
fn is_told(event: &Event, cause: Option<&Event>, is_last: bool) -> bool {
    let by_command = cause.is_some_and(|cause| matches!(cause.kind, EventKind::Command { .. } | EventKind::CommandDue { .. }));
    match &event.kind {
        EventKind::Command { .. } | EventKind::CommandDue { .. } | EventKind::Silence { .. } => true,
        // The command says it.
        _ if by_command && is_fault(&event.kind) => false,
        EventKind::LeaderElected { .. } | EventKind::Consumed { .. } | EventKind::FellBehind { .. } | EventKind::CaughtUp { .. } => true,
        EventKind::Timer { .. } => is_last,
        EventKind::GroupState { state, .. } => !matches!(&**state, "CompletingRebalance"),
        EventKind::Appended { partition, .. } => !partition.topic.starts_with("__"),
        EventKind::FrameLost { .. } | EventKind::ApiFault { .. } | EventKind::ConnectionBroken { .. } => true,
        kind => rank(kind) != Rank::Background,
    }
}

const fn is_fault(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::NodeKilled { .. }
            | EventKind::NodeStopping { .. }
            | EventKind::NodePaused { .. }
            | EventKind::NodeResumed { .. }
            | EventKind::NodeSlowed { .. }
            | EventKind::DiskFilled { .. }
            | EventKind::DiskFreed { .. }
            | EventKind::DiskSlowed { .. }
            | EventKind::ClockSet { .. }
            | EventKind::LinkCut { .. }
            | EventKind::LinkHealed { .. }
            | EventKind::LinkSet { .. }
            | EventKind::ApiFaultSet { .. }
            | EventKind::AllHealed
            | EventKind::ClientCrashed { .. }
            | EventKind::ClientPaused { .. }
            | EventKind::ClientResumed { .. }
            | EventKind::ClientStarted { .. }
    )
}

fn link(session: &Session, event: &Event) -> Because {
    let namer = Namer(session);
    let text = match &event.kind {
        EventKind::Command { text } => format!("you {}", past(text)),
        EventKind::LeaderElected { partition, leader: NodeId(-1), .. } => format!("{partition} has no leader"),
        EventKind::LeaderElected { partition, leader, epoch } => format!("{partition} has leader {leader}, epoch {epoch}"),
        EventKind::Silence { from, awaited, waited } => format!("no {awaited} from {} for {}", namer.silent(from), span(*waited)),
        kind => namer.sentence(event.process, kind),
    };
    Because { event: event.id, at: event.at, sign: sign(&event.kind), text: text.into() }
}
