//! Topics, partitions and records.

use super::card::part_of;
use super::facts::Facts;
use crate::ui::catalogue::{common, inspector as say};
use crate::ui::chosen::Chosen;
use crate::ui::drawer::Standing;
use crate::ui::words;
use crate::view::{GroupView, IsolationLevel, PartitionView, TopicView, Unsettled, View};
use std::sync::Arc;

pub fn topic(view: &View, topic: &TopicView) -> Facts {
    let mut facts = Facts::default();
    let leaderless = topic.partitions.iter().filter(|p| p.leader.is_none()).count();
    let under = topic.partitions.iter().filter(|p| p.isr.len() < p.replicas.len()).count();
    facts.say(say::PARTITIONS, words::number(topic.partitions.len() as i64));
    facts.say(say::RECORDS, words::number(topic.records));
    facts.say(say::REPLICATION, say::replication(topic.replication_factor, topic.min_isr));
    facts.say(say::HEALTH, say::health(leaderless, under));
    let readers = view.groups.iter().filter(|g| reads(g, &topic.name));
    facts.lead(say::READ_BY, readers.map(|g| (g.name.to_string(), Chosen::Group(Arc::clone(&g.name)))).collect(), say::NOBODY_YET);
    let writers = view.producers.iter().filter(|p| p.topic.as_ref() == Some(&topic.name));
    facts.lead(say::WRITTEN_BY, writers.map(|p| (p.name.to_string(), Chosen::Producer(Arc::clone(&p.name)))).collect(), say::YOU_ALONE);
    for (name, value) in &topic.configs {
        facts.say(say::SETTING, format!("{name}={value}"));
    }
    facts.say(say::TOPIC_ID, topic.id.to_string());
    facts
}

fn reads(group: &GroupView, topic: &Arc<str>) -> bool {
    group.topics.contains(topic) || group.offsets.iter().any(|o| o.topic == *topic)
}

/// What the replicas are, and where each stands, is told below.
pub fn partition(view: &View, topic: &TopicView, part: &PartitionView) -> Facts {
    let mut facts = Facts::default();
    facts.lead(say::TOPIC, vec![(topic.name.to_string(), Chosen::Topic(Arc::clone(&topic.name)))], "");
    let leader = part.leader.map(|id| (say::led_by(id.0, part.leader_epoch), Chosen::Broker(id)));
    facts.lead(say::LEADER, leader.into_iter().collect(), common::NONE);
    facts.say(say::LOG, say::from_to(part.log_start, part.log_end));
    facts.say(say::HIGH_WATERMARK, words::number(part.high_watermark));
    if part.last_stable != part.high_watermark {
        facts.say(say::LAST_STABLE, say::last_stable(part.last_stable));
    }
    facts.say(say::ISR, say::in_sync(part.isr.len(), part.replicas.len(), topic.min_isr));
    if !part.removed.is_empty() {
        let (kept, gone) = (part.window.len(), part.removed.len());
        let last = part.removed.last().map(|last| (last.offset, &*last.why));
        facts.say(say::COMPACTED, say::removed(gone, kept + gone, last));
    }
    let reader = |group: &Arc<GroupView>| {
        let at = group.offsets.iter().find(|o| o.topic == topic.name && o.partition == part.index)?;
        Some((say::lag_of(&group.name, at.lag), Chosen::Group(Arc::clone(&group.name))))
    };
    facts.lead(say::READ_BY, view.groups.iter().filter_map(reader).collect(), say::NOBODY_YET);
    facts
}

/// Where a record is, and how safe and how read; what it says is told by its page. `found` is where it stands, as the log knows it: of what
/// lies on its tape, the view says it sooner.
pub fn record(view: &View, thing: &Chosen, found: Option<Standing>) -> Option<Facts> {
    let Chosen::Record { topic, partition, offset } = thing else { return None };
    let part = part_of(view, topic, *partition)?.1;
    let mut facts = Facts::default();
    let place = Chosen::Partition { topic: Arc::clone(topic), partition: *partition };
    facts.lead(say::PARTITION, vec![(format!("{topic} {partition}"), place)], "");
    let on_tape = part.window.binary_search_by_key(offset, |r| r.offset).ok().and_then(|at| part.window.get(at));
    let standing = on_tape.map(|record| Standing { kind: record.kind, transaction: record.transaction }).or(found);
    let Some(standing) = standing else { return Some(facts) };
    facts.say(say::STATE, say::record_state(*offset < part.high_watermark, standing.transaction.is_none()));
    let said = |group: &GroupView| {
        let passed_over = passes_over(group, standing) && is_past(group, topic, *partition, *offset);
        if passed_over { Some(say::passed_over(&group.name)) } else { reader(group, topic, *partition, *offset) }
    };
    let readers = view.groups.iter().filter_map(|g| Some((said(g)?, Chosen::Group(Arc::clone(&g.name)))));
    facts.lead(say::READ_BY, readers.collect(), say::NOBODY_YET);
    Some(facts)
}

/// Whether a group's members are not told of a record: it is a marker, or was aborted and they read what is committed.
fn passes_over(group: &GroupView, record: Standing) -> bool {
    let reads_committed = || group.members.iter().all(|member| member.isolation == Some(IsolationLevel::ReadCommitted));
    let aborted = record.transaction == Some(Unsettled::Aborted);
    record.kind.is_control() || aborted && !group.members.is_empty() && reads_committed()
}

fn is_past(group: &GroupView, topic: &str, partition: i32, offset: i64) -> bool {
    let at = group.offsets.iter().find(|o| *o.topic == *topic && o.partition == partition);
    at.is_some_and(|at| at.committed.max(at.position).is_some_and(|at| at > offset))
}

/// How far a group is with a record.
fn reader(group: &GroupView, topic: &str, partition: i32, offset: i64) -> Option<String> {
    let at = group.offsets.iter().find(|o| *o.topic == *topic && o.partition == partition)?;
    if at.committed.is_some_and(|c| c > offset) {
        Some(say::read_committed(&group.name))
    } else if at.position.is_some_and(|p| p > offset) {
        Some(say::read_uncommitted(&group.name))
    } else {
        None
    }
}
