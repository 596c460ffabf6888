//! Asking the source from a panel: what it needs while it is open, and no longer.

use super::desk::use_desk;
use crate::view::{Answer, Query};
use std::rc::Rc;
use yew::prelude::*;

/// The answer to a query: asked when the query changes, and again whenever `fresh` does (a number that changes when the answer may have
/// changed: a log end, a count of frames). Until the answer is there the one before stands, be it another query's; none where nothing is
/// asked.
#[hook]
pub fn use_answer(query: Option<Query>, fresh: u64) -> Option<Rc<Answer>> {
    let desk = use_desk();
    let answer = use_state_eq(|| None::<Rc<Answer>>);
    let setter = answer.setter();
    // What comes after the panel is gone, or after another question, is nobody's.
    let current = use_mut_ref(|| 0_u64);
    use_effect_with((query, fresh), move |(query, _)| {
        *current.borrow_mut() += 1;
        let number = *current.borrow();
        match query.clone() {
            Some(query) => {
                let waiting = current.clone();
                let answered = move |told| {
                    if *waiting.borrow() == number {
                        setter.set(Some(Rc::new(told)));
                    }
                };
                desk.ask(query, Callback::from(answered));
            }
            None => setter.set(None),
        }
        move || *current.borrow_mut() += 1
    });
    (*answer).clone()
}
