//! What every part of the page may reach: the state's dispatcher and the source that takes commands.

use super::source::Source;
use super::state::{Act, Place, State};
use crate::playground::{Command, Time};
use crate::view::{Outcome, View};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Clone)]
pub struct Desk {
    dispatch: UseReducerDispatcher<State>,
    source: Rc<dyn Source>,
    next: Rc<Cell<u64>>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.next, &other.next)
    }
}

impl Desk {
    pub fn new(dispatch: UseReducerDispatcher<State>, source: Rc<dyn Source>) -> Self {
        Self { dispatch, source, next: Rc::new(Cell::new(1)) }
    }

    pub fn act(&self, act: Act) {
        self.dispatch.dispatch(act);
    }

    /// Moves time. What cannot be is said.
    pub fn time(&self, time: Time) {
        let refused = self.source.time(time).err();
        self.act(Act::TimeRefused(refused.map(|refusal| refusal.message)));
    }

    /// Gives a command; what becomes of it is said at `place`.
    pub fn send(&self, place: Place, command: Command) {
        let request = self.next.get();
        self.next.set(request + 1);
        self.act(Act::Requested(place, request));
        self.source.send(request, command);
    }
}

/// What became of the last command given at a place.
pub fn outcome(view: &View, state: &State, place: &Place) -> Option<Arc<Outcome>> {
    let request = state.requests.get(place)?;
    view.outcomes.iter().rev().find(|o| o.request == *request).cloned()
}

#[hook]
pub fn use_desk() -> Desk {
    use_context::<Desk>().expect("every part of the page stands inside the application")
}
