//! Tells what happens to those who listen: a sentence at most every two seconds, and of what happened meanwhile the weightiest. A fault is
//! told at once, unless another was just told.

use crate::view::{EventSign, EventView, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// So long one has to listen to a sentence, in ms.
const PAUSE_MS: f64 = 2_000.0;

#[derive(Properties, PartialEq)]
pub struct AnnouncerProps {
    pub view: Rc<View>,
    /// Time runs too fast to be told.
    pub quiet: bool,
}

/// What was said, until which event, and when.
#[derive(Default)]
struct Said {
    text: String,
    weight: u8,
    until: u64,
    at: f64,
}

#[component]
pub fn Announcer(props: &AnnouncerProps) -> Html {
    let said = use_mut_ref(Said::default);
    let mut said = said.borrow_mut();
    let now = js_sys::Date::now();
    let last = props.view.events.last().map_or(0, |event| event.id);
    if props.quiet || last < said.until {
        // What went by untold, or lies in another course, is not made up for.
        said.until = last;
    } else {
        let heard = now - said.at >= PAUSE_MS;
        let event =
            weightiest(&props.view.events, said.until).filter(|event| heard || is_urgent(event) && said.weight < weight(event.sign));
        if let Some(event) = event {
            (said.text, said.weight, said.at) = (event.text.to_string(), weight(event.sign), now);
        }
        // What came of it is told next.
        said.until = match event {
            Some(event) => event.id,
            None if heard => last,
            None => said.until,
        };
    }
    html! { <p class="pt-said" aria-live="polite">{ said.text.clone() }</p> }
}

/// Of the events since one, that which matters most; of equals the latest. Records come and go without a word.
fn weightiest(events: &[Arc<EventView>], since: u64) -> Option<&Arc<EventView>> {
    // Who leads matters more than who is in sync, a group's state more than what each member was given.
    let weight = |event: &EventView| (weight(event.sign), event.decides, event.id);
    events.iter().filter(|event| event.id > since && !event.is_minor()).max_by_key(|event| weight(event))
}

fn is_urgent(event: &EventView) -> bool {
    event.sign == EventSign::Fault
}

const fn weight(sign: EventSign) -> u8 {
    match sign {
        EventSign::Fault => 5,
        EventSign::Election => 4,
        EventSign::Rebalance => 3,
        EventSign::Timer => 2,
        EventSign::Plain => 1,
        // The form in which it was given has said it.
        EventSign::Command | EventSign::Record => 0,
    }
}
