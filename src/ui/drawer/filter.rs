//! Which events the list shows: of a kind, about a party, with a text.

use crate::ui::catalogue::events as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::Desk;
use crate::ui::options::Options;
use crate::ui::state::{Act, EventFilter};
use crate::ui::story::is_about;
use crate::view::{EventSign, EventView, View};
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

const KINDS: [(EventSign, &str); 7] = [
    (EventSign::Command, say::COMMANDS),
    (EventSign::Election, say::ELECTIONS),
    (EventSign::Rebalance, say::REBALANCES),
    (EventSign::Timer, say::TIMERS),
    (EventSign::Fault, say::FAULTS),
    (EventSign::Record, say::RECORDS),
    (EventSign::Plain, say::OTHERS),
];

/// Whether the list shows an event.
pub fn shows(filter: &EventFilter, event: &EventView) -> bool {
    !event.background
        && filter.kind.is_none_or(|kind| event.sign == kind)
        && filter.party.as_ref().is_none_or(|party| is_about(event, party))
        && (filter.text.is_empty() || event.text.to_lowercase().contains(&filter.text.to_lowercase()))
}

/// The bar above the list.
pub fn bar(desk: &Desk, view: &View, filter: &EventFilter, found: usize) -> Html {
    let parties = parties(view);
    // One that is gone can be chosen still.
    let gone = filter.party.as_ref().filter(|party| !parties.iter().any(|(_, p)| p == *party)).cloned();
    let parties: Vec<_> = parties.into_iter().chain(gone.map(|party| (crate::ui::inspector::name_of(&party, view), party))).collect();
    let kind = {
        let (desk, filter) = (desk.clone(), filter.clone());
        move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index() - 1;
            let kind = usize::try_from(at).ok().and_then(|at| KINDS.get(at)).map(|(kind, _)| *kind);
            desk.act(Act::Events(EventFilter { kind, ..filter.clone() }));
        }
    };
    let party = {
        let (desk, filter, parties) = (desk.clone(), filter.clone(), parties.clone());
        move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index() - 1;
            let party = usize::try_from(at).ok().and_then(|at| parties.get(at)).map(|(_, party)| party.clone());
            desk.act(Act::Events(EventFilter { party, ..filter.clone() }));
        }
    };
    let text = {
        let (desk, filter) = (desk.clone(), filter.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            desk.act(Act::Events(EventFilter { text, ..filter.clone() }));
        }
    };
    let names: Vec<String> = parties.iter().map(|(name, _)| name.clone()).collect();
    let chosen = parties.iter().position(|(_, party)| filter.party.as_ref() == Some(party));
    let all = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Events(EventFilter::default()))
    };
    html! {
        <div class="pt-sift" role="search" aria-label={say::FILTER}>
            <select class="pt-field" aria-label={say::KIND} onchange={kind}>
                <option selected={filter.kind.is_none()}>{ say::ALL_KINDS }</option>
                { for KINDS.iter().map(|(kind, name)| html! { <option selected={filter.kind == Some(*kind)}>{ *name }</option> }) }
            </select>
            <select class="pt-field" aria-label={say::PARTY} onchange={party}>
                <option selected={filter.party.is_none()}>{ say::EVERYONE }</option>
                <Options {names} {chosen}/>
            </select>
            <input class="pt-field" type="search" placeholder={say::TEXT} aria-label={say::TEXT} value={filter.text.clone()} oninput={text} data-filter=""/>
            if *filter != EventFilter::default() {
                <span role="status">{ say::found(found) }</span>
                <button type="button" class="pt-link" onclick={all}>{ say::SHOW_ALL }</button>
            }
        </div>
    }
}

/// Whom events may be about, by name.
fn parties(view: &View) -> Vec<(String, Chosen)> {
    let topics = view.topics.iter().filter(|t| !t.internal).map(|t| (say::topic(&t.name), Chosen::Topic(Arc::clone(&t.name))));
    let groups = view.groups.iter().map(|g| (say::group(&g.name), Chosen::Group(Arc::clone(&g.name))));
    let brokers = view.brokers.iter().map(|b| (say::broker(b.id.0), Chosen::Broker(b.id)));
    let apart = view.controllers.iter().filter(|c| !c.combined).map(|c| (say::controller(c.id.0), Chosen::Controller(c.id)));
    let producers = view.producers.iter().map(|p| (say::producer(&p.name), Chosen::Producer(Arc::clone(&p.name))));
    let member = |g: &Arc<str>, label: &Arc<str>| Chosen::Member { group: Arc::clone(g), label: Arc::clone(label) };
    let members = view.groups.iter().flat_map(|g| g.members.iter().map(move |m| (say::member(&m.label), member(&g.name, &m.label))));
    topics.chain(groups).chain(brokers).chain(apart).chain(producers).chain(members).collect()
}
