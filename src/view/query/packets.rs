//! Records on their way at this moment or a short while ago: to a leader, from it to a follower, from it to a consumer: who looks may blink
//! while they arrive. What carries none is not told here; see
//! [`super::network`] for everything that travels.

use super::peers::Known;
use crate::base::{ConnectionId, Instant, NodeId};
use crate::network::Parcel;
use crate::playground::Session;
use crate::simulation::Frame;
use crate::wire::codec::{Name, Value};
use crate::wire::inspect::{Inspection, inspect_request_of, inspect_response_of, known};
use crate::wire::{ApiKey, decode_request_header};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Among how many frames, the newest, those on their way are looked for.
const FRAMES_MAX: u64 = 1_024;
/// How many are told at most.
pub const CARRIED_MAX: usize = 120;

/// So long after they arrived they are told of, in µs: half a second of the looker's at 0.1×, for whoever draws as seldom.
const TOLD_US: u64 = 50_000;

/// Records of one partition on their way. An end without a node is a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CarriedView {
    pub topic: Arc<str>,
    pub partition: i32,
    pub from: Option<NodeId>,
    pub to: Option<NodeId>,
    /// The client at one of the ends.
    pub client: Option<Arc<str>>,
    pub sent: Instant,
    /// When they arrive, or have arrived.
    pub due: Instant,
}

pub(super) fn look(session: &Session) -> Vec<CarriedView> {
    let simulation = session.simulation();
    let frames = simulation.frames();
    let known = Known::of(session);
    let travelling: Vec<(ConnectionId, &Parcel, Instant)> =
        simulation.travelling().map(|(due, parcel)| (parcel.delivery.connection(), parcel, due)).collect();
    let since = simulation.now().as_micros().saturating_sub(TOLD_US);
    let mut carried = Vec::new();
    for frame in
        frames.since(frames.last().saturating_sub(FRAMES_MAX)).filter(|frame| frame.arrived.is_none_or(|at| at.as_micros() >= since))
    {
        let same = |parcel: &Parcel| parcel.from == frame.from && parcel.sent == frame.sent;
        let due =
            || travelling.iter().find(|(connection, parcel, _)| *connection == frame.connection && same(parcel)).map(|(.., due)| *due);
        let Some(due) = frame.arrived.or_else(due) else { continue };
        let (one, other) = (known.of_process(frame.from), known.of_process(frame.to));
        let client = if one.node.is_none() { Some(one.name) } else { Some(other.name).filter(|_| other.node.is_none()) };
        for (topic, partition) in records_in(&known, frame, frame.other.and_then(|number| frames.get(number))) {
            let client = client.clone();
            carried.push(CarriedView { topic, partition, from: one.node, to: other.node, client, sent: frame.sent, due });
        }
        if carried.len() >= CARRIED_MAX {
            carried.truncate(CARRIED_MAX);
            break;
        }
    }
    carried
}

/// The partitions that a frame carries records of: a Produce request, or the response to a Fetch.
fn records_in(of: &Known<'_>, frame: &Frame, other: Option<&Frame>) -> Vec<(Arc<str>, i32)> {
    let request = if frame.is_request() { Some(frame) } else { other };
    let Some(key) = request.and_then(key_of) else { return Vec::new() };
    match (ApiKey::from_i16(key), frame.is_request(), request) {
        (Some(ApiKey::Produce), true, _) => partitions(of, &inspect_request_of(&frame.bytes.to_bytes(), known::request)),
        (Some(ApiKey::Fetch), false, Some(request)) => match decode_request_header(&request.bytes.to_bytes()) {
            Ok((header, _)) => {
                partitions(of, &inspect_response_of(ApiKey::Fetch, header.version, &frame.bytes.to_bytes(), known::response))
            }
            Err(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A request begins with its API's key.
fn key_of(request: &Frame) -> Option<i16> {
    Some(i16::from_be_bytes(request.bytes.chunks().first()?.get(..2)?.try_into().ok()?))
}

fn partitions(known: &Known<'_>, inspection: &Inspection) -> Vec<(Arc<str>, i32)> {
    let (mut topic, mut partition) = (None::<Arc<str>>, None);
    let mut found = Vec::new();
    for note in &inspection.notes {
        match (note.name, &note.value) {
            (Name::Field("Topic" | "Name"), Value::String(name)) => topic = Some(name.as_str().into()),
            (Name::Field("TopicId"), Value::Uuid(id)) => topic = known.topic(*id).map(Into::into),
            (Name::Field("PartitionIndex" | "Index"), Value::Int(index)) => partition = i32::try_from(*index).ok(),
            (_, Value::Records(records)) if !records.is_empty() => found.extend(topic.clone().zip(partition)),
            _ => {}
        }
    }
    found
}
