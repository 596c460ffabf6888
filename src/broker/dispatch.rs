//! From a frame to the API that handles it (`KafkaApis`). A frame whose header or body cannot be read, an unknown API and a version out of
//! range end the connection; only ApiVersions answers for versions that it does not know.

use super::connections::{Answer, RequestContext};
use super::{
    Broker, add_offsets_to_txn, add_partitions_to_txn, alter_configs, api_versions, delete_groups, delete_records, describe_cluster,
    describe_configs, describe_groups, describe_log_dirs, describe_producers, describe_topic_partitions, describe_transactions, end_txn,
    fetch, find_coordinator, heartbeat, init_producer_id, join_group, leave_group, list_groups, list_offsets, list_transactions, metadata,
    offset_commit, offset_delete, offset_fetch, offset_for_leader_epoch, produce, sync_group, txn_offset_commit, write_txn_markers,
};
use crate::base::{ConnectionId, Context};
use crate::wire::frame::decode_request_header_rope;
use crate::wire::messages::{AlterConfigsRequest, IncrementalAlterConfigsRequest};
use crate::wire::{self, ApiKey, Request, Rope};
use std::sync::Arc;

type Handler<T> = fn(&mut Broker, &mut Context<'_>, &RequestContext, T) -> Answer;

impl Broker {
    /// Handles one frame. `None`: it is not a request of any API that is served here.
    pub(super) fn dispatch(
        &mut self,
        cx: &mut Context<'_>,
        connection: ConnectionId,
        host: &Arc<str>,
        frame: Rope,
    ) -> Option<(RequestContext, Answer)> {
        let (header, body) = decode_request_header_rope(&frame).ok()?;
        let api = ApiKey::from_i16(header.api_key)?;
        let request = RequestContext {
            connection,
            api,
            version: header.version,
            correlation: header.correlation,
            client_id: header.client_id.map(Into::into),
            host: Arc::clone(host),
        };
        let answer = if !api_versions::is_supported(api, header.version) {
            if api != ApiKey::ApiVersions {
                return None;
            }
            api_versions::unsupported_version(&request)
        } else {
            self.handle(cx, &request, body, &frame)
        };
        Some((request, answer))
    }

    fn handle(&mut self, cx: &mut Context<'_>, request: &RequestContext, body: Rope, frame: &Rope) -> Answer {
        match request.api {
            ApiKey::Produce => self.run(cx, request, body, produce::handle),
            ApiKey::Fetch => self.run(cx, request, body, fetch::handle),
            ApiKey::ListOffsets => self.run(cx, request, body, list_offsets::handle),
            ApiKey::ApiVersions => self.run(cx, request, body, api_versions::handle),
            ApiKey::Metadata => self.run(cx, request, body, metadata::handle),
            ApiKey::DescribeCluster => self.run(cx, request, body, describe_cluster::handle),
            ApiKey::DescribeTopicPartitions => self.run(cx, request, body, describe_topic_partitions::handle),
            ApiKey::CreateTopics
            | ApiKey::DeleteTopics
            | ApiKey::CreatePartitions
            | ApiKey::ElectLeaders
            | ApiKey::AlterPartitionReassignments
            | ApiKey::ListPartitionReassignments
            | ApiKey::UnregisterBroker
            | ApiKey::DescribeQuorum => self.forward(cx, request, &frame.to_bytes()),
            ApiKey::AlterConfigs => self.run(cx, request, body, alter_configs::handle::<AlterConfigsRequest>),
            ApiKey::IncrementalAlterConfigs => self.run(cx, request, body, alter_configs::handle::<IncrementalAlterConfigsRequest>),
            ApiKey::DescribeLogDirs => self.run(cx, request, body, describe_log_dirs::handle),
            ApiKey::DescribeConfigs => self.run(cx, request, body, describe_configs::handle),
            ApiKey::InitProducerId => self.run(cx, request, body, init_producer_id::handle),
            ApiKey::DeleteRecords => self.run(cx, request, body, delete_records::handle),
            ApiKey::OffsetForLeaderEpoch => self.run(cx, request, body, offset_for_leader_epoch::handle),
            ApiKey::OffsetCommit => self.run(cx, request, body, offset_commit::handle),
            ApiKey::OffsetFetch => self.run(cx, request, body, offset_fetch::handle),
            ApiKey::FindCoordinator => self.run(cx, request, body, find_coordinator::handle),
            ApiKey::JoinGroup => self.run(cx, request, body, join_group::handle),
            ApiKey::Heartbeat => self.run(cx, request, body, heartbeat::handle),
            ApiKey::LeaveGroup => self.run(cx, request, body, leave_group::handle),
            ApiKey::SyncGroup => self.run(cx, request, body, sync_group::handle),
            ApiKey::DescribeGroups => self.run(cx, request, body, describe_groups::handle),
            ApiKey::ListGroups => self.run(cx, request, body, list_groups::handle),
            ApiKey::DeleteGroups => self.run(cx, request, body, delete_groups::handle),
            ApiKey::OffsetDelete => self.run(cx, request, body, offset_delete::handle),
            ApiKey::AddPartitionsToTxn => self.run(cx, request, body, add_partitions_to_txn::handle),
            ApiKey::AddOffsetsToTxn => self.run(cx, request, body, add_offsets_to_txn::handle),
            ApiKey::EndTxn => self.run(cx, request, body, end_txn::handle),
            ApiKey::WriteTxnMarkers => self.run(cx, request, body, write_txn_markers::handle),
            ApiKey::TxnOffsetCommit => self.run(cx, request, body, txn_offset_commit::handle),
            ApiKey::DescribeProducers => self.run(cx, request, body, describe_producers::handle),
            ApiKey::DescribeTransactions => self.run(cx, request, body, describe_transactions::handle),
            ApiKey::ListTransactions => self.run(cx, request, body, list_transactions::handle),
            // Not in the table of what is supported.
            _ => Answer::Close,
        }
    }

    fn run<T: Request>(&mut self, cx: &mut Context<'_>, request: &RequestContext, body: Rope, handler: Handler<T>) -> Answer {
        match wire::decode::<T>(body, request.version) {
            Ok(body) => handler(self, cx, request, body),
            Err(_) => Answer::Close,
        }
    }
}
