//! How a member joins: commits, gives back, joins, assigns if it leads, and takes up what it is given (`ConsumerCoordinator`). Eagerly, all is
//! given back before the group rebalances; cooperatively (KIP-429) only what is to move, once that is known, and then the group
//! rebalances a second time.

use super::commit::Purpose;
use super::membership::{Group, Leading, MemberState, Prepare};
use super::protocol::{Memory, decode_assignment, decode_member, encode_assignment, encode_subscription};
use super::{Consumer, Request, Subscription};
use crate::base::SortedSet;
use crate::base::{Context, Duration, EventKind, GenerationId, Instant, TopicPartition};
use crate::client::alarm::Alarm;
use crate::client::assignor::{Assignment, Assignor, Topics};
use crate::client::cluster::Tag;
use crate::client::connections::{Answer, Channel};
use crate::wire::messages::join_group_request::JoinGroupRequestProtocol;
use crate::wire::messages::sync_group_request::SyncGroupRequestAssignment;
use crate::wire::messages::{JoinGroupRequest, JoinGroupResponse, SyncGroupRequest, SyncGroupResponse};
use crate::wire::{ApiKey, ErrorCode};
use std::sync::Arc;

const PROTOCOL_TYPE: &str = "consumer";
/// A JoinGroup is waited for this much longer than the rebalance may take.
const JOIN_GRACE: Duration = Duration::from_secs(5);

impl Consumer {
    /// Whether members keep what they own while the group rebalances: only if every assignor they offer can do with it.
    pub(super) fn is_cooperative(&self) -> bool {
        self.config.strategy.0.iter().all(|assignor| assignor.is_cooperative())
    }

    /// Takes the membership as far as it goes now. Called when the application polls.
    pub(super) fn take_part(&mut self, cx: &mut Context<'_>) {
        if !matches!(self.subscription, Subscription::Topics(_)) {
            return;
        }
        self.watch_metadata(cx);
        if let Some(assignment) = self.group.as_mut().and_then(|group| group.assignment.take()) {
            self.take_up(cx, assignment);
        }
        let Some(channel) = self.coordinator_ready() else { return };
        if self.group.as_ref().is_some_and(|group| group.leading.is_some()) {
            self.assign_when_fresh(cx, channel);
        }
        let idle = |group: &Group| matches!(group.state, MemberState::Unjoined | MemberState::Stable) && group.join_at <= cx.now;
        let Some(rejoin) = self.group.as_ref().filter(|group| idle(group)).and_then(|group| group.rejoin.clone()) else { return };
        let outer = cx.cause;
        cx.cause = rejoin.cause.or(outer);
        if self.prepare(cx) {
            self.join(cx, channel, &rejoin.reason);
        }
        cx.cause = outer;
    }

    /// A leader looks whether what it assigned is still what there is; every member, whether its subscription is the one it joined with.
    fn watch_metadata(&mut self, cx: &mut Context<'_>) {
        let (Some(group), Subscription::Topics(topics)) = (&mut self.group, &self.subscription) else { return };
        if group.state == MemberState::Stable && group.joined_topics != *topics {
            group.request_rejoin_if_necessary(cx, "subscription has changed");
        }
        let metadata = &self.cluster.metadata;
        if group.metadata_version == metadata.version {
            return;
        }
        group.metadata_version = metadata.version;
        if let Some(before) = &group.assigned_of
            && group.state == MemberState::Stable
            && before.iter().any(|(topic, count)| metadata.partition_count(topic) != *count)
        {
            group.request_rejoin_if_necessary(cx, "cached metadata has changed");
        }
    }

    // ── before joining ──

    /// Commits and gives back what has to be; whether it is done.
    fn prepare(&mut self, cx: &mut Context<'_>) -> bool {
        loop {
            let Some(group) = &mut self.group else { return false };
            match group.prepare {
                Prepare::Needed => {
                    let until = cx.now + Duration::from_kafka_ms(self.config.max_poll_interval_ms.into());
                    group.prepare = Prepare::Committing { until, retry_at: cx.now };
                    if !self.is_cooperative() {
                        self.partitions.iter_mut().for_each(|(_, progress)| progress.leaving = true);
                    }
                }
                Prepare::Committing { until, retry_at } => {
                    if !self.config.enable_auto_commit || until <= cx.now {
                        group.prepare = Prepare::Committed;
                    } else if retry_at > cx.now || self.commits.is_pending(Purpose::Revocation) {
                        return false;
                    } else if !self.commit_consumed(cx, Purpose::Revocation)
                        && let Some(group) = &mut self.group
                    {
                        group.prepare = Prepare::Committed;
                    }
                }
                Prepare::Committed => {
                    self.give_back(cx);
                    if let Some(group) = &mut self.group {
                        group.prepare = Prepare::Done;
                        group.is_leader = false;
                        group.assigned_of = None;
                    }
                }
                Prepare::Done => return true,
            }
        }
    }

    /// The commit before a rebalance was answered; whether it is to be tried again.
    pub(super) fn prepared_commit(&mut self, cx: &mut Context<'_>, retry: bool) {
        let wait = self.cluster.retry_in(cx, 0);
        if let Some(group) = &mut self.group
            && let Prepare::Committing { until, .. } = group.prepare
        {
            group.prepare = if retry { Prepare::Committing { until, retry_at: cx.now + wait } } else { Prepare::Committed };
        }
    }

    fn give_back(&mut self, cx: &mut Context<'_>) {
        let Some(group) = &self.group else { return };
        let lost = group.generation.0 < 0 || group.member_id.is_empty();
        let topics = match &self.subscription {
            Subscription::Topics(topics) => topics.clone(),
            _ => SortedSet::new(),
        };
        let all = lost || !self.is_cooperative();
        let revoked: Vec<_> = self.partitions.keys().into_iter().filter(|partition| all || !topics.contains(&partition.topic)).collect();
        self.revoke(cx, revoked, lost);
    }

    /// Takes partitions from the application.
    pub(super) fn revoke(&mut self, cx: &mut Context<'_>, revoked: Vec<TopicPartition>, lost: bool) {
        if revoked.is_empty() {
            return;
        }
        self.partitions.remove(&revoked);
        self.fetcher.drop_partitions(&self.partitions);
        let group = self.group.as_ref().map_or_else(|| "".into(), |group| group.id.clone());
        cx.because(EventKind::Revoked { client: self.name.clone(), group, partitions: revoked, lost });
    }

    // ── joining ──

    fn join(&mut self, cx: &mut Context<'_>, channel: Channel, reason: &str) {
        let Subscription::Topics(topics) = self.subscription.clone() else { return };
        let owned = self.partitions.keys();
        let Some(group) = &mut self.group else { return };
        let mut protocols = Vec::new();
        for &assignor in &self.config.strategy.0 {
            let memory = if assignor == Assignor::Sticky { &group.sticky } else { &group.cooperative };
            match encode_subscription(assignor, topics.iter().cloned(), &owned, group.generation, &self.config.client_rack, memory) {
                Ok(metadata) => {
                    protocols.push(JoinGroupRequestProtocol { name: assignor.name().to_owned(), metadata, ..Default::default() })
                }
                Err(error) => return self.fail(cx, ErrorCode::InvalidRequest.name(), &error.to_string()),
            }
        }
        let rebalance_timeout = Duration::from_kafka_ms(self.config.max_poll_interval_ms.into());
        let mut request = JoinGroupRequest {
            group_id: group.id.to_string(),
            session_timeout_ms: self.config.session_timeout_ms,
            rebalance_timeout_ms: self.config.max_poll_interval_ms,
            member_id: group.member_id.to_string(),
            group_instance_id: group.instance_id(),
            protocol_type: PROTOCOL_TYPE.to_owned(),
            protocols,
            reason: Some(reason.chars().take(255).collect()),
            ..Default::default()
        };
        group.joined_topics = topics;
        group.state = MemberState::PreparingRebalance;
        let tag = Tag::Own(Request::Join(group.stamp));
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into()).max(rebalance_timeout + JOIN_GRACE);
        if let Err(error) = self.cluster.net.send_with(cx, channel, &mut request, tag, i16::MAX, timeout) {
            self.fail(cx, ErrorCode::UnsupportedVersion.name(), &error.to_string());
        }
    }

    pub(super) fn joined(&mut self, cx: &mut Context<'_>, stamp: u32, answer: &Answer<Request>) {
        let Some(group) = self.group.as_mut().filter(|group| group.stamp == stamp && group.state == MemberState::PreparingRebalance) else {
            return;
        };
        let response = answer.response::<JoinGroupResponse>();
        let error = response.as_ref().map_or_else(|error| *error, |response| error_of(response.error_code));
        match response {
            Ok(response) if error.is_none() => self.joined_generation(cx, answer, response),
            Ok(response) if error == ErrorCode::MemberIdRequired => {
                group.member_id = response.member_id.as_str().into();
                group.state = MemberState::Unjoined;
                group.stamp += 1;
                if let Some(rejoin) = &mut group.rejoin {
                    rejoin.reason = format!("need to re-join with the given member-id: {}", response.member_id).into();
                    rejoin.cause = cx.cause;
                }
            }
            _ => self.join_failed(cx, stamp, ApiKey::JoinGroup, error),
        }
    }

    fn joined_generation(&mut self, cx: &mut Context<'_>, answer: &Answer<Request>, response: JoinGroupResponse) {
        let Some(group) = &mut self.group else { return };
        let name = response.protocol_name.clone().unwrap_or_default();
        let Some(assignor) = Assignor::from_name(&name) else {
            return self.fail(
                cx,
                ErrorCode::InconsistentGroupProtocol.name(),
                &format!("Coordinator selected invalid assignment protocol: {name}"),
            );
        };
        group.state = MemberState::CompletingRebalance;
        group.member_id = response.member_id.as_str().into();
        group.generation = GenerationId(response.generation_id);
        group.protocol = Some(assignor);
        group.is_leader = response.leader == response.member_id;
        group.stamp += 1;
        group.heard = cx.now;
        group.joined_by = cx.cause;
        group.heartbeat_at = cx.now + Duration::from_kafka_ms(self.config.heartbeat_interval_ms.into());
        if group.is_leader {
            group.leading = Some(Leading { response, assignor, metadata_version: self.cluster.metadata.version });
            self.watch_group_topics(cx);
            self.assign_when_fresh(cx, answer.channel);
        } else {
            self.sync(cx, answer.channel, &Assignment::new());
        }
    }

    fn join_failed(&mut self, cx: &mut Context<'_>, stamp: u32, api: ApiKey, error: ErrorCode) {
        let wait = self.cluster.retry_in(cx, self.group.as_ref().map_or(0, |group| group.join_failures));
        let Some(group) = &mut self.group else { return };
        group.state = MemberState::Unjoined;
        group.leading = None;
        if !matches!(error, ErrorCode::UnknownMemberId | ErrorCode::IllegalGeneration | ErrorCode::RebalanceInProgress) {
            group.join_at = cx.now + wait;
            group.join_failures += 1;
        }
        group.request_rejoin(cx, &format!("rebalance failed due to {}", exception(error)));
        if self.membership_error(cx, stamp, api, error) || error == ErrorCode::RebalanceInProgress {
            return;
        }
        if error.is_retriable() {
            self.cluster.note_retry(cx, error.name());
        } else {
            self.fail(cx, error.name(), error.message());
        }
    }

    // ── the leader's part ──

    /// The leader keeps an eye on all topics of the group.
    fn watch_group_topics(&mut self, cx: &mut Context<'_>) {
        let Some(Leading { response, assignor, .. }) = self.group.as_ref().and_then(|group| group.leading.clone()) else { return };
        let members = response.members.iter().filter_map(|member| decode_member(assignor, member).ok());
        let topics: SortedSet<Arc<str>> = members.flat_map(|member| member.subscription.topics).collect();
        if let Some(group) = &mut self.group {
            group.group_topics = topics;
        }
        self.want_topics(cx);
    }

    fn assign_when_fresh(&mut self, cx: &mut Context<'_>, channel: Channel) {
        let Some(leading) = self.group.as_ref().and_then(|group| group.leading.as_ref()) else { return };
        if self.cluster.metadata.version == leading.metadata_version && !self.cluster.is_fresh() {
            return;
        }
        let Some(leading) = self.group.as_mut().and_then(|group| group.leading.take()) else { return };
        let members: Result<Vec<_>, _> = leading.response.members.iter().map(|member| decode_member(leading.assignor, member)).collect();
        let members = match members {
            Ok(members) => members,
            Err(error) => return self.fail(cx, ErrorCode::UnknownServerError.name(), &error.to_string()),
        };
        let metadata = &self.cluster.metadata;
        let topics: SortedSet<_> = members.iter().flat_map(|member| member.subscription.topics.iter().cloned()).collect();
        let known: Topics = topics.iter().filter_map(|topic| Some((topic.clone(), metadata.partition_count(topic)?))).collect();
        let assignment = if leading.response.skip_assignment { Assignment::new() } else { leading.assignor.assign(&known, &members) };
        if let Some(group) = &mut self.group {
            group.assigned_of = Some(topics.into_iter().map(|topic| (topic.clone(), known.get(&topic).copied())).collect());
            group.metadata_version = metadata.version;
        }
        self.sync(cx, channel, &assignment);
    }

    fn sync(&mut self, cx: &mut Context<'_>, channel: Channel, assignment: &Assignment) {
        let Some(group) = &self.group else { return };
        let mut assignments = Vec::new();
        for (member, partitions) in assignment {
            match encode_assignment(partitions) {
                Ok(assignment) => {
                    assignments.push(SyncGroupRequestAssignment { member_id: member.to_string(), assignment, ..Default::default() })
                }
                Err(error) => return self.fail(cx, ErrorCode::UnknownServerError.name(), &error.to_string()),
            }
        }
        let mut request = SyncGroupRequest {
            group_id: group.id.to_string(),
            generation_id: group.generation.0,
            member_id: group.member_id.to_string(),
            group_instance_id: group.instance_id(),
            protocol_type: Some(PROTOCOL_TYPE.to_owned()),
            protocol_name: group.protocol.map(|assignor| assignor.name().to_owned()),
            assignments,
            ..Default::default()
        };
        let tag = Tag::Own(Request::Sync(group.stamp));
        if let Err(error) = self.cluster.net.send(cx, channel, &mut request, tag) {
            self.fail(cx, ErrorCode::UnsupportedVersion.name(), &error.to_string());
        }
    }

    pub(super) fn synced(&mut self, cx: &mut Context<'_>, stamp: u32, answer: &Answer<Request>) {
        let Some(group) = self.group.as_mut().filter(|group| group.stamp == stamp && group.state == MemberState::CompletingRebalance)
        else {
            return;
        };
        let response = answer.response::<SyncGroupResponse>();
        let error = response.as_ref().map_or_else(|error| *error, |response| error_of(response.error_code));
        match response {
            Ok(response) if error.is_none() => {
                group.state = MemberState::Stable;
                group.rejoin = None;
                group.join_failures = 0;
                group.assignment = Some(response.assignment);
            }
            _ => self.join_failed(cx, stamp, ApiKey::SyncGroup, error),
        }
    }

    // ── after joining ──

    fn take_up(&mut self, cx: &mut Context<'_>, assignment: bytes::Bytes) {
        let assigned = match decode_assignment(assignment) {
            Ok(assigned) => assigned,
            Err(error) => return self.fail(cx, ErrorCode::UnknownServerError.name(), &error.to_string()),
        };
        let Some(group) = &mut self.group else { return };
        group.prepare = Prepare::Needed;
        let Subscription::Topics(topics) = &self.subscription else { return };
        if assigned.iter().any(|partition| !topics.contains(&partition.topic)) {
            group.request_rejoin(cx, "received assignments do not match the subscription");
            return;
        }
        let (id, generation, protocol) = (group.id.clone(), group.generation, group.protocol);
        let revoked: Vec<_> = self.partitions.keys().into_iter().filter(|partition| !assigned.contains(partition)).collect();
        if !revoked.is_empty() {
            self.revoke(cx, revoked, false);
            if let Some(group) = &mut self.group {
                group.request_rejoin(cx, "need to revoke partitions and re-join");
            }
        }
        self.partitions.assign(assigned.iter().cloned());
        self.partitions.iter_mut().for_each(|(_, progress)| progress.leaving = false);
        self.fetcher.drop_partitions(&self.partitions);
        self.commits.restart_timer(cx.now, &self.config);
        if let Some(group) = &mut self.group {
            let memory = Memory { partitions: assigned.clone(), generation: Some(generation) };
            match protocol {
                Some(Assignor::Sticky) => group.sticky = memory,
                Some(Assignor::CooperativeSticky) => group.cooperative = memory,
                _ => {}
            }
        }
        self.want_topics(cx);
        let assigned_by = cx.because(EventKind::Assigned { client: self.name.clone(), group: id, generation, partitions: assigned });
        self.commits.assigned_by = Some(assigned_by);
    }

    pub(super) fn rebalance_alarm(&self, now: Instant) -> Option<Alarm> {
        let group = self.group.as_ref()?;
        let cause = group.rejoin.as_ref()?.cause;
        let retry = match group.prepare {
            Prepare::Committing { retry_at, .. } if retry_at > now => Some(retry_at),
            _ => None,
        };
        let join = (group.join_at > now).then_some(group.join_at);
        join.max(retry).map(|at| Alarm::named(at, "retry.backoff.ms", cause))
    }
}

fn error_of(code: i16) -> ErrorCode {
    ErrorCode::from_i16(code).unwrap_or(ErrorCode::UnknownServerError)
}

/// The name of the Java exception that stands for an error.
fn exception(error: ErrorCode) -> String {
    if error == ErrorCode::NetworkException { "DisconnectException".to_owned() } else { format!("{error:?}Exception") }
}
