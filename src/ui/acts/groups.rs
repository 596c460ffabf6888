//! What can be done to groups and members.

use super::{grave, item};
use crate::playground::{Assignor, Command, Reset};
use crate::ui::catalogue::acts as say;
use crate::ui::menus::{MenuAct, MenuItem};
use crate::ui::state::{Place, Sheet};
use crate::view::{GroupView, IsolationLevel, MemberCondition, View};
use std::sync::Arc;

pub fn group(group: &GroupView) -> Vec<MenuItem> {
    let send = |label: &str, command: Command| item(label, MenuAct::Send(Place::Group(Arc::clone(&group.name)), command));
    let mut items = vec![item(say::FOLLOW, MenuAct::Follow(Arc::clone(&group.name)))];
    if !group.topics.is_empty() {
        items.push(send(say::ADD_MEMBER, another_member(group)));
        items.push(item(say::ADD_MEMBER_AS, MenuAct::Open(Sheet::AddMember(Arc::clone(&group.name)))));
    }
    items.push(item(say::RESET_OFFSETS, MenuAct::Open(Sheet::Reset(Arc::clone(&group.name)))));
    if group.members.is_empty() {
        items.push(grave(send(say::DELETE_GROUP, Command::DeleteGroup { group: group.name.to_string() })));
    }
    items
}

pub fn member(view: &View, group: &Arc<str>, label: &str) -> Option<Vec<MenuItem>> {
    let of = view.groups.iter().find(|g| g.name == *group)?;
    let member = of.members.iter().find(|m| *m.label == *label)?;
    let send = |label: &str, command: Command| item(label, MenuAct::Send(Place::Group(Arc::clone(group)), command));
    let Some(consumer) = member.consumer.as_ref().map(|c| c.to_string()) else {
        // A static member that comes back takes its old place.
        let mut again = another_member(of);
        if let Command::AddConsumer { instance_id, name, .. } = &mut again {
            instance_id.clone_from(&member.instance_id.as_ref().map(|id| id.to_string()));
            *name = member.instance_id.as_ref().map(|_| label.to_owned());
        }
        return Some(vec![send(if member.instance_id.is_some() { say::RESTART_MEMBER } else { say::ANOTHER }, again)]);
    };
    if member.condition == MemberCondition::Paused {
        let resume = send(say::RESUME_MEMBER, Command::ResumeConsumer { consumer: consumer.clone() });
        return Some(vec![resume, grave(send(say::CRASH_MEMBER, Command::CrashConsumer { consumer }))]);
    }
    let pace = |per_minute| Command::SetConsumerPace { consumer: consumer.clone(), per_minute };
    let mut items = Vec::new();
    if member.per_minute.is_some() {
        items.push(send(say::READ_FAST, pace(None)));
    }
    if member.per_minute != Some(30) {
        items.push(send(say::READ_SLOW, pace(Some(30))));
    }
    items.push(send(say::PAUSE_MEMBER, Command::PauseConsumer { consumer: consumer.clone() }));
    items.push(send(say::STOP_MEMBER, Command::StopConsumer { consumer: consumer.clone() }));
    items.push(grave(send(say::CRASH_MEMBER, Command::CrashConsumer { consumer })));
    Some(items)
}

/// The config by which a consumer is told what of transactions it reads.
pub const ISOLATION: &str = "isolation.level";

/// One more of the same kind.
pub fn another_member(group: &GroupView) -> Command {
    let assignor = match &*group.assignor {
        "roundrobin" => Assignor::RoundRobin,
        "sticky" => Assignor::Sticky,
        "cooperative-sticky" => Assignor::CooperativeSticky,
        _ => Assignor::Default,
    };
    let mut levels = group.members.iter().filter_map(|member| member.isolation).peekable();
    let reads_committed = levels.peek().is_some() && levels.all(|level| level == IsolationLevel::ReadCommitted);
    Command::AddConsumer {
        group: group.name.to_string(),
        topics: group.topics.iter().map(|t| t.to_string()).collect(),
        name: None,
        assignor,
        from: Reset::Earliest,
        instance_id: None,
        per_minute: None,
        config: reads_committed.then(|| (ISOLATION.to_owned(), IsolationLevel::ReadCommitted.name().to_owned())).into_iter().collect(),
    }
}
