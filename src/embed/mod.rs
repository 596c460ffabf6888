//! The page's way in: the custom element `<partita-playground>`, and nothing global besides.
//!
//! Attributes: `source` (absent: the engine in the page; `server`: the server the page came from; else the path of a WebSocket there),
//! `seed` (a whole number), `theme` (`light` or `dark`; absent: as the reader prefers), `session` (a link's fragment: the session to open),
//! `linked` (the page opens its own address' fragment in this element: links may be made), `keep` (a name: the session is kept under it
//! while the tab is open). Several elements share the compiled module; each has its own cluster, and ends it when it leaves the page.

use crate::ui::app::{App, AppProps};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

const STYLE: &str = concat!(include_str!("../../static/playground.css"), include_str!("../../static/sizes.css"));
/// The element's name.
pub const NAME: &str = "partita-playground";

/// Its attributes' values, in the order of [`props`]; what is absent is undefined.
type Mount = dyn Fn(Element, Array) -> Running;

#[wasm_bindgen(module = "/www/element.js")]
extern "C" {
    #[wasm_bindgen(js_name = define)]
    fn define_element(name: &str, css: &str, mount: &Closure<Mount>);
}

thread_local! {
    /// Lives as long as the module: the element's class keeps a reference to it.
    static MOUNT: Closure<Mount> = Closure::new(|root, said: Array| Running::new(root, props(&said)));
}

/// Registers the element. Calling it again changes nothing.
#[wasm_bindgen(start)]
pub fn define() {
    MOUNT.with(|mount| define_element(NAME, STYLE, mount));
}

fn props(said: &Array) -> AppProps {
    let [source, seed, theme, session, linked, keep] = [0, 1, 2, 3, 4, 5].map(|at| said.get(at).as_string());
    let seed = seed.and_then(|s| s.trim().parse().ok()).unwrap_or(AppProps::SEED);
    AppProps { source, seed, theme, session, linked: linked.is_some(), keep }
}

/// One element's application.
#[wasm_bindgen]
pub struct Running(AppHandle<App>);

impl Running {
    fn new(root: Element, props: AppProps) -> Self {
        Self(yew::Renderer::<App>::with_root_and_props(root, props).render())
    }
}

#[wasm_bindgen]
impl Running {
    /// The element's attributes changed.
    pub fn change(&mut self, said: &Array) {
        self.0.update(props(said));
    }

    /// The element left the page: nothing of it goes on.
    pub fn end(self) {
        self.0.destroy();
    }
}
