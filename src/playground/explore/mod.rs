//! Random histories, and what became of them: from a seed a [`Plan`] of a cluster, loads and faults; [`play`] it with every invariant
//! checked after every step, then heal everything and see whether the cluster finds its way back; [`shrink`] one that fails to the few inputs
//! that matter.
//!
//! A plan is data and plays alike wherever it is played. Nothing here knows a clock, a thread or a terminal: `benches/explore.rs` drives it.

mod cluster;
mod converge;
mod draw;
mod faults;
mod load;
mod plan;
mod play;
mod shrink;
mod written;

pub use plan::{Plan, Planned, Theme};
pub use play::{Failure, Played, play};
pub use shrink::shrink;
