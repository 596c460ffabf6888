//! Fetch 4-18: reads batches from partitions, for consumers and for followers.
//!
//! - The answer comes once `minBytes` are there, something is wrong, or `maxWaitMs` are over. A batch that begins within the limits comes
//!   whole if it is the first of the answer; later ones may be cut off. A fetch does not read across segments.
//! - v7: sessions (see `fetch_session`). v11: any replica serves consumers (KIP-392). v12: `lastFetchedEpoch`, diverging epochs (KIP-595).
//!   v13: topic ids (KIP-516). v15: `replicaState` (KIP-903). v16: where the leader is (KIP-951).
//! - `abortedTransactions` is null for read_uncommitted, and beside errors met while reading; [] for read_committed and for what is unknown.
//! - A follower that is not in sync gets nothing of a throttled partition while the throttle is exceeded (see `quota`).
//! - A consumer that says its rack is sent to a replica there, where `replica.selector.class` is Kafka's for that (KIP-392).
//!
//! Left out: quotas of clients.

use super::connections::{Answer, RequestContext};
use super::fetch_read::{FetchParams, Source, has_enough, read_all};
use super::fetch_session::{PartitionKey, SessionRequest, SessionUse, Told, TopicKey, Wanted};
use super::partition::Isolation;
use super::purgatory::Delayed;
use super::{Broker, endpoints};
use crate::base::SortedMap;
use crate::base::{Context, Duration, NodeId, PartitionIndex, TopicPartition, Uuid};
use crate::wire::messages::fetch_request::FetchPartition;
use crate::wire::messages::fetch_response::{FetchableTopicResponse, LeaderIdAndEpoch, NodeEndpoint, PartitionData};
use crate::wire::messages::{FetchRequest, FetchResponse};
use crate::wire::{ErrorCode, Rope};
use std::sync::Arc;

const CONSUMER: i32 = -1;

/// A request that waits for records.
#[derive(Clone, Debug)]
pub(super) struct DelayedFetch {
    request: RequestContext,
    params: FetchParams,
    session: SessionUse,
    sources: Vec<Source>,
    unknown: Vec<Told>,
}

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: FetchRequest) -> Answer {
    let replica = if request.version >= 15 { body.replica_state.replica_id } else { body.replica_id };
    let Some(isolation) = isolation(replica, body.isolation_level) else { return invalid_isolation(request, &body) };
    let max_bytes = i64::from(body.max_bytes.min(broker.settings().fetch_max_bytes));
    let params = FetchParams {
        follower: (replica >= 0).then_some(NodeId(replica)),
        rack: body.rack_id.as_str().into(),
        broker_epoch: body.replica_state.replica_epoch,
        isolation,
        leader_only: replica >= 0 || replica == CONSUMER && request.version < 11,
        min_bytes: i64::from(body.min_bytes).min(max_bytes),
        max_bytes,
    };
    let wait = Duration::from_kafka_ms(body.max_wait_ms.into());
    // Which replica is nearest may change though nothing moves.
    let everything = !params.rack.is_empty();
    let asked = SessionRequest { everything, ..session_request(request.version, replica >= 0, body) };
    let (session, wanted) = match broker.fetch_sessions.begin(cx.now, asked) {
        Ok(begun) => begun,
        Err(error) => return request.reply(&mut FetchResponse { error_code: error.code(), ..Default::default() }),
    };
    let (sources, unknown) = resolve(broker, wanted);
    broker.quotas.leader.tick(cx.now);
    let delayed = DelayedFetch { request: request.clone(), params, session, sources, unknown };
    delayed.fetch(broker, cx, wait)
}

/// The wait is over: what there is now is the answer.
pub(super) fn finish(broker: &mut Broker, cx: &mut Context<'_>, delayed: &DelayedFetch) {
    broker.quotas.leader.tick(cx.now);
    let now = delayed.with_what_is_new(broker);
    let delayed = now.as_ref().unwrap_or(delayed);
    let read = read_all(broker, &delayed.params, &delayed.sources);
    let mut response = delayed.respond(broker, cx, read);
    broker.complete(cx, &delayed.request, &mut response);
}

impl DelayedFetch {
    pub(super) const fn request(&self) -> &RequestContext {
        &self.request
    }

    /// The session whose partitions this waits for; none where it waits for those that it names.
    pub(super) const fn session(&self) -> Option<i32> {
        match self.session {
            SessionUse::Continue { session, .. } => Some(session),
            SessionUse::None | SessionUse::Open { .. } => None,
        }
    }

    /// The same request, of all that there is something new of in its session by now.
    fn with_what_is_new(&self, broker: &Broker) -> Option<Self> {
        let SessionUse::Continue { session, epoch } = self.session else { return None };
        let (sources, unknown) = resolve(broker, broker.fetch_sessions.unsettled(session, epoch));
        Some(Self { sources, unknown, ..self.clone() })
    }

    /// There is nothing that could be waited for.
    fn waits_for_nothing(&self, broker: &Broker) -> bool {
        let settled = self.session().map_or(0, |session| broker.fetch_sessions.settled(session));
        self.sources.is_empty() && settled == 0
    }

    fn fetch(self, broker: &mut Broker, cx: &mut Context<'_>, wait: Duration) -> Answer {
        if self.waits_for_nothing(broker) {
            let mut response = self.respond(broker, cx, Vec::new());
            return self.request.reply(&mut response);
        }
        let read = read_all(broker, &self.params, &self.sources);
        self.note_follower(broker, cx, &read);
        let found: usize = read.iter().map(|part| part.records.as_ref().map_or(0, Rope::len)).sum();
        let enough = i64::try_from(found).unwrap_or(i64::MAX) >= self.params.min_bytes;
        let is_told = |part: &PartitionData| {
            part.error_code != ErrorCode::None.code() || part.diverging_epoch.epoch >= 0 || part.preferred_read_replica >= 0
        };
        let at_once = read.iter().any(is_told);
        if wait.is_zero() || enough || at_once || self.is_satisfied(broker) {
            let mut response = self.respond(broker, cx, read);
            return self.request.reply(&mut response);
        }
        let named = self.sources.iter().map(|source| source.partition.clone());
        let watched = if self.session().is_none() { named.collect() } else { Vec::new() };
        broker.delay(cx, Delayed::Fetch(self), watched, wait);
        Answer::Later
    }

    /// Whether waiting is over before its time.
    pub(super) fn is_satisfied(&self, broker: &Broker) -> bool {
        match self.with_what_is_new(broker) {
            Some(now) => has_enough(broker, &now.params, &now.sources),
            None => has_enough(broker, &self.params, &self.sources),
        }
    }

    /// What a follower asks for tells how far it has come.
    fn note_follower(&self, broker: &mut Broker, cx: &mut Context<'_>, read: &[PartitionData]) {
        let Some(replica) = self.params.follower else { return };
        let is_good = |part: &PartitionData| part.error_code == 0 && part.diverging_epoch.epoch < 0;
        let good = self.sources.iter().zip(read).filter(|(_, part)| is_good(part));
        let told = good.map(|(source, _)| (source.partition.clone(), source.follower(replica, self.params.broker_epoch)));
        broker.follower_fetched(cx, replica, &told.collect::<Vec<_>>());
    }

    fn respond(&self, broker: &mut Broker, cx: &mut Context<'_>, read: Vec<PartitionData>) -> FetchResponse {
        let mut response = FetchResponse::default();
        let mut leaders = endpoints::Leaders::default();
        let mut parts: Vec<Told> = Vec::with_capacity(read.len() + self.unknown.len());
        for (source, mut part) in self.sources.iter().zip(read) {
            if self.params.follower.is_some() && broker.quotas.leader.is_throttled(&source.partition) {
                broker.quotas.leader.record(cx.now, part.records.as_ref().map_or(0, |records| records.len() as u64));
            }
            if self.request.version >= 16 && names_leader(part.error_code) {
                let (leader_id, leader_epoch) = leaders.note(broker, &source.partition);
                part.current_leader = LeaderIdAndEpoch { leader_id, leader_epoch, ..Default::default() };
            }
            let settled = source.is_settled(broker, &self.params, &part);
            parts.push(Told { key: source.key.clone(), data: part, settled });
        }
        parts.extend(self.unknown.iter().cloned());
        let slots = usize::try_from(broker.settings().max_incremental_fetch_session_cache_slots).unwrap_or(0);
        match broker.fetch_sessions.end(cx.now, cx.rng, slots, &self.session, &mut parts) {
            Ok(id) => response.session_id = id,
            Err((id, error)) => {
                (response.session_id, response.error_code) = (id, error.code());
                parts.clear();
            }
        }
        response.responses = grouped(parts);
        let endpoint = |node: endpoints::Endpoint| NodeEndpoint {
            node_id: node.id,
            host: node.host,
            port: node.port,
            rack: node.rack,
            ..Default::default()
        };
        response.node_endpoints = leaders.into_iter().map(endpoint).collect();
        response
    }
}

const fn names_leader(error: i16) -> bool {
    error == ErrorCode::NotLeaderOrFollower.code() || error == ErrorCode::FencedLeaderEpoch.code()
}

/// Up to where the asker may read; `None` for an isolation level that does not exist.
const fn isolation(replica: i32, level: i8) -> Option<Isolation> {
    // The debugging consumer (-2) is one like others.
    match (replica, level) {
        (..0, 0) => Some(Isolation::HighWatermark),
        (..0, 1) => Some(Isolation::LastStable),
        (_, 0 | 1) => Some(Isolation::LogEnd),
        _ => None,
    }
}

/// Apache Kafka answers every partition with UNKNOWN_SERVER_ERROR, as far as the version has names for them.
fn invalid_isolation(request: &RequestContext, body: &FetchRequest) -> Answer {
    let error_code = ErrorCode::UnknownServerError.code();
    let topics = if request.version < 13 { body.topics.as_slice() } else { &[] };
    let failed = |partition: &FetchPartition| without_records(partition.partition, ErrorCode::UnknownServerError);
    let responses = topics.iter().map(|topic| FetchableTopicResponse {
        topic: topic.topic.clone(),
        partitions: topic.partitions.iter().map(failed).collect(),
        ..Default::default()
    });
    request.reply(&mut FetchResponse { error_code, responses: responses.collect(), ..Default::default() })
}

fn session_request(version: i16, of_follower: bool, body: FetchRequest) -> SessionRequest {
    let uses_topic_ids = version >= 13;
    let key = |topic: &str, id: Uuid| if uses_topic_ids { TopicKey::Id(id) } else { TopicKey::Name(topic.into()) };
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut places: SortedMap<PartitionKey, usize> = SortedMap::new();
    for topic in body.topics {
        let topic_key = key(&topic.topic, topic.topic_id);
        for data in topic.partitions {
            let key = (topic_key.clone(), PartitionIndex(data.partition));
            // Asked for twice: the last one counts, in the first one's place.
            match places.get(&key).and_then(|place| wanted.get_mut(*place)) {
                Some(earlier) => earlier.data = data,
                None => {
                    places.insert(key.clone(), wanted.len());
                    wanted.push(Wanted { key, data });
                }
            }
        }
    }
    let forgotten = body.forgotten_topics_data.into_iter().flat_map(|topic| {
        let topic_key = key(&topic.topic, topic.topic_id);
        topic.partitions.into_iter().map(move |partition| (topic_key.clone(), PartitionIndex(partition)))
    });
    SessionRequest {
        session: body.session_id,
        epoch: body.session_epoch,
        of_follower,
        uses_topic_ids,
        forgotten: forgotten.collect(),
        wanted,
        everything: false,
    }
}

/// Tells the partitions that exist from those that do not, which have their answer already.
fn resolve(broker: &Broker, wanted: Vec<Wanted>) -> (Vec<Source>, Vec<Told>) {
    let mut sources = Vec::with_capacity(wanted.len());
    let mut unknown = Vec::new();
    for Wanted { key, data } in wanted {
        let (topic, missing) = match &key.0 {
            TopicKey::Name(name) => (broker.image.topic(name), ErrorCode::UnknownTopicOrPartition),
            TopicKey::Id(id) => (broker.image.topic_by_id(*id), ErrorCode::UnknownTopicId),
        };
        let found = match topic {
            None => Err(missing),
            Some(topic) if topic.partition(key.1).is_none() => Err(ErrorCode::UnknownTopicOrPartition),
            Some(topic) => Ok(TopicPartition { topic: Arc::clone(&topic.name), partition: key.1 }),
        };
        match found {
            Ok(partition) => sources.push(Source { key, partition, data }),
            Err(error) => {
                let part = without_records(data.partition, error);
                unknown.push(Told { key, data: part, settled: false });
            }
        }
    }
    (sources, unknown)
}

/// The answer for a partition that was not read.
fn without_records(partition_index: i32, error: ErrorCode) -> PartitionData {
    PartitionData {
        partition_index,
        error_code: error.code(),
        high_watermark: -1,
        aborted_transactions: Some(Vec::new()),
        records: Some(Rope::new()),
        ..Default::default()
    }
}

/// Partitions of a topic that follow each other make one entry.
fn grouped(parts: Vec<Told>) -> Vec<FetchableTopicResponse> {
    let mut topics: Vec<FetchableTopicResponse> = Vec::new();
    let mut last: Option<TopicKey> = None;
    for Told { key: (key, _), data: part, .. } in parts {
        match topics.last_mut().filter(|_| last.as_ref() == Some(&key)) {
            Some(topic) => topic.partitions.push(part),
            None => {
                let (topic, topic_id) = match &key {
                    TopicKey::Name(name) => (name.to_string(), Uuid::ZERO),
                    TopicKey::Id(id) => (String::new(), *id),
                };
                topics.push(FetchableTopicResponse { topic, topic_id, partitions: vec![part], ..Default::default() });
                last = Some(key);
            }
        }
    }
    topics
}
