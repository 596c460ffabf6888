//! Offsets by time (`UnifiedLog.fetchOffsetByTimestamp`).

use super::partition_log::Log;
use super::segment::Segment;
use crate::base::{LeaderEpoch, Offset};
use crate::wire::batch::{Batch, BatchError, TimestampType};

/// A record that was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundOffset {
    pub offset: Offset,
    /// In ms.
    pub timestamp: i64,
    /// Of the batch that holds it; -1 for none.
    pub leader_epoch: LeaderEpoch,
}

impl Log {
    /// The first record, in the order of offsets, that is not older than `timestamp` (in ms).
    ///
    /// # Errors
    /// A batch whose records cannot be read.
    pub fn offset_for_timestamp(&self, timestamp: i64) -> Result<Option<FoundOffset>, BatchError> {
        let segments = self.segments_from(self.start).filter(|segment| segment.max_timestamp() >= timestamp);
        for batch in segments.flat_map(|segment| segment.batches_since(timestamp, self.start)) {
            for record in batch.records()? {
                let record = record?;
                if record.timestamp >= timestamp && record.offset >= self.start {
                    return Ok(Some(found(&batch, record.offset, record.timestamp)));
                }
            }
        }
        Ok(None)
    }

    /// The first record with the newest timestamp. It may lie before the log's start, as in Apache Kafka.
    ///
    /// # Errors
    /// A batch whose records cannot be read.
    pub fn offset_of_max_timestamp(&self) -> Result<Option<FoundOffset>, BatchError> {
        let newest = self.segments().fold(None::<&Segment>, |newest, segment| match newest {
            Some(newest) if newest.max_timestamp() >= segment.max_timestamp() => Some(newest),
            _ => Some(segment),
        });
        let Some(segment) = newest.filter(|segment| segment.max_timestamp() >= 0) else { return Ok(None) };
        let timestamp = segment.max_timestamp();
        let Some(batch) = segment.batches_since(timestamp, segment.base_offset()).next() else { return Ok(None) };
        if batch.header.attributes.timestamp_type() == TimestampType::LogAppendTime {
            return Ok(Some(found(&batch, batch.header.last_offset(), timestamp)));
        }
        for record in batch.records()? {
            let record = record?;
            if record.timestamp == timestamp {
                return Ok(Some(found(&batch, record.offset, timestamp)));
            }
        }
        Ok(None)
    }
}

const fn found(batch: &Batch, offset: Offset, timestamp: i64) -> FoundOffset {
    FoundOffset { offset, timestamp, leader_epoch: batch.header.leader_epoch }
}
