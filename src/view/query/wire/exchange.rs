//! A request and its response in one line: who asked whom for what, how long it took, and what went wrong.

use super::values::{Sight, sight_of};
use crate::base::{Instant, NodeId, ProcessId};
use crate::network::OUTSIDE;
use crate::simulation::Frame;
use crate::view::query::peers::{Known, Peer};
use crate::wire::inspect::{inspect_request_of, inspect_response_of, known};
use crate::wire::{ApiKey, decode_request_header};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How far an exchange has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExchangeState {
    /// The request is on its way.
    Asks,
    /// The request has arrived and is not answered yet.
    Waits,
    /// The response is on its way.
    Returns,
    Done,
    /// There will be no response, and none is expected: a Produce request with `acks=0`.
    Silent,
    /// The connection ended first.
    Broken,
}

impl ExchangeState {
    /// Whether it may still come further.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asks | Self::Waits | Self::Returns)
    }
}

/// An error code in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Kafka's name: `NOT_LEADER_OR_FOLLOWER`. The first of them.
    pub name: Arc<str>,
    /// How often the response has an error.
    pub count: u32,
}

/// One exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// The request's frame.
    pub id: u64,
    /// The response's.
    pub response: Option<u64>,
    /// When the request left.
    pub at: Instant,
    pub from: Peer,
    pub to: Peer,
    /// As the request says it.
    pub client_id: Option<Arc<str>>,
    /// `Produce`; a number where nobody knows it.
    pub api: Arc<str>,
    pub api_key: i16,
    pub version: i16,
    pub correlation: i32,
    /// What it is about: partitions, a group, a setting.
    pub about: Arc<str>,
    /// Of the request on the wire, with its length field, in bytes.
    pub out: u32,
    /// Of the response.
    pub back: Option<u32>,
    /// From the request's leaving to the response's arrival.
    pub latency_us: Option<u64>,
    pub state: ExchangeState,
    pub fault: Option<Fault>,
    /// The event that sent the request.
    pub cause: Option<u64>,
}

impl Exchange {
    pub(super) fn key(&self) -> Option<ApiKey> {
        ApiKey::from_i16(self.api_key)
    }

    pub(super) fn of(of: &Known<'_>, request: &Frame, response: Option<&Frame>) -> Self {
        let bytes = request.bytes.to_bytes();
        let header = decode_request_header(&bytes).map(|(header, _)| header).unwrap_or_default();
        let api = ApiKey::from_i16(header.api_key);
        let asked = sight_of(of, &inspect_request_of(&bytes, known::request));
        let told = match (api, response) {
            (Some(api), Some(response)) => {
                sight_of(of, &inspect_response_of(api, header.version, &response.bytes.to_bytes(), known::response))
            }
            _ => Sight::default(),
        };
        let client_id: Option<Arc<str>> = header.client_id.map(Into::into);
        let arrived = response.and_then(|response| response.arrived);
        Self {
            id: request.number,
            response: response.map(|response| response.number),
            at: request.sent,
            from: of.peer(request.from, request.connection, client_id.as_deref()),
            to: of.peer(request.to, request.connection, None),
            api: api.map_or_else(|| format!("API {}", header.api_key).into(), |api| api.name().into()),
            api_key: header.api_key,
            version: header.version,
            correlation: header.correlation,
            about: asked.about(&told).into(),
            out: on_wire(request),
            back: response.map(on_wire),
            latency_us: arrived.map(|arrived| arrived.as_micros().saturating_sub(request.sent.as_micros())),
            state: match response {
                _ if arrived.is_some() => ExchangeState::Done,
                None if asked.no_answer => ExchangeState::Silent,
                _ if !of.stands(request.connection) => ExchangeState::Broken,
                Some(_) => ExchangeState::Returns,
                None if request.arrived.is_some() => ExchangeState::Waits,
                None => ExchangeState::Asks,
            },
            fault: told.fault(),
            cause: request.cause.map(|event| event.0),
            client_id,
        }
    }
}

fn on_wire(frame: &Frame) -> u32 {
    u32::try_from(frame.bytes.len() + 4).unwrap_or(u32::MAX)
}

impl Known<'_> {
    /// Who is at an end of a connection. A client outside is known by what it calls itself, and by its address.
    pub(super) fn peer(&self, process: ProcessId, connection: crate::base::ConnectionId, client_id: Option<&str>) -> Peer {
        let mut peer = self.of_process(process);
        if process == OUTSIDE {
            let host = self.session.simulation().host_of_outside(connection);
            let name = client_id.filter(|id| !id.is_empty()).or(host).unwrap_or(&peer.name);
            peer.name = name.into();
        }
        peer
    }
}

/// A node's number, where a field names one; -1 is none.
pub(super) fn node_text(id: i64) -> Option<String> {
    let id = i32::try_from(id).ok().filter(|id| *id >= 0)?;
    Some(format!("broker {}", NodeId(id)))
}
