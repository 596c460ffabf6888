//! Coordinators: state machines whose state is a replay of one partition of an internal topic.
//!
//! `runtime` is what they share: loading, appending, replaying, timers, replies that wait until their records are committed. Each kind of
//! coordinator is a [`runtime::Shard`]; `group` is the one of `__consumer_offsets`, `transaction` that of `__transaction_state`. Nothing here
//! knows a log, a connection or a frame: records go through [`runtime::Storage`], answers go to tokens that mean something only to the broker.

pub mod group;
pub mod runtime;
#[cfg(test)]
mod tests;
pub mod transaction;
