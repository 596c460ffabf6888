//! The features of a cluster: what this software knows, and what a new cluster begins with (KIP-584, KIP-1022).

use crate::wire::MetadataRecord;
use crate::wire::messages::{BeginTransactionRecord, ConfigRecord, EndTransactionRecord, FeatureLevelRecord};

/// A feature and the levels of it that are supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature {
    pub name: &'static str,
    pub min: i16,
    pub max: i16,
    /// What a new cluster finalises; 0: nothing.
    pub initial: i16,
}

/// Levels as Apache Kafka 4.3's. It has more features (`group.version`, `share.version`, `streams.version`): a cluster
/// that finalised them would promise what is not here.
pub const SUPPORTED_FEATURES: &[Feature] = &[
    Feature { name: "metadata.version", min: 7, max: 30, initial: 30 },
    Feature { name: "eligible.leader.replicas.version", min: 0, max: 1, initial: 1 },
    Feature { name: "kraft.version", min: 0, max: 1, initial: 0 },
    Feature { name: "transaction.version", min: 0, max: 2, initial: 2 },
];

/// The records that a new cluster's metadata begins with (`ActivationRecordsGenerator`): its features, and the `min.insync.replicas`
/// which eligible leader replicas need to be set for all brokers.
pub(super) fn bootstrap_records(min_insync_replicas: i32) -> Vec<MetadataRecord> {
    let level = |feature: &Feature| {
        MetadataRecord::FeatureLevel(FeatureLevelRecord {
            name: feature.name.to_owned(),
            feature_level: feature.initial,
            ..Default::default()
        })
    };
    let mut records =
        vec![MetadataRecord::BeginTransaction(BeginTransactionRecord { name: Some("Bootstrap records".to_owned()), ..Default::default() })];
    records.extend(SUPPORTED_FEATURES.iter().filter(|feature| feature.initial > 0).map(level));
    records.push(MetadataRecord::Config(ConfigRecord {
        resource_type: super::image::ResourceType::Broker.as_i8(),
        resource_name: String::new(),
        name: "min.insync.replicas".to_owned(),
        value: Some(min_insync_replicas.to_string()),
        ..Default::default()
    }));
    records.push(MetadataRecord::EndTransaction(EndTransactionRecord::default()));
    records
}
