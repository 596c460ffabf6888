//! Resetting a group's offsets: what would change is shown before it does.

use super::{problem_box, sheet_head};
use crate::playground::{Command, ResetTo};
use crate::ui::ask::use_answer;
use crate::ui::catalogue::groups as say;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Place, State};
use crate::ui::words;
use crate::view::query::reset::{ResetAsk, ResetPreview, ResetRow};
use crate::view::{Answer, OutcomeState, Query, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ResetProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub group: Arc<str>,
}

/// The ways, as the tool's options name them; and what each takes.
const WAYS: [(&str, &str); 7] = [
    ("to-earliest", ""),
    ("to-latest", ""),
    ("to-offset", say::RESET_OFFSET),
    ("shift-by", say::RESET_BY),
    ("to-datetime", say::RESET_TIME),
    ("by-duration", say::RESET_DURATION),
    ("to-current", ""),
];

/// Where to, as it was filled in; none: what was typed is no number, or no moment.
fn target(way: &str, typed: &str, epoch_ms: i64) -> Option<ResetTo> {
    let typed = typed.trim();
    Some(match way {
        "to-earliest" => ResetTo::Earliest,
        "to-latest" => ResetTo::Latest,
        "to-current" => ResetTo::Current,
        "to-offset" => ResetTo::Offset { offset: typed.parse().ok()? },
        "shift-by" => ResetTo::ShiftBy { by: typed.parse().ok()? },
        "by-duration" => ResetTo::ByDuration { ms: duration_ms(typed)? },
        _ => ResetTo::Datetime { ms: epoch_ms + moment_ms(typed)? },
    })
}

/// A length of time as the tool takes it, `P1DT2H3M4.5S` (`java.time.Duration`: the largest unit first, a fraction of seconds alone), or as a clock has it, `01:30`.
fn duration_ms(text: &str) -> Option<i64> {
    let Some(iso) = text.strip_prefix(['P', 'p']) else { return moment_ms(text) };
    let mut number = String::new();
    let (mut ms, mut in_time, mut above_ms) = (0.0, false, f64::INFINITY);
    for c in iso.chars() {
        let unit_ms = match c.to_ascii_uppercase() {
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            'T' if !in_time && number.is_empty() => {
                in_time = true;
                continue;
            }
            'D' if !in_time => 86_400_000.0,
            'H' if in_time => 3_600_000.0,
            'M' if in_time => 60_000.0,
            'S' if in_time => 1_000.0,
            _ => return None,
        };
        if unit_ms >= above_ms || number.contains('.') && unit_ms > 1_000.0 {
            return None;
        }
        above_ms = unit_ms;
        ms += number.parse::<f64>().ok()? * unit_ms;
        number.clear();
    }
    (number.is_empty() && !iso.ends_with(['T', 't']) && !iso.is_empty()).then_some(ms as i64)
}

/// Partitions by number, parted by commas; none in it: all. None: something else stands there.
fn partitions_of(text: &str) -> Option<Vec<i32>> {
    text.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse().ok().filter(|partition| *partition >= 0)).collect()
}

/// A moment of the session, as its clock shows it: `12.5`, `01:30`, `1:00:00`.
fn moment_ms(text: &str) -> Option<i64> {
    let mut seconds = 0.0;
    for part in text.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().ok().filter(|part| *part >= 0.0)?;
    }
    Some((seconds * 1_000.0) as i64).filter(|_| !text.is_empty())
}

#[component]
pub fn ResetSheet(props: &ResetProps) -> Html {
    let ResetProps { view, state, group } = props;
    let desk = use_desk();
    let way = use_state(|| "to-earliest".to_owned());
    let typed = use_state(String::new);
    let topic = use_state(String::new);
    let some = use_state(String::new);
    let takes = WAYS.iter().find(|(name, _)| **name == **way).map_or("", |(_, takes)| takes);
    let to = target(&way, &typed, view.epoch_ms);
    let only = Some(Arc::<str>::from(topic.as_str())).filter(|name| !name.is_empty());
    let partitions = if only.is_some() { partitions_of(&some) } else { Some(Vec::new()) };
    let ask = to
        .clone()
        .zip(partitions.clone())
        .map(|(to, partitions)| Query::Reset { reset: ResetAsk { group: Arc::clone(group), topic: only.clone(), partitions, to } });
    // The answer is another when something was written, committed, or a member came or went.
    let of = view.groups.iter().find(|g| g.name == *group);
    let fresh = of.map_or(0, |g| g.members.len() as u64 + g.offsets.iter().filter_map(|o| o.committed).sum::<i64>() as u64);
    let written: i64 = view.topics.iter().map(|t| t.records).sum();
    let answer = use_answer(ask, fresh + written as u64);
    let preview = match answer.as_deref() {
        Some(Answer::Reset { preview }) => preview.clone(),
        _ => ResetPreview::default(),
    };
    let place = Place::Reset(Arc::clone(group));
    let outcome = outcome(view, state, &place);
    let head = sheet_head(&desk, say::reset(group));
    let bad_partitions = partitions.is_none();
    let fine = preview.refused.is_none() && to.is_some() && !bad_partitions && preview.rows.iter().any(|row| row.becomes.is_some());
    let onsubmit = {
        let (group, topic) = (group.to_string(), only.map(|name| name.to_string()));
        move |event: SubmitEvent| {
            event.prevent_default();
            if let (true, Some(to), Some(partitions)) = (fine, to.clone(), partitions.clone()) {
                desk.send(place.clone(), Command::ResetOffsets { group: group.clone(), topic: topic.clone(), partitions, to });
            }
        }
    };
    let choose = |state: &UseStateHandle<String>| {
        let state = state.clone();
        move |event: Event| state.set(event.target_unchecked_into::<HtmlSelectElement>().value())
    };
    let write = |state: &UseStateHandle<String>| {
        let state = state.clone();
        move |event: InputEvent| state.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let done = match outcome.as_deref().map(|o| &o.state) {
        Some(OutcomeState::Done { text, .. }) => Some(text.to_string()),
        _ => None,
    };
    html! {
        <section class="pt-over" role="dialog" aria-label={say::reset(group)}>
            { head }
            <p class="pt-lead">{ say::RESET_LEAD }</p>
            <form class="pt-form" aria-label={say::RESET_FORM} {onsubmit} novalidate=true>
                <label class="pt-form__row"><span>{ say::RESET_OF }</span>
                    <span class="pt-select"><select class="pt-field" onchange={choose(&topic)}>
                        <option value="" selected={topic.is_empty()}>{ say::RESET_ALL }</option>
                        { for view.topics.iter().filter(|t| !t.internal).map(|t| html! { <option value={t.name.to_string()} selected={*topic == *t.name}>{ &*t.name }</option> }) }
                    </select>{ icon(Icon::Down) }</span></label>
                if !topic.is_empty() {
                    <label class="pt-form__row"><span>{ say::RESET_PARTITIONS }</span>
                        <input class="pt-field pt-field--mono" value={(*some).clone()} oninput={write(&some)} autocomplete="off" placeholder={say::RESET_PARTITIONS_ALL}
                            aria-invalid={if bad_partitions { "true" } else { "false" }}/></label>
                }
                <label class="pt-form__row"><span>{ say::RESET_TO }</span>
                    <span class="pt-select"><select class="pt-field pt-field--mono" onchange={choose(&way)}>
                        { for WAYS.iter().map(|(name, _)| html! { <option value={*name} selected={*way == *name}>{ *name }</option> }) }
                    </select>{ icon(Icon::Down) }</span></label>
                if !takes.is_empty() {
                    <label class="pt-form__row"><span>{ takes }</span>
                        <input class="pt-field pt-field--mono" value={(*typed).clone()} oninput={write(&typed)} autocomplete="off"
                            aria-invalid={if target(&way, &typed, view.epoch_ms).is_none() && !typed.is_empty() { "true" } else { "false" }}/></label>
                }
                if let Some(refused) = &preview.refused { <p class="pt-broken" role="alert">{ &**refused }</p> }
                <button type="submit" class="pt-btn pt-btn--main" aria-disabled={if fine { "false" } else { "true" }}>{ say::RESET_DO }</button>
            </form>
            { problem_box(outcome.as_deref()) }
            <p class="pt-result" role="status">{ done }</p>
            <div class="pt-reset__wrap" tabindex="0" role="region" aria-label={say::RESET_PREVIEW}>{ table(&preview.rows) }</div>
        </section>
    }
}

fn table(rows: &[ResetRow]) -> Html {
    if rows.is_empty() {
        return html! { <p class="pt-dim">{ say::RESET_NOTHING }</p> };
    }
    let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), words::number);
    html! {
        <table class="pt-reset">
            <thead><tr>
                <th scope="col">{ say::RESET_PARTITION }</th><th scope="col">{ say::COMMITTED }</th><th scope="col">{ say::RESET_BECOMES }</th>
                <th scope="col">{ say::RESET_LAG }</th><th scope="col">{ say::RESET_MEANS }</th>
            </tr></thead>
            <tbody>{ for rows.iter().map(|row| {
                let moved = row.becomes.zip(row.committed).map(|(to, from)| to - from);
                let means = row.note.as_ref().map(|note| note.to_string()).or_else(|| moved.map(say::reset_means)).unwrap_or_default();
                html! {
                    <tr>
                        <td>{ say::partition(&row.topic, row.partition) }</td><td>{ number(row.committed) }</td>
                        <td data-tone={(row.becomes != row.committed).then_some("change")}>{ number(row.becomes) }</td>
                        <td>{ number(row.lag) }</td><td class="x">{ means }</td>
                    </tr>
                }
            }) }</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn durations_are_read_as_the_tool_reads_them() {
        assert_eq!(duration_ms("PT1M30S"), Some(90_000));
        assert_eq!(duration_ms("P1DT2H"), Some(93_600_000));
        assert_eq!(duration_ms("pt0.5s"), Some(500));
        assert_eq!(duration_ms("01:30"), Some(90_000));
        for wrong in ["", "P", "PT", "P1M", "PT1D", "1 minute", "PT5", "PT1.2.3S", "PT1.5H", "PT1S2H", "PT1M2M"] {
            assert_eq!(duration_ms(wrong), None, "{wrong:?}");
        }
    }

    #[wasm_bindgen_test]
    fn partitions_are_numbers_parted_by_commas() {
        assert_eq!(partitions_of("0,2, 5"), Some(vec![0, 2, 5]));
        assert_eq!(partitions_of(""), Some(Vec::new()));
        assert_eq!(partitions_of("0;2"), None);
        assert_eq!(partitions_of("-1"), None);
    }
}
