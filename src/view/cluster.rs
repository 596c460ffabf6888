//! Brokers, topics, partitions and the records in sight.

use crate::base::NodeId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A broker, as the controller knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrokerView {
    pub id: NodeId,
    pub state: BrokerState,
    /// `host:port` of its listener.
    pub address: Arc<str>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BrokerState {
    /// Running, not yet registered with the controller.
    #[default]
    Starting,
    /// Registered; the controller lets it lead nothing yet, or no more.
    Fenced,
    Alive,
}

/// A topic and its partitions, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TopicView {
    pub name: Arc<str>,
    /// The topic id, as Kafka prints it.
    pub id: Arc<str>,
    /// Kafka's own: `__consumer_offsets` and its like. Their partitions come without records.
    pub internal: bool,
    pub replication_factor: i16,
    /// `min.insync.replicas`.
    pub min_isr: i32,
    /// Settings of its own, by name.
    pub configs: Vec<(Arc<str>, Arc<str>)>,
    /// What all of its keys begin with; labels leave it out.
    pub key_prefix: Arc<str>,
    /// Offsets between log start and log end, over all partitions.
    pub records: i64,
    pub partitions: Vec<Arc<PartitionView>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartitionView {
    pub index: i32,
    /// None: the partition has no leader.
    pub leader: Option<NodeId>,
    pub leader_epoch: i32,
    /// In order of preference.
    pub replicas: Vec<NodeId>,
    pub isr: Vec<NodeId>,
    pub log_start: i64,
    pub high_watermark: i64,
    /// The next record's offset.
    pub log_end: i64,
    /// The last records, by offset; at most [`super::WINDOW_MAX`].
    pub window: Vec<Arc<RecordView>>,
}

/// A record in sight. Texts are previews of at most [`super::PREVIEW_MAX`] characters; bytes that are no UTF-8 are shown as hex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    pub offset: i64,
    pub kind: RecordKind,
    pub key: Option<Arc<str>>,
    /// The key's place in order of appearance in the session; its hue is this mod 8.
    pub hue: Option<u32>,
    /// None: a tombstone.
    pub value: Option<Arc<str>>,
    /// In ms since 1970.
    pub timestamp_ms: i64,
    pub headers: Vec<(Arc<str>, Option<Arc<str>>)>,
    /// The leader epoch it was written in.
    pub leader_epoch: i32,
    /// Of an idempotent producer, else -1.
    pub producer_id: i64,
    /// Key and value, in bytes.
    pub bytes: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordKind {
    #[default]
    Data,
    /// Value null.
    Tombstone,
    /// Written by a broker: a transaction's end, a leader's change.
    Control,
}
