//! The Kafka wire protocol: frames, messages, record batches, compression. Knows bytes and meanings of fields, no behaviour.

pub mod rope;

pub use rope::Rope;
