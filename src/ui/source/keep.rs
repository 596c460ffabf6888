//! Keeps a session while its tab is open: loading the page again brings it back, and so does its link when the engine has failed.

use crate::playground::{History, Scenario};
use gloo::utils::window;
use web_sys::Storage;
use yew::Callback;

/// How soon it is kept after something was done, in ms of wall time; and how often else, for the time that went by.
const SOON_MS: f64 = 250.0;
const EVERY_MS: f64 = 2_000.0;
/// Where putting it into words takes longer than this, it is kept as much more seldom.
const PATIENCE: f64 = 100.0;

/// Keeps one element's session, under a name of the element's choice.
pub struct Keeper {
    /// None: it is only remembered.
    key: Option<String>,
    remember: Callback<String>,
    /// The link that the element was told to open: what was kept of another one is not what is asked for.
    of: String,
    /// When it was kept last, and when it is next without anything done.
    last: f64,
    due: f64,
    /// The steps and inputs of what was kept last.
    kept: Option<(u64, usize)>,
}

impl Keeper {
    /// `name`: where it is kept; `remember` hears of each state that is kept, with or without a name.
    pub fn new(name: Option<&str>, of: Option<&str>, remember: Callback<String>) -> Self {
        Self {
            key: name.map(|name| format!("partita {name}")),
            remember,
            of: of.unwrap_or_default().to_owned(),
            last: 0.0,
            due: 0.0,
            kept: None,
        }
    }

    /// What was kept of the same link.
    pub fn kept(&self) -> Option<String> {
        let text = storage()?.get_item(self.key.as_ref()?).ok().flatten()?;
        let (of, session) = text.split_once('\n')?;
        (of == self.of).then(|| session.to_owned())
    }

    /// Keeps the session where it stands, if it is time.
    pub fn keep(&mut self, now: f64, history: &History) {
        let stands = (history.position().steps, history.applied());
        let acted = self.kept.is_none_or(|(_, inputs)| inputs != stands.1);
        if now < (if acted { self.last + SOON_MS } else { self.due }) || self.kept == Some(stands) {
            return;
        }
        let began = js_sys::Date::now();
        let session = Scenario::of(history).to_link();
        // Where the browser gives no room, nothing is kept.
        drop(self.key.as_ref().zip(storage()).map(|(key, storage)| storage.set_item(key, &format!("{}\n{session}", self.of))));
        self.remember.emit(session);
        self.last = now;
        self.due = now + EVERY_MS.max((js_sys::Date::now() - began) * PATIENCE);
        self.kept = Some(stands);
    }
}

/// Lasts as long as the tab.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
