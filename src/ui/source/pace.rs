//! How a frame's work is shared out between the engine and what is drawn of it.

use super::Part;
use gloo::timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;

/// What a frame may take of the page's thread, in ms: engine, view, and all that the browser makes of it.
const FRAME_MS: f64 = 6.0;
/// Where showing something takes longer than this, that comes in every second frame, and the engine works in the others.
const EVERY_OTHER_MS: f64 = 2.0;
/// Where showing all of a view takes longer than this, its parts take turns.
const TURNS_MS: f64 = 4.0;
/// How much of a new measurement goes into what is known; and what one that was disturbed by others counts at most.
const WEIGHT: f64 = 0.15;
const COST_MAX_MS: f64 = 20.0;

/// Shares frames out by what showing took lately.
#[derive(Default)]
pub struct Pace {
    /// What it takes, in ms, from a view's building until it is painted: a whole one, and one for each part.
    whole: Rc<Cell<f64>>,
    parts: [Rc<Cell<f64>>; Part::ALL.len()],
    /// The turn that comes next.
    turn: usize,
    /// Parts have turns.
    in_turns: bool,
    /// So many shows are due until all is seen that has changed.
    due: usize,
    /// Something was shown in the frame before.
    shown: bool,
}

impl Pace {
    /// A frame begins: whether something may be shown in it, and for how many ms the engine may work.
    pub fn share(&mut self) -> (bool, f64) {
        let cost = self.next().1.get();
        let shows = self.due > 0 && (cost < EVERY_OTHER_MS || !self.shown);
        self.shown = false;
        (shows, if shows { (FRAME_MS - cost).max(0.0) } else { FRAME_MS })
    }

    /// Something has changed.
    pub fn note_change(&mut self) {
        self.due = if self.in_turns { Part::ALL.len() } else { 1 };
    }

    /// A view is about to be built and shown: whole, or for the part that is named. What that takes is known when the browser has painted it.
    pub fn shows(&mut self, whole: bool) -> Option<Part> {
        let in_turns = !whole && self.takes_turns();
        if in_turns && !self.in_turns {
            // What each takes of it is not known yet.
            let share = self.whole.get() / Part::ALL.len() as f64;
            self.parts.iter().for_each(|cost| cost.set(share));
            self.due = Part::ALL.len();
        }
        self.in_turns = in_turns;
        let (part, cost) = self.next();
        let cost = Rc::clone(cost);
        self.due = if self.in_turns { self.due.saturating_sub(1) } else { 0 };
        self.turn = (self.turn + 1) % Part::ALL.len();
        self.shown = true;
        let began = now();
        // A timer's turn comes after the frame's.
        Timeout::new(0, move || {
            let took = (now() - began).min(COST_MAX_MS);
            cost.set(cost.get() + WEIGHT * (took - cost.get()));
        })
        .forget();
        part
    }

    /// All parts together tell what a whole view would take.
    fn takes_turns(&self) -> bool {
        let known = if self.in_turns { self.parts.iter().map(|cost| cost.get()).sum() } else { self.whole.get() };
        if self.in_turns && known <= TURNS_MS {
            self.whole.set(known);
        }
        known > TURNS_MS
    }

    /// What is shown next, and what that takes.
    fn next(&self) -> (Option<Part>, &Rc<Cell<f64>>) {
        match (Part::ALL.get(self.turn), self.parts.get(self.turn)) {
            (Some(part), Some(cost)) if self.in_turns => (Some(*part), cost),
            _ => (None, &self.whole),
        }
    }
}

/// The world's time, in ms, to a fraction of one.
pub fn now() -> f64 {
    gloo::utils::window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}
