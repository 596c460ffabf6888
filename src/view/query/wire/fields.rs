//! A frame field by field, and its bytes.

use super::SHOWN_BYTES_MAX;
use super::meaning::meaning;
use crate::base::{Instant, Uuid};
use crate::simulation::Frame;
use crate::view::query::peers::Known;
use crate::wire::codec::Value;
use crate::wire::inspect::{Deep, Inspection, Piece, inspect_request_of, inspect_response_of, known, look_into};
use crate::wire::{ApiKey, batch::HEADER_LEN};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// How many characters of a value are shown.
const VALUE_MAX: usize = 400;

/// A frame that is looked into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrameView {
    pub number: u64,
    pub sent: Instant,
    pub arrived: Option<Instant>,
    /// The event that sent it.
    pub cause: Option<u64>,
    /// The frame's bytes, without the length before it; then those of what was inflated out of it.
    pub layers: Vec<LayerView>,
    /// In the order of the wire, parents before what is in them.
    pub fields: Vec<FieldView>,
    /// There are more fields than are told.
    pub more: bool,
    /// Why it cannot be read to its end.
    pub error: Option<String>,
}

/// Bytes to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerView {
    /// What it was compressed with; none for the frame itself.
    pub codec: Option<Cow<'static, str>>,
    /// How many there are.
    pub len: u32,
    /// The first [`SHOWN_BYTES_MAX`] of them, two digits each.
    pub hex: String,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    pub depth: u32,
    pub name: Cow<'static, str>,
    /// Kafka's name of its type.
    pub kind: Cow<'static, str>,
    /// Empty for what has fields of its own.
    pub value: String,
    /// What the value stands for.
    pub meaning: Option<String>,
    /// Its bytes in its layer, from and to.
    pub start: u32,
    pub end: u32,
    pub layer: u32,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// Of a record: where it lies in its partition, as far as the exchange tells.
    pub record: Option<RecordAt>,
}

/// A record's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordAt {
    pub topic: Arc<str>,
    pub partition: i32,
    pub offset: i64,
}

pub(super) fn request(known: &Known<'_>, frame: &Frame) -> FrameView {
    let bytes = frame.bytes.to_bytes();
    let inspection = inspect_request_of(&bytes, known::request);
    view(known, frame, bytes, inspection)
}

pub(super) fn response(known: &Known<'_>, api: Option<ApiKey>, version: i16, frame: &Frame) -> FrameView {
    let bytes = frame.bytes.to_bytes();
    let inspection = match api {
        Some(api) => inspect_response_of(api, version, &bytes, known::response),
        None => Inspection { notes: Vec::new(), error: None },
    };
    view(known, frame, bytes, inspection)
}

fn view(known: &Known<'_>, frame: &Frame, bytes: Bytes, inspection: Inspection) -> FrameView {
    let Deep { pieces, layers, more, error } = look_into(bytes, inspection, &|id: Uuid| known.topic(id));
    let codec = |layer: usize| {
        let at = pieces.iter().position(|piece| piece.layer == layer)?;
        // What was inflated comes right after the field that it was in.
        pieces.get(at.checked_sub(1)?).map(|packed| Cow::Borrowed(packed.kind))
    };
    let layers = layers.iter().enumerate().map(|(at, bytes)| LayerView {
        codec: if at == 0 { None } else { codec(at) },
        len: small(bytes.len()),
        hex: hex(bytes.get(..SHOWN_BYTES_MAX.min(bytes.len())).unwrap_or_default()),
    });
    FrameView {
        number: frame.number,
        sent: frame.sent,
        arrived: frame.arrived,
        cause: frame.cause.map(|event| event.0),
        layers: layers.collect(),
        fields: fields(known, &pieces),
        more,
        error: error.map(|error| error.to_string()),
    }
}

fn fields(known: &Known<'_>, pieces: &[Piece]) -> Vec<FieldView> {
    // The path to a field decides what its value means.
    let mut path: Vec<&str> = Vec::new();
    let mut fields = Vec::with_capacity(pieces.len());
    let mut place = Place::default();
    for piece in pieces {
        path.truncate(piece.depth);
        place.pass(known, piece);
        let meaning = meaning(known, &path, piece);
        path.push(&piece.name);
        fields.push(FieldView {
            depth: small(piece.depth),
            name: piece.name.clone(),
            kind: Cow::Borrowed(piece.kind),
            value: text(piece),
            meaning,
            start: small(piece.range.start),
            end: small(piece.range.end),
            layer: small(piece.layer),
            fault: piece.fault.clone(),
            record: if piece.kind == "record" { place.record() } else { None },
        });
    }
    // A record's offset comes after its beginning.
    let deltas = pieces.iter().enumerate().filter(|(_, piece)| piece.name == "OffsetDelta");
    for (at, piece) in deltas {
        let record = fields.get_mut(..at).into_iter().flatten().rev().find(|field| field.kind == "record");
        if let (Some(FieldView { record: Some(record), .. }), Value::Int(delta)) = (record, &piece.value) {
            record.offset += delta;
        }
    }
    fields
}

/// Where in which partition the fields are that are passed.
#[derive(Default)]
struct Place {
    topic: Option<Arc<str>>,
    partition: Option<i32>,
    base_offset: Option<i64>,
}

impl Place {
    fn pass(&mut self, known: &Known<'_>, piece: &Piece) {
        match (&*piece.name, &piece.value) {
            ("Topic" | "Name", Value::String(name)) => self.topic = Some(name.as_str().into()),
            ("TopicId", Value::Uuid(id)) => self.topic = known.topic(*id).map(Into::into),
            ("PartitionIndex" | "Index", Value::Int(index)) => self.partition = i32::try_from(*index).ok(),
            ("BaseOffset", Value::Int(offset)) => self.base_offset = Some(*offset),
            _ => {}
        }
    }

    /// The first record of the batch.
    fn record(&self) -> Option<RecordAt> {
        Some(RecordAt { topic: self.topic.clone()?, partition: self.partition?, offset: self.base_offset? })
    }
}

/// Tells where a request's records lie, by the place of each batch's first one. Of a batch without one nothing is told.
pub(super) fn place_records(request: &mut FrameView, batches: &[RecordAt]) {
    for field in &mut request.fields {
        field.record = field.record.take().and_then(|record| {
            let batch = batches.iter().find(|batch| batch.topic == record.topic && batch.partition == record.partition)?;
            Some(RecordAt { offset: batch.offset + record.offset, ..record })
        });
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A field's value in words.
fn text(piece: &Piece) -> String {
    let length = piece.range.len();
    let mut text = match &piece.value {
        Value::Struct => return if piece.kind == "batch" && length < HEADER_LEN { "cut short".to_owned() } else { String::new() },
        Value::Int(crc) if piece.name == "CRC" => format!("0x{crc:08x}"),
        Value::Bytes(bytes) if bytes.is_empty() => "empty".to_owned(),
        Value::Bytes(bytes) if bytes.len() <= SHOWN_BYTES_MAX => match std::str::from_utf8(bytes) {
            // In one line, and otherwise as it is.
            Ok(text) if !text.chars().any(|c| c.is_control() && !c.is_whitespace()) => {
                format!("\"{}\"", text.replace(char::is_whitespace, " "))
            }
            _ => format!("0x{}", hex(bytes.get(..32.min(bytes.len())).unwrap_or_default())) + if bytes.len() > 32 { "…" } else { "" },
        },
        other => other.to_string(),
    };
    if let Some((at, _)) = text.char_indices().nth(VALUE_MAX) {
        text.truncate(at);
        text.push('…');
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |number: u8| DIGITS.get(usize::from(number)).copied().unwrap_or('?');
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}
