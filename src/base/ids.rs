//! The numbers and names that must not be mixed up.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! number {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number! {
    /// `node.id`: a broker's, a controller's, or that of a process which is both.
    NodeId(i32)
}
number! {
    /// A record's place in its partition. -1 where Kafka says "none".
    Offset(i64)
}
number! {
    /// Counts a partition's leaders; every batch carries that of the leader which wrote it.
    LeaderEpoch(i32)
}
number! {
    /// A classic group's rebalances, counted.
    GenerationId(i32)
}
number! {
    /// An idempotent producer's id.
    ProducerId(i64)
}
number! {
    /// Fences an older producer of the same id.
    ProducerEpoch(i16)
}
number! {
    /// A partition's number in its topic, from 0.
    PartitionIndex(i32)
}
number! {
    /// Who can open or accept connections: a node, a simulated client, or the host on behalf of outside clients.
    /// Nodes have their node id; the simulation numbers the rest.
    ProcessId(u32)
}

impl NodeId {
    /// The node whose broker a process is, if it is one.
    pub const fn of_broker(process: ProcessId) -> Option<Self> {
        if process.0 > 0 && process.0 < ProcessId::CONTROLLERS { Some(Self(process.0 as i32)) } else { None }
    }
}

impl ProcessId {
    /// Controllers are processes of their own, numbered from here by their node; a combined node is two processes that share a fate.
    const CONTROLLERS: u32 = 100;

    /// The process that is a node's broker.
    pub const fn broker(node: NodeId) -> Self {
        Self(node.0.unsigned_abs())
    }

    /// The process that is a node's controller.
    pub const fn controller(node: NodeId) -> Self {
        Self(Self::CONTROLLERS + node.0.unsigned_abs())
    }
}

impl Offset {
    /// The offset `count` records further on.
    pub const fn plus(self, count: i64) -> Self {
        Self(self.0.saturating_add(count))
    }
}

/// One connection, from its opening to its end. The process that opens it numbers it, so ids are unique without a common counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConnectionId {
    pub opener: ProcessId,
    pub number: u32,
}

/// A partition by its topic's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TopicPartition {
    pub topic: Arc<str>,
    pub partition: PartitionIndex,
}

impl TopicPartition {
    pub fn new(topic: impl Into<Arc<str>>, partition: i32) -> Self {
        Self { topic: topic.into(), partition: PartitionIndex(partition) }
    }
}

impl fmt::Display for TopicPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.topic, self.partition)
    }
}
