//! Deleting a partition's records before an offset: what goes, and who has not read it, is said before.

use super::{problem_box, sheet_head};
use crate::playground::Command;
use crate::ui::catalogue::delete_records as say;
use crate::ui::desk::{outcome, use_desk};
use crate::ui::state::{Act, Place, State};
use crate::view::{OutcomeState, PartitionView, View};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct DeleteProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
    pub topic: Arc<str>,
    pub partition: i32,
}

#[component]
pub fn DeleteSheet(props: &DeleteProps) -> Html {
    let DeleteProps { view, state, topic, partition } = props;
    let desk = use_desk();
    let part = view.topics.iter().find(|t| t.name == *topic).and_then(|t| t.partitions.get(usize::try_from(*partition).ok()?));
    let committed = committed(view, topic, *partition);
    // What everybody has read already.
    let read = committed.iter().map(|(_, at)| *at).min();
    let typed = use_state(|| part.map_or(0, |part| read.unwrap_or(part.high_watermark)).to_string());
    let tried = use_state(|| false);
    let place = Place::DeleteRecords;
    let outcome = outcome(view, state, &place).filter(|_| *tried);
    {
        let (desk, done) = (desk.clone(), matches!(outcome.as_deref().map(|o| &o.state), Some(OutcomeState::Done { .. })));
        use_effect_with(done, move |done| {
            if *done {
                desk.act(Act::Sheet(None));
            }
        });
    }
    let before = typed.trim().parse::<i64>().ok().filter(|before| *before >= 0);
    let fine = before.zip(part).is_some_and(|(before, part)| before > part.log_start && before <= part.high_watermark);
    let head = sheet_head(&desk, say::title(topic, *partition));
    let onsubmit = {
        let (tried, topic, partition) = (tried.clone(), topic.to_string(), *partition);
        move |event: SubmitEvent| {
            event.prevent_default();
            if fine {
                tried.set(true);
                desk.send(place.clone(), Command::DeleteRecords { topic: topic.clone(), partition, before });
            }
        }
    };
    let write = {
        let typed = typed.clone();
        move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let all = part.map(|part| {
        let (typed, end) = (typed.clone(), part.high_watermark.to_string());
        html! { <button type="button" class="pt-btn pt-btn--edge" onclick={move |_: MouseEvent| typed.set(end.clone())}>{ say::ALL }</button> }
    });
    html! {
        <section class="pt-over" role="dialog" aria-label={say::title(topic, *partition)}>
            { head }
            <p class="pt-lead">{ say::LEAD }</p>
            <form class="pt-form" aria-label={say::FORM} {onsubmit} novalidate=true>
                <label class="pt-form__row"><span>{ say::BEFORE }</span>
                    <input class="pt-field pt-field--mono" data-focus-here="" inputmode="numeric" value={(*typed).clone()} oninput={write} autocomplete="off"
                        aria-invalid={if fine { "false" } else { "true" }} aria-describedby="deletes"/></label>
                { all }
                <div id="deletes" role="status">{ part.map(|part| effect(part, before, &committed)) }</div>
                <button type="submit" class="pt-btn pt-btn--grave" aria-disabled={if fine { "false" } else { "true" }}>{ say::DELETE }</button>
                { problem_box(outcome.as_deref()) }
            </form>
        </section>
    }
}

/// Groups that have committed something there.
fn committed(view: &View, topic: &str, partition: i32) -> Vec<(Arc<str>, i64)> {
    let of = |group: &Arc<crate::view::GroupView>| {
        let at = group.offsets.iter().find(|o| *o.topic == *topic && o.partition == partition)?;
        Some((Arc::clone(&group.name), at.committed?))
    };
    view.groups.iter().filter_map(of).collect()
}

/// What deleting up to there does.
fn effect(part: &PartitionView, before: Option<i64>, committed: &[(Arc<str>, i64)]) -> Html {
    let Some(before) = before else { return html! { <p class="pt-broken">{ say::NO_OFFSET }</p> } };
    if before > part.high_watermark {
        return html! { <p class="pt-broken"><b>{ "OFFSET_OUT_OF_RANGE" }</b>{ " " }{ say::beyond(part.high_watermark) }</p> };
    }
    if before <= part.log_start {
        return html! { <p class="pt-dim">{ say::nothing(part.log_start) }</p> };
    }
    let unread = committed.iter().filter(|(_, at)| *at < before);
    html! {
        <>
            <p>{ say::goes(part.log_start, before) }</p>
            { for unread.map(|(group, at)| html! { <p data-tone="change">{ say::unread(group, before - (*at).max(part.log_start), before) }</p> }) }
        </>
    }
}
