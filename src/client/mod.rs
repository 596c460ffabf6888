//! The simulated clients: producer, consumer and admin, which know a cluster by nothing but Kafka's frames.
//!
//! They do what Apache Kafka's Java clients do, in virtual time. Nothing here may look into a broker, a log or the simulation.

pub mod assignor;
pub mod partitioner;
