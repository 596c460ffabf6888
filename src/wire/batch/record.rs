//! The records of a batch: read in place, one after the other.

use super::error::{BatchError, RecordFault};
use super::header::{BatchHeader, TimestampType};
use super::varint::{take_i32, take_i64};
use crate::base::Offset;
use bytes::Bytes;

/// A record's header. A key may come twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub key: String,
    pub value: Option<Bytes>,
}

impl Header {
    pub fn new(key: impl Into<String>, value: Option<Bytes>) -> Self {
        Self { key: key.into(), value }
    }
}

/// A record, with its place in the log. Clones share the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub offset: Offset,
    /// In ms; -1 for none.
    pub timestamp: i64,
    /// The sequence number that its producer gave it; -1 for none.
    pub sequence: i32,
    pub key: Option<Bytes>,
    /// Null makes it a tombstone.
    pub value: Option<Bytes>,
    pub headers: Vec<Header>,
}

/// A record as it lies in its batch, borrowed; nothing is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordView<'a> {
    pub timestamp_delta: i64,
    pub offset_delta: i32,
    pub key: Option<&'a [u8]>,
    pub value: Option<&'a [u8]>,
    pub(super) header_count: i32,
    pub(super) headers: &'a [u8],
}

/// The views of a body's records, in order. After an error there are no more.
#[derive(Clone, Debug)]
pub struct Views<'a> {
    rest: &'a [u8],
    next: i32,
    count: i32,
}

impl<'a> Views<'a> {
    /// Over a body that is not compressed (any more), of which the header says that it has `count` records. Bytes after the last of them
    /// are an error, given in place of one more record.
    pub const fn new(body: &'a [u8], count: i32) -> Self {
        Self { rest: body, next: 0, count }
    }

    fn read(&mut self) -> Result<RecordView<'a>, RecordFault> {
        let len = take_i32(&mut self.rest)?;
        let len = usize::try_from(len).map_err(|_| RecordFault::NegativeLength)?;
        let (mut record, rest) = self.rest.split_at_checked(len).ok_or(RecordFault::CutShort)?;
        self.rest = rest;
        RecordView::read(&mut record)
    }
}

impl<'a> Iterator for Views<'a> {
    type Item = Result<RecordView<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.count {
            let (count, bytes) = (self.count, self.rest.len());
            self.rest = &[];
            return (bytes > 0).then_some(Err(BatchError::Trailing { count, bytes }));
        }
        let index = self.next;
        self.next += 1;
        let record = self.read();
        if record.is_err() {
            (self.rest, self.count) = (&[], 0);
        }
        Some(record.map_err(|fault| BatchError::Record { index, fault }))
    }
}

impl<'a> RecordView<'a> {
    /// Reads one record from all of `body`, which is what its length spans.
    fn read(body: &mut &'a [u8]) -> Result<Self, RecordFault> {
        // Its attributes, of which none is in use.
        let (_, rest) = body.split_first().ok_or(RecordFault::CutShort)?;
        *body = rest;
        let timestamp_delta = take_i64(body)?;
        let offset_delta = take_i32(body)?;
        let key = take_bytes(body)?;
        let value = take_bytes(body)?;
        let header_count = take_i32(body)?;
        if header_count < 0 {
            return Err(RecordFault::NegativeLength);
        }
        let view = Self { timestamp_delta, offset_delta, key, value, header_count, headers: body };
        view.headers().try_for_each(|header| header.map(|_| ()))?;
        Ok(view)
    }

    /// Its headers, each a key and a value that may be null. In a view that was read without error, none is an error.
    pub fn headers(&self) -> impl Iterator<Item = Result<(&'a [u8], Option<&'a [u8]>), RecordFault>> + use<'a> {
        let mut rest = self.headers;
        let mut left = self.header_count;
        std::iter::from_fn(move || {
            if left == 0 {
                let over = !rest.is_empty();
                rest = &[];
                return over.then_some(Err(RecordFault::LengthMismatch));
            }
            left -= 1;
            let header = take_header(&mut rest);
            if header.is_err() {
                (rest, left) = (&[], 0);
            }
            Some(header)
        })
    }
}

fn take_header<'a>(rest: &mut &'a [u8]) -> Result<(&'a [u8], Option<&'a [u8]>), RecordFault> {
    let key = take_bytes(rest)?.ok_or(RecordFault::NegativeLength)?;
    Ok((key, take_bytes(rest)?))
}

fn take_bytes<'a>(rest: &mut &'a [u8]) -> Result<Option<&'a [u8]>, RecordFault> {
    let len = take_i32(rest)?;
    if len == -1 {
        return Ok(None);
    }
    let len = usize::try_from(len).map_err(|_| RecordFault::NegativeLength)?;
    let (taken, after) = rest.split_at_checked(len).ok_or(RecordFault::CutShort)?;
    *rest = after;
    Ok(Some(taken))
}

/// A batch's records, in order, with their offsets and timestamps. After an error there are no more.
#[derive(Clone, Debug)]
pub struct Records {
    body: Bytes,
    /// How much of the body has been read, in bytes.
    at: usize,
    next: i32,
    count: i32,
    base_offset: Offset,
    base_timestamp: i64,
    base_sequence: i32,
    /// With LogAppendTime all records have the batch's time.
    log_append_time: Option<i64>,
}

impl Records {
    pub(super) fn new(header: &BatchHeader, body: Bytes) -> Self {
        Self {
            body,
            at: 0,
            next: 0,
            count: header.count,
            base_offset: header.base_offset,
            base_timestamp: header.base_timestamp,
            base_sequence: header.base_sequence,
            log_append_time: (header.attributes.timestamp_type() == TimestampType::LogAppendTime).then_some(header.max_timestamp),
        }
    }

    fn own(&self, view: &RecordView<'_>) -> Record {
        let share = |bytes: &[u8]| self.body.slice_ref(bytes);
        let header = |(key, value): (&[u8], Option<&[u8]>)| Header::new(String::from_utf8_lossy(key), value.map(share));
        Record {
            offset: self.base_offset.plus(i64::from(view.offset_delta)),
            timestamp: self.log_append_time.unwrap_or_else(|| self.base_timestamp.wrapping_add(view.timestamp_delta)),
            sequence: if self.base_sequence < 0 { -1 } else { self.base_sequence.wrapping_add(view.offset_delta) & i32::MAX },
            key: view.key.map(share),
            value: view.value.map(share),
            headers: view.headers().flatten().map(header).collect(),
        }
    }
}

impl Iterator for Records {
    type Item = Result<Record, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        let body = self.body.get(self.at..).unwrap_or_default();
        let mut views = Views { rest: body, next: self.next, count: self.count };
        let item = match views.next()? {
            Ok(view) => Ok(self.own(&view)),
            Err(error) => {
                self.count = 0;
                Err(error)
            }
        };
        self.next = views.next;
        self.at = self.body.len().saturating_sub(if item.is_err() { 0 } else { views.rest.len() });
        Some(item)
    }
}
