//! What requests and responses are besides messages: their API, its versions and names.

use super::codec::Message;
pub use super::messages::ApiKey;
use std::ops::RangeInclusive;

/// What the specifications say of an API.
pub(in crate::wire) struct Api {
    pub name: &'static str,
    pub kafka_name: &'static str,
    pub oldest: i16,
    pub latest: i16,
    /// The latest version is still in the making, and not to be advertised.
    pub latest_unstable: bool,
    pub flexible_since: i16,
}

impl ApiKey {
    /// `None` for a number that no API has, or none any more.
    pub fn from_i16(key: i16) -> Option<Self> {
        Self::ALL.iter().copied().find(|api| *api as i16 == key)
    }

    /// As in the specifications: `FindCoordinator`.
    pub const fn name(self) -> &'static str {
        self.api().name
    }

    /// As in Apache Kafka's `ApiKeys`: `FIND_COORDINATOR`.
    pub const fn kafka_name(self) -> &'static str {
        self.api().kafka_name
    }

    /// All versions that the specification has.
    pub const fn versions(self) -> RangeInclusive<i16> {
        self.api().oldest..=self.api().latest
    }

    /// All versions but a latest one that is still in the making.
    pub const fn stable_versions(self) -> RangeInclusive<i16> {
        self.api().oldest..=self.api().latest - self.api().latest_unstable as i16
    }

    /// Whether a client sends it again and again, as long as it lives: nothing but itself brings it about.
    pub const fn is_poll(self) -> bool {
        matches!(self, Self::Fetch | Self::FetchSnapshot | Self::Heartbeat | Self::ConsumerGroupHeartbeat | Self::BrokerHeartbeat)
    }

    /// Whether the version's messages and headers have tagged fields and compact lengths (KIP-482).
    pub const fn is_flexible(self, version: i16) -> bool {
        version >= self.api().flexible_since
    }
}

/// A message that a client sends.
pub trait Request: Message {
    const KEY: ApiKey;
    type Response: Response;
}

/// A message that answers a request.
pub trait Response: Message {
    const KEY: ApiKey;
}
