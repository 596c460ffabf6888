//! A topic's settings: those of its own, and a form that sets one.

use super::{problem_box, sheet_head};
use crate::playground::{Command, ConfigOf};
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Place, State};
use crate::view::{OutcomeState, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SettingsProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub topic: Arc<str>,
}

/// What is changed most, with a value that shows something soon.
const KNOWN: [(&str, &str); 13] = [
    ("min.insync.replicas", "2"),
    ("unclean.leader.election.enable", "true"),
    ("cleanup.policy", "compact"),
    ("retention.ms", "60000"),
    ("retention.bytes", "10000"),
    ("segment.ms", "10000"),
    ("segment.bytes", "1048576"),
    ("min.cleanable.dirty.ratio", "0.1"),
    ("min.compaction.lag.ms", "0"),
    ("max.compaction.lag.ms", "10000"),
    ("delete.retention.ms", "10000"),
    ("flush.messages", "1"),
    ("max.message.bytes", "1048588"),
];

#[component]
pub fn SettingsSheet(props: &SettingsProps) -> Html {
    let SettingsProps { view, state, topic } = props;
    let desk = use_desk();
    let name = use_state(|| KNOWN[0].0.to_owned());
    let value = use_state(|| KNOWN[0].1.to_owned());
    let place = Place::Settings(Arc::clone(topic));
    let set = {
        let (desk, place, topic) = (desk.clone(), place.clone(), topic.to_string());
        move |key: String, value: Option<String>| {
            desk.send(place.clone(), Command::AlterConfig { of: ConfigOf::Topic, name: topic.clone(), key, value });
        }
    };
    let onsubmit = {
        let (set, name, value) = (set.clone(), name.clone(), value.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            set(name.trim().to_owned(), Some((*value).clone()));
        }
    };
    let on_name = {
        let (name, value) = (name.clone(), value.clone());
        move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Some((_, shown)) = KNOWN.iter().find(|(known, _)| *known == typed) {
                value.set((*shown).to_owned());
            }
            name.set(typed);
        }
    };
    let on_value = {
        let value = value.clone();
        move |event: InputEvent| value.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let own = view.topics.iter().find(|t| t.name == *topic).map(|t| t.configs.clone()).unwrap_or_default();
    let said = outcome(view, state, &place);
    html! {
        <section class="pt-over" role="dialog" aria-label={format!("Settings of {topic}")}>
            { sheet_head(&desk, format!("Settings of {topic}")) }
            <table class="pt-table" aria-label="Settings that are not the default">
                <tbody>
                    { for own.iter().map(|(name, value)| {
                        let (set, key) = (set.clone(), name.to_string());
                        html! { <tr><td class="m">{ &**name }</td><td class="m">{ &**value }</td>
                            <td><button type="button" class="pt-btn pt-btn--edge" aria-label={format!("{name}: back to the default")} onclick={move |_: MouseEvent| set(key.clone(), None)}>{ "Default" }</button></td></tr> }
                    }) }
                    if own.is_empty() { <tr><td>{ "All are the brokers' defaults." }</td></tr> }
                </tbody>
            </table>
            <form class="pt-row__acts" aria-label="Set" {onsubmit} novalidate=true>
                <label class="pt-num">{ "setting" }<input class="pt-field pt-field--mono" data-focus-here="" list="settings-known" size="28" value={(*name).clone()} oninput={on_name} spellcheck="false"/></label>
                <datalist id="settings-known">{ for KNOWN.iter().map(|(name, _)| html! { <option value={*name}/> }) }</datalist>
                <label class="pt-num">{ "value" }<input class="pt-field pt-field--mono" size="12" value={(*value).clone()} oninput={on_value} spellcheck="false"/></label>
                <button type="submit" class="pt-btn pt-btn--main">{ "Set" }</button>
            </form>
            if let Some(OutcomeState::Done { text, .. }) = said.as_deref().map(|o| &o.state) { <p class="pt-result" role="status">{ icon(Icon::Ok) }{ &**text }</p> }
            { problem_box(said.as_deref()) }
        </section>
    }
}
