//! What stands above the records: where to look, for what, and how it is shown.

use super::export::Export;
use super::form::{Form, Start};
use super::search::Search;
use crate::ui::catalogue::messages as say;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::Act;
use crate::view::query::records::{FIELDS, RecordsAsk};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Changes the form.
type Changes = Rc<dyn Fn(&dyn Fn(&mut Form))>;

#[derive(Properties, PartialEq)]
pub struct ToolsProps {
    pub form: Form,
    pub topic: Arc<str>,
    pub partitions: usize,
    pub names: Vec<Arc<str>>,
    pub search: Search,
    pub version: u64,
    pub ask: Option<RecordsAsk>,
    /// What is wrong with the filter, or else with where one begins.
    pub wrong: Option<(bool, String)>,
}

const WRONG: &str = "messages-wrong";

#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let desk = use_desk();
    let form = &props.form;
    let helps = use_state(|| false);
    let change: Changes = {
        let (desk, form) = (desk.clone(), form.clone());
        Rc::new(move |change| {
            let mut form = form.clone();
            change(&mut form);
            desk.act(Act::Messages(form));
        })
    };
    let select = |name: &'static str, options: Vec<(String, String, bool)>, set: fn(&mut Form, &str)| {
        let change = Rc::clone(&change);
        let onchange = move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            change(&|form| set(form, &value));
        };
        html! {
            <span class="pt-select"><select class="pt-field" aria-label={name} {onchange}>
                { for options.into_iter().map(|(value, text, selected)| html! { <option {value} {selected}>{ text }</option> }) }
            </select>{ icon(Icon::Down) }</span>
        }
    };
    let typed = |set: fn(&mut Form, String)| {
        let change = Rc::clone(&change);
        move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            change(&|form| set(form, value.clone()));
        }
    };
    let wrong = |filter: bool| props.wrong.as_ref().filter(|(of_filter, _)| *of_filter == filter).map(|_| ("true", WRONG));
    let topics = props.names.iter().map(|name| (name.to_string(), name.to_string(), *name == props.topic)).collect();
    let partitions = std::iter::once((String::new(), say::ALL_PARTITIONS.to_owned(), form.partition.is_none()))
        .chain((0..props.partitions).map(|n| (n.to_string(), n.to_string(), form.partition == i32::try_from(n).ok())))
        .collect();
    let starts = STARTS.map(|(start, value, text)| (value.to_owned(), text.to_owned(), form.start == start)).into();
    let begins_at = match form.start {
        Start::Newest | Start::Oldest => None,
        Start::Offset => Some((say::OFFSET_AT, "0")),
        Start::Time => Some((say::TIME_AT, say::TIME_EXAMPLE)),
    };
    let help = {
        let helps = helps.clone();
        move |_: MouseEvent| helps.set(!*helps)
    };
    let live = {
        let change = Rc::clone(&change);
        move |_: Event| change(&|form| form.live = !form.live)
    };
    let example = |text: &'static str| {
        let change = Rc::clone(&change);
        let take = move |_: MouseEvent| change(&|form| form.filter = text.to_owned());
        html! { <button type="button" class="pt-link pt-mono" onclick={take}>{ text }</button> }
    };
    html! {
        <div class="pt-tools" role="search" aria-label={say::TITLE}>
            { select(say::TOPIC, topics, |form, value| (form.topic, form.partition) = (Some(value.into()), None)) }
            { select(say::PARTITION, partitions, |form, value| form.partition = value.parse().ok()) }
            { select(say::START, starts, |form, value| form.start = STARTS.iter().find(|(_, name, _)| *name == value).map_or(Start::Newest, |(start, ..)| *start)) }
            if let Some((name, example)) = begins_at {
                <input class="pt-field pt-field--mono pt-tools__at" aria-label={name} placeholder={example} value={form.at.clone()} spellcheck="false"
                    aria-invalid={wrong(false).map(|it| it.0)} aria-describedby={wrong(false).map(|it| it.1)} oninput={typed(|form, value| form.at = value)}/>
            }
            <span class="pt-tools__find"><input class="pt-field pt-field--mono" type="search" data-filter="" aria-label={say::FILTER} placeholder={say::FILTER_EXAMPLE} value={form.filter.clone()} spellcheck="false"
                autocomplete="off" aria-invalid={wrong(true).map(|it| it.0)} aria-describedby={wrong(true).map(|it| it.1)} oninput={typed(|form, value| form.filter = value)}/>{ progress(&props.search, !form.filter.trim().is_empty()) }</span>
            <button type="button" class="pt-btn pt-btn--icon pt-btn--edge" aria-label={say::EXAMPLES} aria-expanded={if *helps { "true" } else { "false" }} onclick={help}>{ "?" }</button>
            if form.start == Start::Newest {
                <label class="pt-check" title={say::LIVE_IS}><input type="checkbox" checked={form.live} onchange={live}/>{ say::LIVE }</label>
            }
            <Export ask={props.ask.clone()}/>
            if let Some((_, message)) = &props.wrong { <p class="pt-broken" id={WRONG} role="alert">{ message }</p> }
            if *helps {
                <div class="pt-tools__help"><p>{ say::EXAMPLES_ARE }</p>{ for FIELDS.map(|(_, text)| example(text)) }</div>
            }
        </div>
    }
}

const STARTS: [(Start, &str, &str); 4] = [
    (Start::Newest, "newest", say::NEWEST),
    (Start::Oldest, "oldest", say::OLDEST),
    (Start::Offset, "offset", say::OFFSET),
    (Start::Time, "time", say::TIME),
];

/// How far the look has got, and what ends it before its time.
fn progress(search: &Search, filtered: bool) -> Html {
    let found = search.found();
    let stop = {
        let search = search.clone();
        move |_: MouseEvent| search.stop()
    };
    html! {
        <span class="pt-tools__progress" title={say::progress_in_full(found.records.len(), found.looked_at, found.left)}>
            { say::progress(found.records.len(), found.looked_at, found.left, filtered) }
            if found.unreadable > 0 { { "; " }{ say::unreadable(found.unreadable) } }
            if found.busy { { " " }<button type="button" class="pt-link" onclick={stop}>{ say::STOP }</button> }
        </span>
    }
}
