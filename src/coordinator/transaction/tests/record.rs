//! The records in the log. The bytes are those of Apache Kafka 4.3.1's own classes.

use super::*;
use bytes::Bytes;

const NOW_MS: i64 = 0x01a1_fdf7_8f43;

fn hex(text: &str) -> Bytes {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn value(metadata: &TransactionMetadata) -> Bytes {
    let record = TransactionRecord { transactional_id: ID.into(), metadata: Some(metadata.clone()) };
    let encoded = record.clone().encode().unwrap();
    let remembered = TransactionMetadata { last_producer_epoch: None, ..metadata.clone() };
    assert_eq!(TransactionRecord::decode(encoded.clone()), Some(TransactionRecord { metadata: Some(remembered), ..record }));
    encoded.value.unwrap()
}

#[test]
fn a_producers_life_is_written_as_kafka_writes_it() {
    let begun = TransactionMetadata::new(ProducerId(1000), 60_000, NOW_MS).incremented(60_000, None, NOW_MS).unwrap();
    assert_eq!(value(&begun), hex("0001 00000000000003e8 0000 0000ea60 00 00 000001a1fdf78f43 ffffffffffffffff 01 0008 00000000000003e8"));
    let open = begun.with_partitions([TopicPartition::new("orders", 0)], TransactionVersion::V2, NOW_MS + 1);
    assert_eq!(
        value(&open),
        hex(
            "0001 00000000000003e8 0000 0000ea60 01 02 076f7264657273 02 00000000 00 000001a1fdf78f44 000001a1fdf78f44 02 0008 00000000000003e8 0202 0002"
        )
    );
    let prepared = open.prepared(TransactionState::PrepareCommit, TransactionVersion::V2, None, NOW_MS + 2).unwrap();
    assert_eq!(
        value(&prepared),
        hex(
            "0001 00000000000003e8 0001 0000ea60 02 02 076f7264657273 02 00000000 00 000001a1fdf78f45 000001a1fdf78f44 02 0008 00000000000003e8 0202 0002"
        )
    );
    let complete = prepared.completed(NOW_MS + 3);
    assert_eq!(
        value(&complete),
        hex("0001 00000000000003e8 0001 0000ea60 04 01 000001a1fdf78f46 000001a1fdf78f44 02 0008 00000000000003e8 0202 0002")
    );
    let aborted = complete.prepared(TransactionState::PrepareAbort, TransactionVersion::V2, None, NOW_MS + 4).unwrap();
    assert_eq!(
        value(&aborted),
        hex("0001 00000000000003e8 0002 0000ea60 03 01 000001a1fdf78f47 000001a1fdf78f47 02 0008 00000000000003e8 0202 0002")
    );
    let again = aborted.completed(NOW_MS + 5).incremented(60_000, Some(ProducerEpoch(1)), NOW_MS + 6).unwrap();
    assert_eq!(
        value(&again),
        hex("0001 00000000000003e8 0002 0000ea60 00 00 000001a1fdf78f49 ffffffffffffffff 02 0008 00000000000003e8 0202 0002")
    );
}

#[test]
fn another_producer_id_is_written_as_kafka_writes_it() {
    let open = TransactionMetadata { started_ms: Some(NOW_MS), ..worn(TransactionState::Ongoing, i16::MAX - 1) };
    let fresh = Some(ProducerId(1000));
    let prepared = open.prepared(TransactionState::PrepareCommit, TransactionVersion::V2, fresh, NOW_MS + 2).unwrap();
    assert_eq!(
        value(&prepared),
        hex("0001 0000000000000007 7fff 0000ea60 02 02 076f7264657273 02 00000000 00 000001a1fdf78f45 000001a1fdf78f43 \
             03 0008 0000000000000007 0108 00000000000003e8 0202 0002")
    );
    let complete = prepared.completed(NOW_MS + 3);
    assert_eq!(
        value(&complete),
        hex("0001 00000000000003e8 0000 0000ea60 04 01 000001a1fdf78f46 000001a1fdf78f43 02 0008 0000000000000007 0202 0002")
    );
    let idle = worn(TransactionState::CompleteCommit, i16::MAX - 1);
    assert_eq!(
        value(&idle.rotated(ProducerId(1000), 60_000, Some(ProducerEpoch(i16::MAX - 1)), NOW_MS + 6)),
        hex("0001 00000000000003e8 0000 0000ea60 00 00 000001a1fdf78f49 ffffffffffffffff 02 0008 0000000000000007 0202 0002")
    );
}

#[test]
fn an_old_clients_transaction_is_written_as_kafka_writes_it() {
    let open = TransactionMetadata { started_ms: Some(NOW_MS), version: TransactionVersion::V0, ..worn(TransactionState::Ongoing, 3) };
    let prepared = open.prepared(TransactionState::PrepareAbort, TransactionVersion::V0, None, NOW_MS + 2).unwrap();
    assert_eq!(
        value(&prepared),
        hex(
            "0001 0000000000000007 0003 0000ea60 03 02 076f7264657273 02 00000000 00 000001a1fdf78f45 000001a1fdf78f43 01 0008 0000000000000007"
        )
    );
    assert_eq!(
        value(&prepared.completed(NOW_MS + 3)),
        hex("0001 0000000000000007 0003 0000ea60 05 01 000001a1fdf78f46 000001a1fdf78f43 01 0008 0000000000000007")
    );
}

#[test]
fn tombstones_and_unknown_records_are_told_apart() {
    let tombstone = TransactionRecord { transactional_id: ID.into(), metadata: None };
    let encoded = tombstone.clone().encode().unwrap();
    assert_eq!(encoded, LogRecord { key: hex("0000 0008 7061796d656e7473"), value: None });
    assert_eq!(TransactionRecord::decode(encoded.clone()), Some(tombstone));
    assert_eq!(TransactionRecord::decode(LogRecord { key: hex("0001 0008 7061796d656e7473"), value: None }), None);
    assert_eq!(TransactionRecord::decode(LogRecord { key: Bytes::new(), value: None }), None);
    let dead = hex("0001 0000000000000007 0003 0000ea60 06 01 000001a1fdf78f46 000001a1fdf78f43 01 0008 0000000000000007");
    assert_eq!(TransactionRecord::decode(LogRecord { value: Some(dead), ..encoded.clone() }), None);
    assert_eq!(TransactionRecord::decode(LogRecord { value: Some(hex("0002 00")), ..encoded }), None);
}

/// Without the producer ids before and after, and not flexible.
#[test]
fn records_from_before_flexible_versions_are_read() {
    let value =
        hex("0000 0000000000000007 0003 0000ea60 01 00000001 0006 6f7264657273 00000001 00000000 000001a1fdf78f46 000001a1fdf78f43");
    let record = LogRecord { key: hex("0000 0008 7061796d656e7473"), value: Some(value) };
    let metadata = TransactionRecord::decode(record).unwrap().metadata.unwrap();
    assert_eq!((metadata.state, metadata.version), (TransactionState::Ongoing, TransactionVersion::V0));
    assert_eq!((metadata.producer_id, metadata.previous_producer_id, metadata.next_producer_id), (ProducerId(7), None, None));
    assert_eq!(metadata.partitions, [TopicPartition::new("orders", 0)].into());
}
