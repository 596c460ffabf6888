//! The way in for a page's scripts: what an element's methods reach of its application. All in JSON; what is refused is said.

use super::catalogue::page as say;
use super::source::Source;
use crate::playground::{Command, Time};
use crate::view::View;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;

/// Scripts' commands have their outcomes under numbers from here, which the page itself does not use.
const REQUESTS_FROM: u64 = 1 << 40;

#[derive(Clone, Default)]
pub struct Door(Rc<RefCell<Inside>>);

#[derive(Default)]
struct Inside {
    /// Nobody sees the element.
    unseen: bool,
    source: Option<Rc<dyn Source>>,
    view: Option<Rc<View>>,
    given: u64,
}

impl PartialEq for Door {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Door")
    }
}

impl Door {
    /// The application has a source, or none any more.
    pub fn lead_to(&self, source: Option<Rc<dyn Source>>) {
        let unseen = self.0.borrow().unseen;
        let before = std::mem::replace(&mut *self.0.borrow_mut(), Inside { unseen, source, ..Inside::default() });
        // What ends with it may look at the door.
        drop(before);
        self.seen(!unseen);
    }

    /// The element has come into sight, or gone out of it.
    pub fn seen(&self, seen: bool) {
        self.0.borrow_mut().unseen = !seen;
        let source = self.0.borrow().source.clone();
        if let Some(source) = source {
            source.seen(seen);
        }
    }

    /// What is on the screen.
    pub fn show(&self, view: &Rc<View>) {
        self.0.borrow_mut().view = Some(Rc::clone(view));
    }

    fn source(&self) -> Result<Rc<dyn Source>, String> {
        self.0.borrow().source.clone().ok_or_else(|| say::NOT_BEGUN.to_owned())
    }

    /// Gives a command; answers with the number under which its outcome is found.
    ///
    /// # Errors
    /// It is no command; what would be right.
    pub fn command(&self, json: &str) -> Result<u64, String> {
        let command = Command::from_json(json)?;
        let source = self.source()?;
        let request = {
            let mut inside = self.0.borrow_mut();
            inside.given += 1;
            REQUESTS_FROM + inside.given
        };
        source.send(request, command);
        Ok(request)
    }

    /// Moves time.
    ///
    /// # Errors
    /// It cannot be, or is not understood.
    pub fn time(&self, json: &str) -> Result<(), String> {
        let time: Time = read(json)?;
        self.source()?.time(time).map_err(|refusal| refusal.message)
    }

    /// The last view, in which outcomes are found too.
    ///
    /// # Errors
    /// There is none yet.
    pub fn view(&self) -> Result<String, String> {
        let view = self.0.borrow().view.clone().ok_or(say::NOT_BEGUN)?;
        write(&*view)
    }

    /// # Errors
    /// The event is not known.
    pub fn why(&self, event: u64) -> Result<String, String> {
        let chain = self.source()?.why(event).ok_or_else(|| say::unknown_event(event))?;
        write(&chain)
    }

    /// Two histories side by side.
    ///
    /// # Errors
    /// There is none of one of the names.
    pub fn compare(&self, one: &str, other: &str) -> Result<String, String> {
        write(&self.source()?.compare(one, other).map_err(|refusal| refusal.message)?)
    }

    /// # Errors
    /// It cannot be had; why.
    pub fn link(&self) -> Result<String, String> {
        self.source()?.link()
    }

    /// # Errors
    /// It cannot be had; why.
    pub fn file(&self) -> Result<String, String> {
        self.source()?.save()
    }

    /// Opens a link or a file's text.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn open(&self, text: &str) -> Result<(), String> {
        self.source()?.open_text(text)
    }
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn write<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}
