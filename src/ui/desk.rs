//! What every part of the page may reach: the state's dispatcher and the source that takes commands.

use super::catalogue::sharing as say;
use super::catalogue::wire;
use super::chosen::Chosen;
use super::draft::{Draft, What};
use super::drawer::{Tab, WireLook};
use super::explain;
use super::menus::MenuAct;
use super::share;
use super::source::Source;
use super::state::{Act, EventFilter, Place, Sheet, State};
use crate::playground::{Command, Comparison, Time};
use crate::view::{Answer, Outcome, Query, View};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How often the focus is tried to be given, and after how many ms again.
const TRIES: u32 = 12;
const TRY_MS: u32 = 16;

/// The drawer's tab that shows: what led there may be gone.
const IN_TAB: &str = ".pt-drawer [role=tab][aria-selected=true]";

#[derive(Clone)]
pub struct Desk {
    dispatch: UseReducerDispatcher<State>,
    /// Tells the newest state there is.
    state: Rc<RefCell<UseReducerHandle<State>>>,
    source: Rc<dyn Source>,
    next: Rc<Cell<u64>>,
    /// The element's inside.
    root: NodeRef,
    shown: Rc<RefCell<Rc<View>>>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.next, &other.next)
    }
}

impl Desk {
    pub fn new(state: UseReducerHandle<State>, source: Rc<dyn Source>, root: NodeRef) -> Self {
        let dispatch = state.dispatcher();
        Self { dispatch, state: Rc::new(RefCell::new(state)), source, next: Rc::new(Cell::new(1)), root, shown: Rc::default() }
    }

    /// What is on the screen now: for what is asked at a press. What is drawn takes its view as a property.
    pub fn view(&self) -> Rc<View> {
        Rc::clone(&self.shown.borrow())
    }

    /// The publish form as it is filled in by now: what was typed last may not have been drawn yet.
    pub fn draft(&self) -> Draft {
        self.state.borrow().draft.clone()
    }

    /// Another view is on the screen, or about to be.
    pub fn show(&self, view: &Rc<View>, state: &UseReducerHandle<State>) {
        self.shown.replace(Rc::clone(view));
        self.state.replace(state.clone());
    }

    pub fn act(&self, act: Act) {
        self.dispatch.dispatch(act);
    }

    /// Does what a menu's item says.
    pub fn run(&self, act: MenuAct) {
        match act {
            MenuAct::Send(place, command) => self.send(place, command),
            MenuAct::ConfirmDelete(topic) => self.act(Act::Confirm(Some(topic))),
            MenuAct::Time(time) => self.time(time),
            MenuAct::Choose(thing) => self.act(Act::Look(thing)),
            MenuAct::Tab(tab) => self.act(Act::Tab(tab)),
            MenuAct::Theme(theme) => self.act(Act::Theme(theme)),
            MenuAct::Aim => self.publish(None),
            MenuAct::FirstSteps => self.act(Act::FirstSteps(true)),
            MenuAct::Follow(group) => self.act(Act::Follow(group)),
            MenuAct::Events(thing) => {
                self.act(Act::Events(EventFilter { party: Some(thing), ..EventFilter::default() }));
                self.act(Act::Tab(Tab::Events));
            }
            MenuAct::Publish(topic, partition) => self.publish(Some((topic, partition))),
            MenuAct::PublishAs(producer) => {
                let topic = self.shown.borrow().producers.iter().find(|p| p.name == producer).and_then(|p| p.topic.clone());
                self.act(Act::Draft(Draft { producer: Some(producer), what: What::One, ..self.draft() }));
                self.publish(topic.map(|topic| (topic, None)));
            }
            MenuAct::Wire(filter) => {
                self.act(Act::Wire(WireLook { filter: filter.into(), ..WireLook::default() }));
                self.act(Act::Tab(Tab::Wire));
                self.focus(IN_TAB);
            }
            MenuAct::Why(event) => {
                self.act(Act::Look(Chosen::Event(event)));
                self.act(Act::Tab(Tab::Events));
                self.focus(IN_TAB);
            }
            MenuAct::Copy(text) => {
                let dispatch = self.dispatch.clone();
                let said = move |copied| {
                    dispatch.dispatch(Act::Shared(Some((if copied { wire::COPIED } else { wire::NOT_COPIED }.to_owned(), !copied))))
                };
                share::copy(&text, Callback::from(said));
            }
            MenuAct::Sort(by) => self.act(Act::Sort(by)),
            MenuAct::Tables(shown) => self.act(Act::Tables(shown)),
            MenuAct::Reach(span) => {
                self.act(Act::Reach(span));
                self.focus_late(".pt-cell[data-span]");
            }
            MenuAct::Messages(form) => {
                self.act(Act::Messages(form));
                self.act(Act::Tab(Tab::Messages));
            }
            MenuAct::Frame(frame) => {
                self.act(Act::Wire(WireLook::default()));
                self.act(Act::Look(Chosen::Frame(frame)));
                self.act(Act::Tab(Tab::Wire));
                self.focus(IN_TAB);
            }
            MenuAct::Configs(form) => {
                self.act(Act::Configs(form));
                self.act(Act::Tab(Tab::Configs));
            }
            MenuAct::Share => self.share(),
            MenuAct::Open(sheet) => self.act(Act::Sheet(Some(sheet))),
            MenuAct::Reset => {
                self.act(Act::Reset);
                self.time(Time::Reset);
            }
        }
    }

    /// Goes to the form that writes a record; it aims where it is told to.
    pub fn publish(&self, at: Option<(Arc<str>, Option<i32>)>) {
        self.act(Act::Aim(at));
        self.focus("[data-field=key]");
    }

    /// Tells what the words mean that stand where the focus or the pointer is; where there are none, what the marks mean.
    pub fn explain(&self, focused: Option<&Element>) {
        let words = self.root.cast::<Element>().map(|root| explain::near(&root, focused)).unwrap_or_default();
        self.act(Act::Sheet(Some(if words.is_empty() { Sheet::Marks } else { Sheet::Words(words) })));
    }

    /// Gives the focus to the first that matches: at once, so that the next key meets it, or once what was done is on the screen.
    pub fn focus(&self, selector: &'static str) {
        if !self.focused(selector) {
            self.focus_late(selector);
        }
    }

    /// Gives the focus to the first that matches, if that is there to have it.
    pub fn focused(&self, selector: &str) -> bool {
        focus_on(&self.root, selector)
    }

    /// Gives it once what was done is on the screen.
    pub fn focus_late(&self, selector: &'static str) {
        focus_soon(self.root.clone(), selector, TRIES);
    }

    /// Whether something in the element is like that now.
    pub fn matches(&self, selector: &str) -> bool {
        self.root.cast::<Element>().is_some_and(|root| root.query_selector(selector).is_ok_and(|found| found.is_some()))
    }

    /// Moves time. What cannot be is said.
    pub fn time(&self, time: Time) {
        let refused = self.source.time(time).err();
        self.act(Act::TimeRefused(refused.map(|refusal| refusal.message)));
    }

    /// See [`Source::ask`]; panels ask by [`use_answer`](super::ask::use_answer).
    pub fn ask(&self, query: Query, answered: Callback<Answer>) {
        self.source.ask(query, answered);
    }

    /// Two histories side by side.
    ///
    /// # Errors
    /// There is none of one of the names; in words.
    pub fn compare(&self, one: &str, other: &str) -> Result<Comparison, String> {
        self.source.compare(one, other).map_err(|refusal| refusal.message)
    }

    /// The link that opens this session.
    ///
    /// # Errors
    /// It cannot be had; why, in words.
    pub fn link(&self) -> Result<String, String> {
        self.source.link()
    }

    /// Copies the link that opens this session, and says so with its size.
    pub fn share(&self) {
        let dispatch = self.dispatch.clone();
        match self.link() {
            Ok(link) => {
                let size = say::size(link.len());
                share::copy(&link, Callback::from(move |copied| dispatch.dispatch(Act::Shared(Some(share::said(copied, &size))))));
            }
            Err(reason) => self.act(Act::Shared(Some((reason, true)))),
        }
    }

    /// The session as a file.
    ///
    /// # Errors
    /// It cannot be had; why, in words.
    pub fn save(&self) -> Result<String, String> {
        self.source.save()
    }

    /// Opens a session from a link or a file's text.
    ///
    /// # Errors
    /// It is none, or damaged; where, in words. The page stays as it was.
    pub fn open_text(&self, text: &str) -> Result<(), String> {
        self.source.open_text(text)
    }

    /// Gives a command; what becomes of it is said at `place`.
    pub fn send(&self, place: Place, command: Command) {
        let request = self.next.get();
        self.next.set(request + 1);
        self.act(Act::Requested(place, request));
        self.source.send(request, command);
    }
}

/// Whether it could be given: what is not shown takes no focus.
fn focus_on(root: &NodeRef, selector: &str) -> bool {
    let found = root.cast::<Element>().and_then(|root| root.query_selector(selector).ok().flatten());
    let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) else { return false };
    let _ = element.focus();
    element.matches(":focus").unwrap_or_default()
}

/// Gives the focus to the first that matches as soon as that is there to have it: a page that has much to do draws it later than it was told.
fn focus_soon(root: NodeRef, selector: &'static str, tries: u32) {
    let wait = if tries == TRIES { 0 } else { TRY_MS };
    let soon = move || {
        if !focus_on(&root, selector) && tries > 1 {
            focus_soon(root, selector, tries - 1);
        }
    };
    Timeout::new(wait, soon).forget();
}

/// What became of the last command given at a place.
pub fn outcome(view: &View, state: &State, place: &Place) -> Option<Arc<Outcome>> {
    let request = state.requests.get(place)?;
    view.outcomes.iter().rev().find(|o| o.request == *request).cloned()
}

#[hook]
pub fn use_desk() -> Desk {
    use_context::<Desk>().expect("every part of the page stands inside the application")
}
