//! The form for a new topic, with the tapes that it would create, drawn as you type.

mod settings;

use super::bootstrap::Bootstrap;
use super::{Broken, broken, problem_box};
use crate::playground::{Command, rules};
use crate::ui::catalogue::{common, create as say};
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, Place, State};
use crate::view::{OutcomeState, View};
use settings::{Given, Settings};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CreateProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

/// How many partitions of the topic to be are drawn.
const DRAWN: usize = 8;

/// The sheet over the stage.
#[component]
pub fn CreateSheet(props: &CreateProps) -> Html {
    let desk = use_desk();
    let close = move |_: MouseEvent| desk.act(Act::Sheet(None));
    html! {
        <section class="pt-over" role="dialog" aria-label={say::TITLE}>
            <div class="pt-colhead"><h2>{ say::TITLE }</h2><span class="pt-grow"/>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button></div>
            <div class="pt-empty"><CreateForm view={Rc::clone(&props.view)} state={Rc::clone(&props.state)} closes=true/></div>
        </section>
    }
}

/// The stage while there is no topic.
#[component]
pub fn Empty(props: &CreateProps) -> Html {
    let view = &props.view;
    html! {
        <section class="pt-empty">
            <div>
                <h2>{ say::EMPTY }</h2>
                <p class="pt-empty__lead">{ say::empty(view.brokers.len(), view.controller.map(|id| id.0)) }</p>
                <Bootstrap addresses={view.bootstrap.join(", ")}/>
                <CreateForm view={Rc::clone(view)} state={Rc::clone(&props.state)} closes=false/>
            </div>
        </section>
    }
}

/// A name that no topic has.
fn offered(view: &View) -> String {
    let is_free = |name: &&str| view.topics.iter().all(|topic| *topic.name != **name);
    say::EXAMPLES.into_iter().find(is_free).map_or_else(|| say::another(view.topics.len() + 1), str::to_owned)
}

/// As it is filled in; none: something of it cannot be.
fn command(view: &View, name: &str, partitions: &str, replicas: &str, given: &Given) -> Option<Command> {
    let taken: Vec<&str> = view.topics.iter().map(|t| &*t.name).collect();
    let counts = rules::partitions(partitions).or_else(|| rules::replication_factor(replicas, view.brokers.len()));
    let wrong = rules::topic_name(name, &taken).or(counts).or_else(|| rules::topic_configs(given).map(|(_, rule)| rule));
    let asked = || Command::CreateTopic {
        name: name.to_owned(),
        partitions: partitions.trim().parse().unwrap_or_default(),
        replication_factor: replicas.trim().parse().unwrap_or(1),
        configs: given.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
    };
    wrong.is_none().then(asked)
}

#[derive(Properties, PartialEq)]
struct FormProps {
    view: Rc<View>,
    state: Rc<State>,
    /// Close the sheet once the topic stands.
    closes: bool,
}

#[component]
fn CreateForm(props: &FormProps) -> Html {
    let FormProps { view, state, closes } = props;
    let desk = use_desk();
    let name = use_state(|| offered(view));
    let partitions = use_state(|| "3".to_owned());
    let replicas = use_state(|| view.brokers.len().clamp(1, 3).to_string());
    let given = use_state(Given::new);
    let tried = use_state(|| false);
    let taken: Vec<&str> = view.topics.iter().map(|t| &*t.name).collect();
    let wrong = |rule: Option<rules::Rule>| rule.map(|r| Broken { error: r.error, rule: r.text });
    let bad_name = wrong(rules::topic_name(&name, &taken)).filter(|_| *tried || !name.is_empty());
    let bad_partitions = wrong(rules::partitions(&partitions));
    let bad_replicas = wrong(rules::replication_factor(&replicas, view.brokers.len()));
    let bad_setting = rules::topic_configs(&given).map(|(at, r)| (at, Broken { error: r.error, rule: r.text }));
    let count = if bad_partitions.is_none() { partitions.trim().parse::<usize>().unwrap_or_default() } else { 0 };
    // What is written by now: who is quick may not have seen it drawn.
    let asked = {
        let (view, name, partitions, replicas, given) =
            (Rc::clone(view), name.clone(), partitions.clone(), replicas.clone(), given.clone());
        move || command(&view, &name, &partitions, &replicas, &given)
    };
    let fine = asked().is_some();
    let outcome = outcome(view, state, &Place::CreateTopic);
    {
        let (desk, done, closes) =
            (desk.clone(), *tried && matches!(outcome.as_deref().map(|o| &o.state), Some(OutcomeState::Done { .. })), *closes);
        use_effect_with(done, move |done| {
            if *done && closes {
                desk.act(Act::Sheet(None));
            }
        });
    }
    let onsubmit = {
        let (desk, tried, closes) = (desk.clone(), tried.clone(), *closes);
        move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let Some(command) = asked() else { return };
            if !closes {
                // It was asked for as a sheet, perhaps: that is over when there is a topic.
                desk.act(Act::Sheet(None));
            }
            desk.send(Place::CreateTopic, command);
        }
    };
    let field = |state: &UseStateHandle<String>| {
        let state = state.clone();
        move |event: InputEvent| state.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let invalid = |rule: &Option<Broken>| if rule.is_some() { "true" } else { "false" };
    html! {
        <div>
            <form class="pt-create" aria-label={say::FORM} {onsubmit} novalidate=true>
                <label>{ say::TOPIC }<input class="pt-field pt-field--mono" data-field="name" data-focus-here="" style="width:168px" value={(*name).clone()} oninput={field(&name)} autocomplete="off" spellcheck="false"
                    aria-invalid={invalid(&bad_name)} aria-describedby="bad-name"/></label>
                <label>{ say::PARTITIONS }<input class="pt-field pt-field--mono" data-field="partitions" style="width:72px" inputmode="numeric" value={(*partitions).clone()} oninput={field(&partitions)}
                    aria-invalid={invalid(&bad_partitions)} aria-describedby="bad-partitions"/></label>
                <label>{ say::REPLICATION_FACTOR }<input class="pt-field pt-field--mono" data-field="replicas" style="width:112px" inputmode="numeric" value={(*replicas).clone()} oninput={field(&replicas)}
                    aria-invalid={invalid(&bad_replicas)} aria-describedby="bad-replicas"/></label>
                <button type="submit" class="pt-btn pt-btn--main" aria-disabled={if fine { "false" } else { "true" }}>{ say::SUBMIT }</button>
            </form>
            <div class="pt-create__wrong" aria-live="polite">
                { broken(bad_name.as_ref(), "bad-name") }{ broken(bad_partitions.as_ref(), "bad-partitions") }{ broken(bad_replicas.as_ref(), "bad-replicas") }
            </div>
            <Settings given={(*given).clone()} wrong={bad_setting} change={let given = given.clone(); Callback::from(move |new| given.set(new))}/>
            if *tried { { problem_box(outcome.as_deref()) } }
            if count > 0 {
                <ol class="pt-ghost" aria-label={say::preview(count)}>
                    { for (0..count.min(DRAWN)).map(|i| html! {
                        <li><div class="pt-part__id"><span class="pt-part__no">{ i }</span></div><div class="pt-ghost__tape"><span class="pt-slot pt-slot--next"><b>{ "0" }</b></span></div></li>
                    }) }
                </ol>
                <p class="pt-dim">{ say::spread(count, count.saturating_sub(DRAWN), view.brokers.len()) }</p>
                <p class="pt-same">{ say::IN_TERMINAL }<code>{ format!("kafka-topics.sh --bootstrap-server {} \\\n  --create --topic {} \\\n  --partitions {count} --replication-factor {}{}", view.bootstrap.first().map_or("localhost:9092", |b| b), *name, replicas.trim(), settings::arguments(&given)) }</code></p>
            }
        </div>
    }
}
