//! Links between processes: who is connected to whom, and how long bytes travel. A router without a clock; it never looks into a frame.
//!
//! Nothing here knows what a broker or a client is: processes are numbers, frames are bytes.

pub mod action;
pub mod router;

pub use action::{Action, Endpoint, Listener, Outbox, Process};
pub use router::{Delivery, Network, OUTSIDE};
