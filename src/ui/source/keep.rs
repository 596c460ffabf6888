//! Keeps a session while its tab is open: loading the page again brings it back.

use crate::playground::{History, Scenario};
use gloo::utils::window;
use web_sys::Storage;

/// How often it is kept, in ms of wall time.
const EVERY_MS: f64 = 1_000.0;
/// Where putting it into words takes longer than this, it is kept as much more seldom.
const PATIENCE: f64 = 100.0;

/// Keeps one element's session, under a name of the element's choice.
pub struct Keeper {
    key: String,
    /// The link that the element was told to open: what was kept of another one is not what is asked for.
    of: String,
    due: f64,
    /// The steps of what was kept last.
    steps: Option<u64>,
}

impl Keeper {
    pub fn new(name: &str, of: Option<&str>) -> Self {
        Self { key: format!("partita {name}"), of: of.unwrap_or_default().to_owned(), due: 0.0, steps: None }
    }

    /// What was kept of the same link.
    pub fn kept(&self) -> Option<String> {
        let text = storage()?.get_item(&self.key).ok().flatten()?;
        let (of, session) = text.split_once('\n')?;
        (of == self.of).then(|| session.to_owned())
    }

    /// Keeps the session where it stands, if it is time.
    pub fn keep(&mut self, now: f64, history: &History) {
        let steps = history.position().steps;
        if now < self.due || self.steps == Some(steps) {
            return;
        }
        let began = js_sys::Date::now();
        let session = Scenario::of(history).to_link();
        // Where the browser gives no room, nothing is kept.
        drop(storage().map(|storage| storage.set_item(&self.key, &format!("{}\n{session}", self.of))));
        self.due = now + EVERY_MS.max((js_sys::Date::now() - began) * PATIENCE);
        self.steps = Some(steps);
    }
}

/// Lasts as long as the tab.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
