//! The look itself: partitions side by side in the order of their records' times, batch by batch, until enough is found or looked at.

use super::filter::{Bounds, Candidate, Filter};
use super::{DECODED_MAX, FOUND_MAX, FoundRecord, From, LOOKED_AT_MAX, Payload, Records, RecordsAsk, RecordsError, internal};
use crate::base::{Offset, PartitionIndex, TopicPartition};
use crate::log::Log;
use crate::playground::Session;
use crate::view::build::{log_of, newest_image, transaction_of};
use crate::view::{RecordKind, Unsettled};
use crate::wire::batch::{Batch, BatchHeader, Record};
use std::sync::Arc;

/// How much of keys, values and headers an answer holds before it says that it goes on, in bytes.
const ANSWER_MAX: usize = 4 << 20;

/// Looks through a topic's records for a stretch; see [`RecordsAsk`].
///
/// # Errors
/// A filter that cannot be understood; no such topic.
pub fn look(session: &Session, ask: &RecordsAsk) -> Result<Records, RecordsError> {
    let simulation = session.simulation();
    let filter = Filter::parse(&ask.filter, simulation.config().epoch_ms).map_err(RecordsError::Filter)?;
    let image = newest_image(simulation).ok_or(RecordsError::NoTopic)?;
    let topic = image.topic(&ask.topic).ok_or(RecordsError::NoTopic)?;
    let mut lanes = Vec::new();
    for (index, partition) in topic.iter() {
        let name = TopicPartition { topic: Arc::clone(&topic.name), partition: index };
        // Where nobody leads, the replica that is preferred tells what it has.
        let mut nodes = partition.leader.into_iter().chain(partition.replicas.iter().copied());
        let Some((log, high_watermark)) = nodes.find_map(|node| log_of(simulation, node, &name)) else { continue };
        lanes.push(Lane::new(log, index, high_watermark, ask, &filter.bounds()));
    }
    Ok(Look { ask, filter, lanes, records: Records::default(), decoded: 0, answered: 0 }.go())
}

struct Look<'a> {
    ask: &'a RecordsAsk,
    filter: Filter,
    lanes: Vec<Lane<'a>>,
    records: Records,
    /// In bytes.
    decoded: u64,
    answered: usize,
}

/// A partition on the way.
struct Lane<'a> {
    log: &'a Log,
    partition: i32,
    high_watermark: Offset,
    backwards: bool,
    /// What is yet to be looked at: from an offset on, up to another.
    from: Offset,
    up_to: Offset,
    /// Older records are not wanted, in ms since 1970.
    since_ms: i64,
    /// The batch that is next, and its records as far as they are not looked at; the next one last.
    batch: Option<(Batch, Option<Vec<Record>>)>,
    /// What the transaction of that batch is in, once it is decoded.
    transaction: Option<Unsettled>,
}

impl Look<'_> {
    fn go(mut self) -> Records {
        let limit = usize::try_from(self.ask.limit.clamp(1, FOUND_MAX)).unwrap_or(1);
        while self.records.found.len() < limit
            && self.records.looked_at < LOOKED_AT_MAX
            && self.decoded < DECODED_MAX
            && self.answered < ANSWER_MAX
        {
            let Some(at) = self.next_lane() else { break };
            self.step(at);
        }
        self.records.left = self.lanes.iter().map(Lane::left).sum();
        self.records.cursor = (self.records.left > 0).then(|| self.lanes.iter().map(|lane| (lane.partition, lane.position().0)).collect());
        self.records.ends = self.lanes.iter().map(|lane| (lane.partition, lane.log.end_offset().0)).collect();
        self.records
    }

    /// The lane whose next record comes first.
    fn next_lane(&mut self) -> Option<usize> {
        let mut first = None;
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            let Some(time) = lane.next_time() else { continue };
            let is_sooner = |before: i64| if lane.backwards { time > before } else { time < before };
            if first.is_none_or(|(_, before)| is_sooner(before)) {
                first = Some((at, time));
            }
        }
        first.map(|(at, _)| at)
    }

    /// Looks at a lane's next record, or decodes the batch that it lies in.
    fn step(&mut self, at: usize) {
        let Some(lane) = self.lanes.get_mut(at) else { return };
        let Some((batch, records)) = &mut lane.batch else { return };
        let header = batch.header;
        let Some(waiting) = records else {
            match decode(batch, lane.from, lane.up_to) {
                Some((mut decoded, bytes)) => {
                    self.decoded += bytes;
                    if !lane.backwards {
                        decoded.reverse();
                    }
                    *records = Some(decoded);
                    lane.transaction = transaction_of(lane.log, &header);
                }
                None => {
                    self.records.unreadable += 1;
                    lane.pass_batch();
                }
            }
            return;
        };
        let Some(record) = waiting.pop() else { return lane.pass_batch() };
        lane.pass(&record);
        self.records.looked_at += 1;
        let kind = RecordKind::of(&header, &record);
        if self.filter.passes(Candidate { partition: lane.partition, record: &record, kind, transaction: lane.transaction }) {
            let found = found(&self.ask.topic, lane, &header, &record, kind, self.ask.bytes_max);
            self.answered += size(&found);
            self.records.found.push(found);
        }
    }
}

/// A batch's records between two offsets, in order, and how many bytes were looked at for them. None where it cannot be read.
fn decode(batch: &Batch, from: Offset, up_to: Offset) -> Option<(Vec<Record>, u64)> {
    let records = batch.records().ok()?;
    let mut wanted = Vec::new();
    let mut bytes = batch.size_in_bytes() as u64;
    for record in records {
        let record = record.ok()?;
        bytes = bytes.saturating_add(record.value.as_ref().map_or(0, |value| value.len() as u64)).saturating_add(32);
        if record.offset >= from && record.offset < up_to {
            wanted.push(record);
        }
    }
    Some((wanted, bytes))
}

impl<'a> Lane<'a> {
    fn new(log: &'a Log, partition: PartitionIndex, high_watermark: Offset, ask: &RecordsAsk, bounds: &Bounds) -> Self {
        let (start, end) = (log.start_offset(), log.end_offset());
        let since = |ms: i64| log.offset_for_timestamp(ms).ok().flatten().map_or(end, |found| found.offset);
        let mut from = start.max(Offset(bounds.offsets.0));
        let mut up_to = end.min(Offset(bounds.offsets.1.saturating_add(1)));
        // All that lies before the first record that is not older is older.
        if bounds.since_ms > i64::MIN {
            from = from.max(since(bounds.since_ms));
        }
        match ask.from {
            From::End | From::Beginning => {}
            From::Offset(offset) => from = from.max(Offset(offset)),
            From::Time(ms) => from = from.max(since(ms)),
        }
        let backwards = ask.from.is_backwards();
        let stands = ask.cursor.as_ref().map(|cursor| cursor.iter().find(|(index, _)| *index == partition.0).map(|(_, at)| Offset(*at)));
        match stands {
            None => {}
            Some(Some(at)) if backwards => up_to = up_to.min(at),
            Some(Some(at)) => from = from.max(at),
            // Added since: what it has is newer than all that is left to be looked at backwards.
            Some(None) if backwards => up_to = from,
            Some(None) => {}
        }
        let unwanted = |wanted: Option<i32>| wanted.is_some_and(|wanted| wanted != partition.0);
        if unwanted(ask.partition) || unwanted(bounds.partition) {
            up_to = from;
        }
        Self {
            log,
            partition: partition.0,
            high_watermark,
            backwards,
            from,
            up_to,
            since_ms: bounds.since_ms,
            batch: None,
            transaction: None,
        }
    }

    fn left(&self) -> u64 {
        u64::try_from(self.up_to.0.saturating_sub(self.from.0)).unwrap_or(0)
    }

    const fn position(&self) -> Offset {
        if self.backwards { self.up_to } else { self.from }
    }

    /// When the next record was written, in ms since 1970; of a batch that is not decoded yet, what its header says. None at the end.
    fn next_time(&mut self) -> Option<i64> {
        while self.batch.is_none() {
            if self.from >= self.up_to {
                return None;
            }
            let next = if self.backwards { self.log.batch_before(self.up_to) } else { self.log.batches(self.from, self.up_to).next() };
            let Some(batch) = next.filter(|batch| batch.header.last_offset() >= self.from) else {
                self.end();
                return None;
            };
            let too_old = batch.header.max_timestamp < self.since_ms;
            self.batch = Some((batch, None));
            if too_old {
                self.pass_batch();
            }
        }
        let (batch, records) = self.batch.as_ref()?;
        let next = records.as_ref().and_then(|records| records.last());
        Some(next.map_or(if self.backwards { batch.header.max_timestamp } else { batch.header.base_timestamp }, |record| record.timestamp))
    }

    /// A record was looked at.
    fn pass(&mut self, record: &Record) {
        if self.backwards {
            self.up_to = record.offset;
        } else {
            self.from = record.offset.plus(1);
        }
    }

    /// The batch was looked at.
    fn pass_batch(&mut self) {
        let Some((batch, _)) = self.batch.take() else { return };
        if self.backwards {
            self.up_to = self.up_to.min(batch.header.base_offset).max(self.from);
        } else {
            self.from = self.from.max(batch.header.next_offset()).min(self.up_to);
        }
    }

    fn end(&mut self) {
        if self.backwards {
            self.up_to = self.from;
        } else {
            self.from = self.up_to;
        }
    }
}

fn found(topic: &str, lane: &Lane<'_>, header: &BatchHeader, record: &Record, kind: RecordKind, bytes_max: u32) -> FoundRecord {
    let bytes_max = usize::try_from(bytes_max).unwrap_or(usize::MAX);
    let payload = |bytes: &bytes::Bytes| Payload::of(bytes, bytes_max);
    let (key, value) = internal::decoded(topic, kind.is_control(), record.key.as_ref(), record.value.as_ref());
    let text = |text: String| payload(&text.into());
    FoundRecord {
        partition: lane.partition,
        offset: record.offset.0,
        timestamp_ms: record.timestamp,
        log_append_time: header.attributes.timestamp_type() == crate::wire::batch::TimestampType::LogAppendTime,
        kind,
        committed: record.offset < lane.high_watermark,
        transaction: lane.transaction,
        key: record.key.as_ref().map(payload),
        value: record.value.as_ref().map(payload),
        decoded: (key.map(text), value.map(text)),
        headers: record.headers.iter().map(|header| (header.key.as_str().into(), header.value.as_ref().map(payload))).collect(),
        leader_epoch: header.leader_epoch.0,
        producer_id: header.producer_id.0,
        producer_epoch: header.producer_epoch.0,
        sequence: record.sequence,
        compression: header.attributes.compression().map_or("unknown", |codec| codec.name()).into(),
        batch_offset: header.base_offset.0,
        batch_records: header.count,
    }
}

fn size(found: &FoundRecord) -> usize {
    let payloads = [&found.key, &found.value, &found.decoded.0, &found.decoded.1]
        .into_iter()
        .chain(found.headers.iter().map(|(_, value)| value))
        .flatten();
    payloads.map(|payload| payload.bytes.len()).sum()
}
