//! Joins brokers, controllers, clients and the network into one deterministic machine: it owns time, hands every input to the process it
//! is for, and keeps the trace.
//!
//! Same configuration and same inputs: same outputs and same trace, byte for byte, natively and in wasm. Nothing here knows a screen, a
//! socket or a wall clock; a host says what time it is.

pub mod actor;
pub mod config;
pub mod door;
pub mod faults;
pub mod frames;
pub mod invariants;
pub mod node;
pub mod trace;

mod api_fault;
mod files;
mod run;
mod start;
mod trouble;

pub use actor::Actor;
pub use config::{Config, ConfigError, Roles};
pub use door::{Door, Output};
pub use faults::{ApiEffect, Hardship, LinkState};
pub use files::Directory;
pub use frames::{Frame, Frames};
pub use node::{Down, Impossible, Node, NodeAct, NodeState};
pub use run::Simulation;
pub use start::{broker_process, controller_process};
pub use trace::Trace;
