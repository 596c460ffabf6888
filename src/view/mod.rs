//! What a screen needs to know, as plain data: the page draws it, `partita serve` sends it as JSON over a WebSocket.
//!
//! Built from a [`crate::simulation::Simulation`]; no web, no sockets, no drawing in here. Nothing in a view is markup: names, keys and
//! values are text, and whoever shows them shows them as text. What only our own engine can know (time that can be paused, causes, what a
//! client has not told its broker yet) is optional, because a view may one day describe a cluster of somebody else.

mod build;
pub mod cluster;
pub mod fault;
pub mod feed;
pub mod group;
pub mod happening;
pub mod message;
pub mod query;
pub mod timeline;

pub use crate::client::consumer::IsolationLevel;
pub use crate::client::producer::TransactionState;
pub use crate::playground::{Outcome, OutcomeState};
pub use crate::wire::ErrorCode;
pub use build::{Builder, Looks};
pub use cluster::{
    BrokerState, BrokerView, ControllerView, Life, MachineView, PartitionView, QuorumRole, RecordKind, RecordView, RemovedView, TopicView,
    Unsettled,
};
pub use fault::{ApiFaultView, FaultsView, LinkView};
pub use feed::Feed;
pub use group::{GroupOffset, GroupState, GroupView, MemberCondition, MemberView, ProducerView, QueueView, StickyView, TransactionView};
pub use happening::{EventSign, EventView};
pub use message::{FromPage, Says, ToPage};
pub use query::{Answer, Query};
pub use timeline::{BranchView, InputView, MarkView, TimelineView};

use crate::base::{Instant, NodeId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything on the screen at one moment. Parts that did not change since the view before are the same `Arc`s.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct View {
    /// Virtual time, in µs since the session began.
    pub now: Instant,
    /// The time of day at `now` = 0, in ms since 1970: records' timestamps count from there.
    pub epoch_ms: i64,
    /// The session's seed.
    pub seed: u64,
    /// Present where the one who looks may pause, step and hasten time.
    pub clock: Option<Clock>,
    /// Present where time can be rewound.
    pub timeline: Option<Arc<TimelineView>>,
    /// Where outside clients connect, `host:port`; empty in a page.
    pub bootstrap: Vec<Arc<str>>,
    /// By id.
    pub brokers: Vec<BrokerView>,
    /// The active controller.
    pub controller: Option<NodeId>,
    /// The metadata quorum's voters, by id.
    pub controllers: Vec<ControllerView>,
    /// What is wrong with the network; absent where that cannot be known.
    pub faults: Option<FaultsView>,
    /// In order of creation; internal topics last.
    pub topics: Vec<Arc<TopicView>>,
    /// In order of appearance.
    pub groups: Vec<Arc<GroupView>>,
    /// Simulated producers, in order of appearance.
    pub producers: Vec<Arc<ProducerView>>,
    /// Which frames can be asked for; none where frames are not kept.
    pub frames: Option<FramesView>,
    /// Records' keys in order of appearance, the first [`KEYS_MAX`] of the session: the n-th has hue n mod 8.
    pub keys: Arc<Vec<Arc<str>>>,
    /// What happened lately, oldest first, and the causes of what is told.
    pub events: Vec<Arc<EventView>>,
    /// What became of recent commands, oldest first.
    pub outcomes: Vec<Arc<Outcome>>,
}

/// How many keys keep their place in [`View::keys`].
pub const KEYS_MAX: usize = 512;
/// How many records of a partition a view shows at most: its last ones.
pub const WINDOW_MAX: usize = 64;
/// How many characters of a key, value or header a view shows.
pub const PREVIEW_MAX: usize = 120;

/// The frames that are kept: their numbers, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FramesView {
    pub first: u64,
    pub last: u64,
}

/// Time that obeys the one who looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clock {
    pub running: bool,
    /// Virtual time ÷ real time, in tenths: 10 is real time.
    pub speed_tenths: u32,
    /// When the next thing happens by itself: where a step leads.
    pub next: Option<Instant>,
}

/// The speeds on offer, in tenths: 0.1× to 1,000×.
pub const SPEEDS: [u32; 9] = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];
