use super::{Arrival, Delivery, Endpoint, LinkSpeed, Listener, Network, Retransmitted};
use crate::base::{ConnectionId, Duration, Instant, NodeId, ProcessId, Rng};
use crate::wire::Rope;
use bytes::Bytes;
use std::num::NonZeroU64;

const ONE: ProcessId = ProcessId(1);
const OTHER: ProcessId = ProcessId(2);
const LATENCY: Duration = Duration::from_millis(1);
const CONNECTION: ConnectionId = ConnectionId { opener: ONE, number: 0 };

/// Two processes with a connection that stands.
fn network() -> Network {
    let mut network = Network::new(LinkSpeed::fixed(LATENCY), Rng::stream(1, "network"));
    network.connect(Instant::ZERO, CONNECTION, OTHER, Listener::Broker, None);
    while network.pop_due(at(1)).is_some() {}
    network
}

fn at(ms: u64) -> Instant {
    Instant::ZERO + Duration::from_millis(ms)
}

fn send(network: &mut Network, now: Instant, bytes: &'static [u8]) {
    network.send(now, ONE, CONNECTION, Rope::from(Bytes::from_static(bytes)), 0, None);
}

/// What arrives until then, with when.
fn arrivals(network: &mut Network, until: Instant) -> Vec<(u64, Vec<u8>)> {
    let mut arrived = Vec::new();
    while let Some(due) = network.next_due().filter(|due| *due <= until) {
        if let Some(Arrival::Parcel(parcel)) = network.pop_due(due)
            && let Delivery::Frame { frame, .. } = parcel.delivery
        {
            arrived.push((due.as_millis(), frame.to_bytes().to_vec()));
        }
    }
    arrived
}

#[test]
fn a_frame_takes_the_links_latency() {
    let mut network = network();
    send(&mut network, at(10), b"a");
    assert_eq!(arrivals(&mut network, at(100)), [(11, b"a".to_vec())]);
}

#[test]
fn jitter_and_tail_vary_the_latency_within_their_bounds_and_keep_the_order() {
    let mut network = network();
    let speed = LinkSpeed { jitter: Duration::from_millis(4), tail: Duration::from_millis(50), ..LinkSpeed::fixed(LATENCY) };
    network.set_speed(ONE, OTHER, Some(speed));
    let mut took = Vec::new();
    for sent in 0..1_000 {
        send(&mut network, at(100 * sent + 10), b"a");
        took.extend(arrivals(&mut network, at(100 * sent + 109)).into_iter().map(|(when, _)| when - 100 * sent - 10));
    }
    assert_eq!(took.len(), 1_000);
    assert!(took.iter().all(|ms| (1..=5).contains(ms) || (51..=55).contains(ms)), "{took:?}");
    let tails = took.iter().filter(|ms| **ms > 5).count();
    assert!((2..=25).contains(&tails), "one in a hundred, not {tails} in a thousand");
    (0..20).for_each(|_| send(&mut network, at(200_000), b"a"));
    send(&mut network, at(200_000), b"last");
    assert_eq!(arrivals(&mut network, at(300_000)).last().map(|(_, frame)| frame.clone()), Some(b"last".to_vec()));
}

#[test]
fn bandwidth_makes_frames_queue_in_each_direction() {
    let mut network = network();
    let speed = LinkSpeed { bytes_per_second: NonZeroU64::new(1_000), ..LinkSpeed::fixed(LATENCY) };
    network.set_speed(ONE, OTHER, Some(speed));
    // Six bytes and their length are ten: ten ms at a thousand bytes a second.
    send(&mut network, at(10), b"aaaaaa");
    send(&mut network, at(10), b"bbbbbb");
    network.send(at(10), OTHER, CONNECTION, Rope::from(Bytes::from_static(b"back")), 0, None);
    assert_eq!(arrivals(&mut network, at(100)), [(11, b"back".to_vec()), (21, b"aaaaaa".to_vec()), (31, b"bbbbbb".to_vec())]);
}

#[test]
fn what_a_cut_held_back_arrives_in_order_with_the_next_retransmission() {
    let mut network = network();
    network.set_cut(ONE, OTHER, true);
    send(&mut network, at(10), b"a");
    send(&mut network, at(500), b"b");
    assert_eq!(arrivals(&mut network, at(999)), []);
    network.set_cut(ONE, OTHER, false);
    // Held at 11 ms, sent again 0.2, 0.6 and 1.4 s after.
    assert_eq!(arrivals(&mut network, at(10_000)), [(1_412, b"a".to_vec()), (1_412, b"b".to_vec())]);
    send(&mut network, at(20_000), b"c");
    assert_eq!(arrivals(&mut network, at(30_000)), [(20_001, b"c".to_vec())]);
}

#[test]
fn what_is_sent_once_a_link_is_whole_does_not_overtake_what_a_cut_held_back() {
    let mut network = network();
    network.set_cut(ONE, OTHER, true);
    send(&mut network, at(10), b"a");
    assert_eq!(arrivals(&mut network, at(100)), []);
    network.set_cut(ONE, OTHER, false);
    network.set_speed(ONE, OTHER, Some(LinkSpeed::fixed(Duration::from_millis(50))));
    // Still under way when the other is sent again, at 211 ms.
    send(&mut network, at(200), b"b");
    assert_eq!(arrivals(&mut network, at(1_000)), [(261, b"a".to_vec()), (261, b"b".to_vec())]);
}

#[test]
fn what_was_held_back_keeps_its_order_when_its_sender_has_closed_the_connection() {
    for seed in 0..20 {
        let mut network = Network::new(LinkSpeed::fixed(LATENCY), Rng::stream(seed, "network"));
        network.connect(Instant::ZERO, CONNECTION, OTHER, Listener::Broker, None);
        while network.pop_due(at(1)).is_some() {}
        network.set_speed(ONE, OTHER, Some(LinkSpeed { jitter: Duration::from_millis(40), ..LinkSpeed::fixed(LATENCY) }));
        network.set_cut(ONE, OTHER, true);
        [b"a", b"b"].into_iter().for_each(|frame| send(&mut network, at(10), frame));
        assert_eq!(arrivals(&mut network, at(150)), []);
        network.set_cut(ONE, OTHER, false);
        // Sent once the link is whole, and before the others are sent again.
        send(&mut network, at(200), b"c");
        network.close(at(200), ONE, CONNECTION, None);
        let mut arrived = Vec::new();
        while let Some(due) = network.next_due() {
            match network.pop_due(due) {
                Some(Arrival::Parcel(parcel)) => arrived.push(match parcel.delivery {
                    Delivery::Frame { frame, .. } => frame.to_bytes().to_vec(),
                    _ => b"end".to_vec(),
                }),
                _ => continue,
            }
        }
        assert_eq!(arrived, [b"a".to_vec(), b"b".to_vec(), b"c".to_vec(), b"end".to_vec()], "seed {seed}");
    }
}

#[test]
fn the_other_direction_of_a_one_way_cut_goes_on() {
    let mut network = network();
    network.set_cut(ONE, OTHER, true);
    network.send(at(10), OTHER, CONNECTION, Rope::from(Bytes::from_static(b"a")), 0, None);
    assert_eq!(arrivals(&mut network, at(100)), [(11, b"a".to_vec())]);
}

#[test]
fn tcp_gives_up_in_the_end_and_both_ends_hear() {
    let mut network = network();
    network.set_cut(ONE, OTHER, true);
    send(&mut network, at(10), b"a");
    let mut gave_up = None;
    while let Some(due) = network.next_due() {
        if let Some(Arrival::Retransmitted(Retransmitted::GaveUp { connection, .. })) = network.pop_due(due) {
            gave_up = Some(due.as_millis());
            network.break_connection(due, connection, None);
            break;
        }
    }
    assert_eq!(gave_up, Some(924_611));
    let ends: Vec<_> = std::iter::from_fn(|| match network.pop_due(at(924_611)) {
        Some(Arrival::Parcel(parcel)) => Some((parcel.to, matches!(parcel.delivery, Delivery::Disconnected { .. }))),
        _ => None,
    })
    .collect();
    assert_eq!(ends, [(ONE, true), (OTHER, true)]);
    assert_eq!(network.next_due(), None);
}

#[test]
fn a_connection_over_a_cut_link_waits_for_it_to_be_whole() {
    let mut network = network();
    network.set_cut(OTHER, ONE, true);
    let connection = ConnectionId { opener: ONE, number: 1 };
    let to = Endpoint { node: NodeId(2), listener: Listener::Broker };
    assert!(!network.reaches(OTHER, ONE));
    network.knock(at(10), connection, to, OTHER, None);
    network.set_cut(OTHER, ONE, false);
    assert_eq!(network.next_due(), Some(at(1_010)));
    let opens = network.pop_due(at(1_010));
    assert!(matches!(opens, Some(Arrival::Retransmitted(Retransmitted::Opens { connection: c, .. })) if c == connection), "{opens:?}");
}

#[test]
fn a_machine_without_power_is_silent_and_says_so_when_it_is_back() {
    let mut network = network();
    network.darken(OTHER);
    network.forget(OTHER);
    send(&mut network, at(10), b"a");
    assert_eq!(arrivals(&mut network, at(1_000)), []);
    network.light(at(1_000), OTHER, None);
    let mut heard = Vec::new();
    while let Some(due) = network.next_due().filter(|due| *due < at(5_000)) {
        if let Some(Arrival::Parcel(parcel)) = network.pop_due(due) {
            heard.push((parcel.to, matches!(parcel.delivery, Delivery::Disconnected { .. })));
        }
    }
    assert_eq!(heard, [(ONE, true)], "nothing that was sent to its former life arrives");
}
