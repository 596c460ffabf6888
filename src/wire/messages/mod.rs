//! Every message of the protocol: requests, responses, and the records of the internal topics. A message's own structs are in the module of its name.
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

pub mod abort_transaction_record;
pub mod access_control_entry_record;
pub mod add_offsets_to_txn_request;
pub mod add_offsets_to_txn_response;
pub mod add_partitions_to_txn_request;
pub mod add_partitions_to_txn_response;
pub mod add_raft_voter_request;
pub mod add_raft_voter_response;
pub mod allocate_producer_ids_request;
pub mod allocate_producer_ids_response;
pub mod alter_client_quotas_request;
pub mod alter_client_quotas_response;
pub mod alter_configs_request;
pub mod alter_configs_response;
pub mod alter_partition_reassignments_request;
pub mod alter_partition_reassignments_response;
pub mod alter_partition_request;
pub mod alter_partition_response;
pub mod alter_replica_log_dirs_request;
pub mod alter_replica_log_dirs_response;
pub mod alter_share_group_offsets_request;
pub mod alter_share_group_offsets_response;
pub mod alter_user_scram_credentials_request;
pub mod alter_user_scram_credentials_response;
mod api_key;
pub mod api_versions_request;
pub mod api_versions_response;
pub mod assign_replicas_to_dirs_request;
pub mod assign_replicas_to_dirs_response;
pub mod begin_quorum_epoch_request;
pub mod begin_quorum_epoch_response;
pub mod begin_transaction_record;
pub mod broker_heartbeat_request;
pub mod broker_heartbeat_response;
pub mod broker_registration_change_record;
pub mod broker_registration_request;
pub mod broker_registration_response;
pub mod clear_elr_record;
pub mod client_quota_record;
pub mod config_record;
pub mod consumer_group_current_member_assignment_key;
pub mod consumer_group_current_member_assignment_value;
pub mod consumer_group_describe_request;
pub mod consumer_group_describe_response;
pub mod consumer_group_heartbeat_request;
pub mod consumer_group_heartbeat_response;
pub mod consumer_group_member_metadata_key;
pub mod consumer_group_member_metadata_value;
pub mod consumer_group_metadata_key;
pub mod consumer_group_metadata_value;
pub mod consumer_group_partition_metadata_key;
pub mod consumer_group_partition_metadata_value;
pub mod consumer_group_regular_expression_key;
pub mod consumer_group_regular_expression_value;
pub mod consumer_group_target_assignment_member_key;
pub mod consumer_group_target_assignment_member_value;
pub mod consumer_group_target_assignment_metadata_key;
pub mod consumer_group_target_assignment_metadata_value;
pub mod consumer_protocol_assignment;
pub mod consumer_protocol_subscription;
pub mod control_record_type_schema;
pub mod controller_registration_request;
pub mod controller_registration_response;
pub mod create_acls_request;
pub mod create_acls_response;
pub mod create_delegation_token_request;
pub mod create_delegation_token_response;
pub mod create_partitions_request;
pub mod create_partitions_response;
pub mod create_topics_request;
pub mod create_topics_response;
pub mod default_principal_data;
pub mod delegation_token_record;
pub mod delete_acls_request;
pub mod delete_acls_response;
pub mod delete_groups_request;
pub mod delete_groups_response;
pub mod delete_records_request;
pub mod delete_records_response;
pub mod delete_share_group_offsets_request;
pub mod delete_share_group_offsets_response;
pub mod delete_share_group_state_request;
pub mod delete_share_group_state_response;
pub mod delete_topics_request;
pub mod delete_topics_response;
pub mod describe_acls_request;
pub mod describe_acls_response;
pub mod describe_client_quotas_request;
pub mod describe_client_quotas_response;
pub mod describe_cluster_request;
pub mod describe_cluster_response;
pub mod describe_configs_request;
pub mod describe_configs_response;
pub mod describe_delegation_token_request;
pub mod describe_delegation_token_response;
pub mod describe_groups_request;
pub mod describe_groups_response;
pub mod describe_log_dirs_request;
pub mod describe_log_dirs_response;
pub mod describe_producers_request;
pub mod describe_producers_response;
pub mod describe_quorum_request;
pub mod describe_quorum_response;
pub mod describe_share_group_offsets_request;
pub mod describe_share_group_offsets_response;
pub mod describe_topic_partitions_request;
pub mod describe_topic_partitions_response;
pub mod describe_transactions_request;
pub mod describe_transactions_response;
pub mod describe_user_scram_credentials_request;
pub mod describe_user_scram_credentials_response;
pub mod elect_leaders_request;
pub mod elect_leaders_response;
pub mod end_quorum_epoch_request;
pub mod end_quorum_epoch_response;
pub mod end_transaction_record;
pub mod end_txn_marker;
pub mod end_txn_request;
pub mod end_txn_response;
pub mod envelope_request;
pub mod envelope_response;
pub mod expire_delegation_token_request;
pub mod expire_delegation_token_response;
pub mod feature_level_record;
pub mod fence_broker_record;
pub mod fetch_request;
pub mod fetch_response;
pub mod fetch_snapshot_request;
pub mod fetch_snapshot_response;
pub mod find_coordinator_request;
pub mod find_coordinator_response;
pub mod get_telemetry_subscriptions_request;
pub mod get_telemetry_subscriptions_response;
pub mod group_metadata_key;
pub mod group_metadata_value;
pub mod heartbeat_request;
pub mod heartbeat_response;
pub mod incremental_alter_configs_request;
pub mod incremental_alter_configs_response;
pub mod init_producer_id_request;
pub mod init_producer_id_response;
pub mod initialize_share_group_state_request;
pub mod initialize_share_group_state_response;
pub mod join_group_request;
pub mod join_group_response;
pub mod kraft_version_record;
pub mod leader_change_message;
pub mod leave_group_request;
pub mod leave_group_response;
pub mod legacy_offset_commit_key;
pub mod legacy_offset_commit_value;
pub mod list_config_resources_request;
pub mod list_config_resources_response;
pub mod list_groups_request;
pub mod list_groups_response;
pub mod list_offsets_request;
pub mod list_offsets_response;
pub mod list_partition_reassignments_request;
pub mod list_partition_reassignments_response;
pub mod list_transactions_request;
pub mod list_transactions_response;
mod metadata_record;
pub mod metadata_request;
pub mod metadata_response;
pub mod no_op_record;
pub mod offset_commit_key;
pub mod offset_commit_request;
pub mod offset_commit_response;
pub mod offset_commit_value;
pub mod offset_delete_request;
pub mod offset_delete_response;
pub mod offset_fetch_request;
pub mod offset_fetch_response;
pub mod offset_for_leader_epoch_request;
pub mod offset_for_leader_epoch_response;
pub mod partition_change_record;
pub mod partition_record;
pub mod produce_request;
pub mod produce_response;
pub mod producer_ids_record;
pub mod producer_snapshot;
pub mod push_telemetry_request;
pub mod push_telemetry_response;
pub mod quorum_state_data;
pub mod read_share_group_state_request;
pub mod read_share_group_state_response;
pub mod read_share_group_state_summary_request;
pub mod read_share_group_state_summary_response;
pub mod register_broker_record;
pub mod register_controller_record;
pub mod remote_log_segment_metadata_record;
pub mod remote_log_segment_metadata_snapshot_record;
pub mod remote_log_segment_metadata_update_record;
pub mod remote_partition_delete_metadata_record;
pub mod remove_access_control_entry_record;
pub mod remove_delegation_token_record;
pub mod remove_raft_voter_request;
pub mod remove_raft_voter_response;
pub mod remove_topic_record;
pub mod remove_user_scram_credential_record;
pub mod renew_delegation_token_request;
pub mod renew_delegation_token_response;
pub mod sasl_authenticate_request;
pub mod sasl_authenticate_response;
pub mod sasl_handshake_request;
pub mod sasl_handshake_response;
pub mod share_acknowledge_request;
pub mod share_acknowledge_response;
pub mod share_fetch_request;
pub mod share_fetch_response;
pub mod share_group_current_member_assignment_key;
pub mod share_group_current_member_assignment_value;
pub mod share_group_describe_request;
pub mod share_group_describe_response;
pub mod share_group_heartbeat_request;
pub mod share_group_heartbeat_response;
pub mod share_group_member_metadata_key;
pub mod share_group_member_metadata_value;
pub mod share_group_metadata_key;
pub mod share_group_metadata_value;
pub mod share_group_state_partition_metadata_key;
pub mod share_group_state_partition_metadata_value;
pub mod share_group_target_assignment_member_key;
pub mod share_group_target_assignment_member_value;
pub mod share_group_target_assignment_metadata_key;
pub mod share_group_target_assignment_metadata_value;
pub mod share_snapshot_key;
pub mod share_snapshot_value;
pub mod share_update_key;
pub mod share_update_value;
pub mod snapshot_footer_record;
pub mod snapshot_header_record;
pub mod streams_group_current_member_assignment_key;
pub mod streams_group_current_member_assignment_value;
pub mod streams_group_describe_request;
pub mod streams_group_describe_response;
pub mod streams_group_heartbeat_request;
pub mod streams_group_heartbeat_response;
pub mod streams_group_member_metadata_key;
pub mod streams_group_member_metadata_value;
pub mod streams_group_metadata_key;
pub mod streams_group_metadata_value;
pub mod streams_group_target_assignment_member_key;
pub mod streams_group_target_assignment_member_value;
pub mod streams_group_target_assignment_metadata_key;
pub mod streams_group_target_assignment_metadata_value;
pub mod streams_group_topology_key;
pub mod streams_group_topology_value;
pub mod sync_group_request;
pub mod sync_group_response;
pub mod topic_record;
pub mod transaction_log_key;
pub mod transaction_log_value;
pub mod txn_offset_commit_request;
pub mod txn_offset_commit_response;
pub mod unfence_broker_record;
pub mod unregister_broker_record;
pub mod unregister_broker_request;
pub mod unregister_broker_response;
pub mod update_features_request;
pub mod update_features_response;
pub mod update_raft_voter_request;
pub mod update_raft_voter_response;
pub mod user_scram_credential_record;
pub mod vote_request;
pub mod vote_response;
pub mod voters_record;
pub mod write_share_group_state_request;
pub mod write_share_group_state_response;
pub mod write_txn_markers_request;
pub mod write_txn_markers_response;
pub mod zk_migration_state_record;

pub use abort_transaction_record::AbortTransactionRecord;
pub use access_control_entry_record::AccessControlEntryRecord;
pub use add_offsets_to_txn_request::AddOffsetsToTxnRequest;
pub use add_offsets_to_txn_response::AddOffsetsToTxnResponse;
pub use add_partitions_to_txn_request::AddPartitionsToTxnRequest;
pub use add_partitions_to_txn_response::AddPartitionsToTxnResponse;
pub use add_raft_voter_request::AddRaftVoterRequest;
pub use add_raft_voter_response::AddRaftVoterResponse;
pub use allocate_producer_ids_request::AllocateProducerIdsRequest;
pub use allocate_producer_ids_response::AllocateProducerIdsResponse;
pub use alter_client_quotas_request::AlterClientQuotasRequest;
pub use alter_client_quotas_response::AlterClientQuotasResponse;
pub use alter_configs_request::AlterConfigsRequest;
pub use alter_configs_response::AlterConfigsResponse;
pub use alter_partition_reassignments_request::AlterPartitionReassignmentsRequest;
pub use alter_partition_reassignments_response::AlterPartitionReassignmentsResponse;
pub use alter_partition_request::AlterPartitionRequest;
pub use alter_partition_response::AlterPartitionResponse;
pub use alter_replica_log_dirs_request::AlterReplicaLogDirsRequest;
pub use alter_replica_log_dirs_response::AlterReplicaLogDirsResponse;
pub use alter_share_group_offsets_request::AlterShareGroupOffsetsRequest;
pub use alter_share_group_offsets_response::AlterShareGroupOffsetsResponse;
pub use alter_user_scram_credentials_request::AlterUserScramCredentialsRequest;
pub use alter_user_scram_credentials_response::AlterUserScramCredentialsResponse;
pub use api_key::ApiKey;
pub use api_versions_request::ApiVersionsRequest;
pub use api_versions_response::ApiVersionsResponse;
pub use assign_replicas_to_dirs_request::AssignReplicasToDirsRequest;
pub use assign_replicas_to_dirs_response::AssignReplicasToDirsResponse;
pub use begin_quorum_epoch_request::BeginQuorumEpochRequest;
pub use begin_quorum_epoch_response::BeginQuorumEpochResponse;
pub use begin_transaction_record::BeginTransactionRecord;
pub use broker_heartbeat_request::BrokerHeartbeatRequest;
pub use broker_heartbeat_response::BrokerHeartbeatResponse;
pub use broker_registration_change_record::BrokerRegistrationChangeRecord;
pub use broker_registration_request::BrokerRegistrationRequest;
pub use broker_registration_response::BrokerRegistrationResponse;
pub use clear_elr_record::ClearElrRecord;
pub use client_quota_record::ClientQuotaRecord;
pub use config_record::ConfigRecord;
pub use consumer_group_current_member_assignment_key::ConsumerGroupCurrentMemberAssignmentKey;
pub use consumer_group_current_member_assignment_value::ConsumerGroupCurrentMemberAssignmentValue;
pub use consumer_group_describe_request::ConsumerGroupDescribeRequest;
pub use consumer_group_describe_response::ConsumerGroupDescribeResponse;
pub use consumer_group_heartbeat_request::ConsumerGroupHeartbeatRequest;
pub use consumer_group_heartbeat_response::ConsumerGroupHeartbeatResponse;
pub use consumer_group_member_metadata_key::ConsumerGroupMemberMetadataKey;
pub use consumer_group_member_metadata_value::ConsumerGroupMemberMetadataValue;
pub use consumer_group_metadata_key::ConsumerGroupMetadataKey;
pub use consumer_group_metadata_value::ConsumerGroupMetadataValue;
pub use consumer_group_partition_metadata_key::ConsumerGroupPartitionMetadataKey;
pub use consumer_group_partition_metadata_value::ConsumerGroupPartitionMetadataValue;
pub use consumer_group_regular_expression_key::ConsumerGroupRegularExpressionKey;
pub use consumer_group_regular_expression_value::ConsumerGroupRegularExpressionValue;
pub use consumer_group_target_assignment_member_key::ConsumerGroupTargetAssignmentMemberKey;
pub use consumer_group_target_assignment_member_value::ConsumerGroupTargetAssignmentMemberValue;
pub use consumer_group_target_assignment_metadata_key::ConsumerGroupTargetAssignmentMetadataKey;
pub use consumer_group_target_assignment_metadata_value::ConsumerGroupTargetAssignmentMetadataValue;
pub use consumer_protocol_assignment::ConsumerProtocolAssignment;
pub use consumer_protocol_subscription::ConsumerProtocolSubscription;
pub use control_record_type_schema::ControlRecordTypeSchema;
pub use controller_registration_request::ControllerRegistrationRequest;
pub use controller_registration_response::ControllerRegistrationResponse;
pub use create_acls_request::CreateAclsRequest;
pub use create_acls_response::CreateAclsResponse;
pub use create_delegation_token_request::CreateDelegationTokenRequest;
pub use create_delegation_token_response::CreateDelegationTokenResponse;
pub use create_partitions_request::CreatePartitionsRequest;
pub use create_partitions_response::CreatePartitionsResponse;
pub use create_topics_request::CreateTopicsRequest;
pub use create_topics_response::CreateTopicsResponse;
pub use default_principal_data::DefaultPrincipalData;
pub use delegation_token_record::DelegationTokenRecord;
pub use delete_acls_request::DeleteAclsRequest;
pub use delete_acls_response::DeleteAclsResponse;
pub use delete_groups_request::DeleteGroupsRequest;
pub use delete_groups_response::DeleteGroupsResponse;
pub use delete_records_request::DeleteRecordsRequest;
pub use delete_records_response::DeleteRecordsResponse;
pub use delete_share_group_offsets_request::DeleteShareGroupOffsetsRequest;
pub use delete_share_group_offsets_response::DeleteShareGroupOffsetsResponse;
pub use delete_share_group_state_request::DeleteShareGroupStateRequest;
pub use delete_share_group_state_response::DeleteShareGroupStateResponse;
pub use delete_topics_request::DeleteTopicsRequest;
pub use delete_topics_response::DeleteTopicsResponse;
pub use describe_acls_request::DescribeAclsRequest;
pub use describe_acls_response::DescribeAclsResponse;
pub use describe_client_quotas_request::DescribeClientQuotasRequest;
pub use describe_client_quotas_response::DescribeClientQuotasResponse;
pub use describe_cluster_request::DescribeClusterRequest;
pub use describe_cluster_response::DescribeClusterResponse;
pub use describe_configs_request::DescribeConfigsRequest;
pub use describe_configs_response::DescribeConfigsResponse;
pub use describe_delegation_token_request::DescribeDelegationTokenRequest;
pub use describe_delegation_token_response::DescribeDelegationTokenResponse;
pub use describe_groups_request::DescribeGroupsRequest;
pub use describe_groups_response::DescribeGroupsResponse;
pub use describe_log_dirs_request::DescribeLogDirsRequest;
pub use describe_log_dirs_response::DescribeLogDirsResponse;
pub use describe_producers_request::DescribeProducersRequest;
pub use describe_producers_response::DescribeProducersResponse;
pub use describe_quorum_request::DescribeQuorumRequest;
pub use describe_quorum_response::DescribeQuorumResponse;
pub use describe_share_group_offsets_request::DescribeShareGroupOffsetsRequest;
pub use describe_share_group_offsets_response::DescribeShareGroupOffsetsResponse;
pub use describe_topic_partitions_request::DescribeTopicPartitionsRequest;
pub use describe_topic_partitions_response::DescribeTopicPartitionsResponse;
pub use describe_transactions_request::DescribeTransactionsRequest;
pub use describe_transactions_response::DescribeTransactionsResponse;
pub use describe_user_scram_credentials_request::DescribeUserScramCredentialsRequest;
pub use describe_user_scram_credentials_response::DescribeUserScramCredentialsResponse;
pub use elect_leaders_request::ElectLeadersRequest;
pub use elect_leaders_response::ElectLeadersResponse;
pub use end_quorum_epoch_request::EndQuorumEpochRequest;
pub use end_quorum_epoch_response::EndQuorumEpochResponse;
pub use end_transaction_record::EndTransactionRecord;
pub use end_txn_marker::EndTxnMarker;
pub use end_txn_request::EndTxnRequest;
pub use end_txn_response::EndTxnResponse;
pub use envelope_request::EnvelopeRequest;
pub use envelope_response::EnvelopeResponse;
pub use expire_delegation_token_request::ExpireDelegationTokenRequest;
pub use expire_delegation_token_response::ExpireDelegationTokenResponse;
pub use feature_level_record::FeatureLevelRecord;
pub use fence_broker_record::FenceBrokerRecord;
pub use fetch_request::FetchRequest;
pub use fetch_response::FetchResponse;
pub use fetch_snapshot_request::FetchSnapshotRequest;
pub use fetch_snapshot_response::FetchSnapshotResponse;
pub use find_coordinator_request::FindCoordinatorRequest;
pub use find_coordinator_response::FindCoordinatorResponse;
pub use get_telemetry_subscriptions_request::GetTelemetrySubscriptionsRequest;
pub use get_telemetry_subscriptions_response::GetTelemetrySubscriptionsResponse;
pub use group_metadata_key::GroupMetadataKey;
pub use group_metadata_value::GroupMetadataValue;
pub use heartbeat_request::HeartbeatRequest;
pub use heartbeat_response::HeartbeatResponse;
pub use incremental_alter_configs_request::IncrementalAlterConfigsRequest;
pub use incremental_alter_configs_response::IncrementalAlterConfigsResponse;
pub use init_producer_id_request::InitProducerIdRequest;
pub use init_producer_id_response::InitProducerIdResponse;
pub use initialize_share_group_state_request::InitializeShareGroupStateRequest;
pub use initialize_share_group_state_response::InitializeShareGroupStateResponse;
pub use join_group_request::JoinGroupRequest;
pub use join_group_response::JoinGroupResponse;
pub use kraft_version_record::KRaftVersionRecord;
pub use leader_change_message::LeaderChangeMessage;
pub use leave_group_request::LeaveGroupRequest;
pub use leave_group_response::LeaveGroupResponse;
pub use legacy_offset_commit_key::LegacyOffsetCommitKey;
pub use legacy_offset_commit_value::LegacyOffsetCommitValue;
pub use list_config_resources_request::ListConfigResourcesRequest;
pub use list_config_resources_response::ListConfigResourcesResponse;
pub use list_groups_request::ListGroupsRequest;
pub use list_groups_response::ListGroupsResponse;
pub use list_offsets_request::ListOffsetsRequest;
pub use list_offsets_response::ListOffsetsResponse;
pub use list_partition_reassignments_request::ListPartitionReassignmentsRequest;
pub use list_partition_reassignments_response::ListPartitionReassignmentsResponse;
pub use list_transactions_request::ListTransactionsRequest;
pub use list_transactions_response::ListTransactionsResponse;
pub use metadata_record::MetadataRecord;
pub use metadata_request::MetadataRequest;
pub use metadata_response::MetadataResponse;
pub use no_op_record::NoOpRecord;
pub use offset_commit_key::OffsetCommitKey;
pub use offset_commit_request::OffsetCommitRequest;
pub use offset_commit_response::OffsetCommitResponse;
pub use offset_commit_value::OffsetCommitValue;
pub use offset_delete_request::OffsetDeleteRequest;
pub use offset_delete_response::OffsetDeleteResponse;
pub use offset_fetch_request::OffsetFetchRequest;
pub use offset_fetch_response::OffsetFetchResponse;
pub use offset_for_leader_epoch_request::OffsetForLeaderEpochRequest;
pub use offset_for_leader_epoch_response::OffsetForLeaderEpochResponse;
pub use partition_change_record::PartitionChangeRecord;
pub use partition_record::PartitionRecord;
pub use produce_request::ProduceRequest;
pub use produce_response::ProduceResponse;
pub use producer_ids_record::ProducerIdsRecord;
pub use producer_snapshot::ProducerSnapshot;
pub use push_telemetry_request::PushTelemetryRequest;
pub use push_telemetry_response::PushTelemetryResponse;
pub use quorum_state_data::QuorumStateData;
pub use read_share_group_state_request::ReadShareGroupStateRequest;
pub use read_share_group_state_response::ReadShareGroupStateResponse;
pub use read_share_group_state_summary_request::ReadShareGroupStateSummaryRequest;
pub use read_share_group_state_summary_response::ReadShareGroupStateSummaryResponse;
pub use register_broker_record::RegisterBrokerRecord;
pub use register_controller_record::RegisterControllerRecord;
pub use remote_log_segment_metadata_record::RemoteLogSegmentMetadataRecord;
pub use remote_log_segment_metadata_snapshot_record::RemoteLogSegmentMetadataSnapshotRecord;
pub use remote_log_segment_metadata_update_record::RemoteLogSegmentMetadataUpdateRecord;
pub use remote_partition_delete_metadata_record::RemotePartitionDeleteMetadataRecord;
pub use remove_access_control_entry_record::RemoveAccessControlEntryRecord;
pub use remove_delegation_token_record::RemoveDelegationTokenRecord;
pub use remove_raft_voter_request::RemoveRaftVoterRequest;
pub use remove_raft_voter_response::RemoveRaftVoterResponse;
pub use remove_topic_record::RemoveTopicRecord;
pub use remove_user_scram_credential_record::RemoveUserScramCredentialRecord;
pub use renew_delegation_token_request::RenewDelegationTokenRequest;
pub use renew_delegation_token_response::RenewDelegationTokenResponse;
pub use sasl_authenticate_request::SaslAuthenticateRequest;
pub use sasl_authenticate_response::SaslAuthenticateResponse;
pub use sasl_handshake_request::SaslHandshakeRequest;
pub use sasl_handshake_response::SaslHandshakeResponse;
pub use share_acknowledge_request::ShareAcknowledgeRequest;
pub use share_acknowledge_response::ShareAcknowledgeResponse;
pub use share_fetch_request::ShareFetchRequest;
pub use share_fetch_response::ShareFetchResponse;
pub use share_group_current_member_assignment_key::ShareGroupCurrentMemberAssignmentKey;
pub use share_group_current_member_assignment_value::ShareGroupCurrentMemberAssignmentValue;
pub use share_group_describe_request::ShareGroupDescribeRequest;
pub use share_group_describe_response::ShareGroupDescribeResponse;
pub use share_group_heartbeat_request::ShareGroupHeartbeatRequest;
pub use share_group_heartbeat_response::ShareGroupHeartbeatResponse;
pub use share_group_member_metadata_key::ShareGroupMemberMetadataKey;
pub use share_group_member_metadata_value::ShareGroupMemberMetadataValue;
pub use share_group_metadata_key::ShareGroupMetadataKey;
pub use share_group_metadata_value::ShareGroupMetadataValue;
pub use share_group_state_partition_metadata_key::ShareGroupStatePartitionMetadataKey;
pub use share_group_state_partition_metadata_value::ShareGroupStatePartitionMetadataValue;
pub use share_group_target_assignment_member_key::ShareGroupTargetAssignmentMemberKey;
pub use share_group_target_assignment_member_value::ShareGroupTargetAssignmentMemberValue;
pub use share_group_target_assignment_metadata_key::ShareGroupTargetAssignmentMetadataKey;
pub use share_group_target_assignment_metadata_value::ShareGroupTargetAssignmentMetadataValue;
pub use share_snapshot_key::ShareSnapshotKey;
pub use share_snapshot_value::ShareSnapshotValue;
pub use share_update_key::ShareUpdateKey;
pub use share_update_value::ShareUpdateValue;
pub use snapshot_footer_record::SnapshotFooterRecord;
pub use snapshot_header_record::SnapshotHeaderRecord;
pub use streams_group_current_member_assignment_key::StreamsGroupCurrentMemberAssignmentKey;
pub use streams_group_current_member_assignment_value::StreamsGroupCurrentMemberAssignmentValue;
pub use streams_group_describe_request::StreamsGroupDescribeRequest;
pub use streams_group_describe_response::StreamsGroupDescribeResponse;
pub use streams_group_heartbeat_request::StreamsGroupHeartbeatRequest;
pub use streams_group_heartbeat_response::StreamsGroupHeartbeatResponse;
pub use streams_group_member_metadata_key::StreamsGroupMemberMetadataKey;
pub use streams_group_member_metadata_value::StreamsGroupMemberMetadataValue;
pub use streams_group_metadata_key::StreamsGroupMetadataKey;
pub use streams_group_metadata_value::StreamsGroupMetadataValue;
pub use streams_group_target_assignment_member_key::StreamsGroupTargetAssignmentMemberKey;
pub use streams_group_target_assignment_member_value::StreamsGroupTargetAssignmentMemberValue;
pub use streams_group_target_assignment_metadata_key::StreamsGroupTargetAssignmentMetadataKey;
pub use streams_group_target_assignment_metadata_value::StreamsGroupTargetAssignmentMetadataValue;
pub use streams_group_topology_key::StreamsGroupTopologyKey;
pub use streams_group_topology_value::StreamsGroupTopologyValue;
pub use sync_group_request::SyncGroupRequest;
pub use sync_group_response::SyncGroupResponse;
pub use topic_record::TopicRecord;
pub use transaction_log_key::TransactionLogKey;
pub use transaction_log_value::TransactionLogValue;
pub use txn_offset_commit_request::TxnOffsetCommitRequest;
pub use txn_offset_commit_response::TxnOffsetCommitResponse;
pub use unfence_broker_record::UnfenceBrokerRecord;
pub use unregister_broker_record::UnregisterBrokerRecord;
pub use unregister_broker_request::UnregisterBrokerRequest;
pub use unregister_broker_response::UnregisterBrokerResponse;
pub use update_features_request::UpdateFeaturesRequest;
pub use update_features_response::UpdateFeaturesResponse;
pub use update_raft_voter_request::UpdateRaftVoterRequest;
pub use update_raft_voter_response::UpdateRaftVoterResponse;
pub use user_scram_credential_record::UserScramCredentialRecord;
pub use vote_request::VoteRequest;
pub use vote_response::VoteResponse;
pub use voters_record::VotersRecord;
pub use write_share_group_state_request::WriteShareGroupStateRequest;
pub use write_share_group_state_response::WriteShareGroupStateResponse;
pub use write_txn_markers_request::WriteTxnMarkersRequest;
pub use write_txn_markers_response::WriteTxnMarkersResponse;
pub use zk_migration_state_record::ZkMigrationStateRecord;

use crate::wire::codec::Described;

/// The description of an API's request.
pub fn request(key: ApiKey) -> Described {
    match key {
        ApiKey::Produce => Described::of::<ProduceRequest>(),
        ApiKey::Fetch => Described::of::<FetchRequest>(),
        ApiKey::ListOffsets => Described::of::<ListOffsetsRequest>(),
        ApiKey::Metadata => Described::of::<MetadataRequest>(),
        ApiKey::OffsetCommit => Described::of::<OffsetCommitRequest>(),
        ApiKey::OffsetFetch => Described::of::<OffsetFetchRequest>(),
        ApiKey::FindCoordinator => Described::of::<FindCoordinatorRequest>(),
        ApiKey::JoinGroup => Described::of::<JoinGroupRequest>(),
        ApiKey::Heartbeat => Described::of::<HeartbeatRequest>(),
        ApiKey::LeaveGroup => Described::of::<LeaveGroupRequest>(),
        ApiKey::SyncGroup => Described::of::<SyncGroupRequest>(),
        ApiKey::DescribeGroups => Described::of::<DescribeGroupsRequest>(),
        ApiKey::ListGroups => Described::of::<ListGroupsRequest>(),
        ApiKey::SaslHandshake => Described::of::<SaslHandshakeRequest>(),
        ApiKey::ApiVersions => Described::of::<ApiVersionsRequest>(),
        ApiKey::CreateTopics => Described::of::<CreateTopicsRequest>(),
        ApiKey::DeleteTopics => Described::of::<DeleteTopicsRequest>(),
        ApiKey::DeleteRecords => Described::of::<DeleteRecordsRequest>(),
        ApiKey::InitProducerId => Described::of::<InitProducerIdRequest>(),
        ApiKey::OffsetForLeaderEpoch => Described::of::<OffsetForLeaderEpochRequest>(),
        ApiKey::AddPartitionsToTxn => Described::of::<AddPartitionsToTxnRequest>(),
        ApiKey::AddOffsetsToTxn => Described::of::<AddOffsetsToTxnRequest>(),
        ApiKey::EndTxn => Described::of::<EndTxnRequest>(),
        ApiKey::WriteTxnMarkers => Described::of::<WriteTxnMarkersRequest>(),
        ApiKey::TxnOffsetCommit => Described::of::<TxnOffsetCommitRequest>(),
        ApiKey::DescribeAcls => Described::of::<DescribeAclsRequest>(),
        ApiKey::CreateAcls => Described::of::<CreateAclsRequest>(),
        ApiKey::DeleteAcls => Described::of::<DeleteAclsRequest>(),
        ApiKey::DescribeConfigs => Described::of::<DescribeConfigsRequest>(),
        ApiKey::AlterConfigs => Described::of::<AlterConfigsRequest>(),
        ApiKey::AlterReplicaLogDirs => Described::of::<AlterReplicaLogDirsRequest>(),
        ApiKey::DescribeLogDirs => Described::of::<DescribeLogDirsRequest>(),
        ApiKey::SaslAuthenticate => Described::of::<SaslAuthenticateRequest>(),
        ApiKey::CreatePartitions => Described::of::<CreatePartitionsRequest>(),
        ApiKey::CreateDelegationToken => Described::of::<CreateDelegationTokenRequest>(),
        ApiKey::RenewDelegationToken => Described::of::<RenewDelegationTokenRequest>(),
        ApiKey::ExpireDelegationToken => Described::of::<ExpireDelegationTokenRequest>(),
        ApiKey::DescribeDelegationToken => Described::of::<DescribeDelegationTokenRequest>(),
        ApiKey::DeleteGroups => Described::of::<DeleteGroupsRequest>(),
        ApiKey::ElectLeaders => Described::of::<ElectLeadersRequest>(),
        ApiKey::IncrementalAlterConfigs => Described::of::<IncrementalAlterConfigsRequest>(),
        ApiKey::AlterPartitionReassignments => Described::of::<AlterPartitionReassignmentsRequest>(),
        ApiKey::ListPartitionReassignments => Described::of::<ListPartitionReassignmentsRequest>(),
        ApiKey::OffsetDelete => Described::of::<OffsetDeleteRequest>(),
        ApiKey::DescribeClientQuotas => Described::of::<DescribeClientQuotasRequest>(),
        ApiKey::AlterClientQuotas => Described::of::<AlterClientQuotasRequest>(),
        ApiKey::DescribeUserScramCredentials => Described::of::<DescribeUserScramCredentialsRequest>(),
        ApiKey::AlterUserScramCredentials => Described::of::<AlterUserScramCredentialsRequest>(),
        ApiKey::Vote => Described::of::<VoteRequest>(),
        ApiKey::BeginQuorumEpoch => Described::of::<BeginQuorumEpochRequest>(),
        ApiKey::EndQuorumEpoch => Described::of::<EndQuorumEpochRequest>(),
        ApiKey::DescribeQuorum => Described::of::<DescribeQuorumRequest>(),
        ApiKey::AlterPartition => Described::of::<AlterPartitionRequest>(),
        ApiKey::UpdateFeatures => Described::of::<UpdateFeaturesRequest>(),
        ApiKey::Envelope => Described::of::<EnvelopeRequest>(),
        ApiKey::FetchSnapshot => Described::of::<FetchSnapshotRequest>(),
        ApiKey::DescribeCluster => Described::of::<DescribeClusterRequest>(),
        ApiKey::DescribeProducers => Described::of::<DescribeProducersRequest>(),
        ApiKey::BrokerRegistration => Described::of::<BrokerRegistrationRequest>(),
        ApiKey::BrokerHeartbeat => Described::of::<BrokerHeartbeatRequest>(),
        ApiKey::UnregisterBroker => Described::of::<UnregisterBrokerRequest>(),
        ApiKey::DescribeTransactions => Described::of::<DescribeTransactionsRequest>(),
        ApiKey::ListTransactions => Described::of::<ListTransactionsRequest>(),
        ApiKey::AllocateProducerIds => Described::of::<AllocateProducerIdsRequest>(),
        ApiKey::ConsumerGroupHeartbeat => Described::of::<ConsumerGroupHeartbeatRequest>(),
        ApiKey::ConsumerGroupDescribe => Described::of::<ConsumerGroupDescribeRequest>(),
        ApiKey::ControllerRegistration => Described::of::<ControllerRegistrationRequest>(),
        ApiKey::GetTelemetrySubscriptions => Described::of::<GetTelemetrySubscriptionsRequest>(),
        ApiKey::PushTelemetry => Described::of::<PushTelemetryRequest>(),
        ApiKey::AssignReplicasToDirs => Described::of::<AssignReplicasToDirsRequest>(),
        ApiKey::ListConfigResources => Described::of::<ListConfigResourcesRequest>(),
        ApiKey::DescribeTopicPartitions => Described::of::<DescribeTopicPartitionsRequest>(),
        ApiKey::ShareGroupHeartbeat => Described::of::<ShareGroupHeartbeatRequest>(),
        ApiKey::ShareGroupDescribe => Described::of::<ShareGroupDescribeRequest>(),
        ApiKey::ShareFetch => Described::of::<ShareFetchRequest>(),
        ApiKey::ShareAcknowledge => Described::of::<ShareAcknowledgeRequest>(),
        ApiKey::AddRaftVoter => Described::of::<AddRaftVoterRequest>(),
        ApiKey::RemoveRaftVoter => Described::of::<RemoveRaftVoterRequest>(),
        ApiKey::UpdateRaftVoter => Described::of::<UpdateRaftVoterRequest>(),
        ApiKey::InitializeShareGroupState => Described::of::<InitializeShareGroupStateRequest>(),
        ApiKey::ReadShareGroupState => Described::of::<ReadShareGroupStateRequest>(),
        ApiKey::WriteShareGroupState => Described::of::<WriteShareGroupStateRequest>(),
        ApiKey::DeleteShareGroupState => Described::of::<DeleteShareGroupStateRequest>(),
        ApiKey::ReadShareGroupStateSummary => Described::of::<ReadShareGroupStateSummaryRequest>(),
        ApiKey::StreamsGroupHeartbeat => Described::of::<StreamsGroupHeartbeatRequest>(),
        ApiKey::StreamsGroupDescribe => Described::of::<StreamsGroupDescribeRequest>(),
        ApiKey::DescribeShareGroupOffsets => Described::of::<DescribeShareGroupOffsetsRequest>(),
        ApiKey::AlterShareGroupOffsets => Described::of::<AlterShareGroupOffsetsRequest>(),
        ApiKey::DeleteShareGroupOffsets => Described::of::<DeleteShareGroupOffsetsRequest>(),
    }
}

/// The description of an API's response.
pub fn response(key: ApiKey) -> Described {
    match key {
        ApiKey::Produce => Described::of::<ProduceResponse>(),
        ApiKey::Fetch => Described::of::<FetchResponse>(),
        ApiKey::ListOffsets => Described::of::<ListOffsetsResponse>(),
        ApiKey::Metadata => Described::of::<MetadataResponse>(),
        ApiKey::OffsetCommit => Described::of::<OffsetCommitResponse>(),
        ApiKey::OffsetFetch => Described::of::<OffsetFetchResponse>(),
        ApiKey::FindCoordinator => Described::of::<FindCoordinatorResponse>(),
        ApiKey::JoinGroup => Described::of::<JoinGroupResponse>(),
        ApiKey::Heartbeat => Described::of::<HeartbeatResponse>(),
        ApiKey::LeaveGroup => Described::of::<LeaveGroupResponse>(),
        ApiKey::SyncGroup => Described::of::<SyncGroupResponse>(),
        ApiKey::DescribeGroups => Described::of::<DescribeGroupsResponse>(),
        ApiKey::ListGroups => Described::of::<ListGroupsResponse>(),
        ApiKey::SaslHandshake => Described::of::<SaslHandshakeResponse>(),
        ApiKey::ApiVersions => Described::of::<ApiVersionsResponse>(),
        ApiKey::CreateTopics => Described::of::<CreateTopicsResponse>(),
        ApiKey::DeleteTopics => Described::of::<DeleteTopicsResponse>(),
        ApiKey::DeleteRecords => Described::of::<DeleteRecordsResponse>(),
        ApiKey::InitProducerId => Described::of::<InitProducerIdResponse>(),
        ApiKey::OffsetForLeaderEpoch => Described::of::<OffsetForLeaderEpochResponse>(),
        ApiKey::AddPartitionsToTxn => Described::of::<AddPartitionsToTxnResponse>(),
        ApiKey::AddOffsetsToTxn => Described::of::<AddOffsetsToTxnResponse>(),
        ApiKey::EndTxn => Described::of::<EndTxnResponse>(),
        ApiKey::WriteTxnMarkers => Described::of::<WriteTxnMarkersResponse>(),
        ApiKey::TxnOffsetCommit => Described::of::<TxnOffsetCommitResponse>(),
        ApiKey::DescribeAcls => Described::of::<DescribeAclsResponse>(),
        ApiKey::CreateAcls => Described::of::<CreateAclsResponse>(),
        ApiKey::DeleteAcls => Described::of::<DeleteAclsResponse>(),
        ApiKey::DescribeConfigs => Described::of::<DescribeConfigsResponse>(),
        ApiKey::AlterConfigs => Described::of::<AlterConfigsResponse>(),
        ApiKey::AlterReplicaLogDirs => Described::of::<AlterReplicaLogDirsResponse>(),
        ApiKey::DescribeLogDirs => Described::of::<DescribeLogDirsResponse>(),
        ApiKey::SaslAuthenticate => Described::of::<SaslAuthenticateResponse>(),
        ApiKey::CreatePartitions => Described::of::<CreatePartitionsResponse>(),
        ApiKey::CreateDelegationToken => Described::of::<CreateDelegationTokenResponse>(),
        ApiKey::RenewDelegationToken => Described::of::<RenewDelegationTokenResponse>(),
        ApiKey::ExpireDelegationToken => Described::of::<ExpireDelegationTokenResponse>(),
        ApiKey::DescribeDelegationToken => Described::of::<DescribeDelegationTokenResponse>(),
        ApiKey::DeleteGroups => Described::of::<DeleteGroupsResponse>(),
        ApiKey::ElectLeaders => Described::of::<ElectLeadersResponse>(),
        ApiKey::IncrementalAlterConfigs => Described::of::<IncrementalAlterConfigsResponse>(),
        ApiKey::AlterPartitionReassignments => Described::of::<AlterPartitionReassignmentsResponse>(),
        ApiKey::ListPartitionReassignments => Described::of::<ListPartitionReassignmentsResponse>(),
        ApiKey::OffsetDelete => Described::of::<OffsetDeleteResponse>(),
        ApiKey::DescribeClientQuotas => Described::of::<DescribeClientQuotasResponse>(),
        ApiKey::AlterClientQuotas => Described::of::<AlterClientQuotasResponse>(),
        ApiKey::DescribeUserScramCredentials => Described::of::<DescribeUserScramCredentialsResponse>(),
        ApiKey::AlterUserScramCredentials => Described::of::<AlterUserScramCredentialsResponse>(),
        ApiKey::Vote => Described::of::<VoteResponse>(),
        ApiKey::BeginQuorumEpoch => Described::of::<BeginQuorumEpochResponse>(),
        ApiKey::EndQuorumEpoch => Described::of::<EndQuorumEpochResponse>(),
        ApiKey::DescribeQuorum => Described::of::<DescribeQuorumResponse>(),
        ApiKey::AlterPartition => Described::of::<AlterPartitionResponse>(),
        ApiKey::UpdateFeatures => Described::of::<UpdateFeaturesResponse>(),
        ApiKey::Envelope => Described::of::<EnvelopeResponse>(),
        ApiKey::FetchSnapshot => Described::of::<FetchSnapshotResponse>(),
        ApiKey::DescribeCluster => Described::of::<DescribeClusterResponse>(),
        ApiKey::DescribeProducers => Described::of::<DescribeProducersResponse>(),
        ApiKey::BrokerRegistration => Described::of::<BrokerRegistrationResponse>(),
        ApiKey::BrokerHeartbeat => Described::of::<BrokerHeartbeatResponse>(),
        ApiKey::UnregisterBroker => Described::of::<UnregisterBrokerResponse>(),
        ApiKey::DescribeTransactions => Described::of::<DescribeTransactionsResponse>(),
        ApiKey::ListTransactions => Described::of::<ListTransactionsResponse>(),
        ApiKey::AllocateProducerIds => Described::of::<AllocateProducerIdsResponse>(),
        ApiKey::ConsumerGroupHeartbeat => Described::of::<ConsumerGroupHeartbeatResponse>(),
        ApiKey::ConsumerGroupDescribe => Described::of::<ConsumerGroupDescribeResponse>(),
        ApiKey::ControllerRegistration => Described::of::<ControllerRegistrationResponse>(),
        ApiKey::GetTelemetrySubscriptions => Described::of::<GetTelemetrySubscriptionsResponse>(),
        ApiKey::PushTelemetry => Described::of::<PushTelemetryResponse>(),
        ApiKey::AssignReplicasToDirs => Described::of::<AssignReplicasToDirsResponse>(),
        ApiKey::ListConfigResources => Described::of::<ListConfigResourcesResponse>(),
        ApiKey::DescribeTopicPartitions => Described::of::<DescribeTopicPartitionsResponse>(),
        ApiKey::ShareGroupHeartbeat => Described::of::<ShareGroupHeartbeatResponse>(),
        ApiKey::ShareGroupDescribe => Described::of::<ShareGroupDescribeResponse>(),
        ApiKey::ShareFetch => Described::of::<ShareFetchResponse>(),
        ApiKey::ShareAcknowledge => Described::of::<ShareAcknowledgeResponse>(),
        ApiKey::AddRaftVoter => Described::of::<AddRaftVoterResponse>(),
        ApiKey::RemoveRaftVoter => Described::of::<RemoveRaftVoterResponse>(),
        ApiKey::UpdateRaftVoter => Described::of::<UpdateRaftVoterResponse>(),
        ApiKey::InitializeShareGroupState => Described::of::<InitializeShareGroupStateResponse>(),
        ApiKey::ReadShareGroupState => Described::of::<ReadShareGroupStateResponse>(),
        ApiKey::WriteShareGroupState => Described::of::<WriteShareGroupStateResponse>(),
        ApiKey::DeleteShareGroupState => Described::of::<DeleteShareGroupStateResponse>(),
        ApiKey::ReadShareGroupStateSummary => Described::of::<ReadShareGroupStateSummaryResponse>(),
        ApiKey::StreamsGroupHeartbeat => Described::of::<StreamsGroupHeartbeatResponse>(),
        ApiKey::StreamsGroupDescribe => Described::of::<StreamsGroupDescribeResponse>(),
        ApiKey::DescribeShareGroupOffsets => Described::of::<DescribeShareGroupOffsetsResponse>(),
        ApiKey::AlterShareGroupOffsets => Described::of::<AlterShareGroupOffsetsResponse>(),
        ApiKey::DeleteShareGroupOffsets => Described::of::<DeleteShareGroupOffsetsResponse>(),
    }
}

/// The descriptions of all messages that are neither requests nor responses.
pub fn records() -> Vec<Described> {
    vec![
        Described::of::<AbortTransactionRecord>(),
        Described::of::<AccessControlEntryRecord>(),
        Described::of::<BeginTransactionRecord>(),
        Described::of::<BrokerRegistrationChangeRecord>(),
        Described::of::<ClearElrRecord>(),
        Described::of::<ClientQuotaRecord>(),
        Described::of::<ConfigRecord>(),
        Described::of::<ConsumerGroupCurrentMemberAssignmentKey>(),
        Described::of::<ConsumerGroupCurrentMemberAssignmentValue>(),
        Described::of::<ConsumerGroupMemberMetadataKey>(),
        Described::of::<ConsumerGroupMemberMetadataValue>(),
        Described::of::<ConsumerGroupMetadataKey>(),
        Described::of::<ConsumerGroupMetadataValue>(),
        Described::of::<ConsumerGroupPartitionMetadataKey>(),
        Described::of::<ConsumerGroupPartitionMetadataValue>(),
        Described::of::<ConsumerGroupRegularExpressionKey>(),
        Described::of::<ConsumerGroupRegularExpressionValue>(),
        Described::of::<ConsumerGroupTargetAssignmentMemberKey>(),
        Described::of::<ConsumerGroupTargetAssignmentMemberValue>(),
        Described::of::<ConsumerGroupTargetAssignmentMetadataKey>(),
        Described::of::<ConsumerGroupTargetAssignmentMetadataValue>(),
        Described::of::<ConsumerProtocolAssignment>(),
        Described::of::<ConsumerProtocolSubscription>(),
        Described::of::<ControlRecordTypeSchema>(),
        Described::of::<DefaultPrincipalData>(),
        Described::of::<DelegationTokenRecord>(),
        Described::of::<EndTransactionRecord>(),
        Described::of::<EndTxnMarker>(),
        Described::of::<FeatureLevelRecord>(),
        Described::of::<FenceBrokerRecord>(),
        Described::of::<GroupMetadataKey>(),
        Described::of::<GroupMetadataValue>(),
        Described::of::<KRaftVersionRecord>(),
        Described::of::<LeaderChangeMessage>(),
        Described::of::<LegacyOffsetCommitKey>(),
        Described::of::<LegacyOffsetCommitValue>(),
        Described::of::<NoOpRecord>(),
        Described::of::<OffsetCommitKey>(),
        Described::of::<OffsetCommitValue>(),
        Described::of::<PartitionChangeRecord>(),
        Described::of::<PartitionRecord>(),
        Described::of::<ProducerIdsRecord>(),
        Described::of::<ProducerSnapshot>(),
        Described::of::<QuorumStateData>(),
        Described::of::<RegisterBrokerRecord>(),
        Described::of::<RegisterControllerRecord>(),
        Described::of::<RemoteLogSegmentMetadataRecord>(),
        Described::of::<RemoteLogSegmentMetadataSnapshotRecord>(),
        Described::of::<RemoteLogSegmentMetadataUpdateRecord>(),
        Described::of::<RemotePartitionDeleteMetadataRecord>(),
        Described::of::<RemoveAccessControlEntryRecord>(),
        Described::of::<RemoveDelegationTokenRecord>(),
        Described::of::<RemoveTopicRecord>(),
        Described::of::<RemoveUserScramCredentialRecord>(),
        Described::of::<ShareGroupCurrentMemberAssignmentKey>(),
        Described::of::<ShareGroupCurrentMemberAssignmentValue>(),
        Described::of::<ShareGroupMemberMetadataKey>(),
        Described::of::<ShareGroupMemberMetadataValue>(),
        Described::of::<ShareGroupMetadataKey>(),
        Described::of::<ShareGroupMetadataValue>(),
        Described::of::<ShareGroupStatePartitionMetadataKey>(),
        Described::of::<ShareGroupStatePartitionMetadataValue>(),
        Described::of::<ShareGroupTargetAssignmentMemberKey>(),
        Described::of::<ShareGroupTargetAssignmentMemberValue>(),
        Described::of::<ShareGroupTargetAssignmentMetadataKey>(),
        Described::of::<ShareGroupTargetAssignmentMetadataValue>(),
        Described::of::<ShareSnapshotKey>(),
        Described::of::<ShareSnapshotValue>(),
        Described::of::<ShareUpdateKey>(),
        Described::of::<ShareUpdateValue>(),
        Described::of::<SnapshotFooterRecord>(),
        Described::of::<SnapshotHeaderRecord>(),
        Described::of::<StreamsGroupCurrentMemberAssignmentKey>(),
        Described::of::<StreamsGroupCurrentMemberAssignmentValue>(),
        Described::of::<StreamsGroupMemberMetadataKey>(),
        Described::of::<StreamsGroupMemberMetadataValue>(),
        Described::of::<StreamsGroupMetadataKey>(),
        Described::of::<StreamsGroupMetadataValue>(),
        Described::of::<StreamsGroupTargetAssignmentMemberKey>(),
        Described::of::<StreamsGroupTargetAssignmentMemberValue>(),
        Described::of::<StreamsGroupTargetAssignmentMetadataKey>(),
        Described::of::<StreamsGroupTargetAssignmentMetadataValue>(),
        Described::of::<StreamsGroupTopologyKey>(),
        Described::of::<StreamsGroupTopologyValue>(),
        Described::of::<TopicRecord>(),
        Described::of::<TransactionLogKey>(),
        Described::of::<TransactionLogValue>(),
        Described::of::<UnfenceBrokerRecord>(),
        Described::of::<UnregisterBrokerRecord>(),
        Described::of::<UserScramCredentialRecord>(),
        Described::of::<VotersRecord>(),
        Described::of::<ZkMigrationStateRecord>(),
    ]
}
