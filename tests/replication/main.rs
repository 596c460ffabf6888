//! Replication between brokers: what followers have, when it is committed, who is in sync, what a fail-over keeps and what it loses.

mod cluster;
mod coordinators;

use cluster::{Cluster, batch_request, produce_request};
use partita::base::{EventKind, LeaderEpoch, NodeId, Offset};
use partita::simulation::Config;
use partita::wire::ErrorCode;
use partita::wire::messages::ProduceRequest;
use partita::wire::messages::fetch_request::FetchPartition;
use partita::wire::messages::produce_request::PartitionProduceData;

/// Until the controller has fenced a broker that died.
const FENCED_MS: u64 = 12_000;
/// Until a broker that was started again is in sync.
const BACK_MS: u64 = 15_000;
/// Longer than `replica.lag.time.max.ms` and half of it.
const LAGS_MS: u64 = 50_000;

#[test]
fn followers_get_what_their_leader_has() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[]);
    assert_eq!(cluster.produce(1, -1, "a"), (ErrorCode::None, 0));
    assert_eq!(cluster.produce(1, -1, "b"), (ErrorCode::None, 1));
    assert_eq!(cluster.offsets().iter().map(|(_, end, _)| *end).collect::<Vec<_>>(), [2, 2, 2]);
    cluster.wait(1_000);
    assert_eq!(cluster.offsets(), [(1, 2, 2), (2, 2, 2), (3, 2, 2)], "they hear how far it is committed with their next fetch");
    assert_eq!(cluster.log(3), ["a", "b"]);
}

#[test]
fn followers_share_the_bytes_of_their_leaders_records() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[]);
    cluster.produce(1, -1, "shared");
    let bodies = [1, 2, 3].map(|broker| {
        let log = cluster.replica(broker).log();
        log.batches(log.start_offset(), log.end_offset()).next().expect("a batch").body().as_ptr()
    });
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
}

#[test]
fn what_is_acknowledged_by_all_survives_its_leader() {
    let mut cluster = Cluster::with_topic(&[2, 3], &[]);
    cluster.produce(2, -1, "kept");
    cluster.kill(2, false);
    cluster.wait(FENCED_MS);
    assert_eq!((cluster.leader(), cluster.isr()), (3, vec![3]));
    assert_eq!(cluster.produce(3, -1, "more"), (ErrorCode::None, 1));
    assert_eq!(cluster.fetch(3).2, ["kept", "more"]);
}

#[test]
fn what_only_the_leader_had_is_lost_with_it_and_truncated_when_it_comes_back() {
    let mut cluster = Cluster::with_topic(&[2, 3], &[]);
    cluster.produce(2, -1, "kept");
    cluster.cut(2, 3);
    assert_eq!(cluster.produce(2, 1, "lost"), (ErrorCode::None, 1));
    cluster.kill(2, false);
    cluster.wait(FENCED_MS);
    cluster.heal(2, 3);
    assert_eq!(cluster.log(3), ["kept"]);
    assert_eq!(cluster.produce(3, -1, "new"), (ErrorCode::None, 1), "in its place");
    cluster.restart(2);
    cluster.wait(BACK_MS);
    assert_eq!((cluster.log(2), cluster.isr()), (vec!["kept".to_owned(), "new".to_owned()], vec![2, 3]));
    let truncated = |kind: &EventKind| matches!(kind, EventKind::Truncated { offset: Offset(1), lost: 1, .. });
    assert!(cluster.simulation.trace().events().any(|event| truncated(&event.kind)));
}

#[test]
fn a_follower_that_was_away_catches_up_and_is_in_sync_again() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[]);
    cluster.kill(3, false);
    cluster.wait(FENCED_MS);
    assert_eq!(cluster.isr(), [1, 2]);
    (0..5).for_each(|number| assert_eq!(cluster.produce(1, -1, &number.to_string()).0, ErrorCode::None));
    cluster.restart(3);
    cluster.wait(BACK_MS);
    assert_eq!((cluster.isr(), cluster.log(3).len()), (vec![1, 2, 3], 5));
    assert_eq!(cluster.leader(), 1);
}

#[test]
fn a_machine_that_lost_what_it_had_not_flushed_gets_it_back() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[]);
    cluster.produce(1, -1, "a");
    cluster.kill(3, true);
    cluster.wait(FENCED_MS);
    cluster.restart(3);
    cluster.wait(BACK_MS);
    assert_eq!((cluster.log(3), cluster.isr()), (vec!["a".to_owned()], vec![1, 2, 3]));
}

#[test]
fn a_restarted_broker_begins_with_the_high_watermark_that_it_wrote_down() {
    let mut cluster = Cluster::with_topic(&[3], &[]);
    cluster.produce(3, -1, "early");
    cluster.wait(6_000);
    cluster.produce(3, -1, "late");
    cluster.kill(3, false);
    cluster.wait(FENCED_MS);
    assert_eq!(cluster.leader(), -1);
    cluster.restart(3);
    cluster.wait(BACK_MS);
    assert_eq!((cluster.leader(), cluster.offsets()), (3, vec![(3, 2, 2)]), "its only replica commits all that it has");
}

#[test]
fn a_leader_that_lost_its_records_and_is_back_at_once_does_not_go_on_leading() {
    let mut cluster = Cluster::with_topic(&[2, 3], &[]);
    cluster.produce(2, -1, "kept");
    cluster.kill(2, true);
    cluster.wait(100);
    cluster.restart(2);
    assert_eq!(cluster.simulation.connect("127.0.0.1", NodeId(2)), None, "it serves nobody before the controller knows it");
    cluster.wait(2 * FENCED_MS);
    assert_eq!((cluster.leader(), cluster.isr()), (3, vec![2, 3]));
    assert_eq!((cluster.log(2), cluster.log(3)), (vec!["kept".to_owned()], vec!["kept".to_owned()]));
}

#[test]
fn a_silent_follower_is_taken_out_of_the_isr_and_what_waited_for_it_is_committed() {
    let mut cluster = Cluster::with_topic(&[2, 1, 3], &[]);
    cluster.produce(2, -1, "a");
    cluster.cut(2, 3);
    let client = cluster.client(2);
    cluster.send(client, 9, ProduceRequest { timeout_ms: 100_000, ..produce_request(-1, "b") });
    cluster.wait(5_000);
    assert_eq!((cluster.isr(), cluster.replica(2).high_watermark()), (vec![1, 2, 3], Offset(1)));
    cluster.wait(LAGS_MS);
    assert_eq!((cluster.isr(), cluster.replica(2).high_watermark()), (vec![1, 2], Offset(2)));
    assert!(cluster.answer::<ProduceRequest>(client, 9).is_some());
    cluster.heal(2, 3);
    cluster.wait(LAGS_MS);
    assert_eq!((cluster.isr(), cluster.log(3)), (vec![1, 2, 3], vec!["a".to_owned(), "b".to_owned()]));
}

#[test]
fn nodes_that_could_not_reach_each_other_for_a_while_go_on_as_before() {
    let mut cluster = Cluster::new(Config::default());
    cluster.create(&[2, 1, 3], &[]);
    cluster.produce(2, -1, "a");
    cluster.cut(2, 3);
    cluster.wait(LAGS_MS);
    cluster.heal(2, 3);
    cluster.wait(LAGS_MS);
    assert_eq!((cluster.isr(), cluster.offsets()), (vec![1, 2, 3], vec![(1, 1, 1), (2, 1, 1), (3, 1, 1)]));
}

#[test]
fn too_few_in_sync_refuse_acks_all_and_the_high_watermark_stays() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[("min.insync.replicas", "2")]);
    cluster.produce(1, -1, "a");
    cluster.kill(2, false);
    cluster.kill(3, false);
    cluster.wait(FENCED_MS);
    assert_eq!(cluster.isr(), [1]);
    assert_eq!(cluster.produce(1, -1, "refused"), (ErrorCode::NotEnoughReplicas, -1));
    assert_eq!(cluster.produce(1, 1, "written"), (ErrorCode::None, 1));
    assert_eq!((cluster.fetch(1).2, cluster.replica(1).high_watermark()), (vec!["a".to_owned()], Offset(1)), "not committed, not read");
    cluster.restart(2);
    cluster.wait(BACK_MS);
    assert_eq!(cluster.isr(), [1, 2]);
    assert_eq!(cluster.fetch(1).2, ["a", "written"]);
    assert_eq!(cluster.produce(1, -1, "more"), (ErrorCode::None, 2));
}

#[test]
fn a_record_whose_isr_shrinks_below_the_minimum_after_the_append_is_committed_once_the_isr_is_back() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[("min.insync.replicas", "2")]);
    cluster.produce(1, -1, "a");
    [2, 3].into_iter().for_each(|follower| cluster.cut(1, follower));
    let client = cluster.client(1);
    cluster.send(client, 9, ProduceRequest { timeout_ms: 500_000, ..produce_request(-1, "b") });
    cluster.wait(LAGS_MS);
    assert_eq!((cluster.isr(), cluster.replica(1).high_watermark()), (vec![1], Offset(1)), "the high watermark stays (KIP-966)");
    assert_eq!(cluster.answer::<ProduceRequest>(client, 9), None);
    [2, 3].into_iter().for_each(|follower| cluster.heal(1, follower));
    cluster.wait(LAGS_MS);
    let answer = cluster.answer::<ProduceRequest>(client, 9).expect("it is committed");
    assert_eq!((answer.responses[0].partition_responses[0].error_code, cluster.isr()), (ErrorCode::None.code(), vec![1, 2, 3]));
}

#[test]
fn a_partition_of_a_request_is_settled_once_it_is_committed_whatever_happens_while_others_are_waited_for() {
    let mut cluster = Cluster::with_topic(&[1, 2, 3], &[]);
    cluster.create_topic("pair", &[&[1, 2], &[1, 3]], &[("min.insync.replicas", "2")]);
    cluster.cut(1, 3);
    let client = cluster.client(1);
    let pair = |acks| {
        let mut request = ProduceRequest { timeout_ms: 500_000, ..produce_request(acks, "x") };
        request.topic_data[0].name = "pair".to_owned();
        request
    };
    let mut both = pair(-1);
    let first = both.topic_data[0].partition_data[0].clone();
    both.topic_data[0].partition_data.push(PartitionProduceData { index: 1, ..first });
    cluster.send(client, 9, both);
    cluster.wait(1_000);
    cluster.cut(1, 2);
    let other = cluster.client(1);
    assert_eq!(cluster.ask(other, 9, pair(1)).responses[0].partition_responses[0].base_offset, 1);
    cluster.wait(LAGS_MS);
    let isr = |cluster: &Cluster, index| cluster.image_of("pair", index).isr.iter().map(|id| id.0).collect::<Vec<_>>();
    assert_eq!((isr(&cluster, 0), isr(&cluster, 1)), (vec![1], vec![1]), "too few by now for both");
    cluster.heal(1, 3);
    cluster.wait(LAGS_MS);
    let answer = cluster.answer::<ProduceRequest>(client, 9).expect("the second is committed too");
    let codes: Vec<_> = answer.responses[0].partition_responses.iter().map(|partition| partition.error_code).collect();
    assert_eq!(codes, [0, 0], "no NOT_ENOUGH_REPLICAS_AFTER_APPEND for the first, which had enough when it was committed");
}

#[test]
fn acks_all_times_out_where_the_isr_does_not_get_it() {
    let mut cluster = Cluster::with_topic(&[2, 3], &[]);
    cluster.produce(2, -1, "a");
    cluster.cut(2, 3);
    assert_eq!(cluster.produce(2, -1, "b").0, ErrorCode::RequestTimedOut);
    assert_eq!(cluster.replica(2).log().end_offset(), Offset(2), "it is written all the same");
}

#[test]
fn a_leader_epoch_counts_leaders_and_fences_those_who_know_an_older_one() {
    let mut cluster = Cluster::with_topic(&[2, 3], &[]);
    cluster.kill(2, false);
    cluster.wait(FENCED_MS);
    assert_eq!(cluster.replica(3).leader_epoch(), LeaderEpoch(1));
    let with_epoch = |epoch| FetchPartition { current_leader_epoch: epoch, partition_max_bytes: 1_000, ..Default::default() };
    assert_eq!(cluster.fetch_as_is(3, with_epoch(0)), ErrorCode::FencedLeaderEpoch);
    assert_eq!(cluster.fetch_as_is(3, with_epoch(2)), ErrorCode::UnknownLeaderEpoch);
    assert_eq!(cluster.fetch_as_is(3, with_epoch(1)), ErrorCode::None);
}

#[test]
fn a_follower_begins_in_the_middle_of_a_batch_where_records_were_deleted_up_to_there() {
    let mut cluster = Cluster::with_topic(&[1, 3], &[]);
    cluster.kill(3, false);
    cluster.wait(FENCED_MS);
    let client = cluster.client(1);
    let batch = cluster.ask(client, 9, batch_request(-1, &["a", "b", "c", "d"]));
    assert_eq!(batch.responses[0].partition_responses[0].error_code, ErrorCode::None.code());
    assert_eq!(cluster.delete_records(1, 2), (ErrorCode::None, 2));
    cluster.restart(3);
    cluster.wait(BACK_MS);
    let log = cluster.replica(3).log();
    assert_eq!((log.start_offset(), log.end_offset(), cluster.isr()), (Offset(2), Offset(4), vec![1, 3]));
    assert_eq!(cluster.produce(1, -1, "e"), (ErrorCode::None, 4));
}

#[test]
fn a_follower_far_behind_the_leaders_log_start_begins_again_there() {
    let mut cluster = Cluster::with_topic(&[1, 3], &[]);
    cluster.kill(3, false);
    cluster.wait(FENCED_MS);
    (0..4).for_each(|number| assert_eq!(cluster.produce(1, -1, &number.to_string()).0, ErrorCode::None));
    assert_eq!(cluster.delete_records(1, 3), (ErrorCode::None, 3), "a dead replica does not hold it up");
    cluster.restart(3);
    cluster.wait(BACK_MS);
    let log = cluster.replica(3).log();
    assert_eq!((log.start_offset(), log.end_offset(), cluster.isr()), (Offset(3), Offset(4), vec![1, 3]));
}
