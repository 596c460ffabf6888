//! What a batch must be for a leader to write it (`LogValidator`, `UnifiedLog.analyzeAndValidateRecords`).
//!
//! A client's records are walked over, without being copied, as Apache Kafka does: their number must be what the header says, compacted
//! topics need keys, timestamps have bounds, and what does not inflate would stop every reader.

use super::config::LogConfig;
use super::error::{AppendError, RecordError};
use crate::base::{Offset, TopicPartition};
use crate::wire::Rope;
use crate::wire::batch::{Batch, BatchBuilder, BatchError, Batches, Producer, RecordView, TimestampType, Views};
use crate::wire::compression::Compression;

/// Takes the only batch of a Produce request's records.
///
/// # Errors
/// Several batches or none, another format. What is cut short at the end counts for nothing, as in Apache Kafka.
pub fn single_batch(records: Rope) -> Result<Batch, AppendError> {
    let mut batches = Batches::new(records);
    let batch = match batches.next() {
        Some(Ok(batch)) => batch,
        None | Some(Err(BatchError::CutShort { .. })) => {
            return Err(AppendError::InvalidRecord("Record batch has no batches at all".to_owned()));
        }
        Some(Err(BatchError::Magic { magic: magic @ 0..=1 })) => {
            return Err(AppendError::InvalidRecord(format!("Produce requests with magic {magic} are not allowed")));
        }
        Some(Err(error @ BatchError::Length { length: 14.. })) => return Err(AppendError::Unreadable(error)),
        Some(Err(error)) => return Err(AppendError::Corrupt(error)),
    };
    match batches.next() {
        None | Some(Err(BatchError::CutShort { .. })) => Ok(batch),
        Some(Ok(_) | Err(BatchError::Magic { magic: 0..=1 })) => {
            Err(AppendError::InvalidRecord("Produce requests must contain exactly one record batch".to_owned()))
        }
        Some(Err(error)) => Err(AppendError::Corrupt(error)),
    }
}

/// Checks what the header says, before anything is assigned.
pub(super) fn check_envelope(batch: &Batch, config: &LogConfig) -> Result<(), AppendError> {
    if batch.header.base_offset != Offset(0) {
        let offset = batch.header.base_offset;
        return Err(AppendError::InvalidRecord(format!("The baseOffset of the record batch should be 0, but it is {offset}")));
    }
    check_size(batch, config)?;
    batch.verify_crc().map_err(AppendError::Corrupt)?;
    let codec = batch.header.attributes.compression_id();
    if Compression::from_id(codec).is_none() {
        return Err(AppendError::Unreadable(BatchError::UnknownCodec { id: codec }));
    }
    Ok(())
}

pub(super) fn check_size(batch: &Batch, config: &LogConfig) -> Result<(), AppendError> {
    let (size, limit) = (batch.size_in_bytes() as u64, config.max_message_bytes);
    if size > limit { Err(AppendError::TooLarge { size, limit }) } else { Ok(()) }
}

/// Checks a client's batch against itself.
pub(super) fn check_header(batch: &Batch) -> Result<(), AppendError> {
    let header = &batch.header;
    let invalid = |what: String| Err(AppendError::InvalidRecord(what));
    let range = i64::from(header.last_offset_delta) + 1;
    if range <= 0 || header.count <= 0 || range != i64::from(header.count) {
        return invalid(format!("Inconsistent batch offset range of {range} offsets and count of {} records", header.count));
    }
    if header.attributes.is_control() {
        return invalid("Clients are not allowed to write control records".to_owned());
    }
    if header.has_producer_id() && header.base_sequence < 0 {
        return invalid(format!("Invalid sequence number {} in record batch with producerId {}", header.base_sequence, header.producer_id));
    }
    Ok(())
}

/// What walking over a client's records has found.
pub(super) struct Walked {
    pub(super) max_timestamp: i64,
    /// The records' offsets do not count up one by one: their batch is to be written anew.
    gaps: bool,
}

/// Where and when a batch is to be written: what faults are told with.
pub(super) struct Place<'a> {
    pub(super) partition: &'a TopicPartition,
    pub(super) config: &'a LogConfig,
    pub(super) now_ms: i64,
}

impl Place<'_> {
    /// Walks over a client's records.
    pub(super) fn walk(&self, batch: &Batch) -> Result<Walked, AppendError> {
        let body = batch.inflate().map_err(AppendError::Unreadable)?;
        let mut walked = Walked { max_timestamp: -1, gaps: false };
        let mut errors = Vec::new();
        let mut bad_time = false;
        for (index, record) in (0..).zip(Views::new(&body, batch.header.count)) {
            let record = record.map_err(|error| AppendError::InvalidRecord(error.to_string()))?;
            let timestamp = self.timestamp_of(batch, &record);
            walked.max_timestamp = walked.max_timestamp.max(timestamp);
            walked.gaps |= record.offset_delta != index;
            if self.config.compacted && record.key.is_none() {
                let message = format!("Compacted topic cannot accept message without key in topic partition {}", self.partition);
                errors.push(RecordError { batch_index: index, message });
            } else if let Some(message) = self.timestamp_fault(batch, &record, timestamp) {
                bad_time = true;
                errors.push(RecordError { batch_index: index, message });
            }
        }
        match errors.is_empty() {
            true => Ok(walked),
            false if bad_time => Err(AppendError::Timestamps(errors)),
            false => Err(AppendError::Keyless(errors)),
        }
    }

    fn timestamp_of(&self, batch: &Batch, record: &RecordView<'_>) -> i64 {
        match batch.header.attributes.timestamp_type() {
            TimestampType::CreateTime => batch.header.base_timestamp.wrapping_add(record.timestamp_delta),
            TimestampType::LogAppendTime => batch.header.max_timestamp,
        }
    }

    fn timestamp_fault(&self, batch: &Batch, record: &RecordView<'_>, timestamp: i64) -> Option<String> {
        let (before, after) = (self.config.message_timestamp_before_max_ms, self.config.message_timestamp_after_max_ms);
        let offset = i64::from(record.offset_delta);
        if self.config.message_timestamp_type == TimestampType::CreateTime && timestamp != -1 {
            let age = self.now_ms.wrapping_sub(timestamp);
            let (oldest, newest) = (self.now_ms.wrapping_sub(before), self.now_ms.wrapping_add(after));
            return (age > before || age.wrapping_neg() > after).then(|| {
                format!(
                    "Timestamp {timestamp} of message with offset {offset} is out of range. The timestamp should be within [{oldest}, {newest}]"
                )
            });
        }
        (batch.header.attributes.timestamp_type() == TimestampType::LogAppendTime).then(|| {
            let len = |bytes: Option<&[u8]>| bytes.map_or(0, <[u8]>::len);
            let (key, value) = (len(record.key), len(record.value));
            format!(
                "Invalid timestamp type in message DefaultRecord(offset={offset}, timestamp={timestamp}, key={key} bytes, value={value} \
                 bytes). Producer should not set timestamp type to LogAppendTime."
            )
        })
    }
}

/// Writes a batch's records anew where the topic asks for another codec, or where a compressed batch's offsets have gaps; else leaves it.
pub(super) fn convert(batch: Batch, config: &LogConfig, walked: &Walked) -> Result<Batch, AppendError> {
    let source = batch.header.attributes.compression().unwrap_or_default();
    let target = config.compression_type.unwrap_or(source);
    if source == target && !(walked.gaps && source != Compression::None) {
        return Ok(batch);
    }
    let header = &batch.header;
    let mut builder = BatchBuilder::new(target).transactional(header.attributes.is_transactional());
    if header.has_producer_id() {
        builder =
            builder.with_producer(Producer { id: header.producer_id, epoch: header.producer_epoch, base_sequence: header.base_sequence });
    }
    for record in batch.records().map_err(AppendError::Unreadable)? {
        let record = record.map_err(|error| AppendError::InvalidRecord(error.to_string()))?;
        let appended = builder.append(record.timestamp, record.key.as_deref(), record.value.as_deref(), &record.headers);
        appended.map_err(AppendError::Unreadable)?;
    }
    let converted = builder.build().map_err(AppendError::Unreadable)?;
    check_size(&converted, config)?;
    Ok(converted)
}
