//! The exchanges that the list shows: what is known stays, only what is new is asked for.

use crate::ui::desk::{Desk, use_desk};
use crate::view::query::{Exchange, WireList, WireQuery};
use crate::view::{Answer, Query, View};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// How many lines are kept.
const LINES_MAX: usize = 1_000;
/// How many are asked for at once.
const ASKED_MAX: u32 = 300;
/// How soon it is asked again, in ms.
const AGAIN_MS: u32 = 250;

/// What is known of the wire.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// Newest first.
    pub exchanges: Rc<Vec<Rc<Exchange>>>,
    /// The newest frame's number when it was asked.
    pub last: u64,
    pub first: u64,
    pub bytes: u64,
    /// What is wrong with the filter.
    pub wrong: Option<String>,
    /// Why nothing can be known.
    pub absent: Option<String>,
    /// It has been answered at least once.
    pub known: bool,
}

/// What asks: a new one for each filter and each jump in time.
#[derive(Default)]
struct Book {
    /// What it is of.
    of: (Rc<str>, u64),
    last: u64,
    /// The next question, once it is time.
    waits: Option<Timeout>,
    asked_at: f64,
}

#[hook]
pub fn use_lines(view: &View, filter: &Rc<str>, hold: bool) -> Lines {
    let desk = use_desk();
    let lines = use_state_eq(Lines::default);
    let book = use_mut_ref(Book::default);
    let course = view.timeline.as_ref().map_or(0, |line| line.jumps);
    let newest = view.frames.map(|frames| frames.last);
    {
        let (lines, known) = (lines.setter(), use_mut_ref(Lines::default));
        let of = (Rc::clone(filter), course);
        use_effect_with((of, newest, hold), move |(of, newest, hold)| {
            let anew = {
                let mut book = book.borrow_mut();
                let anew = book.of != *of || newest.is_some_and(|newest| newest < book.last);
                if anew {
                    *book = Book { of: of.clone(), ..Book::default() };
                    known.replace(Lines::default());
                }
                anew
            };
            if *hold && !anew {
                return;
            }
            let ask = {
                let book = book.clone();
                move || {
                    book.borrow_mut().asked_at = js_sys::Date::now();
                    ask(&desk, &book, &known, lines);
                }
            };
            let wait = f64::from(AGAIN_MS) - (js_sys::Date::now() - book.borrow().asked_at);
            if anew || wait <= 0.0 {
                book.borrow_mut().waits = None;
                ask();
            } else if book.borrow().waits.is_none() {
                let timer = Timeout::new(wait as u32, ask);
                book.borrow_mut().waits = Some(timer);
            }
        });
    }
    (*lines).clone()
}

fn ask(desk: &Desk, book: &Rc<RefCell<Book>>, known: &Rc<RefCell<Lines>>, lines: UseStateSetter<Lines>) {
    let of = {
        let mut book = book.borrow_mut();
        // A timer that has fired cannot be cancelled any more.
        book.waits.take().into_iter().for_each(|timer| drop(timer.forget()));
        book.of.clone()
    };
    let open = known.borrow().exchanges.iter().filter(|exchange| exchange.state.is_open()).map(|exchange| exchange.id).collect();
    let query = WireQuery { filter: of.0.to_string(), after: book.borrow().last, open, max: ASKED_MAX };
    let (book, known) = (Rc::clone(book), Rc::clone(known));
    let answered = move |answer| {
        if book.borrow().of != of {
            return;
        }
        let mut known = known.borrow_mut();
        match answer {
            Answer::Wire(list) => {
                book.borrow_mut().last = list.last;
                known.take(*list);
            }
            Answer::Absent { why } => *known = Lines { absent: Some(why), known: true, ..Lines::default() },
            _ => return,
        }
        lines.set(known.clone());
    };
    desk.ask(Query::Wire(query), Callback::from(answered));
}

impl Lines {
    /// Takes in what is new, and what has come further.
    fn take(&mut self, list: WireList) {
        let newest = self.exchanges.first().map_or(0, |exchange| exchange.id);
        let mut all: Vec<Rc<Exchange>> = Vec::with_capacity(self.exchanges.len() + list.exchanges.len());
        let mut old = self.exchanges.to_vec();
        // More came than was asked for: between what is known and what is new there is a gap, and what is known goes.
        if list.more {
            old.clear();
        }
        for exchange in list.exchanges {
            if exchange.id > newest || list.more {
                all.push(Rc::new(exchange));
            } else if let Some(line) = old.iter_mut().find(|line| line.id == exchange.id) {
                *line = Rc::new(exchange);
            }
        }
        all.extend(old.into_iter().filter(|line| line.id >= list.first));
        all.truncate(LINES_MAX);
        *self = Self {
            exchanges: Rc::new(all),
            last: list.last,
            first: list.first,
            bytes: list.bytes,
            wrong: list.wrong,
            absent: None,
            known: true,
        };
    }
}
