//! What opens any strip of a dense topic by its number, and goes on to its neighbours: strips are too low for a finger, and a hundred are many
//! for a pointer or the arrows.

use super::order::{Sorted, place_of};
use crate::ui::catalogue::scene as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::Act;
use crate::ui::typed::Typed;
use std::sync::Arc;
use yew::prelude::*;

/// Where one stands among the strips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    count: usize,
    open: Option<i32>,
    before: Option<i32>,
    after: Option<i32>,
}

/// Which strip is open, and which stand beside it; where none is, the last and the first.
pub fn around(count: usize, open: Option<i32>, sorted: Option<&Sorted>) -> Around {
    let at = open.and_then(|open| place_of(open, sorted));
    let stands = |at: usize| match sorted {
        Some(sorted) => sorted.order.get(at).copied(),
        None => Some(at).filter(|at| *at < count),
    };
    let partition = |at: Option<usize>| at.and_then(stands).and_then(|partition| i32::try_from(partition).ok());
    let before = partition(at.map_or(Some(count.saturating_sub(1)), |at| at.checked_sub(1)));
    Around { count, open, before, after: partition(Some(at.map_or(0, |at| at + 1))) }
}

#[derive(Properties, PartialEq)]
pub struct StepperProps {
    pub topic: Arc<str>,
    pub at: Around,
    /// Fingers press: it has a line of its own.
    pub touch: bool,
}

#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let desk = use_desk();
    let StepperProps { topic, at, touch } = props;
    let look = {
        let (desk, topic, count) = (desk.clone(), Arc::clone(topic), at.count);
        move |partition: i32| {
            if usize::try_from(partition).is_ok_and(|at| at < count) {
                desk.act(Act::Look(Chosen::Partition { topic: Arc::clone(&topic), partition }));
            }
        }
    };
    let neighbour = |name: &'static str, to: Option<i32>, sign: Icon| {
        let look = look.clone();
        let go = move |_: MouseEvent| to.into_iter().for_each(&look);
        html! { <button type="button" class="pt-btn pt-btn--icon" aria-label={name} title={name} disabled={to.is_none()} onclick={go}>{ icon(sign) }</button> }
    };
    let typed = {
        let look = look.clone();
        move |text: String| text.trim().parse().into_iter().for_each(&look)
    };
    let field = html! {
        <Typed class="pt-field pt-field--mono" label={say::GO_TO} title={say::GO_TO} mode="numeric" value={at.open.map(|open| open.to_string()).unwrap_or_default()} {typed}/>
    };
    let (before, after) = (neighbour(say::STRIP_BEFORE, at.before, Icon::Left), neighbour(say::STRIP_AFTER, at.after, Icon::Right));
    html! {
        <div class="pt-goto" role="group" aria-label={say::reach(topic)} data-head={(!touch).then_some("")}>
            if *touch {
                <label>{ say::GO_TO }{ field }</label>{ before }{ after }<span class="pt-dim">{ say::of_all(at.count) }</span>
            } else {
                { before }{ field }{ after }
            }
        </div>
    }
}
