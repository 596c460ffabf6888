//! A server's cluster, over a WebSocket of the page's own origin. A connection that breaks is said, and tried again after a while.

use super::{Connection, Source, Update};
use crate::base::SortedMap;
use crate::playground::{Because, Command, Comparison, Refusal, Time};
use crate::ui::catalogue::page as say;
use crate::view::{Answer, Feed, FromPage, Query, Says, ToPage};
use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{MessageEvent, WebSocket};
use yew::Callback;

/// The longest wait between two attempts, in seconds.
const RETRY_MAX_S: u32 = 16;

pub struct Server(Rc<Link>);

struct Link {
    url: String,
    updates: Callback<Update>,
    socket: RefCell<Option<(WebSocket, Vec<EventListener>)>>,
    feed: RefCell<Feed>,
    /// Who waits for an answer, by the query's number.
    asked: RefCell<SortedMap<u64, Callback<Answer>>>,
    queries: Cell<u64>,
    /// Attempts since the last view.
    failures: Cell<u32>,
    /// Whether the server said why it shows nothing: that stands until it shows something again.
    refused: Cell<bool>,
    waits: RefCell<Option<(Interval, Timeout)>>,
}

impl Server {
    /// `path` as in the element's attribute: of the page's own origin.
    pub fn open(path: &str, updates: Callback<Update>) -> Rc<dyn Source> {
        let link = Rc::new(Link {
            url: address(path),
            updates,
            socket: RefCell::new(None),
            feed: RefCell::new(Feed::default()),
            asked: RefCell::default(),
            queries: Cell::new(0),
            failures: Cell::new(0),
            refused: Cell::new(false),
            waits: RefCell::new(None),
        });
        link.connect();
        Rc::new(Self(link))
    }
}

impl Source for Server {
    fn send(&self, request: u64, command: Command) {
        self.0.say(request, Says::Command(command));
    }

    fn ask(&self, query: Query, answered: Callback<Answer>) {
        let request = self.0.queries.get();
        self.0.queries.set(request.wrapping_add(1));
        if self.0.say(request, Says::Query(query)) {
            self.0.asked.borrow_mut().insert(request, answered);
        } else {
            answered.emit(Answer::absent(say::NOT_CONNECTED));
        }
    }

    fn time(&self, _: Time) -> Result<(), Refusal> {
        Err(Refusal { message: say::SERVERS_TIME.to_owned(), field: None })
    }

    fn compare(&self, _: &str, _: &str) -> Result<Comparison, Refusal> {
        Err(Refusal { message: say::NO_SESSION.to_owned(), field: None })
    }

    /// A served cluster goes on unseen.
    fn seen(&self, _: bool) {}

    fn why(&self, _: u64) -> Option<Vec<Because>> {
        None
    }

    fn link(&self) -> Result<String, String> {
        Err(say::NO_SESSION.to_owned())
    }

    fn save(&self) -> Result<String, String> {
        Err(say::NO_SESSION.to_owned())
    }

    fn open_text(&self, _: &str) -> Result<(), String> {
        Err(say::NO_SESSION.to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.waits.take();
        if let Some((socket, listeners)) = self.0.socket.take() {
            drop(listeners);
            let _ = socket.close();
        }
    }
}

impl Link {
    fn connect(self: &Rc<Self>) {
        self.waits.take();
        self.tell(Connection::Opening);
        let Ok(socket) = WebSocket::new(&self.url) else { return self.lost() };
        let on = |name: &'static str, what: fn(&Rc<Self>, &web_sys::Event)| {
            let link: Weak<Self> = Rc::downgrade(self);
            EventListener::new(&socket, name, move |event| {
                if let Some(link) = link.upgrade() {
                    what(&link, event);
                }
            })
        };
        let listeners = vec![
            on("open", |link, _| {
                link.feed.replace(Feed::default());
                link.tell(Connection::Open);
            }),
            on("message", |link, event| link.message(event)),
            on("close", |link, _| link.lost()),
        ];
        self.socket.replace(Some((socket, listeners)));
    }

    /// Says how it stands with the connection, unless there is a reason why.
    fn tell(&self, connection: Connection) {
        if !self.refused.get() {
            self.updates.emit(Update::Connection(connection));
        }
    }

    /// False where it cannot be sent.
    fn say(&self, request: u64, says: Says) -> bool {
        let Ok(text) = serde_json::to_string(&FromPage { request, says }) else { return false };
        self.socket.borrow().as_ref().is_some_and(|(socket, _)| socket.send_with_str(&text).is_ok())
    }

    fn message(&self, event: &web_sys::Event) {
        let text = event.dyn_ref::<MessageEvent>().and_then(|e| e.data().as_string());
        let Some(message) = text.and_then(|text| serde_json::from_str::<ToPage>(&text).ok()) else { return };
        let message = match message {
            ToPage::Answer { request, answer } => {
                let waiting = self.asked.borrow_mut().remove(&request);
                return waiting.into_iter().for_each(|answered| answered.emit((*answer).clone()));
            }
            ToPage::Refused { message } => {
                self.refused.set(true);
                return self.updates.emit(Update::Connection(Connection::Refused(message)));
            }
            view @ ToPage::View { .. } => view,
        };
        if self.failures.replace(0) > 0 && self.refused.replace(false) {
            self.tell(Connection::Open);
        }
        if let Some(view) = self.feed.borrow_mut().take(message) {
            self.updates.emit(Update::View(Rc::new(view), None));
        }
    }

    fn lost(self: &Rc<Self>) {
        self.failures.set(self.failures.get().saturating_add(1));
        let waiting = std::mem::take(&mut *self.asked.borrow_mut());
        waiting.into_values().for_each(|answered| answered.emit(Answer::absent(say::NOT_CONNECTED)));
        let wait = Rc::new(Cell::new((1 << self.failures.get().min(5).saturating_sub(1)).min(RETRY_MAX_S)));
        self.tell(Connection::Lost { retry_s: wait.get() });
        let (ticking, again) = (Rc::downgrade(self), Rc::downgrade(self));
        let seconds = wait.get();
        let countdown = Interval::new(1_000, move || {
            wait.set(wait.get().saturating_sub(1));
            if let Some(link) = ticking.upgrade() {
                link.tell(Connection::Lost { retry_s: wait.get() });
            }
        });
        let retry = Timeout::new(seconds * 1_000, move || {
            if let Some(link) = again.upgrade() {
                link.connect();
            }
        });
        self.waits.replace(Some((countdown, retry)));
    }
}

/// The WebSocket's address of a path of this page's origin.
fn address(path: &str) -> String {
    let location = gloo::utils::window().location();
    let base = location.href().unwrap_or_default();
    let resolved = web_sys::Url::new_with_base(path, &base).map_or_else(|_: JsValue| path.to_owned(), |url| url.href());
    // http becomes ws, https becomes wss.
    resolved.strip_prefix("http").map_or_else(|| resolved.clone(), |rest| format!("ws{rest}"))
}
