//! Records as an application hands them over, and what becomes of them.

use crate::base::{Offset, TopicPartition};
use crate::wire::batch::Header;
use bytes::Bytes;
use std::sync::Arc;

/// What an application hands to its producer (`ProducerRecord`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProducerRecord {
    pub topic: Arc<str>,
    /// Chosen by hand; none: by the partitioner.
    pub partition: Option<i32>,
    pub key: Option<Bytes>,
    /// None: a tombstone.
    pub value: Option<Bytes>,
    pub headers: Vec<Header>,
    /// In ms since 1970; none: when it is sent.
    pub timestamp: Option<i64>,
}

/// What has become of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// `send` waits: for the topic's metadata, or for memory.
    Blocked,
    /// In a batch that waits to be sent, again perhaps.
    Batched(TopicPartition),
    /// Sent, not answered.
    InFlight(TopicPartition),
    /// Written as far as the producer's acks ask for; the offset is -1 where the brokers do not say.
    Acknowledged(TopicPartition, Offset),
    /// Given up; Kafka's name of the error, and what it says.
    Failed { partition: Option<TopicPartition>, error: Arc<str>, message: Arc<str> },
}

impl Fate {
    /// Whether nothing more will happen to it.
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Acknowledged(..) | Self::Failed { .. })
    }
}
