//! A look through a topic that goes on stretch by stretch, so that the page never stands still for it.

use crate::ui::desk::Desk;
use crate::view::query::records::{Cursor, FoundRecord, From, Records, RecordsAsk};
use crate::view::{Answer, Query, Unsettled};
use gloo::timers::callback::Timeout;
use std::cell::{Ref, RefCell};
use std::rc::Rc;
use yew::Callback;

/// How many records are shown at first, and how many more are asked for at once.
const PAGE: usize = 100;
/// Beyond so many the list begins anew with what is newest.
const SHOWN_MAX: usize = 1_000;
/// How long a look waits while the filter is being typed, in ms.
const TYPING_MS: u32 = 150;
/// How long what is new waits for more of it, in ms.
const LIVE_MS: u32 = 250;

/// A look and what it found. Clones are the same look.
#[derive(Clone)]
pub struct Search(Rc<Inner>);

struct Inner {
    desk: Desk,
    /// Draws what has changed.
    changed: Callback<()>,
    state: RefCell<Found>,
}

/// What was found so far.
#[derive(Default)]
pub struct Found {
    ask: Option<RecordsAsk>,
    pub records: Vec<Rc<FoundRecord>>,
    pub looked_at: u64,
    pub left: u64,
    pub unreadable: u32,
    cursor: Option<Cursor>,
    ends: Cursor,
    /// How many are wanted.
    wanted: usize,
    pub busy: bool,
    /// Why there is nothing, in words.
    pub refused: Option<String>,
    /// Grows with everything that is another.
    pub version: u64,
    /// Answers to what was asked before it are nobody's.
    turn: u64,
    waits: Option<Timeout>,
}

impl PartialEq for Search {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Search {
    pub fn new(desk: Desk, changed: Callback<()>) -> Self {
        Self(Rc::new(Inner { desk, changed, state: RefCell::default() }))
    }

    pub fn found(&self) -> Ref<'_, Found> {
        self.0.state.borrow()
    }

    /// Looks for something else; what was found stands until something is found.
    pub fn begin(&self, ask: RecordsAsk) {
        let first = {
            let mut state = self.0.state.borrow_mut();
            state.turn += 1;
            let first = state.ask.is_none();
            (state.ask, state.cursor, state.wanted, state.busy) = (Some(ask), None, PAGE, true);
            first
        };
        self.later(if first { 0 } else { TYPING_MS }, |search| search.ask(None, true));
    }

    /// Looks for the same anew.
    pub fn again(&self) {
        let ask = self.found().ask.clone();
        if let Some(ask) = ask {
            self.begin(ask);
        }
    }

    /// Looks for more.
    pub fn more(&self) {
        let cursor = {
            let mut state = self.0.state.borrow_mut();
            state.wanted = state.records.len() + PAGE;
            state.busy = true;
            state.cursor.clone()
        };
        self.ask(cursor, false);
    }

    /// Looks no further.
    pub fn stop(&self) {
        {
            let mut state = self.0.state.borrow_mut();
            state.turn += 1;
            state.waits = None;
            state.busy = false;
            state.version += 1;
        }
        self.0.changed.emit(());
    }

    /// Something was written: what of it passes comes on top.
    pub fn catch_up(&self) {
        let state = self.0.state.borrow();
        if state.busy || state.waits.is_some() || state.ask.is_none() || state.refused.is_some() {
            return;
        }
        drop(state);
        self.later(LIVE_MS, Self::ask_for_news);
    }

    fn later(&self, ms: u32, act: fn(&Self)) {
        let weak = Rc::downgrade(&self.0);
        let waits = Timeout::new(ms, move || {
            if let Some(inner) = weak.upgrade() {
                inner.state.borrow_mut().waits = None;
                act(&Self(inner));
            }
        });
        self.0.state.borrow_mut().waits = Some(waits);
    }

    /// Asks for the next stretch; `anew`: for the first, which takes the place of what was found.
    fn ask(&self, cursor: Option<Cursor>, anew: bool) {
        let state = self.0.state.borrow();
        let Some(ask) = &state.ask else { return };
        let have = if anew { 0 } else { state.records.len() };
        let limit = u32::try_from(state.wanted.saturating_sub(have)).unwrap_or(u32::MAX);
        let (turn, look) = (state.turn, RecordsAsk { cursor, limit, ..ask.clone() });
        drop(state);
        let search = self.clone();
        let answered = move |answer| search.answered(turn, anew, answer);
        self.0.desk.ask(Query::Records { look }, Callback::from(answered));
    }

    fn answered(&self, turn: u64, anew: bool, answer: Answer) {
        let goes_on = {
            let mut state = self.0.state.borrow_mut();
            if state.turn != turn {
                return;
            }
            state.version += 1;
            if anew {
                (state.looked_at, state.left, state.unreadable, state.refused) = (0, 0, 0, None);
                state.records.clear();
            }
            match answer {
                Answer::Records { records } => state.take(records, anew),
                Answer::NoRecords { error } => state.refuse(error.to_string()),
                Answer::Absent { why } => state.refuse(why),
                _ => state.refuse(String::new()),
            }
            state.busy = state.cursor.is_some() && state.records.len() < state.wanted;
            state.busy
        };
        if goes_on {
            // The page draws, and hears its person, in between.
            self.later(0, |search| {
                let cursor = search.found().cursor.clone();
                search.ask(cursor, false);
            });
        }
        self.0.changed.emit(());
    }

    fn ask_for_news(&self) {
        let state = self.0.state.borrow();
        let Some(ask) = &state.ask else { return };
        let look = RecordsAsk { from: From::Beginning, cursor: Some(state.ends.clone()), limit: u32::MAX, ..ask.clone() };
        let turn = state.turn;
        drop(state);
        let search = self.clone();
        let answered = move |answer| {
            let Answer::Records { records } = answer else { return };
            if search.found().turn == turn && search.0.state.borrow_mut().take_news(records) {
                search.0.changed.emit(());
            }
            let state = search.found();
            if state.turn == turn && state.records.len() > SHOWN_MAX {
                drop(state);
                search.again();
            }
        };
        self.0.desk.ask(Query::Records { look }, Callback::from(answered));
    }
}

impl Found {
    /// There is more to be looked at.
    pub const fn has_more(&self) -> bool {
        self.cursor.is_some()
    }

    /// Whether a record that was found in an open transaction lies below its partition's last stable offset by now.
    pub fn has_settled(&self, last_stable: &[i64]) -> bool {
        let is_settled = |record: &Rc<FoundRecord>| {
            let stable = usize::try_from(record.partition).ok().and_then(|at| last_stable.get(at));
            record.transaction == Some(Unsettled::Open) && stable.is_some_and(|stable| record.offset < *stable)
        };
        self.records.iter().any(is_settled)
    }

    fn take(&mut self, records: Records, anew: bool) {
        self.records.extend(records.found.into_iter().map(Rc::new));
        self.looked_at += records.looked_at;
        self.left = records.left;
        self.unreadable += records.unreadable;
        self.cursor = records.cursor;
        if anew {
            self.ends = records.ends;
        }
    }

    fn refuse(&mut self, why: String) {
        self.refused = Some(why);
        self.records.clear();
        (self.cursor, self.left) = (None, 0);
    }

    /// What was written since comes first. True where something is to be drawn.
    fn take_news(&mut self, records: Records) -> bool {
        self.looked_at += records.looked_at;
        self.ends = records.cursor.unwrap_or(records.ends);
        self.version += 1;
        let news = records.found.len();
        self.records.splice(0..0, records.found.into_iter().rev().map(Rc::new));
        // One more page is wanted only if it is asked for.
        self.wanted += news;
        records.looked_at > 0
    }
}
