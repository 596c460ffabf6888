//! Where the view comes from and the commands go: the engine in this page, or a server's. The rest of the page cannot tell which.

mod keep;
mod pace;
mod page;
mod room;
mod server;

use crate::playground::{Because, Command, Comparison, Refusal, Time};
use crate::view::{Answer, Query, View};
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
    /// Whether anybody sees what it gives: where nobody does, time of our own rests.
    fn seen(&self, seen: bool);
    /// The chain of an event's causes, effect first; none where only the view's own events are known.
    fn why(&self, event: u64) -> Option<Vec<Because>>;
    /// Asks what no view tells; `answered` is called once: at once by the engine in the page, when the answer comes from a server.
    fn ask(&self, query: Query, answered: Callback<Answer>);
    /// Two histories by name, side by side.
    ///
    /// # Errors
    /// There is none of one of the names, or the source keeps none.
    fn compare(&self, one: &str, other: &str) -> Result<Comparison, Refusal>;
    /// The address that opens this session as it is now.
    ///
    /// # Errors
    /// It cannot be had; why, in words.
    fn link(&self) -> Result<String, String>;
    /// The session as a file's text.
    ///
    /// # Errors
    /// It cannot be had; why, in words.
    fn save(&self) -> Result<String, String>;
    /// Opens a session from a link or a file's text.
    ///
    /// # Errors
    /// It is none, or damaged: which part, in words. All stays as it was.
    fn open_text(&self, text: &str) -> Result<(), String>;
}

/// What a session begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Begin {
    /// The seed of the scene.
    pub seed: u64,
    /// A link's fragment.
    pub session: Option<String>,
    /// The page around opens links to sessions.
    pub linked: bool,
    /// The name under which the session is kept while the tab is open; none: it is not.
    pub keep: Option<String>,
    /// Is told the session's link every now and then: for when the engine fails.
    pub remember: Callback<String>,
}

/// Of the page's parts, those that take long to show. Where all at once would take a frame too long, a view is for one of them, and they take
/// turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The session's line.
    Line,
    /// Publish, producers, brokers.
    Rail,
    Topics,
    /// The strips of topics with very many partitions.
    Strips,
    /// Between topics and groups.
    Threads,
    Groups,
    /// The drawer and the inspector.
    Details,
}

impl Part {
    const ALL: [Self; 7] = [Self::Line, Self::Rail, Self::Topics, Self::Strips, Self::Threads, Self::Groups, Self::Details];
}

/// What a source tells the page.
pub enum Update {
    /// Of what is now; where a part is named, for that one, and with the lightest of them for what shows the time.
    View(Rc<View>, Option<Part>),
    Connection(Connection),
    /// Something to be said in the bar; and whether it is a refusal.
    Said(Option<(String, bool)>),
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
pub fn open(name: Option<&str>, begin: Begin, updates: Callback<Update>) -> Rc<dyn Source> {
    match name {
        None | Some("") => page::Page::open(begin, updates),
        Some("server") => server::Server::open("/view", updates),
        Some(path) => server::Server::open(path, updates),
    }
}
