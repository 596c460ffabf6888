//! AlterConfigs 0-2 and IncrementalAlterConfigs 0-1 (KIP-339), as far as the broker has a part in them (`ConfigAdminManager`): it refuses
//! what it can judge by itself, above all changes to another broker's settings; the controller gets the rest, and the answers are put
//! together in the order of the request.

use super::Broker;
use super::channels::Call;
use super::connections::{Answer, RequestContext};
use crate::base::Context;
use crate::controller::config::Values;
use crate::controller::config::validate::validate_broker;
use crate::controller::image::ResourceType;
use crate::wire::messages::{
    AlterConfigsRequest, AlterConfigsResponse, EnvelopeResponse, IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse,
    alter_configs_request, alter_configs_response, incremental_alter_configs_request, incremental_alter_configs_response,
};
use crate::wire::{ErrorCode, Request, Response, decode_response, encode_request};
use bytes::Bytes;

/// What the broker decided of each resource of a request, in order; none where the controller is to say.
pub(super) type Decisions = Vec<Option<(ErrorCode, String)>>;

/// A config that is to change, of either API.
pub(super) struct Change<'a> {
    name: &'a str,
    value: Option<&'a str>,
    unset: bool,
}

/// A request of either API.
pub(super) trait ConfigsRequest: Request<Response: ConfigsResponse> {
    type Resource;

    fn resources(&mut self) -> &mut Vec<Self::Resource>;
    fn identity(resource: &Self::Resource) -> (i8, &str);
    fn changes(resource: &Self::Resource) -> impl Iterator<Item = Change<'_>>;
}

/// A response of either API.
pub(super) trait ConfigsResponse: Response + Default {
    type Resource;

    fn responses(&mut self) -> &mut Vec<Self::Resource>;
    fn refused(identity: (i8, &str), error: ErrorCode, message: &str) -> Self::Resource;
}

const INCREMENTAL_DELETE: i8 = 1;

macro_rules! configs_api {
    ($request:ident, $request_module:ident, $response:ident, $response_module:ident, $unset:expr) => {
        impl ConfigsRequest for $request {
            type Resource = $request_module::AlterConfigsResource;

            fn resources(&mut self) -> &mut Vec<Self::Resource> {
                &mut self.resources
            }

            fn identity(resource: &Self::Resource) -> (i8, &str) {
                (resource.resource_type, &resource.resource_name)
            }

            fn changes(resource: &Self::Resource) -> impl Iterator<Item = Change<'_>> {
                let unset: fn(&$request_module::AlterableConfig) -> bool = $unset;
                resource.configs.iter().map(move |config| Change {
                    name: &config.name,
                    value: config.value.as_deref(),
                    unset: unset(config),
                })
            }
        }

        impl ConfigsResponse for $response {
            type Resource = $response_module::AlterConfigsResourceResponse;

            fn responses(&mut self) -> &mut Vec<Self::Resource> {
                &mut self.responses
            }

            fn refused((resource_type, resource_name): (i8, &str), error: ErrorCode, message: &str) -> Self::Resource {
                $response_module::AlterConfigsResourceResponse {
                    error_code: error.code(),
                    error_message: Some(message.to_owned()),
                    resource_type,
                    resource_name: resource_name.to_owned(),
                    ..Default::default()
                }
            }
        }
    };
}

configs_api!(AlterConfigsRequest, alter_configs_request, AlterConfigsResponse, alter_configs_response, |_| false);
configs_api!(
    IncrementalAlterConfigsRequest,
    incremental_alter_configs_request,
    IncrementalAlterConfigsResponse,
    incremental_alter_configs_response,
    |config| config.config_operation == INCREMENTAL_DELETE
);

pub(super) fn handle<T: ConfigsRequest>(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, mut body: T) -> Answer {
    let decisions = decide(broker, &mut body);
    if decisions.iter().all(Option::is_some) {
        let mut response = T::Response::default();
        for (resource, decision) in body.resources().iter().zip(&decisions) {
            if let Some((error, message)) = decision {
                response.responses().push(T::Response::refused(T::identity(resource), *error, message));
            }
        }
        return request.reply(&mut response);
    }
    let identities = body.resources().iter().map(|resource| (T::identity(resource).0, T::identity(resource).1.to_owned())).collect();
    let mut kept = decisions.iter();
    body.resources().retain(|_| kept.next().is_some_and(Option::is_none));
    let Ok(frame) = encode_request(request.version, request.correlation, request.client_id.as_deref(), &mut body) else {
        return Answer::Close;
    };
    let call = Call::AlterConfigs { request: request.clone(), identities, decisions };
    broker.call_enveloped(cx, call, &frame.to_bytes());
    Answer::Later
}

fn decide<T: ConfigsRequest>(broker: &Broker, body: &mut T) -> Decisions {
    let resources: &Vec<T::Resource> = body.resources();
    let times = |one: &T::Resource| resources.iter().filter(|other| T::identity(other) == T::identity(one)).count();
    let decide = |resource: &T::Resource| {
        if times(resource) > 1 {
            return Some((ErrorCode::InvalidRequest, "Each resource must appear at most once.".to_owned()));
        }
        refuse::<T>(broker, resource).map(|message| (ErrorCode::InvalidRequest, message))
    };
    resources.iter().map(decide).collect()
}

/// Why a resource's changes are refused at once; none where the controller is to say.
fn refuse<T: ConfigsRequest>(broker: &Broker, resource: &T::Resource) -> Option<String> {
    let changes: Vec<_> = T::changes(resource).collect();
    let repeats = |change: &Change<'_>| changes.iter().filter(|other| other.name == change.name).count() > 1;
    if changes.iter().any(repeats) {
        return Some("Error due to duplicate config keys".to_owned());
    }
    let without: Vec<_> = changes.iter().filter(|change| change.value.is_none() && !change.unset).map(|change| change.name).collect();
    if !without.is_empty() {
        return Some(format!("Null value not supported for : {}", without.join(", ")));
    }
    let (kind, name) = T::identity(resource);
    match ResourceType::from_i8(kind) {
        None => Some(format!("Unknown resource type {kind}")),
        Some(ResourceType::Broker) => refuse_broker(broker, name, &changes),
        Some(_) => None,
    }
}

fn refuse_broker(broker: &Broker, name: &str, changes: &[Change<'_>]) -> Option<String> {
    if !name.is_empty() {
        match name.parse::<i32>() {
            Ok(id) if id == broker.node().0 => {}
            Ok(_) => return Some(format!("Unexpected broker id, expected {}, but received {name}", broker.node())),
            Err(_) => return Some(format!("Node id must be an integer, but it is: {name}")),
        }
    }
    let (cluster, own) = broker.image.broker_configs(broker.node());
    let mut values = Values::clone(if name.is_empty() { &cluster } else { &own });
    for change in changes {
        match change.value.filter(|_| !change.unset) {
            Some(value) => values.insert(change.name.into(), value.into()),
            None => values.remove(change.name),
        };
    }
    validate_broker(&values, !name.is_empty()).err().map(|error| error.0)
}

impl Broker {
    pub(super) fn altered(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        identities: &[(i8, String)],
        decisions: &Decisions,
        frame: &Bytes,
    ) {
        if request.api == AlterConfigsRequest::KEY {
            self.configs_altered::<AlterConfigsResponse>(cx, request, identities, decisions, frame);
        } else {
            self.configs_altered::<IncrementalAlterConfigsResponse>(cx, request, identities, decisions, frame);
        }
    }

    /// No controller has answered for what it was sent.
    pub(super) fn alter_timed_out(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        identities: &[(i8, String)],
        decisions: &Decisions,
    ) {
        if request.api == AlterConfigsRequest::KEY {
            self.configs_timed_out::<AlterConfigsResponse>(cx, request, identities, decisions);
        } else {
            self.configs_timed_out::<IncrementalAlterConfigsResponse>(cx, request, identities, decisions);
        }
    }

    fn configs_timed_out<T: ConfigsResponse>(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        identities: &[(i8, String)],
        decisions: &Decisions,
    ) {
        let timed_out = (ErrorCode::RequestTimedOut, ErrorCode::RequestTimedOut.message().to_owned());
        let mut response = T::default();
        for ((kind, name), decision) in identities.iter().zip(decisions) {
            let (error, message) = decision.as_ref().unwrap_or(&timed_out);
            response.responses().push(T::refused((*kind, name), *error, message));
        }
        self.complete(cx, request, &mut response);
    }

    /// The controller has answered for what it was sent: puts that together with what the broker refused.
    fn configs_altered<T: ConfigsResponse>(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        identities: &[(i8, String)],
        decisions: &Decisions,
        frame: &Bytes,
    ) {
        let opened = decode_response::<EnvelopeResponse>(frame, 0).ok().and_then(|(_, envelope)| envelope.response_data);
        let Some((_, mut answered)) = opened.and_then(|data| decode_response::<T>(&data, request.version).ok()) else {
            return self.end_connection(cx, request.connection);
        };
        let mut by_controller = std::mem::take(answered.responses()).into_iter();
        for ((kind, name), decision) in identities.iter().zip(decisions) {
            let response = match decision {
                Some((error, message)) => Some(T::refused((*kind, name), *error, message)),
                None => by_controller.next(),
            };
            answered.responses().extend(response);
        }
        self.complete(cx, request, &mut answered);
    }
}
