//! What a person can choose: whatever has a name on the screen, and a reach of records.

use crate::base::NodeId;
use crate::playground::{ConfigOf, Party};
use std::sync::Arc;

/// A thing the person selected: whatever has a name on the screen. One place tells of it (the inspector), and every part of the page that
/// shows it, or what belongs to it, marks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    Topic(Arc<str>),
    Partition {
        topic: Arc<str>,
        partition: i32,
    },
    /// On a tape, or found by a query: it need not lie in a view's window.
    Record {
        topic: Arc<str>,
        partition: i32,
        offset: i64,
    },
    /// A setting of a topic or broker.
    Setting {
        of: ConfigOf,
        /// The topic's name, the broker's id; empty: all brokers'.
        name: Arc<str>,
        key: Arc<str>,
    },
    Broker(NodeId),
    Controller(NodeId),
    /// What lies between two parties, in both directions: nodes by their number, clients by their name.
    Link(Party, Party),
    Group(Arc<str>),
    Member {
        group: Arc<str>,
        label: Arc<str>,
    },
    Producer(Arc<str>),
    Event(u64),
    /// A frame on the wire, by its number.
    Frame(u64),
}

impl Chosen {
    /// The topic it is, or lies in.
    pub fn topic(&self) -> Option<&Arc<str>> {
        match self {
            Self::Topic(topic) | Self::Partition { topic, .. } | Self::Record { topic, .. } => Some(topic),
            Self::Setting { of: ConfigOf::Topic, name, .. } => Some(name),
            Self::Setting { .. }
            | Self::Broker(_)
            | Self::Controller(_)
            | Self::Link(..)
            | Self::Group(_)
            | Self::Member { .. }
            | Self::Producer(_)
            | Self::Event(_)
            | Self::Frame(_) => None,
        }
    }

    /// The partition it is, or lies in.
    pub fn partition(&self) -> Option<(&str, i32)> {
        match self {
            Self::Partition { topic, partition } | Self::Record { topic, partition, .. } => Some((topic, *partition)),
            _ => None,
        }
    }
}

/// Records that lie beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub topic: Arc<str>,
    pub partition: i32,
    /// Where it was begun, and where it has come to: both belong to it.
    pub from: i64,
    pub to: i64,
}

impl Span {
    pub fn first(&self) -> i64 {
        self.from.min(self.to)
    }

    pub fn last(&self) -> i64 {
        self.from.max(self.to)
    }

    pub fn has(&self, offset: i64) -> bool {
        (self.first()..=self.last()).contains(&offset)
    }
}
