//! Faults of single APIs: the next responses of a node to requests of one API are lost, late, or say that it did not work.
//!
//! They meet a response on its way out, so what was asked for is done all the same.

use super::faults::ApiEffect;
use super::run::Simulation;
use crate::base::{ConnectionId, Duration, EventId, EventKind, NodeId, ProcessId};
use crate::wire::codec::{Kind, Name};
use crate::wire::inspect::inspect_response;
use crate::wire::messages::FetchResponse;
use crate::wire::{ApiKey, ErrorCode, Rope, decode_response, encode_response};

/// What is to become of the next responses.
#[derive(Clone, Debug)]
pub(super) struct ApiFault {
    pub node: NodeId,
    pub api: ApiKey,
    /// Of how many more.
    pub left: u32,
    pub effect: ApiEffect,
    /// The event that set it.
    pub event: EventId,
}

impl Simulation {
    /// What becomes of a frame that a process sends: the frame, and how much later it leaves; none where it is lost.
    pub(super) fn fault_response(
        &mut self,
        process: ProcessId,
        connection: ConnectionId,
        frame: Rope,
        cause: Option<EventId>,
    ) -> Option<(Rope, Duration)> {
        if self.faults.apis.is_empty() || connection.opener == process {
            return Some((frame, Duration::ZERO));
        }
        let Some((fault, version)) = self.fault_of(process, cause) else { return Some((frame, Duration::ZERO)) };
        let node = fault.node;
        let effect = fault.effect.to_string().into();
        self.note_of(process, Some(fault.event), EventKind::ApiFault { node, connection, api: fault.api as i16, effect });
        match fault.effect {
            ApiEffect::Lost => {
                self.network.mute(connection);
                None
            }
            ApiEffect::Delay(delay) => Some((frame, delay)),
            ApiEffect::Error(error) => Some((with_error(frame, fault.api, version, error), Duration::ZERO)),
        }
    }

    /// The fault that meets a response, and the response's version. `cause` is the event of the response.
    fn fault_of(&mut self, process: ProcessId, cause: Option<EventId>) -> Option<(ApiFault, i16)> {
        let node = self.node_of(process)?;
        let EventKind::Response { api, version, .. } = self.trace.get(cause?)?.kind else { return None };
        let at = self.faults.apis.iter().position(|fault| fault.node == node && fault.api as i16 == api)?;
        let fault = self.faults.apis.get_mut(at)?;
        fault.left = fault.left.saturating_sub(1);
        let met = fault.clone();
        if met.left == 0 {
            self.faults.apis.remove(at);
        }
        Some((met, version))
    }
}

/// The response, saying that it did not work: for each topic, partition or group where the API tells them apart, else as a whole.
fn with_error(frame: Rope, api: ApiKey, version: i16, error: ErrorCode) -> Rope {
    if api == ApiKey::Fetch {
        return fetch_with_error(&frame, version, error).unwrap_or(frame);
    }
    let bytes = frame.to_bytes();
    let inspection = inspect_response(api, version, &bytes);
    let is = |name: &Name, wanted: &str| matches!(name, Name::Field(field) if *field == wanted);
    let errors: Vec<_> = inspection.notes.iter().filter(|note| note.kind == Kind::Int16 && is(&note.name, "ErrorCode")).collect();
    let whole = errors.iter().map(|note| note.depth).min().unwrap_or_default();
    let has_parts = errors.iter().any(|note| note.depth > whole);
    let mut changed = bytes.to_vec();
    for note in errors.into_iter().filter(|note| !has_parts || note.depth > whole) {
        overwrite(&mut changed, note.range.start, &error.code().to_be_bytes());
    }
    // A batch that was not written has no place.
    let nowhere = ["BaseOffset", "LogAppendTimeMs", "LogStartOffset"];
    for note in inspection.notes.iter().filter(|note| api == ApiKey::Produce && nowhere.iter().any(|name| is(&note.name, name))) {
        overwrite(&mut changed, note.range.start, &(-1_i64).to_be_bytes());
    }
    Rope::from(bytes::Bytes::from(changed))
}

fn overwrite(bytes: &mut [u8], at: usize, with: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + with.len()) {
        place.copy_from_slice(with);
    }
}

/// A fetch response without records.
fn fetch_with_error(frame: &Rope, version: i16, error: ErrorCode) -> Option<Rope> {
    let (correlation, mut response) = decode_response::<FetchResponse>(&frame.to_bytes(), version).ok()?;
    let mut partitions = response.responses.iter_mut().flat_map(|topic| &mut topic.partitions).peekable();
    if partitions.peek().is_none() {
        drop(partitions);
        response.error_code = error.code();
    } else {
        for partition in partitions {
            partition.error_code = error.code();
            partition.high_watermark = -1;
            partition.last_stable_offset = -1;
            partition.records = None;
        }
    }
    encode_response(version, correlation, &mut response).ok()
}
