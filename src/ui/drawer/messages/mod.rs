//! The tab Messages: a topic's records, looked for by a filter; one of them whole, replayed or taken away.

mod detail;
mod export;
mod form;
mod rows;
mod search;
mod tools;

pub use detail::{RecordPage, Standing};
pub use form::{Form, Start};

use super::TabProps;
use crate::ui::catalogue::messages as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::state::State;
use crate::view::{TopicView, View};
use rows::Rows;
use search::Search;
use std::rc::Rc;
use std::sync::Arc;
use tools::Tools;
use yew::prelude::*;

#[component]
pub fn Messages(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let Some(topic) = topic_of(view, &state.messages) else {
        return html! { <div class="pt-pane"><p class="pt-none pt-alone">{ say::NO_TOPIC }</p></div> };
    };
    html! { <Look view={Rc::clone(view)} state={Rc::clone(state)} topic={Arc::clone(topic)}/> }
}

/// The topic that is looked into: the one that was chosen, while it is there.
fn topic_of<'v>(view: &'v View, form: &Form) -> Option<&'v Arc<TopicView>> {
    let chosen = form.topic.as_ref().and_then(|name| view.topics.iter().find(|topic| topic.name == *name));
    chosen.or_else(|| view.topics.iter().find(|topic| !topic.internal)).or_else(|| view.topics.first())
}

#[derive(Properties, PartialEq)]
struct LookProps {
    view: Rc<View>,
    state: Rc<State>,
    topic: Arc<TopicView>,
}

#[component]
fn Look(props: &LookProps) -> Html {
    let LookProps { view, state, topic } = props;
    let desk = use_desk();
    let form = &state.messages;
    let update = use_force_update();
    let search = (*use_memo((), move |()| Search::new(desk.clone(), Callback::from(move |()| update.force_update())))).clone();
    let asked = form.ask(Arc::clone(&topic.name), view.epoch_ms);
    use_search(&search, asked.as_ref().ok().cloned(), form, topic, view);
    let names: Vec<Arc<str>> = view.topics.iter().map(|topic| Arc::clone(&topic.name)).collect();
    let chosen = match &state.chosen {
        Some(Chosen::Record { topic: of, partition, offset }) if *of == topic.name => Some((*partition, *offset)),
        _ => None,
    };
    let found = search.found();
    let (version, is_empty, refused) =
        (found.version, found.records.is_empty() && !found.busy && version_is_told(found.version), found.refused.clone());
    drop(found);
    html! {
        <div class="pt-pane pt-pane--messages">
            <Tools form={form.clone()} topic={Arc::clone(&topic.name)} partitions={topic.partitions.len()} {names} search={search.clone()} {version}
                ask={asked.as_ref().ok().cloned()} wrong={asked.err().map(|wrong| (wrong.filter, wrong.message))}/>
            <div class="pt-records-list">
                if let Some(refused) = refused { <p class="pt-none" role="alert">{ refused }</p> }
                else if is_empty { <p class="pt-none">{ if topic.records == 0 { say::NOTHING_WRITTEN } else { say::EMPTY } }</p> }
                else { <Rows search={search.clone()} {version} topic={Arc::clone(&topic.name)} {chosen} decoding={form.decoding} keys={Arc::clone(&view.keys)} epoch_ms={view.epoch_ms}/> }
                { more(&search) }
            </div>
        </div>
    }
}

/// Something was answered already.
const fn version_is_told(version: u64) -> bool {
    version > 0
}

fn more(search: &Search) -> Html {
    let found = search.found();
    if !found.has_more() || found.busy {
        return Html::default();
    }
    let more = {
        let search = search.clone();
        move |_: MouseEvent| search.more()
    };
    html! { <button type="button" class="pt-btn pt-btn--edge pt-more" onclick={more}>{ say::MORE }</button> }
}

/// Looks anew when the question is another, or time was turned; catches up when something was written.
#[hook]
fn use_search(search: &Search, ask: Option<crate::view::query::records::RecordsAsk>, form: &Form, topic: &TopicView, view: &View) {
    let written: i64 = topic.partitions.iter().map(|partition| partition.log_end).sum();
    let branch =
        view.timeline.as_ref().and_then(|line| line.branches.iter().find(|branch| branch.current)).map(|branch| Arc::clone(&branch.name));
    // Where time went back, or into another history, what was found is of another moment.
    let turns = use_mut_ref(|| (0_u64, view.now, written));
    let turn = {
        let mut turns = turns.borrow_mut();
        if view.now < turns.1 || written < turns.2 {
            turns.0 += 1;
        }
        (turns.1, turns.2) = (view.now, written);
        turns.0
    };
    {
        let search = search.clone();
        use_effect_with((ask, turn, branch, Arc::clone(&topic.id)), move |(ask, ..)| {
            if let Some(ask) = ask.clone() {
                search.begin(ask);
            }
        });
    }
    let (live, search, search_again) = (form.live && form.start == Start::Newest, search.clone(), search.clone());
    use_effect_with((written, live), move |(_, live)| {
        if *live {
            search.catch_up();
        }
    });
    // Of transactions that have ended, what was found tells no more.
    let stable: Vec<i64> = topic.partitions.iter().map(|partition| partition.last_stable).collect();
    let search = search_again;
    use_effect_with((stable, live), move |(stable, live)| {
        if *live && search.found().has_settled(stable) {
            search.again();
        }
    });
}
