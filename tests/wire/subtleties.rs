//! What is special in Kafka's specifications, one by one.

use bytes::Bytes;
use partita::base::Uuid;
use partita::wire::codec::{Tags, WireReason};
use partita::wire::messages::{
    ConsumerGroupHeartbeatResponse, ConsumerGroupMemberMetadataValue, ConsumerProtocolSubscription, CreateTopicsRequest, FetchRequest,
    HeartbeatResponse, MetadataRequest, OffsetCommitKey, OffsetCommitRequest, OffsetCommitValue, ProduceRequest, TopicRecord,
    create_topics_request::CreatableTopic, fetch_request::FetchPartition, fetch_request::FetchTopic, fetch_request::ReplicaState,
    offset_commit_request::OffsetCommitRequestTopic, produce_request::PartitionProduceData, produce_request::TopicProduceData,
};
use partita::wire::{
    ErrorCode, Message, MetadataRecord, Rope, WireError, decode, decode_key, decode_versioned, encode, encode_key, encode_versioned,
    split_key,
};

fn bytes<T: Message>(mut message: T, version: i16) -> Vec<u8> {
    encode(&mut message, version).unwrap_or_else(|error| panic!("{error}")).to_bytes().to_vec()
}

fn read<T: Message>(bytes: &[u8], version: i16) -> Result<T, WireError> {
    decode(Bytes::copy_from_slice(bytes), version)
}

fn reason<T>(result: Result<T, WireError>) -> Option<(&'static str, WireReason)> {
    result.err().map(|error| (error.field, error.reason))
}

#[test]
fn a_plain_nullable_struct_has_a_mark_of_one_byte() {
    let mut answer = ConsumerGroupHeartbeatResponse { assignment: None, ..Default::default() };
    let absent = bytes(answer.clone(), 0);
    assert_eq!(absent[absent.len() - 2..], [0xff, 0]);
    answer.assignment = Some(Default::default());
    let present = bytes(answer.clone(), 0);
    assert_eq!(present[present.len() - 4..], [1, 1, 0, 0], "mark, no partitions, no tags; no tags");
    assert_eq!(read(&present, 0), Ok(answer));
}

#[test]
fn a_tagged_nullable_struct_has_0_or_1_before_it() {
    // Its default is not null, so null is written.
    let absent = ConsumerGroupMemberMetadataValue { classic_member_metadata: None, ..Default::default() };
    let written = bytes(absent.clone(), 0);
    assert_eq!(written[written.len() - 4..], [1, 0, 1, 0], "one tagged field, tag 0, of 1 byte: null");
    assert_eq!(read(&written, 0), Ok(absent));
    let default = bytes(ConsumerGroupMemberMetadataValue::default(), 0);
    assert_eq!(default.last(), Some(&0), "no tagged fields");
}

#[test]
fn null_is_refused_in_versions_without_it() {
    let mut all = MetadataRequest { topics: None, ..Default::default() };
    assert_eq!(reason(encode(&mut all, 0)), Some(("Topics", WireReason::Null)));
    assert_eq!(reason(read::<MetadataRequest>(&[0xff, 0xff, 0xff, 0xff], 0)), Some(("Topics", WireReason::Null)));
    assert_eq!(read::<MetadataRequest>(&[0xff, 0xff, 0xff, 0xff], 1).map(|request| request.topics), Ok(None));
}

#[test]
fn any_negative_length_is_null() {
    assert_eq!(read::<MetadataRequest>(&[0xff, 0xff, 0xff, 0xfe], 1).map(|request| request.topics), Ok(None));
    // In compact form, a length whose 32 bits are negative.
    let compact = [0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0, 0];
    assert_eq!(read::<MetadataRequest>(&compact, 12).map(|request| request.topics), Ok(None));
}

#[test]
fn a_value_that_the_version_lacks_is_dropped_or_refused() {
    let partition = FetchPartition { log_start_offset: 7, ..Default::default() };
    let topic = FetchTopic { partitions: vec![partition], ..Default::default() };
    let mut request = FetchRequest { topics: vec![topic], ..Default::default() };
    assert!(encode(&mut request, 4).is_ok(), "LogStartOffset is ignorable");
    request.topics[0].partitions[0].last_fetched_epoch = 7;
    assert_eq!(reason(encode(&mut request, 11)), Some(("LastFetchedEpoch", WireReason::NotInVersion)));
    assert!(encode(&mut request, 12).is_ok());
}

#[test]
fn defaults_are_the_specifications() {
    let fetch = FetchRequest::default();
    assert_eq!((fetch.max_bytes, fetch.session_epoch, fetch.rack_id.as_str()), (0x7fff_ffff, -1, ""));
    assert_eq!(fetch.replica_state.replica_epoch, -1);
    let create = CreateTopicsRequest::default();
    assert_eq!((create.timeout_ms, create.validate_only), (60000, false));
    assert!(MetadataRequest::default().allow_auto_topic_creation);
    assert_eq!(FetchPartition::default().high_watermark, i64::MAX);
}

#[test]
fn what_a_version_lacks_reads_as_its_default() {
    let request = FetchRequest { max_wait_ms: 5, session_epoch: 9, ..Default::default() };
    let old = bytes(request.clone(), 6);
    assert_eq!(read(&old, 6), Ok(FetchRequest { session_epoch: -1, ..request }));
}

#[test]
fn tagged_fields_are_written_when_they_are_not_default() {
    let plain = bytes(FetchRequest::default(), 15).len();
    let mut request = FetchRequest { cluster_id: Some(String::new()), ..Default::default() };
    assert_eq!(bytes(request.clone(), 15).len(), plain + 3, "tag, size, an empty compact string");
    request.replica_state = ReplicaState { replica_id: 2, ..Default::default() };
    assert_eq!(bytes(request.clone(), 15).len(), plain + 3 + 2 + 4 + 8 + 1);
    assert_eq!(read(&bytes(request.clone(), 15), 15), Ok(request));
}

#[test]
fn tagged_fields_longer_than_127_bytes_keep_their_place() {
    for length in [126, 127, 128, 300, 20_000] {
        let request = FetchRequest { cluster_id: Some("c".repeat(length)), rack_id: "r".to_owned(), ..Default::default() };
        let mut tagged = request.clone();
        tagged.tags = Tags { unknown: (7..140).map(|tag| (tag, Bytes::from(vec![1; length]))).collect() };
        assert_eq!(read(&bytes(request.clone(), 13), 13), Ok(request));
        assert_eq!(read(&bytes(tagged.clone(), 13), 13), Ok(tagged));
    }
}

#[test]
fn unknown_tags_come_back_between_known_ones() {
    // Version 14 does not have ReplicaState, which is tag 1.
    let mut request = FetchRequest { cluster_id: Some("c".to_owned()), ..Default::default() };
    request.tags = Tags { unknown: vec![(1, Bytes::from_static(b"one")), (9, Bytes::new())] };
    let written = bytes(request.clone(), 14);
    assert_eq!(written[written.len() - 11..], [3, 0, 2, 2, b'c', 1, 3, b'o', b'n', b'e', 9, 0][1..]);
    assert_eq!(read(&written, 14), Ok(request.clone()));
    assert_eq!(reason(encode(&mut request, 15)), None, "in version 15 the default of tag 1 is left out");
    request.replica_state.replica_id = 3;
    assert_eq!(reason(encode(&mut request, 15)), Some(("ReplicaState", WireReason::TagOrder)));
}

#[test]
fn tags_in_versions_without_are_refused() {
    let mut request = FetchRequest { tags: Tags { unknown: vec![(3, Bytes::new())] }, ..Default::default() };
    assert_eq!(reason(encode(&mut request, 11)), Some(("", WireReason::NotInVersion)));
}

#[test]
fn tags_must_ascend_and_sizes_must_fit() {
    let head = [0, 0, 0, 0, 0, 0];
    let answer = |tags: &[u8]| reason(read::<HeartbeatResponse>(&[&head, tags].concat(), 4)).map(|(_, reason)| reason);
    assert_eq!(answer(&[2, 1, 0, 2, 0]), None);
    assert_eq!(answer(&[2, 2, 0, 1, 0]), Some(WireReason::TagOrder));
    assert_eq!(answer(&[2, 2, 0, 2, 0]), Some(WireReason::TagOrder));
    assert_eq!(answer(&[1, 2, 5, 0]), Some(WireReason::Truncated));
    let fetch = bytes(FetchRequest { cluster_id: Some("c".to_owned()), ..Default::default() }, 12);
    for size in [1, 3] {
        let mut wrong = fetch.clone();
        let at = wrong.len() - 3;
        wrong[at] = size;
        wrong.push(0);
        assert!(matches!(reason(read::<FetchRequest>(&wrong, 12)), Some((_, WireReason::TagSize | WireReason::Truncated))));
    }
}

#[test]
fn numbers_of_variable_length_have_32_bits() {
    for (count, expected) in [(&[0xff, 0xff, 0xff, 0xff, 0x1f][..], WireReason::Varint), (&[0x80; 6], WireReason::Varint)] {
        assert_eq!(reason(read::<MetadataRequest>(count, 12)), Some(("Topics", expected)));
    }
}

#[test]
fn strings_have_32767_bytes_at_most() {
    for version in [2, 9] {
        let mut request = HeartbeatResponse::default();
        assert!(encode(&mut request, version.min(4)).is_ok());
        let mut commit = OffsetCommitRequest { group_id: "g".repeat(32_768), ..Default::default() };
        assert_eq!(reason(encode(&mut commit, version)), Some(("GroupId", WireReason::TooLong)));
        commit.group_id.pop();
        assert_eq!(read(&bytes(commit.clone(), version), version), Ok(commit));
    }
}

#[test]
fn bytes_that_are_not_utf8_are_replaced() {
    let commit = read::<OffsetCommitRequest>(&[0, 2, b'g', 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 2);
    assert_eq!(commit.map(|commit| commit.group_id), Ok("g\u{fffd}".to_owned()));
}

#[test]
fn an_error_says_where_it_happened() {
    let request = MetadataRequest { topics: Some(vec![Default::default(), Default::default()]), ..Default::default() };
    let written = bytes(request, 1);
    let error = read::<MetadataRequest>(&written[..6], 1).map(|_| ()).map_err(|error| error.to_string());
    assert_eq!(error, Err("MetadataRequest v1: Name ends too early (at byte 6)".to_owned()));
}

#[test]
fn a_topics_configs_survive_nesting() {
    let topic = CreatableTopic { name: "t".to_owned(), num_partitions: -1, replication_factor: -1, ..Default::default() };
    let request = CreateTopicsRequest { topics: vec![topic.clone(), topic], ..Default::default() };
    for version in CreateTopicsRequest::VERSIONS {
        assert_eq!(read(&bytes(request.clone(), version), version), Ok(request.clone()));
    }
    let topic = OffsetCommitRequestTopic { name: "t".to_owned(), ..Default::default() };
    let commit = OffsetCommitRequest { topics: vec![topic], ..Default::default() };
    assert_eq!(read(&bytes(commit.clone(), 8), 8), Ok(commit));
}

#[test]
fn records_are_shared_in_both_directions() {
    let records = Bytes::from(vec![7; 5000]);
    let partition = PartitionProduceData { index: 1, records: Some(Rope::from(records.clone())), ..Default::default() };
    let topic = TopicProduceData { name: "t".to_owned(), partition_data: vec![partition], ..Default::default() };
    let mut request = ProduceRequest { acks: -1, topic_data: vec![topic], ..Default::default() };
    for version in 3..=12 {
        let rope = encode(&mut request, version).unwrap_or_else(|error| panic!("{error}"));
        assert!(rope.chunks().iter().any(|chunk| chunk.as_ptr() == records.as_ptr()), "v{version} copies records");
        let frame = rope.to_bytes();
        let read: ProduceRequest = decode(frame.clone(), version).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read, request, "v{version}");
        let lying = read.topic_data[0].partition_data[0].records.as_ref().map(|rope| rope.chunks()[0].as_ptr());
        assert!(lying.is_some_and(|pointer| frame.as_ptr_range().contains(&pointer)), "v{version} copies records");
    }
}

#[test]
fn coordinators_records_carry_a_number_before_them() {
    let mut key = OffsetCommitKey { group: "g".to_owned(), topic: "t".to_owned(), partition: 3 };
    let written = encode_key(&mut key).unwrap_or_else(|error| panic!("{error}")).to_bytes();
    assert_eq!(written[..], [0, 1, 0, 1, b'g', 0, 1, b't', 0, 0, 0, 3]);
    assert_eq!(split_key(written).and_then(|(number, rest)| Ok((number, decode_key(rest)?))), Ok((1, key)));
    let mut value = OffsetCommitValue { offset: 5, metadata: "m".to_owned(), topic_id: Uuid([3; 16]), ..Default::default() };
    for version in OffsetCommitValue::VERSIONS {
        let written = encode_versioned(&mut value, version).unwrap_or_else(|error| panic!("{error}")).to_bytes();
        assert_eq!(written[..2], version.to_be_bytes());
        let topic_id = if version < 4 { Uuid::ZERO } else { value.topic_id };
        assert_eq!(decode_versioned(written), Ok((version, OffsetCommitValue { topic_id, ..value.clone() })));
    }
    assert_eq!(reason(split_key(Bytes::from_static(&[0]))), Some(("Version", WireReason::Truncated)));
}

#[test]
fn the_consumer_protocol_is_never_flexible() {
    let mut subscription = ConsumerProtocolSubscription { topics: vec!["t".to_owned()], ..Default::default() };
    subscription.user_data = None;
    let written = encode_versioned(&mut subscription, 3).unwrap_or_else(|error| panic!("{error}")).to_bytes();
    assert_eq!(written[..11], [0, 3, 0, 0, 0, 1, 0, 1, b't', 0xff, 0xff]);
    assert_eq!(decode_versioned(written), Ok((3, subscription)));
}

#[test]
fn metadata_records_have_a_frame() {
    let mut record = MetadataRecord::from(TopicRecord { name: "t".to_owned(), topic_id: Uuid([1; 16]), ..Default::default() });
    let written = record.encode(0).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(written[..5], [1, 2, 0, 2, b't'], "frame 1, type 2, version 0, name");
    assert_eq!(MetadataRecord::decode(written.clone()), Ok((record.clone(), 0)));
    assert_eq!((record.key(), record.name()), (2, "TopicRecord"));
    let wrong_frame = [&[2], &written[1..]].concat();
    assert_eq!(reason(MetadataRecord::decode(Bytes::from(wrong_frame))), Some(("FrameVersion", WireReason::Unknown)));
    assert_eq!(reason(MetadataRecord::decode(Bytes::from_static(&[1, 200, 1, 0]))), Some(("Type", WireReason::Unknown)));
    assert_eq!(reason(MetadataRecord::decode(Bytes::from_static(&[1, 0x80]))), Some(("Type", WireReason::Varint)));
}

#[test]
fn errors_have_kafkas_numbers_and_names() {
    assert_eq!(ErrorCode::from_i16(3).map(ErrorCode::name), Some("UNKNOWN_TOPIC_OR_PARTITION"));
    assert_eq!(ErrorCode::UnknownTopicOrPartition.message(), "This server does not host this topic-partition.");
    assert_eq!((ErrorCode::UnknownServerError.code(), ErrorCode::default().code()), (-1, 0));
    assert!(ErrorCode::NotLeaderOrFollower.is_retriable() && !ErrorCode::InvalidRequest.is_retriable());
    assert_eq!(ErrorCode::from_i16(3000), None);
}
