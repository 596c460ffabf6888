//! Replication between brokers: what followers have, when it is committed, who is in sync.

mod cluster;

use cluster::Cluster;
use partita::wire::ErrorCode;

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
