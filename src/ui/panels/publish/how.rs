//! How records are sent: how many, how fast, with which acks and compression.

use super::bulk::count_of;
use super::edited;
use crate::playground::RECORDS_MAX;
use crate::ui::catalogue::publish as say;
use crate::ui::desk::use_desk;
use crate::ui::draft::{Draft, What};
use crate::ui::icons::{Icon, icon};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

pub const ACKS: [(&str, &str); 3] = [("all", say::ACKS_ALL), ("1", say::ACKS_ONE), ("0", say::ACKS_NONE)];
pub const COMPRESSIONS: [&str; 5] = ["none", "gzip", "snappy", "lz4", "zstd"];

/// Records a minute, from what was typed as records a second; `Err`: it is none.
pub fn per_minute(draft: &Draft) -> Result<Option<u32>, ()> {
    let text = draft.rate.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(rate) if (0.1..=1_000.0).contains(&rate) => Ok(Some((rate * 60.0).round() as u32)),
        _ => Err(()),
    }
}

#[derive(Properties, PartialEq)]
pub struct HowProps {
    pub draft: Draft,
}

/// A line that says how, and unfolds.
#[component]
pub fn How(props: &HowProps) -> Html {
    let desk = use_desk();
    let draft = &props.draft;
    let edit = |change: fn(&mut Draft, String)| edited(&desk, change);
    let typed = |change: fn(&mut Draft, String)| {
        let edit = edit(change);
        move |event: InputEvent| edit(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let picked = |change: fn(&mut Draft, String)| {
        let edit = edit(change);
        move |event: Event| edit(event.target_unchecked_into::<HtmlSelectElement>().value())
    };
    let toggle = edit(|d, _| d.how_open = !d.how_open);
    let own = draft.producer.clone();
    let times = (draft.what == What::One).then(|| count_of(draft).unwrap_or(1));
    let rate = Some(draft.rate.trim()).filter(|rate| !rate.is_empty());
    let (bad_count, bad_rate) = (count_of(draft).is_none(), per_minute(draft).is_err());
    let invalid = |bad: bool| if bad { "true" } else { "false" };
    html! {
        <>
            <div class="pt-row"><span>{ say::HOW }</span>
                <button type="button" class="pt-foldline" aria-expanded={if draft.how_open { "true" } else { "false" }} onclick={move |_: MouseEvent| toggle(String::new())}>
                    { icon(if draft.how_open { Icon::Down } else { Icon::Right }) }{ say::how(times, rate, &draft.acks, &draft.compression) }
                </button>
            </div>
            if draft.how_open {
                if let Some(own) = own {
                    <p class="pt-dim pt-how__own">{ say::own_settings(&own) }</p>
                } else {
                    <label class="pt-row"><span>{ say::ACKS }</span>
                        <span class="pt-select"><select class="pt-field" onchange={picked(|d, v| d.acks = v)}>
                            { for ACKS.iter().map(|(value, said)| html! { <option value={*value} selected={draft.acks == *value}>{ *said }</option> }) }
                        </select>{ icon(Icon::Down) }</span>
                    </label>
                    <label class="pt-row"><span>{ say::COMPRESSION }</span>
                        <span class="pt-select"><select class="pt-field pt-field--mono" onchange={picked(|d, v| d.compression = v)}>
                            { for COMPRESSIONS.iter().map(|value| html! { <option value={*value} selected={draft.compression == *value}>{ *value }</option> }) }
                        </select>{ icon(Icon::Down) }</span>
                    </label>
                }
                if draft.what == What::One {
                    <label class="pt-row"><span>{ say::TIMES }</span>
                        <input class="pt-field pt-field--mono" inputmode="numeric" value={draft.count.clone()} oninput={typed(|d, v| d.count = v)} aria-invalid={invalid(bad_count)}/>
                    </label>
                }
                <label class="pt-row"><span>{ say::RATE }</span>
                    <input class="pt-field pt-field--mono" inputmode="decimal" value={draft.rate.clone()} placeholder={say::AS_FAST} oninput={typed(|d, v| d.rate = v)} aria-invalid={invalid(bad_rate)}/>
                </label>
            }
            if bad_count { <p class="pt-broken" role="alert">{ say::bad_count(RECORDS_MAX) }</p> }
            if bad_rate { <p class="pt-broken" role="alert">{ say::BAD_RATE }</p> }
        </>
    }
}
