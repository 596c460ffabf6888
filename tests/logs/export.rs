//! Logs as Apache Kafka's files. Those in `export/` were read by its `kafka-dump-log.sh`, whose words on them lie beside (`dump-log.txt`).

use super::scene::Scene;
use bytes::Bytes;
use partita::base::{LeaderEpoch, NodeId, Offset, ProducerEpoch, ProducerId, TopicPartition};
use partita::log::{Append, Log, LogConfig, Origin};
use partita::wire::batch::{Header, Producer, TransactionEnd};
use partita::wire::{Batch, BatchBuilder, Compression};
use std::path::PathBuf;
use std::sync::Arc;

const NOW: i64 = 1_700_000_000_000;

/// A log with what a log can have: codecs, headers, nulls, producers, transactions, two leaders, several segments, a part that is
/// compacted.
fn log() -> Log {
    let config = LogConfig { segment_bytes: 400, index_interval_bytes: 100, compacted: true, deleted: false, ..LogConfig::default() };
    let mut log = Log::new(TopicPartition::new("orders", 0), Arc::new(config), NOW);
    let write = |log: &mut Log, epoch: i32, batch: Batch| {
        let header = batch.header;
        let guard = log.begin_verification(header.producer_id, header.base_sequence, header.producer_epoch, true, NOW).unwrap();
        let leader_epoch = LeaderEpoch(epoch);
        let append = Append { leader_epoch, origin: Origin::Coordinator, guard, transaction_version: 2, now_ms: NOW };
        log.append_as_leader(batch, append).unwrap();
    };
    for n in 0..12_u8 {
        let codec = [Compression::None, Compression::Gzip, Compression::Snappy, Compression::Lz4][usize::from(n % 4)];
        let mut builder = BatchBuilder::new(codec);
        for m in 0..3_u8 {
            let (key, value) = (format!("key-{}", (3 * n + m) % 5), format!("value {n}/{m}"));
            let value = Some(value.as_bytes()).filter(|_| (n + m) % 4 != 3);
            let headers = [Header::new("h", Some(Bytes::from_static(b"x"))), Header::new("null", None)];
            builder.append(NOW + i64::from(n), Some(key.as_bytes()), value, &headers).unwrap();
        }
        if n % 3 == 0 {
            let producer = Producer { id: ProducerId(4_711), epoch: ProducerEpoch(1), base_sequence: i32::from(n) };
            builder.set_producer(Some(producer));
        }
        write(&mut log, i32::from(n / 6), builder.build().unwrap());
    }
    let end = |id: i64, committed: bool| {
        let (producer_id, producer_epoch) = (ProducerId(id), ProducerEpoch(1));
        TransactionEnd { producer_id, producer_epoch, committed, coordinator_epoch: 3, timestamp: NOW + 20 }.to_batch().unwrap()
    };
    write(&mut log, 1, end(4_712, true));
    for id in [4_713, 4_714] {
        let mut builder = BatchBuilder::new(Compression::None).transactional(true);
        builder.append(NOW + 30, Some(b"key"), Some(b"in a transaction"), &[]).unwrap();
        builder.set_producer(Some(Producer { id: ProducerId(id), epoch: ProducerEpoch(0), base_sequence: 0 }));
        write(&mut log, 1, builder.build().unwrap());
    }
    write(&mut log, 1, end(4_713, false));
    let cleanable = log.cleanable(Offset(12), NOW + 100);
    log.clean(&cleanable, NOW + 100).unwrap();
    log
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/logs/export")
}

/// To write the files anew after a change of the format that Apache Kafka's tool has read: `RECORD=1 cargo test --test logs export`.
#[test]
fn a_logs_files_are_those_that_apache_kafka_has_read() {
    let log = log();
    for name in log.file_names() {
        let content = log.file(&name).unwrap().to_bytes();
        let file = folder().join(&name);
        if std::env::var_os("RECORD").is_some() {
            std::fs::write(&file, &content).unwrap();
        }
        assert!(std::fs::read(&file).unwrap() == content, "{name}");
    }
    assert_eq!(log.file("00000000000000000001.log"), None);
    assert_eq!(log.file("../orders-0/00000000000000000000.log"), None);
}

/// Entries of so many bytes.
fn entries<const N: usize>(file: &Bytes) -> impl Iterator<Item = [u8; N]> + '_ {
    assert_eq!(file.len() % N, 0);
    file.chunks_exact(N).map(|entry| entry.try_into().unwrap())
}

/// Apache Kafka's own checks of an index against its log.
fn check_segment(log: &Log, base: i64) {
    let file = |kind: &str| log.file(&format!("{base:020}.{kind}")).unwrap().to_bytes();
    let batches = Batch::parse_all(file("log")).unwrap();
    let mut positions = std::collections::BTreeMap::new();
    let (mut position, mut next) = (0, base);
    for batch in &batches {
        batch.verify_crc().unwrap();
        assert!(batch.header.base_offset.0 >= next);
        next = batch.header.next_offset().0;
        positions.insert(position, batch.header);
        position += batch.size_in_bytes();
    }
    assert_eq!(position, file("log").len(), "nothing but whole batches");
    for [a, b, c, d, e, f, g, h] in entries(&file("index")) {
        let (offset, position) = (i32::from_be_bytes([a, b, c, d]), i32::from_be_bytes([e, f, g, h]));
        assert_eq!(positions[&usize::try_from(position).unwrap()].last_offset().0, base + i64::from(offset));
    }
    for entry in entries::<12>(&file("timeindex")) {
        let timestamp = i64::from_be_bytes(entry[..8].try_into().unwrap());
        let offset = base + i64::from(i32::from_be_bytes(entry[8..].try_into().unwrap()));
        let newest = positions.values().take_while(|header| header.last_offset().0 <= offset).map(|header| header.max_timestamp).max();
        assert_eq!(newest, Some(timestamp));
    }
}

#[test]
fn every_log_of_a_cluster_can_be_had_whole_and_with_its_indexes() {
    let mut scene = Scene::new(3);
    scene.create("t", &[("internal.segment.bytes", "300"), ("index.interval.bytes", "100")]);
    (0..9).for_each(|n| scene.publish("t", &n.to_string(), Some("value")));
    scene.command(r#"{"do":"addConsumer","group":"g","topics":["t"],"from":"earliest"}"#);
    scene.wait_ms(20_000);
    scene.command(r#"{"do":"killBroker","node":3}"#);
    let mut topics = std::collections::BTreeSet::new();
    for node in 1..=3 {
        for directory in scene.session.simulation().directories(NodeId(node)) {
            let log = directory.log;
            log.segment_summaries().for_each(|segment| check_segment(log, segment.base_offset.0));
            topics.insert((node, log.partition().topic.to_string()));
        }
    }
    for node in scene.session.simulation().nodes() {
        for (topic, is_there) in [("t", node.broker), ("__consumer_offsets", node.broker), ("__cluster_metadata", node.controller)] {
            assert_eq!(topics.contains(&(node.id.0, topic.to_owned())), is_there, "{topic} on node {}", node.id);
        }
    }
    let listed = scene.session.exported_files("3/t-0").unwrap();
    assert!(
        listed.iter().any(|file| file.path == "3/t-0/00000000000000000000.log" && file.bytes > 200),
        "a dead node's disk too: {listed:?}"
    );
    assert!(scene.session.exported_file(&listed[0].path).is_some());
    assert_eq!((scene.session.exported_files("4"), scene.session.exported_files("1/none-0")), (None, None));
    assert!(scene.session.exported_file("1/t-0/none.log").is_none());
}

#[test]
fn the_metadata_comes_with_its_snapshots() {
    let mut scene = Scene::with_settings(3, &[("metadata.log.max.snapshot.interval.ms", "60000")]);
    scene.create("t", &[]);
    scene.wait_ms(180_000);
    let listed = scene.session.exported_files("1/__cluster_metadata-0").unwrap();
    let checkpoints: Vec<_> = listed.iter().filter(|file| file.path.ends_with(".checkpoint")).collect();
    assert!(!checkpoints.is_empty(), "{listed:?}");
    for checkpoint in checkpoints {
        let content = scene.session.exported_file(&checkpoint.path).unwrap().to_bytes();
        let batches = Batch::parse_all(content).unwrap();
        assert!(batches.iter().all(|batch| batch.verify_crc().is_ok()));
        let is_control = |batch: Option<&Batch>| batch.is_some_and(|batch| batch.header.attributes.is_control());
        assert!(is_control(batches.first()) && is_control(batches.last()), "between a header and a footer");
    }
}
