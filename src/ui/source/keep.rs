//! Keeps a session while its tab is open: loading the page again brings it back, and so does its link when the engine has failed.

use crate::playground::{Courses, Player, Position, Scenario, Speed};
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
    /// What was kept last.
    kept: Option<Stand>,
}

/// Whatever of a session a change of is to be kept.
#[derive(PartialEq)]
struct Stand {
    at: Position,
    end: Position,
    /// The courses, and which of them is looked at.
    courses: Vec<(std::sync::Arc<str>, bool)>,
    running: bool,
    speed: Speed,
}

impl Stand {
    fn of(player: &Player) -> Self {
        let history = player.history();
        let courses = history.branches().map(|branch| (branch.name, branch.current)).collect();
        Self { at: history.position(), end: history.end(), courses, running: player.is_running(), speed: player.speed() }
    }

    /// Somebody did something: not only time went by.
    fn is_acted_on(&self, before: &Self) -> bool {
        (self.at.inputs, self.running, self.speed) != (before.at.inputs, before.running, before.speed) || self.courses != before.courses
    }
}

/// A session that was kept.
pub struct Kept {
    /// A link, or all courses as text.
    pub session: String,
    pub running: bool,
    pub speed: Speed,
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
    pub fn kept(&self) -> Option<Kept> {
        let text = storage()?.get_item(self.key.as_ref()?).ok().flatten()?;
        let mut lines = text.split('\n');
        let (of, session) = (lines.next()?, lines.next()?);
        // Older versions kept nothing further.
        let (rests, tenths) = lines.next().and_then(|line| line.split_once(' ')).unwrap_or_default();
        let speed = tenths.parse().ok().and_then(Speed::from_tenths).unwrap_or(Speed::REAL);
        (of == self.of).then(|| Kept { session: session.to_owned(), running: rests != "rests", speed })
    }

    /// Keeps the session where it stands, if it is time.
    pub fn keep(&mut self, now: f64, player: &Player) {
        if now < self.last + SOON_MS {
            return;
        }
        let stand = Stand::of(player);
        let acted = self.kept.as_ref().is_none_or(|before| stand.is_acted_on(before));
        if !acted && now < self.due || self.kept.as_ref() == Some(&stand) {
            return;
        }
        let began = js_sys::Date::now();
        self.remember.emit(Scenario::of(player.history()).to_link());
        if let Some(key) = &self.key {
            let (goes, tenths) = (if stand.running { "runs" } else { "rests" }, stand.speed.tenths());
            let text = Courses::text_of(player.history()).map(|session| format!("{}\n{session}\n{goes} {tenths}", self.of));
            // Where the browser gives no room, and for what is too long, nothing is kept: nor what was kept before, another session by now.
            let kept = storage().zip(text).is_some_and(|(storage, text)| storage.set_item(key, &text).is_ok());
            if !kept {
                drop(storage().map(|storage| storage.remove_item(key)));
            }
        }
        self.last = now;
        self.due = now + EVERY_MS.max((js_sys::Date::now() - began) * PATIENCE);
        self.kept = Some(stand);
    }
}

/// Lasts as long as the tab.
fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
