//! Where everything on the stage lies: which lanes a topic has, and at which height each thread begins and ends.

use crate::base::Order;
use crate::ui::geometry::{Measures, STRIP, TAPES_MAX};
use crate::ui::state::State;
use crate::view::{GroupOffset, GroupState, GroupView, MemberCondition, TopicView, View};
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
    /// The group rebalances, and the partition has no owner at present.
    pub moving: bool,
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
    pub from: f64,
    pub end: End,
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

/// What the stage shows, in its order.
pub struct Layout<'a> {
    pub topics: Vec<&'a Arc<TopicView>>,
    pub groups: &'a [Arc<GroupView>],
    pub follow: Option<&'a GroupView>,
    measures: &'static Measures,
}

impl<'a> Layout<'a> {
    pub fn new(view: &'a View, state: &State) -> Self {
        let follow = state.follow.as_ref().and_then(|name| view.groups.iter().find(|g| g.name == *name)).or_else(|| view.groups.first());
        let topics = view.topics.iter().filter(|topic| state.internal || !topic.internal).collect();
        Self { topics, groups: &view.groups, follow: follow.map(|g| &**g), measures: state.size.measures() }
    }

    fn follows(&self, group: &GroupView) -> bool {
        self.follow.is_some_and(|f| f.name == group.name)
    }

    /// The groups that have a lane under a topic's tapes, in order.
    pub fn groups_of(&self, topic: &TopicView) -> Vec<&'a Arc<GroupView>> {
        let reads = |g: &GroupView| g.topics.contains(&topic.name) || g.offsets.iter().any(|o| o.topic == topic.name);
        self.groups.iter().filter(|g| (!self.measures.one_lane || self.follows(g)) && reads(g)).collect()
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
            gone: owner.is_some_and(|m| matches!(m.condition, MemberCondition::Crashed | MemberCondition::Gone(_))),
            moving: owner.is_none() && rebalances(group.state),
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
        chosen.or(lit).filter(|p| (*p as usize) < topic.partitions.len())
    }

    /// Height of a full row with so many lanes.
    fn row(&self, lanes: usize) -> f64 {
        self.measures.tape + lanes as f64 * self.measures.lane + self.measures.row_gap
    }

    /// The threads of all groups, and the height of the stage's taller column. `opened` tells a dense topic's open row.
    pub fn threads(&self, opened: impl Fn(&TopicView) -> Option<i32>) -> (Vec<Thread>, f64) {
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
                top += 4.0;
            }
            for partition in &topic.partitions {
                let full = !dense || open == Some(partition.index);
                if dense && full {
                    top += 3.0;
                }
                for (i, group) in groups.iter().enumerate() {
                    let from = if full { top + m.tape + (i as f64 + 0.5) * m.lane } else { top + STRIP / 2.0 };
                    if let Some(end) = end_of(&ends, group, &topic.name, partition.index) {
                        let (name, focus) = (Arc::clone(&group.name), self.follows(group));
                        threads.push(Thread {
                            group: name,
                            topic: Arc::clone(&topic.name),
                            partition: partition.index,
                            focus,
                            fine: self.is_compact(group),
                            from,
                            end,
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

    /// At which height each owned partition has its line in the groups' column.
    fn ends(&self) -> Ends<'a> {
        let m = self.measures;
        let mut top = m.column_head;
        let mut lines = Vec::new();
        for group in self.groups {
            if m.one_lane && !self.follows(group) {
                top += 32.0;
                continue;
            }
            top += m.group_head;
            let compact = self.is_compact(group);
            for (i, member) in group.members.iter().enumerate() {
                top += m.member_head;
                for offset in owned(group, i) {
                    let y = if compact { top - m.member_head / 2.0 } else { top + m.own / 2.0 };
                    let end = match member.condition {
                        MemberCondition::Crashed | MemberCondition::Gone(_) => End::Lost(y),
                        _ if offset.owned => End::Owner(y),
                        _ => End::Assigned(y),
                    };
                    lines.push((&*group.name, &*offset.topic, offset.partition, end));
                    top += if compact { 0.0 } else { m.own };
                }
                top += if compact { 0.0 } else { m.member_gap };
            }
            top += m.group_foot + m.group_gap;
        }
        lines.order_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        Ends { lines, height: top }
    }
}

struct Ends<'a> {
    lines: Vec<(&'a str, &'a str, i32, End)>,
    height: f64,
}

fn end_of(ends: &Ends<'_>, group: &GroupView, topic: &str, partition: i32) -> Option<End> {
    let at = ends.lines.binary_search_by(|line| (line.0, line.1, line.2).cmp(&(&*group.name, topic, partition)));
    let found = at.ok().and_then(|at| ends.lines.get(at)).map(|line| line.3);
    let had = || offset_of(group, topic, partition).is_some();
    found.or_else(|| (rebalances(group.state) && had()).then_some(End::Loose))
}

/// What a member owns, in order.
pub fn owned(group: &GroupView, member: usize) -> impl Iterator<Item = &GroupOffset> {
    group.offsets.iter().filter(move |o| o.owner == Some(member as u32))
}

pub const fn rebalances(state: GroupState) -> bool {
    matches!(state, GroupState::PreparingRebalance | GroupState::CompletingRebalance)
}

fn offset_of<'g>(group: &'g GroupView, topic: &str, partition: i32) -> Option<&'g GroupOffset> {
    let at = group.offsets.binary_search_by(|o| (&*o.topic, o.partition).cmp(&(topic, partition)));
    at.ok().and_then(|at| group.offsets.get(at))
}
