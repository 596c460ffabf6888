//! An event with all that brought it about, and all that it brought about.

use crate::base::{Event, EventId, EventKind};
use crate::playground::why::chain;
use crate::playground::words::{Namer, Rank, rank};
use crate::playground::{Because, Session};
use crate::view::EventView;
use crate::view::build::told;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many effects are told at most: the first ones. Of the others it is said how many there are.
pub const EFFECTS_MAX: usize = 80;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventStory {
    pub event: EventView,
    /// Nearest first; without the event itself.
    pub causes: Vec<EventView>,
    /// In the order in which they happened.
    pub effects: Vec<EventView>,
    /// So many effects more.
    pub more: u32,
}

/// Of an event and its causes, nearest first. None: the event is not kept, or has not happened.
pub(super) fn of(session: &Session, id: EventId, known: &[&Event]) -> Option<EventStory> {
    let trace = session.trace();
    let namer = Namer(session);
    let event = trace.get(id)?;
    let mut chain = chain(session, known).into_iter();
    // Its own sentence is as in the list of events.
    chain.next();
    let causes = chain.filter_map(|because| Some(retold(&namer, known.iter().find(|cause| cause.id == because.event)?, because))).collect();
    let (effects, more) = effects(session, &namer, id);
    Some(EventStory { event: told(&namer, event, false), causes, effects, more })
}

fn retold(namer: &Namer<'_>, event: &Event, because: Because) -> EventView {
    EventView { text: because.text, ..told(namer, event, false) }
}

/// What it caused, what that caused, and so on. Ids go up with time, and a cause comes before its effect: one pass finds all.
fn effects(session: &Session, namer: &Namer<'_>, id: EventId) -> (Vec<EventView>, u32) {
    // Ascending, so that a cause is found by bisection.
    let mut reached = vec![id];
    let mut effects: Vec<EventView> = Vec::new();
    let mut more = 0;
    for event in session.trace().since(id) {
        if event.cause.is_none_or(|cause| reached.binary_search(&cause).is_err()) {
            continue;
        }
        reached.push(event.id);
        if !is_told(&event.kind) {
            continue;
        }
        if effects.len() == EFFECTS_MAX {
            more += 1;
            continue;
        }
        let effect = told(namer, event, false);
        if effects.iter().rev().take(8).all(|before| before.text != effect.text) {
            effects.push(effect);
        }
    }
    (effects, more)
}

/// What happens without end (commits, what is read) is told where it is the event's own effect: it is, here.
fn is_told(kind: &EventKind) -> bool {
    match kind {
        EventKind::Acknowledged { .. } | EventKind::Consumed { .. } | EventKind::HighWatermark { .. } => !about_internal(kind),
        kind => rank(kind) != Rank::Background,
    }
}

fn about_internal(kind: &EventKind) -> bool {
    match kind {
        EventKind::Acknowledged { partition, .. } | EventKind::Consumed { partition, .. } | EventKind::HighWatermark { partition, .. } => {
            partition.topic.starts_with("__")
        }
        _ => false,
    }
}

/// The parties that a story's events tell of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    pub partitions: Vec<(Arc<str>, i32)>,
    pub groups: Vec<Arc<str>>,
    pub nodes: Vec<crate::base::NodeId>,
    pub clients: Vec<Arc<str>>,
}

impl EventStory {
    /// Whom the event, its causes and its effects tell of.
    pub fn parties(&self) -> Parties {
        let mut parties = Parties::default();
        for event in std::iter::once(&self.event).chain(&self.causes).chain(&self.effects) {
            add(&mut parties.partitions, event.partition.as_ref());
            add(&mut parties.groups, event.group.as_ref());
            add(&mut parties.nodes, event.node.as_ref());
            add(&mut parties.clients, event.client.as_ref());
        }
        parties
    }
}

fn add<T: Clone + PartialEq>(all: &mut Vec<T>, one: Option<&T>) {
    if let Some(one) = one.filter(|one| !all.contains(one)) {
        all.push(one.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playground::why::causes;
    use crate::playground::{Command, History, Setup};

    fn after_a_kill() -> (Session, EventId) {
        let history = History::scene(Setup::default()).expect("the scene can be had");
        let mut session = history.session().clone();
        session.apply(7, Command::KillBroker { node: 2, machine: false });
        let killed = session.trace().events().rev().find(|e| matches!(e.kind, EventKind::NodeKilled { .. })).map(|e| e.id);
        session.advance(session.now() + crate::base::Duration::from_secs(20));
        (session, killed.expect("the broker was killed"))
    }

    #[test]
    fn a_killed_leader_has_the_election_among_its_effects() {
        let (session, killed) = after_a_kill();
        let story = of(&session, killed, &causes(session.trace(), killed)).expect("the event is kept");
        assert!(story.causes.iter().any(|cause| &*cause.text == "you killed node 2"), "{:?}", story.causes);
        let elected = story.effects.iter().find(|e| e.text.contains("leads orders")).expect("another leads what it led");
        let partition = elected.partition.clone().expect("an election is about a partition");
        let parties = story.parties();
        assert!(parties.nodes.contains(&crate::base::NodeId(2)));
        assert!(parties.partitions.contains(&partition));
    }

    #[test]
    fn an_effect_names_the_event_among_its_causes() {
        let (session, killed) = after_a_kill();
        for effect in of(&session, killed, &causes(session.trace(), killed)).expect("the event is kept").effects {
            let causes = session.trace().why(EventId(effect.id));
            assert!(causes.iter().any(|cause| cause.id == killed), "{}", effect.text);
        }
    }

    #[test]
    fn what_has_not_happened_has_no_story() {
        let (session, _) = after_a_kill();
        assert_eq!(of(&session, EventId(u64::MAX), &[]), None);
    }
}
