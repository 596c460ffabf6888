//! A partition's replicas: where each stands, and the form that moves them. Elections are among the inspector's actions.

use super::compaction::compaction;
use crate::base::NodeId;
use crate::playground::Command;
use crate::ui::desk::use_desk;
use crate::ui::squares::{Machines, Role, square};
use crate::ui::state::Place;
use crate::ui::words;
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
            <table class="pt-table" aria-label="Replicas">
                <tbody>{ for part.replicas.iter().enumerate().map(|(i, id)| replica(part, *id, i, &machines)) }</tbody>
            </table>
            <form class="pt-row__acts" aria-label="Reassign" {onsubmit} novalidate=true>
                <label class="pt-num">{ "replicas" }<input class="pt-field pt-field--mono" value={typed} {oninput} size="8" aria-invalid={if replicas.is_err() { "true" } else { "false" }}/></label>
                <button type="submit" class="pt-btn pt-btn--edge">{ "Reassign" }</button>
            </form>
            if replicas.is_err() { <p class="pt-broken">{ "Broker ids, parted by commas: 2, 3, 1. The first is the preferred leader." }</p> }
        </div>
    }
}

/// Where a replica stands: its log's end, and how far that is from its leader's.
fn replica(part: &PartitionView, id: NodeId, index: usize, machines: &Machines) -> Html {
    let role = Role::of(id, part);
    let end = part.log_ends.get(index).copied().flatten();
    let end = end.map_or_else(
        || "–".to_owned(),
        |end| match part.log_end - end {
            0 => format!("to {}", words::number(end)),
            behind if behind > 0 => format!("to {}, {} behind", words::number(end), words::number(behind)),
            ahead => format!("to {}, {} more than its leader", words::number(end), words::number(-ahead)),
        },
    );
    let moves = match (part.adding.contains(&id), part.removing.contains(&id)) {
        (true, _) => ", being added",
        (_, true) => ", being removed",
        (false, false) => "",
    };
    html! { <tr><td>{ square(id, role, machines.life(id)) }</td><td>{ format!("broker {id}: {}{moves}", role.text()) }</td><td class="m">{ end }</td></tr> }
}
