//! Groups and their members; simulated producers.

use crate::base::{Instant, NodeId};
use crate::client::consumer::IsolationLevel;
use crate::client::producer::TransactionState;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupView {
    pub name: Arc<str>,
    pub state: GroupState,
    pub generation: i32,
    /// The broker that leads the group's partition of `__consumer_offsets`.
    pub coordinator: Option<NodeId>,
    /// The assignor its members agreed on; empty before they did.
    pub assignor: Arc<str>,
    /// What its members are subscribed to, by name.
    pub topics: Vec<Arc<str>>,
    /// In order of appearance.
    pub members: Vec<MemberView>,
    /// By topic and partition: all that a member owns or had before, or that has a committed offset.
    pub offsets: Vec<GroupOffset>,
    /// The last change of its state: what made partitions change hands is found in its causes.
    pub event: Option<u64>,
    /// While the group rebalances, and a moment longer: the labels of those who joined, which made it so.
    pub came: Vec<Arc<str>>,
}

/// Kafka's names of a classic group's states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupState {
    #[default]
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
    Dead,
}

impl GroupState {
    /// Kafka's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::PreparingRebalance => "PreparingRebalance",
            Self::CompletingRebalance => "CompletingRebalance",
            Self::Stable => "Stable",
            Self::Dead => "Dead",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MemberView {
    /// The member id the coordinator gave; empty before it did.
    pub id: Arc<str>,
    /// Short and unique on the screen, kept for the session: `c1`.
    pub label: Arc<str>,
    pub client_id: Arc<str>,
    pub host: Arc<str>,
    /// `group.instance.id` of a static member.
    pub instance_id: Option<Arc<str>>,
    /// The member that computes the assignment.
    pub leader: bool,
    pub condition: MemberCondition,
    pub session_timeout_ms: u32,
    /// When the coordinator last heard of it.
    pub heard: Option<Instant>,
    /// The simulated consumer behind it, by the name commands take; none for an outside client.
    pub consumer: Option<Arc<str>>,
    /// `isolation.level` of the simulated consumer behind it; none for an outside client.
    pub isolation: Option<IsolationLevel>,
    /// How many records a minute its application handles; none: as many as come.
    pub per_minute: Option<u32>,
}

/// What a member is at. In this order on the screen's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is", content = "why")]
pub enum MemberCondition {
    /// Started; the group does not know it yet.
    #[default]
    Starting,
    /// Has not rejoined: the group waits for its JoinGroup.
    AwaitsJoin,
    /// Joined; waits for the assignment.
    AwaitsSync,
    Stable,
    /// Its process stands still; the group counts on it until its session times out.
    Paused,
    /// Its process ended without a word; the group still counts on it.
    Crashed,
    /// Out of the group; the text says how. Shown until the group is stable again.
    Gone(Arc<str>),
}

/// Where a group stands in a partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupOffset {
    pub topic: Arc<str>,
    pub partition: i32,
    pub committed: Option<i64>,
    /// What the owner fetches next; known of simulated consumers only.
    pub position: Option<i64>,
    /// Log end offset − committed offset, as kafka-consumer-groups.sh counts it; none where nothing is committed.
    pub lag: Option<i64>,
    /// The owner's place in [`GroupView::members`].
    pub owner: Option<u32>,
    /// The owner has been told: it fetches. Else the partition is assigned, not yet owned.
    pub owned: bool,
    /// While the group rebalances, and a moment longer: who had it before, where that is another than the owner. A place in
    /// [`GroupView::members`].
    pub was: Option<u32>,
}

impl GroupView {
    /// The partitions that change hands, or have just done so.
    pub fn moves(&self) -> impl Iterator<Item = &GroupOffset> {
        self.offsets.iter().filter(|offset| offset.was.is_some())
    }
}

/// A simulated producer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProducerView {
    /// The name commands take; also its client id.
    pub name: Arc<str>,
    /// What it writes to by itself; none: it writes what it is told.
    pub topic: Option<Arc<str>>,
    /// As configured: `all`, `1`, `0`.
    pub acks: Arc<str>,
    pub idempotent: bool,
    /// Records a minute while it runs.
    pub per_minute: u32,
    pub running: bool,
    pub acknowledged: u64,
    pub failed: u64,
    /// Records on the way: in a batch that waits, or sent and unanswered.
    pub pending: u32,
    /// Records acknowledged in each of the last seconds, oldest first, at most 24.
    pub recent: Vec<u32>,
    /// `compression.type`, `linger.ms`, `batch.size` in bytes.
    pub compression: Arc<str>,
    pub linger_ms: i64,
    pub batch_size: u32,
    /// Bytes of `buffer.memory` that its batches hold, and all of them.
    pub buffer_used: u64,
    pub buffer_memory: u64,
    /// Requests that are not answered, and how many may be, to a broker.
    pub in_flight: u32,
    pub in_flight_max: u32,
    /// Producer id and epoch of an idempotent producer.
    pub identity: Option<(i64, i16)>,
    /// Present where it has a `transactional.id`.
    pub transaction: Option<TransactionView>,
    /// The partitions that it has batches for, or has numbered.
    pub queues: Vec<QueueView>,
    /// Of the records that it is being handed, how many it has, and of how many.
    pub handed: Option<(u32, u32)>,
    /// Where records without a key go at present.
    pub sticky: Vec<StickyView>,
    /// The last error it met, while it lasts: Kafka's name of it.
    pub error: Option<Arc<str>>,
}

/// What a transactional producer is at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransactionView {
    /// `transactional.id`.
    pub transactional_id: Arc<str>,
    pub state: TransactionState,
    /// The broker that coordinates its transactions, while it is known.
    pub coordinator: Option<NodeId>,
    /// Its application waits for a call, and makes no other meanwhile.
    pub waiting: bool,
    /// What it has written in the open transaction: so many records, to these partitions.
    pub records: u64,
    pub partitions: Vec<(Arc<str>, i32)>,
    /// How many transactions were ended.
    pub committed: u64,
    pub aborted: u64,
    /// While it writes by itself: after how many records it ends a transaction, and every how many it aborts one, 0 being never.
    pub plan: Option<(u32, u32)>,
    /// Why it can only abort, or do nothing more: Kafka's name of the error, and what it says.
    pub error: Option<(Arc<str>, Arc<str>)>,
}

/// What a producer has for a partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueView {
    pub topic: Arc<str>,
    pub partition: i32,
    /// Batches that wait, with their records and bytes.
    pub batches: u32,
    pub records: u32,
    pub bytes: u32,
    /// Batches that were sent and not answered.
    pub in_flight: u32,
    /// How often the one that is sent most often was.
    pub attempts: u32,
    /// The sequence number of its next record.
    pub next_sequence: Option<i32>,
}

/// KIP-794: the partition that a topic's records without a key go to, until `batch_size` bytes went there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StickyView {
    pub topic: Arc<str>,
    pub partition: i32,
    pub bytes: u32,
    pub batch_size: u32,
}
