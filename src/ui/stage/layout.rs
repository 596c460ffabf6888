//! Where everything on the stage lies: which lanes a topic has, and at which height each thread begins and ends.

use super::lens::{CALLED, is_late, longest};
use super::order::{Orders, place_of, standing};
use super::spans::spans;
use crate::base::Order;
use crate::ui::chosen::Chosen;
use crate::ui::geometry::{Measures, STRIP, TAPES_MAX, TOUCH};
use crate::ui::state::State;
use crate::view::{GroupOffset, GroupState, GroupView, MemberCondition, MemberView, TopicView, View};
use std::rc::Rc;
use std::sync::Arc;

/// Members of a group beyond these are a line each.
const MEMBERS_MAX: usize = 12;

/// A group's line under a tape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub group: Arc<str>,
    /// The group that is followed.
    pub focus: bool,
    pub committed: Option<i64>,
    pub position: Option<i64>,
    pub lag: Option<i64>,
    /// The owner's pill.
    pub owner: Option<Arc<str>>,
    /// The owner's process does not answer any more.
    pub gone: bool,
    /// The partition changes hands: who had it before.
    pub was: Option<Arc<str>>,
}

/// One partition's thread: from its lane to its owner's line.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    pub group: Arc<str>,
    pub topic: Arc<str>,
    pub partition: i32,
    pub focus: bool,
    /// One of very many: drawn thin.
    pub fine: bool,
    /// One of those that wait most to be read.
    pub late: bool,
    pub from: f64,
    pub end: End,
    /// Where it ended before the group began to move.
    pub was: Option<Was>,
    /// Its owner has been asked to let go: its group rebalances.
    pub asked: bool,
    /// It is what the person points at, or chose.
    pub picked: bool,
}

/// A line that a thread has left, or leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Was {
    pub y: f64,
    /// Of a member that is gone.
    pub gone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// At the owner's line.
    Owner(f64),
    /// Assigned; the owner has not begun to fetch.
    Assigned(f64),
    /// The owner's process is gone; the group does not know it yet.
    Lost(f64),
    /// Held by nobody while the group rebalances.
    Loose,
}

/// What a member's line says of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Has,
    /// It comes from another, by that one's place among the members.
    Gets(u32),
    /// It had it; another has it now, or nobody yet.
    Had,
}

/// What the stage shows, in its order.
pub struct Layout<'a> {
    pub topics: Vec<&'a Arc<TopicView>>,
    pub groups: &'a [Arc<GroupView>],
    pub follow: Option<&'a GroupView>,
    /// In the order in which their tapes stand.
    pub order: Rc<Vec<Arc<str>>>,
    measures: &'static Measures,
    /// Fingers press, and not a pointer.
    touch: bool,
}

impl<'a> Layout<'a> {
    pub fn new(view: &'a View, state: &State) -> Self {
        let follow = state.follow.as_ref().and_then(|name| view.groups.iter().find(|g| g.name == *name)).or_else(|| view.groups.first());
        let topics: Vec<_> = view.topics.iter().filter(|topic| state.internal || !topic.internal).collect();
        let order = Rc::new(topics.iter().map(|topic| Arc::clone(&topic.name)).collect());
        Self { topics, groups: &view.groups, follow: follow.map(|g| &**g), order, measures: state.size.measures(), touch: state.size.touch }
    }

    fn follows(&self, group: &GroupView) -> bool {
        self.follow.is_some_and(|f| f.name == group.name)
    }

    /// The groups that have a lane under a topic's tapes, in order.
    pub fn groups_of(&self, topic: &TopicView) -> Vec<&'a Arc<GroupView>> {
        let reads = |g: &GroupView| g.topics.contains(&topic.name) || g.offsets.iter().any(|o| o.topic == topic.name);
        self.groups.iter().filter(|g| (!self.measures.one_lane || self.follows(g)) && reads(g)).collect()
    }

    /// What the followed group has not read yet of each partition.
    pub fn lags(&self, topic: &TopicView) -> Vec<i64> {
        let lag = |group: &GroupView, partition: i32| offset_of(group, &topic.name, partition).and_then(|o| o.lag).unwrap_or_default();
        topic.partitions.iter().map(|p| self.follow.map_or(0, |group| lag(group, p.index))).collect()
    }

    /// The partitions that wait most to be read: those that are called out.
    fn worst(&self, topic: &TopicView) -> Vec<i32> {
        let longest = longest(topic);
        let lags = self.lags(topic).into_iter().zip(&topic.partitions);
        let mut late: Vec<(i64, i32)> = lags.filter(|(lag, _)| is_late(*lag, longest)).map(|(lag, p)| (-lag, p.index)).collect();
        late.order();
        late.into_iter().take(CALLED).map(|(_, partition)| partition).collect()
    }

    pub fn lanes(&self, topic: &TopicView, groups: &[&Arc<GroupView>], partition: i32) -> Vec<Lane> {
        groups.iter().map(|group| self.lane(group, &topic.name, partition)).collect()
    }

    fn lane(&self, group: &GroupView, topic: &str, partition: i32) -> Lane {
        let offset = offset_of(group, topic, partition);
        let owner = offset.and_then(|o| o.owner).and_then(|i| group.members.get(i as usize));
        Lane {
            group: Arc::clone(&group.name),
            focus: self.follows(group),
            committed: offset.and_then(|o| o.committed),
            position: offset.and_then(|o| o.position),
            lag: offset.and_then(|o| o.lag),
            owner: owner.map(|m| Arc::clone(&m.label)),
            gone: owner.is_some_and(is_gone),
            was: offset.and_then(|o| o.was).and_then(|i| group.members.get(i as usize)).map(|m| Arc::clone(&m.label)),
        }
    }

    /// A group with too much to say of each member: a line each.
    pub fn is_compact(&self, group: &GroupView) -> bool {
        let dense = |name: &Arc<str>| self.topics.iter().any(|t| t.name == *name && t.partitions.len() > TAPES_MAX);
        group.members.len() > MEMBERS_MAX || group.topics.iter().any(dense)
    }

    /// Which partition of a dense topic stands open as a tape.
    pub fn opened(topic: &TopicView, lit: Option<i32>, state: &State) -> Option<i32> {
        let chosen = state.chosen.as_ref().and_then(|c| c.partition()).filter(|(name, _)| **name == *topic.name).map(|(_, p)| p);
        let ringed = state.rings.iter().find(|ring| ring.topic == topic.name).map(|ring| ring.partition);
        chosen.or(ringed).or(lit).filter(|p| (*p as usize) < topic.partitions.len())
    }

    /// Height of a full row with so many lanes.
    fn row(&self, lanes: usize) -> f64 {
        self.measures.tape + lanes as f64 * self.measures.lane + self.measures.row_gap
    }

    /// The threads of all groups, and the height of the stage's taller column. `opened` tells a dense topic's open row.
    pub fn threads(&self, state: &State, orders: &Orders, opened: impl Fn(&TopicView) -> Option<i32>) -> (Vec<Thread>, f64) {
        let m = self.measures;
        let ends = self.ends();
        let mut threads = Vec::new();
        let mut top = m.column_head;
        for topic in &self.topics {
            top += m.topic_head;
            let groups = self.groups_of(topic);
            let dense = topic.partitions.len() > TAPES_MAX;
            let open = if dense { opened(topic) } else { None };
            if dense {
                top += 4.0 + if self.touch { TOUCH } else { 0.0 };
            }
            let count = topic.partitions.len();
            let sorted = orders.get(&topic.name).filter(|_| dense);
            let stands = standing(&topic.partitions, sorted);
            let open = open.and_then(|open| place_of(open, sorted));
            let rows = if dense { spans(count, open) } else { (0..count).map(|at| at..at + 1).collect() };
            let worst = if dense { self.worst(topic) } else { Vec::new() };
            for row in rows {
                let full = !dense || (row.len() == 1 && open == Some(row.start));
                if dense && full {
                    top += 3.0;
                }
                let partitions = stands.get(row).unwrap_or_default();
                for (partition, (i, group)) in partitions.iter().flat_map(|p| groups.iter().enumerate().map(move |group| (p, group))) {
                    let from = if full { top + m.tape + (i as f64 + 0.5) * m.lane } else { top + STRIP / 2.0 };
                    let was = ends.had(group, &topic.name, partition.index);
                    if let Some(end) = ends.of(group, &topic.name, partition.index).or_else(|| was.map(|_| End::Loose)) {
                        threads.push(Thread {
                            group: Arc::clone(&group.name),
                            topic: Arc::clone(&topic.name),
                            partition: partition.index,
                            focus: self.follows(group),
                            fine: self.is_compact(group),
                            late: self.follows(group) && worst.contains(&partition.index),
                            from,
                            end,
                            was,
                            asked: rebalances(group.state) && matches!(end, End::Owner(_)),
                            picked: is_picked(state, group, &topic.name, partition.index),
                        });
                    }
                }
                top += match (full, dense) {
                    (true, false) => self.row(groups.len()),
                    (true, true) => self.row(groups.len()) - m.row_gap + 3.0,
                    (false, _) => STRIP,
                };
            }
        }
        threads.order_by_key(|t| t.focus);
        (threads, top.max(ends.height))
    }

    /// At which height each partition has its line in the groups' column, and where it had one before.
    fn ends(&self) -> Ends<'a> {
        let m = self.measures;
        let mut top = m.column_head;
        let line = if self.touch { TOUCH } else { m.line };
        let (mut lines, mut left) = (Vec::new(), Vec::new());
        for group in self.groups {
            if m.one_lane && !self.follows(group) {
                top += 32.0;
                continue;
            }
            top += m.group_head;
            let compact = self.is_compact(group);
            for (member, held) in group.members.iter().zip(hands(group, &self.order)) {
                let head = top;
                top += if compact { line } else { m.member_head };
                for (offset, hand) in held {
                    let y = if compact { head + line / 2.0 } else { top + m.own / 2.0 };
                    let at = (&*group.name, &*offset.topic, offset.partition);
                    match hand {
                        Hand::Had => left.push((at, Was { y, gone: is_gone(member) })),
                        _ if is_gone(member) => lines.push((at, End::Lost(y))),
                        _ if offset.owned => lines.push((at, End::Owner(y))),
                        _ => lines.push((at, End::Assigned(y))),
                    }
                    top += if compact { 0.0 } else { m.own };
                }
                top += if compact { 0.0 } else { m.member_gap };
            }
            if !compact {
                top += nobodys(group, &self.order).len() as f64 * m.own;
            }
            top += m.group_foot + m.group_gap;
        }
        lines.order_by(|a, b| a.0.cmp(&b.0));
        left.order_by(|a, b| a.0.cmp(&b.0));
        Ends { lines, left, height: top }
    }
}

/// A group's name, a topic's, and a partition.
type At<'a> = (&'a str, &'a str, i32);

struct Ends<'a> {
    lines: Vec<(At<'a>, End)>,
    left: Vec<(At<'a>, Was)>,
    height: f64,
}

impl Ends<'_> {
    fn of(&self, group: &GroupView, topic: &str, partition: i32) -> Option<End> {
        let at = self.lines.binary_search_by(|line| line.0.cmp(&(&*group.name, topic, partition)));
        at.ok().and_then(|at| self.lines.get(at)).map(|line| line.1)
    }

    fn had(&self, group: &GroupView, topic: &str, partition: i32) -> Option<Was> {
        let at = self.left.binary_search_by(|line| line.0.cmp(&(&*group.name, topic, partition)));
        at.ok().and_then(|at| self.left.get(at)).map(|line| line.1)
    }
}

/// What the person points at, or chose, in or around a thread.
fn is_picked(state: &State, group: &GroupView, topic: &str, partition: i32) -> bool {
    let here = |(t, p): (&str, i32)| t == topic && p == partition;
    let owner = || offset_of(group, topic, partition).and_then(|o| o.owner).and_then(|i| group.members.get(i as usize));
    state.near.as_ref().is_some_and(|(t, p)| here((t, *p)))
        || match &state.chosen {
            Some(Chosen::Member { group: of, label }) => *of == group.name && owner().is_some_and(|m| m.label == *label),
            Some(Chosen::Group(of)) => *of == group.name,
            Some(chosen) => chosen.partition().is_some_and(here),
            None => false,
        }
}

/// Each member's lines: what it has, gets, and had, in the order of the tapes, so that as few threads as possible cross.
pub fn hands<'g>(group: &'g GroupView, order: &[Arc<str>]) -> Vec<Vec<(&'g GroupOffset, Hand)>> {
    let mut hands = vec![Vec::new(); group.members.len()];
    let mut put = |member: Option<u32>, offset: &'g GroupOffset, hand: Hand| {
        if let Some(lines) = member.and_then(|member| hands.get_mut(member as usize)) {
            lines.push((offset, hand));
        }
    };
    for offset in &group.offsets {
        put(offset.owner, offset, offset.was.map_or(Hand::Has, Hand::Gets));
        put(offset.was.filter(|was| offset.owner != Some(*was)), offset, Hand::Had);
    }
    for lines in &mut hands {
        in_order(lines, order, |line: &(&'g GroupOffset, Hand)| line.0);
    }
    hands
}

/// What a group without members has committed: it stands there for those who come.
pub fn nobodys<'g>(group: &'g GroupView, order: &[Arc<str>]) -> Vec<&'g GroupOffset> {
    if group.state != GroupState::Empty {
        return Vec::new();
    }
    let mut lines: Vec<_> = group.offsets.iter().filter(|o| o.owner.is_none() && o.was.is_none()).collect();
    in_order(&mut lines, order, |line| line);
    lines
}

fn in_order<'g, T>(lines: &mut [T], order: &[Arc<str>], offset: impl Fn(&T) -> &'g GroupOffset) {
    lines.order_by_key(|line| {
        let offset = offset(line);
        (order.iter().position(|name| *name == offset.topic), offset.partition)
    });
}

/// Its process is gone, whether its group knows or not.
pub const fn is_gone(member: &MemberView) -> bool {
    matches!(member.condition, MemberCondition::Crashed | MemberCondition::Gone(_))
}

pub const fn rebalances(state: GroupState) -> bool {
    matches!(state, GroupState::PreparingRebalance | GroupState::CompletingRebalance)
}

fn offset_of<'g>(group: &'g GroupView, topic: &str, partition: i32) -> Option<&'g GroupOffset> {
    let at = group.offsets.binary_search_by(|o| (&*o.topic, o.partition).cmp(&(topic, partition)));
    at.ok().and_then(|at| group.offsets.get(at))
}
