//! Stretches of a topic's partitions, older than what every view has: for tapes that were moved.

use crate::base::{PartitionIndex, TopicPartition};
use crate::playground::Session;
use crate::view::build::{log_of, newest_image, stretch};
use crate::view::{RecordView, RemovedView};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many stretches are answered at most, and how long each may be.
pub const STRETCHES_MAX: usize = 64;
pub const LENGTH_MAX: i64 = 256;

/// Offsets of one partition, the last not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stretch {
    pub partition: i32,
    pub from: i64,
    pub to: i64,
}

/// What lies there. Records' keys come without hues: their places are in [`crate::view::View::keys`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TapeView {
    pub stretch: Stretch,
    pub records: Vec<Arc<RecordView>>,
    pub removed: Vec<RemovedView>,
}

/// Partitions that nobody leads, or that there are none of, are left out.
pub(super) fn look(session: &Session, topic: &str, stretches: &[Stretch]) -> Vec<TapeView> {
    let simulation = session.simulation();
    let Some(image) = newest_image(simulation).and_then(|image| image.topic(topic)) else { return Vec::new() };
    let tape = |stretch_of: &Stretch| {
        let index = PartitionIndex(stretch_of.partition);
        let (_, partition) = image.iter().find(|(at, _)| *at == index)?;
        let name = TopicPartition { topic: Arc::clone(&image.name), partition: index };
        let (log, _) = log_of(simulation, partition.leader?, &name)?;
        let from = stretch_of.from.max(log.start_offset().0);
        let to = stretch_of.to.min(log.end_offset().0).min(from.saturating_add(LENGTH_MAX));
        let (records, removed) = stretch(log, from, to);
        Some(TapeView { stretch: *stretch_of, records, removed })
    };
    stretches.iter().take(STRETCHES_MAX).filter_map(tape).collect()
}
