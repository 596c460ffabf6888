//! What resetting a group's offsets would change, before it is done: the rules are the command's own, the figures are looked up at once.

use super::super::build::{log_of, newest_image};
use crate::base::{Offset, PartitionIndex, TopicPartition};
use crate::controller::image::PartitionImage;
use crate::playground::reset::{Bounds, NO_TOPIC, missing_partitions, new_offset, not_inactive};
use crate::playground::{ResetTo, Session};
use crate::simulation::Simulation;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Which offsets, and where to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetAsk {
    pub group: Arc<str>,
    /// None: all that the group has committed.
    pub topic: Option<Arc<str>>,
    /// Of the topic; none: all.
    #[serde(default)]
    pub partitions: Vec<i32>,
    pub to: ResetTo,
}

/// What would become of each partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetPreview {
    pub rows: Vec<ResetRow>,
    /// Why it would be refused, in the tool's words.
    pub refused: Option<Arc<str>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResetRow {
    pub topic: Arc<str>,
    pub partition: i32,
    pub committed: Option<i64>,
    /// None: it cannot be; the note says why.
    pub becomes: Option<i64>,
    /// Its lag then.
    pub lag: Option<i64>,
    pub note: Option<Arc<str>>,
}

/// Looks it up.
pub(super) fn preview(session: &Session, ask: &ResetAsk) -> ResetPreview {
    let simulation = session.simulation();
    let shards = || simulation.brokers().flat_map(|broker| broker.groups().map(|(_, shard)| shard));
    let group = shards().find_map(|shard| shard.group(&ask.group));
    let state = group.map_or("Dead", |group| group.state.name());
    let to = ask.to.clone().at(session.wall_ms());
    let mut refused: Option<Arc<str>> = (!matches!(state, "Empty" | "Dead")).then(|| not_inactive(&ask.group, state).into());
    let committed = |partition: &TopicPartition| {
        let found = shards().find_map(|shard| shard.offsets().committed(&ask.group, &partition.topic, partition.partition.0));
        found.map(|offset| offset.offset.0)
    };
    let image = newest_image(simulation);
    if ask.topic.as_ref().is_some_and(|name| image.is_some_and(|image| image.topic(name).is_none())) && refused.is_none() {
        refused = Some(NO_TOPIC.into());
    }
    let mut rows = Vec::new();
    for topic in image.into_iter().flat_map(|image| image.topics()) {
        let wanted = ask.topic.as_ref().is_none_or(|name| *name == topic.name);
        if let Some(missing) =
            missing_partitions(&topic.name, &ask.partitions, topic.partitions.len()).filter(|_| wanted && refused.is_none())
        {
            refused = Some(missing.into());
        }
        let named = |index: PartitionIndex| ask.partitions.is_empty() || ask.partitions.contains(&index.0);
        for (index, partition) in topic.iter().filter(|(index, _)| wanted && named(*index)) {
            let name = TopicPartition { topic: Arc::clone(&topic.name), partition: index };
            let committed = committed(&name);
            if committed.is_some() || ask.topic.is_some() {
                rows.push(row(simulation, partition, &name, committed, &to));
            }
        }
    }
    ResetPreview { rows, refused }
}

fn row(simulation: &Simulation, image: &PartitionImage, name: &TopicPartition, committed: Option<i64>, to: &ResetTo) -> ResetRow {
    let PartitionIndex(partition) = name.partition;
    let blank = ResetRow { topic: Arc::clone(&name.topic), partition, committed, ..ResetRow::default() };
    let Some((log, Offset(latest))) = image.leader.and_then(|leader| log_of(simulation, leader, name)) else {
        return ResetRow { note: Some(format!("The partitions \"{name}\" have no leader").into()), ..blank };
    };
    let at_time = match to {
        ResetTo::Datetime { ms } => log.offset_for_timestamp(*ms).ok().flatten().map(|found| found.offset.0).filter(|at| *at < latest),
        _ => None,
    };
    let bounds = Bounds { committed, earliest: log.start_offset().0, latest, at_time };
    match new_offset(to, name, &bounds) {
        Ok((becomes, note)) => ResetRow { becomes: Some(becomes), lag: Some(latest - becomes), note: note.map(Into::into), ..blank },
        Err(why) => ResetRow { note: Some(why.into()), ..blank },
    }
}
