//! The form for a producer that writes by itself: what, how often, and how it is configured.

use super::aim::topic_of;
use super::publish::{ACKS, COMPRESSIONS};
use super::{problem_box, sheet_head};
use crate::base::SortedMap;
use crate::playground::{Command, Keys, Transactions};
use crate::ui::catalogue::producer as say;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, Place, State};
use crate::view::{OutcomeState, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ProducerSheetProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    /// What it writes to; none: what Publish writes to.
    pub topic: Option<Arc<str>>,
}

/// A field of the form: what it is called, how it begins, what can be chosen (nothing: it is typed), and Kafka's name of it where it is a
/// configuration.
struct Field {
    label: &'static str,
    begins: &'static str,
    choices: &'static [(&'static str, &'static str)],
    config: Option<&'static str>,
}

const fn typed(label: &'static str, begins: &'static str) -> Field {
    Field { label, begins, choices: &[], config: None }
}

const fn config(name: &'static str, begins: &'static str, choices: &'static [(&'static str, &'static str)]) -> Field {
    Field { label: name, begins, choices, config: Some(name) }
}

const NAME: usize = 0;
const RATE: usize = 1;
const KEYS: usize = 2;
const PREFIX: usize = 3;
const COUNT: usize = 4;
const IN_TRANSACTIONS: usize = 5;
const TRANSACTIONAL_ID: usize = 6;
const PER_TRANSACTION: usize = 7;
const ABORT_EVERY: usize = 8;
const TRANSACTION_TIMEOUT: usize = 9;
const COMPRESSION: usize = 12;

/// In the form's order; the topic stands behind the name.
const FIELDS: [Field; 17] = [
    typed(say::NAME, ""),
    typed(say::RATE, "1"),
    Field {
        label: say::KEYS,
        begins: "users",
        choices: &[("users", say::KEYS_USERS), ("drawn", say::KEYS_DRAWN), ("none", say::KEYS_NONE)],
        config: None,
    },
    typed(say::PREFIX, "user-"),
    typed(say::COUNT, "100"),
    Field { label: say::TRANSACTIONS, begins: "", choices: &[("", say::TRANSACTIONS_NONE), ("in", say::IN_TRANSACTIONS)], config: None },
    config("transactional.id", "", &[]),
    typed(say::PER_TRANSACTION, "5"),
    typed(say::ABORT_EVERY, ""),
    config("transaction.timeout.ms", "60000", &[]),
    config("acks", "all", &ACKS),
    config("enable.idempotence", "", &[("", say::IDEMPOTENCE_DEFAULT), ("true", "true"), ("false", "false")]),
    config("compression.type", "none", &[]),
    config("linger.ms", "5", &[]),
    config("batch.size", "16384", &[]),
    config("max.in.flight.requests.per.connection", "5", &[]),
    config(
        "partitioner.class",
        "",
        &[("", say::PARTITIONER_DEFAULT), ("org.apache.kafka.clients.producer.RoundRobinPartitioner", "RoundRobinPartitioner")],
    ),
];

/// The most records that a transaction may be asked to have, and transactions between two that are aborted.
const TRANSACTION_MAX: u32 = 1_000_000;

fn value(values: &[String], at: usize) -> &str {
    values.get(at).map_or("", |text| text.trim())
}

/// Whether a field is in the form, as it is filled in: what goes with a choice comes with it.
fn shows(values: &[String], at: usize) -> bool {
    match at {
        PREFIX | COUNT => value(values, KEYS) == "drawn",
        TRANSACTIONAL_ID..=TRANSACTION_TIMEOUT => is_transactional(values),
        _ => true,
    }
}

fn is_transactional(values: &[String]) -> bool {
    value(values, IN_TRANSACTIONS) == "in"
}

/// As it was filled in; none: a number is none.
fn command(values: &[String], topic: &str) -> Option<Command> {
    let keys = match value(values, KEYS) {
        "none" => Keys::None,
        "drawn" => Keys::Drawn { prefix: value(values, PREFIX).to_owned(), count: count(values)? },
        _ => Keys::Users,
    };
    let configured = FIELDS.iter().zip(values).enumerate().filter(|(at, (field, text))| {
        // What makes it transactional is said in any case: even nothing, which Kafka refuses.
        shows(values, *at) && (*at == TRANSACTIONAL_ID || text.trim() != field.begins)
    });
    let mut config: SortedMap<String, String> =
        configured.filter_map(|(_, (field, text))| Some((field.config?.to_owned(), text.trim().to_owned()))).collect();
    let transactions = if is_transactional(values) { Some(transactions(values)?) } else { None };
    let acks = config.remove("acks").unwrap_or_else(|| "all".to_owned());
    let name = Some(value(values, NAME).to_owned()).filter(|name| !name.is_empty());
    Some(Command::AddProducer { name, topic: topic.to_owned(), per_minute: per_minute(values)?, keys, acks, config, transactions })
}

/// Records a minute, from records a second.
fn per_minute(values: &[String]) -> Option<u32> {
    let per_second = value(values, RATE).parse::<f64>().ok().filter(|rate| (0.1..=1_000.0).contains(rate))?;
    Some((per_second * 60.0).round() as u32)
}

fn count(values: &[String]) -> Option<u32> {
    value(values, COUNT).parse().ok().filter(|count| (1..=1_000_000).contains(count))
}

/// Records in a transaction, and every how many is aborted; none: a number is none.
fn transactions(values: &[String]) -> Option<Transactions> {
    Some(Transactions { per_transaction: per_transaction(values)?, abort_every: abort_every(values)? })
}

fn per_transaction(values: &[String]) -> Option<u32> {
    value(values, PER_TRANSACTION).parse().ok().filter(|count| (1..=TRANSACTION_MAX).contains(count))
}

/// Nothing is never.
fn abort_every(values: &[String]) -> Option<u32> {
    match value(values, ABORT_EVERY) {
        "" => Some(0),
        text => text.parse().ok().filter(|every| *every <= TRANSACTION_MAX),
    }
}

/// With a `transactional.id` to begin with, as soon as there is to be one: the producer's name, or the one that it will get.
fn with_id(mut values: Vec<String>, changed: usize, before: &str, view: &View) -> Vec<String> {
    let free = || (1..).map(|n| format!("p{n}")).find(|name| !is_taken(view, name)).unwrap_or_default();
    let name_of = |name: &str| if name.is_empty() { free() } else { name.to_owned() };
    let begins = name_of(value(&values, NAME));
    let follows = match changed {
        IN_TRANSACTIONS => value(&values, TRANSACTIONAL_ID).is_empty(),
        // What is a person's own stays.
        NAME => is_transactional(&values) && value(&values, TRANSACTIONAL_ID) == name_of(before.trim()),
        _ => false,
    };
    if let Some(id) = values.get_mut(TRANSACTIONAL_ID).filter(|_| follows) {
        *id = begins;
    }
    values
}

fn is_taken(view: &View, name: &str) -> bool {
    let mut members = view.groups.iter().flat_map(|group| &group.members);
    view.producers.iter().any(|producer| *producer.name == *name) || members.any(|member| *member.label == *name)
}

#[component]
pub fn ProducerSheet(props: &ProducerSheetProps) -> Html {
    let ProducerSheetProps { view, state, topic } = props;
    let desk = use_desk();
    let values = use_state(|| FIELDS.map(|field| field.begins.to_owned()).to_vec());
    let topic = use_state(|| topic.clone().or_else(|| topic_of(view, state).map(|topic| Arc::clone(&topic.name))));
    let tried = use_state(|| false);
    let outcome = outcome(view, state, &Place::AddProducer).filter(|_| *tried);
    let given = topic.as_ref().and_then(|topic| command(&values, topic));
    {
        let (desk, done) = (desk.clone(), matches!(outcome.as_deref().map(|o| &o.state), Some(OutcomeState::Done { .. })));
        use_effect_with(done, move |done| {
            if *done {
                desk.act(Act::Sheet(None));
            }
        });
    }
    let head = sheet_head(&desk, say::ADD.to_owned());
    let onsubmit = {
        let (tried, topic, values) = (tried.clone(), topic.clone(), values.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            // What is written by now: who is quick may not have seen it drawn.
            if let Some(add) = topic.as_ref().and_then(|topic| command(&values, topic)) {
                tried.set(true);
                desk.send(Place::AddProducer, add);
            }
        }
    };
    let choose_topic = {
        let topic = topic.clone();
        move |event: Event| topic.set(Some(event.target_unchecked_into::<HtmlSelectElement>().value().into()))
    };
    let wrong = match outcome.as_deref().map(|o| &o.state) {
        Some(OutcomeState::Failed { field, .. }) => field.as_ref().map(ToString::to_string),
        _ => None,
    };
    let field = |(at, field): (usize, &Field)| {
        if !shows(&values, at) {
            return Html::default();
        }
        let rule = rule(&values, at);
        let broken = rule.is_some() || wrong.as_deref().is_some_and(|wrong| field.config == Some(wrong) || (at == NAME && wrong == "name"));
        html! {
            <>
                { input(&values, at, field, broken, view) }
                if let Some(rule) = rule { <p class="pt-broken" role="alert">{ rule }</p> }
            </>
        }
    };
    html! {
        <section class="pt-over" role="dialog" aria-label={say::ADD}>
            { head }
            <form class="pt-form pt-form--wide" aria-label={say::FORM} {onsubmit} novalidate=true>
                { field((NAME, &FIELDS[NAME])) }
                <label class="pt-form__row"><span>{ say::TOPIC }</span>
                    <span class="pt-select"><select class="pt-field pt-field--mono" onchange={choose_topic}>
                        { for view.topics.iter().filter(|t| !t.internal).map(|t| html! { <option value={t.name.to_string()} selected={topic.as_ref() == Some(&t.name)}>{ &*t.name }</option> }) }
                    </select>{ icon(Icon::Down) }</span></label>
                { for FIELDS.iter().enumerate().skip(RATE).map(field) }
                <button type="submit" class="pt-btn pt-btn--main" aria-disabled={if given.is_some() { "false" } else { "true" }}>{ say::ADD }</button>
                { problem_box(outcome.as_deref()) }
            </form>
        </section>
    }
}

/// What is wrong with a number, where it is.
fn rule(values: &[String], at: usize) -> Option<&'static str> {
    let (fine, rule) = match at {
        RATE => (per_minute(values).is_some(), say::BAD_RATE),
        COUNT => (count(values).is_some(), say::BAD_COUNT),
        PER_TRANSACTION => (per_transaction(values).is_some(), say::BAD_PER_TRANSACTION),
        ABORT_EVERY => (abort_every(values).is_some(), say::BAD_ABORT_EVERY),
        _ => return None,
    };
    (!fine).then_some(rule)
}

/// What nothing stands for.
const fn placeholder(at: usize) -> Option<&'static str> {
    match at {
        NAME => Some(say::NEXT_FREE),
        ABORT_EVERY => Some(say::NEVER),
        _ => None,
    }
}

fn input(values: &UseStateHandle<Vec<String>>, at: usize, field: &Field, broken: bool, view: &Rc<View>) -> Html {
    let set = {
        let (values, view) = (values.clone(), Rc::clone(view));
        move |text: String| {
            let mut next = (*values).clone();
            let before = next.get_mut(at).map(|place| std::mem::replace(place, text)).unwrap_or_default();
            values.set(with_id(next, at, &before, &view));
        }
    };
    let now = values.get(at).cloned().unwrap_or_default();
    let codecs = COMPRESSIONS.map(|name| (name, name));
    let choices = if at == COMPRESSION { &codecs[..] } else { field.choices };
    let mono = field.config.map(|_| "pt-field--mono");
    html! {
        <label class="pt-form__row"><span class={field.config.map(|_| "pt-mono")}>{ field.label }</span>
            if choices.is_empty() {
                <input class="pt-field pt-field--mono" value={now} oninput={move |event: InputEvent| set(event.target_unchecked_into::<HtmlInputElement>().value())}
                    data-focus-here={(at == NAME).then_some("")} placeholder={placeholder(at)} aria-invalid={if broken { "true" } else { "false" }} autocomplete="off"/>
            } else {
                <span class="pt-select"><select class={classes!("pt-field", mono)} onchange={move |event: Event| set(event.target_unchecked_into::<HtmlSelectElement>().value())} aria-invalid={if broken { "true" } else { "false" }}>
                    { for choices.iter().map(|(value, said)| html! { <option value={*value} selected={now == *value}>{ *said }</option> }) }
                </select>{ icon(Icon::Down) }</span>
            }
        </label>
    }
}
