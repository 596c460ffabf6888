//! The one place for whatever is chosen: its name, its facts, and what can be done to it.
//!
//! What a thing is comes from the view alone; nothing in here remembers. What a thing of another part needs beyond facts (a frame's fields,
//! a setting's form) that part draws.

mod facts;

use crate::ui::catalogue::{common, inspector as say};
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::PartitionActs;
use crate::ui::state::{Act, Chosen, State};
use crate::view::{PartitionView, TopicView, View};
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
    let desk = use_desk();
    let close = move |_: MouseEvent| desk.act(Act::Clear);
    let found = props.state.chosen.as_ref().and_then(|chosen| describe(&props.view, chosen));
    let open = found.is_some();
    let (kind, name, facts) = found.unwrap_or_else(|| (say::TITLE, String::new(), Vec::new()));
    html! {
        <aside class="pt-inspector" aria-label={say::TITLE} data-open={open.then_some("")}>
            <div class="pt-inspector__head">
                <h2>{ kind }</h2><span class="pt-mono pt-dim">{ name }</span>
                if open { <button type="button" class="pt-btn pt-btn--icon" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button> }
            </div>
            if open {
                <dl class="pt-facts">
                    { for facts.into_iter().map(|(name, fact)| html! { <><dt>{ name }</dt><dd class="m">{ fact }</dd></> }) }
                </dl>
                { acts(props) }
            } else {
                <p class="pt-dim">{ say::NOTHING_CHOSEN }</p>
            }
        </aside>
    }
}

/// What can be done to what is chosen.
fn acts(props: &InspectorProps) -> Html {
    let Some(Chosen::Partition { topic, partition }) = &props.state.chosen else { return Html::default() };
    let view = &props.view;
    match part_of(view, topic, *partition) {
        Some((_, part)) => html! {
            <PartitionActs key={format!("{topic} {partition}")} view={Rc::clone(view)} state={Rc::clone(&props.state)} topic={Arc::clone(topic)} part={Arc::clone(part)}/>
        },
        None => Html::default(),
    }
}

/// Each fact's name, and what it says.
type Facts = Vec<(&'static str, String)>;

fn describe(view: &View, chosen: &Chosen) -> Option<(&'static str, String, Facts)> {
    match chosen {
        Chosen::Record { topic, partition, offset } => {
            let part = part_of(view, topic, *partition)?.1;
            let at = part.window.binary_search_by_key(offset, |r| r.offset).ok()?;
            Some((say::RECORD, say::at_offset(topic, *partition, *offset), facts::record(view, topic, part, part.window.get(at)?)))
        }
        Chosen::Partition { topic, partition } => {
            let (topic, part) = part_of(view, topic, *partition)?;
            Some((say::PARTITION, format!("{} {partition}", topic.name), facts::partition(part)))
        }
        Chosen::Member { group, label } => {
            let group = view.groups.iter().find(|g| g.name == *group)?;
            Some((say::MEMBER, say::member_of(label, &group.name), facts::member(group, label)?))
        }
        Chosen::Topic(_)
        | Chosen::Setting { .. }
        | Chosen::Broker(_)
        | Chosen::Controller(_)
        | Chosen::Link(..)
        | Chosen::Group(_)
        | Chosen::Producer(_)
        | Chosen::Event(_)
        | Chosen::Frame(_) => None,
    }
}

fn part_of<'v>(view: &'v View, topic: &str, partition: i32) -> Option<(&'v TopicView, &'v Arc<PartitionView>)> {
    let topic = view.topics.iter().find(|t| *t.name == *topic)?;
    Some((topic, topic.partitions.get(usize::try_from(partition).ok()?)?))
}
