//! The wire inspector: what lies in a frame, field by field, each with its bytes.
//!
//! It reads with the very descriptions that brokers and clients read with, so it shows what they see.

mod deep;
pub mod known;

pub use deep::{Deep, PIECES_MAX, Piece, look_into, look_into_record};

use super::api::ApiKey;
use super::codec::{Described, Kind, Name, Note, Value, WireError};
use super::frame::{RequestHeader, decode_request_header, decode_response_header};
use super::messages;
use bytes::Bytes;

/// A frame's fields. Ranges are in bytes of the frame, which is without its length prefix.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// In the order of the wire: the header, a struct, then the message, another, each with its fields one deeper.
    pub notes: Vec<Note>,
    /// Why it ends early, if it does.
    pub error: Option<WireError>,
}

/// Looks into a request. One of an API that is not known shows its header alone.
pub fn inspect_request(frame: &Bytes) -> Inspection {
    inspect_request_of(frame, |key| Some(messages::request(key)))
}

/// Looks into a request with the descriptions of some APIs; of others it shows the header alone.
pub fn inspect_request_of(frame: &Bytes, describe: fn(ApiKey) -> Option<Described>) -> Inspection {
    let (header, body) = match decode_request_header(frame) {
        Ok(read) => read,
        Err(error) => return Inspection { notes: Vec::new(), error: Some(error) },
    };
    let begins = frame.len() - body.len();
    let mut inspection = Inspection { notes: request_header_notes(&header, frame, begins), error: None };
    if let Some(described) = ApiKey::from_i16(header.api_key).and_then(describe) {
        inspection.add(&described, header.version, body, begins);
    }
    inspection
}

/// Looks into the response to a request of this API and version.
pub fn inspect_response(key: ApiKey, version: i16, frame: &Bytes) -> Inspection {
    inspect_response_of(key, version, frame, |key| Some(messages::response(key)))
}

/// The same with the descriptions of some APIs; of others it shows the header alone.
pub fn inspect_response_of(key: ApiKey, version: i16, frame: &Bytes, describe: fn(ApiKey) -> Option<Described>) -> Inspection {
    let (correlation, body) = match decode_response_header(key, version, frame) {
        Ok(read) => read,
        Err(error) => return Inspection { notes: Vec::new(), error: Some(error) },
    };
    let begins = frame.len() - body.len();
    let header = note(0, "ResponseHeader", Kind::Struct, Value::Struct, 0, begins);
    let correlation = note(1, "CorrelationId", Kind::Int32, Value::Int(correlation.into()), 0, 4);
    let mut inspection = Inspection { notes: vec![header, correlation], error: None };
    if let Some(described) = describe(key) {
        inspection.add(&described, version, body, begins);
    }
    inspection
}

impl Inspection {
    fn add(&mut self, described: &Described, version: i16, body: Bytes, begins: usize) {
        self.notes.push(note(0, described.name, Kind::Struct, Value::Struct, begins, begins + body.len()));
        let (notes, error) = described.notes(body, version);
        self.notes.extend(notes.into_iter().map(|note| Note {
            depth: note.depth + 1,
            range: note.range.start + begins..note.range.end + begins,
            ..note
        }));
        self.error = error.map(|error| WireError { offset: error.offset + begins, ..error });
    }
}

fn request_header_notes(header: &RequestHeader, frame: &Bytes, ends: usize) -> Vec<Note> {
    let client_id = header.client_id.clone().map_or(Value::Null, Value::String);
    // As the frame says: the text itself may be longer, where its bytes were no UTF-8.
    let length = frame.get(8..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| i16::from_be_bytes(*bytes).max(0));
    let client_id_ends = (10 + usize::from(length.unsigned_abs())).min(ends);
    vec![
        note(0, "RequestHeader", Kind::Struct, Value::Struct, 0, ends),
        note(1, "RequestApiKey", Kind::Int16, Value::Int(header.api_key.into()), 0, 2),
        note(1, "RequestApiVersion", Kind::Int16, Value::Int(header.version.into()), 2, 4),
        note(1, "CorrelationId", Kind::Int32, Value::Int(header.correlation.into()), 4, 8),
        note(1, "ClientId", Kind::String, client_id, 8, client_id_ends),
    ]
}

fn note(depth: usize, name: &'static str, kind: Kind, value: Value, start: usize, end: usize) -> Note {
    Note { depth, name: Name::Field(name), kind, value, range: start..end }
}
