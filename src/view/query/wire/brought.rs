//! Which exchange brought a batch into its partition's log.

use super::exchange::Exchange;
use crate::playground::Session;
use crate::simulation::Frame;
use crate::view::query::Answer;
use crate::view::query::peers::Known;
use crate::wire::codec::{Name, Value};
use crate::wire::inspect::{inspect_response_of, known};
use crate::wire::{ApiKey, Inspection, decode_request_header};

/// The Produce exchange whose response says that the partition's batch begins at this offset. Of several (the same batch sent again) the
/// first.
pub fn look(session: &Session, topic: &str, partition: i32, base: i64) -> Answer {
    let frames = session.simulation().frames();
    if !frames.are_kept() {
        return Answer::absent(super::NOT_KEPT);
    }
    let known_names = Known::of(session);
    let brought = frames.since(0).filter(|frame| frame.is_request()).find_map(|request| {
        let version = produce_version(request)?;
        let response = frames.get(request.other?)?;
        let told = inspect_response_of(ApiKey::Produce, version, &response.bytes.to_bytes(), known::response);
        is_told(&known_names, &told, topic, partition, base).then_some((request, response))
    });
    let exchange = brought.map(|(request, response)| Box::new(Exchange::of(&known_names, request, Some(response))));
    Answer::Brought { exchange }
}

/// The version of a Produce request; none of any other.
fn produce_version(request: &Frame) -> Option<i16> {
    let key = i16::from_be_bytes(request.bytes.chunks().first()?.get(..2)?.try_into().ok()?);
    if ApiKey::from_i16(key) != Some(ApiKey::Produce) {
        return None;
    }
    decode_request_header(&request.bytes.to_bytes()).ok().map(|(header, _)| header.version)
}

fn is_told(known: &Known<'_>, told: &Inspection, topic: &str, partition: i32, base: i64) -> bool {
    let (mut of, mut index) = (String::new(), -1);
    told.notes.iter().any(|note| {
        match (note.name, &note.value) {
            (Name::Field("Name"), Value::String(name)) => of.clone_from(name),
            (Name::Field("TopicId"), Value::Uuid(id)) => of = known.topic(*id).unwrap_or_default(),
            (Name::Field("Index"), Value::Int(number)) => index = *number,
            (Name::Field("BaseOffset"), Value::Int(offset)) => return of == topic && index == i64::from(partition) && *offset == base,
            _ => {}
        }
        false
    })
}
