//! Brokers, controllers, topics, partitions and the records in sight.

use crate::base::{Instant, NodeId};
use crate::wire::batch::{BatchHeader, ControlType, Record};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A broker: as the controller knows it, and as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrokerView {
    pub id: NodeId,
    /// What the cluster's metadata says.
    pub state: BrokerState,
    /// `host:port` of its listener.
    pub address: Arc<str>,
    pub rack: Option<Arc<str>>,
    /// What its machine is at; absent where only the metadata is known.
    pub machine: Option<MachineView>,
}

/// A broker's registration, in Kafka's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BrokerState {
    /// Running, not yet registered with the controller, and deaf to clients until it is.
    #[default]
    Starting,
    /// Registered; the controller lets it lead nothing yet, or no more.
    Fenced,
    Alive,
    /// In controlled shutdown: it hands its leaderships over.
    Stopping,
}

/// What a node's process and its machine are at: known of our own engine's nodes alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MachineView {
    pub life: Life,
    /// When it came to that; none from the session's begin on.
    pub since: Option<Instant>,
    /// What else is wrong with it, in words: "10 times slower", "disk full".
    pub troubles: Vec<Arc<str>>,
    /// The commands that mend its troubles have something to do.
    pub slow: bool,
    pub disk_full: bool,
    /// How long a flush of its disk takes, in ms, where that is more than it should.
    pub disk_delay_ms: u64,
    /// How far its clock is from the session's, in ms.
    pub clock_offset_ms: i64,
}

/// What a process is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Life {
    #[default]
    Running,
    /// Stands still, as in a long garbage collection; it will go on where it was.
    Paused,
    /// It ended without a word.
    Dead,
    /// It ended by itself.
    Stopped,
}

/// A voter of the metadata quorum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ControllerView {
    pub id: NodeId,
    /// The node is a broker as well: its process shares the broker's fate.
    pub combined: bool,
    pub role: QuorumRole,
    /// The quorum's epoch, as this voter knows it.
    pub epoch: i32,
    /// The end of its metadata log.
    pub log_end: i64,
    /// Up to where it knows the metadata log to be committed.
    pub high_watermark: i64,
    pub machine: Option<MachineView>,
}

/// `org.apache.kafka.raft.EpochState`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum QuorumRole {
    /// Leads the quorum: the active controller.
    Leader,
    Follower,
    /// Asks whether it would be voted for (KIP-996).
    Prospective,
    Candidate,
    /// It voted, or knows that there is an epoch, but no leader of it yet.
    #[default]
    Unattached,
    Resigned,
    /// Its process does not run.
    Absent,
}

impl QuorumRole {
    /// Kafka's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leader => "Leader",
            Self::Follower => "Follower",
            Self::Prospective => "Prospective",
            Self::Candidate => "Candidate",
            Self::Unattached => "Unattached",
            Self::Resigned => "Resigned",
            Self::Absent => "Absent",
        }
    }
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
    /// Eligible leader replicas (KIP-966): out of the ISR, and yet they have all that is committed.
    pub elr: Vec<NodeId>,
    /// Of a reassignment under way.
    pub adding: Vec<NodeId>,
    pub removing: Vec<NodeId>,
    /// The end of each replica's own log, in the order of `replicas`; none where its process cannot be looked into.
    pub log_ends: Vec<Option<i64>>,
    pub log_start: i64,
    pub high_watermark: i64,
    /// Up to where a read_committed consumer reads: the high watermark, or before it where a transaction is open.
    pub last_stable: i64,
    /// The next record's offset.
    pub log_end: i64,
    /// The last records, by offset; at most [`super::WINDOW_MAX`].
    pub window: Vec<Arc<RecordView>>,
    /// What compaction took out of the same stretch of offsets.
    pub removed: Vec<RemovedView>,
}

/// An offset whose record compaction removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemovedView {
    pub offset: i64,
    /// The later record of the same key.
    pub superseded_by: Option<i64>,
    /// "superseded by offset 17".
    pub why: Arc<str>,
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
    /// The earlier offset of the same record: its producer, which is not idempotent, sent it again.
    #[serde(default)]
    pub repeats: Option<i64>,
    /// Of a transaction that is not committed.
    #[serde(default)]
    pub transaction: Option<Unsettled>,
}

/// What a record's transaction is in, as far as it is not committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unsettled {
    /// It may still be committed or aborted: readers of committed records wait for that.
    Open,
    /// Readers of committed records skip it.
    Aborted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordKind {
    #[default]
    Data,
    /// Value null.
    Tombstone,
    /// Written by a broker: a transaction's end, as `Commit` or `Abort`; or another control record.
    Control,
    Commit,
    Abort,
}

impl RecordKind {
    /// Of a record, as its batch and it say.
    pub(super) fn of(batch: &BatchHeader, record: &Record) -> Self {
        match (batch.attributes.is_control(), &record.value) {
            (true, _) => match record.key.as_deref().and_then(ControlType::from_key) {
                Some(ControlType::Commit) => Self::Commit,
                Some(ControlType::Abort) => Self::Abort,
                _ => Self::Control,
            },
            (false, None) => Self::Tombstone,
            (false, Some(_)) => Self::Data,
        }
    }

    /// Whether a broker wrote it: a control record of any kind.
    pub const fn is_control(self) -> bool {
        match self {
            Self::Control | Self::Commit | Self::Abort => true,
            Self::Data | Self::Tombstone => false,
        }
    }
}
