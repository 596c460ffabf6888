//! The whole state in tables, for whoever reads rather than looks: the same things as on the stage, each to be chosen.
//!
//! What each table says of its things is here; how a table looks, sorts and is read out is in [`table`].

mod table;

use crate::base::NodeId;
use crate::ui::catalogue::tables as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::inspector::{life, member_state, registration};
use crate::ui::state::{Act, Sheet, State};
use crate::view::{GroupView, PartitionView, TopicView, View};
use std::rc::Rc;
use std::sync::Arc;
use table::{Row, Table, maybe, number, text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TablesProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Tables(props: &TablesProps) -> Html {
    let TablesProps { view, state } = props;
    let desk = use_desk();
    let open = |sheet: Sheet| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(sheet.clone())))
    };
    let back = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Tables(false))
    };
    let table = |caption: &'static str, columns: &'static [&'static str], rows: Vec<Row>| {
        html! { <Table {caption} {columns} {rows} chosen={state.chosen.clone()}/> }
    };
    let shown: Vec<&Arc<TopicView>> = view.topics.iter().filter(|topic| state.internal || !topic.internal).collect();
    let partitions = shown.iter().flat_map(|topic| topic.partitions.iter().map(|part| partition(topic, part)));
    html! {
        <div class="pt-tables">
            <div class="pt-colhead">
                <h2>{ say::TITLE }</h2>
                <button type="button" class="pt-btn pt-btn--edge" aria-label={say::BACK} onclick={back}>{ say::PICTURE }</button>
                <button type="button" class="pt-btn" onclick={open(Sheet::CreateTopic)}>{ icon(Icon::Plus) }{ crate::ui::catalogue::drawer::CREATE_TOPIC }</button>
                <button type="button" class="pt-btn" onclick={open(Sheet::AddGroup)}>{ icon(Icon::Plus) }{ crate::ui::catalogue::drawer::ADD_GROUP }</button>
            </div>
            { table(say::TOPICS, &say::TOPIC_COLUMNS, shown.iter().map(|topic| topic_row(topic)).collect()) }
            { table(say::PARTITIONS, &say::PARTITION_COLUMNS, partitions.collect()) }
            { table(say::GROUPS, &say::GROUP_COLUMNS, view.groups.iter().map(|group| group_row(group)).collect()) }
            { table(say::MEMBERS, &say::MEMBER_COLUMNS, view.groups.iter().flat_map(|group| members(group)).collect()) }
            { table(say::OFFSETS, &say::OFFSET_COLUMNS, view.groups.iter().flat_map(|group| offsets(view, group)).collect()) }
            { table(say::PRODUCERS, &say::PRODUCER_COLUMNS, producers(view)) }
            { table(say::BROKERS, &say::BROKER_COLUMNS, brokers(view)) }
            { table(say::CONTROLLERS, &say::CONTROLLER_COLUMNS, controllers(view)) }
        </div>
    }
}

fn ids(nodes: &[NodeId]) -> String {
    if nodes.is_empty() { say::NONE.to_owned() } else { nodes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ") }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { say::NONE } else { text }.to_owned()
}

fn topic_row(topic: &TopicView) -> Row {
    let late = topic.partitions.iter().filter(|part| part.isr.len() < part.replicas.len()).count();
    let settings: Vec<String> = topic.configs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let cells = vec![
        text(&*topic.name),
        number(topic.partitions.len()),
        number(topic.replication_factor),
        number(topic.min_isr),
        number(topic.records),
        number(late),
        text(or_none(&settings.join(", "))),
    ];
    Row { thing: Chosen::Topic(Arc::clone(&topic.name)), cells }
}

fn partition(topic: &TopicView, part: &PartitionView) -> Row {
    let out: Vec<NodeId> = part.replicas.iter().filter(|id| !part.isr.contains(id)).copied().collect();
    let wrong = [
        part.leader.is_none().then(|| say::NO_LEADER.to_owned()),
        (!out.is_empty()).then(|| say::out_of_sync(&ids(&out))),
        (!part.adding.is_empty() || !part.removing.is_empty()).then(|| say::MOVING.to_owned()),
    ];
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    let cells = vec![
        text(format!("{} {}", topic.name, part.index)),
        maybe(part.leader.map(|id| id.0.into())),
        number(part.leader_epoch),
        text(ids(&part.replicas)),
        text(ids(&part.isr)),
        number(part.log_start),
        number(part.high_watermark),
        number(part.last_stable),
        number(part.log_end),
        text(or_none(&wrong.join("; "))),
    ];
    Row { thing: Chosen::Partition { topic: Arc::clone(&topic.name), partition: part.index }, cells }
}

fn group_row(group: &GroupView) -> Row {
    let cells = vec![
        text(&*group.name),
        text(group.state.name()),
        number(group.generation),
        maybe(group.coordinator.map(|id| id.0.into())),
        text(or_none(&group.assignor)),
        number(group.members.len()),
        number(group.offsets.iter().filter_map(|offset| offset.lag).sum::<i64>()),
    ];
    Row { thing: Chosen::Group(Arc::clone(&group.name)), cells }
}

fn members(group: &GroupView) -> impl Iterator<Item = Row> {
    group.members.iter().enumerate().map(move |(at, member)| {
        let owned = group.offsets.iter().filter(|offset| offset.owner.is_some_and(|owner| owner as usize == at));
        let owned: Vec<String> = owned.map(|offset| format!("{} {}", offset.topic, offset.partition)).collect();
        let cells = vec![
            text(&*member.label),
            text(&*group.name),
            text(member_state(&member.condition)),
            text(&*member.client_id),
            text(or_none(member.instance_id.as_deref().unwrap_or_default())),
            text(member.isolation.map_or(say::NONE, |level| level.name())),
            text(or_none(&owned.join(", "))),
        ];
        Row { thing: Chosen::Member { group: Arc::clone(&group.name), label: Arc::clone(&member.label) }, cells }
    })
}

fn offsets(view: &View, group: &GroupView) -> impl Iterator<Item = Row> {
    group.offsets.iter().map(move |offset| {
        let topic = view.topics.iter().find(|topic| topic.name == offset.topic);
        let part = topic.and_then(|topic| topic.partitions.get(usize::try_from(offset.partition).ok()?));
        let owner = offset.owner.and_then(|owner| group.members.get(owner as usize)).map_or(say::NONE, |member| &member.label);
        let cells = vec![
            text(format!("{} {}", offset.topic, offset.partition)),
            text(&*group.name),
            text(owner),
            maybe(offset.committed),
            maybe(offset.position),
            maybe(part.map(|part| part.log_end)),
            maybe(offset.lag),
        ];
        Row { thing: Chosen::Partition { topic: Arc::clone(&offset.topic), partition: offset.partition }, cells }
    })
}

fn producers(view: &View) -> Vec<Row> {
    let row = |producer: &Arc<crate::view::ProducerView>| {
        let cells = vec![
            text(&*producer.name),
            text(or_none(producer.topic.as_deref().unwrap_or_default())),
            text(&*producer.acks),
            if producer.running { number(producer.per_minute) } else { text(say::RESTS) },
            number(producer.acknowledged),
            number(producer.pending),
            number(producer.failed),
            text(producer.transaction.as_ref().map_or(say::NONE, |transaction| transaction.state.name())),
            text(or_none(producer.error.as_deref().unwrap_or_default())),
        ];
        Row { thing: Chosen::Producer(Arc::clone(&producer.name)), cells }
    };
    view.producers.iter().map(row).collect()
}

fn brokers(view: &View) -> Vec<Row> {
    let partitions = || view.topics.iter().filter(|topic| !topic.internal).flat_map(|topic| &topic.partitions);
    let row = |broker: &crate::view::BrokerView| {
        let led = partitions().filter(|part| part.leader == Some(broker.id)).count();
        let held = partitions().filter(|part| part.replicas.contains(&broker.id)).count();
        let machine = broker.machine.as_ref();
        let troubles: Vec<&str> = machine.map(|machine| machine.troubles.iter().map(|trouble| &**trouble).collect()).unwrap_or_default();
        let cells = vec![
            number(broker.id.0),
            text(registration(broker.state)),
            text(machine.map_or(say::NONE, |machine| life(machine.life))),
            number(led),
            number(held.saturating_sub(led)),
            text(&*broker.address),
            text(or_none(&troubles.join(", "))),
        ];
        Row { thing: Chosen::Broker(broker.id), cells }
    };
    view.brokers.iter().map(row).collect()
}

fn controllers(view: &View) -> Vec<Row> {
    let row = |controller: &crate::view::ControllerView| {
        let cells = vec![
            number(controller.id.0),
            text(controller.role.name()),
            number(controller.epoch),
            number(controller.log_end),
            number(controller.high_watermark),
        ];
        Row { thing: Chosen::Controller(controller.id), cells }
    };
    view.controllers.iter().map(row).collect()
}
