//! The records of `__consumer_offsets`, in Kafka's own format (`GroupCoordinatorRecordHelpers`, `GroupCoordinatorRecordSerde`): a key is the
//! record's type (i16) and the key's fields, a value its version (i16) and its fields.

use crate::coordinator::runtime::LogRecord;
use crate::wire::messages::{GroupMetadataKey, GroupMetadataValue, OffsetCommitKey, OffsetCommitValue};
use crate::wire::{CoordinatorKey, ErrorCode, Message, decode_key, decode_versioned, encode_key, encode_versioned, split_key};
use bytes::Bytes;
use std::sync::Arc;

/// The kind of the keys before Kafka 0.9; the same fields as those of today.
const LEGACY_OFFSET_COMMIT: i16 = 0;
const OFFSET_COMMIT: i16 = OffsetCommitKey::KEY;
const GROUP_METADATA: i16 = GroupMetadataKey::KEY;

/// The version of group metadata that Kafka 4.3 writes.
const GROUP_METADATA_VERSION: i16 = 3;
/// The version of offsets that Kafka 4.3 writes.
const OFFSET_COMMIT_VERSION: i16 = 4;
/// The only version of offsets that has a time of expiry of its own, as OffsetCommit v2 to v4 asks for.
const EXPIRING_OFFSET_COMMIT_VERSION: i16 = 1;

/// A record of `__consumer_offsets`. Without value: a tombstone.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupRecord {
    /// A classic group's generation, members and assignment.
    Group { group: Arc<str>, value: Option<GroupMetadataValue> },
    /// A committed offset.
    Offset { group: Arc<str>, topic: Arc<str>, partition: i32, value: Option<OffsetCommitValue> },
}

impl GroupRecord {
    pub fn encode(self) -> Result<LogRecord, ErrorCode> {
        match self {
            Self::Group { group, value } => {
                let key = GroupMetadataKey { group: group.to_string() };
                let value = value.map(|value| value_bytes(value, GROUP_METADATA_VERSION));
                Ok(LogRecord { key: key_bytes(key)?, value: value.transpose()? })
            }
            Self::Offset { group, topic, partition, value } => {
                let key = OffsetCommitKey { group: group.to_string(), topic: topic.to_string(), partition };
                let value = value.map(|value| {
                    let expires = value.expire_timestamp != OffsetCommitValue::default().expire_timestamp;
                    value_bytes(value, if expires { EXPIRING_OFFSET_COMMIT_VERSION } else { OFFSET_COMMIT_VERSION })
                });
                Ok(LogRecord { key: key_bytes(key)?, value: value.transpose()? })
            }
        }
    }

    /// None: a record of another kind or version, or bytes that are none.
    pub fn decode(record: LogRecord) -> Option<Self> {
        let (kind, key) = split_key(record.key).ok()?;
        match kind {
            LEGACY_OFFSET_COMMIT | OFFSET_COMMIT => {
                let key: OffsetCommitKey = decode_key(key).ok()?;
                let value = record.value.map(decode_versioned).transpose().ok()?.map(|(_, value)| value);
                Some(Self::Offset { group: key.group.into(), topic: key.topic.into(), partition: key.partition, value })
            }
            GROUP_METADATA => {
                let key: GroupMetadataKey = decode_key(key).ok()?;
                let value = record.value.map(decode_versioned).transpose().ok()?.map(|(_, value)| value);
                Some(Self::Group { group: key.group.into(), value })
            }
            _ => None,
        }
    }
}

/// What does not fit its field (a string of more than 32767 bytes) cannot be written.
fn key_bytes(mut key: impl CoordinatorKey) -> Result<Bytes, ErrorCode> {
    encode_key(&mut key).map(|rope| rope.to_bytes()).map_err(|_| ErrorCode::UnknownServerError)
}

fn value_bytes(mut value: impl Message, version: i16) -> Result<Bytes, ErrorCode> {
    encode_versioned(&mut value, version).map(|rope| rope.to_bytes()).map_err(|_| ErrorCode::UnknownServerError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Uuid;

    fn hex(text: &str) -> Bytes {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    }

    fn offset(value: Option<OffsetCommitValue>) -> GroupRecord {
        GroupRecord::Offset { group: "g-1".into(), topic: "t-1".into(), partition: 1, value }
    }

    /// As Apache Kafka 4.3.1 wrote them.
    #[test]
    fn offsets_are_written_as_kafka_writes_them() {
        let committed = OffsetCommitValue {
            offset: 7,
            leader_epoch: 3,
            metadata: "seven".to_owned(),
            commit_timestamp: 0x01a1_fdf7_8f43,
            topic_id: Uuid([0xe2; 16]),
            ..Default::default()
        };
        let record = LogRecord {
            key: hex("0001 0003 672d31 0003 742d31 00000001"),
            value: Some(hex("0004 0000000000000007 00000003 06 736576656e 000001a1fdf78f43 01 00 10 e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2")),
        };
        assert_eq!(offset(Some(committed.clone())).encode(), Ok(record.clone()));
        assert_eq!(GroupRecord::decode(record), Some(offset(Some(committed))));
    }

    #[test]
    fn an_offset_with_a_time_of_expiry_is_of_version_1() {
        let committed = OffsetCommitValue {
            offset: 7,
            metadata: "seven".to_owned(),
            commit_timestamp: 0x01a1_fdf7_8f6a,
            expire_timestamp: 0x01a1_fdf9_160a,
            ..Default::default()
        };
        let record = offset(Some(committed.clone())).encode().unwrap();
        let expected = hex("0001 0000000000000007 0005 736576656e 000001a1fdf78f6a 000001a1fdf9160a");
        assert_eq!(record.value, Some(expected));
        assert_eq!(GroupRecord::decode(record), Some(offset(Some(committed))));
    }

    #[test]
    fn an_empty_group_is_written_as_kafka_writes_it() {
        let value = GroupMetadataValue {
            protocol_type: "consumer".to_owned(),
            generation: 2,
            protocol: None,
            leader: None,
            current_state_timestamp: 0x01a1_fdf7_8fcf,
            ..Default::default()
        };
        let record = GroupRecord::Group { group: "g-1".into(), value: Some(value) }.encode().unwrap();
        assert_eq!(record.key, hex("0002 0003 672d31"));
        assert_eq!(record.value, Some(hex("0003 0008 636f6e73756d6572 00000002 ffff ffff 000001a1fdf78fcf 00000000")));
    }

    #[test]
    fn tombstones_and_unknown_records_are_told_apart() {
        let tombstone = offset(None).encode().unwrap();
        assert_eq!(tombstone.value, None);
        assert_eq!(GroupRecord::decode(tombstone), Some(offset(None)));
        let unknown = LogRecord { key: hex("0003 0003 672d31"), value: None };
        assert_eq!(GroupRecord::decode(unknown), None);
        assert_eq!(GroupRecord::decode(LogRecord { key: Bytes::new(), value: None }), None);
    }
}
