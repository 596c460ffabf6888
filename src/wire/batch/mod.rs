//! Record batches, version 2 (`DefaultRecordBatch`, KIP-98): the header, the records in it, and how one is made.
//!
//! A batch here is its 61-byte header, decoded, and a body of shared bytes: giving it its offset or its leader epoch never touches the
//! body. Nothing here knows what a log does with a batch.

mod builder;
mod control;
mod error;
mod header;
mod pieces;
mod record;
mod rewrite;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod transaction_end;
pub(in crate::wire) mod varint;

pub use builder::{BatchBuilder, CompressionRatio, Producer};
pub use control::{ControlType, EndTransactionMarker};
pub use error::{BatchError, RecordFault};
pub use header::{Attributes, BatchHeader, HEADER_LEN, TimestampType};
pub use pieces::Batches;
pub use record::{Header, Record, RecordView, Records, Views};
pub use transaction_end::TransactionEnd;

use super::Rope;
use super::compression::{Compression, MAX_INFLATED_BYTES};
use crate::base::{LeaderEpoch, Offset};
use bytes::{Buf as _, Bytes};

/// A batch: its header and its records' bytes, compressed as the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub header: BatchHeader,
    body: Bytes,
}

impl Batch {
    /// Takes the first batch off `bytes`. Checks its length and its magic, nothing else: see [`Batch::verify_crc`].
    ///
    /// # Errors
    /// Fewer bytes than the batch says it has, a length below that of a header, another magic than 2.
    pub fn parse(bytes: &mut Bytes) -> Result<Self, BatchError> {
        let header = BatchHeader::parse(bytes)?;
        // The header vouches for as many bytes.
        let mut whole = bytes.split_to(header.size_in_bytes().min(bytes.len()));
        whole.advance(HEADER_LEN);
        Ok(Self { header, body: whole })
    }

    /// All batches of `bytes`; a last one that is cut short is left out, as byte limits leave it behind in a Fetch response.
    ///
    /// # Errors
    /// Those of [`Batch::parse`], but for bytes that are missing at the end.
    pub fn parse_all(mut bytes: Bytes) -> Result<Vec<Self>, BatchError> {
        let mut batches = Vec::new();
        while !bytes.is_empty() {
            match Self::parse(&mut bytes) {
                Ok(batch) => batches.push(batch),
                Err(BatchError::CutShort { .. }) => break,
                Err(error) => return Err(error),
            }
        }
        Ok(batches)
    }

    /// The records' bytes, as they are stored.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Of the whole batch, in bytes.
    pub fn size_in_bytes(&self) -> usize {
        HEADER_LEN.saturating_add(self.body.len())
    }

    /// Whether the checksum is that of the batch, from its attributes to its end.
    ///
    /// # Errors
    /// [`BatchError::Checksum`].
    pub fn verify_crc(&self) -> Result<(), BatchError> {
        let computed = self.header.compute_crc(&self.body);
        if computed == self.header.crc { Ok(()) } else { Err(BatchError::Checksum { stored: self.header.crc, computed }) }
    }

    /// Gives it its place in a log. The checksum does not cover these.
    pub const fn place(&mut self, base_offset: Offset, leader_epoch: LeaderEpoch) {
        self.header.base_offset = base_offset;
        self.header.leader_epoch = leader_epoch;
    }

    /// Sets the timestamp type and the newest timestamp, and the checksum anew where they were not that already
    /// (`DefaultRecordBatch.setMaxTimestamp`).
    pub fn set_max_timestamp(&mut self, kind: TimestampType, max_timestamp: i64) {
        if self.header.attributes.timestamp_type() == kind && self.header.max_timestamp == max_timestamp {
            return;
        }
        self.header.attributes = self.header.attributes.with_timestamp_type(kind);
        self.header.max_timestamp = max_timestamp;
        self.header.crc = self.header.compute_crc(&self.body);
    }

    /// As it is on the wire: the header's bytes, then the body, shared.
    pub fn write(&self, rope: &mut Rope) {
        rope.push(Bytes::copy_from_slice(&self.header.to_bytes()));
        rope.push(self.body.clone());
    }

    /// As it is on the wire.
    pub fn to_rope(&self) -> Rope {
        let mut rope = Rope::new();
        self.write(&mut rope);
        rope
    }

    /// The records' bytes, inflated, to [`MAX_INFLATED_BYTES`] at most; shared where they are not compressed.
    ///
    /// # Errors
    /// An unknown codec, and bytes that are not the codec's.
    pub fn inflate(&self) -> Result<Bytes, BatchError> {
        let id = self.header.attributes.compression_id();
        let codec = Compression::from_id(id).ok_or(BatchError::UnknownCodec { id })?;
        codec.decompress(&self.body, MAX_INFLATED_BYTES).map_err(BatchError::Compression)
    }

    /// The records, read one by one as they are asked for; keys and values are shared with the (inflated) body.
    ///
    /// # Errors
    /// Those of [`Batch::inflate`]. What is wrong with a record comes in its place, and is the last item then.
    pub fn records(&self) -> Result<Records, BatchError> {
        Ok(Records::new(&self.header, self.inflate()?))
    }
}
