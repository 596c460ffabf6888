//! The facts of records, partitions and members.

use super::Facts;
use crate::ui::catalogue::{common, inspector as say};
use crate::ui::words;
use crate::view::{GroupView, MemberCondition, PartitionView, RecordView, View};

pub fn record(view: &View, topic: &str, part: &PartitionView, record: &RecordView) -> Facts {
    let committed = record.offset < part.high_watermark;
    let since = u64::try_from(record.timestamp_ms - view.epoch_ms).unwrap_or_default();
    let headers: Vec<String> =
        record.headers.iter().map(|(name, value)| format!("{name}={}", value.as_deref().unwrap_or(common::NULL))).collect();
    let readers: Vec<String> = view.groups.iter().filter_map(|g| reader(g, topic, part.index, record.offset)).collect();
    let mut facts = vec![
        (say::KEY, record.key.as_deref().unwrap_or(common::NULL).to_owned()),
        (say::VALUE, record.value.as_deref().unwrap_or(common::NULL).to_owned()),
        (say::STATE, if committed { say::COMMITTED } else { say::UNCOMMITTED }.to_owned()),
        (say::WRITTEN, crate::base::Instant::from_micros(since * 1_000).to_string()),
        (say::EPOCH, say::in_epoch(record.leader_epoch)),
    ];
    if record.producer_id >= 0 {
        facts.push((say::PRODUCER_ID, say::producer_id(record.producer_id)));
    }
    if !headers.is_empty() {
        facts.push((say::HEADERS, headers.join(", ")));
    }
    facts.push((say::READ_BY, if readers.is_empty() { say::NOBODY_YET.to_owned() } else { readers.join("; ") }));
    facts
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

/// What the replicas are, and where each stands, is told below.
pub fn partition(part: &PartitionView) -> Facts {
    let mut facts = vec![
        (say::LEADER, part.leader.map_or_else(|| common::NONE.to_owned(), |id| say::led_by(id.0, part.leader_epoch))),
        (say::LOG, say::from_to(part.log_start, part.log_end)),
        (say::HIGH_WATERMARK, words::number(part.high_watermark)),
    ];
    if !part.removed.is_empty() {
        let (kept, gone) = (part.window.len(), part.removed.len());
        let last = part.removed.last().map(|last| (last.offset, &*last.why));
        facts.push((say::COMPACTED, say::removed(gone, kept + gone, last)));
    }
    facts
}

pub fn member(group: &GroupView, label: &str) -> Option<Facts> {
    let (at, member) = group.members.iter().enumerate().find(|(_, m)| *m.label == *label)?;
    let owns: Vec<String> =
        group.offsets.iter().filter(|o| o.owner == Some(at as u32)).map(|o| format!("{} {}", o.topic, o.partition)).collect();
    let state = match &member.condition {
        MemberCondition::Starting => say::STARTING,
        MemberCondition::AwaitsJoin => say::AWAITS_JOIN,
        MemberCondition::AwaitsSync => say::AWAITS_SYNC,
        MemberCondition::Stable => say::IN_GROUP,
        MemberCondition::Crashed => say::CRASHED,
        MemberCondition::Gone(how) => how,
    };
    let mut facts = vec![
        (say::STATE, state.to_owned()),
        (say::CLIENT_ID, member.client_id.to_string()),
        (say::MEMBER_ID, member.id.to_string()),
        (say::HOST, member.host.to_string()),
        (say::SESSION, say::seconds(member.session_timeout_ms)),
        (say::OWNS, if owns.is_empty() { say::NOTHING.to_owned() } else { owns.join(", ") }),
    ];
    if member.leader {
        facts.push((say::LEADER, say::ASSIGNS.to_owned()));
    }
    if let Some(id) = &member.instance_id {
        facts.push((say::INSTANCE_ID, id.to_string()));
    }
    if let Some(pace) = member.per_minute {
        facts.push((say::PACE, words::rate(pace)));
    }
    Some(facts)
}
