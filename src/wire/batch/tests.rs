//! Batches against bytes written by others, and against themselves.

use super::*;
use crate::base::{ProducerEpoch, ProducerId};
use proptest::prelude::*;

type Plain = (i64, Option<Vec<u8>>, Option<Vec<u8>>, Vec<(String, Option<Vec<u8>>)>);

fn headers_of(plain: &[(String, Option<Vec<u8>>)]) -> Vec<Header> {
    plain.iter().map(|(key, value)| Header::new(key.clone(), value.clone().map(Bytes::from))).collect()
}

fn batch_of(codec: Compression, records: &[Plain]) -> Batch {
    let mut builder = BatchBuilder::new(codec);
    for (timestamp, key, value, headers) in records {
        builder.append(*timestamp, key.as_deref(), value.as_deref(), &headers_of(headers)).unwrap();
    }
    builder.build().unwrap()
}

fn read(batch: &Batch) -> Vec<Plain> {
    let plain = |bytes: Option<Bytes>| bytes.map(|bytes| bytes.to_vec());
    let record = |record: Record| {
        let headers = record.headers.into_iter().map(|header| (header.key, plain(header.value))).collect();
        (record.timestamp, plain(record.key), plain(record.value), headers)
    };
    batch.records().unwrap().map(|item| record(item.unwrap())).collect()
}

fn simple(text: &str) -> Plain {
    (1_700_000_000_000, None, Some(text.into()), vec![])
}

#[test]
fn a_batch_comes_back_from_its_bytes() {
    let mut batch = batch_of(Compression::None, &[simple("one"), simple("two")]);
    batch.place(Offset(40), LeaderEpoch(3));
    let mut bytes = batch.to_rope().to_bytes();
    let again = Batch::parse(&mut bytes).unwrap();
    assert_eq!(again, batch);
    assert_eq!((again.header.last_offset(), again.header.next_offset()), (Offset(41), Offset(42)));
    assert!(bytes.is_empty());
    again.verify_crc().unwrap();
}

#[test]
fn headers_may_repeat_their_key_and_have_no_value() {
    let headers = vec![("h".to_owned(), Some(b"1".to_vec())), ("h".to_owned(), None), (String::new(), Some(vec![]))];
    let record: Plain = (5, Some(vec![]), None, headers);
    let batch = batch_of(Compression::Gzip, std::slice::from_ref(&record));
    assert_eq!(read(&batch), [record]);
}

#[test]
fn placing_a_batch_leaves_its_checksum_and_stamping_it_renews_it() {
    let mut batch = batch_of(Compression::None, &[simple("x")]);
    batch.place(Offset(7), LeaderEpoch(9));
    batch.verify_crc().unwrap();
    let crc = batch.header.crc;
    batch.set_max_timestamp(TimestampType::LogAppendTime, 99);
    batch.verify_crc().unwrap();
    assert_ne!(batch.header.crc, crc);
    assert_eq!(read(&batch)[0].0, 99);
}

#[test]
fn sequences_go_on_at_0_after_the_largest() {
    let mut builder = BatchBuilder::new(Compression::None).with_producer(Producer {
        id: ProducerId(4),
        epoch: ProducerEpoch(0),
        base_sequence: i32::MAX - 1,
    });
    for _ in 0..3 {
        builder.append(1, None, None, &[]).unwrap();
    }
    let batch = builder.build().unwrap();
    assert_eq!(batch.header.last_sequence(), 0);
    let sequences: Vec<i32> = batch.records().unwrap().map(|record| record.unwrap().sequence).collect();
    assert_eq!(sequences, [i32::MAX - 1, i32::MAX, 0]);
}

#[test]
fn what_is_wrong_with_a_batch_is_told() {
    let bytes = batch_of(Compression::None, &[simple("x")]).to_rope().to_bytes();
    let with = |at: usize, byte: u8| {
        let mut damaged = bytes.to_vec();
        damaged[at] = byte;
        Bytes::from(damaged)
    };
    let parse = |mut bytes: Bytes| Batch::parse(&mut bytes);
    assert_eq!(parse(bytes.slice(..60)), Err(BatchError::CutShort { needed: bytes.len(), have: 60 }));
    assert_eq!(parse(bytes.slice(..bytes.len() - 1)), Err(BatchError::CutShort { needed: bytes.len(), have: bytes.len() - 1 }));
    assert_eq!(parse(with(16, 1)), Err(BatchError::Magic { magic: 1 }));
    assert!(matches!(parse(with(8, 0xff)), Err(BatchError::Length { .. })));
    assert_eq!(parse(with(11, 5)), Err(BatchError::Length { length: 5 }));
    assert_eq!(parse(with(11, 48)), Err(BatchError::Length { length: 48 }));
    assert!(matches!(parse(with(65, 0x55)).unwrap().verify_crc(), Err(BatchError::Checksum { .. })));
    assert_eq!(parse(with(22, 5)).unwrap().records().unwrap_err(), BatchError::UnknownCodec { id: 5 });
}

#[test]
fn too_many_and_too_few_records_are_told() {
    let batch = batch_of(Compression::None, &[simple("x"), simple("y")]);
    let count = |count| Views::new(batch.body(), count).last().unwrap();
    assert!(matches!(count(1), Err(BatchError::Trailing { count: 1, .. })));
    assert!(count(2).is_ok());
    assert_eq!(count(3), Err(BatchError::Record { index: 2, fault: RecordFault::CutShort }));
}

#[test]
fn a_batch_that_a_byte_limit_cut_off_is_left_out() {
    let bytes = batch_of(Compression::None, &[simple("x")]).to_rope().to_bytes();
    let one_and_a_half = [&bytes[..], &bytes[..65]].concat();
    assert_eq!(Batch::parse_all(one_and_a_half.into()).unwrap().len(), 1);
}

#[test]
fn a_marker_says_how_a_transaction_ended() {
    let (producer_id, producer_epoch) = (ProducerId(7), ProducerEpoch(2));
    let end = TransactionEnd { producer_id, producer_epoch, committed: true, coordinator_epoch: 5, timestamp: 1_700_000_000_000 };
    for end in [end, TransactionEnd { committed: false, ..end }] {
        let batch = end.to_batch().unwrap();
        assert_eq!(TransactionEnd::of(&batch), Some(end));
        let attributes = batch.header.attributes;
        assert!(attributes.is_control() && attributes.is_transactional());
        assert_eq!((batch.header.base_sequence, batch.header.count), (-1, 1));
        assert_eq!(TransactionEnd::of(&batch.emptied()), None);
    }
    assert_eq!(TransactionEnd::of(&batch_of(Compression::None, &[simple("x")])), None);
}

#[test]
fn a_control_batch_names_its_type() {
    let marker = EndTransactionMarker { coordinator_epoch: 5 };
    let batch = BatchBuilder::control(ControlType::Commit, &marker.value(), 1).unwrap().transactional(true).build().unwrap();
    let record = batch.records().unwrap().next().unwrap().unwrap();
    assert!(batch.header.attributes.is_control() && batch.header.attributes.is_transactional());
    assert_eq!(record.key.as_deref().and_then(ControlType::from_key), Some(ControlType::Commit));
    assert_eq!(record.value.as_deref().and_then(EndTransactionMarker::from_value), Some(marker));
}

#[test]
fn varints_are_those_of_kafka() {
    let of = |value: i32| {
        let mut bytes = Vec::new();
        varint::put_i32(&mut bytes, value);
        assert_eq!(bytes.len(), varint::len_i32(value));
        assert_eq!(varint::take_i32(&mut bytes.as_slice()), Ok(value));
        bytes
    };
    assert_eq!(of(-1), [0x01]);
    assert_eq!(of(64), [0x80, 0x01]);
    assert_eq!(of(-65), [0x81, 0x01]);
    assert_eq!(of(8192), [0x80, 0x80, 0x01]);
    assert_eq!(of(i32::MAX), [0xfe, 0xff, 0xff, 0xff, 0x0f]);
    assert_eq!(varint::take_i32(&mut [0xff, 0xff, 0xff, 0xff, 0x1f].as_slice()), Err(RecordFault::Varint));
    assert_eq!(varint::take_i32(&mut [0x80].as_slice()), Err(RecordFault::CutShort));
}

#[test]
fn room_is_reckoned_to_the_byte() {
    let mut builder = BatchBuilder::new(Compression::None);
    assert!(builder.has_room_for(0, 1, None, Some(&[0; 100]), &[]), "the first record always fits");
    builder.append(1, None, Some(&[0; 100]), &[]).unwrap();
    let mut more = builder.clone();
    more.append(9, Some(b"k"), Some(&[1; 50]), &[Header::new("h", None)]).unwrap();
    let size = more.build().unwrap().size_in_bytes();
    assert_eq!(more.estimated_size(), size);
    let fits = |limit| builder.has_room_for(limit, 9, Some(b"k"), Some(&[1; 50]), &[Header::new("h", None)]);
    assert!(fits(size) && !fits(size - 1));
    assert!(more.is_full(size) && !more.is_full(size + 1));
}

#[test]
fn the_estimate_of_a_ratio_rises_fast_and_falls_slowly() {
    let mut ratio = CompressionRatio::default();
    ratio.observe(500, 1_000);
    assert_eq!(ratio.apply(1_000_000), 1_044_750);
    ratio.observe(1_000, 1_000);
    assert_eq!(ratio.apply(1_000_000), 1_097_250);
}

fn plain() -> impl Strategy<Value = Plain> {
    let bytes = || prop::option::of(prop::collection::vec(any::<u8>(), 0..40));
    let headers = prop::collection::vec(("[a-z]{0,5}", bytes()), 0..3);
    (0_i64..i64::MAX / 4, bytes(), bytes(), headers)
}

proptest! {
    #[test]
    fn records_come_back_as_they_went_in(records in prop::collection::vec(plain(), 1..20), codec in 0_i16..5) {
        let batch = batch_of(Compression::from_id(codec).unwrap(), &records);
        batch.verify_crc().unwrap();
        prop_assert_eq!(batch.header.count as usize, records.len());
        prop_assert_eq!(batch.header.max_timestamp, records.iter().map(|record| record.0).max().unwrap());
        prop_assert_eq!(read(&batch), records);
    }

    #[test]
    fn hostile_bodies_end_in_an_error_or_in_records(body in prop::collection::vec(any::<u8>(), 0..200), count in any::<i32>()) {
        let mut views = Views::new(&body, count);
        let read = views.by_ref().take_while(Result::is_ok).count();
        prop_assert!(read <= body.len());
        prop_assert!(views.next().is_none());
    }

    #[test]
    fn damaged_batches_are_read_or_refused(records in prop::collection::vec(plain(), 1..5), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = batch_of(Compression::None, &records).to_rope().to_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        for batch in Batch::parse_all(bytes.into()).into_iter().flatten() {
            if let Ok(records) = batch.records() {
                for record in records { if record.is_err() { break; } }
            }
        }
    }
}
