//! What can be wrong with a batch, told apart as far as the answers to it differ.

use crate::wire::compression::CompressionError;
use std::fmt;

/// A batch that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchError {
    /// Fewer bytes than a batch's header, or than the header says. In bytes.
    CutShort { needed: usize, have: usize },
    /// A length field below that of the smallest batch.
    Length { length: i32 },
    /// Another format: 0 and 1 are those before Kafka 0.11, others never were.
    Magic { magic: i8 },
    /// The checksum is not that of the bytes.
    Checksum { stored: u32, computed: u32 },
    /// A codec that nobody knows (5 to 7).
    UnknownCodec { id: i16 },
    /// The records do not inflate.
    Compression(CompressionError),
    /// The record of this number, from 0, cannot be read.
    Record { index: i32, fault: RecordFault },
    /// Bytes after the last record that the header counts.
    Trailing { count: i32, bytes: usize },
    /// A batch to be made would be larger than a batch's length can say, or than its records' counters can count.
    TooLarge,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordFault {
    /// The batch ends within it.
    CutShort,
    /// A variable-length number with more bytes than its type can have.
    Varint,
    /// A length below -1, or below 0 where there is no null.
    NegativeLength,
    /// Its fields take more or fewer bytes than its length says.
    LengthMismatch,
}

impl fmt::Display for RecordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CutShort => "the batch ends within it",
            Self::Varint => "a variable-length number in it is too long",
            Self::NegativeLength => "a length in it is negative",
            Self::LengthMismatch => "its fields do not fill its length",
        })
    }
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutShort { needed, have } => write!(f, "a batch of {needed} bytes of which {have} are there"),
            Self::Length { length } => write!(f, "a batch whose length is {length}"),
            Self::Magic { magic } => write!(f, "a batch of magic {magic}, where 2 is read"),
            Self::Checksum { stored, computed } => write!(f, "a batch whose checksum is {stored:08x}, where its bytes' is {computed:08x}"),
            Self::UnknownCodec { id } => write!(f, "a batch compressed with the unknown codec {id}"),
            Self::Compression(error) => write!(f, "a batch whose records are {error}"),
            Self::Record { index, fault } => write!(f, "a batch whose record {index} cannot be read: {fault}"),
            Self::Trailing { count, bytes } => write!(f, "a batch with {bytes} bytes after its {count} records"),
            Self::TooLarge => f.write_str("a batch larger than batches can be"),
        }
    }
}

impl std::error::Error for BatchError {}
