//! How a frame's work is shared out between the engine and what is drawn of it.

use super::Part;
use gloo::timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;

/// What a frame may take of the page's thread, in ms: engine, view, and all that the browser makes of it.
const FRAME_MS: f64 = 4.0;
/// Where building a view and showing it take longer than this together, one frame builds it, and the next one shows it.
const AT_ONCE_MS: f64 = 2.0;
/// Where showing all of a view takes longer than this, its parts take turns.
const TURNS_MS: f64 = 4.0;
/// Of a frame's time on the average, so much goes into building and showing views where they take long; the rest is the engine's.
const SHOWN: f64 = 0.35;
/// However long the building takes, the engine goes on for so long beside it, in ms.
const ENGINE_MIN_MS: f64 = 1.0;
/// How much of a new measurement goes into what is known; and what one that was disturbed by others counts at most.
const WEIGHT: f64 = 0.15;
const COST_MAX_MS: f64 = 20.0;

/// What a frame does beside the engine's work, and for how many ms that may last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub builds: bool,
    /// What was built in the frame before or, where there is nothing, in this one.
    pub shows: bool,
    /// Zero: it rests, and the next frame makes up for it.
    pub engine_ms: f64,
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
    /// A frame begins: what it is for. A view may wait that was built in the frame before; for a part, where one is named.
    pub fn share(&mut self, waits: Option<Option<Part>>) -> Share {
        self.ahead = (self.ahead - SHOWN * FRAME_MS).max(0.0);
        if let Some(part) = waits {
            return Share { builds: false, shows: true, engine_ms: (FRAME_MS - self.costs(part).show.get()).max(0.0) };
        }
        let costs = self.costs(self.next());
        let builds = self.due > 0 && self.ahead == 0.0;
        let shows = builds && costs.sum() < AT_ONCE_MS;
        let takes = if shows {
            costs.sum()
        } else if builds {
            costs.build.get()
        } else {
            0.0
        };
        Share { builds, shows, engine_ms: (FRAME_MS - takes).max(ENGINE_MIN_MS) }
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
