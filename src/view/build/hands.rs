//! Who had which partition before a group began to rebalance: told by the trace, so that a moment that was sought shows it as well as one
//! that was waited for.

use crate::base::{Duration, Event, EventId, EventKind, Instant, SortedMap};
use crate::playground::Session;
use crate::playground::words::Namer;
use std::sync::Arc;

/// How long a group is shown to have moved after it came to rest, at the pace of real time: long enough to read who had what, and who gets it.
const SETTLES_MS: u64 = 6_000;

/// A partition, and the label of the member that has it.
type Owners = SortedMap<(Arc<str>, i32), Arc<str>>;

/// All groups' courses, as far as the trace was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Hands {
    read: Option<EventId>,
    /// How long that is at the pace of time.
    settles: Duration,
    groups: SortedMap<Arc<str>, Course>,
}

/// What a group went through.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    /// Who was given what last.
    owners: Owners,
    /// Who had what when the group was at rest last.
    settled: Owners,
    /// Since when it is at rest; none while it rebalances.
    rest_since: Option<Instant>,
    settles: Duration,
    /// The last change of its state.
    pub event: Option<EventId>,
    /// Members that went since the group was at rest, and how.
    pub gone: Vec<(Arc<str>, Arc<str>)>,
    /// Members that joined since the group was at rest.
    pub came: Vec<Arc<str>>,
    /// How many of those that came, and that went, did so before the group came to rest last.
    over: (usize, usize),
}

impl Hands {
    /// Reads what happened since.
    pub fn look(&mut self, session: &Session, speed_tenths: u32) {
        self.settles = Duration::from_millis(SETTLES_MS * u64::from(speed_tenths.clamp(10, 100)) / 10);
        let namer = Namer(session);
        let trace = session.trace();
        for event in trace.since(self.read.unwrap_or(EventId(0))) {
            self.note(&namer, event);
            self.read = Some(event.id);
        }
    }

    /// What came of a group, and which of it is over by now.
    pub fn course(&mut self, group: &Arc<str>, now: Instant) -> &mut Course {
        let settles = self.settles;
        let course = self.groups.entry(Arc::clone(group)).or_default();
        course.settles = settles;
        course.come_to_rest(now);
        course
    }

    fn note(&mut self, namer: &Namer<'_>, event: &Event) {
        match &event.kind {
            EventKind::GroupState { group, state, .. } => {
                let course = self.course(group, event.at);
                course.event = Some(event.id);
                match (&**state, course.rest_since) {
                    ("Stable" | "Empty" | "Dead", _) => course.rest(event.at),
                    // It moves again: what it did before is over, whether it was shown for long or not.
                    (_, Some(_)) => course.settle(),
                    (_, None) => {}
                }
                if &**state == "Empty" {
                    course.owners.clear();
                }
            }
            EventKind::Assigned { client, group, partitions, .. } => {
                let course = self.course(group, event.at);
                course.owners.retain(|_, owner| owner != client);
                course.owners.extend(partitions.iter().map(|p| ((Arc::clone(&p.topic), p.partition.0), Arc::clone(client))));
            }
            EventKind::MemberJoined { group, member, .. } => {
                let label = namer.member(member).into();
                self.course(group, event.at).came.push(label);
            }
            EventKind::MemberLeft { group, member, reason } | EventKind::MemberExpired { group, member, reason } => {
                let label = namer.member(member).into();
                let how = namer.plain(reason).into();
                self.course(group, event.at).gone.push((label, how));
            }
            _ => {}
        }
    }
}

impl Course {
    fn come_to_rest(&mut self, now: Instant) {
        if self.rest_since.is_some_and(|since| now.since(since) >= self.settles) {
            self.settled.clone_from(&self.owners);
            self.forget();
        }
    }

    fn rest(&mut self, now: Instant) {
        self.rest_since = Some(now);
        self.over = (self.came.len(), self.gone.len());
    }

    /// It is at rest no more.
    fn settle(&mut self) {
        self.rest_since = None;
        self.settled.clone_from(&self.owners);
        self.forget();
    }

    /// Who came and went before the group was at rest is told no more.
    fn forget(&mut self) {
        let (came, gone) = std::mem::take(&mut self.over);
        self.came.drain(..came.min(self.came.len()));
        self.gone.drain(..gone.min(self.gone.len()));
    }

    /// A member whose assignment the trace does not tell: an outside client's.
    pub fn has(&mut self, label: &Arc<str>, partition: (Arc<str>, i32)) {
        self.owners.insert(partition, Arc::clone(label));
    }

    /// Whether the group rebalances, or has come to rest just now.
    pub fn moves(&self, now: Instant) -> bool {
        self.event.is_some() && self.rest_since.is_none_or(|since| now.since(since) < self.settles)
    }

    /// What each member had before, by topic and partition.
    pub fn before(&self) -> impl Iterator<Item = (&(Arc<str>, i32), &Arc<str>)> {
        self.settled.iter()
    }
}
