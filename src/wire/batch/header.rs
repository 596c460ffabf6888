//! The 61 bytes that every batch begins with.

use super::error::BatchError;
use crate::base::{LeaderEpoch, Offset, ProducerEpoch, ProducerId};
use crate::wire::compression::Compression;

/// Of a batch's header, in bytes.
pub const HEADER_LEN: usize = 61;
/// What the length field does not count: itself and the base offset.
const OVERHEAD: usize = 12;
/// Where the checksummed part begins: the attributes.
const CRC_FROM: usize = 21;
const LENGTH_AT: usize = 8;
const MAGIC_AT: usize = 16;
const MAGIC: i8 = 2;
/// Of a record of the oldest format: what is less is no batch of any.
const SMALLEST_LENGTH: usize = 14;

/// Who sets a record's timestamp (`message.timestamp.type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TimestampType {
    /// The producer.
    #[default]
    CreateTime,
    /// The broker, as it writes the batch.
    LogAppendTime,
}

/// A batch's flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attributes(pub i16);

impl Attributes {
    const COMPRESSION: i16 = 0x07;
    const LOG_APPEND_TIME: i16 = 0x08;
    const TRANSACTIONAL: i16 = 0x10;
    const CONTROL: i16 = 0x20;
    const DELETE_HORIZON: i16 = 0x40;

    /// The codec's number, known or not.
    pub const fn compression_id(self) -> i16 {
        self.0 & Self::COMPRESSION
    }

    /// `None` where nobody knows the codec.
    pub fn compression(self) -> Option<Compression> {
        Compression::from_id(self.compression_id())
    }

    pub const fn timestamp_type(self) -> TimestampType {
        if self.0 & Self::LOG_APPEND_TIME == 0 { TimestampType::CreateTime } else { TimestampType::LogAppendTime }
    }

    /// Part of a transaction: read_committed readers wait for its end.
    pub const fn is_transactional(self) -> bool {
        self.0 & Self::TRANSACTIONAL != 0
    }

    /// Markers and quorum records, which no application sees.
    pub const fn is_control(self) -> bool {
        self.0 & Self::CONTROL != 0
    }

    /// Set by compaction: the base timestamp is when tombstones may go (KIP-534).
    pub const fn has_delete_horizon(self) -> bool {
        self.0 & Self::DELETE_HORIZON != 0
    }

    pub const fn with_compression(self, compression: Compression) -> Self {
        Self(self.0 & !Self::COMPRESSION | compression.id())
    }

    pub const fn with_timestamp_type(self, kind: TimestampType) -> Self {
        match kind {
            TimestampType::CreateTime => Self(self.0 & !Self::LOG_APPEND_TIME),
            TimestampType::LogAppendTime => Self(self.0 | Self::LOG_APPEND_TIME),
        }
    }

    pub const fn with_transactional(self, transactional: bool) -> Self {
        Self(if transactional { self.0 | Self::TRANSACTIONAL } else { self.0 & !Self::TRANSACTIONAL })
    }

    pub const fn with_delete_horizon(self, has_horizon: bool) -> Self {
        Self(if has_horizon { self.0 | Self::DELETE_HORIZON } else { self.0 & !Self::DELETE_HORIZON })
    }

    pub const fn with_control(self, control: bool) -> Self {
        Self(if control { self.0 | Self::CONTROL } else { self.0 & !Self::CONTROL })
    }
}

/// A batch's header, field by field in the order of the wire (but for the magic, which is always 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchHeader {
    pub base_offset: Offset,
    /// Of what follows this field, in bytes.
    pub length: i32,
    pub leader_epoch: LeaderEpoch,
    /// CRC-32C of the batch from its attributes to its end.
    pub crc: u32,
    pub attributes: Attributes,
    /// The last record's offset, less the base offset; stays what it was when compaction removes records.
    pub last_offset_delta: i32,
    /// What the records' timestamps are relative to, in ms.
    pub base_timestamp: i64,
    /// In ms; -1 without records that have one.
    pub max_timestamp: i64,
    /// -1 for a producer that is not idempotent.
    pub producer_id: ProducerId,
    /// -1 for a producer that is not idempotent.
    pub producer_epoch: ProducerEpoch,
    /// The first record's sequence number; -1 for a producer that is not idempotent.
    pub base_sequence: i32,
    /// How many records there are.
    pub count: i32,
}

impl BatchHeader {
    /// Reads a header from the start of a batch, all of which must be there; what is wrong is found in the order in which Apache Kafka
    /// finds it (`ByteBufferLogInputStream.nextBatchSize`).
    ///
    /// # Errors
    /// Fewer bytes than the batch says it has, a length that no batch has, another magic than 2.
    pub fn parse(bytes: &[u8]) -> Result<Self, BatchError> {
        Self::parse_of(bytes, bytes.len())
    }

    /// The same of a batch of which only the beginning is at hand: its first 61 bytes, or all that there are; `have` bytes follow in all.
    pub(super) fn parse_of(bytes: &[u8], have: usize) -> Result<Self, BatchError> {
        let length = bytes.get(LENGTH_AT..).and_then(<[u8]>::first_chunk).map(|bytes| i32::from_be_bytes(*bytes));
        let Some(length) = length else { return Err(BatchError::CutShort { needed: HEADER_LEN, have }) };
        let whole =
            usize::try_from(length).ok().filter(|length| *length >= SMALLEST_LENGTH).and_then(|length| length.checked_add(OVERHEAD));
        let needed = whole.ok_or(BatchError::Length { length })?;
        let Some(magic) = bytes.get(MAGIC_AT).map(|byte| byte.cast_signed()) else {
            return Err(BatchError::CutShort { needed, have });
        };
        if !(0..=MAGIC).contains(&magic) {
            return Err(BatchError::Magic { magic });
        }
        if needed > have {
            return Err(BatchError::CutShort { needed, have });
        }
        if magic != MAGIC {
            return Err(BatchError::Magic { magic });
        }
        let Some((head, _)) = bytes.split_first_chunk::<HEADER_LEN>().filter(|_| needed >= HEADER_LEN) else {
            return Err(BatchError::Length { length });
        };
        Ok(Self::read(head))
    }

    fn read(head: &[u8; HEADER_LEN]) -> Self {
        let mut fields = Fields(head);
        let (base_offset, length, leader_epoch) = (fields.take(), fields.take(), fields.take());
        let [_magic] = fields.take();
        Self {
            base_offset: Offset(i64::from_be_bytes(base_offset)),
            length: i32::from_be_bytes(length),
            leader_epoch: LeaderEpoch(i32::from_be_bytes(leader_epoch)),
            crc: u32::from_be_bytes(fields.take()),
            attributes: Attributes(i16::from_be_bytes(fields.take())),
            last_offset_delta: i32::from_be_bytes(fields.take()),
            base_timestamp: i64::from_be_bytes(fields.take()),
            max_timestamp: i64::from_be_bytes(fields.take()),
            producer_id: ProducerId(i64::from_be_bytes(fields.take())),
            producer_epoch: ProducerEpoch(i16::from_be_bytes(fields.take())),
            base_sequence: i32::from_be_bytes(fields.take()),
            count: i32::from_be_bytes(fields.take()),
        }
    }

    /// As on the wire.
    pub fn to_bytes(&self) -> [u8; HEADER_LEN] {
        let mut bytes = [0; HEADER_LEN];
        let mut rest: &mut [u8] = &mut bytes;
        put(&mut rest, self.base_offset.0.to_be_bytes());
        put(&mut rest, self.length.to_be_bytes());
        put(&mut rest, self.leader_epoch.0.to_be_bytes());
        put(&mut rest, MAGIC.to_be_bytes());
        put(&mut rest, self.crc.to_be_bytes());
        put(&mut rest, self.attributes.0.to_be_bytes());
        put(&mut rest, self.last_offset_delta.to_be_bytes());
        put(&mut rest, self.base_timestamp.to_be_bytes());
        put(&mut rest, self.max_timestamp.to_be_bytes());
        put(&mut rest, self.producer_id.0.to_be_bytes());
        put(&mut rest, self.producer_epoch.0.to_be_bytes());
        put(&mut rest, self.base_sequence.to_be_bytes());
        put(&mut rest, self.count.to_be_bytes());
        bytes
    }

    /// The checksum that the batch with this header and body should have.
    pub fn compute_crc(&self, body: &[u8]) -> u32 {
        let head = self.to_bytes();
        crc32c::crc32c_append(crc32c::crc32c(head.get(CRC_FROM..).unwrap_or_default()), body)
    }

    /// Of the whole batch, in bytes.
    pub fn size_in_bytes(&self) -> usize {
        usize::try_from(self.length).unwrap_or(0).saturating_add(OVERHEAD)
    }

    /// The last record's offset.
    pub const fn last_offset(&self) -> Offset {
        self.base_offset.plus(self.last_offset_delta as i64)
    }

    /// The offset after the batch.
    pub const fn next_offset(&self) -> Offset {
        self.base_offset.plus(self.last_offset_delta as i64 + 1)
    }

    /// The producer is idempotent: the sequence numbers count.
    pub const fn has_producer_id(&self) -> bool {
        self.producer_id.0 >= 0
    }

    /// The last record's sequence number; -1 without sequence numbers. After 2147483647 comes 0.
    pub const fn last_sequence(&self) -> i32 {
        if self.base_sequence < 0 { -1 } else { advance_sequence(self.base_sequence, self.last_offset_delta) }
    }
}

/// The sequence number `by` records after `sequence` (`DefaultRecordBatch.incrementSequence`).
const fn advance_sequence(sequence: i32, by: i32) -> i32 {
    sequence.wrapping_add(by) & i32::MAX
}

/// Reads a header's fields from front to back; 61 bytes are all they are.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk::<N>() {
            Some((field, rest)) => {
                self.0 = rest;
                *field
            }
            None => [0; N],
        }
    }
}

fn put<const N: usize>(rest: &mut &mut [u8], field: [u8; N]) {
    if let Some((place, after)) = std::mem::take(rest).split_first_chunk_mut::<N>() {
        *place = field;
        *rest = after;
    }
}
