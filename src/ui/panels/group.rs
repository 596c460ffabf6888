//! The form for a new group: it begins with its first members.

use super::{Broken, broken, problem_box};
use crate::base::SortedSet;
use crate::playground::{Assignor, Command, Reset, rules};
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, Place, State};
use crate::view::{OutcomeState, View};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct GroupSheetProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

const ASSIGNORS: [(&str, Assignor); 5] = [
    ("Kafka's default: range, cooperative-sticky", Assignor::Default),
    ("range", Assignor::Range),
    ("roundrobin", Assignor::RoundRobin),
    ("sticky", Assignor::Sticky),
    ("cooperative-sticky", Assignor::CooperativeSticky),
];

#[component]
pub fn GroupSheet(props: &GroupSheetProps) -> Html {
    let GroupSheetProps { view, state } = props;
    let desk = use_desk();
    let topics: Vec<String> = view.topics.iter().filter(|t| !t.internal).map(|t| t.name.to_string()).collect();
    let name = use_state(|| free_name(view));
    let left_out = use_state(SortedSet::<String>::new);
    let members = use_state(|| "1".to_owned());
    let assignor = use_state(|| Assignor::Default);
    let earliest = use_state(|| true);
    let tried = use_state(|| false);
    let wanted: Vec<String> = topics.iter().filter(|t| !left_out.contains(*t)).cloned().collect();
    let wrong = |rule: Option<rules::Rule>| rule.map(|r| Broken { error: r.error, rule: r.text });
    let bad_name = wrong(rules::group_id(&name));
    let bad_members = wrong(rules::members(&members));
    let bad_topics =
        wanted.is_empty().then(|| Broken { error: "no topic", rule: "A consumer subscribes to at least one topic.".to_owned() });
    let fine = bad_name.is_none() && bad_members.is_none() && bad_topics.is_none();
    let outcome = outcome(view, state, &Place::AddGroup);
    {
        let (desk, done) = (desk.clone(), *tried && matches!(outcome.as_deref().map(|o| &o.state), Some(OutcomeState::Done { .. })));
        let name = Rc::<str>::from(name.as_str());
        use_effect_with(done, move |done| {
            if *done {
                desk.act(Act::Follow((*name).into()));
                desk.act(Act::Sheet(None));
            }
        });
    }
    let onsubmit = {
        let (desk, tried) = (desk.clone(), tried.clone());
        let count: u32 = members.trim().parse().unwrap_or(1);
        let from = if *earliest { Reset::Earliest } else { Reset::Latest };
        let add = Command::AddConsumer {
            group: (*name).clone(),
            topics: wanted,
            name: None,
            assignor: *assignor,
            from,
            instance_id: None,
            per_minute: None,
            config: Default::default(),
        };
        move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if fine {
                for _ in 0..count {
                    desk.send(Place::AddGroup, add.clone());
                }
            }
        }
    };
    let field = |state: &UseStateHandle<String>| {
        let state = state.clone();
        move |event: InputEvent| state.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let toggle = |topic: &String| {
        let (left_out, topic) = (left_out.clone(), topic.clone());
        move |_: Event| {
            let mut next = (*left_out).clone();
            if !next.remove(&topic) {
                next.insert(topic.clone());
            }
            left_out.set(next);
        }
    };
    let choose = {
        let assignor = assignor.clone();
        move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            assignor.set(ASSIGNORS.get(at as usize).map_or(Assignor::Default, |a| a.1));
        }
    };
    let set_earliest = {
        let earliest = earliest.clone();
        move |event: Event| earliest.set(event.target_unchecked_into::<HtmlSelectElement>().selected_index() == 0)
    };
    let close = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(None))
    };
    let invalid = |rule: &Option<Broken>| if rule.is_some() { "true" } else { "false" };
    html! {
        <section class="pt-over" role="dialog" aria-label="Add group">
            <div class="pt-colhead"><h2>{ "Add group" }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn pt-btn--icon" aria-label="Close" onclick={close}>{ icon(Icon::Close) }</button></div>
            <form class="pt-form" aria-label="New group" {onsubmit} novalidate=true>
                <label class="pt-form__row"><span>{ "group.id" }</span>
                    <input class="pt-field pt-field--mono" data-field="group" data-focus-here="" value={(*name).clone()} oninput={field(&name)} aria-invalid={invalid(&bad_name)} aria-describedby="bad-group" autocomplete="off" spellcheck="false"/></label>
                { broken(bad_name.as_ref(), "bad-group") }
                <fieldset class="pt-form__row"><legend>{ "topics" }</legend>
                    <div>{ for topics.iter().map(|t| html! {
                        <label class="pt-check"><input type="checkbox" checked={!left_out.contains(t)} onchange={toggle(t)}/><span class="pt-mono">{ t }</span></label>
                    }) }</div>
                </fieldset>
                { broken(bad_topics.as_ref(), "bad-topics") }
                <label class="pt-form__row"><span>{ "members" }</span>
                    <input class="pt-field pt-field--mono" data-field="members" inputmode="numeric" value={(*members).clone()} oninput={field(&members)} aria-invalid={invalid(&bad_members)} aria-describedby="bad-members"/></label>
                { broken(bad_members.as_ref(), "bad-members") }
                <label class="pt-form__row"><span>{ "assignor" }</span>
                    <span class="pt-select"><select class="pt-field" onchange={choose}>{ for ASSIGNORS.iter().map(|(name, which)| html! { <option selected={*which == *assignor}>{ *name }</option> }) }</select>{ icon(Icon::Down) }</span></label>
                <label class="pt-form__row"><span>{ "starts at" }</span>
                    <span class="pt-select"><select class="pt-field" onchange={set_earliest}>
                        <option selected={*earliest}>{ "earliest: every record that is kept" }</option>
                        <option selected={!*earliest}>{ "latest: only what comes from now on" }</option>
                    </select>{ icon(Icon::Down) }</span></label>
                <button type="submit" class="pt-btn pt-btn--main" aria-disabled={if fine { "false" } else { "true" }}>{ "Add group" }</button>
                if *tried { { problem_box(outcome.as_deref()) } }
            </form>
        </section>
    }
}

/// A name that no group has yet.
fn free_name(view: &View) -> String {
    ["billing", "analytics", "shipping", "audit"]
        .iter()
        .find(|n| view.groups.iter().all(|g| *g.name != ***n))
        .map_or_else(|| format!("group-{}", view.groups.len() + 1), |n| (*n).to_owned())
}
