//! What lies around the stage: transport, publish, producers, brokers, and the sheets that come up over it.

mod add_partitions;
pub mod aim;
mod bootstrap;
mod brokers;
mod compaction;
mod comparison;
mod course;
mod create;
mod delete_records;
mod faults;
mod group;
mod histories;
mod marks;
mod menu;
mod network;
mod partition_acts;
mod producer;
mod producers;
mod publish;
mod reset;
mod session;
mod timeline;
mod transport;

pub use add_partitions::PartitionsSheet;
pub use brokers::Brokers;
pub use create::{CreateSheet, Empty};
pub use delete_records::DeleteSheet;
pub use faults::FaultSheet;
pub use group::GroupSheet;
pub use histories::Histories;
pub use marks::Marks;
pub use menu::{MenuLayer, menu_of, open_menu};
pub use network::NetworkSheet;
pub use partition_acts::PartitionActs;
pub use producer::ProducerSheet;
pub use producers::Producers;
pub use publish::Publish;
pub use reset::ResetSheet;
pub use session::SessionSheet;
pub use timeline::Timeline;
pub use transport::{Rewinds, Transport};

use super::catalogue::common;
use super::desk::Desk;
use super::icons::{Icon, icon};
use super::state::Act;
use crate::view::{Outcome, OutcomeState};
use yew::prelude::*;

/// The head of a sheet over the stage: its name, and what closes it.
pub fn sheet_head(desk: &Desk, title: String) -> Html {
    let desk = desk.clone();
    let close = move |_: MouseEvent| desk.act(Act::Sheet(None));
    html! {
        <div class="pt-colhead"><h2>{ title }</h2><span class="pt-grow"/>
            <button type="button" class="pt-btn pt-btn--icon" data-focus-else="" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button></div>
    }
}

/// A refusal in one line, where there is no room for more: Kafka's name and what it means.
pub fn problem(outcome: &Outcome) -> Html {
    match &outcome.state {
        OutcomeState::Failed { error, message, .. } => html! {
            <p class="pt-wrong" role="alert" title={message.to_string()}>
                if let Some(error) = error { <b>{ &**error }</b>{ " " } }{ &**message }
            </p>
        },
        OutcomeState::Pending | OutcomeState::Done { .. } => Html::default(),
    }
}

/// A refusal in full, under a form.
pub fn problem_box(outcome: Option<&Outcome>) -> Html {
    match outcome.map(|o| &o.state) {
        Some(OutcomeState::Failed { error, message, .. }) => html! {
            <div class="pt-problem" role="alert">
                if let Some(error) = error { <strong>{ &**error }</strong> }
                <p>{ &**message }</p>
            </div>
        },
        _ => Html::default(),
    }
}

/// What was done, where that is said in words.
pub fn done(outcome: Option<&Outcome>) -> Html {
    match outcome.map(|o| &o.state) {
        Some(OutcomeState::Done { text, .. }) => html! { <p class="pt-result" role="status">{ icon(Icon::Ok) }{ &**text }</p> },
        _ => Html::default(),
    }
}

/// A rule that a field breaks: Kafka's name of it, and the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub error: &'static str,
    pub rule: String,
}

pub fn broken(rule: Option<&Broken>, id: &'static str) -> Html {
    match rule {
        Some(rule) => html! { <p class="pt-broken" {id}><b>{ rule.error }</b>{ " " }{ &rule.rule }</p> },
        None => Html::default(),
    }
}
