//! Where the batches of a Produce exchange lie. A producer does not know their offsets: its response tells them, and before there is one
//! (or where there will be none: `acks=0`) the log does.

use super::RecordAt;
use crate::base::{Offset, PartitionIndex, TopicPartition};
use crate::log::Log;
use crate::playground::Session;
use crate::simulation::Frame;
use crate::view::build::{log_of, newest_image};
use crate::view::query::peers::Known;
use crate::wire::batch::Batch;
use crate::wire::messages::{ProduceRequest, ProduceResponse};
use crate::wire::{decode, decode_request_header_rope, decode_response_rope};
use std::sync::Arc;

/// Through how many of a log's last batches one that no response tells of is looked for.
const LOOKED_AT_MAX: usize = 4096;

/// A batch that a producer sent.
pub(super) struct Sent {
    topic: Arc<str>,
    partition: i32,
    batch: Batch,
}

/// Each partition's first offset, as a response of this version tells; none of what was refused.
pub(super) fn told(known: &Known<'_>, response: &Frame, version: i16) -> Vec<RecordAt> {
    let Ok((_, response)) = decode_response_rope::<ProduceResponse>(&response.bytes, version) else { return Vec::new() };
    let of_topics = response.responses.into_iter().filter_map(|of| {
        let topic: Arc<str> = if of.name.is_empty() { known.topic(of.topic_id)?.into() } else { of.name.into() };
        Some(of.partition_responses.into_iter().map(move |of| RecordAt {
            topic: Arc::clone(&topic),
            partition: of.index,
            offset: of.base_offset,
        }))
    });
    of_topics.flatten().filter(|at| at.offset >= 0).collect()
}

/// What a request brings.
pub(super) fn sent(known: &Known<'_>, request: &Frame) -> Vec<Sent> {
    let Ok((header, body)) = decode_request_header_rope(&request.bytes) else { return Vec::new() };
    let Ok(produce) = decode::<ProduceRequest>(body, header.version) else { return Vec::new() };
    let mut sent = Vec::new();
    for of in produce.topic_data {
        let topic = if of.name.is_empty() { known.topic(of.topic_id) } else { Some(of.name) };
        let Some(topic) = topic.map(Arc::<str>::from) else { continue };
        for (partition, records) in of.partition_data.into_iter().filter_map(|of| Some((of.index, of.records?))) {
            let batches = Batch::parse_all(records.to_bytes()).unwrap_or_default();
            sent.extend(batches.into_iter().map(|batch| Sent { topic: Arc::clone(&topic), partition, batch }));
        }
    }
    sent
}

/// The first offset of each batch that a request brought, as it is found in its partition's log.
pub(super) fn found(session: &Session, known: &Known<'_>, request: &Frame) -> Vec<RecordAt> {
    let sent = sent(known, request).into_iter();
    let found = sent.filter_map(|Sent { topic, partition, batch }| {
        let log = log(session, &topic, partition)?;
        let backwards = std::iter::successors(log.batch_before(log.end_offset()), |batch| log.batch_before(batch.header.base_offset));
        let stored = backwards.take(LOOKED_AT_MAX).find(|stored| is_same(&batch, stored))?;
        Some(RecordAt { topic, partition, offset: stored.header.base_offset.0 })
    });
    found.collect()
}

/// The batch that begins at an offset.
pub(super) fn stored(session: &Session, at: &RecordAt) -> Option<Batch> {
    let log = log(session, &at.topic, at.partition)?;
    log.batches(Offset(at.offset), Offset(at.offset + 1)).find(|batch| batch.header.base_offset == Offset(at.offset))
}

impl Sent {
    /// Whether it is what is stored at a place.
    pub(super) fn is(&self, at: &RecordAt, stored: &Batch) -> bool {
        self.topic == at.topic && self.partition == at.partition && is_same(&self.batch, stored)
    }
}

/// Whether a log's batch is one that was sent, but for what a broker writes into it: its place, and its time where that is the broker's.
fn is_same(sent: &Batch, stored: &Batch) -> bool {
    let said = |batch: &Batch| {
        let header = &batch.header;
        (header.producer_id, header.producer_epoch, header.base_sequence, header.base_timestamp)
    };
    said(sent) == said(stored) && sent.body() == stored.body()
}

/// A partition's log as its leader has it, or a replica where nobody leads.
fn log<'s>(session: &'s Session, topic: &str, partition: i32) -> Option<&'s Log> {
    let simulation = session.simulation();
    let topic = newest_image(simulation)?.topic(topic)?;
    let name = TopicPartition { topic: Arc::clone(&topic.name), partition: PartitionIndex(partition) };
    let image = topic.partition(name.partition)?;
    let mut nodes = image.leader.into_iter().chain(image.replicas.iter().copied());
    nodes.find_map(|node| log_of(simulation, node, &name)).map(|(log, _)| log)
}
