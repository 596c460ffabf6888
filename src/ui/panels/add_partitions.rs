//! More partitions for a topic: which ones come, and what that does to keys, is said before.

use super::{Broken, broken, problem_box, sheet_head};
use crate::client::partitioner::KeyPartition;
use crate::playground::{Command, rules};
use crate::ui::catalogue::add_partitions as say;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::state::{Act, Place, State};
use crate::view::{OutcomeState, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PartitionsProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub topic: Arc<str>,
}

#[component]
pub fn PartitionsSheet(props: &PartitionsProps) -> Html {
    let PartitionsProps { view, state, topic } = props;
    let desk = use_desk();
    let has = view.topics.iter().find(|t| t.name == *topic).map_or(0, |t| t.partitions.len() as i32);
    let typed = use_state(|| (has + 1).to_string());
    let tried = use_state(|| false);
    let outcome = outcome(view, state, &Place::AddPartitions).filter(|_| *tried);
    {
        let (desk, done) = (desk.clone(), matches!(outcome.as_deref().map(|o| &o.state), Some(OutcomeState::Done { .. })));
        use_effect_with(done, move |done| {
            if *done {
                desk.act(Act::Sheet(None));
            }
        });
    }
    let wrong = rules::more_partitions(&typed, topic, has).filter(|_| outcome.is_none()).map(|r| Broken { error: r.error, rule: r.text });
    let total = typed.trim().parse::<i32>().ok().filter(|_| wrong.is_none());
    let head = sheet_head(&desk, say::title(topic));
    let onsubmit = {
        let (tried, typed, topic) = (tried.clone(), typed.clone(), Arc::clone(topic));
        move |event: SubmitEvent| {
            event.prevent_default();
            // What is written by now: who is quick may not have seen it drawn.
            let total = rules::more_partitions(&typed, &topic, has).map_or_else(|| typed.trim().parse().ok(), |_| None);
            if let Some(total) = total {
                tried.set(true);
                desk.send(Place::AddPartitions, Command::AddPartitions { topic: topic.to_string(), total });
            }
        }
    };
    let write = {
        let (typed, tried) = (typed.clone(), tried.clone());
        move |event: InputEvent| {
            tried.set(false);
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    };
    let bootstrap = view.bootstrap.first().map_or("localhost:9092", |b| b);
    html! {
        <section class="pt-over" role="dialog" aria-label={say::title(topic)}>
            { head }
            <p class="pt-lead">{ say::LEAD }</p>
            <form class="pt-form" aria-label={say::FORM} {onsubmit} novalidate=true>
                <label class="pt-form__row"><span>{ say::TOTAL }</span>
                    <input class="pt-field pt-field--mono" data-focus-here="" inputmode="numeric" value={(*typed).clone()} oninput={write} autocomplete="off"
                        aria-invalid={if wrong.is_some() { "true" } else { "false" }} aria-describedby="more-partitions"/></label>
                <div id="more-partitions" role="status">
                    { broken(wrong.as_ref(), "too-few") }
                    if let Some(total) = total { { effect(view, has, total) } }
                </div>
                <button type="submit" class="pt-btn pt-btn--main" aria-disabled={if total.is_some() { "false" } else { "true" }}>{ say::ADD }</button>
                { problem_box(outcome.as_deref()) }
            </form>
            if let Some(total) = total {
                <p class="pt-same">{ say::IN_TERMINAL }<code>{ format!("kafka-topics.sh --bootstrap-server {bootstrap} --alter \\\n  --topic {topic} --partitions {total}") }</code></p>
            }
        </section>
    }
}

/// What so many partitions change.
fn effect(view: &View, has: i32, total: i32) -> Html {
    let to = |key: &str, partitions: i32| KeyPartition::of(key.as_bytes(), partitions).map(|sum| sum.partition.0);
    let moved = view.keys.iter().filter(|key| to(key, total) != to(key, has)).count();
    html! { <><p>{ say::come(has, total) }</p><p data-tone="change">{ say::keys_move(moved, view.keys.len(), total) }</p></> }
}
