//! Whether what was read still stands: where a partition has another leader, its log may have parted from the one that was read (KIP-320,
//! `OffsetsForLeaderEpochUtils`). The leader is asked where the epoch of the last record ends; a position beyond that was truncated.

use super::config::OffsetReset;
use super::subscription::Readiness;
use super::{Consumer, Request};
use crate::base::{Context, EventKind, Instant, LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::client::alarm::Alarm;
use crate::client::cluster::Tag;
use crate::client::connections::{Answer, Channel};
use crate::wire::messages::offset_for_leader_epoch_request::{OffsetForLeaderPartition, OffsetForLeaderTopic};
use crate::wire::messages::{OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse};
use crate::wire::{ApiKey, ErrorCode};

/// Since this version a consumer may ask.
const CONSUMERS_SINCE: i16 = 3;

/// What was asked, and of which position.
#[derive(Clone, Debug)]
struct Question {
    partition: TopicPartition,
    position: Offset,
    /// Of the leader that was asked.
    leader_epoch: LeaderEpoch,
}

/// Questions under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Validation {
    asked: SortedMap<u64, Vec<Question>>,
    busy: SortedSet<TopicPartition>,
    next: u64,
}

/// Where the epoch of a position's last record ends in the leader's log; -1 where that has no such epoch.
struct End {
    epoch: LeaderEpoch,
    offset: Offset,
}

impl Consumer {
    /// Sees to positions that were good by another leader. Called when the application polls.
    pub(super) fn validate_positions(&mut self, cx: &mut Context<'_>) {
        let mut nodes: SortedMap<NodeId, Vec<(Question, LeaderEpoch)>> = SortedMap::new();
        let mut leaderless = false;
        for (partition, progress) in self.partitions.iter_mut() {
            let leadership = self.cluster.metadata.leadership(partition);
            let Some(leader) = leadership.leader else {
                leaderless |= progress.readiness == Readiness::NeedsValidation;
                continue;
            };
            if leadership.epoch <= progress.validated {
                continue;
            }
            match progress.readiness {
                // Nothing was read yet, so nothing can have parted.
                Readiness::Ready if progress.epoch.0 < 0 => progress.validated = leadership.epoch,
                Readiness::Ready => progress.readiness = Readiness::NeedsValidation,
                Readiness::NeedsCommitted | Readiness::NeedsReset(_) | Readiness::NeedsValidation => {}
            }
            if progress.readiness == Readiness::NeedsValidation && progress.retry_at <= cx.now && !self.validation.busy.contains(partition)
            {
                let (partition, leader_epoch) = (partition.clone(), leadership.epoch);
                let question = Question { partition, position: progress.position, leader_epoch };
                nodes.entry(leader).or_default().push((question, progress.epoch));
            }
        }
        if leaderless {
            self.cluster.want_metadata(cx);
        }
        for (node, questions) in nodes {
            self.ask_for_epoch_ends(cx, node, questions);
        }
    }

    fn ask_for_epoch_ends(&mut self, cx: &mut Context<'_>, node: NodeId, questions: Vec<(Question, LeaderEpoch)>) {
        let channel = Channel::Broker(node);
        if !self.cluster.net.ensure(cx, channel) {
            return;
        }
        let version = self.cluster.net.version(channel, ApiKey::OffsetForLeaderEpoch).flatten();
        if version.is_none_or(|version| version < CONSUMERS_SINCE) {
            return questions.iter().for_each(|(question, _)| self.take_for_good(question));
        }
        let mut request = OffsetForLeaderEpochRequest { replica_id: -1, ..Default::default() };
        for (question, epoch) in &questions {
            let asked = OffsetForLeaderPartition {
                partition: question.partition.partition.0,
                current_leader_epoch: question.leader_epoch.0,
                leader_epoch: epoch.0,
                ..Default::default()
            };
            match request.topics.last_mut().filter(|topic| topic.topic == *question.partition.topic) {
                Some(topic) => topic.partitions.push(asked),
                None => request.topics.push(OffsetForLeaderTopic {
                    topic: question.partition.topic.to_string(),
                    partitions: vec![asked],
                    ..Default::default()
                }),
            }
        }
        let number = self.validation.next;
        self.validation.next += 1;
        if self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::Validate(number))).is_ok() {
            let asked: Vec<_> = questions.into_iter().map(|(question, _)| question).collect();
            self.validation.busy.extend(asked.iter().map(|question| question.partition.clone()));
            self.validation.asked.insert(number, asked);
        }
    }

    pub(super) fn validated(&mut self, cx: &mut Context<'_>, number: u64, answer: &Answer<Request>) {
        let Some(asked) = self.validation.asked.remove(&number) else { return };
        let response = answer.response::<OffsetForLeaderEpochResponse>();
        for question in asked {
            self.validation.busy.remove(&question.partition);
            match response.as_ref().map_err(|error| *error).and_then(|response| find(response, &question.partition)) {
                Ok(end) => self.judge_position(cx, &question, &end),
                Err(error) => self.ask_again(cx, &question, error),
            }
        }
    }

    /// Compares a position with where its epoch ends (`SubscriptionState.maybeCompleteValidation`).
    fn judge_position(&mut self, cx: &mut Context<'_>, question: &Question, end: &End) {
        let still = |progress: &super::Progress| progress.readiness == Readiness::NeedsValidation && progress.position == question.position;
        if !self.partitions.get(&question.partition).is_some_and(still) {
            return;
        }
        let unknown = end.epoch.0 < 0 || end.offset.0 < 0;
        if !unknown && end.offset >= question.position {
            return self.take_for_good(question);
        }
        let reset = self.config.auto_offset_reset;
        if reset == OffsetReset::None {
            let message = format!("Truncated partition {} detected at position {}", question.partition, question.position);
            return self.fail(cx, "LOG_TRUNCATION", &message);
        }
        let Some(progress) = self.partitions.get_mut(&question.partition) else { return };
        if unknown {
            progress.readiness = Readiness::NeedsReset(reset);
            return;
        }
        progress.seek(end.offset);
        progress.epoch = end.epoch;
        progress.validated = question.leader_epoch;
        let (client, partition, reason) = (self.name.clone(), question.partition.clone(), "truncation detected".into());
        cx.trace(EventKind::Sought { client, partition, position: end.offset, reason });
    }

    fn take_for_good(&mut self, question: &Question) {
        let progress = self.partitions.get_mut(&question.partition);
        if let Some(progress) = progress.filter(|progress| progress.readiness == Readiness::NeedsValidation) {
            progress.readiness = Readiness::Ready;
            progress.validated = question.leader_epoch;
        }
    }

    fn ask_again(&mut self, cx: &mut Context<'_>, question: &Question, error: ErrorCode) {
        self.cluster.note_retry(cx, error.name());
        self.cluster.want_metadata(cx);
        let wait = self.cluster.retry_in(cx, 0);
        if let Some(progress) = self.partitions.get_mut(&question.partition) {
            progress.retry_at = cx.now + wait;
        }
    }

    pub(super) fn validation_alarm(&self, now: Instant) -> Option<Alarm> {
        let waiting = self.partitions.iter().filter(|(_, progress)| progress.readiness == Readiness::NeedsValidation);
        let times = waiting.filter_map(|(partition, progress)| {
            let channel = Channel::Broker(self.cluster.metadata.leader(partition)?);
            let connect = (!self.cluster.net.is_open(channel)).then(|| self.cluster.net.retry_at(channel)).flatten();
            connect.max(Some(progress.retry_at))
        });
        times.filter(|at| *at > now).min().map(|at| Alarm::named(at, "retry.backoff.ms", None))
    }
}

fn find(response: &OffsetForLeaderEpochResponse, partition: &TopicPartition) -> Result<End, ErrorCode> {
    let topic = response.topics.iter().find(|topic| topic.topic == *partition.topic);
    let found = topic.and_then(|topic| topic.partitions.iter().find(|found| found.partition == partition.partition.0));
    match found {
        Some(found) if found.error_code == 0 => Ok(End { epoch: LeaderEpoch(found.leader_epoch), offset: Offset(found.end_offset) }),
        Some(found) => Err(ErrorCode::from_i16(found.error_code).unwrap_or(ErrorCode::UnknownServerError)),
        None => Err(ErrorCode::UnknownTopicOrPartition),
    }
}
