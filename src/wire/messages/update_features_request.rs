//! `UpdateFeaturesRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::UpdateFeaturesResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 2; flexible since 0.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateFeaturesRequest {
    pub timeout_ms: i32,
    pub feature_updates: Vec<FeatureUpdateKey>,
    /// Since version 1.
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

/// What `FeatureUpdates` holds.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureUpdateKey {
    pub feature: String,
    pub max_version_level: i16,
    /// Versions 0 to 0.
    pub allow_downgrade: bool,
    /// Since version 1.
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
