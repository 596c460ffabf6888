//! ApiVersions 0-4 (KIP-35, KIP-511, KIP-584): what this broker serves, in which versions, and the cluster's features.
//!
//! - A version that it does not know is answered in version 0, with UNSUPPORTED_VERSION and the one API that matters.
//! - From v3 on the client's name and version are checked: INVALID_REQUEST.
//! - v3 leaves out supported features whose lowest version is 0 (KAFKA-17011); v4 has all.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::Context;
use crate::controller::SUPPORTED_FEATURES;
use crate::wire::messages::api_versions_response::{ApiVersion, FinalizedFeatureKey, SupportedFeatureKey};
use crate::wire::messages::{ApiVersionsRequest, ApiVersionsResponse};
use crate::wire::{ApiKey, ErrorCode};

/// An API with the versions that are served, which are those that Apache Kafka 4.3 serves.
#[derive(Clone, Copy, Debug)]
pub struct Supported {
    pub api: ApiKey,
    pub min: i16,
    pub max: i16,
    /// What ApiVersions says is the lowest: for Produce 0 (KIP-896: librdkafka before 2.11 needs it), although less than 3 is refused.
    pub advertised_min: i16,
}

const fn versions(api: ApiKey, min: i16, max: i16) -> Supported {
    Supported { api, min, max, advertised_min: min }
}

/// Everything that is served, in order of the API's key.
pub const SUPPORTED: &[Supported] = &[
    Supported { api: ApiKey::Produce, min: 3, max: 13, advertised_min: 0 },
    versions(ApiKey::Fetch, 4, 18),
    versions(ApiKey::ListOffsets, 1, 11),
    versions(ApiKey::Metadata, 0, 13),
    versions(ApiKey::OffsetCommit, 2, 10),
    versions(ApiKey::OffsetFetch, 1, 10),
    versions(ApiKey::FindCoordinator, 0, 6),
    versions(ApiKey::JoinGroup, 0, 9),
    versions(ApiKey::Heartbeat, 0, 4),
    versions(ApiKey::LeaveGroup, 0, 5),
    versions(ApiKey::SyncGroup, 0, 5),
    versions(ApiKey::DescribeGroups, 0, 6),
    versions(ApiKey::ListGroups, 0, 5),
    versions(ApiKey::ApiVersions, 0, 4),
    versions(ApiKey::CreateTopics, 2, 7),
    versions(ApiKey::DeleteTopics, 1, 6),
    versions(ApiKey::DeleteRecords, 0, 2),
    versions(ApiKey::InitProducerId, 0, 5),
    versions(ApiKey::OffsetForLeaderEpoch, 2, 4),
    versions(ApiKey::AddPartitionsToTxn, 0, 5),
    versions(ApiKey::AddOffsetsToTxn, 0, 4),
    versions(ApiKey::EndTxn, 0, 5),
    versions(ApiKey::WriteTxnMarkers, 1, 2),
    versions(ApiKey::TxnOffsetCommit, 0, 5),
    versions(ApiKey::DescribeConfigs, 1, 4),
    versions(ApiKey::AlterConfigs, 0, 2),
    versions(ApiKey::DescribeLogDirs, 1, 5),
    versions(ApiKey::CreatePartitions, 0, 3),
    versions(ApiKey::DeleteGroups, 0, 2),
    versions(ApiKey::ElectLeaders, 0, 2),
    versions(ApiKey::IncrementalAlterConfigs, 0, 1),
    versions(ApiKey::AlterPartitionReassignments, 0, 1),
    versions(ApiKey::ListPartitionReassignments, 0, 0),
    versions(ApiKey::OffsetDelete, 0, 0),
    versions(ApiKey::DescribeQuorum, 0, 2),
    versions(ApiKey::DescribeCluster, 0, 2),
    versions(ApiKey::DescribeProducers, 0, 0),
    versions(ApiKey::UnregisterBroker, 0, 0),
    versions(ApiKey::DescribeTransactions, 0, 0),
    versions(ApiKey::ListTransactions, 0, 2),
    versions(ApiKey::DescribeTopicPartitions, 0, 0),
];

pub(super) fn is_supported(api: ApiKey, version: i16) -> bool {
    SUPPORTED.iter().any(|supported| supported.api == api && (supported.min..=supported.max).contains(&version))
}

/// The answer to an ApiVersions request of a version that is not known.
pub(super) fn unsupported_version(request: &RequestContext) -> Answer {
    let own = SUPPORTED.iter().filter(|supported| supported.api == ApiKey::ApiVersions).map(advertise).collect();
    let mut response = ApiVersionsResponse { error_code: ErrorCode::UnsupportedVersion as i16, api_keys: own, ..Default::default() };
    RequestContext { version: 0, ..request.clone() }.reply(&mut response)
}

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: ApiVersionsRequest) -> Answer {
    if request.version >= 3 && !(is_name(&body.client_software_name) && is_name(&body.client_software_version)) {
        let mut response = ApiVersionsResponse { error_code: ErrorCode::InvalidRequest as i16, ..Default::default() };
        return request.reply(&mut response);
    }
    let supported_features = SUPPORTED_FEATURES
        .iter()
        .filter(|feature| request.version >= 4 || feature.min > 0)
        .map(|feature| SupportedFeatureKey {
            name: feature.name.to_owned(),
            min_version: feature.min,
            max_version: feature.max,
            ..Default::default()
        })
        .collect();
    let finalized_features = broker
        .image
        .features()
        .iter()
        .map(|(name, level)| FinalizedFeatureKey {
            name: name.to_string(),
            max_version_level: *level,
            min_version_level: *level,
            ..Default::default()
        })
        .collect();
    let mut response = ApiVersionsResponse {
        api_keys: SUPPORTED.iter().map(advertise).collect(),
        supported_features,
        finalized_features_epoch: broker.metadata_position().0 - 1,
        finalized_features,
        ..Default::default()
    };
    request.reply(&mut response)
}

fn advertise(supported: &Supported) -> ApiVersion {
    ApiVersion { api_key: supported.api as i16, min_version: supported.advertised_min, max_version: supported.max, ..Default::default() }
}

/// Letters, digits, dots and dashes; neither first nor last a dot or dash (`ApiVersionsRequest.SOFTWARE_NAME_VERSION_PATTERN`).
fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    edge(bytes.first()) && edge(bytes.last()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}
