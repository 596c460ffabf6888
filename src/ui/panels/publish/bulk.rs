//! Many records: lines, JSON lines, made-up orders.

use super::edited;
use crate::playground::{Bulk, Keys, RECORDS_MAX};
use crate::ui::catalogue::publish as say;
use crate::ui::desk::use_desk;
use crate::ui::draft::{Draft, What};
use crate::ui::icons::{Icon, icon};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The kinds of keys that made-up orders can have.
const KEYS: usize = 5;

fn keys(at: usize) -> (Keys, String) {
    let drawn = |count| Keys::Drawn { prefix: "user-".to_owned(), count };
    match at {
        1 => (drawn(3), say::keys_drawn(3)),
        2 => (drawn(100), say::keys_drawn(100)),
        3 => (drawn(1), say::KEYS_HOT.to_owned()),
        4 => (Keys::None, say::KEYS_NONE.to_owned()),
        _ => (Keys::Users, say::keys_drawn(10)),
    }
}

/// How many copies or orders are wanted; none: what was typed is no such number.
pub fn count_of(draft: &Draft) -> Option<u32> {
    draft.count.trim().parse().ok().filter(|count| (1..=RECORDS_MAX as u32).contains(count))
}

/// How many records would be sent.
pub fn records_of(draft: &Draft) -> usize {
    match draft.what {
        What::One | What::Sample => count_of(draft).unwrap_or(1) as usize,
        What::Lines | What::JsonLines => draft.bulk.lines().filter(|line| !line.trim().is_empty()).count(),
    }
}

/// What would be sent, where it is more than a record.
pub fn bulk_of(draft: &Draft) -> Bulk {
    let count = count_of(draft).unwrap_or(1);
    match draft.what {
        What::One => Bulk::Same {
            key: draft.given_key(),
            value: (!draft.tombstone).then(|| draft.value.clone()),
            headers: draft.given_headers(),
            partition: draft.partition,
            count,
        },
        What::Lines => {
            let key_separator = Some(draft.separator.clone()).filter(|separator| !separator.is_empty());
            Bulk::Lines { text: draft.bulk.clone(), key_separator }
        }
        What::JsonLines => Bulk::JsonLines { text: draft.bulk.clone() },
        What::Sample => Bulk::Sample { keys: keys(draft.sample).0, count },
    }
}

#[derive(Properties, PartialEq)]
pub struct ManyProps {
    pub draft: Draft,
}

/// The form's body for many records.
#[component]
pub fn Many(props: &ManyProps) -> Html {
    let desk = use_desk();
    let draft = &props.draft;
    let edit = |change: fn(&mut Draft, String)| edited(&desk, change);
    if draft.what == What::Sample {
        let (set_keys, set_count) = (edit(|d, v| d.sample = v.parse().unwrap_or_default()), edit(|d, v| d.count = v));
        return html! {
            <>
                <label class="pt-row"><span>{ say::KEYS }</span>
                    <span class="pt-select"><select class="pt-field" onchange={move |e: Event| set_keys(e.target_unchecked_into::<HtmlSelectElement>().value())}>
                        { for (0..KEYS).map(|at| html! { <option value={at.to_string()} selected={draft.sample == at}>{ keys(at).1 }</option> }) }
                    </select>{ icon(Icon::Down) }</span>
                </label>
                <label class="pt-row"><span>{ say::COUNT }</span>
                    <input class="pt-field pt-field--mono" inputmode="numeric" value={draft.count.clone()} aria-invalid={if count_of(draft).is_none() { "true" } else { "false" }}
                        oninput={move |e: InputEvent| set_count(e.target_unchecked_into::<HtmlInputElement>().value())}/>
                </label>
            </>
        };
    }
    let (set_bulk, set_separator) = (edit(|d, v| d.bulk = v), edit(|d, v| d.separator = v));
    let (name, hint) = if draft.what == What::Lines { (say::LINES, say::LINES_HINT) } else { (say::JSON_LINES, say::JSON_HINT) };
    html! {
        <>
            <textarea class="pt-field pt-field--mono pt-bulk" data-field="bulk" aria-label={name} placeholder={hint} spellcheck="false" value={draft.bulk.clone()}
                oninput={move |e: InputEvent| set_bulk(e.target_unchecked_into::<HtmlTextAreaElement>().value())}/>
            if draft.what == What::Lines {
                <label class="pt-row"><span>{ say::SEPARATOR }</span>
                    <input class="pt-field pt-field--mono" value={draft.separator.clone()} placeholder={say::NO_SEPARATOR} autocomplete="off"
                        oninput={move |e: InputEvent| set_separator(e.target_unchecked_into::<HtmlInputElement>().value())}/>
                </label>
            } else {
                <p class="pt-dim">{ say::JSON_SAID }</p>
            }
        </>
    }
}
