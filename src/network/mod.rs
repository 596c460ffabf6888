//! Links between processes: who is connected to whom, how long bytes travel, and what TCP does where they do not arrive. A router without a
//! clock; it never looks into a frame.
//!
//! Nothing here knows what a broker or a client is: processes are numbers, several of which may share a machine; frames are bytes.

pub mod action;
pub mod link;
pub mod retransmission;
pub mod router;
#[cfg(test)]
mod tests;

pub use action::{Action, Endpoint, Listener, Outbox, Process};
pub use link::LinkSpeed;
pub use retransmission::Retransmitted;
pub use router::{Arrival, Delivery, Network, OUTSIDE, Parcel};
