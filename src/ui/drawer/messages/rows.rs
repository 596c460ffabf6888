//! The records that were found, a row each.

use super::search::Search;
use crate::base::Instant;
use crate::ui::catalogue::scene::unsettled;
use crate::ui::catalogue::{common, messages as say};
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::state::Act;
use crate::ui::words;
use crate::view::Unsettled;
use crate::view::query::records::{Decoding, FoundRecord, Payload};
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RowsProps {
    pub search: Search,
    /// What the look's version is: rows are drawn anew with it.
    pub version: u64,
    pub topic: Arc<str>,
    /// The record that is chosen: partition and offset.
    pub chosen: Option<(i32, i64)>,
    pub decoding: Decoding,
    /// The session's keys: each has its hue.
    pub keys: Arc<Vec<Arc<str>>>,
    pub epoch_ms: i64,
}

#[component]
pub fn Rows(props: &RowsProps) -> Html {
    let desk = use_desk();
    let found = props.search.found();
    // One row is a stop of the tab key: the one that is chosen, else the first.
    let is_chosen = |record: &FoundRecord| props.chosen == Some((record.partition, record.offset));
    let stop = found.records.iter().position(|record| is_chosen(record)).unwrap_or_default();
    let row = |(at, record): (usize, &std::rc::Rc<FoundRecord>)| {
        let choose = {
            let (desk, topic, partition, offset) = (desk.clone(), Arc::clone(&props.topic), record.partition, record.offset);
            move |_: MouseEvent| desk.act(Act::Look(Chosen::Record { topic: Arc::clone(&topic), partition, offset }))
        };
        let on = is_chosen(record);
        let key = record.shown_key(props.decoding);
        let fate = record.transaction.map(unsettled);
        let uncommitted = (!record.committed).then_some(say::UNCOMMITTED);
        html! {
            <tr key={format!("{} {}", record.partition, record.offset)} data-on={on.then_some("")} data-uncommitted={uncommitted.map(|_| "")} data-transaction={record.transaction.map(mark)} title={uncommitted.or(fate)} onclick={choose}>
                <td class="r">{ record.partition }</td>
                <td class="r"><button type="button" class="pt-plain" aria-pressed={if on { "true" } else { "false" }} tabindex={if at == stop { "0" } else { "-1" }}
                    aria-label={say::row(record.partition, record.offset, key.map(|key| key.line(props.decoding)).as_deref(), fate)}>{ record.offset }</button></td>
                <td class="t">{ time(record.timestamp_ms, props.epoch_ms) }</td>
                <td>{ key_mark(key, props.decoding, record, &props.keys) }</td>
                <td class="v">if let Some(fate) = record.transaction { <span class="pt-fate">{ say::fate(fate) }</span> }{ line(record.shown_value(props.decoding), props.decoding, if record.kind.is_control() { say::CONTROL } else { say::TOMBSTONE }) }</td>
                <td class="h"><bdi>{ headers(record) }</bdi></td>
                <td class="r s">{ say::bytes(size(record)) }</td>
            </tr>
        }
    };
    html! {
        <table class="pt-records" aria-label={say::records_of(&props.topic)} onkeydown={move_focus}>
            <thead><tr>
                <th class="r">{ say::COLUMN_PARTITION }</th><th class="r">{ say::COLUMN_OFFSET }</th><th class="t">{ say::COLUMN_TIME }</th><th>{ say::COLUMN_KEY }</th>
                <th class="v">{ say::COLUMN_VALUE }</th><th class="h">{ say::COLUMN_HEADERS }</th><th class="r s">{ say::COLUMN_SIZE }</th>
            </tr></thead>
            <tbody>{ for found.records.iter().enumerate().map(row) }</tbody>
        </table>
    }
}

/// A row's mark in the style sheet.
const fn mark(fate: Unsettled) -> &'static str {
    match fate {
        Unsettled::Open => "open",
        Unsettled::Aborted => "aborted",
    }
}

/// Up and down go from row to row.
fn move_focus(event: KeyboardEvent) {
    let Some(row) = event.target_dyn_into::<Element>().and_then(|e| e.closest("tr").ok().flatten()) else { return };
    let next = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => return,
    };
    let button = next.and_then(|row| row.query_selector("button").ok().flatten()).and_then(|b| b.dyn_into::<HtmlElement>().ok());
    if let Some(button) = button {
        event.prevent_default();
        let _ = button.focus();
    }
}

/// A moment of the session, as its clock has it.
pub fn time(timestamp_ms: i64, epoch_ms: i64) -> String {
    match u64::try_from(timestamp_ms.saturating_sub(epoch_ms)) {
        Ok(since) => words::face(Instant::from_micros(since.saturating_mul(1_000))),
        Err(_) => timestamp_ms.to_string(),
    }
}

/// What is no text: null, or nothing at all, which is something else.
fn dim(said: &'static str) -> Html {
    html! { <span class="pt-dim">{ said }</span> }
}

/// A line of bytes; `null` says what none is.
pub fn line(payload: Option<&Payload>, decoding: Decoding, null: &'static str) -> Html {
    match payload {
        None => dim(null),
        Some(payload) if payload.len == 0 => dim(common::EMPTY),
        Some(payload) => html! { <bdi>{ payload.line(decoding) }</bdi> },
    }
}

/// A key in its hue.
pub fn key_mark(key: Option<&Payload>, decoding: Decoding, record: &FoundRecord, keys: &[Arc<str>]) -> Html {
    let Some(key) = key.filter(|key| key.len > 0) else { return line(key, decoding, common::NULL) };
    let key = key.line(decoding);
    let text = record.key.as_ref().and_then(Payload::text).unwrap_or(&key);
    let hue = keys.iter().position(|known| **known == *text).map(|at| (at % 8 + 1).to_string());
    html! { <span class="pt-key" data-k={hue} title={key.clone()}><bdi>{ key }</bdi></span> }
}

fn headers(record: &FoundRecord) -> Html {
    if record.headers.is_empty() {
        return dim(common::NONE);
    }
    let said = |(at, (name, value)): (usize, &(Arc<str>, Option<Payload>))| {
        html! { <>{ if at > 0 { ", " } else { "" } }{ name }{ ": " }{ line(value.as_ref(), Decoding::Auto, common::NULL) }</> }
    };
    record.headers.iter().enumerate().map(said).collect()
}

pub fn size(record: &FoundRecord) -> u32 {
    let len = |payload: &Option<Payload>| payload.as_ref().map_or(0, |payload| payload.len);
    len(&record.key).saturating_add(len(&record.value))
}
