//! The tab Configs: settings of topics and brokers; what differs from the default, what each does; edited where they stand.

mod row;

use super::TabProps;
use crate::playground::ConfigOf;
use crate::ui::ask::use_answer;
use crate::ui::catalogue::configs as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, Place};
use crate::view::query::configs::{ConfigView, ConfigsAsk};
use crate::view::{Answer, OutcomeState, Query, View};
use row::Row;
pub use row::sentence;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// What is shown, as a person chose it. Kept while the page is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub of: ConfigOf,
    /// The topic's name or the broker's id; none: the first topic.
    pub name: Option<Arc<str>>,
    /// What names and sentences contain.
    pub text: String,
    /// Only what is not the default.
    pub differing: bool,
    /// Also what nothing here depends on.
    pub idle: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self { of: ConfigOf::Topic, name: None, text: String::new(), differing: false, idle: false }
    }
}

impl Form {
    /// All settings of one.
    pub fn of(of: ConfigOf, name: Arc<str>) -> Self {
        Self { of, name: Some(name), ..Self::default() }
    }

    /// Whose settings are shown: what was chosen, while it is there.
    fn whose(&self, view: &View) -> (ConfigOf, Arc<str>) {
        let there = match (self.of, &self.name) {
            (ConfigOf::Topic, Some(name)) => view.topics.iter().any(|topic| topic.name == *name),
            (ConfigOf::Broker, Some(id)) => view.brokers.iter().any(|broker| broker.id.to_string() == **id),
            (ConfigOf::Brokers, _) => true,
            _ => false,
        };
        match (there, view.topics.first()) {
            (true, _) => (self.of, self.name.clone().unwrap_or_default()),
            (false, Some(topic)) => (ConfigOf::Topic, Arc::clone(&topic.name)),
            (false, None) => (ConfigOf::Brokers, "".into()),
        }
    }

    fn shows(&self, config: &ConfigView) -> bool {
        let wanted = self.text.trim().to_lowercase();
        let says = |text: &str| text.to_lowercase().contains(&wanted);
        let by_text =
            || says(&config.name) || config.value.as_deref().is_some_and(says) || row::does(config).is_some_and(|does| says(&does));
        (!self.differing || !config.is_default) && (self.idle || config.in_use || config.own) && (wanted.is_empty() || by_text())
    }
}

#[component]
pub fn Configs(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let form = &state.configs;
    let (of, name) = form.whose(view);
    let place = |key: &Arc<str>| Place::Config(of as u8, Arc::clone(&name), Arc::clone(key));
    // Asked anew once a second, and when something was set.
    let done = state.requests.keys().filter(|place| matches!(place, Place::Config(..))).filter_map(|place| outcome(view, state, place));
    let done: u64 = done.filter(|o| !matches!(o.state, OutcomeState::Pending)).map(|o| o.request).sum();
    let seconds = (js_sys::Date::now() / 1_000.0) as u64;
    let ask = ConfigsAsk { of, name: Arc::clone(&name) };
    let answer = use_answer(Some(Query::Configs { configs: ask }), seconds.wrapping_add(done << 32));
    let list = match answer.as_deref() {
        None => Html::default(),
        Some(Answer::Configs { configs }) => {
            let shown: Vec<&ConfigView> = configs.iter().filter(|config| form.shows(config)).collect();
            let differing = configs.iter().filter(|config| !config.is_default).count();
            html! {
                <>
                    <p class="pt-dim pt-configs__count">{ say::shown(shown.len(), differing) }</p>
                    if shown.is_empty() { <p class="pt-none">{ if form.differing && form.text.is_empty() { say::ALL_DEFAULT } else { say::NONE_PASSES } }</p> } else {
                        <ul class="pt-configs" aria-label={say::of(&shown_name(of, &name))}>
                            { for shown.into_iter().map(|config| html! {
                                <Row key={config.name.to_string()} {of} name={Arc::clone(&name)} config={config.clone()} chosen={is_chosen(&state.chosen, of, &name, &config.name)} outcome={outcome(view, state, &place(&config.name))}/>
                            }) }
                        </ul>
                    }
                </>
            }
        }
        Some(Answer::Absent { why }) => html! { <p class="pt-none" role="alert">{ why }</p> },
        Some(_) => Html::default(),
    };
    let whose = shown_name(of, &name);
    html! {
        <div class="pt-pane pt-pane--configs">
            <Tools form={form.clone()} {of} {name} topics={view.topics.iter().map(|t| Arc::clone(&t.name)).collect::<Vec<_>>()} brokers={view.brokers.iter().map(|b| b.id.0).collect::<Vec<_>>()}/>
            <div class="pt-configs-list" key={whose}>{ list }</div>
        </div>
    }
}

fn is_chosen(chosen: &Option<Chosen>, of: ConfigOf, name: &str, key: &str) -> bool {
    matches!(chosen, Some(Chosen::Setting { of: kind, name: whose, key: which }) if *kind == of && **whose == *name && **which == *key)
}

#[derive(Properties, PartialEq)]
pub struct SettingCardProps {
    pub of: ConfigOf,
    pub name: Arc<str>,
    pub setting: Arc<str>,
    /// Grows when it may have changed.
    pub fresh: u64,
}

/// What the inspector shows of a setting.
#[component]
pub fn SettingCard(props: &SettingCardProps) -> Html {
    let ask = ConfigsAsk { of: props.of, name: Arc::clone(&props.name) };
    let answer = use_answer(Some(Query::Configs { configs: ask }), props.fresh);
    let Some(Answer::Configs { configs }) = answer.as_deref() else { return Html::default() };
    let Some(config) = configs.iter().find(|config| config.name == props.setting) else { return Html::default() };
    html! {
        <>
            <p class="pt-config__says">{ row::sentence(config) }</p>
            <dl class="pt-facts">
                <dt>{ say::OF }</dt><dd class="m">{ shown_name(props.of, &props.name) }</dd>
                <dt>{ say::VALUE }</dt><dd class="m">{ config.value.as_deref().unwrap_or(say::NOT_SET) }</dd>
                <dt>{ say::SOURCE }</dt><dd class="m">{ &*config.source }</dd>
                <dt>{ say::TYPE }</dt><dd class="m">{ &*config.kind }</dd>
                if !config.synonyms.is_empty() {
                    <dt>{ say::COUNTS }</dt><dd class="m">{ for config.synonyms.iter().map(|(name, value, source)| html! { <div>{ format!("{name} = {value} ({source})") }</div> }) }</dd>
                }
            </dl>
        </>
    }
}

fn shown_name(of: ConfigOf, name: &str) -> String {
    match of {
        ConfigOf::Broker => say::broker(name),
        ConfigOf::Brokers => say::ALL_BROKERS.to_owned(),
        ConfigOf::Topic | ConfigOf::Group => name.to_owned(),
    }
}

/// Changes the form.
type Changes = Rc<dyn Fn(&dyn Fn(&mut Form))>;

#[derive(Properties, PartialEq)]
struct ToolsProps {
    form: Form,
    of: ConfigOf,
    name: Arc<str>,
    topics: Vec<Arc<str>>,
    brokers: Vec<i32>,
}

#[component]
fn Tools(props: &ToolsProps) -> Html {
    let desk = use_desk();
    let change: Changes = {
        let (desk, form) = (desk.clone(), props.form.clone());
        Rc::new(move |change| {
            let mut form = form.clone();
            change(&mut form);
            desk.act(Act::Configs(form));
        })
    };
    let choose = {
        let change = Rc::clone(&change);
        move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let (kind, name) = value.split_once('/').unwrap_or_default();
            change(&|form| {
                (form.of, form.name) = match kind {
                    "broker" => (ConfigOf::Broker, Some(name.into())),
                    "brokers" => (ConfigOf::Brokers, None),
                    _ => (ConfigOf::Topic, Some(name.into())),
                }
            });
        }
    };
    let oninput = {
        let change = Rc::clone(&change);
        move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            change(&|form| form.text.clone_from(&value));
        }
    };
    let check = |name: &'static str, on: bool, set: fn(&mut Form)| {
        let change = Rc::clone(&change);
        html! { <label class="pt-check"><input type="checkbox" checked={on} onchange={move |_: Event| change(&|form| set(form))}/>{ name }</label> }
    };
    let is = |of: ConfigOf, name: &str| props.of == of && *props.name == *name;
    html! {
        <div class="pt-tools" role="search" aria-label={say::TITLE}>
            <span class="pt-select"><select class="pt-field" aria-label={say::WHOSE} onchange={choose}>
                <optgroup label={say::TOPICS}>
                    { for props.topics.iter().map(|topic| html! { <option value={format!("topic/{topic}")} selected={is(ConfigOf::Topic, topic)}>{ &**topic }</option> }) }
                </optgroup>
                <optgroup label={say::BROKERS}>
                    <option value="brokers/" selected={props.of == ConfigOf::Brokers}>{ say::ALL_BROKERS }</option>
                    { for props.brokers.iter().map(|id| html! { <option value={format!("broker/{id}")} selected={is(ConfigOf::Broker, &id.to_string())}>{ say::broker(&id.to_string()) }</option> }) }
                </optgroup>
            </select>{ icon(Icon::Down) }</span>
            <input class="pt-field pt-tools__filter" type="search" data-filter="" aria-label={say::SEARCH} placeholder={say::SEARCH} value={props.form.text.clone()} spellcheck="false" autocomplete="off" {oninput}/>
            { check(say::DIFFERING, props.form.differing, |form| form.differing = !form.differing) }
            { check(say::IDLE, props.form.idle, |form| form.idle = !form.idle) }
        </div>
    }
}
