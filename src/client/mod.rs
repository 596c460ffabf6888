//! The simulated clients: producer, consumer and admin, which know a cluster by nothing but Kafka's frames.
//!
//! They do what Apache Kafka's Java clients do, in virtual time. Nothing here may look into a broker, a log or the simulation.

pub mod admin;
pub mod assignor;
pub mod config;
pub mod connections;
pub mod consumer;
pub mod metadata;
pub mod partitioner;

mod alarm;
mod backoff;
mod cluster;
pub mod producer;
#[cfg(test)]
pub(crate) mod scripted;

pub use admin::Admin;
pub use consumer::Consumer;
pub use producer::Producer;
