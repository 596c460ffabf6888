//! # Partita
//!
//! A real Apache Kafka cluster as a library: no clock, no socket, no thread, no global randomness of its own. A page, a TCP server or a
//! test drives it, and takes what comes out.
//!
//! Imports go one way:
//! `base ← wire ← log ← {coordinator, controller} ← broker`; `client` sees only `wire`, `base` and `network`; `network` sees only `base`
//! (and a frame's bytes); `simulation` joins them; `playground ← view ← {ui, embed, serve}`.

pub mod base;
pub mod broker;
pub mod client;
pub mod controller;
pub mod coordinator;
pub mod log;
pub mod network;
pub mod playground;
pub mod simulation;
pub mod view;
pub mod wire;

#[cfg(target_arch = "wasm32")]
pub mod embed;
#[cfg(all(not(target_arch = "wasm32"), feature = "serve"))]
pub mod serve;
#[cfg(target_arch = "wasm32")]
pub mod ui;
