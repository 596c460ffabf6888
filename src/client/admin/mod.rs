//! The simulated admin (`org.apache.kafka.clients.admin.KafkaAdminClient`): topics, partitions, records, configs and groups, by requests to
//! whoever is in charge of them.
//!
//! It closes connections that it has not used for five minutes; between operations it costs nothing.

mod config;
mod offsets;
mod operation;

pub use config::AdminConfig;
pub use operation::{Operation, Outcome, Reply, Resource};

use super::alarm::{Alarm, earliest};
use super::cluster::{Cluster, Tag};
use super::config::ConfigError;
use super::connections::{Answer, Channel, SendError};
use super::producer::Life;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, Duration, EventId, EventKind, Instant, NodeId, ProcessId};
use crate::network::{Action, Listener, Process};
use crate::wire::Rope;
use crate::wire::messages::{
    AlterPartitionReassignmentsResponse, CreatePartitionsResponse, CreateTopicsResponse, DeleteGroupsResponse, DeleteRecordsResponse,
    DeleteTopicsResponse, ElectLeadersResponse, FindCoordinatorRequest, FindCoordinatorResponse, IncrementalAlterConfigsResponse,
};
use crate::wire::{ApiKey, ErrorCode};
use operation::{Call, Target, is_worth_retrying};
use std::sync::Arc;

/// Of how many operations that are done with the outcome is kept.
const OUTCOMES_KEPT: usize = 1_024;

#[derive(Clone, Debug)]
enum Request {
    Operation(u64),
    FindCoordinator(u64),
}

/// An operation under way.
#[derive(Clone, Debug)]
struct Pending {
    operation: Operation,
    /// The group's coordinator, once it is known.
    coordinator: Option<NodeId>,
    busy: bool,
    retry_at: Instant,
    failures: u32,
    deadline: Instant,
    cause: Option<EventId>,
}

/// An admin as a process of the simulation.
#[derive(Clone, Debug)]
pub struct Admin {
    name: Arc<str>,
    config: AdminConfig,
    life: Life,
    cluster: Cluster<Request>,
    pending: SortedMap<u64, Pending>,
    outcomes: SortedMap<u64, Outcome>,
    submitted: u64,
    alarm: Option<Alarm>,
}

impl Admin {
    /// An admin that connects when it has something to do.
    ///
    /// # Errors
    /// A configuration that Kafka refuses, in its words.
    pub fn new(process: ProcessId, name: &str, bootstrap: Vec<NodeId>, config: AdminConfig) -> Result<Self, ConfigError> {
        config.check()?;
        let client_id: Arc<str> = if config.client_id.is_empty() { name.into() } else { config.client_id.as_str().into() };
        Ok(Self {
            name: name.into(),
            life: Life::Running,
            cluster: Cluster::new(process, bootstrap, &config.common(client_id), false),
            pending: SortedMap::new(),
            outcomes: SortedMap::new(),
            submitted: 0,
            alarm: None,
            config,
        })
    }

    /// Begins to do something; its number, from 1, tells its [`Outcome`].
    pub fn submit(&mut self, cx: &mut Context<'_>, operation: Operation) -> u64 {
        self.submitted += 1;
        let number = self.submitted;
        self.outcomes.insert(number, Outcome::Pending);
        while self.outcomes.len() > OUTCOMES_KEPT {
            self.outcomes.pop_first();
        }
        if self.life != Life::Running {
            self.outcomes.insert(number, failed(ErrorCode::UnknownServerError, "Cannot accept new calls when AdminClient is closing."));
            return number;
        }
        let deadline = cx.now + Duration::from_kafka_ms(self.config.default_api_timeout_ms.into());
        let pending = Pending { operation, coordinator: None, busy: false, retry_at: cx.now, failures: 0, deadline, cause: cx.cause };
        self.pending.insert(number, pending);
        self.step(cx);
        number
    }

    /// Closes its connections; what is under way is not waited for.
    pub fn close(&mut self, cx: &mut Context<'_>) {
        if self.life == Life::Running {
            self.life = Life::Closed;
            cx.trace(EventKind::ClientStopped { client: self.name.clone() });
            self.cluster.net.close_all(cx);
            self.alarm = None;
        }
    }

    /// The name it was given.
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// What became of an operation; none where that is long ago.
    pub fn outcome(&self, number: u64) -> Option<&Outcome> {
        self.outcomes.get(&number)
    }

    /// Operations under way.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    // ── doing ──

    fn step(&mut self, cx: &mut Context<'_>) {
        if self.life != Life::Running || self.pending.is_empty() {
            self.alarm = self.cluster.net.alarm().filter(|_| self.life == Life::Running);
            return;
        }
        self.cluster.step(cx);
        let outer = cx.cause;
        for number in self.pending.keys().copied().collect::<Vec<_>>() {
            self.advance(cx, number);
        }
        cx.cause = outer;
        self.cluster.step(cx);
        let retries = self.pending.values().filter(|pending| !pending.busy);
        let retries =
            retries.flat_map(|pending| [Some(pending.retry_at).filter(|at| *at > cx.now), Some(pending.deadline)]).flatten().min();
        self.alarm = earliest([self.cluster.alarm(), retries.map(|at| Alarm::named(at, "retry.backoff.ms", None))]);
        if let Some(alarm) = &mut self.alarm {
            alarm.at = alarm.at.max(cx.now + Duration::from_micros(1));
        }
    }

    /// Sends an operation's request, if its node is known and ready.
    fn advance(&mut self, cx: &mut Context<'_>, number: u64) {
        let Some(pending) = self.pending.get(&number).filter(|pending| !pending.busy) else { return };
        if pending.deadline <= cx.now {
            let message = "Timed out waiting for a node assignment.";
            return self.settle(number, failed(ErrorCode::RequestTimedOut, message));
        }
        if pending.retry_at > cx.now {
            return;
        }
        cx.cause = pending.cause;
        let (operation, coordinator) = (pending.operation.clone(), pending.coordinator);
        let channel = match operation.target() {
            Target::Controller => self.cluster.metadata.controller.map(Channel::Broker),
            Target::Any => self.cluster.least_loaded(cx),
            Target::Node(node) => self.cluster.metadata.brokers.contains(&node).then_some(Channel::Broker(node)),
            Target::Leader(partition) => {
                self.cluster.want_topic(cx, &partition.topic);
                if let Some(error) = self.cluster.metadata.errors.get(&partition.topic).copied() {
                    return self.settle(number, failed(error, error.message()));
                }
                if self.cluster.metadata.partition_count(&partition.topic).is_some_and(|count| partition.partition.0 >= count) {
                    let error = ErrorCode::UnknownTopicOrPartition;
                    return self.settle(number, failed(error, error.message()));
                }
                self.cluster.metadata.leader(&partition).map(Channel::Broker)
            }
            Target::Coordinator(group) => match coordinator {
                Some(node) => Some(Channel::Broker(node)),
                None => return self.find_coordinator(cx, number, &group),
            },
        };
        let Some(channel) = channel else { return self.cluster.want_metadata(cx) };
        if self.cluster.net.ensure(cx, channel) {
            self.call(cx, channel, number, &operation);
        }
    }

    fn find_coordinator(&mut self, cx: &mut Context<'_>, number: u64, group: &Arc<str>) {
        let Some(channel) = self.cluster.least_loaded(cx).filter(|channel| self.cluster.net.ensure(cx, *channel)) else { return };
        let batched = self.cluster.net.version(channel, ApiKey::FindCoordinator).flatten().is_some_and(|version| version >= 4);
        let (key, coordinator_keys) = if batched { (String::new(), vec![group.to_string()]) } else { (group.to_string(), Vec::new()) };
        let mut request = FindCoordinatorRequest { key, coordinator_keys, ..Default::default() };
        let sent = self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::FindCoordinator(number)));
        self.sent(number, sent);
    }

    fn call(&mut self, cx: &mut Context<'_>, channel: Channel, number: u64, operation: &Operation) {
        let (net, tag) = (&mut self.cluster.net, Tag::Own(Request::Operation(number)));
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into());
        let sent = match operation.call(self.config.request_timeout_ms) {
            Call::CreateTopics(mut request) => net.send(cx, channel, &mut request, tag),
            Call::DeleteTopics(mut request) => {
                if net.version(channel, ApiKey::DeleteTopics).flatten().is_some_and(|version| version < 6) {
                    request.topic_names = request.topics.drain(..).filter_map(|topic| topic.name).collect();
                }
                net.send(cx, channel, &mut request, tag)
            }
            Call::CreatePartitions(mut request) => net.send(cx, channel, &mut request, tag),
            Call::DeleteRecords(mut request) => net.send(cx, channel, &mut request, tag),
            Call::AlterConfigs(mut request) => net.send(cx, channel, &mut request, tag),
            Call::DeleteGroups(mut request) => net.send(cx, channel, &mut request, tag),
            Call::DescribeGroups(mut request) => net.send(cx, channel, &mut request, tag),
            Call::ListOffsets(mut request) => net.send(cx, channel, &mut request, tag),
            Call::OffsetFetch(mut request) => net.send_with(cx, channel, &mut request, tag, offsets::BY_NAME_UNTIL, timeout),
            Call::OffsetCommit(mut request) => net.send_with(cx, channel, &mut request, tag, offsets::BY_NAME_UNTIL, timeout),
            Call::ElectLeaders(mut request) => net.send(cx, channel, &mut request, tag),
            Call::Reassign(mut request) => net.send(cx, channel, &mut request, tag),
        };
        self.sent(number, sent);
    }

    fn sent(&mut self, number: u64, sent: Result<(), SendError>) {
        match sent {
            Ok(()) => {
                if let Some(pending) = self.pending.get_mut(&number) {
                    pending.busy = true;
                }
            }
            Err(SendError::NotReady) => {}
            Err(error) => self.settle(number, failed(ErrorCode::UnsupportedVersion, &error.to_string())),
        }
    }

    // ── answers ──

    fn take_answers(&mut self, cx: &mut Context<'_>, answers: Vec<Answer<Request>>) {
        for answer in answers {
            match answer.tag {
                Request::FindCoordinator(number) => self.found_coordinator(cx, number, &answer),
                Request::Operation(number) => self.answered(cx, number, &answer),
            }
        }
        self.step(cx);
    }

    fn found_coordinator(&mut self, cx: &mut Context<'_>, number: u64, answer: &Answer<Request>) {
        let found = answer.response::<FindCoordinatorResponse>().map(|response| {
            response.coordinators.first().map_or((response.error_code, response.node_id), |found| (found.error_code, found.node_id))
        });
        match found {
            Ok((0, node)) => {
                if let Some(pending) = self.pending.get_mut(&number) {
                    (pending.busy, pending.coordinator) = (false, Some(NodeId(node)));
                }
            }
            Ok((code, _)) => self.refused(cx, number, code, None),
            Err(error) => self.refused(cx, number, error.code(), None),
        }
    }

    fn answered(&mut self, cx: &mut Context<'_>, number: u64, answer: &Answer<Request>) {
        let Some(pending) = self.pending.get(&number) else { return };
        let (code, message) = verdict(&pending.operation, answer).unwrap_or_else(|error| (error.code(), None));
        if code != 0 {
            return self.refused(cx, number, code, message);
        }
        let found = offsets::reply(&pending.operation, answer);
        self.settle(number, found.map_or(Outcome::Done, Outcome::Found));
    }

    fn refused(&mut self, cx: &mut Context<'_>, number: u64, code: i16, message: Option<String>) {
        let error = ErrorCode::from_i16(code).unwrap_or(ErrorCode::UnknownServerError);
        let Some(pending) = self.pending.get_mut(&number) else { return };
        pending.busy = false;
        if !is_worth_retrying(error) {
            return self.settle(number, failed(error, message.as_deref().unwrap_or(error.message())));
        }
        pending.coordinator = None;
        pending.retry_at = cx.now + self.cluster.retry_in(cx, pending.failures);
        pending.failures += 1;
        self.cluster.note_retry(cx, error.name());
        self.cluster.want_metadata(cx);
    }

    fn settle(&mut self, number: u64, outcome: Outcome) {
        if let Some(Pending { operation: Operation::DeleteRecords { partition, .. }, .. }) = self.pending.remove(&number) {
            self.cluster.forget_topic(&partition.topic);
        }
        self.outcomes.insert(number, outcome);
    }
}

/// The error code of an operation's response, and the message it has.
fn verdict(operation: &Operation, answer: &Answer<Request>) -> Result<(i16, Option<String>), ErrorCode> {
    let missing = (ErrorCode::UnknownServerError.code(), None);
    Ok(match operation {
        Operation::CreateTopic { .. } => {
            let response = answer.response::<CreateTopicsResponse>()?;
            response.topics.into_iter().next().map_or(missing, |topic| (topic.error_code, topic.error_message))
        }
        Operation::DeleteTopic { .. } => {
            let response = answer.response::<DeleteTopicsResponse>()?;
            response.responses.into_iter().next().map_or(missing, |topic| (topic.error_code, topic.error_message))
        }
        Operation::CreatePartitions { .. } => {
            let response = answer.response::<CreatePartitionsResponse>()?;
            response.results.into_iter().next().map_or(missing, |topic| (topic.error_code, topic.error_message))
        }
        Operation::DeleteRecords { .. } => {
            let response = answer.response::<DeleteRecordsResponse>()?;
            response.topics.iter().flat_map(|topic| &topic.partitions).next().map_or(missing, |partition| (partition.error_code, None))
        }
        Operation::AlterConfigs { .. } => {
            let response = answer.response::<IncrementalAlterConfigsResponse>()?;
            response.responses.into_iter().next().map_or(missing, |resource| (resource.error_code, resource.error_message))
        }
        Operation::DeleteGroup { .. } => {
            let response = answer.response::<DeleteGroupsResponse>()?;
            response.results.first().map_or(missing, |group| (group.error_code, None))
        }
        Operation::DescribeGroup { .. }
        | Operation::FetchOffsets { .. }
        | Operation::ListOffsets { .. }
        | Operation::CommitOffsets { .. } => (offsets::verdict(operation, answer)?, None),
        Operation::ElectLeader { .. } => {
            let response = answer.response::<ElectLeadersResponse>()?;
            let first = response.replica_election_results.into_iter().flat_map(|topic| topic.partition_result).next();
            first.map_or((response.error_code, None), |partition| (partition.error_code, partition.error_message))
        }
        Operation::Reassign { .. } => {
            let response = answer.response::<AlterPartitionReassignmentsResponse>()?;
            let first = response.responses.into_iter().flat_map(|topic| topic.partitions).next();
            first.map_or((response.error_code, None), |partition| (partition.error_code, partition.error_message))
        }
    })
}

fn failed(error: ErrorCode, message: &str) -> Outcome {
    Outcome::Failed { error: error.name().into(), message: message.into() }
}

impl Process for Admin {
    fn accepted(&mut self, _: &mut Context<'_>, _: ConnectionId, _: Listener, _: &str) {}

    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.cluster.connected(cx, connection);
        self.step(cx);
    }

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        let answers = self.cluster.receive(cx, connection, frame.to_bytes());
        self.take_answers(cx, answers);
    }

    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        let answers = self.cluster.disconnected(cx, connection);
        self.take_answers(cx, answers);
    }

    fn next_due(&self) -> Option<Instant> {
        self.alarm.map(|alarm| alarm.at)
    }

    fn wake(&mut self, cx: &mut Context<'_>) {
        if let Some(alarm) = self.alarm.take_if(|alarm| alarm.at <= cx.now) {
            alarm.ring(cx);
            let answers = self.cluster.expire(cx);
            self.take_answers(cx, answers);
        }
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.cluster.net.poll_action()
    }
}
