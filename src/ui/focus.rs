//! The focus: what comes up takes it and gives it back, and it is never lost.

use super::state::{Sheet, State};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ShadowRoot};
use yew::prelude::*;

/// Where the focus is, and where it was.
#[derive(Default)]
struct Focused {
    at: Option<Element>,
    /// What had it when that which is up now was asked for, before it was in the page.
    asked: Option<Element>,
}

/// Keeps the focus in the element. What is given back is to hear of the focus that comes and of the one that goes.
#[hook]
pub fn use_focus(root: &NodeRef, state: &State) -> (Callback<FocusEvent>, Callback<FocusEvent>) {
    let focused = use_mut_ref(Focused::default);
    use_focus_into_sheets(root, state, &focused);
    use_focus_seen(root, state);
    use_focus_kept(root, state, focused)
}

fn is_open(state: &State) -> bool {
    state.sheet.is_some() || state.confirm.is_some() || state.reads_record()
}

fn shadow_of(root: &Element) -> Option<ShadowRoot> {
    root.get_root_node().dyn_into().ok()
}

fn html(element: Element) -> Option<HtmlElement> {
    element.dyn_into().ok()
}

/// What comes up takes the focus, and gives it back.
#[hook]
fn use_focus_into_sheets(root: &NodeRef, state: &State, focused: &Rc<RefCell<Focused>>) {
    let (root, focused) = (root.clone(), Rc::clone(focused));
    let is_open = is_open(state);
    let opened = (state.sheet.as_ref().map(Sheet::name), state.confirm.clone(), state.reads_record());
    let before = use_mut_ref(|| None::<HtmlElement>);
    if is_open && focused.borrow().asked.is_none() {
        focused.borrow_mut().asked = root.cast::<Element>().and_then(|root| shadow_of(&root)?.active_element());
    }
    use_effect_with(opened, move |(sheet, _, reads)| {
        let Some(root) = root.cast::<Element>() else { return };
        let Some(shadow) = shadow_of(&root) else { return };
        if is_open {
            let into = match sheet.as_deref() {
                Some("publish") => "[data-field=key]",
                Some("drawer") => ".pt-drawer [role=tab][aria-selected=true]",
                Some(_) => "[role=dialog] [data-focus-here]",
                None if *reads => ".pt-inspector",
                None => "[data-focus-here]",
            };
            let first = |selector: &str| root.query_selector(selector).ok().flatten();
            // A sheet with nothing to be filled in gives it to what closes it; where there is no topic, the form for one is no sheet.
            let or = ["[role=dialog] [data-focus-else]", "[data-focus-here]"];
            let target = first(into).or_else(|| or.into_iter().find_map(first)).and_then(html);
            let own = target.as_ref().and_then(|target| target.closest("[role=dialog]").ok().flatten());
            let is_own = |element: &Element| own.as_ref().is_some_and(|own| own.contains(Some(element)));
            // Who is quick has put it into what came up by now, where it stays; what is hidden by that has lost it.
            let active = shadow.active_element();
            let is_in = active.as_ref().is_some_and(is_own);
            let from = if is_in { focused.borrow().asked.clone() } else { active.or_else(|| focused.borrow().at.clone()) };
            before.borrow_mut().get_or_insert_with(|| from.and_then(html).unwrap_or_else(|| root.clone().unchecked_into()));
            if let Some(target) = target.filter(|_| !is_in) {
                let _ = target.focus();
            }
        } else if let Some(element) = before.take()
            && element.is_connected()
        {
            let _ = element.focus();
        }
    });
}

/// What has the focus may be hidden: by a sheet that closes, another of the phone's views, a size. Then the focus goes to what is shown.
#[hook]
fn use_focus_seen(root: &NodeRef, state: &State) {
    let root = root.clone();
    let shown = (state.sheet.as_ref().map(Sheet::name), state.pane.name(), state.folded, state.tables, state.size.class());
    use_effect_with(shown, move |_| {
        let Some(root) = root.cast::<Element>() else { return };
        let active = shadow_of(&root).and_then(|shadow| shadow.active_element());
        if active.is_some_and(|active| active.get_bounding_client_rect().width() == 0.0) {
            stay(&root);
        }
    });
}

/// Gives the focus to what is always there: the stage, or where that is not shown the bar's last button.
fn stay(root: &Element) {
    for place in [".pt-stage", ".pt-end > :last-child"] {
        let Some(element) = root.query_selector(place).ok().flatten().and_then(html) else { continue };
        let _ = element.focus();
        if shadow_of(root).and_then(|shadow| shadow.active_element()).as_deref() == Some(element.as_ref()) {
            return;
        }
    }
}

/// What has the focus may vanish. If it had come up, and went before it was given the focus, that goes back; otherwise (a member that
/// is gone) it stays in the element, on its stage.
#[hook]
fn use_focus_kept(root: &NodeRef, state: &State, focused: Rc<RefCell<Focused>>) -> (Callback<FocusEvent>, Callback<FocusEvent>) {
    let (came, went) = (focused.clone(), focused.clone());
    let root = root.clone();
    let is_open = is_open(state);
    use_effect(move || {
        let asked = if is_open { None } else { focused.borrow_mut().asked.take() };
        let gone = focused.borrow().at.as_ref().is_some_and(|element| !element.is_connected());
        let Some(root) = root.cast::<Element>().filter(|_| gone) else { return };
        if shadow_of(&root).is_some_and(|shadow| shadow.active_element().is_none()) {
            match asked.filter(|element| element.is_connected()).and_then(html) {
                Some(asked) => drop(asked.focus()),
                None => stay(&root),
            }
        }
    });
    let left = move |event: FocusEvent| {
        if event.related_target().is_some() {
            went.borrow_mut().at = None;
            return;
        }
        // Left for nothing, or removed: that shows once what goes on now is done.
        let went = went.clone();
        gloo::timers::callback::Timeout::new(0, move || {
            let at = went.borrow().at.clone();
            if at.as_ref().is_some_and(|element| element.is_connected()) && event.target_dyn_into::<Element>() == at {
                went.borrow_mut().at = None;
            }
        })
        .forget();
    };
    let came = move |event: FocusEvent| came.borrow_mut().at = event.target_dyn_into::<Element>();
    (Callback::from(came), Callback::from(left))
}
