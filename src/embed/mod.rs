//! The page's way in: the custom element `<partita-playground>`, and nothing global besides.
//!
//! Attributes: `source` (absent: the engine in the page; `server`: the server the page came from; else the path of a WebSocket there),
//! `seed` (a whole number), `theme` (`light` or `dark`; absent: as the reader prefers). Several elements share the compiled module; each
//! has its own cluster, and ends it when it leaves the page.

use crate::ui::app::{App, AppProps};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

const STYLE: &str = concat!(include_str!("../../static/playground.css"), include_str!("../../static/sizes.css"));
/// The element's name.
pub const NAME: &str = "partita-playground";

type Mount = dyn Fn(Element, Option<String>, Option<String>, Option<String>) -> Running;

#[wasm_bindgen(module = "/www/element.js")]
extern "C" {
    #[wasm_bindgen(js_name = define)]
    fn define_element(name: &str, css: &str, mount: &Closure<Mount>);
}

thread_local! {
    /// Lives as long as the module: the element's class keeps a reference to it.
    static MOUNT: Closure<Mount> = Closure::new(|root, source, seed, theme| Running::new(root, props(source, seed, theme)));
}

/// Registers the element. Calling it again changes nothing.
#[wasm_bindgen(start)]
pub fn define() {
    MOUNT.with(|mount| define_element(NAME, STYLE, mount));
}

fn props(source: Option<String>, seed: Option<String>, theme: Option<String>) -> AppProps {
    AppProps { source, seed: seed.and_then(|s| s.trim().parse().ok()).unwrap_or(AppProps::SEED), theme }
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
    pub fn change(&mut self, source: Option<String>, seed: Option<String>, theme: Option<String>) {
        self.0.update(props(source, seed, theme));
    }

    /// The element left the page: nothing of it goes on.
    pub fn end(self) {
        self.0.destroy();
    }
}
