//! What a panel needs to know only while it is open: it asks, and is answered once. Views stay small by it.
//!
//! A query changes nothing: it reads the session as it is. Answers are bounded; where something was left out, the answer says so. One file
//! a subject.

pub mod configs;
pub mod network;
pub mod packets;
pub mod peers;
pub mod records;
pub mod reset;
pub mod story;
pub mod tapes;
pub mod wire;

pub use network::{NetworkView, PacketView, PartyView, WayView, WireView};
pub use packets::CarriedView;
pub use peers::{Peer, PeerKind};
pub use tapes::{Stretch, TapeView};
pub use wire::{Exchange, ExchangeDetail, ExchangeState, FieldView, FrameView, LayerView, RecordAt, WireList, WireQuery};

use crate::base::EventId;
use crate::playground::why::causes;
use crate::playground::{History, Session};
use configs::{ConfigView, ConfigsAsk};
use records::{Records, RecordsAsk, RecordsError};
use reset::{ResetAsk, ResetPreview};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use story::EventStory;

/// A server keeps its trace's last events, and cannot play again what real clients did.
const NO_EVENT: &str = "This event is not kept any more, or has not happened yet.";

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Query {
    /// Who sends frames: nodes, clients, and what is outside.
    Peers,
    /// A stretch of a topic's records.
    Records { look: RecordsAsk },
    /// An event's causes and effects.
    Story { event: u64 },
    /// All settings of a topic or broker.
    Configs { configs: ConfigsAsk },
    /// What resetting a group's offsets would change.
    Reset { reset: ResetAsk },
    /// The exchanges on the wire that a filter lets through.
    Wire(WireQuery),
    /// One exchange, by the number of either of its frames.
    Exchange { frame: u64 },
    /// The exchange that brought a batch into its partition, by the batch's first offset.
    Brought { topic: Arc<str>, partition: i32, base: i64 },
    /// Who is on the network, what lies between them, and what is on its way.
    Network,
    /// Records on their way at this moment.
    Packets,
    /// Older stretches of a topic's partitions.
    Tapes { topic: String, stretches: Vec<Stretch> },
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Answer {
    /// To [`Query::Peers`], in order of their appearance; nodes first.
    Peers {
        peers: Vec<Peer>,
    },
    /// To [`Query::Records`].
    Records {
        records: Records,
    },
    /// To [`Query::Records`] as well: why nothing was looked through.
    NoRecords {
        error: RecordsError,
    },
    /// To [`Query::Story`].
    Story {
        story: Box<EventStory>,
    },
    /// To [`Query::Configs`], in order of name.
    Configs {
        configs: Vec<ConfigView>,
    },
    Wire(Box<WireList>),
    /// To [`Query::Tapes`].
    Tapes {
        tapes: Vec<TapeView>,
    },
    /// To [`Query::Network`].
    Network {
        network: Box<NetworkView>,
    },
    /// To [`Query::Packets`].
    Packets {
        packets: Vec<CarriedView>,
    },
    Exchange(Arc<ExchangeDetail>),
    /// To [`Query::Brought`]; none: no Produce request brought it, or its frame is not kept any more.
    Brought {
        exchange: Option<Box<Exchange>>,
    },
    /// To [`Query::Reset`].
    Reset {
        preview: ResetPreview,
    },
    /// It cannot be known; why, in words for the one who asked.
    Absent {
        why: String,
    },
}

impl Answer {
    pub fn absent(why: impl Into<String>) -> Self {
        Self::Absent { why: why.into() }
    }
}

/// The same of a session whose past is known: an event that its trace has forgotten is looked up there, and so are causes.
pub fn recalled(history: &History, query: &Query) -> Answer {
    match query {
        Query::Story { event } => {
            let event = EventId(*event);
            let causes = history.causes(event);
            match history.recall(event, |session| story::of(session, event, &causes.iter().collect::<Vec<_>>())) {
                Some(Some(story)) => Answer::Story { story: Box::new(story) },
                Some(None) | None => Answer::absent(NO_EVENT),
            }
        }
        _ => answer(history.session(), query),
    }
}

/// Answers from a session as it is now.
pub fn answer(session: &Session, query: &Query) -> Answer {
    match query {
        Query::Peers => Answer::Peers { peers: peers::all(session) },
        Query::Records { look } => match records::look(session, look) {
            Ok(records) => Answer::Records { records },
            Err(error) => Answer::NoRecords { error },
        },
        Query::Story { event } => match story::of(session, EventId(*event), &causes(session.trace(), EventId(*event))) {
            Some(story) => Answer::Story { story: Box::new(story) },
            None => Answer::absent(NO_EVENT),
        },
        Query::Reset { reset } => Answer::Reset { preview: reset::preview(session, reset) },
        Query::Configs { configs } => match configs::describe(session, configs) {
            Ok(configs) => Answer::Configs { configs },
            Err(why) => Answer::Absent { why },
        },
        Query::Wire(query) => wire::list(session, query),
        Query::Exchange { frame } => wire::detail(session, *frame),
        Query::Brought { topic, partition, base } => {
            wire::brought(session, &RecordAt { topic: Arc::clone(topic), partition: *partition, offset: *base })
        }
        Query::Tapes { topic, stretches } => Answer::Tapes { tapes: tapes::look(session, topic, stretches) },
        Query::Packets => Answer::Packets { packets: packets::look(session) },
        Query::Network => Answer::Network { network: Box::new(network::look(session)) },
    }
}
