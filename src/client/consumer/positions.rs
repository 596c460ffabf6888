//! Where to begin in a partition: at the committed offset, else where `auto.offset.reset` says (`OffsetFetcher`).

use super::config::OffsetReset;
use super::protocol::grouped;
use super::subscription::Readiness;
use super::{Consumer, Request};
use crate::base::{Context, Duration, EventKind, Instant, LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::client::alarm::Alarm;
use crate::client::cluster::Tag;
use crate::client::connections::{Answer, Channel};
use crate::client::producer::is_metadata_stale;
use crate::wire::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use crate::wire::messages::offset_fetch_request::{OffsetFetchRequestGroup, OffsetFetchRequestTopic, OffsetFetchRequestTopics};
use crate::wire::messages::{ListOffsetsRequest, ListOffsetsResponse, OffsetFetchRequest, OffsetFetchResponse};
use crate::wire::{ApiKey, ErrorCode};

/// The last version of OffsetFetch that names topics, and the first that asks for several groups.
const NAMES_UNTIL: i16 = 9;
const GROUPS_SINCE: i16 = 8;
/// Why a member reads from where its group had come to.
pub const AT_COMMITTED: &str = "committed offset";
/// ListOffsets' timestamps that mean a place in the log.
const LATEST: i64 = -1;
const EARLIEST: i64 = -2;

/// Look-ups under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Positions {
    committed_busy: bool,
    committed_at: Instant,
    committed_failures: u32,
    resetting: SortedSet<TopicPartition>,
    lookups: SortedMap<u64, Vec<TopicPartition>>,
    next: u64,
}

impl Consumer {
    /// Finds out where to read on, wherever that is not known. Called when the application polls.
    pub(super) fn find_positions(&mut self, cx: &mut Context<'_>) {
        let unsettled = |(_, progress): (_, &super::subscription::Progress)| progress.readiness != Readiness::Ready;
        if !self.partitions.iter().any(unsettled) {
            return;
        }
        if self.group.is_some() {
            self.fetch_committed(cx);
        } else {
            let reset = self.config.auto_offset_reset;
            let unknown = self.partitions.iter_mut().filter(|(_, progress)| progress.readiness == Readiness::NeedsCommitted);
            unknown.for_each(|(_, progress)| progress.readiness = Readiness::NeedsReset(reset));
        }
        self.reset_positions(cx);
    }

    // ── committed offsets ──

    fn fetch_committed(&mut self, cx: &mut Context<'_>) {
        let wanted = self.partitions.iter().filter(|(_, progress)| progress.readiness == Readiness::NeedsCommitted);
        let wanted: Vec<_> = wanted.map(|(partition, _)| partition.clone()).collect();
        if wanted.is_empty() || self.positions.committed_busy || self.positions.committed_at > cx.now {
            return;
        }
        let (Some(channel), Some(group)) = (self.coordinator_ready(), &self.group) else { return };
        let grouped_version =
            self.cluster.net.version(channel, ApiKey::OffsetFetch).flatten().is_some_and(|version| version >= GROUPS_SINCE);
        let topics = grouped(&wanted).into_iter().map(|(topic, partitions)| (topic.to_string(), partitions));
        let group_id = group.id.to_string();
        let mut request = OffsetFetchRequest { require_stable: true, ..Default::default() };
        if grouped_version {
            let topics = topics.map(|(name, partition_indexes)| OffsetFetchRequestTopics { name, partition_indexes, ..Default::default() });
            request.groups = vec![OffsetFetchRequestGroup { group_id, topics: Some(topics.collect()), ..Default::default() }];
        } else {
            let topics = topics.map(|(name, partition_indexes)| OffsetFetchRequestTopic { name, partition_indexes, ..Default::default() });
            (request.group_id, request.topics) = (group_id, Some(topics.collect()));
            request.require_stable = false;
        }
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into());
        let tag = Tag::Own(Request::Committed(group.stamp));
        self.positions.committed_busy = self.cluster.net.send_with(cx, channel, &mut request, tag, NAMES_UNTIL, timeout).is_ok();
    }

    pub(super) fn committed_came(&mut self, cx: &mut Context<'_>, stamp: u32, answer: &Answer<Request>) {
        self.positions.committed_busy = false;
        match answer.response::<OffsetFetchResponse>().and_then(flatten) {
            Ok(offsets) => {
                self.positions.committed_failures = 0;
                offsets.into_iter().for_each(|(partition, offset, epoch)| self.begin_at_committed(cx, &partition, offset, epoch));
            }
            Err(error) => {
                self.positions.committed_at = cx.now + self.cluster.retry_in(cx, self.positions.committed_failures);
                self.positions.committed_failures += 1;
                if !self.membership_error(cx, stamp, ApiKey::OffsetFetch, error) {
                    self.cluster.note_retry(cx, error.name());
                    if !error.is_retriable() {
                        self.fail(cx, error.name(), error.message());
                    }
                }
            }
        }
    }

    fn begin_at_committed(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, offset: Offset, epoch: LeaderEpoch) {
        let reset = self.config.auto_offset_reset;
        let Some(progress) = self.partitions.get_mut(partition).filter(|progress| progress.readiness == Readiness::NeedsCommitted) else {
            return;
        };
        if offset.0 < 0 {
            progress.readiness = Readiness::NeedsReset(reset);
            return;
        }
        progress.seek(offset);
        progress.epoch = epoch;
        progress.committed = Some(offset);
        let reason = AT_COMMITTED.into();
        cx.trace(EventKind::Sought { client: self.name.clone(), partition: partition.clone(), position: offset, reason });
    }

    // ── resets ──

    fn reset_positions(&mut self, cx: &mut Context<'_>) {
        let mut nodes: SortedMap<NodeId, Vec<(TopicPartition, OffsetReset)>> = SortedMap::new();
        let mut leaderless = false;
        let mut undefined = Vec::new();
        for (partition, progress) in self.partitions.iter() {
            let Readiness::NeedsReset(reset) = progress.readiness else { continue };
            if reset == OffsetReset::None {
                undefined.push(partition.to_string());
            } else if progress.retry_at <= cx.now && !self.positions.resetting.contains(partition) {
                match self.cluster.metadata.leader(partition) {
                    Some(leader) => nodes.entry(leader).or_default().push((partition.clone(), reset)),
                    None => leaderless = true,
                }
            }
        }
        if leaderless {
            self.cluster.want_metadata(cx);
        }
        if !undefined.is_empty() {
            let message = format!("Undefined offset with no reset policy for partitions: [{}]", undefined.join(", "));
            return self.fail(cx, "NO_OFFSET_FOR_PARTITION", &message);
        }
        for (node, partitions) in nodes {
            self.list_offsets(cx, node, partitions);
        }
    }

    fn list_offsets(&mut self, cx: &mut Context<'_>, node: NodeId, partitions: Vec<(TopicPartition, OffsetReset)>) {
        let channel = Channel::Broker(node);
        if !self.cluster.net.ensure(cx, channel) {
            return;
        }
        let mut request = ListOffsetsRequest {
            replica_id: -1,
            isolation_level: self.config.isolation_level.as_i8(),
            timeout_ms: self.config.request_timeout_ms,
            ..Default::default()
        };
        for (partition, reset) in &partitions {
            let asked = ListOffsetsPartition {
                partition_index: partition.partition.0,
                current_leader_epoch: self.cluster.metadata.leadership(partition).epoch.0,
                timestamp: if *reset == OffsetReset::Earliest { EARLIEST } else { LATEST },
                ..Default::default()
            };
            match request.topics.last_mut().filter(|topic| topic.name == *partition.topic) {
                Some(topic) => topic.partitions.push(asked),
                None => request.topics.push(ListOffsetsTopic {
                    name: partition.topic.to_string(),
                    partitions: vec![asked],
                    ..Default::default()
                }),
            }
        }
        let number = self.positions.next;
        self.positions.next += 1;
        if self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::ListOffsets(number))).is_ok() {
            let partitions: Vec<_> = partitions.into_iter().map(|(partition, _)| partition).collect();
            self.positions.resetting.extend(partitions.iter().cloned());
            self.positions.lookups.insert(number, partitions);
        }
    }

    pub(super) fn offsets_came(&mut self, cx: &mut Context<'_>, number: u64, answer: &Answer<Request>) {
        let Some(asked) = self.positions.lookups.remove(&number) else { return };
        let response = answer.response::<ListOffsetsResponse>();
        for partition in asked {
            self.positions.resetting.remove(&partition);
            let found = response.as_ref().map_err(|error| *error).and_then(|response| find(response, &partition));
            match found {
                Ok(offset) => self.reset_to(cx, &partition, offset),
                Err(error) => self.reset_failed(cx, &partition, error),
            }
        }
    }

    fn reset_to(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, offset: Offset) {
        let Some(progress) = self.partitions.get_mut(partition) else { return };
        let Readiness::NeedsReset(reset) = progress.readiness else { return };
        progress.seek(offset);
        let reason = reset.name().into();
        cx.trace(EventKind::Sought { client: self.name.clone(), partition: partition.clone(), position: offset, reason });
    }

    fn reset_failed(&mut self, cx: &mut Context<'_>, partition: &TopicPartition, error: ErrorCode) {
        let wait = self.cluster.retry_in(cx, 0);
        if let Some(progress) = self.partitions.get_mut(partition) {
            progress.retry_at = cx.now + wait;
        }
        self.cluster.note_retry(cx, error.name());
        if is_metadata_stale(error) || error.is_retriable() {
            self.cluster.want_metadata(cx);
        } else {
            self.fail(cx, error.name(), error.message());
        }
    }

    pub(super) fn positions_alarm(&self, now: Instant) -> Option<Alarm> {
        let mut alarm = None;
        for (partition, progress) in self.partitions.iter() {
            let at = match progress.readiness {
                Readiness::Ready | Readiness::NeedsValidation => continue,
                Readiness::NeedsCommitted if self.positions.committed_busy => continue,
                Readiness::NeedsCommitted => self.positions.committed_at,
                Readiness::NeedsReset(_) => {
                    let connect =
                        self.cluster.metadata.leader(partition).and_then(|leader| self.cluster.net.retry_at(Channel::Broker(leader)));
                    connect.map_or(progress.retry_at, |at| at.max(progress.retry_at))
                }
            };
            if at > now && alarm.is_none_or(|known| at < known) {
                alarm = Some(at);
            }
        }
        alarm.map(|at| Alarm::named(at, "retry.backoff.ms", None))
    }
}

/// The committed offsets, -1 for none, with the epochs of what was read last; the first error if there is one.
fn flatten(response: OffsetFetchResponse) -> Result<Vec<(TopicPartition, Offset, LeaderEpoch)>, ErrorCode> {
    let mut found = Vec::new();
    let mut errors = vec![response.error_code];
    for topic in response.topics {
        for partition in topic.partitions {
            errors.push(partition.error_code);
            let name = TopicPartition::new(topic.name.as_str(), partition.partition_index);
            found.push((name, Offset(partition.committed_offset), LeaderEpoch(partition.committed_leader_epoch)));
        }
    }
    for group in response.groups {
        errors.push(group.error_code);
        for topic in group.topics {
            for partition in topic.partitions {
                errors.push(partition.error_code);
                let name = TopicPartition::new(topic.name.as_str(), partition.partition_index);
                found.push((name, Offset(partition.committed_offset), LeaderEpoch(partition.committed_leader_epoch)));
            }
        }
    }
    let error = errors.into_iter().find(|code| *code != 0);
    error.map_or(Ok(found), |code| Err(ErrorCode::from_i16(code).unwrap_or(ErrorCode::UnknownServerError)))
}

fn find(response: &ListOffsetsResponse, partition: &TopicPartition) -> Result<Offset, ErrorCode> {
    let topic = response.topics.iter().find(|topic| topic.name == *partition.topic);
    let found = topic.and_then(|topic| topic.partitions.iter().find(|found| found.partition_index == partition.partition.0));
    match found {
        Some(found) if found.error_code == 0 => Ok(Offset(found.offset)),
        Some(found) => Err(ErrorCode::from_i16(found.error_code).unwrap_or(ErrorCode::UnknownServerError)),
        None => Err(ErrorCode::UnknownTopicOrPartition),
    }
}
