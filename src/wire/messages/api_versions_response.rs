//! `ApiVersionsResponse`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::api::{ApiKey, Response};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 4; flexible since 3.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiVersionsResponse {
    pub error_code: i16,
    pub api_keys: Vec<ApiVersion>,
    /// Since version 1.
    pub throttle_time_ms: i32,
    /// Since version 3; tag 0.
    pub supported_features: Vec<SupportedFeatureKey>,
    /// Since version 3; tag 1.
    pub finalized_features_epoch: i64,
    /// Since version 3; tag 2.
    pub finalized_features: Vec<FinalizedFeatureKey>,
    /// Since version 3; tag 3.
    pub zk_migration_ready: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for ApiVersionsResponse {
    fn default() -> Self {
        Self {
            error_code: 0,
            api_keys: Default::default(),
            throttle_time_ms: 0,
            supported_features: Default::default(),
            finalized_features_epoch: -1,
            finalized_features: Default::default(),
            zk_migration_ready: false,
            tags: Tags::default(),
        }
    }
}

impl Visit for ApiVersionsResponse {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ErrorCode", ..FIELD }, &mut self.error_code);
        c.array(&Field { name: "ApiKeys", ..FIELD }, &mut self.api_keys);
        c.i32(&Field { name: "ThrottleTimeMs", since: 1, ignorable: true, ..FIELD }, &mut self.throttle_time_ms);
        c.begin_tags(&mut self.tags);
        c.array(&Field { name: "SupportedFeatures", since: 3, tag: 0, ignorable: true, ..FIELD }, &mut self.supported_features);
        c.i64(
            &Field { name: "FinalizedFeaturesEpoch", since: 3, tag: 1, default: -1, ignorable: true, ..FIELD },
            &mut self.finalized_features_epoch,
        );
        c.array(&Field { name: "FinalizedFeatures", since: 3, tag: 2, ignorable: true, ..FIELD }, &mut self.finalized_features);
        c.bool(&Field { name: "ZkMigrationReady", since: 3, tag: 3, ignorable: true, ..FIELD }, &mut self.zk_migration_ready);
        c.end_tags(&mut self.tags);
    }
}

impl Part for ApiVersionsResponse {}

/// What `ApiKeys` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiVersion {
    pub api_key: i16,
    pub min_version: i16,
    pub max_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ApiVersion {
    fn visit(&mut self, c: &mut Codec) {
        c.i16(&Field { name: "ApiKey", ..FIELD }, &mut self.api_key);
        c.i16(&Field { name: "MinVersion", ..FIELD }, &mut self.min_version);
        c.i16(&Field { name: "MaxVersion", ..FIELD }, &mut self.max_version);
        c.tags(&mut self.tags);
    }
}

impl Part for ApiVersion {}

/// What `SupportedFeatures` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SupportedFeatureKey {
    /// Since version 3.
    pub name: String,
    /// Since version 3.
    pub min_version: i16,
    /// Since version 3.
    pub max_version: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SupportedFeatureKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 3, ..FIELD }, &mut self.name);
        c.i16(&Field { name: "MinVersion", since: 3, ..FIELD }, &mut self.min_version);
        c.i16(&Field { name: "MaxVersion", since: 3, ..FIELD }, &mut self.max_version);
        c.tags(&mut self.tags);
    }
}

impl Part for SupportedFeatureKey {}

/// What `FinalizedFeatures` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FinalizedFeatureKey {
    /// Since version 3.
    pub name: String,
    /// Since version 3.
    pub max_version_level: i16,
    /// Since version 3.
    pub min_version_level: i16,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for FinalizedFeatureKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", since: 3, ..FIELD }, &mut self.name);
        c.i16(&Field { name: "MaxVersionLevel", since: 3, ..FIELD }, &mut self.max_version_level);
        c.i16(&Field { name: "MinVersionLevel", since: 3, ..FIELD }, &mut self.min_version_level);
        c.tags(&mut self.tags);
    }
}

impl Part for FinalizedFeatureKey {}

impl Message for ApiVersionsResponse {
    const NAME: &'static str = "ApiVersionsResponse";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 3;
}

impl Response for ApiVersionsResponse {
    const KEY: ApiKey = ApiKey::ApiVersions;
}
