//! Two histories side by side: what was done in each after they parted, and what is different at the same moment.

use crate::base::Offset;
use crate::playground::Comparison;
use crate::playground::history::PartitionState;
use crate::ui::catalogue::{common, histories as say};
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::words;
use std::fmt::Display;
use std::sync::Arc;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ComparedProps {
    /// The history that is looked at.
    pub current: Arc<str>,
    /// All others, by name.
    pub others: Vec<Arc<str>>,
}

#[component]
pub fn Compared(props: &ComparedProps) -> Html {
    let ComparedProps { current, others } = props;
    let desk = use_desk();
    let chosen = use_state(|| None::<Arc<str>>);
    let again = use_state(|| 0_u32);
    let other = chosen.as_ref().filter(|name| others.contains(*name)).or_else(|| others.last()).cloned().unwrap_or_default();
    // Both are played up to the same moment: done when it is asked for, not with every frame.
    let compared = use_memo((Arc::clone(current), Arc::clone(&other), *again), |(one, other, _)| desk.compare(one, other));
    let choose = {
        let chosen = chosen.clone();
        move |event: Event| chosen.set(Some(event.target_unchecked_into::<HtmlSelectElement>().value().into()))
    };
    let refresh = {
        let again = again.clone();
        move |_: MouseEvent| again.set(*again + 1)
    };
    html! {
        <>
            <h3 class="pt-sub">{ say::COMPARE }</h3>
            <div class="pt-row__acts">
                <label class="pt-num">{ say::with(current) }<span class="pt-select"><select class="pt-field" onchange={choose}>
                    { for others.iter().map(|name| html! { <option value={name.to_string()} selected={*name == other}>{ &**name }</option> }) }
                </select>{ icon(Icon::Down) }</span></label>
                <button type="button" class="pt-btn pt-btn--edge" onclick={refresh}>{ say::AGAIN }</button>
            </div>
            { match &*compared {
                Ok(comparison) => table(comparison),
                Err(reason) => html! { <p class="pt-broken" role="alert">{ reason }</p> },
            } }
        </>
    }
}

fn table(comparison: &Comparison) -> Html {
    let rows = rows(comparison);
    html! {
        <>
            <p class="pt-lead">{ say::parted(comparison.parted, comparison.at) }</p>
            <table class="pt-table">
                <thead><tr><td/>{ for comparison.names.iter().map(|name| html! { <th scope="col">{ &**name }</th> }) }</tr></thead>
                <tbody>
                    <tr><th scope="row">{ say::YOUR_ACTS }</th>{ for comparison.inputs.iter().map(|inputs| html! {
                        <td>if inputs.is_empty() { { say::NOTHING_DONE } } else { <ul>{ for inputs.iter().map(|(at, text)| html! { <li><span class="pt-mono pt-dim">{ words::face(*at) }</span>{ " " }{ &**text }</li> }) }</ul> }</td>
                    }) }</tr>
                    { for rows.into_iter().map(|(name, [one, other])| html! { <tr><th scope="row" class="m">{ name }</th><td class="m">{ one }</td><td class="m">{ other }</td></tr> }) }
                </tbody>
            </table>
        </>
    }
}

/// What differs, in words.
fn rows(comparison: &Comparison) -> Vec<(String, [String; 2])> {
    let mut rows = Vec::new();
    for difference in &comparison.partitions {
        rows.push((
            difference.partition.to_string(),
            difference.states.each_ref().map(|state| state.as_ref().map_or_else(none, partition)),
        ));
    }
    for records in &comparison.records {
        let [one, other] = [0, 1].map(|i| {
            let count = |counts: &[u64; 2]| counts.get(i).copied().unwrap_or_default();
            say::acknowledged(count(&records.acknowledged), count(&records.lost))
        });
        rows.push((say::records_of(&records.partition.to_string()), [one, other]));
    }
    for committed in &comparison.committed {
        let said = committed.offsets.map(|offset| offset.map_or_else(none, |offset| words::number(offset.0)));
        rows.push((say::committed(&committed.group, &committed.partition.to_string()), said));
    }
    for (group, generations) in &comparison.generations {
        rows.push((say::generation_of(group), generations.map(|g| or_none(g.map(|g| g.0)))));
    }
    rows
}

fn none() -> String {
    common::NOTHING.to_owned()
}

fn or_none(value: Option<impl Display>) -> String {
    value.map_or_else(none, |value| value.to_string())
}

fn partition(state: &PartitionState) -> String {
    let isr: Vec<String> = state.isr.iter().map(|id| id.0.to_string()).collect();
    let offset = |offset: Option<Offset>| or_none(offset.map(|offset| offset.0));
    say::partition(
        &or_none(state.leader.map(|id| id.0)),
        state.epoch.0,
        &isr.join(", "),
        &offset(state.high_watermark),
        &offset(state.log_end),
    )
}
