//! `__cluster_metadata`: one controller leads in an epoch, and what anybody knows of the cluster is a prefix of the committed log.
//!
//! Kafka's rules: raft's (KIP-595). A majority of voters has what is committed, and a candidate without it is not elected; brokers and
//! controllers replay what is committed, in order. Listed exceptions: the active controller's own image is ahead of what is committed; a
//! new leader's high watermark is behind until a majority has fetched what it wrote first; a broker or controller that starts again begins
//! at nothing or at a snapshot.

use super::committed::{Committed, Replica, Seen};
use super::{Findings, Invariant, Level};
use crate::base::SortedMap;
use crate::base::{NodeId, Offset, ProcessId};
use crate::broker::Broker;
use crate::controller::{Controller, MetadataImage};
use std::collections::VecDeque;
use std::sync::Arc;

/// How many images are kept to compare others with.
const IMAGES_KEPT: usize = 256;

#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    committed: Arc<Committed>,
    seen: SortedMap<ProcessId, Seen>,
    /// How far each broker had replayed.
    replayed: SortedMap<ProcessId, Offset>,
    /// The first image that was seen at each offset.
    images: SortedMap<Offset, MetadataImage>,
    kept: VecDeque<Offset>,
}

impl Metadata {
    /// A process begins anew.
    pub(super) fn restarted(&mut self, process: ProcessId) {
        self.seen.remove(&process);
        self.replayed.remove(&process);
    }

    pub(super) fn observe_controller(&mut self, controller: &Controller, findings: &mut Findings<'_>) {
        let (log, high_watermark) = controller.log();
        let replica = Replica {
            name: log.partition(),
            node: controller.node(),
            log,
            high_watermark,
            epoch: controller.epoch(),
            leads: controller.is_active(),
            recovers: false,
        };
        let before = self.seen.get(&findings.process);
        if before.is_some_and(|seen| seen.is_still(&replica)) {
            return;
        }
        let now = Arc::make_mut(&mut self.committed).observe(before, &replica, findings);
        self.seen.insert(findings.process, now);
    }

    pub(super) fn observe_broker(&mut self, level: Level, broker: &Broker, findings: &mut Findings<'_>) {
        let image = broker.image();
        let at = image.next_offset();
        let before = self.replayed.insert(findings.process, at);
        if before == Some(at) {
            return;
        }
        if at > self.committed.end() {
            let text = format!("Broker {} has replayed metadata up to {at}; committed is {}.", broker.node(), self.committed.end());
            findings.add(Invariant::MetadataIsAPrefix, text);
        }
        if let Some(before) = before.filter(|before| *before > at) {
            let text = format!("Broker {} has replayed metadata up to {at}, after it had up to {before}.", broker.node());
            findings.add(Invariant::MetadataIsAPrefix, text);
        }
        if level == Level::Everything {
            self.compare(broker.node(), image, findings);
        }
    }

    fn compare(&mut self, node: NodeId, image: &MetadataImage, findings: &mut Findings<'_>) {
        let at = image.next_offset();
        if let Some(known) = self.images.get(&at) {
            if !is_alike(known, image) {
                let text = format!("Broker {node} has replayed metadata up to {at} and has something else than others had there.");
                findings.add(Invariant::MetadataIsAPrefix, text);
            }
            return;
        }
        if self.kept.len() == IMAGES_KEPT
            && let Some(oldest) = self.kept.pop_front()
        {
            self.images.remove(&oldest);
        }
        self.kept.push_back(at);
        self.images.insert(at, image.clone());
    }
}

/// Whether two images say the same.
fn is_alike(one: &MetadataImage, other: &MetadataImage) -> bool {
    one.brokers().eq(other.brokers())
        && one.topics().eq(other.topics())
        && one.features() == other.features()
        && one.next_producer_id() == other.next_producer_id()
}
