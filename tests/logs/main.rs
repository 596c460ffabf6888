//! Logs as time goes by: what is on the disk, what is deleted, what is compacted, and what one can take away of them.

mod export;
mod scene;
mod transactions;

use partita::base::{EventKind, NodeId, Offset};
use partita::log::{Log, Removal};
use scene::Scene;

/// The events of a kind that were traced so far, as `f` shows them.
fn events<T>(scene: &Scene, f: impl Fn(&EventKind) -> Option<T>) -> Vec<T> {
    scene.session.trace().events().filter_map(|event| f(&event.kind)).collect()
}

fn bases(log: &Log) -> Vec<i64> {
    log.segment_summaries().map(|segment| segment.base_offset.0).collect()
}

#[test]
fn the_operating_system_writes_a_batch_to_the_disk_after_30_s() {
    let mut scene = Scene::new(1);
    scene.create("t", &[]);
    scene.publish("t", "k", Some("v"));
    scene.wait_ms(29_000);
    assert_eq!(scene.log("t").flushed_offset(), Offset(0));
    scene.wait_ms(6_000);
    assert_eq!(scene.log("t").flushed_offset(), Offset(1));
}

#[test]
fn flush_ms_counts_where_the_scheduler_is_on() {
    let mut scene = Scene::with_settings(1, &[("log.flush.scheduler.interval.ms", "1000")]);
    scene.create("t", &[("flush.ms", "3000")]);
    scene.publish("t", "k", Some("v"));
    scene.wait_ms(5_000);
    assert_eq!(scene.log("t").flushed_offset(), Offset(1));
}

#[test]
fn a_machine_that_loses_power_keeps_what_was_on_its_disk() {
    let mut scene = Scene::new(1);
    scene.create("t", &[]);
    scene.publish("t", "k", Some("1"));
    scene.wait_ms(40_000);
    scene.publish("t", "k", Some("2"));
    scene.wait_ms(1_000);
    scene.command(r#"{"do":"killBroker","node":1,"machine":true}"#);
    assert_eq!(scene.log("t").end_offset(), Offset(1));
}

#[test]
fn a_broker_that_stops_in_good_order_leaves_all_on_its_disk() {
    let mut scene = Scene::new(1);
    scene.create("t", &[]);
    scene.publish("t", "k", Some("v"));
    scene.command(r#"{"do":"stopBroker","node":1}"#);
    scene.wait_ms(10_000);
    assert_eq!(scene.log("t").flushed_offset(), Offset(1));
}

#[test]
fn old_segments_are_deleted_when_somebody_looks_for_them() {
    let mut scene = Scene::new(1);
    scene.create("t", &[("internal.segment.bytes", "200"), ("retention.ms", "60000")]);
    (0..6).for_each(|_| scene.publish("t", "k", Some("v")));
    assert_eq!(bases(scene.log("t")), [0, 2, 4]);
    scene.wait_ms(400_000);
    assert_eq!((bases(scene.log("t")), scene.log("t").start_offset()), (vec![6], Offset(6)));
    let deleted = events(&scene, |kind| match kind {
        EventKind::SegmentsDeleted { from, to, segments, reason, .. } => Some((from.0, to.0, *segments, reason.to_string())),
        _ => None,
    });
    assert_eq!(deleted, [(0, 6, 3, "retention.ms".to_owned())]);
    let rolled = events(&scene, |kind| match kind {
        EventKind::SegmentRolled { base_offset, .. } => Some(base_offset.0),
        _ => None,
    });
    assert_eq!(rolled, [2, 4, 6]);
    assert_eq!(scene.read_from("t", 0), Err(Offset(6)), "what is gone is out of range");
}

#[test]
fn a_broker_without_writes_has_next_to_nothing_to_do() {
    let mut scene = Scene::new(1);
    scene.create("t", &[("cleanup.policy", "compact")]);
    scene.publish("t", "k", Some("v"));
    scene.wait_ms(60_000);
    let of_logs = |kind: &EventKind| matches!(kind, EventKind::Timer { name } if name.starts_with("log ")).then_some(());
    let timers = |scene: &Scene| events(scene, of_logs).len();
    let before = timers(&scene);
    scene.wait_ms(3_600_000);
    assert_eq!(timers(&scene), before);
}

#[test]
fn a_compacted_log_keeps_the_latest_of_each_key_on_every_replica_by_itself() {
    let mut scene = Scene::new(3);
    scene.create("t", &[("cleanup.policy", "compact"), ("internal.segment.bytes", "200"), ("min.cleanable.dirty.ratio", "0.01")]);
    for n in 0..10 {
        scene.publish("t", if n % 2 == 0 { "even" } else { "odd" }, Some(&n.to_string()));
    }
    scene.wait_ms(16_000);
    for node in 1..=3 {
        let log = scene.log_of(node, "t");
        let offsets: Vec<i64> = log.batches(Offset(0), log.end_offset()).map(|batch| batch.header.base_offset.0).collect();
        assert_eq!(offsets, [6, 7, 8, 9], "node {node}");
        assert_eq!(log.cleaned().get(Offset(0)), Some(Removal::SupersededBy(Offset(6))));
    }
    let compacted = events(&scene, |kind| match kind {
        EventKind::Compacted { partition, from, to, records_before, records_after, .. } if &*partition.topic == "t" => {
            Some((from.0, to.0, *records_before, *records_after))
        }
        _ => None,
    });
    assert_eq!(compacted, [(0, 8, 8, 2); 3]);
    assert_eq!(scene.read_from("t", 0), Ok(vec![6, 7]), "a reader goes on with what there is, segment by segment");
}

#[test]
fn a_tombstone_goes_once_delete_retention_ms_are_over() {
    let mut scene = Scene::new(1);
    let configs = [
        ("cleanup.policy", "compact"),
        ("internal.segment.bytes", "80"),
        ("min.cleanable.dirty.ratio", "0"),
        ("delete.retention.ms", "60000"),
    ];
    scene.create("t", &configs);
    let offsets =
        |scene: &Scene| -> Vec<i64> { scene.log("t").batches(Offset(0), Offset(99)).map(|batch| batch.header.base_offset.0).collect() };
    scene.publish("t", "k", Some("v"));
    scene.publish("t", "k", None);
    scene.publish("t", "x", None);
    scene.wait_ms(16_000);
    assert_eq!(offsets(&scene), [1, 2]);
    scene.wait_ms(61_000);
    scene.publish("t", "y", Some("v"));
    scene.wait_ms(16_000);
    assert_eq!(offsets(&scene), [2, 3], "x was met first by the second pass");
}

#[test]
fn the_offsets_topic_is_compacted_in_segments_of_100_mib() {
    let mut scene = Scene::new(1);
    scene.create("t", &[]);
    scene.publish("t", "k", Some("v"));
    scene.command(r#"{"do":"addConsumer","group":"g","topics":["t"],"from":"earliest"}"#);
    scene.wait_ms(15_000);
    let broker = scene.session.simulation().broker(NodeId(1)).unwrap();
    let (_, partition) = broker.replicas().partitions().find(|(name, _)| &*name.topic == "__consumer_offsets").unwrap();
    let config = partition.log().config();
    assert_eq!((config.compacted, config.deleted, config.segment_bytes), (true, false, 100 << 20));
}
