//! Committing positions: every `auto.commit.interval.ms`, before partitions are given back, on closing, and when the application asks.
//!
//! Differs from Apache Kafka 4.3.1: a commit that fails because a topic is gone is not tried again at once. Java's consumer does, thousands of
//! times before it joins again (until `max.poll.interval.ms` has passed) and for 30 s when it closes.

use super::config::ConsumerConfig;
use super::membership::MemberState;
use super::protocol::grouped;
use super::{Consumer, Life, Request, Subscription};
use crate::base::SortedMap;
use crate::base::{Context, Duration, EventId, Instant, LeaderEpoch, Offset, TopicPartition};
use crate::client::alarm::Alarm;
use crate::client::cluster::Tag;
use crate::client::connections::Answer;
use crate::wire::messages::offset_commit_request::{OffsetCommitRequestPartition, OffsetCommitRequestTopic};
use crate::wire::messages::{OffsetCommitRequest, OffsetCommitResponse};
use crate::wire::{ApiKey, ErrorCode};
use std::sync::Arc;

/// The last version that names topics; from the next on they have ids.
const NAMES_UNTIL: i16 = 9;

/// Why a commit was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Timer,
    Revocation,
    Closing,
    /// The application asked for it.
    Manual,
}

#[derive(Clone, Debug)]
struct Pending {
    offsets: Vec<(TopicPartition, Offset)>,
    purpose: Purpose,
    stamp: u32,
}

/// Commits under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Commits {
    pending: SortedMap<u64, Pending>,
    next: u64,
    timer: Instant,
    /// The event by which there is something to commit.
    pub assigned_by: Option<EventId>,
    /// What the last commit that failed failed of, until one succeeds.
    pub error: Option<(ErrorCode, Arc<str>)>,
}

impl Commits {
    pub fn any(&self) -> bool {
        !self.pending.is_empty()
    }

    pub fn is_pending(&self, purpose: Purpose) -> bool {
        self.pending.values().any(|pending| pending.purpose == purpose)
    }

    /// The next automatic commit is a whole interval from now.
    pub fn restart_timer(&mut self, now: Instant, config: &ConsumerConfig) {
        self.timer = now + Duration::from_kafka_ms(config.auto_commit_interval_ms.into());
    }
}

impl Consumer {
    /// Commits what the application has been given, if it is time to. Called when the application polls.
    pub(super) fn commit_in_time(&mut self, cx: &mut Context<'_>) {
        if self.commits_by_itself() && self.commits.timer <= cx.now {
            self.commits.restart_timer(cx.now, &self.config);
            self.commit_consumed(cx, Purpose::Timer);
        }
    }

    fn commits_by_itself(&self) -> bool {
        self.config.enable_auto_commit && self.group.is_some() && self.subscription != Subscription::None
    }

    /// Sends the positions to the coordinator; false where there is nothing to commit or no way to.
    pub(super) fn commit_consumed(&mut self, cx: &mut Context<'_>, purpose: Purpose) -> bool {
        self.commit_offsets(cx, self.partitions.consumed(), purpose)
    }

    pub(super) fn commit_offsets(
        &mut self,
        cx: &mut Context<'_>,
        offsets: Vec<(TopicPartition, Offset, LeaderEpoch)>,
        purpose: Purpose,
    ) -> bool {
        let (Some(channel), Some(group)) = (self.coordinator_ready(), &self.group) else { return false };
        let managed = matches!(self.subscription, Subscription::Topics(_));
        if offsets.is_empty() || managed && group.state != MemberState::Stable {
            return false;
        }
        let partitions: Vec<_> = offsets.iter().map(|(partition, ..)| partition.clone()).collect();
        let at = |topic: &Arc<str>, index: i32| {
            offsets.iter().find(|(partition, ..)| partition.topic == *topic && partition.partition.0 == index)
        };
        let topics = grouped(&partitions).into_iter().map(|(topic, indexes)| OffsetCommitRequestTopic {
            name: topic.to_string(),
            partitions: indexes
                .into_iter()
                .map(|index| OffsetCommitRequestPartition {
                    partition_index: index,
                    committed_offset: at(topic, index).map_or(-1, |(_, offset, _)| offset.0),
                    committed_leader_epoch: at(topic, index).map_or(-1, |(.., epoch)| epoch.0),
                    committed_metadata: Some(String::new()),
                    ..Default::default()
                })
                .collect(),
            ..Default::default()
        });
        let mut request = OffsetCommitRequest {
            group_id: group.id.to_string(),
            generation_id_or_member_epoch: if managed { group.generation.0 } else { -1 },
            member_id: if managed { group.member_id.to_string() } else { String::new() },
            group_instance_id: group.instance_id().filter(|_| managed),
            topics: topics.collect(),
            ..Default::default()
        };
        let number = self.commits.next;
        self.commits.next += 1;
        let stamp = group.stamp;
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into());
        let tag = Tag::Own(Request::Commit(number));
        if self.cluster.net.send_with(cx, channel, &mut request, tag, NAMES_UNTIL, timeout).is_err() {
            return false;
        }
        let offsets = offsets.into_iter().map(|(partition, offset, _)| (partition, offset)).collect();
        self.commits.pending.insert(number, Pending { offsets, purpose, stamp });
        true
    }

    pub(super) fn committed(&mut self, cx: &mut Context<'_>, number: u64, answer: &Answer<Request>) {
        let Some(pending) = self.commits.pending.remove(&number) else { return };
        let response = answer.response::<OffsetCommitResponse>();
        let error = response.map_or_else(|error| error, |response| first_error(&response));
        match error {
            ErrorCode::None => {
                self.commits.error = None;
                for (partition, offset) in &pending.offsets {
                    if let Some(progress) = self.partitions.get_mut(partition) {
                        progress.committed = Some(*offset);
                    }
                }
            }
            _ => self.commit_failed(cx, &pending, error),
        }
        let again = error.is_retriable() && error != ErrorCode::UnknownTopicOrPartition;
        match pending.purpose {
            Purpose::Revocation => self.prepared_commit(cx, again),
            Purpose::Closing if again && self.life == Life::Closing => self.close_commit_at = cx.now + self.cluster.retry_in(cx, 0),
            Purpose::Closing => self.close_committed = true,
            Purpose::Timer if again => self.commits.timer = cx.now + self.cluster.retry_in(cx, 0),
            Purpose::Timer | Purpose::Manual => {}
        }
    }

    fn commit_failed(&mut self, cx: &mut Context<'_>, pending: &Pending, error: ErrorCode) {
        self.commits.error = Some((error, error.message().into()));
        match error {
            ErrorCode::RebalanceInProgress => {
                if let Some(group) = self.group.as_mut().filter(|group| group.stamp == pending.stamp) {
                    group.request_rejoin(cx, "offset commit failed since group is already rebalancing");
                }
            }
            ErrorCode::RequestTimedOut => self.lose_coordinator(cx),
            _ => {
                if !self.membership_error(cx, pending.stamp, ApiKey::OffsetCommit, error) && error.is_retriable() {
                    self.cluster.note_retry(cx, error.name());
                }
            }
        }
    }

    pub(super) fn commit_alarm(&self) -> Option<Alarm> {
        self.commits_by_itself().then(|| Alarm::named(self.commits.timer, "auto.commit.interval.ms", self.commits.assigned_by))
    }
}

fn first_error(response: &OffsetCommitResponse) -> ErrorCode {
    let codes = response.topics.iter().flat_map(|topic| topic.partitions.iter().map(|partition| partition.error_code));
    let first = codes.into_iter().find(|code| *code != 0).unwrap_or(0);
    ErrorCode::from_i16(first).unwrap_or(ErrorCode::UnknownServerError)
}
