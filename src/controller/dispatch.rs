//! From a frame to the file of its API (`kafka.server.ControllerApis`).

use super::connections::{Answer, RequestContext};
use super::node::Controller;
use super::{
    allocate_producer_ids, alter_configs, alter_partition, alter_partition_reassignments, begin_quorum_epoch, broker_heartbeat,
    broker_registration, controller_registration, create_partitions, create_topics, delete_topics, describe_quorum, elect_leaders,
    end_quorum_epoch, fetch, fetch_snapshot, incremental_alter_configs, list_partition_reassignments, unregister_broker, vote,
};
use crate::base::{ConnectionId, Context};
use crate::wire::messages::{EnvelopeRequest, EnvelopeResponse};
use crate::wire::{ApiKey, ErrorCode, WireError, decode, decode_request_header};
use bytes::Bytes;

impl Controller {
    /// Handles one request. What cannot be read (`None`), or is of an API that this listener does not serve, ends the connection.
    pub(super) fn handle_frame(
        &mut self,
        cx: &mut Context<'_>,
        connection: ConnectionId,
        frame: &Bytes,
    ) -> Option<(RequestContext, Answer)> {
        let (request, body) = read(connection, frame, None)?;
        let answer = match request.api {
            ApiKey::Envelope => self.open_envelope(cx, &request, body),
            _ => self.dispatch(cx, &request, body),
        };
        Some((request, answer.unwrap_or(Answer::Close)))
    }

    fn dispatch(&mut self, cx: &mut Context<'_>, request: &RequestContext, body: Bytes) -> Result<Answer, WireError> {
        match request.api {
            ApiKey::BrokerRegistration => Ok(broker_registration::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::BrokerHeartbeat => Ok(broker_heartbeat::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::Fetch => Ok(fetch::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::FetchSnapshot => Ok(fetch_snapshot::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::Vote => Ok(vote::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::BeginQuorumEpoch => Ok(begin_quorum_epoch::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::EndQuorumEpoch => Ok(end_quorum_epoch::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::ControllerRegistration => Ok(controller_registration::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::AlterPartition => Ok(alter_partition::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::AllocateProducerIds => Ok(allocate_producer_ids::handle(self, cx, request, decode(body, request.version)?)),
            _ => self.dispatch_forwardable(cx, request, body),
        }
    }

    /// What brokers send on for their clients, or for themselves.
    fn dispatch_forwardable(&mut self, cx: &mut Context<'_>, request: &RequestContext, body: Bytes) -> Result<Answer, WireError> {
        match request.api {
            ApiKey::CreateTopics => Ok(create_topics::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::DeleteTopics => Ok(delete_topics::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::CreatePartitions => Ok(create_partitions::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::ElectLeaders => Ok(elect_leaders::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::AlterPartitionReassignments => {
                Ok(alter_partition_reassignments::handle(self, cx, request, decode(body, request.version)?))
            }
            ApiKey::ListPartitionReassignments => Ok(list_partition_reassignments::handle(self, request, decode(body, request.version)?)),
            ApiKey::UnregisterBroker => Ok(unregister_broker::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::IncrementalAlterConfigs => Ok(incremental_alter_configs::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::AlterConfigs => Ok(alter_configs::handle(self, cx, request, decode(body, request.version)?)),
            ApiKey::DescribeQuorum => Ok(describe_quorum::handle(self, cx, request, decode(body, request.version)?)),
            _ => Ok(Answer::Close),
        }
    }

    /// A client's request, forwarded by a broker (KIP-590): handled as if it had come by itself, and answered in an envelope.
    fn open_envelope(&mut self, cx: &mut Context<'_>, request: &RequestContext, body: Bytes) -> Result<Answer, WireError> {
        let refuse = |error: ErrorCode| Ok(request.reply(&mut EnvelopeResponse { error_code: error.code(), ..Default::default() }));
        let envelope: EnvelopeRequest = decode(body, request.version)?;
        if !self.is_active() {
            return refuse(ErrorCode::NotController);
        }
        let Some((inner, body)) = read(request.connection, &envelope.request_data, Some(request.correlation)) else {
            return refuse(ErrorCode::UnsupportedVersion);
        };
        match self.dispatch_forwardable(cx, &inner, body) {
            Ok(Answer::Close) | Err(_) => refuse(ErrorCode::InvalidRequest),
            Ok(answer) => Ok(answer),
        }
    }
}

fn read(connection: ConnectionId, frame: &Bytes, envelope: Option<i32>) -> Option<(RequestContext, Bytes)> {
    let (header, body) = decode_request_header(frame).ok()?;
    let api = ApiKey::from_i16(header.api_key).filter(|api| api.versions().contains(&header.version))?;
    Some((RequestContext { connection, api, version: header.version, correlation: header.correlation, envelope }, body))
}
