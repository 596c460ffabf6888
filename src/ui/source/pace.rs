//! How a frame's work is shared out between the engine and what is drawn of it.

use gloo::timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;

/// What a frame may take of the page's thread, in ms: engine, view, and all that the browser makes of it.
const FRAME_MS: f64 = 6.5;
/// Where showing a view takes longer than this, views come in every second frame, and the engine works in the others.
const TURNS_MS: f64 = 3.0;
/// The engine's least share of a frame in which a view is shown.
const LEAST_MS: f64 = 0.5;
/// How much of a new measurement goes into what is known; and what one that was disturbed by others counts at most.
const WEIGHT: f64 = 0.15;
const COST_MAX_MS: f64 = 20.0;

/// Shares frames out by what showing a view took lately.
#[derive(Default)]
pub struct Pace {
    /// What a view takes from its building until it is painted, in ms.
    cost: Rc<Cell<f64>>,
    /// A view was shown in the frame before.
    shown: bool,
}

impl Pace {
    /// A frame begins: whether a view may be shown in it, and for how many ms the engine may work.
    pub fn share(&mut self) -> (bool, f64) {
        let cost = self.cost.get();
        let shows = cost < TURNS_MS || !self.shown;
        self.shown = false;
        (shows, if shows { (FRAME_MS - cost).max(LEAST_MS) } else { FRAME_MS })
    }

    /// Showing a view takes so much that it is shown by parts.
    pub fn is_heavy(&self) -> bool {
        self.cost.get() >= TURNS_MS
    }

    /// A view is about to be built and shown: what that takes is known when the browser has painted it.
    pub fn shows(&mut self) {
        self.shown = true;
        let (began, cost) = (now(), Rc::clone(&self.cost));
        // A timer's turn comes after the frame's.
        Timeout::new(0, move || {
            let took = (now() - began).min(COST_MAX_MS);
            cost.set(cost.get() + WEIGHT * (took - cost.get()));
        })
        .forget();
    }
}

/// The world's time, in ms, to a fraction of one.
pub fn now() -> f64 {
    gloo::utils::window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}
