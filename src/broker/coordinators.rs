//! The home of the group coordinator in a broker (`GroupCoordinatorService`): which partition of `__consumer_offsets` a group belongs to,
//! whether this broker coordinates it, and the way of answers back to the connections. What groups are lies in `coordinator::group`; the
//! APIs' own files say what is asked of it.

use super::connections::{Answer, RequestContext};
use super::coordinating::{Gatherings, follow_leaders};
use super::{Broker, delete_groups, describe_groups, join_group, leave_group, list_groups, offset_fetch, txn_offset_commit};
use crate::base::{Context, Duration, Instant, Offset, PartitionIndex, TopicPartition};
use crate::controller::{BrokerSettings, MetadataDelta};
use crate::coordinator::group::partition::{GROUP_METADATA_TOPIC, partition_for};
use crate::coordinator::group::{GroupConfig, GroupReply, GroupShard};
use crate::coordinator::runtime::{Outcome, Reply as _, Runtime};
use crate::wire::ErrorCode;
use crate::wire::batch::TransactionEnd;
use crate::wire::messages::offset_fetch_request::OffsetFetchRequestGroup;
use std::sync::Arc;

/// A partition's groups, as this broker keeps them.
pub type Groups = GroupShard<Waiter>;

/// Who waits for an answer of the coordinator.
#[derive(Clone, Debug)]
pub struct Waiter(Recipient);

#[derive(Clone, Debug)]
enum Recipient {
    /// A request, of which this is the answer.
    Request(RequestContext),
    /// A request that concerns several groups or partitions: this is a part of its answer.
    Part { gathering: u64, index: usize },
}

/// The group coordinators of one broker.
#[derive(Clone, Debug)]
pub(super) struct GroupCoordinators {
    config: GroupConfig,
    runtime: Runtime<Groups>,
    gatherings: Gatherings<Gathered, GroupReply>,
}

/// What an answer is put together to.
#[derive(Clone, Debug)]
pub(super) enum Gathered {
    DescribeGroups {
        with_operations: bool,
    },
    ListGroups,
    DeleteGroups,
    /// What was asked of each group.
    OffsetFetch {
        groups: Vec<OffsetFetchRequestGroup>,
    },
}

impl GroupCoordinators {
    pub(super) fn new(settings: &BrokerSettings) -> Self {
        let config = group_config(settings);
        let runtime = Runtime::new(GROUP_METADATA_TOPIC, config.clone(), settings.offsets_commit_timeout);
        Self { config, runtime, gatherings: Gatherings::new() }
    }

    pub(super) const fn config(&self) -> &GroupConfig {
        &self.config
    }

    pub(super) fn next_due(&self) -> Option<Instant> {
        self.runtime.next_due()
    }
}

fn group_config(settings: &BrokerSettings) -> GroupConfig {
    let millis = |duration: Duration| i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    GroupConfig {
        min_session_timeout_ms: millis(settings.group_min_session_timeout),
        max_session_timeout_ms: millis(settings.group_max_session_timeout),
        initial_rebalance_delay_ms: millis(settings.group_initial_rebalance_delay),
        max_size: settings.group_max_size,
        offset_metadata_max: settings.offset_metadata_max_bytes,
        offsets_retention_ms: i64::from(settings.offsets_retention_minutes) * 60_000,
        offsets_retention_check_interval_ms: millis(settings.offsets_retention_check_interval).into(),
    }
}

impl Broker {
    /// The groups that this broker coordinates, by partition of `__consumer_offsets`.
    pub fn groups(&self) -> impl Iterator<Item = (PartitionIndex, &Groups)> {
        self.groups.runtime.shards()
    }

    /// Whether this broker is the group's coordinator, and has loaded it.
    pub fn coordinates(&self, group: &str) -> bool {
        let partition = self.partition_of_group(group);
        self.groups().any(|(index, _)| index == partition)
    }

    /// The partition of `__consumer_offsets` that has the group; as many as there will be, while the topic is not there.
    pub(super) fn partition_of_group(&self, group: &str) -> PartitionIndex {
        let existing = self.image.topic(GROUP_METADATA_TOPIC).and_then(|topic| i32::try_from(topic.partitions.len()).ok());
        partition_for(group, existing.unwrap_or(self.config.settings.offsets_topic_num_partitions))
    }

    /// Has a request handled by the group's coordinator. `refusal` is its answer where this broker is not that: an error is put in.
    pub(super) fn coordinate(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        group: &str,
        refusal: GroupReply,
        handler: impl FnOnce(&mut Groups, &mut Context<'_>, &mut Outcome<Groups>, Waiter),
    ) -> Answer {
        let waiter = Waiter(Recipient::Request(request.clone()));
        match self.handle_in_group(cx, self.partition_of_group(group), |shard, cx, out| handler(shard, cx, out, waiter)) {
            Ok(()) => Answer::Later,
            Err(error) => finish(request, refusal.failed(error)),
        }
    }

    /// As [`Self::coordinate`], for APIs that take no empty group id: INVALID_GROUP_ID.
    pub(super) fn coordinate_named(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        group: &str,
        refusal: GroupReply,
        handler: impl FnOnce(&mut Groups, &mut Context<'_>, &mut Outcome<Groups>, Waiter),
    ) -> Answer {
        if group.is_empty() {
            return finish(request, refusal.failed(ErrorCode::InvalidGroupId));
        }
        self.coordinate(cx, request, group, refusal, handler)
    }

    /// Has a request handled that concerns several groups: `handler` once for each of them. `refusal` as in [`Self::coordinate`].
    pub(super) fn coordinate_each(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        what: Gathered,
        groups: &[String],
        refusal: impl Fn(&str) -> GroupReply,
        mut handler: impl FnMut(usize, &mut Groups, &mut Context<'_>, &mut Outcome<Groups>, Waiter),
    ) -> Answer {
        let partitions: Vec<_> = groups.iter().map(|group| self.partition_of_group(group)).collect();
        let refused = |index: usize, error| groups.get(index).map(|group| refusal(group).failed(error));
        self.gather(cx, request, what, &partitions, refused, |index, shard, cx, out, waiter| handler(index, shard, cx, out, waiter))
    }

    /// Has a request handled that concerns all groups of this broker: `handler` once for each partition. `refusal` as in
    /// [`Self::coordinate`].
    pub(super) fn coordinate_all(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        what: Gathered,
        refusal: &GroupReply,
        mut handler: impl FnMut(&mut Groups, &mut Outcome<Groups>, Waiter),
    ) -> Answer {
        let loaded = self.groups.runtime.shards().map(|(partition, _)| partition);
        let partitions: Vec<_> = loaded.chain(self.groups.runtime.loading()).collect();
        let refused = |_, error| Some(refusal.clone().failed(error));
        self.gather(cx, request, what, &partitions, refused, |_, shard, _, out, waiter| handler(shard, out, waiter))
    }

    fn gather(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        what: Gathered,
        partitions: &[PartitionIndex],
        refused: impl Fn(usize, ErrorCode) -> Option<GroupReply>,
        mut handler: impl FnMut(usize, &mut Groups, &mut Context<'_>, &mut Outcome<Groups>, Waiter),
    ) -> Answer {
        if partitions.is_empty() {
            return finish_gathered(request, what, Vec::new(), self);
        }
        let gathering = self.groups.gatherings.begin(request, what, partitions.len());
        for (index, partition) in partitions.iter().enumerate() {
            let waiter = Waiter(Recipient::Part { gathering, index });
            let handled = self.handle_in_group(cx, *partition, |shard, cx, out| handler(index, shard, cx, out, waiter));
            if let Some(part) = handled.err().and_then(|error| refused(index, error)) {
                self.take_part(cx, gathering, index, part);
            }
        }
        Answer::Later
    }

    fn handle_in_group(
        &mut self,
        cx: &mut Context<'_>,
        partition: PartitionIndex,
        handler: impl FnOnce(&mut Groups, &mut Context<'_>, &mut Outcome<Groups>),
    ) -> Result<(), ErrorCode> {
        let handled = self.groups.runtime.handle(cx, &mut self.replicas, partition, handler);
        self.settle_groups(cx);
        handled
    }

    /// Ends a producer's transaction in a partition of `__consumer_offsets`. Returns the offset after its marker.
    ///
    /// # Errors
    /// NOT_LEADER_OR_FOLLOWER where this broker does not coordinate the partition's groups, and what the log refuses.
    pub(super) fn end_transaction_in_groups(
        &mut self,
        cx: &mut Context<'_>,
        partition: &TopicPartition,
        end: TransactionEnd,
        transaction_version: i16,
    ) -> Result<Offset, ErrorCode> {
        let ended = self.groups.runtime.end_transaction(cx, &mut self.replicas, partition.partition, end, transaction_version);
        ended.map_err(|error| match error {
            ErrorCode::NotCoordinator | ErrorCode::CoordinatorLoadInProgress => ErrorCode::NotLeaderOrFollower,
            error => error,
        })
    }

    /// A timer of the coordinator's came due.
    pub(super) fn wake_groups(&mut self, cx: &mut Context<'_>) {
        self.groups.runtime.wake(cx, &mut self.replicas);
        self.settle_groups(cx);
    }

    /// A partition moved: if it is one of `__consumer_offsets`, what was written to it may be committed.
    pub(super) fn tell_groups(&mut self, cx: &mut Context<'_>, moved: &TopicPartition) {
        if &*moved.topic == GROUP_METADATA_TOPIC
            && let Some(replica) = self.replicas.partition(moved)
        {
            self.groups.runtime.committed(moved.partition, replica.high_watermark(), cx.cause);
            self.answer_groups(cx);
        }
    }

    /// Makes this broker the coordinator of what it leads now, and of nothing else. What was committed for topics that are gone goes too.
    pub(super) fn apply_metadata_to_groups(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        let own = (self.config.node, &self.image);
        follow_leaders(&mut self.groups.runtime, cx, GROUP_METADATA_TOPIC, own, delta);
        let deleted: Vec<_> = delta.topics_deleted.values().map(|topic| (Arc::clone(&topic.name), topic.id)).collect();
        if !deleted.is_empty() {
            let loaded: Vec<_> = self.groups.runtime.shards().map(|(partition, _)| partition).collect();
            for partition in loaded {
                // They are loaded: nothing is refused.
                let _handled = self.handle_in_group(cx, partition, |shard, _, out| shard.topics_deleted(out, &deleted));
            }
        }
        self.settle_groups(cx);
    }

    /// After the coordinator has run: whoever waits for what it wrote hears of it, and whoever it answers.
    fn settle_groups(&mut self, cx: &mut Context<'_>) {
        self.partitions_moved(cx);
        self.answer_groups(cx);
    }

    fn answer_groups(&mut self, cx: &mut Context<'_>) {
        while let Some(ready) = self.groups.runtime.poll_reply() {
            let before = std::mem::replace(&mut cx.cause, ready.cause);
            match ready.token.0 {
                Recipient::Request(request) => {
                    let answer = finish(&request, ready.reply);
                    self.settle(cx, &request, answer);
                }
                Recipient::Part { gathering, index } => self.take_part(cx, gathering, index, ready.reply),
            }
            cx.cause = before;
        }
    }

    /// A part of an answer has come; with the last one, the answer goes.
    fn take_part(&mut self, cx: &mut Context<'_>, id: u64, index: usize, part: GroupReply) {
        if let Some((request, what, parts)) = self.groups.gatherings.take(id, index, part) {
            let answer = finish_gathered(&request, what, parts, self);
            self.settle(cx, &request, answer);
        }
    }
}

/// The answer to a request that concerns one group.
pub(super) fn finish(request: &RequestContext, reply: GroupReply) -> Answer {
    match reply {
        GroupReply::JoinGroup(response) => join_group::answer(request, response),
        GroupReply::LeaveGroup(response) => leave_group::answer(request, response),
        GroupReply::SyncGroup(mut response) => request.reply(&mut response),
        GroupReply::Heartbeat(mut response) => request.reply(&mut response),
        GroupReply::OffsetCommit(mut response) => request.reply(&mut response),
        GroupReply::TxnOffsetCommit(response) => txn_offset_commit::answer(request, response),
        GroupReply::OffsetDelete(mut response) => request.reply(&mut response),
        // Parts of an answer.
        GroupReply::OffsetFetch(_) | GroupReply::DescribeGroup(_) | GroupReply::DeleteGroup(_) | GroupReply::ListGroups(_) => Answer::Close,
    }
}

/// The answer to a request that concerns several.
fn finish_gathered(request: &RequestContext, what: Gathered, parts: Vec<GroupReply>, broker: &Broker) -> Answer {
    match what {
        Gathered::DescribeGroups { with_operations } => describe_groups::answer(request, with_operations, parts),
        Gathered::ListGroups => list_groups::answer(request, parts),
        Gathered::DeleteGroups => delete_groups::answer(request, parts),
        Gathered::OffsetFetch { groups } => offset_fetch::answer(broker, request, groups, parts),
    }
}
