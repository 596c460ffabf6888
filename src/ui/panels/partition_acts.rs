//! A partition's replicas: where each stands, and the form that moves them. Elections are among the inspector's actions.

use super::compaction::compaction;
use crate::base::NodeId;
use crate::playground::Command;
use crate::ui::catalogue::{common, replicas as say};
use crate::ui::desk::use_desk;
use crate::ui::squares::{Machines, Role, square};
use crate::ui::state::Place;
use crate::view::{PartitionView, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PartitionActsProps {
    pub view: Rc<View>,
    pub topic: Arc<str>,
    pub part: Arc<PartitionView>,
}

#[component]
pub fn PartitionActs(props: &PartitionActsProps) -> Html {
    let PartitionActsProps { view, topic, part } = props;
    let desk = use_desk();
    let machines = Machines::of(view);
    let place = Place::Partition(Arc::clone(topic), part.index);
    let wanted = use_state(|| None::<String>);
    let now = part.replicas.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(", ");
    let typed = wanted.as_ref().unwrap_or(&now).clone();
    let replicas: Result<Vec<i32>, _> = typed.split([',', ' ']).filter(|s| !s.is_empty()).map(str::parse).collect();
    let oninput = {
        let wanted = wanted.clone();
        move |event: InputEvent| wanted.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let onsubmit = {
        let (desk, place, topic, partition, replicas) = (desk.clone(), place.clone(), topic.to_string(), part.index, replicas.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Ok(replicas) = replicas.clone() {
                desk.send(place.clone(), Command::Reassign { topic: topic.clone(), partition, replicas });
            }
        }
    };
    html! {
        <div class="pt-acts">
            { compaction(part) }
            <table class="pt-table" aria-label={say::TITLE}>
                <tbody>{ for part.replicas.iter().enumerate().map(|(i, id)| replica(part, *id, i, &machines)) }</tbody>
            </table>
            <form class="pt-row__acts" aria-label={say::REASSIGN} {onsubmit} novalidate=true>
                <label class="pt-num">{ say::REPLICAS }<input class="pt-field pt-field--mono" value={typed} {oninput} size="8" aria-invalid={if replicas.is_err() { "true" } else { "false" }}/></label>
                <button type="submit" class="pt-btn pt-btn--edge">{ say::REASSIGN }</button>
            </form>
            if replicas.is_err() { <p class="pt-broken">{ say::WRONG }</p> }
        </div>
    }
}

/// Where a replica stands: its log's end, and how far that is from its leader's.
fn replica(part: &PartitionView, id: NodeId, index: usize, machines: &Machines) -> Html {
    let role = Role::of(id, part);
    let end = part.log_ends.get(index).copied().flatten();
    let end = end.map_or_else(|| common::NOTHING.to_owned(), |end| say::log_end(end, part.log_end - end));
    let said = say::replica(id.0, role.text(), part.adding.contains(&id), part.removing.contains(&id));
    html! { <tr><td>{ square(id, role, machines.life(id)) }</td><td>{ said }</td><td class="m">{ end }</td></tr> }
}
