//! An event that is looked at goes with its course: what was undone, or is another history's, is not looked at any more.

use super::chosen::Chosen;
use super::state::{Act, State};
use crate::view::View;
use std::sync::Arc;
use yew::prelude::*;

/// Clears the choice of an event that the history on the screen does not have.
#[hook]
pub fn use_known_event(view: Option<&View>, state: &UseReducerHandle<State>) {
    let timeline = view.and_then(|view| view.timeline.as_ref());
    let current = timeline.and_then(|timeline| timeline.branches.iter().find(|branch| branch.current));
    let name = current.map(|branch| Arc::clone(&branch.name));
    let from = current.and_then(|branch| branch.fork.as_ref()).map(|(from, _)| Arc::clone(from));
    let undone = match (&state.chosen, timeline) {
        (Some(Chosen::Event(event)), Some(timeline)) => *event > timeline.events,
        _ => false,
    };
    let before = use_mut_ref(|| None::<Arc<str>>);
    let state = state.clone();
    use_effect_with((name, undone), move |(name, undone)| {
        let before = before.replace(name.clone());
        // A fork that begins now has the events that there were.
        let is_another = before.is_some() && before != *name && before != from;
        if (*undone || is_another) && matches!(state.chosen, Some(Chosen::Event(_))) {
            state.dispatch(Act::Clear);
        }
    });
}
