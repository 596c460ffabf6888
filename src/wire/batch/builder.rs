//! Makes batches (`MemoryRecordsBuilder`).

use super::control::ControlType;
use super::error::BatchError;
use super::header::{Attributes, BatchHeader, HEADER_LEN, TimestampType};
use super::record::Header;
use super::varint::{len_i32, len_i64, put_i32, put_i64};
use super::{Batch, Bytes};
use crate::base::{LeaderEpoch, Offset, ProducerEpoch, ProducerId};
use crate::wire::compression::Compression;

/// An idempotent producer, and the sequence number of its batch's first record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Producer {
    pub id: ProducerId,
    pub epoch: ProducerEpoch,
    pub base_sequence: i32,
}

/// How far records shrink, in millionths of their size: what a producer has seen of a topic lets it guess when a batch is full
/// (`CompressionRatioEstimator`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompressionRatio(u32);

impl Default for CompressionRatio {
    fn default() -> Self {
        Self(Self::ONE)
    }
}

impl CompressionRatio {
    const ONE: u32 = 1_000_000;
    const IMPROVING_STEP: u32 = 5_000;
    const DETERIORATING_STEP: u32 = 50_000;
    /// Batches are taken to be 5 % larger than the ratio says.
    const CAUTION_PERCENT: u64 = 105;

    /// Takes in how a batch came out: `size` of `uncompressed` bytes. The estimate rises fast and falls slowly.
    pub fn observe(&mut self, size: usize, uncompressed: usize) {
        if uncompressed == 0 {
            return;
        }
        let seen = (size as u64).saturating_mul(u64::from(Self::ONE)) / uncompressed as u64;
        let seen = u32::try_from(seen).unwrap_or(u32::MAX);
        if seen > self.0 {
            self.0 = self.0.saturating_add(Self::DETERIORATING_STEP).max(seen);
        } else if seen < self.0 {
            self.0 = self.0.saturating_sub(Self::IMPROVING_STEP).max(seen);
        }
    }

    /// A batch was refused for its size: the next are to be estimated without any hope.
    pub const fn reset(&mut self) {
        self.0 = Self::ONE;
    }

    pub(super) const fn apply(self, bytes: usize) -> usize {
        (bytes as u64 * self.0 as u64 / Self::ONE as u64 * Self::CAUTION_PERCENT / 100) as usize
    }
}

/// Takes records in, one by one, and gives a batch.
///
/// The base offset is 0 and the leader epoch -1, as a producer sends them, unless they are set on the batch ([`Batch::place`]).
#[derive(Clone, Debug)]
pub struct BatchBuilder {
    compression: Compression,
    ratio: CompressionRatio,
    producer: Option<Producer>,
    attributes: Attributes,
    body: Vec<u8>,
    count: i32,
    base_timestamp: i64,
    max_timestamp: i64,
}

impl BatchBuilder {
    pub const fn new(compression: Compression) -> Self {
        Self {
            compression,
            ratio: CompressionRatio(CompressionRatio::ONE),
            producer: None,
            attributes: Attributes(0),
            body: Vec::new(),
            count: 0,
            base_timestamp: -1,
            max_timestamp: -1,
        }
    }

    /// A batch of one control record. `value` is the type's message, with its version.
    ///
    /// # Errors
    /// A value that is larger than a batch can be.
    pub fn control(kind: ControlType, value: &[u8], timestamp: i64) -> Result<Self, BatchError> {
        let mut builder = Self::new(Compression::None);
        builder.attributes = builder.attributes.with_control(true);
        builder.append(timestamp, Some(&kind.key()), Some(value), &[])?;
        Ok(builder)
    }

    /// Guesses the size of compressed batches by this ratio; 1 unless told.
    #[must_use]
    pub const fn with_ratio(mut self, ratio: CompressionRatio) -> Self {
        self.ratio = ratio;
        self
    }

    #[must_use]
    pub const fn with_producer(mut self, producer: Producer) -> Self {
        self.producer = Some(producer);
        self
    }

    #[must_use]
    pub const fn transactional(mut self, transactional: bool) -> Self {
        self.attributes = self.attributes.with_transactional(transactional);
        self
    }

    /// The producer's identity and sequence, given or changed once the batch is about to be sent.
    pub const fn set_producer(&mut self, producer: Option<Producer>) {
        self.producer = producer;
    }

    pub const fn count(&self) -> i32 {
        self.count
    }

    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The newest of the records' timestamps, in ms; -1 without records.
    pub const fn max_timestamp(&self) -> i64 {
        self.max_timestamp
    }

    /// Adds a record. `timestamp` in ms since 1970; a null value makes it a tombstone.
    ///
    /// # Errors
    /// [`BatchError::TooLarge`] where the batch cannot hold more; the batch is as it was then.
    pub fn append(&mut self, timestamp: i64, key: Option<&[u8]>, value: Option<&[u8]>, headers: &[Header]) -> Result<(), BatchError> {
        let base_timestamp = if self.count == 0 { timestamp } else { self.base_timestamp };
        let timestamp_delta = timestamp.wrapping_sub(base_timestamp);
        let len = record_len(self.count, timestamp_delta, key, value, headers);
        let room = i32::MAX as usize - HEADER_LEN - 5;
        if self.count == i32::MAX || len > room.saturating_sub(self.body.len()) {
            return Err(BatchError::TooLarge);
        }
        self.body.reserve(len.saturating_add(5));
        put_i32(&mut self.body, len as i32);
        self.body.push(0);
        put_i64(&mut self.body, timestamp_delta);
        put_i32(&mut self.body, self.count);
        self.put_bytes(key);
        self.put_bytes(value);
        put_i32(&mut self.body, headers.len() as i32);
        for header in headers {
            self.put_bytes(Some(header.key.as_bytes()));
            self.put_bytes(header.value.as_deref());
        }
        self.base_timestamp = base_timestamp;
        self.max_timestamp = self.max_timestamp.max(timestamp);
        self.count += 1;
        Ok(())
    }

    fn put_bytes(&mut self, bytes: Option<&[u8]>) {
        match bytes {
            None => put_i32(&mut self.body, -1),
            Some(bytes) => {
                put_i32(&mut self.body, bytes.len() as i32);
                self.body.extend_from_slice(bytes);
            }
        }
    }

    /// What the batch will take, in bytes, as far as one can know before compressing it
    /// (`MemoryRecordsBuilder.estimatedBytesWritten`).
    pub fn estimated_size(&self) -> usize {
        HEADER_LEN + if self.compression == Compression::None { self.body.len() } else { self.ratio.apply(self.body.len()) }
    }

    /// The records' bytes so far, before compression.
    pub fn uncompressed_size(&self) -> usize {
        self.body.len()
    }

    /// Whether one more record fits into a batch of `limit` bytes (`batch.size`); the first always does (`MemoryRecordsBuilder.hasRoomFor`).
    pub fn has_room_for(&self, limit: usize, timestamp: i64, key: Option<&[u8]>, value: Option<&[u8]>, headers: &[Header]) -> bool {
        if self.count == 0 {
            return true;
        }
        if self.is_full(limit) {
            return false;
        }
        let len = record_len(self.count, timestamp.wrapping_sub(self.base_timestamp), key, value, headers);
        let size = len.saturating_add(len_i64(len as i64));
        limit >= self.estimated_size().saturating_add(size)
    }

    /// Whether a batch of `limit` bytes is to be sent without more records (`MemoryRecordsBuilder.isFull`).
    pub fn is_full(&self, limit: usize) -> bool {
        self.count > 0 && limit <= self.estimated_size()
    }

    /// The most that a batch of this one record would take, in bytes (`AbstractRecords.estimateSizeInBytesUpperBound`).
    pub fn upper_bound(key: Option<&[u8]>, value: Option<&[u8]>, headers: &[Header]) -> usize {
        // The length, the attributes, the longest deltas of time and offset.
        const RECORD_OVERHEAD_MAX: usize = 21;
        HEADER_LEN.saturating_add(RECORD_OVERHEAD_MAX).saturating_add(body_len(key, value, headers))
    }

    /// Compresses the records and closes the batch.
    ///
    /// # Errors
    /// A batch that is larger than batches can be.
    pub fn build(&self) -> Result<Batch, BatchError> {
        let body = match self.compression {
            Compression::None => Bytes::copy_from_slice(&self.body),
            codec => codec.compress(&self.body).map_err(BatchError::Compression)?.into(),
        };
        let size = HEADER_LEN.saturating_add(body.len());
        let producer = self.producer.unwrap_or(Producer { id: ProducerId(-1), epoch: ProducerEpoch(-1), base_sequence: -1 });
        let mut header = BatchHeader {
            base_offset: Offset(0),
            length: i32::try_from(size - 12).map_err(|_| BatchError::TooLarge)?,
            leader_epoch: LeaderEpoch(-1),
            crc: 0,
            attributes: self.attributes.with_compression(self.compression).with_timestamp_type(TimestampType::CreateTime),
            last_offset_delta: self.count.saturating_sub(1),
            base_timestamp: self.base_timestamp,
            max_timestamp: self.max_timestamp,
            producer_id: producer.id,
            producer_epoch: producer.epoch,
            base_sequence: producer.base_sequence,
            count: self.count,
        };
        header.crc = header.compute_crc(&body);
        Ok(Batch { header, body })
    }
}

/// Of a record after its length field, in bytes.
fn record_len(offset_delta: i32, timestamp_delta: i64, key: Option<&[u8]>, value: Option<&[u8]>, headers: &[Header]) -> usize {
    (1 + len_i64(timestamp_delta) + len_i32(offset_delta)).saturating_add(body_len(key, value, headers))
}

fn body_len(key: Option<&[u8]>, value: Option<&[u8]>, headers: &[Header]) -> usize {
    let headers_len =
        headers.iter().map(|header| field_len(Some(header.key.as_bytes())).saturating_add(field_len(header.value.as_deref())));
    let fields = [field_len(key), field_len(value), len_i64(headers.len() as i64)];
    fields.into_iter().chain(headers_len).fold(0, usize::saturating_add)
}

fn field_len(bytes: Option<&[u8]>) -> usize {
    bytes.map_or(1, |bytes| bytes.len().saturating_add(len_i64(bytes.len() as i64)))
}
