//! Settings of a topic to be: what each does, what it is where nothing is said, and what is wrong with what was typed.

use crate::playground::ConfigOf;
use crate::ui::ask::use_answer;
use crate::ui::catalogue::{configs, create as say};
use crate::ui::desk::use_desk;
use crate::ui::drawer::sentence;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::{Broken, broken};
use crate::view::query::configs::{ConfigView, ConfigsAsk};
use crate::view::{Answer, Query};
use std::fmt::Write as _;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Names and values, as typed.
pub type Given = Vec<(Arc<str>, String)>;

/// The same for `kafka-topics.sh`.
pub fn arguments(given: &Given) -> String {
    let mut said = String::new();
    for (name, value) in given {
        let _ = write!(said, " \\\n  --config {name}={value}");
    }
    said
}

#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    pub given: Given,
    /// What is wrong, and with which.
    pub wrong: Option<(usize, Broken)>,
    pub change: Callback<Given>,
}

#[component]
pub fn Settings(props: &SettingsProps) -> Html {
    let SettingsProps { given, wrong, change } = props;
    let desk = use_desk();
    let next = use_state(|| None::<Arc<str>>);
    let opened = use_state(|| false);
    // What is wrong is never folded away.
    let open = *opened || wrong.is_some();
    let answer = use_answer(open.then(|| Query::Configs { configs: ConfigsAsk { of: ConfigOf::Topic, name: "".into() } }), 0);
    let known: &[ConfigView] = match answer.as_deref() {
        Some(Answer::Configs { configs }) => configs,
        _ => &[],
    };
    let left: Vec<&ConfigView> = known.iter().filter(|it| it.in_use && given.iter().all(|(name, _)| *name != it.name)).collect();
    let chosen = left.iter().find(|it| Some(&it.name) == next.as_ref()).or(left.first()).copied();
    let add = chosen.map(|it| {
        let mut given = given.clone();
        given.push((Arc::clone(&it.name), it.value.as_deref().unwrap_or_default().to_owned()));
        let (change, desk) = (change.clone(), desk.clone());
        move |_: MouseEvent| {
            change.emit(given.clone());
            desk.focus_late(".pt-set:not(:has(~ .pt-set)) .pt-field");
        }
    });
    let choose = move |event: Event| next.set(Some(event.target_unchecked_into::<HtmlSelectElement>().value().into()));
    let row = |(at, (name, value)): (usize, &(Arc<str>, String))| {
        let write = {
            let (given, change) = (given.clone(), change.clone());
            move |event: InputEvent| {
                let mut given = given.clone();
                if let Some(it) = given.get_mut(at) {
                    it.1 = event.target_unchecked_into::<HtmlInputElement>().value();
                }
                change.emit(given);
            }
        };
        let drop = {
            let (given, change, desk) = (given.clone(), change.clone(), desk.clone());
            move |_: MouseEvent| {
                let mut given = given.clone();
                given.remove(at);
                change.emit(given);
                desk.focus("[data-act=add-setting]");
            }
        };
        let wrong = wrong.as_ref().filter(|(which, _)| *which == at).map(|(_, wrong)| wrong);
        let does = known.iter().find(|it| it.name == *name);
        html! {
            <div class="pt-set" key={name.to_string()} role="group" aria-label={name.to_string()}>
                <span class="pt-mono">{ &**name }</span>
                <input class="pt-field pt-field--mono" aria-label={name.to_string()} value={value.clone()} oninput={write} autocomplete="off" spellcheck="false"
                    aria-invalid={wrong.map(|_| "true")} aria-describedby={wrong.map(|_| "bad-setting")}/>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={say::without(name)} onclick={drop}>{ icon(Icon::Close) }</button>
                { broken(wrong, "bad-setting") }
                if let Some(does) = does { <p class="pt-dim">{ sentence(does) }{ " " }{ say::else_is(does.value.as_deref().unwrap_or(configs::NOT_SET)) }</p> }
            </div>
        }
    };
    html! {
        <div class="pt-sets" role="group" aria-label={configs::TITLE}>
            <button type="button" class="pt-foldline" aria-expanded={if open { "true" } else { "false" }} onclick={move |_: MouseEvent| opened.set(!open)}>
                { icon(if open { Icon::Down } else { Icon::Right }) }{ say::settings(given.len()) }
            </button>
            if open { { for given.iter().enumerate().map(row) } }
            if let Some(Answer::Absent { why }) = answer.as_deref() { <p class="pt-dim">{ why }</p> }
            if let Some(chosen) = chosen.filter(|_| open) {
                <div class="pt-sets__add">
                    <span class="pt-select"><select class="pt-field pt-field--mono" aria-label={say::SETTING} onchange={choose}>
                        { for left.iter().map(|it| html! { <option value={it.name.to_string()} selected={it.name == chosen.name}>{ &*it.name }</option> }) }
                    </select>{ icon(Icon::Down) }</span>
                    <button type="button" class="pt-btn" data-act="add-setting" onclick={add}>{ icon(Icon::Plus) }{ say::ADD_SETTING }</button>
                </div>
                <p class="pt-dim">{ sentence(chosen) }</p>
            }
        </div>
    }
}
