//! Which exchange brought a batch into its partition's log.

use super::exchange::Exchange;
use super::{RecordAt, batches};
use crate::playground::Session;
use crate::simulation::Frame;
use crate::view::query::Answer;
use crate::view::query::peers::Known;
use crate::wire::{ApiKey, decode_request_header};

/// The Produce exchange whose response says that the partition's batch begins at this offset. Where none does (the request is yet to be
/// answered, or never will be: `acks=0`), the one whose request has the batch. Of several (the same batch sent again) the first.
pub fn look(session: &Session, at: &RecordAt) -> Answer {
    let frames = session.simulation().frames();
    if !frames.are_kept() {
        return Answer::absent(super::NOT_KEPT);
    }
    let known = Known::of(session);
    let requests = || frames.since(0).filter(|frame| frame.is_request()).filter_map(|frame| Some((frame, produce_version(frame)?)));
    let answered = requests().find_map(|(request, version)| {
        let response = frames.get(request.other?)?;
        batches::told(&known, response, version).contains(at).then_some((request, Some(response)))
    });
    let brought = answered.or_else(|| {
        let stored = batches::stored(session, at)?;
        let mut unanswered = requests().filter(|(request, _)| request.other.is_none() && request.arrived.is_some());
        let (request, _) = unanswered.find(|(request, _)| batches::sent(&known, request).iter().any(|sent| sent.is(at, &stored)))?;
        Some((request, None))
    });
    let exchange = brought.map(|(request, response)| Box::new(Exchange::of(&known, request, response)));
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
