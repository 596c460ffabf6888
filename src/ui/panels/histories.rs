//! The histories that are kept: look at one, name it, forget it, and compare where two of them came to.

use super::sheet_head;
use crate::playground::Time;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::past::Past;
use crate::ui::state::State;
use crate::ui::words;
use crate::view::{BranchView, PartitionView, View};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct HistoriesProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    /// How each history was left.
    pub past: Past,
}

#[component]
pub fn Histories(props: &HistoriesProps) -> Html {
    let HistoriesProps { view, state, past } = props;
    let desk = use_desk();
    let other = use_state(|| None::<Arc<str>>);
    let Some(line) = &view.timeline else { return Html::default() };
    let fork = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.time(Time::Fork { name: None })
    };
    let others: Vec<&BranchView> = line.branches.iter().filter(|b| !b.current).collect();
    let compared = other.as_ref().and_then(|name| others.iter().find(|b| b.name == *name)).or_else(|| others.last()).copied();
    let choose = {
        let other = other.clone();
        move |event: Event| other.set(Some(event.target_unchecked_into::<HtmlSelectElement>().value().into()))
    };
    html! {
        <section class="pt-over pt-histories" role="dialog" aria-label="Histories">
            { sheet_head(&desk, "Histories".to_owned()) }
            <p class="pt-lead">{ "A fork begins where you act in the past, or where you say so. What came after it stays in the history you left." }</p>
            <table class="pt-table">
                <thead><tr><th scope="col">{ "history" }</th><th scope="col">{ "forked from" }</th><th scope="col">{ "at" }</th><th scope="col">{ "until" }</th><th scope="col">{ "inputs" }</th><td/></tr></thead>
                <tbody>{ for line.branches.iter().map(|b| html! { <Row key={b.name.to_string()} branch={b.clone()}/> }) }</tbody>
            </table>
            <div class="pt-row__acts"><button type="button" class="pt-btn pt-btn--edge" onclick={fork}>{ icon(Icon::Fork) }{ "Fork here" }</button></div>
            if let Some(reason) = &state.time_refused { <p class="pt-broken" role="alert">{ reason }</p> }
            if let Some(compared) = compared {
                <h3 class="pt-sub">{ "Compare" }</h3>
                <label class="pt-num">{ "this one with" }<span class="pt-select"><select class="pt-field" onchange={choose}>
                    { for others.iter().map(|b| html! { <option value={b.name.to_string()} selected={b.name == compared.name}>{ &*b.name }</option> }) }
                </select>{ icon(Icon::Down) }</span></label>
                { match past.get(&compared.name) {
                    Some(then) => comparison(view, &then, &compared.name),
                    None => html! { <p class="pt-dim">{ "You have not looked at it since this page opened. Look at it once; then both stand side by side." }</p> },
                } }
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    branch: BranchView,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let b = &props.branch;
    let desk = use_desk();
    let switch = {
        let (desk, name) = (desk.clone(), b.name.to_string());
        move |_: MouseEvent| desk.time(Time::Switch { name: name.clone() })
    };
    let remove = {
        let (desk, name) = (desk.clone(), b.name.to_string());
        move |_: MouseEvent| desk.time(Time::Remove { name: name.clone() })
    };
    let rename = {
        let (desk, name) = (desk.clone(), b.name.to_string());
        move |event: Event| {
            let to = event.target_unchecked_into::<HtmlInputElement>().value();
            if to != name {
                desk.time(Time::Rename { name: name.clone(), to });
            }
        }
    };
    html! {
        <tr data-on={b.current.then_some("")}>
            <td><input class="pt-field pt-field--mono" aria-label={format!("Name of history {}", b.name)} value={b.name.to_string()} onchange={rename} maxlength="40"/></td>
            <td>{ b.fork.as_ref().map(|(from, _)| from.to_string()).unwrap_or_default() }</td>
            <td class="m">{ b.fork.as_ref().map(|(_, at)| words::face(*at)).unwrap_or_default() }</td>
            <td class="m">{ words::face(b.end) }</td>
            <td class="m">{ b.inputs }</td>
            <td>
                if b.current { <span class="pt-dim">{ "you look at it" }</span> } else {
                    <button type="button" class="pt-btn pt-btn--edge" onclick={switch} aria-label={format!("Look at {}", b.name)}>{ "Look at it" }</button>
                    <button type="button" class="pt-btn pt-btn--icon" onclick={remove} aria-label={format!("Forget {}", b.name)}>{ icon(Icon::Close) }</button>
                }
            </td>
        </tr>
    }
}

/// The two side by side: only what differs, and what they came to.
fn comparison(here: &View, there: &View, name: &str) -> Html {
    let (a, b) = (facts(here), facts(there));
    let keys: Vec<&String> = a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))).collect();
    let none = String::new();
    let rows: Vec<_> =
        keys.into_iter().map(|k| (k, a.get(k).unwrap_or(&none), b.get(k).unwrap_or(&none))).filter(|(_, a, b)| a != b).collect();
    html! {
        <table class="pt-table">
            <thead><tr><td/><th scope="col">{ "this one" }</th><th scope="col">{ name.to_owned() }</th></tr></thead>
            <tbody>
                { for rows.iter().map(|(k, a, b)| html! { <tr><th scope="row">{ (*k).clone() }</th><td class="m">{ (*a).clone() }</td><td class="m">{ (*b).clone() }</td></tr> }) }
                if rows.is_empty() { <tr><td colspan="3">{ "Both came to the same." }</td></tr> }
            </tbody>
        </table>
    }
}

/// What a view comes to, in words by name, in order.
fn facts(view: &View) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    facts.insert(" time".to_owned(), words::face(view.now));
    if let Some(id) = view.controller {
        facts.insert(" active controller".to_owned(), id.0.to_string());
    }
    for broker in &view.brokers {
        let state = broker.machine.as_ref().map(|m| m.life).unwrap_or_default();
        facts.insert(format!("broker {}", broker.id), format!("{state:?}, {:?}", broker.state));
    }
    for topic in view.topics.iter().filter(|t| !t.internal) {
        for part in &topic.partitions {
            facts.insert(format!("{} {}", topic.name, part.index), partition(part));
        }
    }
    for p in &view.producers {
        facts.insert(
            format!("producer {}", p.name),
            format!("{} acknowledged, {} failed", words::number(p.acknowledged as i64), words::number(p.failed as i64)),
        );
    }
    for g in &view.groups {
        let lag: i64 = g.offsets.iter().filter_map(|o| o.lag).sum();
        facts.insert(format!("group {}", g.name), format!("{}, generation {}, lag {}", g.state.name(), g.generation, words::number(lag)));
    }
    facts
}

fn partition(part: &PartitionView) -> String {
    let leader = part.leader.map_or_else(|| "none".to_owned(), |id| id.0.to_string());
    let isr: Vec<String> = part.isr.iter().map(|id| id.0.to_string()).collect();
    format!("leader {leader}, epoch {}, ISR {}, HW {}, LEO {}", part.leader_epoch, isr.join(","), part.high_watermark, part.log_end)
}
