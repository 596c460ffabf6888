//! What only the controller can do: a client's request goes to it whole, in an Envelope (KIP-590), and its response comes back the same
//! way. Topics that come to be by themselves (`auto.create.topics.enable`, internal topics) are asked for here too
//! (`AutoTopicCreationManager`).

use super::Broker;
use super::channels::{Call, Purpose};
use super::connections::{Answer, RequestContext};
use super::forwarding_errors;
use crate::base::Context;
use crate::wire::frame::decode_response;
use crate::wire::messages::create_topics_request::CreatableTopic;
use crate::wire::messages::{CreateTopicsRequest, DefaultPrincipalData, EnvelopeRequest, EnvelopeResponse};
use crate::wire::{ErrorCode, encode_versioned};
use bytes::Bytes;

const ENVELOPE_VERSION: i16 = 0;
/// What a controller says of a request that it cannot read.
const READ_BY_NOBODY: [ErrorCode; 2] = [ErrorCode::UnsupportedVersion, ErrorCode::InvalidRequest];
const CREATE_TOPICS_VERSION: i16 = 7;

impl Broker {
    /// Hands a client's request to the controller; the client is answered when the controller has.
    pub(super) fn forward(&mut self, cx: &mut Context<'_>, request: &RequestContext, frame: &Bytes) -> Answer {
        self.call_enveloped(cx, Call::Forward(request.clone(), frame.clone()), frame);
        Answer::Later
    }

    /// Sends a client's request to the controller, as it came or changed.
    pub(super) fn call_enveloped(&mut self, cx: &mut Context<'_>, call: Call, frame: &Bytes) {
        let mut envelope = EnvelopeRequest {
            request_data: frame.clone(),
            request_principal: anonymous_principal(),
            client_host_address: Bytes::from_static(&[127, 0, 0, 1]),
            ..Default::default()
        };
        self.call(cx, Purpose::Forwarding, call, ENVELOPE_VERSION, &mut envelope);
    }

    /// The controller has answered a client's request.
    pub(super) fn forwarded(&mut self, cx: &mut Context<'_>, request: &RequestContext, asked: &Bytes, frame: &Bytes) {
        match decode_response::<EnvelopeResponse>(frame, ENVELOPE_VERSION) {
            Ok((_, EnvelopeResponse { response_data: Some(response), error_code: 0, .. })) => self.respond(cx, request, response.into()),
            // The controller could not read what the client sent; the client's connection ends, as with any request of that kind.
            Ok((_, response)) if READ_BY_NOBODY.iter().any(|error| error.code() == response.error_code) => {
                self.end_connection(cx, request.connection);
            }
            Ok(_) | Err(_) => self.refuse_forwarded(cx, request, asked, ErrorCode::UnknownServerError),
        }
    }

    /// Answers a client's request that no controller has answered.
    pub(super) fn refuse_forwarded(&mut self, cx: &mut Context<'_>, request: &RequestContext, asked: &Bytes, error: ErrorCode) {
        match forwarding_errors::refusal(request, asked, error) {
            Some(frame) => self.respond(cx, request, frame),
            None => self.end_connection(cx, request.connection),
        }
    }

    /// Has topics created that a request needs and that do not exist. Those which are on their way already are not asked for again.
    pub(super) fn create_topics_automatically(&mut self, cx: &mut Context<'_>, topics: Vec<CreatableTopic>) {
        let topics: Vec<_> = topics.into_iter().filter(|topic| self.lifecycle.topics_under_way.insert(topic.name.clone())).collect();
        if topics.is_empty() {
            return;
        }
        let names = topics.iter().map(|topic| topic.name.clone()).collect();
        let timeout_ms = i32::try_from(self.settings().request_timeout.as_millis()).unwrap_or(i32::MAX);
        let mut request = CreateTopicsRequest { topics, timeout_ms, validate_only: false, ..Default::default() };
        self.call(cx, Purpose::Forwarding, Call::CreateTopics(names), CREATE_TOPICS_VERSION, &mut request);
    }

    /// Whether it worked shows in the metadata; if not, the next request that needs the topic asks again.
    pub(super) fn topics_created(&mut self, names: &[String], _response: Bytes) {
        for name in names {
            self.lifecycle.topics_under_way.remove(name);
        }
    }
}

/// `User:ANONYMOUS`: the only principal there is without authentication.
fn anonymous_principal() -> Option<Bytes> {
    let mut principal = DefaultPrincipalData { type_: "User".to_owned(), name: "ANONYMOUS".to_owned(), ..Default::default() };
    encode_versioned(&mut principal, 0).ok().map(|rope| rope.to_bytes())
}
