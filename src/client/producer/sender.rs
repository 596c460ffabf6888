//! Sends batches and deals with the answers (`Sender`): what may be sent again is, with the same sequence numbers; the rest is given up.

use super::accumulator::ProducerBatch;
use super::config::Acks;
use super::record::Fate;
use super::{Blocked, Life, Producer, Request, Transactions};
use crate::base::{Context, Duration, EventId, EventKind, Instant, LeaderEpoch, NodeId, Offset, ProducerEpoch, ProducerId, TopicPartition};
use crate::base::{SortedMap, SortedSet};
use crate::client::alarm::{Alarm, earliest};
use crate::client::cluster::Tag;
use crate::client::connections::{Answer, Channel, SendError};
use crate::wire::batch::Producer as Numbering;
use crate::wire::messages::produce_request::{PartitionProduceData, TopicProduceData};
use crate::wire::messages::produce_response::PartitionProduceResponse;
use crate::wire::messages::{InitProducerIdRequest, InitProducerIdResponse, ProduceRequest, ProduceResponse};
use crate::wire::{ApiKey, ErrorCode};
use std::sync::Arc;

/// Since this version a Produce request names topics by their ids.
const TOPIC_IDS_SINCE: i16 = 13;
/// Since this version a write adds its partition to the transaction.
const PARTITIONS_ADDED_SINCE: i16 = 12;

/// When a batch is to be sent, and the event by which it waits.
pub(super) type Ready = (Instant, Option<EventId>);

/// What a broker said of a batch, or what else ended its request.
pub(super) struct Verdict {
    pub error: ErrorCode,
    message: Option<String>,
    base_offset: Offset,
    /// Who leads the partition now, where the broker says that it does not.
    leader: Option<(NodeId, LeaderEpoch)>,
}

impl Verdict {
    fn of(response: &PartitionProduceResponse) -> Self {
        let error = ErrorCode::from_i16(response.error_code).unwrap_or(ErrorCode::UnknownServerError);
        let of_record = response.record_errors.first().and_then(|record| record.batch_index_error_message.clone());
        let current = &response.current_leader;
        Self {
            error,
            message: of_record.or_else(|| response.error_message.clone()),
            base_offset: Offset(response.base_offset),
            leader: (current.leader_id >= 0).then_some((NodeId(current.leader_id), LeaderEpoch(current.leader_epoch))),
        }
    }

    const fn error(error: ErrorCode) -> Self {
        Self { error, message: None, base_offset: Offset(-1), leader: None }
    }

    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or_else(|| self.error.message())
    }
}

impl Producer {
    /// Does all that can be done now, and finds out when there will be more. Called after every input.
    pub(super) fn step(&mut self, cx: &mut Context<'_>) {
        if matches!(self.life, Life::Closed | Life::Crashed) {
            self.alarm = None;
            return;
        }
        for name in self.topics.forget_idle(cx.now, Duration::from_kafka_ms(self.config.metadata_max_idle_ms)) {
            self.cluster.forget_topic(&name);
        }
        self.cluster.step(cx);
        self.go_on(cx);
        self.cluster.step(cx);
        self.give_up_expired(cx);
        let next_ready = if self.transactions.is_some() {
            self.transact_and_send(cx)
        } else {
            self.acquire_identity(cx);
            self.begin_anew();
            self.send_ready(cx)
        };
        if self.flushing && self.accumulator.is_empty() && self.in_flight.is_empty() {
            self.flushing = false;
        }
        if self.life == Life::Closing && self.pending() == 0 && !self.calls.any() && self.has_left_its_transaction(cx) {
            self.finish(cx);
            return;
        }
        self.set_alarm(cx, next_ready);
    }

    /// Sees to the transaction, then sends what may be sent in it, until there is nothing more to do now.
    fn transact_and_send(&mut self, cx: &mut Context<'_>) -> Option<Ready> {
        loop {
            let busy = self.transact(cx);
            if self.go_on(cx) {
                self.cluster.step(cx);
                continue;
            }
            let next = if busy { return None } else { self.send_ready(cx) };
            if !self.waits_for_batches() {
                return next;
            }
        }
    }

    fn finish(&mut self, cx: &mut Context<'_>) {
        self.life = Life::Closed;
        cx.trace(EventKind::ClientStopped { client: self.name.clone() });
        self.cluster.net.close_all(cx);
        self.alarm = None;
    }

    fn set_alarm(&mut self, cx: &Context<'_>, next_ready: Option<Ready>) {
        let turn = self.turn();
        let blocked = self.blocked.iter().take_while(|blocked| blocked.number <= turn);
        let blocked = blocked.map(|blocked| (blocked.deadline, blocked.cause)).min();
        let acquire = (self.wants_identity() && self.acquire_at > cx.now).then_some(self.acquire_at);
        let linger = next_ready.map(|(at, cause)| Alarm::named(at, "linger.ms", cause));
        let alarms = [
            self.cluster.alarm(),
            linger,
            self.accumulator.next_expiry().map(|(at, cause)| Alarm::named(at, "delivery.timeout.ms", cause)),
            self.next_expiry_in_flight().map(|(at, cause)| Alarm::named(at, "delivery.timeout.ms", cause)),
            blocked.map(|(at, cause)| Alarm::named(at, "max.block.ms", cause)),
            acquire.map(|at| Alarm::named(at, "retry.backoff.ms", None)),
            self.transaction_alarm(cx.now),
            self.calls_alarm(),
        ];
        self.alarm = earliest(alarms);
        if let Some(alarm) = &mut self.alarm {
            alarm.at = alarm.at.max(cx.now + Duration::from_micros(1));
        }
    }

    // ── records into batches ──

    /// Takes in the records whose `send` waits, as far as metadata and memory allow.
    pub(super) fn append_blocked(&mut self, cx: &mut Context<'_>) {
        let turn = self.turn();
        let mut waiting: SortedSet<Arc<str>> = SortedSet::new();
        let mut still = std::collections::VecDeque::new();
        let outer = cx.cause;
        while let Some(blocked) = self.blocked.pop_front_if(|blocked| blocked.number <= turn) {
            cx.cause = blocked.cause;
            if waiting.contains(&blocked.record.topic) || !self.append(cx, &blocked) {
                if blocked.deadline <= cx.now {
                    self.fail_blocked(cx, &blocked);
                } else {
                    waiting.insert(blocked.record.topic.clone());
                    still.push_back(blocked);
                }
            }
        }
        cx.cause = outer;
        still.append(&mut self.blocked);
        self.blocked = still;
    }

    /// Puts a record into a batch; false where it has to wait.
    fn append(&mut self, cx: &mut Context<'_>, blocked: &Blocked) -> bool {
        let Blocked { number, record, .. } = blocked;
        self.topics.touch(cx.now, &record.topic);
        self.cluster.want_topic(cx, &record.topic);
        let Some(known) = self.cluster.metadata.topic(&record.topic).filter(|topic| !topic.partitions.is_empty()) else {
            if let Some(error) = self.cluster.metadata.errors.get(&record.topic).copied().filter(|error| !error.is_retriable()) {
                let partition = TopicPartition::new(record.topic.clone(), record.partition.unwrap_or(-1));
                self.fail_record(cx, *number, &partition, error.name(), error.message());
                self.spoil_transaction(cx, error, error.message());
                return true;
            }
            return false;
        };
        let Some(choice) = self.topics.choose(cx.rng, &self.config, known, record) else {
            self.cluster.want_metadata(cx);
            return false;
        };
        let partition = TopicPartition { topic: known.name.clone(), partition: choice.partition() };
        let refused = self.transactions.as_ref().and_then(|known| known.check_send(&partition, self.sequences.identity()).err());
        if let Some(refused) = refused {
            self.fail_record(cx, *number, &partition, refused.error, &refused.message);
            return true;
        }
        let timestamp = record.timestamp.unwrap_or_else(|| cx.time_ms());
        match self.accumulator.append(cx.now, &partition, *number, record, timestamp) {
            Ok(Some(appended)) => {
                let size = self.accumulator.batch_size();
                self.topics.appended(cx.now, &partition.topic, choice, appended.bytes, size, appended.all_full);
                let sent = cx.trace(EventKind::Sent { client: self.name.clone(), partition: partition.clone() });
                self.accumulator.set_cause(&partition, sent);
                if let Some(transactions) = &mut self.transactions {
                    transactions.wrote(&partition);
                }
                self.fates.insert(*number, Fate::Batched(partition));
                true
            }
            Ok(None) => false,
            Err(error) => {
                self.fail_record(cx, *number, &partition, ErrorCode::MessageTooLarge.name(), &error.to_string());
                true
            }
        }
    }

    fn fail_blocked(&mut self, cx: &mut Context<'_>, blocked: &Blocked) {
        let (topic, ms) = (&blocked.record.topic, self.config.max_block_ms);
        let count = self.cluster.metadata.partition_count(topic);
        let message = match (blocked.record.partition, count) {
            (_, None) => format!("Topic {topic} not present in metadata after {ms} ms."),
            (Some(partition), Some(count)) if partition >= count => {
                format!("Partition {partition} of topic {topic} with partition count {count} is not present in metadata after {ms} ms.")
            }
            _ => format!("Failed to allocate memory within the configured max blocking time {ms} ms."),
        };
        let partition = TopicPartition::new(topic.clone(), blocked.record.partition.unwrap_or(-1));
        self.fail_record(cx, blocked.number, &partition, ErrorCode::RequestTimedOut.name(), &message);
        self.spoil_transaction(cx, ErrorCode::RequestTimedOut, &message);
    }

    // ── identity ──

    fn wants_identity(&self) -> bool {
        self.config.idempotent() && self.sequences.identity().is_none() && !self.acquiring
    }

    fn acquire_identity(&mut self, cx: &mut Context<'_>) {
        if !self.wants_identity() || self.acquire_at > cx.now {
            return;
        }
        let Some(channel) = self.cluster.least_loaded(cx).filter(|channel| self.cluster.net.ensure(cx, *channel)) else { return };
        let mut request = InitProducerIdRequest {
            transactional_id: None,
            transaction_timeout_ms: i32::MAX,
            producer_id: -1,
            producer_epoch: -1,
            ..Default::default()
        };
        self.acquiring = self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::InitProducerId)).is_ok();
    }

    fn acquired(&mut self, cx: &mut Context<'_>, answer: &Answer<Request>) {
        self.acquiring = false;
        let response = answer.response::<InitProducerIdResponse>();
        let error = response
            .as_ref()
            .map_or_else(|error| *error, |response| ErrorCode::from_i16(response.error_code).unwrap_or(ErrorCode::UnknownServerError));
        match response {
            Ok(response) if error.is_none() => {
                let (producer, epoch) = (ProducerId(response.producer_id), ProducerEpoch(response.producer_epoch));
                cx.trace(EventKind::ProducerIdAcquired { producer, epoch });
                self.sequences.acquired((producer, epoch));
                self.acquire_failures = 0;
            }
            _ => {
                self.cluster.note_retry(cx, error.name());
                self.acquire_at = cx.now + self.cluster.retry_in(cx, self.acquire_failures);
                self.acquire_failures += 1;
            }
        }
    }

    /// Raises the epoch where a sequence has a gap, and lets the partition's batches be numbered anew.
    fn begin_anew(&mut self) {
        for partition in self.sequences.raise_epoch() {
            self.accumulator.unnumber(&partition);
        }
    }

    // ── sending ──

    /// Sends what is ready to every node that can take it; when more will be ready.
    fn send_ready(&mut self, cx: &mut Context<'_>) -> Option<Ready> {
        if self.accumulator.is_empty() {
            return None;
        }
        if self.config.adaptive_partitioning {
            self.update_load();
        }
        let mut next = None;
        for (node, partitions) in self.partitions_by_leader(cx) {
            next = [next, self.send_to(cx, node, &partitions)].into_iter().flatten().min();
        }
        next
    }

    fn update_load(&mut self) {
        let names: Vec<_> = self.topics.names().cloned().collect();
        for name in names {
            if let Some(known) = self.cluster.metadata.topic(&name) {
                let accumulator = &self.accumulator;
                self.topics.update_load(known, |partition| accumulator.queue_len(&TopicPartition { topic: name.clone(), partition }));
            }
        }
    }

    fn partitions_by_leader(&mut self, cx: &Context<'_>) -> SortedMap<NodeId, Vec<TopicPartition>> {
        let mut nodes: SortedMap<NodeId, Vec<TopicPartition>> = SortedMap::new();
        let mut leaderless = false;
        for partition in self.accumulator.partitions() {
            match self.cluster.metadata.leader(partition) {
                Some(leader) => nodes.entry(leader).or_default().push(partition.clone()),
                None => leaderless = true,
            }
        }
        if leaderless {
            self.cluster.want_metadata(cx);
        }
        for partition in nodes.values().flatten() {
            self.accumulator.leader_changed(cx.now, partition, self.cluster.metadata.leadership(partition).epoch);
        }
        nodes
    }

    /// Sends a node what is ready for it: as soon as one partition is, all that wait go along. When there will be more, if time decides.
    fn send_to(&mut self, cx: &mut Context<'_>, node: NodeId, partitions: &[TopicPartition]) -> Option<Ready> {
        let channel = Channel::Broker(node);
        let completing = self.transactions.as_ref().is_some_and(Transactions::is_completing);
        let hurry = self.flushing || self.life == Life::Closing || !self.blocked.is_empty() || completing;
        loop {
            let due = partitions
                .iter()
                .filter(|partition| !self.muted.contains(*partition))
                .filter_map(|partition| self.accumulator.ready_at(partition, hurry))
                .min()?;
            if due.0 > cx.now {
                return Some(due);
            }
            if !self.cluster.net.ensure(cx, channel) {
                return self.cluster.net.retry_at(channel).filter(|at| *at > cx.now).map(|at| (at, due.1));
            }
            if self.cluster.net.in_flight(channel) >= self.config.max_in_flight as usize {
                return None;
            }
            let batches = self.drain(cx.now, node, partitions);
            if batches.is_empty() {
                return None;
            }
            let outer = cx.cause;
            cx.cause = self.woken_by.or_else(|| batches.first().and_then(|batch| batch.cause)).or(outer);
            self.produce(cx, channel, batches);
            cx.cause = outer;
        }
    }

    fn drain(&mut self, now: Instant, node: NodeId, partitions: &[TopicPartition]) -> Vec<ProducerBatch> {
        let (sequences, muted, idempotent) = (&self.sequences, &self.muted, self.config.idempotent());
        let transactions = self.transactions.as_ref();
        let may_send = |batch: &ProducerBatch| {
            !muted.contains(&batch.partition)
                && (!idempotent || sequences.may_send(&batch.partition, batch.numbered.map(|(_, first)| first)))
                && transactions.is_none_or(|transactions| transactions.may_write(&batch.partition))
        };
        self.accumulator.drain(now, node, partitions, may_send)
    }

    fn produce(&mut self, cx: &mut Context<'_>, channel: Channel, mut batches: Vec<ProducerBatch>) {
        let mut topics: SortedMap<Arc<str>, Vec<PartitionProduceData>> = SortedMap::new();
        for batch in &mut batches {
            batch.attempts += 1;
            batch.leader_epoch = self.cluster.metadata.leadership(&batch.partition).epoch;
            if self.config.idempotent() && batch.numbered.is_none() {
                batch.numbered = self.sequences.number(&batch.partition, batch.builder.count());
            }
            batch.builder.set_producer(batch.numbered.map(|((id, epoch), base_sequence)| Numbering { id, epoch, base_sequence }));
            if let Ok(built) = batch.builder.build() {
                self.accumulator.observe(&batch.partition.topic, built.size_in_bytes(), batch.builder.uncompressed_size());
                let data =
                    PartitionProduceData { index: batch.partition.partition.0, records: Some(built.to_rope()), ..Default::default() };
                topics.entry(batch.partition.topic.clone()).or_default().push(data);
            }
            if self.config.max_in_flight == 1 {
                self.muted.insert(batch.partition.clone());
            }
            for number in &batch.numbers {
                self.fates.insert(*number, Fate::InFlight(batch.partition.clone()));
            }
        }
        let mut by_id = true;
        let topic_data = topics.into_iter().map(|(name, partition_data)| {
            let topic_id = self.cluster.metadata.id_of(&name);
            by_id &= !topic_id.is_zero();
            TopicProduceData { name: name.to_string(), topic_id, partition_data, ..Default::default() }
        });
        let topic_data = topic_data.collect();
        let mut request = ProduceRequest {
            acks: self.config.acks.as_i16(),
            timeout_ms: self.config.request_timeout_ms,
            transactional_id: self.transactions.as_ref().map(Transactions::id),
            topic_data,
            ..Default::default()
        };
        self.transmit(cx, channel, &mut request, batches, by_id);
    }

    fn transmit(&mut self, cx: &mut Context<'_>, channel: Channel, request: &mut ProduceRequest, batches: Vec<ProducerBatch>, by_id: bool) {
        if self.config.acks == Acks::None {
            let sent = self.cluster.net.send_unanswered(cx, channel, request);
            let error = sent.err().map_or(ErrorCode::None, |error| error_of(&error));
            batches.into_iter().for_each(|batch| self.judge(cx, batch, &Verdict::error(error)));
            return;
        }
        let number = self.requests;
        self.requests += 1;
        let adds_partitions = self.transactions.as_ref().is_none_or(Transactions::implicit);
        let most = match (adds_partitions, by_id) {
            (false, _) => PARTITIONS_ADDED_SINCE - 1,
            (true, false) => TOPIC_IDS_SINCE - 1,
            (true, true) => i16::MAX,
        };
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into());
        let sent = self.cluster.net.send_with(cx, channel, request, Tag::Own(Request::Produce(number)), most, timeout);
        match sent {
            Ok(()) => drop(self.in_flight.insert(number, batches)),
            Err(error) => batches.into_iter().for_each(|batch| self.judge(cx, batch, &Verdict::error(error_of(&error)))),
        }
    }

    // ── answers ──

    pub(super) fn take_answers(&mut self, cx: &mut Context<'_>, answers: Vec<Answer<Request>>) {
        for answer in answers {
            match answer.tag {
                Request::InitProducerId => self.acquired(cx, &answer),
                Request::Produce(number) => self.produced(cx, number, &answer),
                Request::Transaction(step) => self.transaction_answered(cx, step, &answer),
            }
        }
        self.step(cx);
    }

    fn produced(&mut self, cx: &mut Context<'_>, number: u64, answer: &Answer<Request>) {
        let Some(batches) = self.in_flight.remove(&number) else { return };
        let response = answer.response::<ProduceResponse>();
        for batch in batches {
            let verdict = match &response {
                Ok(response) => self.verdict(response, &batch.partition),
                Err(error) => Verdict::error(*error),
            };
            if let Some((leader, epoch)) = verdict.leader {
                self.cluster.metadata.learn_leader(&batch.partition, leader, epoch);
            }
            self.judge(cx, batch, &verdict);
        }
    }

    fn verdict(&self, response: &ProduceResponse, partition: &TopicPartition) -> Verdict {
        let id = self.cluster.metadata.id_of(&partition.topic);
        let topic = response.responses.iter().find(|topic| topic.name == *partition.topic || !id.is_zero() && topic.topic_id == id);
        let found = topic.and_then(|topic| topic.partition_responses.iter().find(|response| response.index == partition.partition.0));
        found.map_or(Verdict::error(ErrorCode::UnknownServerError), Verdict::of)
    }

    /// What becomes of a batch (`Sender.completeBatch`).
    fn judge(&mut self, cx: &mut Context<'_>, batch: ProducerBatch, verdict: &Verdict) {
        self.muted.remove(&batch.partition);
        if is_metadata_stale(verdict.error) {
            self.cluster.want_metadata(cx);
        }
        match verdict.error {
            ErrorCode::None | ErrorCode::DuplicateSequenceNumber => self.succeed(cx, &batch, verdict.base_offset),
            ErrorCode::MessageTooLarge if batch.numbers.len() > 1 => self.split(cx, &batch),
            _ if self.can_retry(cx.now, &batch, verdict.error) => self.retry(cx, batch, verdict),
            _ => self.give_up(cx, &batch, verdict.error, verdict.message()),
        }
    }

    fn succeed(&mut self, cx: &mut Context<'_>, batch: &ProducerBatch, base_offset: Offset) {
        self.accumulator.release(batch);
        if let Some((identity, first)) = batch.numbered {
            self.sequences.acknowledged(&batch.partition, identity, first, batch.builder.count());
        }
        self.last_error = None;
        for (place, number) in (0..).zip(&batch.numbers) {
            let offset = if base_offset.0 < 0 { base_offset } else { base_offset.plus(place) };
            self.acknowledge_record(cx, *number, &batch.partition, offset);
        }
    }

    fn split(&mut self, cx: &mut Context<'_>, batch: &ProducerBatch) {
        self.cluster.note_retry(cx, ErrorCode::MessageTooLarge.name());
        self.accumulator.release(batch);
        if let Some((identity, first)) = batch.numbered.filter(|_| self.transactions.is_none()) {
            self.sequences.given_up(&batch.partition, identity, first, true);
        }
        if let Err(error) = self.accumulator.split(batch) {
            self.give_up(cx, batch, ErrorCode::MessageTooLarge, &error.to_string());
        } else if self.transactions.is_some() {
            self.number_parts(batch);
        }
    }
}

/// Errors after which the metadata is looked at again (`InvalidMetadataException`).
pub(in crate::client) const fn is_metadata_stale(error: ErrorCode) -> bool {
    matches!(
        error,
        ErrorCode::UnknownTopicOrPartition
            | ErrorCode::LeaderNotAvailable
            | ErrorCode::NotLeaderOrFollower
            | ErrorCode::ReplicaNotAvailable
            | ErrorCode::NetworkException
            | ErrorCode::KafkaStorageError
            | ErrorCode::FencedLeaderEpoch
            | ErrorCode::ListenerNotFound
            | ErrorCode::UnknownTopicId
            | ErrorCode::InconsistentTopicId
    )
}

const fn error_of(error: &SendError) -> ErrorCode {
    match error {
        SendError::NotReady => ErrorCode::NetworkException,
        SendError::UnsupportedVersion(ApiKey::Produce) | SendError::Encoding(_) | SendError::UnsupportedVersion(_) => {
            ErrorCode::UnsupportedVersion
        }
    }
}
