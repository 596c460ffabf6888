//! The page's way in: the custom element `<partita-playground>`, and nothing global besides.
//!
//! Attributes: `source` (absent: the engine in the page; `server`: the server the page came from; else the path of a WebSocket there),
//! `seed` (a whole number), `theme` (`light` or `dark`; absent: as the reader prefers), `session` (a link's fragment: the session to open),
//! `linked` (the page opens its own address' fragment in this element: links may be made), `keep` (a name: the session is kept under it
//! while the tab is open). Several elements share the compiled module; each has its own cluster, and ends it when it leaves the page.

mod squeeze;

use crate::ui::app::{App, AppProps};
use crate::ui::catalogue::stopped;
use crate::ui::door::Door;
use js_sys::Array;
use squeeze::squeezed;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Callback};

/// Without what only its readers need.
const STYLE: &str = squeezed!(concat!(
    include_str!("../../static/playground.css"),
    include_str!("../../static/controls.css"),
    include_str!("../../static/time.css"),
    include_str!("../../static/rail.css"),
    include_str!("../../static/publish.css"),
    include_str!("../../static/tapes.css"),
    include_str!("../../static/groups.css"),
    include_str!("../../static/marks.css"),
    include_str!("../../static/forms.css"),
    include_str!("../../static/drawer.css"),
    include_str!("../../static/events.css"),
    include_str!("../../static/wire.css"),
    include_str!("../../static/inspector.css"),
    include_str!("../../static/density.css"),
    include_str!("../../static/network.css"),
    include_str!("../../static/messages.css"),
    include_str!("../../static/tables.css"),
    include_str!("../../static/palette.css"),
    include_str!("../../static/sizes.css"),
    include_str!("../../static/touch.css"),
    include_str!("../../static/forced.css")
));
/// The element's name.
pub const NAME: &str = "partita-playground";

/// Its attributes' values, in the order of [`props`]; what is absent is undefined.
type Mount = dyn Fn(Element, Array) -> Running;

#[wasm_bindgen(module = "/www/element.js")]
extern "C" {
    #[wasm_bindgen(js_name = define)]
    fn define_element(name: &str, css: &str, said: Array, mount: &Closure<Mount>);

    /// Keeps an element's session outside of the module, for when the module fails.
    #[wasm_bindgen(js_name = remember)]
    fn remember(root: &Element, session: &str);

    /// The module has failed: every element says so, and nothing calls the module again.
    #[wasm_bindgen(js_name = fail)]
    fn fail(message: &str);
}

thread_local! {
    /// Lives as long as the module: the element's class keeps a reference to it.
    static MOUNT: Closure<Mount> = Closure::new(|root, said: Array| Running::new(root, &said));
}

/// Registers the element. Calling it again changes nothing.
#[wasm_bindgen(start)]
pub fn define() {
    yew::set_custom_panic_hook(Box::new(|panic| fail(&panic.to_string())));
    let said = stopped::SAID.iter().map(|text| JsValue::from_str(text)).collect();
    MOUNT.with(|mount| define_element(NAME, STYLE, said, mount));
}

fn props(said: &Array, door: &Door, remember: &Callback<String>) -> AppProps {
    let [source, seed, theme, session, linked, keep] = [0, 1, 2, 3, 4, 5].map(|at| said.get(at).as_string());
    let seed = seed.and_then(|s| s.trim().parse().ok()).unwrap_or(AppProps::SEED);
    AppProps { source, seed, theme, session, linked: linked.is_some(), keep, remember: remember.clone(), door: door.clone() }
}

/// One element's application.
#[wasm_bindgen]
pub struct Running {
    app: AppHandle<App>,
    door: Door,
    remember: Callback<String>,
}

impl Running {
    fn new(root: Element, said: &Array) -> Self {
        let door = Door::default();
        let place = root.clone();
        let remember = Callback::from(move |session: String| remember(&place, &session));
        let app = yew::Renderer::<App>::with_root_and_props(root, props(said, &door, &remember)).render();
        Self { app, door, remember }
    }
}

#[wasm_bindgen]
impl Running {
    /// The element's attributes changed.
    pub fn change(&mut self, said: &Array) {
        self.app.update(props(said, &self.door, &self.remember));
    }

    /// The element has come into sight, or gone out of it.
    pub fn seen(&self, seen: bool) {
        self.door.seen(seen);
    }

    /// The element left the page: nothing of it goes on.
    pub fn end(self) {
        self.app.destroy();
    }

    // ── for the page's scripts: see www/element.js ──

    /// Gives a command, in JSON; answers with the number under which its outcome is found in the view.
    pub fn command(&self, json: &str) -> Result<f64, JsError> {
        // Numbers from 2^40 on, each exact.
        self.door.command(json).map(|request| request as f64).map_err(refused)
    }

    /// Moves time, in JSON.
    pub fn time(&self, json: &str) -> Result<(), JsError> {
        self.door.time(json).map_err(refused)
    }

    /// What is on the screen, in JSON.
    pub fn view(&self) -> Result<String, JsError> {
        self.door.view().map_err(refused)
    }

    /// An event's causes, in JSON.
    pub fn why(&self, event: f64) -> Result<String, JsError> {
        self.door.why(event as u64).map_err(refused)
    }

    /// Two histories side by side, in JSON.
    pub fn compare(&self, one: &str, other: &str) -> Result<String, JsError> {
        self.door.compare(one, other).map_err(refused)
    }

    /// The address that opens the session as it is now.
    pub fn link(&self) -> Result<String, JsError> {
        self.door.link().map_err(refused)
    }

    /// The session as a file's text.
    pub fn file(&self) -> Result<String, JsError> {
        self.door.file().map_err(refused)
    }

    /// Opens a session from a link or a file's text.
    pub fn open(&self, text: &str) -> Result<(), JsError> {
        self.door.open(text).map_err(refused)
    }
}

fn refused(reason: String) -> JsError {
    JsError::new(&reason)
}
