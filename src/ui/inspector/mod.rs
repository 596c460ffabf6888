//! The one place for whatever is chosen: its name, its facts and numbers, what can be done to it, and why it is so.
//!
//! What a thing is comes from the view alone; nothing in here remembers. What a thing of another part needs beyond facts (a frame's fields,
//! a setting's form) that part draws, and [`Inspector`] shows it below.

mod card;
mod clients;
mod facts;
mod nodes;
mod records;

pub use card::{kind as kind_of, name_of};
pub use clients::member_state;
pub use nodes::{life, registration};

use crate::ui::acts;
use crate::ui::catalogue::{common, inspector as say};
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, outcome, use_desk};
use crate::ui::drawer::{FrameCard, RecordPage, SettingCard, Standing};
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::{PartitionActs, done, problem_box};
use crate::ui::state::{Act, State};
use crate::view::View;
use card::Card;
use facts::Facts;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct InspectorProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { view, state } = props;
    let desk = use_desk();
    let close = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Clear)
    };
    let Some(thing) = &state.chosen else {
        return html! {
            <aside class="pt-inspector" aria-label={say::TITLE}>
                <div class="pt-inspector__head"><h2>{ say::TITLE }</h2></div>
                <p class="pt-dim">{ say::NOTHING_CHOSEN }</p>
            </aside>
        };
    };
    // A frame is more than facts: its fields are drawn where its bytes are.
    if let Chosen::Frame(_) = thing {
        return html! { <FrameCard view={Rc::clone(view)} state={Rc::clone(state)}/> };
    }
    let kind = card::kind(thing);
    let name = name_of(thing, view);
    let card = card::of(view, thing, state.story.as_deref());
    let why = card.as_ref().and_then(|card| card.event).map(|event| {
        let desk = desk.clone();
        let look = move |_: MouseEvent| go_to(&desk, &Chosen::Event(event));
        html! { <button type="button" class="pt-btn" aria-label={say::why_of(&name)} onclick={look}>{ say::WHY }</button> }
    });
    html! {
        <aside class="pt-inspector" tabindex="-1" aria-label={say::TITLE} data-open="" data-kind={kind}>
            <div class="pt-inspector__head">
                if state.reads_record() { <button type="button" class="pt-btn pt-back" onclick={close.clone()}>{ icon(Icon::Left) }{ say::TO_THE_LIST }</button> }
                <h2>{ say::heading(kind) }</h2><span class="pt-mono pt-dim" title={name.clone()}>{ &name }</span>
                { why }
                <button type="button" class="pt-btn pt-btn--icon" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button>
            </div>
            { match card {
                Some(Card { facts, .. }) => html! {
                    <>
                        if let Chosen::Setting { of, name, key } = thing {
                            <SettingCard of={*of} name={Arc::clone(name)} setting={Arc::clone(key)} fresh={(js_sys::Date::now() / 1_000.0) as u64}/>
                        }
                        if let Chosen::Record { topic, partition, offset } = thing {
                            <RecordPage key={name} view={Rc::clone(view)} state={Rc::clone(state)} topic={Arc::clone(topic)} {partition} {offset}
                                facts={facts_of_record(view, thing)}/>
                        } else {
                            { told(&facts) }
                        }
                        <Actions view={Rc::clone(view)} state={Rc::clone(state)} thing={thing.clone()}/>
                    </>
                },
                None => html! { <p class="pt-dim" role="status">{ say::GONE }</p> },
            } }
        </aside>
    }
}

/// What a thing is, by names.
fn told(facts: &Facts) -> Html {
    html! {
        <dl class="pt-facts">{ for facts.0.iter().map(|fact| html! { <Told said={fact.said.clone()} leads={fact.leads.clone()} name={fact.name} more={fact.more}/> }) }</dl>
    }
}

/// The facts of a record, for its page.
fn facts_of_record(view: &Rc<View>, thing: &Chosen) -> Callback<Option<Standing>, Html> {
    let (view, thing) = (Rc::clone(view), thing.clone());
    Callback::from(move |standing| records::record(&view, &thing, standing).as_ref().map(told).unwrap_or_default())
}

/// Chooses another thing from in here: what was pressed may be gone then, and the focus stays with the inspector.
fn go_to(desk: &Desk, thing: &Chosen) {
    desk.act(Act::Look(thing.clone()));
    desk.focus(".pt-inspector");
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    name: &'static str,
    said: String,
    leads: Vec<(String, Chosen)>,
    more: usize,
}

/// A fact. What it leads to is chosen by a press.
#[component]
fn Told(props: &ToldProps) -> Html {
    let desk = use_desk();
    let lead = |(said, to): &(String, Chosen)| {
        let (desk, to) = (desk.clone(), to.clone());
        html! { <button type="button" class="pt-plain pt-goes" onclick={move |_: MouseEvent| go_to(&desk, &to)}>{ said }</button> }
    };
    html! {
        <>
            <dt>{ props.name }</dt>
            <dd class="m">
                { &props.said }{ for props.leads.iter().map(lead) }
                if props.more > 0 { <span class="pt-dim">{ say::more(props.more) }</span> }
            </dd>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ActionsProps {
    view: Rc<View>,
    state: Rc<State>,
    thing: Chosen,
}

/// What can be done to it, and what came of the last that was done.
#[component]
fn Actions(props: &ActionsProps) -> Html {
    let ActionsProps { view, state, thing } = props;
    let desk = use_desk();
    let items = acts::of(view, thing);
    let said = acts::place(thing).and_then(|place| outcome(view, state, &place));
    html! {
        <>
            if !items.is_empty() {
                <div class="pt-does" role="group" aria-label={say::ACTIONS}>
                    { for items.into_iter().map(|item| {
                        let (desk, act) = (desk.clone(), item.act);
                        html! { <button type="button" class={if item.grave { "pt-btn pt-btn--grave" } else { "pt-btn pt-btn--edge" }}
                            onclick={move |_: MouseEvent| desk.run(act.clone())}>{ item.label }</button> }
                    }) }
                </div>
                { done(said.as_deref()) }
                { problem_box(said.as_deref()) }
            }
            { match thing {
                Chosen::Partition { topic, partition } => match card::part_of(view, topic, *partition) {
                    Some((_, part)) => html! {
                        <PartitionActs key={format!("{topic} {partition}")} view={Rc::clone(view)} topic={Arc::clone(topic)} part={Arc::clone(part)}/>
                    },
                    None => Html::default(),
                },
                Chosen::Topic(_) | Chosen::Record { .. } | Chosen::Setting { .. } | Chosen::Broker(_) | Chosen::Controller(_) | Chosen::Link(..)
                | Chosen::Group(_) | Chosen::Member { .. } | Chosen::Producer(_) | Chosen::Event(_) | Chosen::Frame(_) => Html::default(),
            } }
        </>
    }
}
