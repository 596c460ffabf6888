//! What every other room uses: virtual time, seeded randomness, ids, timers, ordered maps, sorting, and the vocabulary of the trace.
//!
//! Nothing here knows the Kafka protocol, a broker or a client; nothing here reads a clock, a socket or a hash map's order.

pub mod bugs;
mod causes;
pub mod context;
pub mod event;
pub mod ids;
pub mod order;
pub mod recorder;
pub mod rng;
pub mod sorted;
pub mod time;
pub mod timers;
pub mod topic_name;
pub mod uuid;

pub use context::Context;
pub use event::{Event, EventId, EventKind, Silent, TransactionStep};
pub use ids::{
    ConnectionId, GenerationId, LeaderEpoch, NodeId, Offset, PartitionIndex, ProcessId, ProducerEpoch, ProducerId, TopicPartition,
};
pub use order::Order;
pub use recorder::Recorder;
pub use rng::Rng;
pub use sorted::{SortedMap, SortedSet};
pub use time::{Duration, Instant};
pub use timers::Timers;
pub use uuid::Uuid;
