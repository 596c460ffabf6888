//! A member of a classic group (`ClassicGroupMember`).

use crate::wire::messages::join_group_request::JoinGroupRequestProtocol;
use bytes::Bytes;
use std::sync::Arc;

/// A protocol that a member can follow (for consumers: an assignor), with what it says to the leader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    pub name: Arc<str>,
    /// For consumers: the subscription.
    pub metadata: Bytes,
}

/// A member. `T` says who waits for an answer.
#[derive(Clone, Debug)]
pub struct Member<T> {
    pub id: Arc<str>,
    /// `group.instance.id`: the member is static.
    pub instance_id: Option<Arc<str>>,
    pub client_id: Arc<str>,
    /// As Java writes addresses: `/127.0.0.1`.
    pub client_host: Arc<str>,
    pub rebalance_timeout_ms: i32,
    pub session_timeout_ms: i32,
    /// In the order of the member's preference.
    pub protocols: Vec<Protocol>,
    /// What the leader gave it; empty before that.
    pub assignment: Bytes,
    /// Has joined, and not been answered yet: it does not know its member id, so it cannot send heartbeats.
    pub(super) is_new: bool,
    /// Its JoinGroup, which waits for the others'.
    pub(super) awaiting_join: Option<T>,
    /// Its SyncGroup, which waits for the leader's.
    pub(super) awaiting_sync: Option<T>,
}

impl<T> Member<T> {
    /// What it says for the protocol; empty where it does not follow that.
    pub fn metadata(&self, protocol: &str) -> Bytes {
        self.protocols.iter().find(|own| &*own.name == protocol).map(|own| own.metadata.clone()).unwrap_or_default()
    }

    pub const fn is_static(&self) -> bool {
        self.instance_id.is_some()
    }

    pub(super) fn supports(&self, protocol: &str) -> bool {
        self.protocols.iter().any(|own| &*own.name == protocol)
    }

    /// It joins again with what the group knows of it already.
    pub(super) fn matches(&self, protocols: &[JoinGroupRequestProtocol]) -> bool {
        self.protocols.len() == protocols.len()
            && self.protocols.iter().zip(protocols).all(|(own, new)| *own.name == *new.name && own.metadata == new.metadata)
    }

    /// Whether its session goes on when the timer comes due: while it waits for an answer it cannot send heartbeats. A new member's
    /// JoinGroup, however, is given up, lest clients that come again and again fill the group.
    pub(super) const fn is_excused(&self) -> bool {
        !self.is_new && (self.awaiting_join.is_some() || self.awaiting_sync.is_some())
    }
}

pub(super) fn protocols(request: &[JoinGroupRequestProtocol]) -> Vec<Protocol> {
    request.iter().map(|protocol| Protocol { name: protocol.name.as_str().into(), metadata: protocol.metadata.clone() }).collect()
}
