//! `WriteTxnMarkersRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::WriteTxnMarkersResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 1 to 2; flexible since 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteTxnMarkersRequest {
    /// The transaction markers to be written.
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

/// The transaction markers to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WritableTxnMarker {
    /// The current producer ID.
    pub producer_id: i64,
    /// The current epoch associated with the producer ID.
    pub producer_epoch: i16,
    /// The result of the transaction to write to the partitions (false = ABORT, true = COMMIT).
    pub transaction_result: bool,
    /// Each topic that we want to write transaction marker(s) for.
    pub topics: Vec<WritableTxnMarkerTopic>,
    /// Epoch associated with the transaction state partition hosted by this transaction coordinator.
    pub coordinator_epoch: i32,
    /// Transaction version of the marker. Ex: 0/1 = legacy (TV0/TV1), 2 = TV2 etc.
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

/// Each topic that we want to write transaction marker(s) for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WritableTxnMarkerTopic {
    /// The topic name.
    pub name: String,
    /// The indexes of the partitions to write transaction markers for.
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
