//! The records of `__transaction_state`, in Kafka's own format (`TransactionLog`): a key is the record's type (i16) and the transactional id,
//! a value its version (i16) and its fields.

use super::{TransactionMetadata, TransactionState, TransactionVersion};
use crate::base::{ProducerEpoch, ProducerId, TopicPartition};
use crate::coordinator::runtime::LogRecord;
use crate::wire::messages::transaction_log_value::PartitionsSchema;
use crate::wire::messages::{TransactionLogKey, TransactionLogValue};
use crate::wire::{CoordinatorKey as _, ErrorCode, decode_key, decode_versioned, encode_key, encode_versioned, split_key};
use bytes::Bytes;
use std::sync::Arc;

/// The version of values with transaction.version 1 and on: producer ids before and after are in it.
const VALUE_VERSION: i16 = 1;
/// "None" of a producer id and of a time.
const NONE: i64 = -1;

/// A record of `__transaction_state`. Without metadata: a tombstone.
#[derive(Clone, Debug, PartialEq)]
pub struct TransactionRecord {
    pub transactional_id: Arc<str>,
    pub metadata: Option<TransactionMetadata>,
}

impl TransactionRecord {
    /// What does not fit its field (a string of more than 32767 bytes) cannot be written: UNKNOWN_SERVER_ERROR.
    pub fn encode(self) -> Result<LogRecord, ErrorCode> {
        let mut key = TransactionLogKey { transactional_id: self.transactional_id.to_string() };
        let key = encode_key(&mut key).map_err(|_| ErrorCode::UnknownServerError)?.to_bytes();
        let value = self.metadata.map(|metadata| encode_versioned(&mut value_of(&metadata), VALUE_VERSION));
        let value = value.transpose().map_err(|_| ErrorCode::UnknownServerError)?.map(|rope| rope.to_bytes());
        Ok(LogRecord { key, value })
    }

    /// None: a record of another kind or version, or bytes that are none.
    pub fn decode(record: LogRecord) -> Option<Self> {
        let (kind, key) = split_key(record.key).ok()?;
        if kind != TransactionLogKey::KEY {
            return None;
        }
        let key: TransactionLogKey = decode_key(key).ok()?;
        let metadata = match record.value {
            Some(value) => Some(metadata_of(value)?),
            None => None,
        };
        Some(Self { transactional_id: key.transactional_id.into(), metadata })
    }
}

/// Kafka writes topics and partitions in no order; here they are in theirs.
fn value_of(metadata: &TransactionMetadata) -> TransactionLogValue {
    let partitions = metadata.partitions_by_topic().into_iter().map(|(topic, ids)| PartitionsSchema {
        topic: topic.to_string(),
        partition_ids: ids,
        ..Default::default()
    });
    let id = |id: Option<ProducerId>| id.map_or(NONE, |id| id.0);
    TransactionLogValue {
        producer_id: metadata.producer_id.0,
        previous_producer_id: id(metadata.previous_producer_id),
        next_producer_id: id(metadata.next_producer_id),
        producer_epoch: metadata.producer_epoch.0,
        transaction_timeout_ms: metadata.timeout_ms,
        transaction_status: metadata.state.id(),
        transaction_partitions: (metadata.state != TransactionState::Empty).then(|| partitions.collect()),
        transaction_last_update_timestamp_ms: metadata.updated_ms,
        transaction_start_timestamp_ms: metadata.started_ms.unwrap_or(NONE),
        client_transaction_version: metadata.version.level(),
        ..Default::default()
    }
}

fn metadata_of(value: Bytes) -> Option<TransactionMetadata> {
    let (_, value): (i16, TransactionLogValue) = decode_versioned(value).ok()?;
    let state = TransactionState::from_id(value.transaction_status)?;
    let topics = value.transaction_partitions.filter(|_| state != TransactionState::Empty).unwrap_or_default();
    let partitions = topics.iter().flat_map(|topic| {
        let name: Arc<str> = topic.topic.as_str().into();
        topic.partition_ids.iter().map(move |partition| TopicPartition::new(Arc::clone(&name), *partition))
    });
    let id = |id: i64| (id != NONE).then_some(ProducerId(id));
    Some(TransactionMetadata {
        state,
        producer_id: ProducerId(value.producer_id),
        producer_epoch: ProducerEpoch(value.producer_epoch),
        previous_producer_id: id(value.previous_producer_id),
        next_producer_id: id(value.next_producer_id),
        last_producer_epoch: None,
        timeout_ms: value.transaction_timeout_ms,
        partitions: partitions.collect(),
        started_ms: (value.transaction_start_timestamp_ms != NONE).then_some(value.transaction_start_timestamp_ms),
        updated_ms: value.transaction_last_update_timestamp_ms,
        version: TransactionVersion::from_level(value.client_transaction_version)?,
    })
}
