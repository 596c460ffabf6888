//! Groups: what their coordinators know, and what the simulated consumers behind their members know besides.

use super::hands::{Course, Hands};
use crate::base::{Instant, NodeId, Order, ProcessId, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::broker::Groups;
use crate::client::Consumer;
use crate::client::consumer::{MemberState, Readiness};
use crate::coordinator::group::classic::{ClassicGroup, Member, State};
use crate::playground::{Client, Kind, Session};
use crate::simulation::Actor;
use crate::view::{GroupOffset, GroupState, GroupView, MemberCondition, MemberView, TopicView};
use crate::wire::decode_versioned;
use crate::wire::messages::ConsumerProtocolAssignment;
use bytes::Bytes;
use std::fmt::Debug;
use std::sync::Arc;

/// What a consumer owns, by topic and partition, and where it reads there.
type Positions = SortedMap<(Arc<str>, i32), Option<i64>>;

/// How many members' shares are remembered.
const ASSIGNED_MAX: usize = 4_096;

/// The groups that were shown last, in order of appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct GroupBook {
    known: Vec<Arc<GroupView>>,
    /// How often an outside client got a label.
    guests: u32,
    labels: SortedMap<Arc<str>, Arc<str>>,
    /// What members were given, by member id, and the bytes that say so.
    assigned: SortedMap<Arc<str>, (Bytes, Arc<Assigned>)>,
    hands: Hands,
}

/// What the group's leader gave a member.
type Assigned = SortedSet<(Arc<str>, i32)>;

/// A group's simulated consumers, in order of appearance.
#[derive(Default)]
struct Crowd<'s> {
    clients: Vec<(&'s Client, Option<&'s Consumer>)>,
    /// Their places by the member ids that they have or had.
    ids: SortedMap<&'s Arc<str>, usize>,
    /// Those that stand still.
    paused: Vec<ProcessId>,
}

impl<'s> Crowd<'s> {
    /// All crowds, by group.
    fn of(session: &'s Session) -> SortedMap<&'s Arc<str>, Self> {
        let mut crowds: SortedMap<&Arc<str>, Self> = SortedMap::new();
        for client in session.clients().iter() {
            let Some(group) = group_of(client) else { continue };
            let crowd = crowds.entry(group).or_default();
            let (consumer, place) = (consumer(session, client), crowd.clients.len());
            for id in [client.last_member_id.as_ref(), consumer.and_then(Consumer::member_id)].into_iter().flatten() {
                crowd.ids.entry(id).or_insert(place);
            }
            if session.simulation().is_paused(client.process) {
                crowd.paused.push(client.process);
            }
            crowd.clients.push((client, consumer));
        }
        crowds
    }

    /// Who is behind a member. A static one is a member before it hears of it: until then its group.instance.id tells.
    fn behind<T>(&self, member: &Member<T>) -> Option<(&'s Client, Option<&'s Consumer>)> {
        let joins = |(_, consumer): &(_, Option<&Consumer>)| {
            let instance = consumer.and_then(|consumer| consumer.config().group_instance_id.as_deref());
            instance.is_some() && instance == member.instance_id.as_deref()
        };
        self.ids.get(&member.id).and_then(|place| self.clients.get(*place)).or_else(|| self.clients.iter().find(|it| joins(it))).copied()
    }
}

/// A member, and what it was given.
struct Seat {
    view: MemberView,
    assigned: Arc<Assigned>,
    /// Where a simulated consumer stands; none: an outside client.
    positions: Option<Positions>,
}

impl GroupBook {
    pub fn look(&mut self, session: &Session, speed_tenths: u32, topics: &[Arc<TopicView>]) -> Vec<Arc<GroupView>> {
        self.hands.look(session, speed_tenths);
        let mut found: SortedMap<Arc<str>, (NodeId, &Groups)> = SortedMap::new();
        for broker in session.simulation().brokers() {
            for (_, shard) in broker.groups() {
                found.extend(shard.groups().map(|group| (Arc::clone(&group.id), (broker.node(), shard))));
            }
        }
        // Some groups exist only in the wishes of those who are about to join.
        let crowds = Crowd::of(session);
        self.known.retain(|known| found.contains_key(&known.name) || crowds.contains_key(&known.name));
        for name in found.keys().chain(crowds.keys().copied()) {
            if !self.known.iter().any(|known| known.name == *name) {
                self.known.push(Arc::new(GroupView { name: Arc::clone(name), ..GroupView::default() }));
            }
        }
        let nobody = Crowd::default();
        for at in 0..self.known.len() {
            let Some(before) = self.known.get(at).cloned() else { continue };
            let crowd = crowds.get(&before.name).unwrap_or(&nobody);
            let found = found.get(&before.name).copied();
            let forsaken = found.is_none() && before.generation > 0 && !session.simulation().brokers().any(|b| b.coordinates(&before.name));
            let view = if forsaken { forsaken_group(crowd, &before) } else { self.group(session.now(), crowd, topics, &before, found) };
            if *before != view
                && let Some(slot) = self.known.get_mut(at)
            {
                *slot = Arc::new(view);
            }
        }
        self.known.clone()
    }

    /// What is known of members is of another moment; groups keep their places as long as they are there.
    pub fn begin_anew(&mut self) {
        self.hands = Hands::default();
        for known in &mut self.known {
            let group = Arc::make_mut(known);
            group.members.clear();
            group.offsets.clear();
            group.generation = 0;
        }
    }

    fn group(
        &mut self,
        now: Instant,
        crowd: &Crowd<'_>,
        topics: &[Arc<TopicView>],
        before: &GroupView,
        found: Option<(NodeId, &Groups)>,
    ) -> GroupView {
        let group = found.and_then(|(_, shard)| shard.group(&before.name));
        let mut seats = group.map(|group| self.members(crowd, before, group)).unwrap_or_default();
        add_strangers(crowd, &mut seats);
        let state = group.map_or(GroupState::Empty, |group| state(group.state));
        let course = self.hands.course(&before.name, now);
        let moves = course.moves(now);
        if moves {
            keep_the_gone(before, &course.gone, &mut seats);
        }
        let labels = before.members.iter().map(|m| &m.label).chain(crowd.clients.iter().map(|(client, _)| &client.name));
        let mut places: SortedMap<&Arc<str>, usize> = SortedMap::new();
        for (place, label) in labels.enumerate() {
            places.entry(label).or_insert(place);
        }
        seats.order_by_key(|seat| places.get(&seat.view.label).copied().unwrap_or(usize::MAX));
        let mut subscribed: SortedSet<Arc<str>> = group.and_then(|g| g.subscribed_topics.clone()).unwrap_or_default();
        subscribed.extend(crowd.clients.iter().flat_map(|(client, _)| topics_of(client)).cloned());
        if subscribed.is_empty() {
            // An empty group goes on being about what it read.
            subscribed.extend(before.topics.iter().cloned());
        }
        let mut offsets = offsets(&before.name, topics, found.map(|(_, shard)| shard), &seats);
        note_outsiders(course, &seats);
        if moves {
            tell_who_had(course, topics, &seats, &mut offsets);
        }
        GroupView {
            name: Arc::clone(&before.name),
            state,
            generation: group.map_or(0, |g| g.generation.0),
            coordinator: found.map(|(node, _)| node),
            assignor: group.and_then(|g| g.protocol.clone()).unwrap_or_else(|| Arc::clone(&before.assignor)),
            topics: subscribed.into_iter().filter(|name| topics.iter().any(|t| t.name == *name)).collect(),
            offsets,
            event: course.event.map(|event| event.0),
            came: if moves { course.came.clone() } else { Vec::new() },
            members: seats.into_iter().map(|seat| seat.view).collect(),
        }
    }

    /// Those that the coordinator knows.
    fn members<T: Clone + Debug>(&mut self, crowd: &Crowd<'_>, before: &GroupView, group: &ClassicGroup<T>) -> Vec<Seat> {
        group.members.values().map(|member| self.member(crowd, before, group, member)).collect()
    }

    fn member<T: Clone + Debug>(&mut self, crowd: &Crowd<'_>, before: &GroupView, group: &ClassicGroup<T>, member: &Member<T>) -> Seat {
        let (client, consumer) = crowd.behind(member).unzip();
        let consumer = consumer.flatten();
        let known = || before.members.iter().find(|m| m.id == member.id);
        let view = MemberView {
            id: Arc::clone(&member.id),
            label: client.map_or_else(|| self.guest_label(&member.id), |client| Arc::clone(&client.name)),
            client_id: Arc::clone(&member.client_id),
            host: Arc::clone(&member.client_host),
            instance_id: member.instance_id.clone(),
            leader: group.is_leader(&member.id),
            condition: condition(crowd, group.state, client, consumer),
            session_timeout_ms: u32::try_from(member.session_timeout_ms).unwrap_or_default(),
            heard: consumer.and_then(Consumer::last_heartbeat).or_else(|| known().and_then(|m| m.heard)),
            consumer: client.filter(|c| c.crashed.is_none()).map(|c| Arc::clone(&c.name)),
            isolation: consumer.map(|consumer| consumer.config().isolation_level),
            per_minute: client.and_then(pace),
        };
        Seat { view, assigned: self.assignment(member), positions: consumer.map(positions) }
    }

    /// What the group's leader gave the member: read once.
    fn assignment<T>(&mut self, member: &Member<T>) -> Arc<Assigned> {
        if let Some((bytes, assigned)) = self.assigned.get(&member.id)
            && *bytes == member.assignment
        {
            return Arc::clone(assigned);
        }
        let assigned = Arc::new(assignment(member));
        if self.assigned.len() >= ASSIGNED_MAX {
            self.assigned.clear();
        }
        self.assigned.insert(Arc::clone(&member.id), (member.assignment.clone(), Arc::clone(&assigned)));
        assigned
    }

    /// A label for a client that is not ours: `m1`, `m2`, ….
    fn guest_label(&mut self, id: &Arc<str>) -> Arc<str> {
        if let Some(label) = self.labels.get(id) {
            return Arc::clone(label);
        }
        self.guests += 1;
        let label: Arc<str> = format!("m{}", self.guests).into();
        self.labels.insert(Arc::clone(id), Arc::clone(&label));
        label
    }
}

/// Consumers that the group does not know yet, or no more.
fn add_strangers(crowd: &Crowd<'_>, seats: &mut Vec<Seat>) {
    let known: SortedSet<Arc<str>> = seats.iter().map(|seat| Arc::clone(&seat.view.label)).collect();
    for (client, consumer) in crowd.clients.iter().filter(|(client, _)| client.crashed.is_none()) {
        let Some(consumer) = consumer.filter(|_| !known.contains(&client.name)) else { continue };
        let view = MemberView {
            label: Arc::clone(&client.name),
            client_id: Arc::clone(&client.name),
            session_timeout_ms: u32::try_from(consumer.config().session_timeout_ms).unwrap_or_default(),
            consumer: Some(Arc::clone(&client.name)),
            isolation: Some(consumer.config().isolation_level),
            per_minute: pace(client),
            condition: if crowd.paused.contains(&client.process) { MemberCondition::Paused } else { MemberCondition::Starting },
            ..MemberView::default()
        };
        seats.push(Seat { view, assigned: Arc::default(), positions: Some(positions(consumer)) });
    }
}

/// Members that were there a moment ago stay on the screen until the group has come to rest.
fn keep_the_gone(before: &GroupView, gone: &[(Arc<str>, Arc<str>)], seats: &mut Vec<Seat>) {
    let known = |label: &Arc<str>| before.members.iter().find(|m| m.label == *label);
    let mut keep = |label: &Arc<str>, how: &Arc<str>, member: MemberView| {
        if !seats.iter().any(|seat| seat.view.label == *label) {
            let view = MemberView { condition: MemberCondition::Gone(Arc::clone(how)), consumer: None, leader: false, ..member };
            seats.push(Seat { view, assigned: Arc::default(), positions: None });
        }
    };
    for (label, how) in gone.iter().rev() {
        let nameless = || MemberView { label: Arc::clone(label), client_id: Arc::clone(label), ..MemberView::default() };
        keep(label, how, known(label).cloned().unwrap_or_else(nameless));
    }
    for member in &before.members {
        let how = match &member.condition {
            MemberCondition::Gone(how) => Arc::clone(how),
            MemberCondition::Crashed => "session timed out".into(),
            _ => "left the group".into(),
        };
        keep(&member.label, &how, member.clone());
    }
}

/// A group that nobody coordinates: what was known of it last, while its members go on reading.
fn forsaken_group(crowd: &Crowd<'_>, before: &GroupView) -> GroupView {
    let mut view = GroupView { coordinator: None, ..before.clone() };
    for offset in &mut view.offsets {
        let owner = offset.owner.and_then(|owner| before.members.get(usize::try_from(owner).ok()?));
        let consumer = owner.and_then(|member| crowd.clients.iter().find(|(client, _)| client.name == member.label)?.1);
        let position = consumer.and_then(|consumer| positions(consumer).get(&(Arc::clone(&offset.topic), offset.partition)).copied());
        offset.position = position.flatten().or(offset.position);
    }
    view
}

/// What outside clients own is known of the coordinator alone.
fn note_outsiders(course: &mut Course, seats: &[Seat]) {
    for seat in seats.iter().filter(|seat| seat.positions.is_none() && seat.view.condition == MemberCondition::Stable) {
        for partition in seat.assigned.iter() {
            course.has(&seat.view.label, partition.clone());
        }
    }
}

/// Who had the partitions that are another's now, or nobody's.
fn tell_who_had(course: &Course, topics: &[Arc<TopicView>], seats: &[Seat], offsets: &mut Vec<GroupOffset>) {
    for ((topic, partition), label) in course.before().filter(|((topic, _), _)| topics.iter().any(|t| t.name == *topic)) {
        let was = seats.iter().position(|seat| seat.view.label == *label).and_then(|at| u32::try_from(at).ok());
        match offsets.binary_search_by(|o| (&o.topic, o.partition).cmp(&(topic, *partition))) {
            Ok(at) => {
                if let Some(offset) = offsets.get_mut(at) {
                    offset.was = was.filter(|was| offset.owner != Some(*was));
                }
            }
            Err(at) => {
                let (topic, partition) = (Arc::clone(topic), *partition);
                offsets.insert(at, GroupOffset { topic, partition, was, ..GroupOffset::default() });
            }
        }
    }
}

const fn state(state: State) -> GroupState {
    match state {
        State::Empty => GroupState::Empty,
        State::PreparingRebalance => GroupState::PreparingRebalance,
        State::CompletingRebalance => GroupState::CompletingRebalance,
        State::Stable => GroupState::Stable,
    }
}

fn condition(crowd: &Crowd<'_>, state: State, client: Option<&Client>, consumer: Option<&Consumer>) -> MemberCondition {
    if client.is_some_and(|client| crowd.paused.contains(&client.process)) {
        return MemberCondition::Paused;
    }
    if client.is_some_and(|client| client.crashed.is_some()) {
        return MemberCondition::Crashed;
    }
    let joined = consumer.and_then(Consumer::member_state).is_some_and(|s| s == MemberState::PreparingRebalance);
    match state {
        State::PreparingRebalance if joined => MemberCondition::AwaitsSync,
        State::PreparingRebalance => MemberCondition::AwaitsJoin,
        State::CompletingRebalance => MemberCondition::AwaitsSync,
        State::Stable | State::Empty => MemberCondition::Stable,
    }
}

fn group_of(client: &Client) -> Option<&Arc<str>> {
    match &client.kind {
        Kind::Consumer { group, .. } => Some(group),
        Kind::Producer(_) => None,
    }
}

fn topics_of(client: &Client) -> &[Arc<str>] {
    match &client.kind {
        Kind::Consumer { topics, .. } => topics,
        Kind::Producer(_) => &[],
    }
}

const fn pace(client: &Client) -> Option<u32> {
    match &client.kind {
        Kind::Consumer { per_minute, .. } => *per_minute,
        Kind::Producer(_) => None,
    }
}

fn consumer<'s>(session: &'s Session, client: &Client) -> Option<&'s Consumer> {
    match session.simulation().actor(client.process) {
        Some(Actor::Consumer(consumer)) => Some(consumer),
        _ => None,
    }
}

/// What the group's leader gave the member.
fn assignment<T>(member: &Member<T>) -> Assigned {
    let Ok((_, assignment)) = decode_versioned::<ConsumerProtocolAssignment>(member.assignment.clone()) else { return SortedSet::new() };
    let topics = assignment.assigned_partitions.into_iter();
    topics
        .flat_map(|t| {
            let name: Arc<str> = t.topic.into();
            t.partitions.into_iter().map(move |p| (Arc::clone(&name), p))
        })
        .collect()
}

/// What a consumer owns, and the offset it hands over next where it knows.
fn positions(consumer: &Consumer) -> Positions {
    let place = |p: &TopicPartition| (Arc::clone(&p.topic), p.partition.0);
    consumer.progress().map(|(p, at)| (place(p), (at.readiness == Readiness::Ready).then_some(at.position.0))).collect()
}

fn offsets(group: &str, topics: &[Arc<TopicView>], shard: Option<&Groups>, seats: &[Seat]) -> Vec<GroupOffset> {
    let mut all: SortedMap<(Arc<str>, i32), GroupOffset> = SortedMap::new();
    let mut entry = |topic: &Arc<str>, partition: i32, change: &mut dyn FnMut(&mut GroupOffset)| {
        let fresh = || GroupOffset { topic: Arc::clone(topic), partition, ..GroupOffset::default() };
        change(all.entry((Arc::clone(topic), partition)).or_insert_with(fresh));
    };
    for (topic, partitions) in shard.into_iter().flat_map(|shard| shard.offsets().of_group(group)) {
        for (partition, committed) in partitions {
            entry(topic, *partition, &mut |o| o.committed = Some(committed.offset.0));
        }
    }
    let is_known = shard.is_some_and(|shard| shard.group(group).is_some());
    for (owner, seat) in seats.iter().enumerate() {
        let owner = u32::try_from(owner).ok();
        match &seat.positions {
            // It may think so; but its group does not know it any more.
            Some(_) if seat.view.id.is_empty() && is_known => {}
            Some(owned) => {
                for ((topic, partition), position) in owned {
                    entry(topic, *partition, &mut |o| (o.owner, o.owned, o.position) = (owner, true, *position));
                }
                if seat.view.condition == MemberCondition::Stable {
                    for (topic, partition) in seat.assigned.iter().filter(|at| !owned.contains_key(*at)) {
                        entry(topic, *partition, &mut |o| o.owner = o.owner.or(owner));
                    }
                }
            }
            None => {
                for (topic, partition) in seat.assigned.iter() {
                    entry(topic, *partition, &mut |o| (o.owner, o.owned) = (owner, true));
                }
            }
        }
    }
    let log_end = |o: &GroupOffset| {
        let topic = topics.iter().find(|t| t.name == o.topic)?;
        Some(topic.partitions.get(usize::try_from(o.partition).ok()?)?.high_watermark)
    };
    let mut offsets: Vec<_> = all.into_values().collect();
    for offset in &mut offsets {
        offset.lag = log_end(offset).zip(offset.committed).map(|(end, committed)| (end - committed).max(0));
    }
    offsets.retain(|o| topics.iter().any(|t| t.name == o.topic));
    offsets
}
