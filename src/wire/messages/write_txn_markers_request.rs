//! `WriteTxnMarkersRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::WriteTxnMarkersResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 2; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteTxnMarkersRequest {
    pub markers: Vec<WritableTxnMarker>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for WriteTxnMarkersRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.array(&Field { name: "Markers", ..FIELD }, &mut self.markers);
        c.tags(&mut self.tags);
    }
}

impl Part for WriteTxnMarkersRequest {}

/// What `Markers` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WritableTxnMarker {
    pub producer_id: i64,
    pub producer_epoch: i16,
    pub transaction_result: bool,
    pub topics: Vec<WritableTxnMarkerTopic>,
    pub coordinator_epoch: i32,
    /// Since version 2.
    pub transaction_version: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for WritableTxnMarker {
    fn visit(&mut self, c: &mut Codec) {
        c.i64(&Field { name: "ProducerId", ..FIELD }, &mut self.producer_id);
        c.i16(&Field { name: "ProducerEpoch", ..FIELD }, &mut self.producer_epoch);
        c.bool(&Field { name: "TransactionResult", ..FIELD }, &mut self.transaction_result);
        c.array(&Field { name: "Topics", ..FIELD }, &mut self.topics);
        c.i32(&Field { name: "CoordinatorEpoch", ..FIELD }, &mut self.coordinator_epoch);
        c.i8(&Field { name: "TransactionVersion", since: 2, ignorable: true, ..FIELD }, &mut self.transaction_version);
        c.tags(&mut self.tags);
    }
}

impl Part for WritableTxnMarker {}

/// What `Topics` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WritableTxnMarkerTopic {
    pub name: String,
    pub partition_indexes: Vec<i32>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for WritableTxnMarkerTopic {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.array(&Field { name: "PartitionIndexes", ..FIELD }, &mut self.partition_indexes);
        c.tags(&mut self.tags);
    }
}

impl Part for WritableTxnMarkerTopic {}

impl Message for WriteTxnMarkersRequest {
    const NAME: &'static str = "WriteTxnMarkersRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 1..=2;
    const FLEXIBLE_SINCE: i16 = 1;
    const TAIL_IGNORED: bool = true;
}

impl Request for WriteTxnMarkersRequest {
    const KEY: ApiKey = ApiKey::WriteTxnMarkers;
    type Response = WriteTxnMarkersResponse;
}
