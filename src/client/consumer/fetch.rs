//! Fetching: one request at a time to each node that leads something wanted, and what came until the application takes it
//! (`Fetcher`, `FetchCollector`).

use super::aborted::Aborted;
use super::config::IsolationLevel;
use super::session::{Asked, Session};
use super::subscription::{Partitions, Progress, Readiness};
use super::{Consumer, Request};
use crate::base::SortedMap;
use crate::base::{Context, Duration, EventKind, Instant, LeaderEpoch, NodeId, Offset, TopicPartition};
use crate::client::alarm::Alarm;
use crate::client::cluster::Tag;
use crate::client::connections::{Answer, Channel};
use crate::client::producer::is_metadata_stale;
use crate::wire::batch::Record;
use crate::wire::messages::fetch_response::PartitionData;
use crate::wire::messages::{FetchRequest, FetchResponse};
use crate::wire::{Batch, ErrorCode};
use std::collections::VecDeque;

/// Since this version a Fetch request names topics by their ids.
const TOPIC_IDS_SINCE: i16 = 13;

/// What a response brought of one partition, as far as the application has not taken it.
#[derive(Clone, Debug)]
struct Fetched {
    partition: TopicPartition,
    /// Where the application has to stand for it to be of use.
    next: Offset,
    batches: VecDeque<Batch>,
    /// Of the first batch, once it is opened.
    records: VecDeque<Record>,
    /// Whose batches are left out, where only what was committed is read.
    aborted: Aborted,
}

/// Sessions with the nodes, and what has been fetched.
#[derive(Clone, Debug, Default)]
pub(super) struct Fetcher {
    sessions: SortedMap<NodeId, Session>,
    buffer: VecDeque<Fetched>,
    /// A node that answered with an error is not asked again before this.
    not_before: SortedMap<NodeId, Instant>,
}

impl Fetcher {
    /// Forgets what was fetched of partitions that are no longer there.
    pub fn drop_partitions(&mut self, partitions: &Partitions) {
        self.buffer.retain(|fetched| partitions.contains(&fetched.partition));
    }

    pub fn has(&self, partition: &TopicPartition) -> bool {
        self.buffer.iter().any(|fetched| fetched.partition == *partition)
    }

    /// Batches that wait for the application.
    pub fn buffered_batches(&self) -> usize {
        self.buffer.iter().map(|fetched| fetched.batches.len() + usize::from(!fetched.records.is_empty())).sum()
    }

    /// Records of a partition that wait for the application, as far as batches tell without being opened.
    pub fn buffered_records(&self, partition: &TopicPartition) -> usize {
        let of_partition = self.buffer.iter().filter(|fetched| fetched.partition == *partition);
        of_partition
            .map(|fetched| fetched.records.len() + fetched.batches.iter().map(|batch| batch.header.count.max(0) as usize).sum::<usize>())
            .sum()
    }

    pub fn in_flight(&self) -> usize {
        self.sessions.values().filter(|session| session.busy).count()
    }
}

impl Consumer {
    // ── asking ──

    /// Sends a fetch to every node that has none under way. Called when the application polls.
    pub(super) fn send_fetches(&mut self, cx: &mut Context<'_>) {
        let mut nodes: Vec<(NodeId, Vec<(TopicPartition, Asked)>)> = Vec::new();
        let mut held: Vec<NodeId> = Vec::new();
        let mut leaderless = false;
        for (partition, progress) in self.partitions.iter().filter(|(_, progress)| progress.is_fetchable()) {
            let leadership = self.cluster.metadata.leadership(partition);
            let Some(leader) = leadership.leader else {
                leaderless = true;
                continue;
            };
            let node = self.read_replica(cx.now, progress).unwrap_or(leader);
            if self.fetcher.sessions.get(&node).is_some_and(|session| session.busy) || held.contains(&node) {
                continue;
            }
            // A node of which something waits for the application is left alone, so that its session keeps its partitions.
            if !self.fetcher.buffer.is_empty() && self.fetcher.has(partition) {
                held.push(node);
                continue;
            }
            let asked = Asked {
                topic_id: self.cluster.metadata.id_of(&partition.topic),
                offset: progress.position,
                leader_epoch: leadership.epoch.0,
            };
            match nodes.iter_mut().find(|(other, _)| *other == node) {
                Some((_, wanted)) => wanted.push((partition.clone(), asked)),
                None => nodes.push((node, vec![(partition.clone(), asked)])),
            }
        }
        if leaderless {
            self.cluster.want_metadata(cx);
        }
        for (node, wanted) in nodes {
            if !held.contains(&node) && self.fetcher.not_before.get(&node).is_none_or(|at| *at <= cx.now) {
                self.fetch(cx, node, &wanted);
            }
        }
    }

    /// The replica that the leader has sent this consumer to, as long as it is there (`selectReadReplica`).
    fn read_replica(&self, now: Instant, progress: &Progress) -> Option<NodeId> {
        progress.preferred_replica(now).filter(|replica| self.cluster.metadata.brokers.contains(replica))
    }

    fn fetch(&mut self, cx: &mut Context<'_>, node: NodeId, wanted: &[(TopicPartition, Asked)]) {
        let channel = Channel::Broker(node);
        if !self.cluster.net.ensure(cx, channel) {
            return;
        }
        let session = self.fetcher.sessions.entry(node).or_default();
        let mut request = FetchRequest {
            max_wait_ms: self.config.fetch_max_wait_ms,
            min_bytes: self.config.fetch_min_bytes,
            max_bytes: self.config.fetch_max_bytes,
            isolation_level: self.config.isolation_level.as_i8(),
            rack_id: self.config.client_rack.clone(),
            ..Default::default()
        };
        session.fill(&mut request, wanted, self.config.max_partition_fetch_bytes);
        let by_id = wanted.iter().all(|(_, asked)| !asked.topic_id.is_zero());
        let most = if by_id { i16::MAX } else { TOPIC_IDS_SINCE - 1 };
        let timeout = Duration::from_kafka_ms(self.config.request_timeout_ms.into());
        match self.cluster.net.send_with(cx, channel, &mut request, Tag::Own(Request::Fetch(node)), most, timeout) {
            Ok(()) => session.busy = true,
            Err(_) => session.lost(),
        }
    }

    /// Ends the sessions, so that the brokers need not keep them.
    pub(super) fn close_sessions(&mut self, cx: &mut Context<'_>) {
        for (node, session) in std::mem::take(&mut self.fetcher.sessions) {
            let channel = Channel::Broker(node);
            if let Some(mut request) = session.close().filter(|_| self.cluster.net.is_ready(channel)) {
                let _ = self.cluster.net.send(cx, channel, &mut request, Tag::Own(Request::CloseSession));
            }
        }
    }

    // ── answers ──

    pub(super) fn fetched(&mut self, cx: &mut Context<'_>, node: NodeId, answer: &Answer<Request>) {
        let Some(session) = self.fetcher.sessions.get_mut(&node) else { return };
        let response = match answer.response::<FetchResponse>() {
            Ok(response) => response,
            Err(error) => {
                session.lost();
                self.cluster.note_retry(cx, error.name());
                // Whoever was sent to that node asks the leader again.
                let sent_there = |progress: &Progress| progress.preferred.is_some_and(|(replica, _)| replica == node);
                self.partitions.iter_mut().filter(|(_, progress)| sent_there(progress)).for_each(|(_, progress)| progress.preferred = None);
                return;
            }
        };
        let error = ErrorCode::from_i16(response.error_code).unwrap_or(ErrorCode::UnknownServerError);
        session.answered(error, response.session_id);
        if !error.is_none() {
            self.cluster.note_retry(cx, error.name());
            if !matches!(error, ErrorCode::FetchSessionIdNotFound | ErrorCode::InvalidFetchSessionEpoch) {
                self.cluster.want_metadata(cx);
                let wait = self.cluster.retry_in(cx, 0);
                self.fetcher.not_before.insert(node, cx.now + wait);
            }
            return;
        }
        for topic in response.responses {
            let name = if topic.topic.is_empty() {
                self.cluster.metadata.name_of(topic.topic_id).cloned()
            } else {
                Some(topic.topic.as_str().into())
            };
            let Some(name) = name else { continue };
            for data in topic.partitions {
                let partition = TopicPartition::new(name.clone(), data.partition_index);
                self.partition_fetched(cx, node, partition, data);
            }
        }
    }

    fn partition_fetched(&mut self, cx: &mut Context<'_>, node: NodeId, partition: TopicPartition, data: PartitionData) {
        let Some(progress) = self.partitions.get_mut(&partition) else { return };
        if progress.readiness != Readiness::Ready {
            return;
        }
        let error = ErrorCode::from_i16(data.error_code).unwrap_or(ErrorCode::UnknownServerError);
        if !error.is_none() {
            let current = &data.current_leader;
            if current.leader_id >= 0 {
                self.cluster.metadata.learn_leader(&partition, NodeId(current.leader_id), LeaderEpoch(current.leader_epoch));
            }
            return self.partition_error(cx, node, &partition, error);
        }
        if data.high_watermark >= 0 {
            progress.high_watermark = Some(Offset(data.high_watermark));
        }
        let committed_only = self.config.isolation_level == IsolationLevel::ReadCommitted;
        if committed_only && data.last_stable_offset >= 0 {
            progress.last_stable = Some(Offset(data.last_stable_offset));
        }
        if data.log_start_offset >= 0 {
            progress.log_start = Some(Offset(data.log_start_offset));
        }
        if data.preferred_read_replica >= 0 {
            let until = cx.now + Duration::from_kafka_ms(self.config.metadata_max_age_ms);
            progress.preferred = Some((NodeId(data.preferred_read_replica), until));
        }
        let Some(records) = data.records.filter(|records| !records.is_empty()) else { return };
        let aborted = data.aborted_transactions.filter(|_| committed_only).unwrap_or_default();
        match Batch::parse_all(records.to_bytes()) {
            Ok(batches) if batches.is_empty() => {}
            Ok(batches) => {
                self.fetcher.buffer.push_back(Fetched {
                    partition,
                    next: progress.position,
                    batches: batches.into(),
                    records: VecDeque::new(),
                    aborted: Aborted::new(aborted),
                });
            }
            Err(error) => self.fail(cx, ErrorCode::CorruptMessage.name(), &format!("{partition}: {error}")),
        }
    }

    fn partition_error(&mut self, cx: &mut Context<'_>, node: NodeId, partition: &TopicPartition, error: ErrorCode) {
        self.cluster.note_retry(cx, error.name());
        let was_sent = self.partitions.get_mut(partition).and_then(|progress| progress.preferred.take()).is_some();
        match error {
            // The leader may have what the replica that it named has not.
            ErrorCode::OffsetOutOfRange if was_sent => {}
            ErrorCode::OffsetOutOfRange => {
                let reset = self.config.auto_offset_reset;
                let position = self.partitions.get(partition).map_or(-1, |progress| progress.position.0);
                if reset == super::OffsetReset::None {
                    let message =
                        format!("Fetch position {position} is out of range for partition {partition}, and there is no reset policy");
                    return self.fail(cx, error.name(), &message);
                }
                if let Some(progress) = self.partitions.get_mut(partition) {
                    progress.readiness = Readiness::NeedsReset(reset);
                }
            }
            ErrorCode::UnknownLeaderEpoch | ErrorCode::OffsetNotAvailable => self.wait_for(cx, node),
            _ if is_metadata_stale(error) => {
                self.cluster.want_metadata(cx);
                self.wait_for(cx, node);
            }
            _ if error.is_retriable() || error == ErrorCode::UnknownServerError => self.wait_for(cx, node),
            _ => self.fail(cx, error.name(), error.message()),
        }
    }

    fn wait_for(&mut self, cx: &mut Context<'_>, node: NodeId) {
        let wait = self.cluster.retry_in(cx, 0);
        self.fetcher.not_before.insert(node, cx.now + wait);
    }

    // ── handing over ──

    /// Hands the application up to `max.poll.records` records; how many.
    pub(super) fn hand_over(&mut self, cx: &mut Context<'_>) -> u32 {
        let mut room = self.config.max_poll_records.max(0) as u32;
        let mut handed = 0;
        let mut paused = VecDeque::new();
        while room > 0
            && let Some(mut fetched) = self.fetcher.buffer.pop_front()
        {
            let Some(progress) = self.partitions.get(&fetched.partition) else { continue };
            if progress.readiness != Readiness::Ready || progress.position != fetched.next || progress.leaving {
                continue;
            }
            if progress.paused {
                paused.push_back(fetched);
                continue;
            }
            let count = self.hand_over_of(cx, &mut fetched, room);
            (handed, room) = (handed + count, room - count);
            if !fetched.batches.is_empty() || !fetched.records.is_empty() {
                self.fetcher.buffer.push_front(fetched);
            }
        }
        self.fetcher.buffer.extend(paused);
        handed
    }

    /// Hands over records of one partition, and moves its position.
    fn hand_over_of(&mut self, cx: &mut Context<'_>, fetched: &mut Fetched, room: u32) -> u32 {
        let mut count = 0;
        let mut epoch = LeaderEpoch(-1);
        while count < room {
            if let Some(record) = fetched.records.pop_front() {
                fetched.next = record.offset.plus(1);
                if let Some(batch) = fetched.batches.front() {
                    epoch = batch.header.leader_epoch;
                }
                self.application.take(&fetched.partition, record);
                count += 1;
                if !fetched.records.is_empty() {
                    continue;
                }
            } else if let Some(batch) = fetched.batches.front() {
                epoch = batch.header.leader_epoch;
                match self.open(batch, fetched.next, &mut fetched.aborted) {
                    Ok(records) if !records.is_empty() => {
                        fetched.records = records;
                        continue;
                    }
                    Ok(_) => {}
                    Err(message) => {
                        self.fail(cx, ErrorCode::CorruptMessage.name(), &format!("{}: {message}", fetched.partition));
                        fetched.batches.clear();
                        break;
                    }
                }
            } else {
                break;
            }
            // The batch is used up; what was compacted away at its end is passed over.
            if let Some(batch) = fetched.batches.pop_front() {
                fetched.next = Offset(fetched.next.0.max(batch.header.next_offset().0));
            }
        }
        if let Some(progress) = self.partitions.get_mut(&fetched.partition) {
            progress.position = fetched.next;
            if epoch.0 >= 0 {
                progress.epoch = epoch;
            }
        }
        if count > 0 {
            let (partition, position) = (fetched.partition.clone(), fetched.next);
            cx.trace(EventKind::Consumed { client: self.name.clone(), partition, records: count, position });
        }
        count
    }

    /// A batch's records from an offset on; none of a control batch, nor of a transaction that was aborted.
    fn open(&self, batch: &Batch, from: Offset, aborted: &mut Aborted) -> Result<VecDeque<Record>, String> {
        if self.config.check_crcs {
            batch.verify_crc().map_err(|error| error.to_string())?;
        }
        let left_out = self.config.isolation_level == IsolationLevel::ReadCommitted && aborted.leaves_out(batch);
        if left_out || batch.header.attributes.is_control() {
            return Ok(VecDeque::new());
        }
        let mut records = VecDeque::new();
        for record in batch.records().map_err(|error| error.to_string())? {
            let record = record.map_err(|error| error.to_string())?;
            if record.offset >= from {
                records.push_back(record);
            }
        }
        Ok(records)
    }

    pub(super) fn fetch_alarm(&self, now: Instant) -> Option<Alarm> {
        let waits = self.fetcher.not_before.values().copied().filter(|at| *at > now).min();
        let reconnects = self.partitions.iter().filter(|(_, progress)| progress.is_fetchable()).filter_map(|(partition, progress)| {
            let node = self.read_replica(now, progress).or_else(|| self.cluster.metadata.leader(partition))?;
            let channel = Channel::Broker(node);
            (!self.cluster.net.is_open(channel)).then(|| self.cluster.net.retry_at(channel)).flatten().filter(|at| *at > now)
        });
        waits.into_iter().chain(reconnects).min().map(|at| Alarm::named(at, "retry.backoff.ms", None))
    }
}
