//! Where the view comes from and the commands go: the engine in this page, or a server's. The rest of the page cannot tell which.

mod page;
mod server;

use crate::playground::{Command, Refusal, Time};
use crate::view::View;
use std::rc::Rc;
use yew::Callback;

/// Takes what the person does. Dropping it ends its work: no frame, timer or socket outlives it.
pub trait Source {
    /// Gives a command; its outcome comes with a later view, under `request`.
    fn send(&self, request: u64, command: Command);
    /// Moves time, where the view has a clock; else nothing.
    ///
    /// # Errors
    /// It cannot be; nothing was changed.
    fn time(&self, time: Time) -> Result<(), Refusal>;
}

/// What a source tells the page.
pub enum Update {
    View(Rc<View>),
    Connection(Connection),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    Opening,
    Open,
    /// Lost; the next attempt comes after so many seconds.
    Lost {
        retry_s: u32,
    },
    /// The server did not take what this page sent, or the page itself; why, in its words.
    Refused(String),
}

/// Opens the source that an element's `source` attribute names: none for the engine in the page, `server` for the server that gave the
/// page, else the path of a WebSocket there.
pub fn open(name: Option<&str>, seed: u64, updates: Callback<Update>) -> Rc<dyn Source> {
    match name {
        None | Some("") => page::Page::open(seed, updates),
        Some("server") => server::Server::open("/view", updates),
        Some(path) => server::Server::open(path, updates),
    }
}
