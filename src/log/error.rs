//! Why a log refuses to be written or read.

use crate::base::Offset;
use crate::wire::ErrorCode;
use crate::wire::batch::BatchError;
use std::fmt;

/// A record that a log does not take, for which the whole batch is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// The record's number in its batch, from 0.
    pub batch_index: i32,
    pub message: String,
}

/// Why a batch was not written. The log is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// No batch, several, or one that contradicts itself: INVALID_RECORD. The text says what.
    InvalidRecord(String),
    /// Records that a compacted topic cannot have, as they lack keys: INVALID_RECORD.
    Keyless(Vec<RecordError>),
    /// Records with timestamps that the topic does not allow, among other faults: INVALID_TIMESTAMP.
    Timestamps(Vec<RecordError>),
    /// Larger than `max.message.bytes`: MESSAGE_TOO_LARGE. In bytes.
    TooLarge { size: u64, limit: u64 },
    /// Larger than `segment.bytes`: RECORD_LIST_TOO_LARGE. In bytes.
    LargerThanSegment { size: u64, limit: u64 },
    /// Not a batch, or not as it was sent: CORRUPT_MESSAGE.
    Corrupt(BatchError),
    /// An unknown codec, records that do not inflate, a header that is cut short: UNKNOWN_SERVER_ERROR, as Apache Kafka has it.
    Unreadable(BatchError),
    /// A sequence number that does not follow: OUT_OF_ORDER_SEQUENCE_NUMBER.
    OutOfOrderSequence,
    /// A newer producer of this id has written: INVALID_PRODUCER_EPOCH.
    InvalidProducerEpoch,
    /// Records of a transaction that is not known to be open, or records without a transaction in the middle of one: INVALID_TXN_STATE.
    InvalidTxnState,
    /// A newer coordinator has written a marker for this producer: TRANSACTION_COORDINATOR_FENCED.
    TransactionCoordinatorFenced,
    /// A follower was given batches that do not go on where its log ends.
    UnexpectedOffset { offset: Offset, last: Offset, end: Offset },
}

impl AppendError {
    /// As Apache Kafka's brokers answer it.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::InvalidRecord(_) | Self::Keyless(_) => ErrorCode::InvalidRecord,
            Self::Timestamps(_) => ErrorCode::InvalidTimestamp,
            Self::TooLarge { .. } => ErrorCode::MessageTooLarge,
            Self::LargerThanSegment { .. } => ErrorCode::RecordListTooLarge,
            Self::Corrupt(_) => ErrorCode::CorruptMessage,
            Self::Unreadable(_) | Self::UnexpectedOffset { .. } => ErrorCode::UnknownServerError,
            Self::OutOfOrderSequence => ErrorCode::OutOfOrderSequenceNumber,
            Self::InvalidProducerEpoch => ErrorCode::InvalidProducerEpoch,
            Self::InvalidTxnState => ErrorCode::InvalidTxnState,
            Self::TransactionCoordinatorFenced => ErrorCode::TransactionCoordinatorFenced,
        }
    }

    /// What is wrong with single records.
    pub fn record_errors(&self) -> &[RecordError] {
        match self {
            Self::Keyless(errors) | Self::Timestamps(errors) => errors,
            _ => &[],
        }
    }
}

impl fmt::Display for AppendError {
    /// For the faults of single records: word for word what Apache Kafka answers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRecord(what) => f.write_str(what),
            Self::Keyless(errors) => {
                let shown = errors
                    .iter()
                    .take(3)
                    .map(|error| format!("RecordError(batchIndex={}, message='{}')", error.batch_index, error.message));
                let (count, shown) = (errors.len(), shown.collect::<Vec<_>>().join(", "));
                write!(
                    f,
                    "One or more records have been rejected due to {count} record errors in total, and only showing the first three errors \
                     at most: [{shown}]"
                )
            }
            Self::Timestamps(_) => f.write_str("One or more records have been rejected due to invalid timestamp"),
            Self::TooLarge { size, limit } => write!(f, "a batch of {size} bytes where max.message.bytes is {limit}"),
            Self::LargerThanSegment { size, limit } => write!(f, "a batch of {size} bytes where segment.bytes is {limit}"),
            Self::Corrupt(error) | Self::Unreadable(error) => error.fmt(f),
            Self::OutOfOrderSequence => f.write_str("a sequence number that does not follow the producer's last"),
            Self::InvalidProducerEpoch => f.write_str("an epoch older than the producer's last"),
            Self::InvalidTxnState => f.write_str("records that do not belong to the producer's transaction as this log knows it"),
            Self::TransactionCoordinatorFenced => f.write_str("a marker of a coordinator older than the last"),
            Self::UnexpectedOffset { offset, end, .. } => write!(f, "a batch at offset {offset} where the log ends at {end}"),
        }
    }
}

impl std::error::Error for AppendError {}

/// An offset before the log's start or after its end: OFFSET_OUT_OF_RANGE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OffsetOutOfRange {
    pub offset: Offset,
    pub start: Offset,
    pub end: Offset,
}

impl fmt::Display for OffsetOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "offset {} of a log that has {} to {}", self.offset, self.start, self.end)
    }
}

impl std::error::Error for OffsetOutOfRange {}
