//! Links between processes: who is connected to whom, and how long bytes travel. A router without a clock; it never looks into a frame.

pub mod action;

pub use action::{Action, Endpoint, Listener, Process};
