//! What of the stage is in sight, and what is scrolled away: where a frame has no time for all, what nobody sees can wait longer.

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, js_sys::Array};
use yew::prelude::*;

/// Whether an element is in sight, for whoever draws it: nothing is drawn anew when that changes. Two are the same where they are of one element.
#[derive(Clone)]
pub struct Sight(Rc<Cell<bool>>);

impl Sight {
    pub fn is_seen(&self) -> bool {
        self.0.get()
    }
}

/// Until the browser tells otherwise, everything is.
impl Default for Sight {
    fn default() -> Self {
        Self(Rc::new(Cell::new(true)))
    }
}

impl PartialEq for Sight {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where a frame has no time for all, what nobody sees is drawn anew once in so many times.
pub const TURNS_UNSEEN: usize = 12;

/// Tells `sight`, if there is one, of the element in `node`, as long as that stands.
#[hook]
pub fn use_sight(node: &NodeRef, sight: Option<&Sight>) {
    let node = node.clone();
    use_effect_with(sight.cloned(), move |sight| {
        let observed = sight.clone().zip(node.cast::<Element>()).and_then(|(sight, element)| observe(sight, &element));
        move || drop(observed)
    });
}

/// An element that is watched until this is dropped.
struct Observed {
    observer: IntersectionObserver,
    _tell: Closure<dyn Fn(Array)>,
}

impl Drop for Observed {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// None where the browser cannot.
fn observe(sight: Sight, element: &Element) -> Option<Observed> {
    let tell = Closure::<dyn Fn(Array)>::new(move |seen: Array| {
        if let Some(last) = seen.iter().last() {
            sight.0.set(last.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
        }
    });
    let observer = IntersectionObserver::new(tell.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Observed { observer, _tell: tell })
}
