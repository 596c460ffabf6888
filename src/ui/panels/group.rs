//! The form for members: of a new group, which begins with them, or of one that is there.

use super::{Broken, broken, problem_box};
use crate::base::SortedSet;
use crate::playground::{Assignor, Command, Reset, rules};
use crate::ui::acts::{ISOLATION, another_member};
use crate::ui::catalogue::{common, groups as say};
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, Place, State};
use crate::view::{GroupView, IsolationLevel, OutcomeState, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct GroupSheetProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    /// The group that gets members; none: a new one.
    #[prop_or_default]
    pub group: Option<Arc<str>>,
}

/// `session.timeout.ms` on offer, in s; the first is Kafka's.
const SESSIONS: [u32; 4] = [45, 30, 10, 6];
/// How many records a member handles in a minute; none: as many as come.
const PACES: [(Option<u32>, &str); 5] = [(None, ""), (Some(600), "10"), (Some(120), "2"), (Some(60), "1"), (Some(30), "0.5")];

/// `isolation.level`; the first is Kafka's default.
const ISOLATIONS: [(IsolationLevel, &str); 2] =
    [(IsolationLevel::ReadUncommitted, say::READ_UNCOMMITTED), (IsolationLevel::ReadCommitted, say::READ_COMMITTED)];

const ASSIGNORS: [(&str, Assignor); 5] = [
    (say::ASSIGNOR_DEFAULT, Assignor::Default),
    ("range", Assignor::Range),
    ("roundrobin", Assignor::RoundRobin),
    ("sticky", Assignor::Sticky),
    ("cooperative-sticky", Assignor::CooperativeSticky),
];

#[component]
pub fn GroupSheet(props: &GroupSheetProps) -> Html {
    let GroupSheetProps { view, state, group } = props;
    let joined = group.as_ref().and_then(|name| view.groups.iter().find(|g| g.name == *name));
    let desk = use_desk();
    let topics: Vec<String> = view.topics.iter().filter(|t| !t.internal).map(|t| t.name.to_string()).collect();
    let name = use_state(|| group.as_ref().map_or_else(|| free_name(view), |group| group.to_string()));
    let fixed = use_state(|| false);
    let session = use_state(|| 0_usize);
    let pace = use_state(|| 0_usize);
    let left_out = use_state(|| {
        let unread = |t: &&String| joined.is_some_and(|g| !g.topics.iter().any(|read| **read == ***t));
        topics.iter().filter(unread).cloned().collect::<SortedSet<String>>()
    });
    let members = use_state(|| "1".to_owned());
    let assignor = use_state(|| Assignor::Default);
    let isolation =
        use_state(|| joined.and_then(|g| g.members.iter().find_map(|m| m.isolation)).unwrap_or(IsolationLevel::ReadUncommitted));
    let earliest = use_state(|| true);
    let tried = use_state(|| false);
    let wanted: Vec<String> = topics.iter().filter(|t| !left_out.contains(*t)).cloned().collect();
    let wrong = |rule: Option<rules::Rule>| rule.map(|r| Broken { error: r.error, rule: r.text });
    let bad_name = wrong(rules::group_id(&name));
    let bad_members = wrong(rules::members(&members));
    let bad_topics = wanted.is_empty().then(|| Broken { error: say::NO_TOPIC, rule: say::NEEDS_TOPIC.to_owned() });
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
    // What is written by now: who is quick may not have seen it drawn.
    let asked = {
        let (topics, joined, name, members) = (topics.clone(), joined.cloned(), name.clone(), members.clone());
        let (left_out, assignor, earliest) = (left_out.clone(), assignor.clone(), earliest.clone());
        let (session, pace, fixed, isolation) = (session.clone(), pace.clone(), fixed.clone(), isolation.clone());
        move || -> Vec<Command> {
            let wanted: Vec<String> = topics.iter().filter(|t| !left_out.contains(*t)).cloned().collect();
            if rules::group_id(&name).is_some() || rules::members(&members).is_some() || wanted.is_empty() {
                return Vec::new();
            }
            let session = SESSIONS.get(*session).filter(|_| *session > 0).map(|s| ("session.timeout.ms", (s * 1_000).to_string()));
            let isolation = Some(*isolation).filter(|level| *level != ISOLATIONS[0].0).map(|level| (ISOLATION, level.name().to_owned()));
            let add = Command::AddConsumer {
                group: (*name).clone(),
                topics: wanted,
                name: None,
                assignor: *assignor,
                from: if *earliest { Reset::Earliest } else { Reset::Latest },
                instance_id: None,
                per_minute: PACES.get(*pace).and_then(|pace| pace.0),
                config: session.into_iter().chain(isolation).map(|(name, value)| (name.to_owned(), value)).collect(),
            };
            let add = match &joined {
                Some(group) => as_the_others(add, group),
                None => add,
            };
            let first = 1 + joined.as_ref().map_or(0, |g| g.members.len());
            let numbered = |number: usize| {
                let mut add = add.clone();
                if let Command::AddConsumer { group, instance_id, .. } = &mut add {
                    *instance_id = fixed.then(|| format!("{group}-{number}"));
                }
                add
            };
            (first..first + members.trim().parse().unwrap_or(1)).map(numbered).collect()
        }
    };
    let fine = !asked().is_empty();
    let onsubmit = {
        let (desk, tried) = (desk.clone(), tried.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            for add in asked() {
                desk.send(Place::AddGroup, add);
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
    let set_isolation = {
        let isolation = isolation.clone();
        move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            isolation.set(ISOLATIONS.get(at as usize).map_or(IsolationLevel::ReadUncommitted, |level| level.0));
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
    let pick = |state: &UseStateHandle<usize>| {
        let state = state.clone();
        move |event: Event| state.set(event.target_unchecked_into::<HtmlSelectElement>().selected_index().max(0) as usize)
    };
    let set_fixed = {
        let fixed = fixed.clone();
        move |_: Event| fixed.set(!*fixed)
    };
    let (title, form, act) = match group {
        Some(group) => (say::add_member_to(group), say::NEW_MEMBER, say::ADD_MEMBER),
        None => (say::ADD_GROUP.to_owned(), say::NEW_GROUP, say::ADD_GROUP),
    };
    let invalid = |rule: &Option<Broken>| if rule.is_some() { "true" } else { "false" };
    html! {
        <section class="pt-over" role="dialog" aria-label={title.clone()}>
            <div class="pt-colhead"><h2>{ title }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button></div>
            <form class="pt-form pt-form--close" aria-label={form} {onsubmit} novalidate=true>
                if group.is_none() {
                <label class="pt-form__row"><span>{ say::GROUP_ID }</span>
                    <input class="pt-field pt-field--mono" data-field="group" data-focus-here="" value={(*name).clone()} oninput={field(&name)} aria-invalid={invalid(&bad_name)} aria-describedby="bad-group" autocomplete="off" spellcheck="false"/></label>
                { broken(bad_name.as_ref(), "bad-group") }
                }
                <fieldset class="pt-form__row"><legend>{ say::TOPICS }</legend>
                    <div>{ for topics.iter().map(|t| html! {
                        <label class="pt-check"><input type="checkbox" checked={!left_out.contains(t)} onchange={toggle(t)}/><span class="pt-mono">{ t }</span></label>
                    }) }</div>
                </fieldset>
                { broken(bad_topics.as_ref(), "bad-topics") }
                <label class="pt-form__row"><span>{ say::MEMBERS }</span>
                    <input class="pt-field pt-field--mono" data-field="members" inputmode="numeric" value={(*members).clone()} oninput={field(&members)} aria-invalid={invalid(&bad_members)} aria-describedby="bad-members"/></label>
                { broken(bad_members.as_ref(), "bad-members") }
                if group.is_none() {
                <label class="pt-form__row"><span>{ say::ASSIGNOR }</span>
                    <span class="pt-select"><select class="pt-field" onchange={choose}>{ for ASSIGNORS.iter().map(|(name, which)| html! { <option selected={*which == *assignor}>{ *name }</option> }) }</select>{ icon(Icon::Down) }</span></label>
                }
                <label class="pt-form__row"><span>{ say::SESSION_TIMEOUT }</span>
                    <span class="pt-select"><select class="pt-field" onchange={pick(&session)}>
                        { for SESSIONS.iter().enumerate().map(|(at, s)| html! { <option selected={at == *session}>{ say::seconds(*s) }</option> }) }
                    </select>{ icon(Icon::Down) }</span></label>
                <label class="pt-form__row"><span>{ say::PACE }</span>
                    <span class="pt-select"><select class="pt-field" onchange={pick(&pace)}>
                        { for PACES.iter().enumerate().map(|(at, (_, each))| html! { <option selected={at == *pace}>{ if each.is_empty() { say::PACE_FREE.to_owned() } else { say::pace(each) } }</option> }) }
                    </select>{ icon(Icon::Down) }</span></label>
                <div class="pt-form__row"><span>{ say::STATIC }</span>
                    <label class="pt-check"><input type="checkbox" checked={*fixed} onchange={set_fixed}/>{ say::STATIC_SAID }</label></div>
                <label class="pt-form__row"><span>{ say::STARTS_AT }</span>
                    <span class="pt-select"><select class="pt-field" onchange={set_earliest}>
                        <option selected={*earliest}>{ say::EARLIEST }</option>
                        <option selected={!*earliest}>{ say::LATEST }</option>
                    </select>{ icon(Icon::Down) }</span></label>
                <label class="pt-form__row"><span>{ ISOLATION }</span>
                    <span class="pt-select"><select class="pt-field" onchange={set_isolation}>
                        { for ISOLATIONS.iter().map(|(level, said)| html! { <option selected={level == &*isolation}>{ *said }</option> }) }
                    </select>{ icon(Icon::Down) }</span></label>
                <button type="submit" class="pt-btn pt-btn--main" aria-disabled={if fine { "false" } else { "true" }}>{ act }</button>
                if *tried { { problem_box(outcome.as_deref()) } }
            </form>
        </section>
    }
}

/// With the assignor that the group has agreed on.
fn as_the_others(add: Command, group: &GroupView) -> Command {
    match (add, another_member(group)) {
        (
            Command::AddConsumer { group, topics, name, from, instance_id, per_minute, config, .. },
            Command::AddConsumer { assignor, .. },
        ) => Command::AddConsumer { group, topics, name, assignor, from, instance_id, per_minute, config },
        (add, _) => add,
    }
}

/// A name that no group has yet.
fn free_name(view: &View) -> String {
    ["billing", "analytics", "shipping", "audit"]
        .iter()
        .find(|n| view.groups.iter().all(|g| *g.name != ***n))
        .map_or_else(|| format!("group-{}", view.groups.len() + 1), |n| (*n).to_owned())
}
