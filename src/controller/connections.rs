//! The controller's connections: one request at a time on each, as they came; and who a request is from.

use super::METADATA_TOPIC;
use crate::base::SortedMap;
use crate::base::{ConnectionId, EventId, EventKind};
use crate::wire::messages::EnvelopeResponse;
use crate::wire::{ApiKey, Response, Rope, WireError, encode_response};
use bytes::Bytes;
use std::collections::VecDeque;

const ENVELOPE_VERSION: i16 = 0;

/// A request that has been read as far as its header. What answers later keeps it.
#[derive(Clone, Debug)]
pub(super) struct RequestContext {
    pub connection: ConnectionId,
    pub api: ApiKey,
    pub version: i16,
    pub correlation: i32,
    /// The correlation id of the Envelope that it came in.
    pub envelope: Option<i32>,
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    Reply(Rope),
    /// It will be answered; until then the connection waits.
    Later,
    /// The connection ends.
    Close,
}

impl RequestContext {
    /// The response's frame, in an Envelope's where the request came in one.
    pub(super) fn frame(&self, response: &mut impl Response) -> Result<Rope, WireError> {
        let frame = encode_response(self.version, self.correlation, response)?;
        match self.envelope {
            None => Ok(frame),
            Some(correlation) => {
                let mut envelope = EnvelopeResponse { response_data: Some(frame.to_bytes()), ..Default::default() };
                encode_response(ENVELOPE_VERSION, correlation, &mut envelope)
            }
        }
    }

    /// That the response went out, with the envelope's numbers where there is one.
    pub(super) fn response_event(&self, bytes: usize) -> EventKind {
        let (correlation, api, version) = match self.envelope {
            None => (self.correlation, self.api, self.version),
            Some(correlation) => (correlation, ApiKey::Envelope, ENVELOPE_VERSION),
        };
        let bytes = u32::try_from(bytes.saturating_add(4)).unwrap_or(u32::MAX);
        EventKind::Response { connection: self.connection, correlation, api: api as i16, version, bytes }
    }

    pub(super) fn reply(&self, response: &mut impl Response) -> Answer {
        self.frame(response).map_or(Answer::Close, Answer::Reply)
    }
}

/// The one partition of requests that speak of `__cluster_metadata`; `None` where they speak of anything else.
pub(super) fn the_partition<T, P>(topics: Vec<T>, split: impl Fn(T) -> (String, Vec<P>), index: impl Fn(&P) -> i32) -> Option<P> {
    let [topic] = <[_; 1]>::try_from(topics).ok()?;
    let (name, partitions) = split(topic);
    let [partition] = <[_; 1]>::try_from(partitions).ok()?;
    (name == METADATA_TOPIC && index(&partition) == 0).then_some(partition)
}

/// Frames that wait for their turn, by connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections {
    open: SortedMap<ConnectionId, Connection>,
    /// Those which may have a frame handled.
    ready: VecDeque<ConnectionId>,
}

#[derive(Clone, Debug, Default)]
struct Connection {
    /// Each with the event that brought it.
    queue: VecDeque<(Bytes, Option<EventId>)>,
    busy: bool,
}

impl Connections {
    pub(super) fn open(&mut self, connection: ConnectionId) {
        self.open.insert(connection, Connection::default());
    }

    pub(super) fn close(&mut self, connection: ConnectionId) {
        self.open.remove(&connection);
    }

    pub(super) fn push(&mut self, connection: ConnectionId, frame: Bytes, cause: Option<EventId>) {
        if let Some(open) = self.open.get_mut(&connection) {
            open.queue.push_back((frame, cause));
            self.ready.push_back(connection);
        }
    }

    /// The request of this connection has been answered. False where the connection is gone.
    pub(super) fn answered(&mut self, connection: ConnectionId) -> bool {
        let Some(open) = self.open.get_mut(&connection) else { return false };
        open.busy = false;
        if !open.queue.is_empty() {
            self.ready.push_back(connection);
        }
        true
    }

    /// The next frame whose turn it is; its connection is busy from now on.
    pub(super) fn next(&mut self) -> Option<(ConnectionId, Bytes, Option<EventId>)> {
        while let Some(connection) = self.ready.pop_front() {
            let Some(open) = self.open.get_mut(&connection).filter(|open| !open.busy) else { continue };
            if let Some((frame, cause)) = open.queue.pop_front() {
                open.busy = true;
                return Some((connection, frame, cause));
            }
        }
        None
    }
}
