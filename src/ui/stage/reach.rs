//! Records that lie beside each other on a tape, taken together: dragged over, or reached by Shift and the arrows. Messages then shows them.

use super::topic::{move_focus, place_of};
use crate::ui::chosen::Span;
use crate::ui::desk::Desk;
use crate::ui::drawer::Form;
use crate::ui::menus::MenuAct;
use crate::ui::state::Act;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, ShadowRoot};
use yew::prelude::*;

/// A topic's tapes, as far as records are taken together on them.
#[derive(Clone)]
pub struct Reach {
    pub desk: Desk,
    pub topic: Arc<str>,
    /// What is taken now.
    pub span: Option<Span>,
    /// What the pointer, or Shift, is about to take.
    pub drag: Rc<RefCell<Option<Span>>>,
}

/// What happens with the pointer pressed, moved and let go, and with a key let go.
type Handlers = (Callback<PointerEvent>, Callback<PointerEvent>, Callback<PointerEvent>, Callback<KeyboardEvent>);

impl Reach {
    pub fn handlers(&self) -> Handlers {
        let (down, moved, up, key) = (self.clone(), self.clone(), self.clone(), self.clone());
        (
            Callback::from(move |event| down.begin(&event)),
            Callback::from(move |event| moved.go(&event)),
            Callback::from(move |_| up.end()),
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Shift" {
                    key.end();
                }
            }),
        )
    }

    fn at(&self, place: (i32, Option<i64>)) -> Option<Span> {
        let (partition, Some(offset)) = place else { return None };
        Some(Span { topic: Arc::clone(&self.topic), partition, from: offset, to: offset })
    }

    /// A finger that moves scrolls.
    fn begin(&self, event: &PointerEvent) {
        let place = event.target_dyn_into::<Element>().as_ref().and_then(place_of);
        *self.drag.borrow_mut() = place.filter(|_| event.button() == 0 && event.pointer_type() != "touch").and_then(|place| self.at(place));
    }

    fn go(&self, event: &PointerEvent) {
        if event.buttons() & 1 == 0 {
            return;
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
        let mut span = self.span.clone().filter(|span| span.partition == before.partition && span.to == before.to).unwrap_or(before);
        if partition == span.partition {
            span.to = offset;
            *self.drag.borrow_mut() = Some(span.clone());
            self.desk.act(Act::Span(Some(span)));
        }
    }

    /// Several are shown in Messages; one was only pressed.
    fn end(&self) {
        if let Some(span) = self.drag.borrow_mut().take().filter(|span| span.from != span.to) {
            self.desk.run(MenuAct::Messages(Form::of_span(&span)));
        }
    }
}
