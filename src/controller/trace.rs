//! What the controller's records mean, as events of the trace.

use super::image::{BrokerImage, ConfigResource, MetadataDelta, MetadataImage, PartitionImage};
use super::reassignment::{is_in_progress, without};
use crate::base::{Context, EventKind, LeaderEpoch, NodeId, Order, TopicPartition};
use std::sync::Arc;

/// Notes what has changed from one image to the next, each once, at the active controller and not wherever it is replayed.
pub(super) fn trace_changes(cx: &mut Context<'_>, before: &MetadataImage, after: &MetadataImage, delta: &MetadataDelta) {
    let outer = cx.cause;
    for id in &delta.brokers {
        trace_broker(cx, before.broker(*id), after.broker(*id), *id);
    }
    for topic in delta.topics_deleted.values() {
        cx.trace(EventKind::TopicDeleted { topic: Arc::clone(&topic.name) });
    }
    for name in delta.topics_created.values() {
        let Some(topic) = after.topic(name) else { continue };
        let partitions = topic.partitions.len() as i32;
        let replication_factor = topic.partitions.first().map_or(0, |partition| partition.replicas.len()) as i16;
        cx.trace(EventKind::TopicCreated { topic: Arc::clone(name), partitions, replication_factor });
    }
    trace_partitions(cx, before, after, delta);
    for resource in &delta.configs {
        trace_configs(cx, before, after, resource);
    }
    cx.cause = outer;
}

fn trace_partitions(cx: &mut Context<'_>, before: &MetadataImage, after: &MetadataImage, delta: &MetadataDelta) {
    let mut grown: Option<&Arc<str>> = None;
    for (name, earlier) in &delta.partitions {
        let Some(partition) = after.partition(name) else { continue };
        if earlier.is_none() && before.topic(&name.topic).is_some() && grown != Some(&name.topic) {
            grown = Some(&name.topic);
            let partitions = after.topic(&name.topic).map_or(0, |topic| topic.partitions.len()) as i32;
            cx.trace(EventKind::PartitionsAdded { topic: Arc::clone(&name.topic), partitions });
        }
        if let Some(earlier) = earlier {
            trace_reassignment(cx, name, earlier, partition);
        }
        if let Some(leader) = partition.leader.filter(|_| partition.is_recovering)
            && earlier.as_ref().is_some_and(|earlier| !earlier.is_recovering)
        {
            cx.trace(EventKind::UncleanElection { partition: name.clone(), leader });
        }
        if earlier.as_ref().is_none_or(|earlier| earlier.leader_epoch != partition.leader_epoch) {
            trace_leader(cx, name, partition.leader, partition.leader_epoch);
        }
        if earlier.as_ref().is_some_and(|earlier| earlier.isr != partition.isr) {
            let mut isr = partition.isr.clone();
            isr.order();
            cx.trace(EventKind::IsrChanged { partition: name.clone(), isr });
        }
    }
}

fn trace_configs(cx: &mut Context<'_>, before: &MetadataImage, after: &MetadataImage, resource: &ConfigResource) {
    let (then, now) = (before.configs(resource), after.configs(resource));
    let removed = then.keys().filter(|name| !now.contains_key(*name)).map(|name| (name, None));
    let changed = now.iter().filter(|(name, value)| then.get(*name) != Some(value)).map(|(name, value)| (name, Some(Arc::clone(value))));
    let text: Arc<str> = resource.to_string().into();
    for (name, value) in removed.chain(changed) {
        cx.trace(EventKind::ConfigChanged { resource: Arc::clone(&text), name: Arc::clone(name), value });
    }
}

fn trace_leader(cx: &mut Context<'_>, partition: &TopicPartition, leader: Option<NodeId>, epoch: LeaderEpoch) {
    cx.trace(EventKind::LeaderElected { partition: partition.clone(), leader: leader.unwrap_or(NodeId(-1)), epoch });
}

fn trace_reassignment(cx: &mut Context<'_>, name: &TopicPartition, before: &PartitionImage, now: &PartitionImage) {
    let goal = without(&now.replicas, &now.removing_replicas);
    if is_in_progress(now) && (!is_in_progress(before) || goal != without(&before.replicas, &before.removing_replicas)) {
        cx.trace(EventKind::ReassignmentBegan { partition: name.clone(), replicas: goal });
    } else if !is_in_progress(now) && (is_in_progress(before) || before.replicas != now.replicas) {
        cx.trace(EventKind::ReassignmentEnded { partition: name.clone(), replicas: goal });
    }
}

fn trace_broker(cx: &mut Context<'_>, before: Option<&BrokerImage>, now: Option<&BrokerImage>, node: NodeId) {
    let Some(now) = now else {
        cx.trace(EventKind::BrokerUnregistered { node });
        return;
    };
    if before.is_none_or(|before| before.epoch != now.epoch) {
        cx.trace(EventKind::BrokerRegistered { node });
    }
    match (before.is_none_or(|before| before.fenced), now.fenced) {
        // What a fenced broker led is led by others, and what it led goes back to it: because of that.
        (true, false) => cx.because(EventKind::BrokerUnfenced { node }),
        (false, true) => cx.because(EventKind::BrokerFenced { node }),
        (true, true) | (false, false) => return,
    };
}
