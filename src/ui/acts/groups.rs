//! What can be done to groups and members.

use super::{grave, item};
use crate::playground::{Assignor, Command, Reset};
use crate::ui::catalogue::acts as say;
use crate::ui::state::{MenuAct, MenuItem, Place};
use crate::view::{GroupView, View};
use std::sync::Arc;

pub fn group(group: &GroupView) -> Vec<MenuItem> {
    let send = |label: &str, command: Command| item(label, MenuAct::Send(Place::Group(Arc::clone(&group.name)), command));
    let mut items = vec![item(say::FOLLOW, MenuAct::Follow(Arc::clone(&group.name)))];
    if !group.topics.is_empty() {
        items.push(send(say::ADD_MEMBER, another_member(group)));
    }
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
        return Some(vec![send(say::ANOTHER, another_member(of))]);
    };
    let pace = |per_minute| Command::SetConsumerPace { consumer: consumer.clone(), per_minute };
    let mut items = Vec::new();
    if member.per_minute.is_some() {
        items.push(send(say::READ_FAST, pace(None)));
    }
    if member.per_minute != Some(30) {
        items.push(send(say::READ_SLOW, pace(Some(30))));
    }
    items.push(send(say::STOP_MEMBER, Command::StopConsumer { consumer: consumer.clone() }));
    items.push(grave(send(say::CRASH_MEMBER, Command::CrashConsumer { consumer })));
    Some(items)
}

/// One more of the same kind.
pub fn another_member(group: &GroupView) -> Command {
    let assignor = match &*group.assignor {
        "roundrobin" => Assignor::RoundRobin,
        "sticky" => Assignor::Sticky,
        "cooperative-sticky" => Assignor::CooperativeSticky,
        _ => Assignor::Default,
    };
    Command::AddConsumer {
        group: group.name.to_string(),
        topics: group.topics.iter().map(|t| t.to_string()).collect(),
        name: None,
        assignor,
        from: Reset::Earliest,
        instance_id: None,
        per_minute: None,
        config: Default::default(),
    }
}
