//! What can be done to topics, partitions and records.

use super::{grave, item};
use crate::playground::{Command, ConfigOf};
use crate::ui::catalogue::{acts as say, delete_records, producer};
use crate::ui::chosen::Span;
use crate::ui::drawer::{ConfigsForm, Form};
use crate::ui::menus::{MenuAct, MenuItem};
use crate::ui::state::{Place, Sheet};
use crate::view::View;
use std::sync::Arc;

/// Nothing, of Kafka's own.
pub fn topic(view: &View, name: &Arc<str>) -> Option<Vec<MenuItem>> {
    view.topics.iter().find(|t| t.name == *name).filter(|t| !t.internal)?;
    Some(vec![
        item(say::PUBLISH_HERE, MenuAct::Publish(Arc::clone(name), None)),
        item(say::MESSAGES, MenuAct::Messages(Form::of(Arc::clone(name), None))),
        item(say::SETTINGS, MenuAct::Configs(ConfigsForm::of(ConfigOf::Topic, Arc::clone(name)))),
        item(producer::ADD_WITH, MenuAct::Open(Sheet::AddProducer(Some(Arc::clone(name))))),
        item(say::ADD_PARTITIONS, MenuAct::Open(Sheet::AddPartitions(Arc::clone(name)))),
        grave(item(say::DELETE_TOPIC, MenuAct::ConfirmDelete(Arc::clone(name)))),
    ])
}

pub fn partition(view: &View, topic: &Arc<str>, partition: i32) -> Option<Vec<MenuItem>> {
    let of = view.topics.iter().find(|t| t.name == *topic)?;
    let part = of.partitions.get(usize::try_from(partition).ok()?)?;
    let send = |label: &str, command: Command| item(label, MenuAct::Send(Place::Partition(Arc::clone(topic), partition), command));
    let elect = |unclean: bool| Command::ElectLeader { topic: topic.to_string(), partition, unclean };
    let mut items = Vec::new();
    if !of.internal {
        items.push(item(say::PUBLISH_HERE, MenuAct::Publish(Arc::clone(topic), Some(partition))));
    }
    items.push(item(say::MESSAGES, MenuAct::Messages(Form::of(Arc::clone(topic), Some(partition)))));
    items.push(send(say::ELECT_PREFERRED, elect(false)));
    if part.leader.is_none() {
        items.push(grave(send(say::ELECT_UNCLEAN, elect(true))));
    }
    if !part.adding.is_empty() || !part.removing.is_empty() {
        items.push(send(say::CANCEL_REASSIGNMENT, Command::CancelReassignment { topic: topic.to_string(), partition }));
    }
    if !of.internal && part.log_end > part.log_start {
        items.push(grave(item(delete_records::OPEN, MenuAct::Open(Sheet::DeleteRecords(Arc::clone(topic), partition)))));
    }
    Some(items)
}

/// Of a record that its tape shows.
pub fn record(view: &View, topic: &Arc<str>, partition: i32, offset: i64) -> Option<Vec<MenuItem>> {
    let of = view.topics.iter().find(|t| t.name == *topic)?;
    let part = of.partitions.get(usize::try_from(partition).ok()?)?;
    part.window.iter().find(|record| record.offset == offset)?;
    let span = Span { topic: Arc::clone(topic), partition, from: offset, to: offset };
    Some(vec![item(say::FROM_HERE, MenuAct::Reach(span))])
}
