//! The Kafka wire protocol: frames, messages, record batches, compression. Knows bytes and meanings of fields, no behaviour.

pub mod batch;
pub mod compression;
pub mod rope;

pub use batch::{Batch, BatchBuilder};
pub use compression::Compression;
pub use rope::Rope;
