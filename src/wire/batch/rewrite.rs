//! A batch with fewer records than it was written with: what compaction makes of it (`MemoryRecords.filterTo`).
//!
//! Offsets stay: the base offset, the last offset delta, each record's own delta, and the base sequence are those of the whole batch.

use super::error::BatchError;
use super::header::{BatchHeader, HEADER_LEN, TimestampType};
use super::record::RecordView;
use super::varint::{put_i32, put_i64};
use super::{Batch, Bytes};
use crate::wire::compression::Compression;

impl BatchHeader {
    /// From when on the batch's tombstones, or its transaction marker, may go, in ms since 1970; none while that has not been set (KIP-534).
    pub fn delete_horizon_ms(&self) -> Option<i64> {
        self.attributes.has_delete_horizon().then_some(self.base_timestamp)
    }

    /// A record's time, in ms since 1970.
    pub const fn timestamp_of(&self, record: &RecordView<'_>) -> i64 {
        match self.attributes.timestamp_type() {
            TimestampType::CreateTime => self.base_timestamp.wrapping_add(record.timestamp_delta),
            TimestampType::LogAppendTime => self.max_timestamp,
        }
    }
}

impl Batch {
    /// The batch with these of its records only, of which there is one at least; with the delete horizon, where there is to be one.
    ///
    /// # Errors
    /// A codec that is not known, a batch that would be larger than batches can be.
    pub fn with_records(&self, kept: &[RecordView<'_>], delete_horizon_ms: Option<i64>) -> Result<Self, BatchError> {
        let mut header = self.header;
        let id = header.attributes.compression_id();
        let codec = Compression::from_id(id).ok_or(BatchError::UnknownCodec { id })?;
        let times = || kept.iter().map(|record| self.header.timestamp_of(record));
        header.base_timestamp = delete_horizon_ms.or_else(|| times().next()).unwrap_or(-1);
        header.attributes = header.attributes.with_delete_horizon(delete_horizon_ms.is_some());
        if header.attributes.timestamp_type() == TimestampType::CreateTime {
            header.max_timestamp = times().max().unwrap_or(-1);
        }
        header.count = i32::try_from(kept.len()).map_err(|_| BatchError::TooLarge)?;
        let mut body = Vec::with_capacity(self.body.len());
        for (record, timestamp) in kept.iter().zip(times()) {
            record.write(timestamp.wrapping_sub(header.base_timestamp), &mut body)?;
        }
        let body = match codec {
            Compression::None => Bytes::from(body),
            codec => codec.compress(&body).map_err(BatchError::Compression)?.into(),
        };
        Self::closed(header, body)
    }

    /// The batch without any record: kept for its offsets and its producer's last sequence number
    /// (`DefaultRecordBatch.writeEmptyHeader`).
    #[must_use]
    pub fn emptied(&self) -> Self {
        let mut header = self.header;
        header.attributes = header.attributes.with_compression(Compression::None).with_delete_horizon(false);
        header.base_timestamp = -1;
        header.count = 0;
        header.length = (HEADER_LEN - 12) as i32;
        header.crc = header.compute_crc(&[]);
        Self { header, body: Bytes::new() }
    }

    fn closed(mut header: BatchHeader, body: Bytes) -> Result<Self, BatchError> {
        header.length = i32::try_from(HEADER_LEN.saturating_add(body.len()) - 12).map_err(|_| BatchError::TooLarge)?;
        header.crc = header.compute_crc(&body);
        Ok(Self { header, body })
    }
}

impl RecordView<'_> {
    /// Writes the record as it was, but for its timestamp's delta.
    fn write(&self, timestamp_delta: i64, output: &mut Vec<u8>) -> Result<(), BatchError> {
        let mut record = vec![0];
        put_i64(&mut record, timestamp_delta);
        put_i32(&mut record, self.offset_delta);
        put_bytes(&mut record, self.key);
        put_bytes(&mut record, self.value);
        put_i32(&mut record, self.header_count);
        record.extend_from_slice(self.headers);
        put_i32(output, i32::try_from(record.len()).map_err(|_| BatchError::TooLarge)?);
        output.append(&mut record);
        Ok(())
    }
}

fn put_bytes(output: &mut Vec<u8>, bytes: Option<&[u8]>) {
    match bytes {
        None => put_i32(output, -1),
        Some(bytes) => {
            put_i32(output, bytes.len() as i32);
            output.extend_from_slice(bytes);
        }
    }
}
