//! Messages in Kafka's own JSON form (its generated `JsonConverter`s): read and written by the descriptions that the product has.

use crate::bytes_json;
use crate::fault::{Fault, Outcome};
use bytes::Bytes;
use partita::wire::codec::{Described, Field, Kind, Name, Note, Source, Value as Given, WireError};
use partita::wire::{ApiKey, Rope};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::rc::Rc;

/// A message's bytes from its JSON; fields that are left out have their defaults. `now` is the timestamp of records that give none.
pub fn encode(described: &Described, version: i16, body: &Value, now: i64) -> Outcome<Vec<u8>> {
    let wrong = Rc::new(RefCell::new(None));
    let source = JsonSource { open: vec![body.clone()], now, wrong: Rc::clone(&wrong) };
    let filled = described.fill(version, Box::new(source));
    if let Some(wrong) = wrong.take() {
        return Err(wrong);
    }
    Ok(described.encode(&mut *filled?, version)?.to_bytes().to_vec())
}

/// A message's JSON from its bytes. `api` says how bytes in it are to be shown.
pub fn decode(described: &Described, version: i16, bytes: Bytes, api: Option<ApiKey>) -> Result<Value, WireError> {
    let (notes, error) = described.notes(bytes, version);
    match error {
        Some(error) => Err(error),
        None => Ok(Value::Object(object(&mut notes.iter().peekable(), 0, api))),
    }
}

/// `ThrottleTimeMs` is `throttleTimeMs`.
fn camel_case(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

type Notes<'a> = std::iter::Peekable<std::slice::Iter<'a, Note>>;

fn object(notes: &mut Notes<'_>, depth: usize, api: Option<ApiKey>) -> Map<String, Value> {
    let mut fields = Map::new();
    while let Some(note) = notes.next_if(|note| note.depth == depth) {
        if let (Name::Field(name), true) = (note.name, note.kind != Kind::Tags) {
            let name = camel_case(name);
            let value = value(note, notes, &name, api);
            fields.insert(name, value);
        }
    }
    fields
}

fn value(note: &Note, notes: &mut Notes<'_>, name: &str, api: Option<ApiKey>) -> Value {
    match &note.value {
        Given::Null => Value::Null,
        Given::Bool(value) => (*value).into(),
        Given::Int(value) => (*value).into(),
        Given::Float(value) => (*value).into(),
        Given::Uuid(value) => value.to_string().into(),
        Given::String(value) => value.as_str().into(),
        Given::Bytes(value) => bytes_json::show_field(api, name, value),
        Given::Records(value) => bytes_json::show_records(&value.to_bytes()),
        Given::Struct => Value::Object(object(notes, note.depth + 1, api)),
        Given::Count(_) => {
            let mut elements = Vec::new();
            while let Some(element) = notes.next_if(|element| element.depth == note.depth + 1) {
                elements.push(value(element, notes, name, api));
            }
            elements.into()
        }
    }
}

/// A JSON body as a message's values.
struct JsonSource {
    /// The values that are entered; the last is where the next field lies.
    open: Vec<Value>,
    now: i64,
    wrong: Rc<RefCell<Option<Fault>>>,
}

impl JsonSource {
    fn convert(&self, field: &Field, kind: Kind, given: &Value) -> Outcome<Given> {
        let converted = match kind {
            _ if given.is_null() => Some(Given::Null),
            Kind::Bool => given.as_bool().map(Given::Bool),
            Kind::Int8 | Kind::Int16 | Kind::Uint16 | Kind::Int32 | Kind::Uint32 | Kind::Int64 => given.as_i64().map(Given::Int),
            Kind::Float64 => given.as_f64().map(Given::Float),
            Kind::Uuid => given.as_str().and_then(|text| text.parse().ok()).map(Given::Uuid),
            Kind::String if given.is_object() => {
                bytes_json::parse(given)?.map(|bytes| Given::String(String::from_utf8_lossy(&bytes).into_owned()))
            }
            Kind::String => given.as_str().map(|text| Given::String(text.to_owned())),
            Kind::Bytes => bytes_json::parse(given)?.map(Given::Bytes),
            Kind::Records => bytes_json::records(given, self.now)?.map(|bytes| Given::Records(Rope::from(bytes))),
            Kind::Array => given.as_array().map(|array| Given::Count(array.len())),
            Kind::Struct => given.is_object().then_some(Given::Struct),
            Kind::Tags => None,
        };
        converted.ok_or_else(|| Fault::Script(format!("{} is of type {}, which {given} is not", field.name, kind.name())))
    }
}

impl Source for JsonSource {
    fn enter(&mut self, name: Name, field: &Field, kind: Kind, _version: i16) -> Option<Given> {
        let around = self.open.last()?;
        let given = match name {
            Name::Field(name) => around.get(camel_case(name)),
            Name::Index(index) => around.get(index),
            Name::Tag(_) => None,
        }?
        .clone();
        match self.convert(field, kind, &given) {
            Ok(value) => {
                self.open.push(given);
                Some(value)
            }
            Err(fault) => {
                self.wrong.borrow_mut().get_or_insert(fault);
                None
            }
        }
    }

    fn leave(&mut self) {
        self.open.pop();
    }
}
