//! Where a partition's leader is, told to clients that asked another broker (KIP-951), without their asking for metadata.

use super::Broker;
use crate::base::SortedMap;
use crate::base::{NodeId, TopicPartition};

/// The listener that clients are told of.
const LISTENER: &str = "PLAINTEXT";

/// A broker's address, as `NodeEndpoints` has it.
pub(super) struct Endpoint {
    pub(super) id: i32,
    pub(super) host: String,
    pub(super) port: i32,
    pub(super) rack: Option<String>,
}

/// The leaders that one answer names.
#[derive(Default)]
pub(super) struct Leaders(SortedMap<NodeId, Endpoint>);

impl Leaders {
    /// The partition's leader and leader epoch, -1 each where there is none; the leader's address is kept.
    pub(super) fn note(&mut self, broker: &Broker, partition: &TopicPartition) -> (i32, i32) {
        let Some(state) = broker.image.partition(partition) else { return (-1, -1) };
        let Some(leader) = state.leader else { return (-1, state.leader_epoch.0) };
        let node = broker.image.broker(leader).filter(|node| node.is_alive());
        if let Some((node, listener)) = node.and_then(|node| Some((node, node.listener(LISTENER)?))) {
            let (host, rack) = (listener.host.to_string(), node.rack.as_deref().map(str::to_owned));
            self.0.insert(leader, Endpoint { id: leader.0, host, port: listener.port.into(), rack });
        }
        (leader.0, state.leader_epoch.0)
    }
}

impl IntoIterator for Leaders {
    type Item = Endpoint;
    type IntoIter = crate::base::sorted::IntoValues<NodeId, Endpoint>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_values()
    }
}
