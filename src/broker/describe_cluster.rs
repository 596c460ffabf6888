//! DescribeCluster 0-2 (KIP-700, KIP-919, KIP-1073): the cluster's id, a controller, the brokers.
//!
//! Asked on a broker's listener for the controllers (v1 on): MISMATCHED_ENDPOINT_TYPE; for anything else: UNSUPPORTED_ENDPOINT_TYPE.
//! From v2 on fenced brokers are told where they are asked for.

use super::Broker;
use super::authorization::{CLUSTER_OPERATIONS, asked};
use super::connections::{Answer, RequestContext};
use super::metadata::{LISTENER, some_broker};
use crate::base::Context;
use crate::wire::ErrorCode;
use crate::wire::messages::describe_cluster_response::DescribeClusterBroker;
use crate::wire::messages::{DescribeClusterRequest, DescribeClusterResponse};

const BROKERS: i8 = 1;
const CONTROLLERS: i8 = 2;

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: DescribeClusterRequest) -> Answer {
    let refusal = match body.endpoint_type {
        BROKERS => None,
        CONTROLLERS => {
            let message = "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER";
            Some((ErrorCode::MismatchedEndpointType, message.to_owned()))
        }
        other => Some((ErrorCode::UnsupportedEndpointType, format!("Unsupported endpoint type {other}"))),
    };
    if let Some((error, message)) = refusal {
        return request.reply(&mut DescribeClusterResponse {
            error_code: error as i16,
            error_message: Some(message),
            ..Default::default()
        });
    }
    let brokers = broker.image.brokers().filter(|known| known.is_alive() || body.include_fenced_brokers);
    let described = brokers.filter_map(|known| {
        let listener = known.listener(LISTENER)?;
        Some(DescribeClusterBroker {
            broker_id: known.id.0,
            host: listener.host.to_string(),
            port: i32::from(listener.port),
            rack: known.rack.as_deref().map(str::to_owned),
            is_fenced: known.fenced,
            ..Default::default()
        })
    });
    let mut response = DescribeClusterResponse {
        cluster_id: broker.config.cluster_id.to_string(),
        brokers: described.collect(),
        controller_id: some_broker(broker, cx),
        cluster_authorized_operations: asked(body.include_cluster_authorized_operations, CLUSTER_OPERATIONS),
        ..Default::default()
    };
    request.reply(&mut response)
}
