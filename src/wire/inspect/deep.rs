//! Into what a message only carries: record batches, the records of internal topics, what group members tell each other, requests in
//! envelopes. Each field comes with its bytes; what is compressed has bytes of its own, in a layer below the frame's.

use super::Inspection;
use super::known::{self, Carried};
use crate::base::Uuid;
use crate::wire::batch::varint::{take_i32, take_i64};
use crate::wire::batch::{BatchError, BatchHeader, HEADER_LEN, RecordFault};
use crate::wire::codec::{Described, Name, Note, Value, WireError};
use bytes::Bytes;
use std::borrow::Cow;
use std::ops::Range;

/// How many fields are told of one frame at most.
pub const PIECES_MAX: usize = 4_000;
/// How many bytes a batch may inflate to, to be looked into.
const INFLATED_MAX: usize = 4 << 20;
/// How deep messages may lie in messages.
const NESTED_MAX: usize = 2;

/// A field with its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// 0 for the header and the message.
    pub depth: usize,
    pub name: Cow<'static, str>,
    /// Kafka's name of its type.
    pub kind: &'static str,
    pub value: Value,
    /// Its bytes, in its layer.
    pub range: Range<usize>,
    /// 0 for the frame; others are what was inflated.
    pub layer: usize,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// All that could be read of a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Deep {
    /// In the order of the wire, each parent before what is in it.
    pub pieces: Vec<Piece>,
    /// The frame, and what was inflated out of it.
    pub layers: Vec<Bytes>,
    /// There are more fields than are told.
    pub more: bool,
    /// Why the message ends early, if it does.
    pub error: Option<WireError>,
}

/// Looks into what the message carries. `name_of` knows topics by their ids; `of` is what the message is called.
pub fn look_into(frame: Bytes, inspection: Inspection, name_of: &dyn Fn(Uuid) -> Option<String>) -> Deep {
    let mut look = Look { pieces: Vec::new(), layers: vec![frame], more: false, nested: 0, name_of };
    look.notes(inspection.notes, 0, 0, 0);
    Deep { pieces: look.pieces, layers: look.layers, more: look.more, error: inspection.error }
}

/// Looks into a record of an internal topic, or one that a broker wrote: the fields of its key and of its value. Nothing of others.
pub fn look_into_record(topic: &str, control: bool, key: Option<&Bytes>, value: Option<&Bytes>) -> (Vec<Piece>, Vec<Piece>) {
    let kind = known::key_of(Some(topic), control);
    let layers = vec![key.cloned().unwrap_or_default(), value.cloned().unwrap_or_default()];
    let ends = [0, 1].map(|layer: usize| layers.get(layer).map_or(0, Bytes::len));
    let mut look = Look { pieces: Vec::new(), layers, more: false, nested: 0, name_of: &|_| None };
    let [key_end, value_end] = ends;
    if key.is_some() {
        look.key(Place { layer: 0, depth: 0 }, 0..key_end, kind);
    }
    if value.is_some() {
        let number = key.and_then(|key| key.first_chunk().map(|bytes| i16::from_be_bytes(*bytes)));
        look.value(Place { layer: 1, depth: 0 }, 0..value_end, kind, number);
    }
    look.pieces.into_iter().partition(|piece| piece.layer == 0)
}

struct Look<'n> {
    pieces: Vec<Piece>,
    layers: Vec<Bytes>,
    more: bool,
    /// How many messages the one that is read lies in.
    nested: usize,
    name_of: &'n dyn Fn(Uuid) -> Option<String>,
}

/// Where something is read: its layer, and how deep it lies in the tree.
#[derive(Clone, Copy)]
struct Place {
    layer: usize,
    depth: usize,
}

impl Place {
    const fn below(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

impl Look<'_> {
    /// A message's fields, which lie from `start` on, and what they carry.
    fn notes(&mut self, notes: Vec<Note>, start: usize, layer: usize, depth: usize) {
        let mut message = "";
        let mut topic = None;
        for note in notes {
            let place = Place { layer, depth: note.depth + depth };
            let range = note.range.start + start..note.range.end + start;
            if let (Name::Field(name), Value::Struct, 0) = (note.name, &note.value, note.depth) {
                message = name;
            }
            match (note.name, &note.value) {
                (Name::Field("Topic" | "Name" | "TopicName"), Value::String(name)) => topic = Some(name.clone()),
                (Name::Field("TopicId"), Value::Uuid(id)) => topic = (self.name_of)(*id),
                _ => {}
            }
            let carried = match (note.name, &note.value) {
                (_, Value::Records(rope)) => Some((rope.len(), None)),
                (Name::Field(field), Value::Bytes(bytes)) => known::carried(message, field).map(|what| (bytes.len(), Some(what))),
                _ => None,
            };
            let name = match note.name {
                Name::Field(field) => Cow::Borrowed(field),
                other => Cow::Owned(other.to_string()),
            };
            let whole = range.clone();
            if !self.push(place, name, note.kind.name(), note.value, range) {
                return;
            }
            match carried {
                Some((len, None)) => self.batches(place.below(), whole.end.saturating_sub(len)..whole.end, topic.as_deref()),
                Some((len, Some(what))) => self.carried(place.below(), whole.end.saturating_sub(len)..whole.end, what),
                None => {}
            }
        }
    }

    /// False where no more is told.
    fn push(&mut self, at: Place, name: impl Into<Cow<'static, str>>, kind: &'static str, value: Value, range: Range<usize>) -> bool {
        if self.pieces.len() >= PIECES_MAX {
            self.more = true;
            return false;
        }
        self.pieces.push(Piece { depth: at.depth, name: name.into(), kind, value, range, layer: at.layer, fault: None });
        true
    }

    fn fault(&mut self, what: impl ToString) {
        if let Some(last) = self.pieces.last_mut() {
            last.fault = Some(what.to_string());
        }
    }

    fn bytes(&self, layer: usize, range: &Range<usize>) -> Bytes {
        let layer = self.layers.get(layer).cloned().unwrap_or_default();
        if range.start <= range.end && range.end <= layer.len() { layer.slice(range.clone()) } else { Bytes::new() }
    }

    /// A message that lies in a field of bytes.
    fn carried(&mut self, at: Place, range: Range<usize>, what: Carried) {
        let bytes = self.bytes(at.layer, &range);
        if self.nested >= NESTED_MAX || bytes.is_empty() {
            return;
        }
        self.nested += 1;
        match what {
            Carried::Request => {
                let inspection = super::inspect_request_of(&bytes, known::request);
                self.notes(inspection.notes, range.start, at.layer, at.depth);
            }
            Carried::Versioned(described) => self.versioned(at, range, &described()),
        }
        self.nested -= 1;
    }

    /// A version, and the message in that version.
    fn versioned(&mut self, at: Place, range: Range<usize>, described: &Described) {
        let bytes = self.bytes(at.layer, &range);
        let Some(version) = bytes.first_chunk().map(|bytes| i16::from_be_bytes(*bytes)) else { return };
        if self.push(at, "Version", "int16", Value::Int(version.into()), range.start..range.start + 2) {
            self.described(at, range.start + 2..range.end, described, version);
        }
    }

    fn described(&mut self, at: Place, range: Range<usize>, described: &Described, version: i16) {
        let (notes, error) = described.notes(self.bytes(at.layer, &range), version);
        if !self.push(at, described.name, "struct", Value::Struct, range.clone()) {
            return;
        }
        if let Some(error) = error {
            self.fault(error);
        }
        self.notes(notes, range.start, at.layer, at.depth + 1);
    }

    // ── record batches ──

    fn batches(&mut self, at: Place, range: Range<usize>, topic: Option<&str>) {
        let mut start = range.start;
        while start < range.end && !self.more {
            let bytes = self.bytes(at.layer, &(start..range.end));
            let header = match BatchHeader::parse(&bytes) {
                Ok(header) => header,
                Err(error) => {
                    self.push(at, "RecordBatch", "batch", Value::Struct, start..range.end);
                    return self.fault(error);
                }
            };
            let end = start + header.size_in_bytes().clamp(HEADER_LEN, bytes.len());
            self.batch(at, start..end, &header, topic);
            start = end;
        }
    }

    fn batch(&mut self, at: Place, range: Range<usize>, header: &BatchHeader, topic: Option<&str>) {
        if !self.push(at, "RecordBatch", "batch", Value::Struct, range.clone()) {
            return;
        }
        let inside = at.below();
        let mut from = range.start;
        for (name, kind, len, value) in header_fields(header) {
            if !self.push(inside, name, kind, Value::Int(value), from..from + len) {
                return;
            }
            from += len;
            if name == "CRC" {
                let body = self.bytes(at.layer, &(range.start + HEADER_LEN..range.end));
                let computed = header.compute_crc(&body);
                if computed != header.crc {
                    self.fault(BatchError::Checksum { stored: header.crc, computed });
                }
            }
        }
        let body = from..range.end;
        match header.attributes.compression() {
            Some(codec) if codec.id() == 0 => self.records(inside, body, header, topic),
            Some(codec) => {
                let packed = self.bytes(at.layer, &body);
                if !self.push(inside, "Records", codec.name(), Value::Bytes(packed.clone()), body) {
                    return;
                }
                match codec.decompress(&packed, INFLATED_MAX) {
                    Ok(inflated) => {
                        let all = 0..inflated.len();
                        self.layers.push(inflated);
                        self.records(Place { layer: self.layers.len() - 1, depth: inside.depth + 1 }, all, header, topic);
                    }
                    Err(error) => self.fault(error),
                }
            }
            None => {
                self.push(inside, "Records", "unknown codec", Value::Null, body);
                self.fault(BatchError::UnknownCodec { id: header.attributes.compression_id() });
            }
        }
    }

    fn records(&mut self, at: Place, range: Range<usize>, header: &BatchHeader, topic: Option<&str>) {
        let mut start = range.start;
        for index in 0..header.count.max(0) {
            let bytes = self.bytes(at.layer, &(start..range.end));
            let mut cursor = Cursor { bytes: &bytes, rest: &bytes, start };
            let length = cursor.i32();
            let record = length.as_ref().ok().and_then(|(length, at)| at.end.checked_add(usize::try_from(*length).ok()?));
            let end = record.filter(|end| *end <= range.end).unwrap_or(range.end);
            if !self.push(at, format!("record {index}"), "record", Value::Struct, start..end) {
                return;
            }
            let whole = self.pieces.len() - 1;
            let read = match length {
                Ok((length, bytes)) => {
                    self.push(at.below(), "Length", "varint", Value::Int(length.into()), bytes);
                    self.record(at.below(), cursor, header, topic)
                }
                Err(fault) => Err(fault),
            };
            if let (Err(fault), Some(record)) = (read, self.pieces.get_mut(whole)) {
                record.fault = Some(fault.to_string());
                return;
            }
            start = end;
        }
    }

    fn record(&mut self, at: Place, mut cursor: Cursor<'_>, header: &BatchHeader, topic: Option<&str>) -> Result<(), RecordFault> {
        let (attributes, bytes) = cursor.u8()?;
        self.push(at, "Attributes", "int8", Value::Int(attributes.into()), bytes);
        let (delta, bytes) = cursor.i64()?;
        self.push(at, "TimestampDelta", "varlong", Value::Int(delta), bytes);
        let (delta, bytes) = cursor.i32()?;
        self.push(at, "OffsetDelta", "varint", Value::Int(delta.into()), bytes);
        let key = self.blob(at, &mut cursor, "KeyLength", "Key")?;
        let kind = known::key_of(topic, header.attributes.is_control());
        let key_number = key.clone().and_then(|range| self.bytes(at.layer, &range).first_chunk().map(|bytes| i16::from_be_bytes(*bytes)));
        if let Some(range) = key {
            self.key(at.below(), range, kind);
        }
        let value = self.blob(at, &mut cursor, "ValueLength", "Value")?;
        if let Some(range) = value {
            self.value(at.below(), range, kind, key_number);
        }
        let (count, bytes) = cursor.i32()?;
        self.push(at, "HeadersCount", "varint", Value::Int(count.into()), bytes);
        for index in 0..count.max(0) {
            if !self.push(at, format!("header {index}"), "header", Value::Struct, cursor.here()..cursor.here()) {
                break;
            }
            let header = self.pieces.len() - 1;
            self.blob(at.below(), &mut cursor, "HeaderKeyLength", "HeaderKey")?;
            self.blob(at.below(), &mut cursor, "HeaderValueLength", "HeaderValue")?;
            if let Some(piece) = self.pieces.get_mut(header) {
                piece.range.end = cursor.here();
            }
        }
        Ok(())
    }

    /// A length and so many bytes; none where the length is -1, which is null.
    fn blob(
        &mut self,
        at: Place,
        cursor: &mut Cursor<'_>,
        length_name: &'static str,
        name: &'static str,
    ) -> Result<Option<Range<usize>>, RecordFault> {
        let (length, bytes) = cursor.i32()?;
        self.push(at, length_name, "varint", Value::Int(length.into()), bytes);
        if length < 0 {
            self.push(at, name, "bytes", Value::Null, cursor.here()..cursor.here());
            return Ok(None);
        }
        let range = cursor.take(usize::try_from(length).map_err(|_| RecordFault::NegativeLength)?)?;
        let value = Value::Bytes(self.bytes(at.layer, &range));
        self.push(at, name, "bytes", value, range.clone());
        Ok(Some(range))
    }

    fn key(&mut self, at: Place, range: Range<usize>, kind: known::RecordsOf) {
        let bytes = self.bytes(at.layer, &range);
        let Some(number) = bytes.first_chunk().map(|bytes| i16::from_be_bytes(*bytes)) else { return };
        match kind {
            known::RecordsOf::Control => {
                self.push(at, "Version", "int16", Value::Int(number.into()), range.start..range.start + 2);
                if let Some(kind) = bytes.get(2..).and_then(<[u8]>::first_chunk).map(|bytes| i16::from_be_bytes(*bytes)) {
                    self.push(at, "ControlType", "int16", Value::Int(kind.into()), range.start + 2..range.start + 4);
                }
            }
            known::RecordsOf::Groups => {
                self.push(at, "Version", "int16", Value::Int(number.into()), range.start..range.start + 2);
                if let Some((key, _)) = known::group_record(number) {
                    self.described(at, range.start + 2..range.end, &key, 0);
                }
            }
            known::RecordsOf::Metadata | known::RecordsOf::Applications => {}
        }
    }

    fn value(&mut self, at: Place, range: Range<usize>, kind: known::RecordsOf, key: Option<i16>) {
        match kind {
            known::RecordsOf::Control => {
                let number = self.pieces.iter().rev().find(|piece| piece.name == "ControlType").map(|piece| piece.value.clone());
                if let Some(Value::Int(number)) = number
                    && let Some(described) = known::control_record(number)
                {
                    self.versioned(at, range, &described);
                }
            }
            known::RecordsOf::Groups => {
                if let Some((_, value)) = key.and_then(known::group_record) {
                    self.versioned(at, range, &value);
                }
            }
            known::RecordsOf::Metadata => self.metadata(at, range),
            known::RecordsOf::Applications => {}
        }
    }

    /// A frame version, a type and a version as numbers of variable length, then the record (`MetadataRecordSerde`).
    fn metadata(&mut self, at: Place, range: Range<usize>) {
        let bytes = self.bytes(at.layer, &range);
        let mut cursor = Cursor { bytes: &bytes, rest: &bytes, start: range.start };
        let mut numbers = [0_u32; 3];
        for (number, name) in numbers.iter_mut().zip(["FrameVersion", "Type", "Version"]) {
            let Ok((read, bytes)) = cursor.unsigned() else { return };
            *number = read;
            self.push(at, name, "uvarint", Value::Int(read.into()), bytes);
        }
        let [_, kind, version] = numbers;
        if let (Some(described), Ok(version)) = (known::metadata_record(kind), i16::try_from(version)) {
            self.described(at, cursor.here()..range.end, &described, version);
        }
    }
}

/// The header's fields in the order of the wire, with their lengths in bytes.
fn header_fields(header: &BatchHeader) -> [(&'static str, &'static str, usize, i64); 13] {
    [
        ("BaseOffset", "int64", 8, header.base_offset.0),
        ("BatchLength", "int32", 4, header.length.into()),
        ("PartitionLeaderEpoch", "int32", 4, header.leader_epoch.0.into()),
        ("Magic", "int8", 1, 2),
        ("CRC", "uint32", 4, header.crc.into()),
        ("Attributes", "int16", 2, header.attributes.0.into()),
        ("LastOffsetDelta", "int32", 4, header.last_offset_delta.into()),
        ("BaseTimestamp", "int64", 8, header.base_timestamp),
        ("MaxTimestamp", "int64", 8, header.max_timestamp),
        ("ProducerId", "int64", 8, header.producer_id.0),
        ("ProducerEpoch", "int16", 2, header.producer_epoch.0.into()),
        ("BaseSequence", "int32", 4, header.base_sequence.into()),
        ("RecordsCount", "int32", 4, header.count.into()),
    ]
}

/// Reads numbers and says where they lay.
struct Cursor<'b> {
    bytes: &'b [u8],
    rest: &'b [u8],
    /// Where `bytes` begins in its layer.
    start: usize,
}

type Read<T> = Result<(T, Range<usize>), RecordFault>;

impl Cursor<'_> {
    const fn here(&self) -> usize {
        self.start + self.bytes.len() - self.rest.len()
    }

    fn i32(&mut self) -> Read<i32> {
        let from = self.here();
        let number = take_i32(&mut self.rest)?;
        Ok((number, from..self.here()))
    }

    fn i64(&mut self) -> Read<i64> {
        let from = self.here();
        let number = take_i64(&mut self.rest)?;
        Ok((number, from..self.here()))
    }

    fn u8(&mut self) -> Read<u8> {
        let range = self.take(1)?;
        let byte = self.bytes.get(range.start - self.start).copied();
        byte.map(|byte| (byte, range)).ok_or(RecordFault::CutShort)
    }

    fn unsigned(&mut self) -> Read<u32> {
        let from = self.here();
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, _) = self.u8()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok((value, from..self.here()));
            }
        }
        Err(RecordFault::Varint)
    }

    fn take(&mut self, count: usize) -> Result<Range<usize>, RecordFault> {
        let from = self.here();
        let (_, rest) = self.rest.split_at_checked(count).ok_or(RecordFault::CutShort)?;
        self.rest = rest;
        Ok(from..self.here())
    }
}
