//! The histories that are kept: look at one, name it, forget it, and compare where two of them came to.

use super::comparison::Compared;
use super::sheet_head;
use crate::playground::Time;
use crate::ui::catalogue::histories as say;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::State;
use crate::ui::typed::Typed;
use crate::ui::words;
use crate::view::{BranchView, View};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct HistoriesProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Histories(props: &HistoriesProps) -> Html {
    let HistoriesProps { view, state } = props;
    let desk = use_desk();
    let Some(line) = &view.timeline else { return Html::default() };
    let fork = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.time(Time::Fork { name: None })
    };
    let current = line.branches.iter().find(|b| b.current).map(|b| b.name.clone()).unwrap_or_default();
    let others: Vec<_> = line.branches.iter().filter(|b| !b.current).map(|b| b.name.clone()).collect();
    html! {
        <section class="pt-over pt-histories" role="dialog" aria-label={say::TITLE}>
            { sheet_head(&desk, say::TITLE.to_owned()) }
            <p class="pt-lead">{ say::LEAD }</p>
            <table class="pt-table">
                <thead><tr>{ for say::COLUMNS.map(|name| html! { <th scope="col">{ name }</th> }) }<td/></tr></thead>
                <tbody>{ for line.branches.iter().map(|b| html! { <Row key={b.name.to_string()} branch={b.clone()}/> }) }</tbody>
            </table>
            <div class="pt-row__acts"><button type="button" class="pt-btn pt-btn--edge" onclick={fork}>{ icon(Icon::Fork) }{ say::FORK }</button></div>
            if let Some(reason) = &state.time_refused { <p class="pt-broken" role="alert">{ reason }</p> }
            if !others.is_empty() { <Compared {current} {others}/> }
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
        move |to: String| {
            if to != name {
                desk.time(Time::Rename { name: name.clone(), to });
            }
        }
    };
    html! {
        <tr data-on={b.current.then_some("")}>
            <td><Typed class="pt-field pt-field--mono" label={say::name_of(&b.name)} value={b.name.to_string()} typed={rename} length_max="40"/></td>
            <td>{ b.fork.as_ref().map(|(from, _)| from.to_string()).unwrap_or_default() }</td>
            <td class="m">{ b.fork.as_ref().map(|(_, at)| words::face(*at)).unwrap_or_default() }</td>
            <td class="m">{ words::face(b.end) }</td>
            <td class="m">{ b.inputs }</td>
            <td>
                if b.current { <span class="pt-dim">{ say::CURRENT }</span> } else {
                    <button type="button" class="pt-btn pt-btn--edge" onclick={switch}>{ say::look_at(&b.name) }</button>
                    <button type="button" class="pt-btn pt-btn--icon" onclick={remove} aria-label={say::forget(&b.name)}>{ icon(Icon::Close) }</button>
                }
            </td>
        </tr>
    }
}
