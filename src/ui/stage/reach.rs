//! Records that lie beside each other on a tape, taken together: dragged over, reached by Shift and the arrows, or begun with one and ended by
//! a press on another. Messages then shows them. A finger holds a record to begin; one that moves at once moves the tape, or scrolls.

use super::grid::{move_focus, place_of};
use crate::ui::chosen::Span;
use crate::ui::desk::Desk;
use crate::ui::drawer::Form;
use crate::ui::menus::MenuAct;
use crate::ui::state::Act;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, ShadowRoot};
use yew::prelude::*;

/// How long a finger rests until it holds a record, in ms: less than the browser waits with its menu.
const HOLD_MS: u32 = 400;
/// How far it may stray meanwhile, and how far it moves for a cell, in px.
const STRAY: f64 = 8.0;
const CELL: f64 = 30.0;
/// A press that comes so soon after a finger let go is the same finger's, in ms.
const SAME_MS: f64 = 60.0;

/// A finger on the tapes.
#[derive(Default)]
pub struct Finger {
    /// Where it was put down; where it is not there, when it let go of what it held.
    down: Option<(f64, f64)>,
    let_go: f64,
    /// How many cells the tape followed it.
    slid: Option<i64>,
    waits: Option<Timeout>,
}

/// A topic's tapes, as far as records are taken together on them.
#[derive(Clone)]
pub struct Reach {
    pub desk: Desk,
    pub topic: Arc<str>,
    /// What is taken now.
    pub span: Option<Span>,
    /// What the pointer, or Shift, is about to take.
    pub drag: Rc<RefCell<Option<Span>>>,
    pub finger: Rc<RefCell<Finger>>,
    /// Moves the tapes by so many cells, to older records.
    pub slide: Rc<dyn Fn(i64)>,
}

/// What happens with the pointer pressed, moved and let go, and with a key let go.
type Handlers = (Callback<PointerEvent>, Callback<PointerEvent>, Callback<PointerEvent>, Callback<KeyboardEvent>, Callback<MouseEvent>);

impl Reach {
    pub fn handlers(&self) -> Handlers {
        let (down, moved, up, key, drag) = (self.clone(), self.clone(), self.clone(), self.clone(), self.drag.clone());
        (
            Callback::from(move |event| down.begin(&event)),
            Callback::from(move |event| moved.go(&event)),
            Callback::from(move |event: PointerEvent| up.let_go(&event)),
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Shift" {
                    key.end();
                }
            }),
            // What a held finger asks for elsewhere.
            Callback::from(move |event: MouseEvent| {
                if drag.borrow().is_some() {
                    event.prevent_default();
                }
            }),
        )
    }

    fn at(&self, place: (i32, Option<i64>)) -> Option<Span> {
        let (partition, Some(offset)) = place else { return None };
        Some(Span { topic: Arc::clone(&self.topic), partition, from: offset, to: offset })
    }

    fn begin(&self, event: &PointerEvent) {
        let place = event.target_dyn_into::<Element>().as_ref().and_then(place_of);
        let span = place.filter(|_| event.button() == 0).and_then(|place| self.at(place));
        if event.pointer_type() != "touch" {
            *self.drag.borrow_mut() = span;
            return;
        }
        let (desk, drag) = (self.desk.clone(), self.drag.clone());
        let hold = move |span: Span| {
            *drag.borrow_mut() = Some(span.clone());
            desk.run(MenuAct::Reach(span));
        };
        *self.finger.borrow_mut() = Finger {
            down: Some((f64::from(event.client_x()), f64::from(event.client_y()))),
            waits: span.map(|span| Timeout::new(HOLD_MS, move || hold(span))),
            ..Finger::default()
        };
    }

    /// The tape follows a finger that moved before it held anything.
    fn follow(&self, event: &PointerEvent) {
        let mut finger = self.finger.borrow_mut();
        let Some((x, y)) = finger.down else { return };
        let (across, along) = (f64::from(event.client_x()) - x, f64::from(event.client_y()) - y);
        if across.hypot(along) > STRAY {
            finger.waits = None;
            let cells = (across / CELL) as i64;
            let by = cells - finger.slid.replace(cells).unwrap_or_default();
            if by != 0 {
                (self.slide)(by);
            }
        }
    }

    fn go(&self, event: &PointerEvent) {
        if event.buttons() & 1 == 0 {
            return;
        }
        if self.drag.borrow().is_none() && event.pointer_type() == "touch" {
            return self.follow(event);
        }
        let Some(mut span) = self.drag.borrow().clone() else { return };
        let grid = event.target_dyn_into::<Element>().and_then(|at| at.closest("[role=grid]").ok().flatten());
        let Some(root) = grid.as_ref().and_then(|grid| grid.get_root_node().dyn_into::<ShadowRoot>().ok()) else { return };
        let under = root.element_from_point(event.client_x() as f32, event.client_y() as f32);
        let Some((partition, Some(offset))) = under.as_ref().and_then(place_of) else { return };
        if partition == span.partition && offset != span.to {
            // From here on the pointer is the tape's, wherever it goes.
            if let Some(grid) = grid.filter(|grid| !grid.has_pointer_capture(event.pointer_id())) {
                drop(grid.set_pointer_capture(event.pointer_id()));
            }
            span.to = offset;
            *self.drag.borrow_mut() = Some(span.clone());
            self.desk.act(Act::Span(Some(span)));
        }
    }

    /// Shift and an arrow: the focus goes on, and what it passes belongs to it.
    pub fn by_key(&self, grid: &Element, event: &KeyboardEvent) {
        let Some(before) = event.target_dyn_into::<Element>().as_ref().and_then(place_of).and_then(|place| self.at(place)) else { return };
        move_focus(grid, event);
        let root = grid.get_root_node().dyn_into::<ShadowRoot>().ok();
        let Some((partition, Some(offset))) = root.and_then(|root| root.active_element()).as_ref().and_then(place_of) else { return };
        // The next key may come before what this one takes is drawn.
        let begun = self.drag.borrow().clone().or_else(|| self.span.clone());
        let mut span = begun.filter(|span| span.partition == before.partition && span.to == before.to).unwrap_or(before);
        if partition == span.partition {
            span.to = offset;
            *self.drag.borrow_mut() = Some(span.clone());
            self.desk.act(Act::Span(Some(span)));
        }
    }

    fn let_go(&self, event: &PointerEvent) {
        let held = event.pointer_type() == "touch" && self.drag.borrow().is_some();
        *self.finger.borrow_mut() = Finger { let_go: if held { event.time_stamp() } else { 0.0 }, ..Finger::default() };
        self.end();
    }

    /// A press on a record ends what was begun with another of its partition, or is none: a finger lets go of what it held. True where it did.
    pub fn takes(&self, event: &MouseEvent, partition: i32, offset: i64) -> bool {
        if event.time_stamp() - self.finger.borrow().let_go < SAME_MS {
            return true;
        }
        let Some(begun) = self.span.as_ref().filter(|span| span.from == span.to && span.partition == partition && span.to != offset) else {
            return false;
        };
        self.show(Span { to: offset, ..begun.clone() });
        true
    }

    /// Several are shown in Messages; one was only pressed.
    fn end(&self) {
        if let Some(span) = self.drag.borrow_mut().take().filter(|span| span.from != span.to) {
            self.show(span);
        }
    }

    fn show(&self, span: Span) {
        let form = Form::of_span(&span);
        self.desk.act(Act::Span(Some(span)));
        self.desk.run(MenuAct::Messages(form));
    }
}
