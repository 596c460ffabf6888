//! How a frame's work is shared out between the engine and what is drawn of it.

use super::Part;
use gloo::timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;

/// What a frame may take of the page's thread, in ms: engine, view, and all that the browser makes of it.
const FRAME_MS: f64 = 5.0;
/// Where building a view and showing it take longer than this together, one frame builds it, and the next one shows it.
const AT_ONCE_MS: f64 = 2.0;
/// Where showing all of a view takes longer than this, its parts take turns.
const TURNS_MS: f64 = 4.0;
/// Of a frame's time on the average, so much goes into building and showing views where they take long; the rest is the engine's.
const SHOWN: f64 = 0.28;
/// How much of a new measurement goes into what is known; and what one that was disturbed by others counts at most.
const WEIGHT: f64 = 0.15;
const COST_MAX_MS: f64 = 20.0;

/// How a frame goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// Views take little: the engine goes on for so many ms, and the frame shows what came of it, where anything did.
    AtOnce { engine_ms: f64, shows: bool },
    /// Views take long: the frame shows what was built, if anything was. Once it is painted, the engine has what is left: see [`Pace::rest`].
    Apart,
}

/// What is done with the rest of a frame that is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rest {
    /// The engine goes on until then, in ms of [`now`]. Where that is over, it rests, and the next frame makes up for it.
    pub until: f64,
    /// And builds the view that the next frame shows.
    pub builds: bool,
}

/// What something takes lately, in ms.
#[derive(Clone, Default)]
struct Cost(Rc<Cell<f64>>);

impl Cost {
    fn get(&self) -> f64 {
        self.0.get()
    }

    fn note(&self, took: f64) {
        self.0.set(self.get() + WEIGHT * (took.min(COST_MAX_MS) - self.get()));
    }
}

/// What a view, whole or for one of the parts, takes: its building, and all from when the page is told of it until it is painted.
#[derive(Clone, Default)]
struct Costs {
    build: Cost,
    show: Cost,
}

impl Costs {
    fn sum(&self) -> f64 {
        self.build.get() + self.show.get()
    }
}

/// Shares frames out by what showing took lately.
#[derive(Default)]
pub struct Pace {
    whole: Costs,
    parts: [Costs; Part::ALL.len()],
    /// The turn that comes next.
    turn: usize,
    /// Parts have turns.
    in_turns: bool,
    /// So many shows are due until all is seen that has changed.
    due: usize,
    /// What was shown took so many ms more than its share of the frames' time until now: the next view waits until that is made up for.
    ahead: f64,
}

impl Pace {
    /// A frame begins: how it goes. A view may wait that was built after the frame before.
    pub fn share(&mut self, waits: bool) -> Share {
        self.ahead = (self.ahead - SHOWN * FRAME_MS).max(0.0);
        let takes = self.costs(self.next()).sum();
        if waits || takes >= AT_ONCE_MS {
            return Share::Apart;
        }
        let shows = self.is_due();
        Share::AtOnce { engine_ms: if shows { FRAME_MS - takes } else { FRAME_MS }, shows }
    }

    /// A frame that began at this time is painted, and has shown something or not. What it took is known: however long the browser kept others
    /// before it, engine and frame together take no more than they may.
    pub fn rest(&self, began: f64, has_shown: bool) -> Rest {
        let builds = !has_shown && self.is_due();
        let build_ms = if builds { self.costs(self.next()).build.get() } else { 0.0 };
        Rest { until: began + FRAME_MS - build_ms, builds }
    }

    /// Something has changed that is not shown, and it is not too soon to.
    fn is_due(&self) -> bool {
        self.due > 0 && self.ahead == 0.0
    }

    /// Something has changed.
    pub fn note_change(&mut self) {
        self.due = if self.in_turns { Part::ALL.len() } else { 1 };
    }

    /// Which view is to be built next: a whole one, or one for the part that is named.
    pub fn builds(&mut self, whole: bool) -> Option<Part> {
        let in_turns = !whole && self.takes_turns();
        if in_turns && !self.in_turns {
            // What each takes of it is not known yet.
            let share = |cost: &Cost| Cost(Rc::new(Cell::new(cost.get() / Part::ALL.len() as f64)));
            self.parts = std::array::from_fn(|_| Costs { build: share(&self.whole.build), show: share(&self.whole.show) });
            self.due = Part::ALL.len();
        }
        self.in_turns = in_turns;
        let part = self.next();
        self.due = if self.in_turns { self.due.saturating_sub(1) } else { 0 };
        self.turn = (self.turn + 1) % Part::ALL.len();
        part
    }

    /// A view has been built, in so many ms.
    pub fn has_built(&self, part: Option<Part>, took: f64) {
        self.costs(part).build.note(took);
    }

    /// The page is about to be told of a view. What that takes is known when the browser has painted it.
    pub fn shows(&mut self, part: Option<Part>) {
        self.ahead = self.costs(part).sum();
        let cost = self.costs(part).show.clone();
        let began = now();
        // A timer's turn comes after the frame's.
        Timeout::new(0, move || cost.note(now() - began)).forget();
    }

    /// All parts together tell what a whole view would take.
    fn takes_turns(&self) -> bool {
        if !self.in_turns {
            return self.whole.sum() > TURNS_MS;
        }
        let known = |cost: fn(&Costs) -> f64| self.parts.iter().map(cost).sum::<f64>();
        let (build, show) = (known(|costs| costs.build.get()), known(|costs| costs.show.get()));
        if build + show <= TURNS_MS {
            self.whole.build.0.set(build);
            self.whole.show.0.set(show);
        }
        build + show > TURNS_MS
    }

    /// Whose turn it is.
    fn next(&self) -> Option<Part> {
        Part::ALL.get(self.turn).copied().filter(|_| self.in_turns)
    }

    fn costs(&self, part: Option<Part>) -> &Costs {
        part.and_then(|part| self.parts.get(part as usize)).unwrap_or(&self.whole)
    }
}

/// The world's time, in ms, to a fraction of one.
pub fn now() -> f64 {
    gloo::utils::window().performance().map_or_else(js_sys::Date::now, |clock| clock.now())
}

#[cfg(test)]
mod tests {
    use super::{FRAME_MS, Pace, Rest, SHOWN, Share};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Something has changed, and building a view of it takes so long, in ms.
    fn changed(build_ms: f64) -> Pace {
        let mut pace = Pace::default();
        (0..100).for_each(|_| pace.has_built(None, build_ms));
        pace.note_change();
        pace
    }

    #[wasm_bindgen_test]
    fn what_takes_little_is_shown_in_the_frame_in_which_it_happened() {
        let Share::AtOnce { engine_ms, shows } = changed(0.5).share(false) else { panic!("apart") };
        assert!(shows);
        assert!((engine_ms - (FRAME_MS - 0.5)).abs() < 0.01, "{engine_ms}");
    }

    #[wasm_bindgen_test]
    fn what_takes_long_is_built_after_one_frame_and_shown_in_the_next() {
        let mut pace = changed(3.0);
        assert_eq!(pace.share(false), Share::Apart);
        let Rest { until, builds } = pace.rest(100.0, false);
        assert!(builds);
        assert!((until - (100.0 + FRAME_MS - 3.0)).abs() < 0.01, "{until}");
        assert_eq!(pace.share(true), Share::Apart);
        assert_eq!(pace.rest(200.0, true), Rest { until: 200.0 + FRAME_MS, builds: false });
    }

    #[wasm_bindgen_test]
    fn the_next_view_waits_until_the_engine_has_had_its_share() {
        let mut pace = changed(3.0);
        pace.shows(None);
        let mut frames = 0;
        while !pace.rest(0.0, false).builds {
            pace.share(false);
            frames += 1;
        }
        assert_eq!(f64::from(frames), (3.0 / (SHOWN * FRAME_MS)).ceil());
    }
}
