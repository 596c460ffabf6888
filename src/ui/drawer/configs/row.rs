//! One setting: its value, where that is from, what it does; and the field that changes it.

use crate::playground::{Command, ConfigOf};
use crate::ui::catalogue::configs as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::state::{Act, Place};
use crate::view::query::configs::ConfigView;
use crate::view::{Outcome, OutcomeState};
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RowProps {
    pub of: ConfigOf,
    pub name: Arc<str>,
    pub config: ConfigView,
    pub chosen: bool,
    /// What became of the last change.
    pub outcome: Option<Arc<Outcome>>,
}

/// What a setting does, in a sentence; none where nothing here depends on it.
pub fn does(config: &ConfigView) -> Option<String> {
    if let Some(own) = say::does(&config.name) {
        return Some(own.to_owned());
    }
    let does = config.documentation.as_deref()?;
    let does = config.topic_config.as_deref().and_then(say::does).unwrap_or(does);
    Some(config.topic_config.as_deref().map_or_else(|| does.to_owned(), |topic| say::default_of(topic, does)))
}

/// The same, with what keeps it from being changed; and where nothing here depends on it, that.
pub fn sentence(config: &ConfigView) -> String {
    match does(config).filter(|_| config.in_use) {
        Some(does) if config.read_only => format!("{does} {}", say::READ_ONLY),
        Some(does) => does,
        None => say::IS_IDLE.to_owned(),
    }
}

#[component]
pub fn Row(props: &RowProps) -> Html {
    let desk = use_desk();
    let config = &props.config;
    // What is being typed; none while it is only shown.
    let draft = use_state(|| None::<String>);
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(draft.is_some(), move |edits| {
            if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| *edits) {
                let _ = field.focus();
                field.select();
            }
        });
    }
    // A change that was taken ends the editing; one that was refused stays to be mended.
    let pending = use_mut_ref(|| None::<u64>);
    let state = props.outcome.as_ref().map(|outcome| (outcome.request, outcome.state.clone()));
    {
        let (draft, pending) = (draft.clone(), pending.clone());
        use_effect_with(state.clone(), move |state| {
            if let Some((request, OutcomeState::Done { .. })) = state
                && pending.borrow().is_none_or(|last| last != *request)
            {
                *pending.borrow_mut() = Some(*request);
                draft.set(None);
            }
        });
    }
    let set = {
        let (desk, of, name, key) = (desk.clone(), props.of, props.name.clone(), config.name.clone());
        move |value: Option<String>| {
            let place = Place::Config(of as u8, Arc::clone(&name), Arc::clone(&key));
            desk.send(place, Command::AlterConfig { of, name: name.to_string(), key: key.to_string(), value });
        }
    };
    let onsubmit = {
        let (set, draft) = (set.clone(), draft.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            set(Some((*draft).clone().unwrap_or_default()));
        }
    };
    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let edit = {
        let (draft, value) = (draft.clone(), config.value.clone());
        move |_: MouseEvent| draft.set(Some(value.as_deref().unwrap_or_default().to_owned()))
    };
    let cancel = {
        let draft = draft.clone();
        move |_: MouseEvent| draft.set(None)
    };
    let onkeydown = {
        let draft = draft.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                draft.set(None);
            }
        }
    };
    let back = {
        let set = set.clone();
        move |_: MouseEvent| set(None)
    };
    let choose = {
        let (desk, of, name, key) = (desk.clone(), props.of, props.name.clone(), config.name.clone());
        move |_: MouseEvent| desk.act(Act::Choose(Chosen::Setting { of, name: Arc::clone(&name), key: Arc::clone(&key) }))
    };
    let refused = match &state {
        Some((_, OutcomeState::Failed { error, message, .. })) => Some((error.clone(), message.clone())),
        _ => None,
    };
    let wrong = format!("config-{}-wrong", config.name.replace('.', "-"));
    html! {
        <li class="pt-config" data-on={props.chosen.then_some("")} data-own={(!config.is_default).then_some("")} data-idle={(!config.in_use).then_some("")}>
            <button type="button" class="pt-plain pt-config__name m" aria-pressed={if props.chosen { "true" } else { "false" }} onclick={choose}>{ &*config.name }</button>
            if let Some(text) = &*draft {
                <form class="pt-config__edit" {onsubmit} {onkeydown} aria-label={say::edit(&config.name)} novalidate=true>
                    <input ref={field} class="pt-field pt-field--mono" aria-label={config.name.to_string()} value={text.clone()} spellcheck="false" autocomplete="off" aria-invalid={refused.as_ref().map(|_| "true")} aria-describedby={refused.as_ref().map(|_| wrong.clone())} {oninput}/>
                    <button type="submit" class="pt-btn pt-btn--main">{ say::SAVE }</button>
                    <button type="button" class="pt-btn pt-btn--edge" onclick={cancel}>{ say::CANCEL }</button>
                </form>
            } else {
                <span class="pt-config__value">
                    if let Some(value) = &config.value { <code class="m" title={value.to_string()}><bdi>{ &**value }</bdi></code> } else { <span class="pt-dim">{ say::NOT_SET }</span> }
                    if !config.read_only && config.in_use { <button type="button" class="pt-btn" aria-label={say::edit(&config.name)} onclick={edit}>{ say::EDIT }</button> }
                    if config.own { <button type="button" class="pt-btn pt-btn--edge" aria-label={say::back(&config.name)} onclick={back}>{ say::DEFAULT }</button> }
                </span>
            }
            <span class="pt-config__source m">{ &*config.source }</span>
            if let Some((error, message)) = refused.filter(|_| draft.is_some() || config.own) {
                <p class="pt-broken" id={wrong} role="alert">if let Some(error) = error { <b>{ &*error }</b>{ " " } }{ &*message }</p>
            }
            <p class="pt-config__does">{ sentence(config) }</p>
            if matches!(state, Some((_, OutcomeState::Pending))) { <p class="pt-dim" role="status">{ say::SAVING }</p> }
        </li>
    }
}
