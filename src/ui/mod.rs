//! The page's application: draws a [`crate::view::View`] and gives commands. It knows nothing else of the cluster, nor where either goes.
//!
//! Everything lives in a shadow root; nothing outside of it is touched. Text of records, names and errors is only ever a text node or an
//! attribute's value.

mod acts;
mod announcer;
pub mod app;
mod ask;
pub(crate) mod catalogue;
mod chosen;
mod desk;
pub mod door;
mod draft;
mod drawer;
mod explain;
mod filled;
mod find;
mod first;
mod focus;
mod geometry;
mod icons;
mod inspector;
mod keys;
mod menus;
mod options;
mod palette;
mod panels;
mod pick;
mod share;
pub mod source;
mod squares;
mod stage;
mod state;
mod story;
mod tables;
mod typed;
mod undone;
mod words;

// The tests in here are run by a browser: `cargo xtask test wasm`.
#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
