//! A broken promise, as data.

use crate::base::{EventId, ProcessId};
use serde::{Deserialize, Serialize};

/// How closely a session is watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Not at all: a server under load.
    Off,
    /// Only what an event speaks of: next to nothing in time and memory, for the page.
    #[default]
    Events,
    /// All that the process which handled an input has, whether an event speaks of it or not; and records one by one where keys matter.
    Everything,
}

/// Kafka's promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Invariant {
    /// What was acknowledged at acks=all is committed, and what is committed is in every later leader's log.
    NothingAcknowledgedIsLost,
    /// At most one replica leads a partition in an epoch.
    OneLeaderAnEpoch,
    /// Replicas have the same batches below the high watermark.
    LogsAgree,
    /// The high watermark of a replica never falls within a leader epoch, and never lies beyond what is committed.
    HighWatermarkNeverFalls,
    /// Consumers are given what is committed, nothing else.
    ReadsAreCommitted,
    /// A partition has one owner in a generation of its group.
    OneOwnerAGeneration,
    /// A group's committed offset goes back only where its members were told to.
    CommittedOffsetsNeverGoBack,
    /// An idempotent producer's records stand once and in order.
    ProducersRecordsStandOnce,
    /// What brokers and controllers know of the cluster is a prefix of the committed `__cluster_metadata`.
    MetadataIsAPrefix,
    /// At most one controller leads the quorum in an epoch.
    OneControllerAnEpoch,
    /// A compacted log has every key's last record, and nothing that was never written.
    CompactionKeepsWhatItMust,
}

impl Invariant {
    /// In a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NothingAcknowledgedIsLost => "nothing acknowledged is lost",
            Self::OneLeaderAnEpoch => "one leader an epoch",
            Self::LogsAgree => "logs agree below the high watermark",
            Self::HighWatermarkNeverFalls => "the high watermark never falls",
            Self::ReadsAreCommitted => "what is read is committed",
            Self::OneOwnerAGeneration => "one owner a generation",
            Self::CommittedOffsetsNeverGoBack => "committed offsets never go back",
            Self::ProducersRecordsStandOnce => "an idempotent producer's records stand once and in order",
            Self::MetadataIsAPrefix => "metadata is a prefix of the quorum's committed log",
            Self::OneControllerAnEpoch => "one controller an epoch",
            Self::CompactionKeepsWhatItMust => "compaction keeps what it must",
        }
    }
}

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    pub invariant: Invariant,
    /// Where it showed.
    pub process: ProcessId,
    /// The last event of the input after which it showed, if the input led to any.
    pub event: Option<EventId>,
    /// What is wrong, in a sentence.
    pub text: String,
}
