//! A topic's records, looked through: from an end, an offset or a time on, those that a filter lets through, a bounded stretch at a time.
//!
//! Nothing is kept between two asks: where the next one goes on stands in the answer. Nothing here is drawn, and nothing is written.

pub mod export;
mod filter;
mod internal;
mod json;
mod payload;
mod scan;

pub use filter::{FIELDS, Filter, FilterError, TIMES, read_time};
pub use payload::{Decoding, Payload};

use crate::view::{RecordKind, Unsettled};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// What is looked for, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RecordsAsk {
    pub topic: Arc<str>,
    /// None: all of them.
    pub partition: Option<i32>,
    pub from: From,
    /// As a person writes it; see [`Filter`]. Empty: all records.
    pub filter: String,
    /// Where an answer before said that it goes on; none: where `from` says.
    pub cursor: Option<Cursor>,
    /// How many records are wanted at most; never more than [`FOUND_MAX`] come.
    pub limit: u32,
    /// How much of a key, of a value and of a header is wanted at most, in bytes.
    pub bytes_max: u32,
}

/// Where one begins, and which way one goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum From {
    /// At the end, backwards: the newest first.
    #[default]
    End,
    /// At the log's start, forwards.
    Beginning,
    /// At an offset of each partition, forwards.
    Offset(i64),
    /// At the first record that is not older, in ms since 1970, forwards.
    Time(i64),
}

impl From {
    /// The newest come first.
    pub const fn is_backwards(self) -> bool {
        matches!(self, Self::End)
    }
}

/// Where a look through a topic stands: partitions, and in each the offset that was looked at last (backwards) or comes next (forwards).
pub type Cursor = Vec<(i32, i64)>;

/// How many records an answer has at most.
pub const FOUND_MAX: u32 = 500;
/// How many records are looked at for one answer, at most.
pub const LOOKED_AT_MAX: u64 = 4_000;
/// How much is inflated and decoded for one answer, in bytes; a batch is decoded whole.
pub const DECODED_MAX: u64 = 1 << 20;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Records {
    /// In the order in which they were looked at.
    pub found: Vec<FoundRecord>,
    /// How many records were looked at.
    pub looked_at: u64,
    /// How many offsets are yet to be looked at.
    pub left: u64,
    /// Where it goes on; none where nothing is left.
    pub cursor: Option<Cursor>,
    /// The partitions' log ends: what comes later goes on from there.
    pub ends: Cursor,
    /// Batches that could not be read.
    pub unreadable: u32,
}

/// A record that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundRecord {
    pub partition: i32,
    pub offset: i64,
    /// In ms since 1970; -1 for none.
    pub timestamp_ms: i64,
    /// The broker set the timestamp, not the producer.
    pub log_append_time: bool,
    pub kind: RecordKind,
    /// Below the high watermark: consumers may read it.
    pub committed: bool,
    /// Of a transaction that is not committed.
    #[serde(default)]
    pub transaction: Option<Unsettled>,
    pub key: Option<Payload>,
    /// None: a tombstone.
    pub value: Option<Payload>,
    /// What a broker wrote for itself, as JSON: its key and its value, as far as they can be read so.
    #[serde(default)]
    pub decoded: (Option<Payload>, Option<Payload>),
    /// In order; names may repeat.
    pub headers: Vec<(Arc<str>, Option<Payload>)>,
    /// The leader epoch it was written in.
    pub leader_epoch: i32,
    /// Of an idempotent producer, else -1 all three.
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub sequence: i32,
    /// The codec of its batch, as in `compression.type`.
    pub compression: Arc<str>,
    /// The batch that it lies in: its first offset, and how many records it has.
    pub batch_offset: i64,
    pub batch_records: i32,
}

impl FoundRecord {
    /// The key to be shown: its bytes, or what they say.
    pub const fn shown_key(&self, decoding: Decoding) -> Option<&Payload> {
        shown(&self.key, &self.decoded.0, decoding)
    }

    /// The value to be shown.
    pub const fn shown_value(&self, decoding: Decoding) -> Option<&Payload> {
        shown(&self.value, &self.decoded.1, decoding)
    }
}

const fn shown<'p>(bytes: &'p Option<Payload>, decoded: &'p Option<Payload>, decoding: Decoding) -> Option<&'p Payload> {
    match (decoded, decoding) {
        (Some(decoded), Decoding::Auto | Decoding::Json) => Some(decoded),
        _ => bytes.as_ref(),
    }
}

/// Why nothing was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordsError {
    Filter(FilterError),
    /// There is no topic of this name.
    NoTopic,
}

impl fmt::Display for RecordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filter(error) => error.fmt(f),
            Self::NoTopic => f.write_str("There is no such topic now."),
        }
    }
}

pub use scan::look;
