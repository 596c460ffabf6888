//! What opens the strips of a dense topic where fingers press.

use super::order::{Sorted, place_of, standing};
use crate::ui::catalogue::scene as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::Desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::Act;
use crate::view::TopicView;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Strips are too low for a finger: what opens any of them by its number, and goes on to its neighbours.
pub fn stepper(desk: &Desk, topic: &Arc<TopicView>, open: Option<i32>, sorted: Option<&Sorted>) -> Html {
    let look = {
        let (desk, topic) = (desk.clone(), Arc::clone(topic));
        Rc::new(move |partition: i32| {
            if usize::try_from(partition).is_ok_and(|at| at < topic.partitions.len()) {
                desk.act(Act::Look(Chosen::Partition { topic: Arc::clone(&topic.name), partition }));
            }
        })
    };
    let stands = standing(&topic.partitions, sorted);
    let at = open.and_then(|open| place_of(open, sorted));
    let neighbour = |name: &'static str, to: Option<usize>, sign: Icon| {
        let (look, to) = (Rc::clone(&look), to.and_then(|to| stands.get(to)).map(|part| part.index));
        let go = move |_: MouseEvent| to.into_iter().for_each(|to| look(to));
        html! { <button type="button" class="pt-btn pt-btn--icon" aria-label={name} disabled={to.is_none()} onclick={go}>{ icon(sign) }</button> }
    };
    let typed = {
        let look = Rc::clone(&look);
        move |event: Event| event.target_unchecked_into::<HtmlInputElement>().value().trim().parse().into_iter().for_each(|to| look(to))
    };
    html! {
        <div class="pt-goto" role="group" aria-label={say::reach(&topic.name)}>
            <label>{ say::GO_TO }<input class="pt-field pt-field--mono" inputmode="numeric" autocomplete="off" value={open.map(|open| open.to_string()).unwrap_or_default()} onchange={typed}/></label>
            { neighbour(say::STRIP_BEFORE, at.map_or(Some(stands.len().saturating_sub(1)), |at| at.checked_sub(1)), Icon::Left) }
            { neighbour(say::STRIP_AFTER, Some(at.map_or(0, |at| at + 1)), Icon::Right) }
            <span class="pt-dim">{ say::of_all(topic.partitions.len()) }</span>
        </div>
    }
}
