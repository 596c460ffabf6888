//! Clients' connections. A connection's requests are handled one at a time, in order: while one waits for its answer, the next waits
//! behind it (`SocketServer` mutes the channel), so that responses come in the order of the requests.

use super::Broker;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Context, EventId, EventKind};
use crate::network::Action;
use crate::wire::frame::encode_response;
use crate::wire::{ApiKey, Response, Rope};
use std::collections::VecDeque;
use std::sync::Arc;

/// A request's surroundings: who asks, and how the answer has to look. An operation that is delayed keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestContext {
    pub connection: ConnectionId,
    pub api: ApiKey,
    pub version: i16,
    pub correlation: i32,
    pub client_id: Option<Arc<str>>,
    /// The client's address in text, without the slash that DescribeGroups puts before it.
    pub host: Arc<str>,
}

/// What becomes of a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The response's frame.
    Reply(Rope),
    /// `Broker::complete` follows.
    Later,
    /// None is due (Produce with acks=0).
    NoReply,
    /// The connection ends.
    Close,
}

impl RequestContext {
    /// The answer that carries this response. One that its version cannot carry ends the connection.
    pub(super) fn reply<R: Response>(&self, response: &mut R) -> Answer {
        encode_response(self.version, self.correlation, response).map_or(Answer::Close, Answer::Reply)
    }
}

#[derive(Clone, Debug)]
struct Connection {
    host: Arc<str>,
    waiting: VecDeque<Waiting>,
    busy: bool,
}

/// A request that has come.
#[derive(Clone, Debug)]
struct Waiting {
    frame: Rope,
    /// Why it came: what it does has this for its cause, however long it waited behind another.
    cause: Option<EventId>,
}

/// All clients' connections to one broker.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections {
    open: SortedMap<ConnectionId, Connection>,
    /// Those that may have a request to handle now.
    ready: VecDeque<ConnectionId>,
}

impl Connections {
    pub(super) fn open(&mut self, connection: ConnectionId, host: &str) {
        self.open.insert(connection, Connection { host: host.into(), waiting: VecDeque::new(), busy: false });
    }

    pub(super) fn push(&mut self, connection: ConnectionId, frame: Rope, cause: Option<EventId>) {
        if let Some(known) = self.open.get_mut(&connection) {
            known.waiting.push_back(Waiting { frame, cause });
            self.ready.push_back(connection);
        }
    }

    pub(super) fn remove(&mut self, connection: ConnectionId) {
        self.open.remove(&connection);
    }

    pub(super) fn backlog(&self, connection: ConnectionId) -> usize {
        self.open.get(&connection).map_or(0, |known| known.waiting.len())
    }

    /// The next request that may be handled; its connection is busy from now on.
    fn next(&mut self) -> Option<(ConnectionId, Arc<str>, Waiting)> {
        loop {
            let connection = self.ready.pop_front()?;
            let Some(known) = self.open.get_mut(&connection) else { continue };
            if known.busy {
                continue;
            }
            let Some(waiting) = known.waiting.pop_front() else { continue };
            known.busy = true;
            return Some((connection, Arc::clone(&known.host), waiting));
        }
    }

    /// The connection's request is done with; the next one may come.
    fn release(&mut self, connection: ConnectionId) {
        if let Some(known) = self.open.get_mut(&connection) {
            known.busy = false;
            if !known.waiting.is_empty() {
                self.ready.push_back(connection);
            }
        }
    }
}

impl Broker {
    /// Handles all requests that can be, until every connection waits for an answer or has nothing to ask.
    pub(super) fn serve_waiting(&mut self, cx: &mut Context<'_>) {
        loop {
            while let Some((connection, host, waiting)) = self.connections.next() {
                let cause = std::mem::replace(&mut cx.cause, waiting.cause);
                self.serve(cx, connection, &host, waiting.frame);
                cx.cause = cause;
            }
            if !self.take_own_answer(cx) {
                return;
            }
        }
    }

    fn serve(&mut self, cx: &mut Context<'_>, connection: ConnectionId, host: &Arc<str>, frame: Rope) {
        match self.dispatch(cx, connection, host, frame) {
            Some((request, answer)) => self.settle(cx, &request, answer),
            None => self.end_connection(cx, connection),
        }
    }

    /// Does with a request what its answer says.
    pub(super) fn settle(&mut self, cx: &mut Context<'_>, request: &RequestContext, answer: Answer) {
        match answer {
            Answer::Reply(frame) => self.respond(cx, request, frame),
            Answer::Later => {}
            Answer::NoReply => self.connections.release(request.connection),
            Answer::Close => self.end_connection(cx, request.connection),
        }
    }

    /// Answers a request that was answered `Later`. Whoever calls this is at the top of an input, or `serve_waiting` follows.
    pub(super) fn complete<R: Response>(&mut self, cx: &mut Context<'_>, request: &RequestContext, response: &mut R) {
        let answer = request.reply(response);
        self.settle(cx, request, answer);
    }

    /// Sends a response's frame, as it is.
    pub(super) fn respond(&mut self, cx: &mut Context<'_>, request: &RequestContext, frame: Rope) {
        if !self.connections.open.contains_key(&request.connection) {
            return;
        }
        if self.channels.owns(request.connection) {
            self.connections.release(request.connection);
            self.keep_own_answer(request.connection, Some(frame));
            return;
        }
        let cause = cx.cause;
        cx.because(EventKind::Response {
            connection: request.connection,
            correlation: request.correlation,
            api: request.api as i16,
            version: request.version,
            bytes: u32::try_from(frame.len() + 4).unwrap_or(u32::MAX),
        });
        self.outbox.push(cx, Action::Send { connection: request.connection, frame });
        cx.cause = cause;
        self.connections.release(request.connection);
    }

    /// Ends a client's connection, as after a request that nobody could read.
    pub(super) fn end_connection(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        self.connections.remove(connection);
        if !self.keep_own_answer(connection, None) {
            self.outbox.push(cx, Action::Close { connection });
        }
    }
}
