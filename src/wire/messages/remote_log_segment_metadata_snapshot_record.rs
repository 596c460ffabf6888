//! `RemoteLogSegmentMetadataSnapshotRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};
use bytes::Bytes;

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoteLogSegmentMetadataSnapshotRecord {
    pub segment_id: Uuid,
    pub start_offset: i64,
    pub end_offset: i64,
    pub broker_id: i32,
    pub max_timestamp_ms: i64,
    pub event_timestamp_ms: i64,
    pub segment_leader_epochs: Vec<SegmentLeaderEpochEntry>,
    pub segment_size_in_bytes: i32,
    pub custom_metadata: Option<Bytes>,
    pub remote_log_segment_state: i8,
    /// Tag 0.
    pub txn_index_empty: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for RemoteLogSegmentMetadataSnapshotRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.uuid(&Field { name: "SegmentId", ..FIELD }, &mut self.segment_id);
        c.i64(&Field { name: "StartOffset", ..FIELD }, &mut self.start_offset);
        c.i64(&Field { name: "EndOffset", ..FIELD }, &mut self.end_offset);
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "MaxTimestampMs", ..FIELD }, &mut self.max_timestamp_ms);
        c.i64(&Field { name: "EventTimestampMs", ..FIELD }, &mut self.event_timestamp_ms);
        c.array(&Field { name: "SegmentLeaderEpochs", ..FIELD }, &mut self.segment_leader_epochs);
        c.i32(&Field { name: "SegmentSizeInBytes", ..FIELD }, &mut self.segment_size_in_bytes);
        c.nullable_bytes(
            &Field { name: "CustomMetadata", null_since: 0, null_until: i16::MAX, null: true, ..FIELD },
            &mut self.custom_metadata,
        );
        c.i8(&Field { name: "RemoteLogSegmentState", ..FIELD }, &mut self.remote_log_segment_state);
        c.begin_tags(&mut self.tags);
        c.bool(&Field { name: "TxnIndexEmpty", tag: 0, ..FIELD }, &mut self.txn_index_empty);
        c.end_tags(&mut self.tags);
    }
}

impl Part for RemoteLogSegmentMetadataSnapshotRecord {}

/// What `SegmentLeaderEpochs` holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentLeaderEpochEntry {
    pub leader_epoch: i32,
    pub offset: i64,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for SegmentLeaderEpochEntry {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "LeaderEpoch", ..FIELD }, &mut self.leader_epoch);
        c.i64(&Field { name: "Offset", ..FIELD }, &mut self.offset);
        c.tags(&mut self.tags);
    }
}

impl Part for SegmentLeaderEpochEntry {}

impl Message for RemoteLogSegmentMetadataSnapshotRecord {
    const NAME: &'static str = "RemoteLogSegmentMetadataSnapshotRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
