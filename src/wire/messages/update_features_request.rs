//! `UpdateFeaturesRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::UpdateFeaturesResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateFeaturesRequest {
    /// How long to wait in milliseconds before timing out the request.
    pub timeout_ms: i32,
    /// The list of updates to finalized features.
    pub feature_updates: Vec<FeatureUpdateKey>,
    /// True if we should validate the request, but not perform the upgrade or downgrade.
    pub validate_only: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for UpdateFeaturesRequest {
    fn default() -> Self {
        Self { timeout_ms: 60000, feature_updates: Default::default(), validate_only: false, tags: Tags::default() }
    }
}

impl Visit for UpdateFeaturesRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "timeoutMs", default: 60000, ..FIELD }, &mut self.timeout_ms);
        c.array(&Field { name: "FeatureUpdates", ..FIELD }, &mut self.feature_updates);
        c.bool(&Field { name: "ValidateOnly", since: 1, ..FIELD }, &mut self.validate_only);
        c.tags(&mut self.tags);
    }
}

impl Part for UpdateFeaturesRequest {}

/// The list of updates to finalized features.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureUpdateKey {
    /// The name of the finalized feature to be updated.
    pub feature: String,
    /// The new maximum version level for the finalized feature. A value >= 1 is valid. A value \< 1, is special, and can be used to
    /// request the deletion of the finalized feature.
    pub max_version_level: i16,
    /// DEPRECATED in version 1 (see DowngradeType). When set to true, the finalized feature version level is allowed to be
    /// downgraded/deleted. The downgrade request will fail if the new maximum version level is a value that's not lower than the
    /// existing maximum finalized version level.
    pub allow_downgrade: bool,
    /// Determine which type of upgrade will be performed: 1 will perform an upgrade only (default), 2 is safe downgrades only
    /// (lossless), 3 is unsafe downgrades (lossy).
    pub upgrade_type: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Default for FeatureUpdateKey {
    fn default() -> Self {
        Self { feature: Default::default(), max_version_level: 0, allow_downgrade: false, upgrade_type: 1, tags: Tags::default() }
    }
}

impl Visit for FeatureUpdateKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Feature", ..FIELD }, &mut self.feature);
        c.i16(&Field { name: "MaxVersionLevel", ..FIELD }, &mut self.max_version_level);
        c.bool(&Field { name: "AllowDowngrade", until: 0, ..FIELD }, &mut self.allow_downgrade);
        c.i8(&Field { name: "UpgradeType", since: 1, default: 1, ..FIELD }, &mut self.upgrade_type);
        c.tags(&mut self.tags);
    }
}

impl Part for FeatureUpdateKey {}

impl Message for UpdateFeaturesRequest {
    const NAME: &'static str = "UpdateFeaturesRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=2;
    const FLEXIBLE_SINCE: i16 = 0;
    const TAIL_IGNORED: bool = true;
}

impl Request for UpdateFeaturesRequest {
    const KEY: ApiKey = ApiKey::UpdateFeatures;
    type Response = UpdateFeaturesResponse;
}
