//! Followers: for each leader one connection, over which this broker fetches all that it replicates from there
//! (`ReplicaFetcherManager`, `ReplicaFetcherThread`, with `num.replica.fetchers=1`).
//!
//! One request is under way at a time. It waits at its leader while there is nothing, so an idle cluster costs few frames; and it names only
//! partitions of which there is something to say (KIP-227), so its cost follows what happens, not how much there is. A follower's log is
//! its own memory: where it ends is where the next fetch goes on, and its last epoch tells the leader whether the logs have parted (KIP-595).
//!
//! Nothing here is a side door: what is sent are Fetch and ListOffsets requests, to the listener that clients use.

mod fetch;
mod out_of_range;
mod session;
mod take;

use super::{Broker, BrokerTimer};
use crate::base::{ConnectionId, Context, Duration, EventKind, Instant, LeaderEpoch, NodeId, Silent, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};
use crate::controller::MetadataDelta;
use crate::network::{Action, Endpoint, Listener};
use crate::wire::{Request, Rope, encode_request};
use session::FollowerSession;
use std::collections::VecDeque;
use std::sync::Arc;

/// How long a connection may take to be made (`socket.connection.setup.timeout.ms`).
const CONNECTION_SETUP_TIMEOUT: Duration = Duration::from_secs(10);

/// All that this broker follows.
#[derive(Clone, Debug, Default)]
pub(super) struct Fetchers {
    by_leader: SortedMap<NodeId, Arc<Fetcher>>,
    leader_of: SortedMap<TopicPartition, NodeId>,
    /// Partitions that are given up for as long as they are followed so (`AbstractFetcherManager.failedPartitions`).
    failed: SortedMap<TopicPartition, Followed>,
}

/// What is fetched from one leader.
#[derive(Clone, Debug, Default)]
struct Fetcher {
    connection: Option<ConnectionId>,
    up: bool,
    correlation: i32,
    under_way: Option<UnderWay>,
    /// Since when the connection or the answer is waited for.
    waiting_since: Instant,
    /// Nothing is tried before: the last request failed.
    not_before: Option<Instant>,
    partitions: SortedMap<TopicPartition, Followed>,
    /// Those that wait after an error, and until when.
    delayed: SortedMap<TopicPartition, Instant>,
    /// Those whose log must be put where the leader's is, first one first.
    out_of_range: VecDeque<TopicPartition>,
    session: FollowerSession,
}

/// A partition that is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Followed {
    topic_id: Uuid,
    /// The leader epoch in which this broker follows.
    leader_epoch: LeaderEpoch,
}

/// A request that is not answered yet.
#[derive(Clone, Debug)]
enum UnderWay {
    Fetch,
    /// Where the leader's log ends, or begins.
    ListOffsets {
        partition: TopicPartition,
        earliest: bool,
    },
}

impl Fetchers {
    /// The leader that a connection leads to; none for connections that others have opened.
    pub(super) fn leader_of(&self, connection: ConnectionId) -> Option<NodeId> {
        self.by_leader.iter().find(|(_, fetcher)| fetcher.connection == Some(connection)).map(|(leader, _)| *leader)
    }

    /// Whether a partition is not fetched any more, since its log cannot take what the leader has.
    pub(super) fn has_failed(&self, name: &TopicPartition) -> bool {
        self.failed.contains_key(name)
    }

    fn fetcher(&mut self, leader: NodeId) -> Option<&mut Fetcher> {
        self.by_leader.get_mut(&leader).map(Arc::make_mut)
    }

    /// Fetches a partition from its leader from now on.
    fn follow(&mut self, name: &TopicPartition, leader: NodeId, followed: Followed) {
        if self.failed.get(name) == Some(&followed) {
            return;
        }
        self.failed.remove(name);
        if self.leader_of.get(name) != Some(&leader) {
            self.leave(name);
            self.leader_of.insert(name.clone(), leader);
        }
        let fetcher = Arc::make_mut(self.by_leader.entry(leader).or_default());
        if fetcher.partitions.insert(name.clone(), followed) != Some(followed) {
            fetcher.delayed.remove(name);
            fetcher.out_of_range.retain(|waiting| waiting != name);
        }
        fetcher.session.changed(name);
    }

    /// Gives a partition up, until its leader epoch is another or this broker starts again (`markPartitionFailed`).
    fn fail(&mut self, name: &TopicPartition, followed: Followed) {
        self.leave(name);
        self.failed.insert(name.clone(), followed);
    }

    /// Fetches a partition no longer.
    fn leave(&mut self, name: &TopicPartition) {
        if let Some(leader) = self.leader_of.remove(name)
            && let Some(fetcher) = self.fetcher(leader)
        {
            fetcher.forget(name);
        }
    }
}

impl Fetcher {
    fn forget(&mut self, name: &TopicPartition) {
        self.partitions.remove(name);
        self.delayed.remove(name);
        self.out_of_range.retain(|waiting| waiting != name);
        self.session.changed(name);
    }

    /// Whether a partition is fetched with the next request.
    fn is_ready(&self, name: &TopicPartition) -> bool {
        self.partitions.contains_key(name) && !self.delayed.contains_key(name) && !self.out_of_range.contains(name)
    }

    /// Leaves a partition alone for a while.
    fn delay(&mut self, name: &TopicPartition, until: Instant) {
        self.out_of_range.retain(|waiting| waiting != name);
        self.delayed.insert(name.clone(), until);
        self.session.changed(name);
    }

    fn end_delays(&mut self, now: Instant) {
        let over: SortedSet<_> = self.delayed.iter().filter(|(_, until)| **until <= now).map(|(name, _)| name.clone()).collect();
        for name in over {
            self.delayed.remove(&name);
            self.session.changed(&name);
        }
        self.not_before = self.not_before.filter(|until| *until > now);
    }

    fn next_resumption(&self) -> Option<Instant> {
        self.delayed.values().copied().chain(self.not_before).min()
    }
}

impl Broker {
    /// Follows whom the metadata says, from now on.
    pub(super) fn follow_leaders(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        let mut concerned = SortedSet::new();
        let deleted = delta.topics_deleted.values().flat_map(|topic| topic.iter().map(|(index, _)| topic.partition_name(index)));
        for name in deleted.chain(delta.partitions.keys().cloned()) {
            concerned.extend(self.fetchers.leader_of.get(&name));
            let partition = self.replicas.partition(&name).filter(|partition| !partition.is_leader());
            match partition.and_then(|partition| Some((partition, partition.leader()?))) {
                Some((partition, leader)) => {
                    let followed = Followed { topic_id: partition.topic_id(), leader_epoch: partition.leader_epoch() };
                    self.fetchers.follow(&name, leader, followed);
                    concerned.insert(leader);
                }
                None => {
                    self.fetchers.failed.remove(&name);
                    self.fetchers.leave(&name);
                }
            }
        }
        for leader in concerned {
            self.fetch_on(cx, leader);
        }
    }

    /// What had to wait may be fetched again.
    pub(super) fn resume_fetching(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        if let Some(fetcher) = self.fetchers.fetcher(leader) {
            fetcher.end_delays(cx.now);
        }
        self.fetch_on(cx, leader);
    }

    /// Does with a leader what is to be done next: connects, sets a log right, fetches; or nothing, while an answer is awaited.
    fn fetch_on(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let cause = cx.cause;
        cx.by_itself();
        let Some(fetcher) = self.fetchers.by_leader.get(&leader) else { return };
        if let Some(at) = fetcher.next_resumption() {
            self.timers.set(BrokerTimer::Fetch(leader), at.max(cx.now), None);
        }
        let is_idle = fetcher.partitions.is_empty() && fetcher.session.is_empty();
        if is_idle || fetcher.under_way.is_some() || fetcher.not_before.is_some() {
            // A leader that is followed no longer keeps its connection; there is nothing to say on it.
        } else if fetcher.connection.is_none() {
            self.connect_to_leader(cx, leader);
        } else if fetcher.up {
            match fetcher.out_of_range.front().cloned() {
                Some(partition) => self.ask_leaders_offset(cx, leader, partition, false),
                None => self.fetch_from(cx, leader),
            }
        }
        cx.cause = cause;
    }

    fn connect_to_leader(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let connection = self.channels.next_connection();
        let Some(fetcher) = self.fetchers.fetcher(leader) else { return };
        (fetcher.connection, fetcher.up, fetcher.waiting_since) = (Some(connection), false, cx.now);
        self.outbox.push(cx, Action::Connect { connection, to: Endpoint { node: leader, listener: Listener::Broker } });
        self.timers.set(BrokerTimer::FetchTimeout(leader), cx.now + CONNECTION_SETUP_TIMEOUT, None);
    }

    pub(super) fn fetcher_connected(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        if let Some(fetcher) = self.fetchers.fetcher(leader) {
            fetcher.up = true;
            self.fetch_on(cx, leader);
        }
    }

    /// The connection is gone, and with it what was under way and the leader's memory of what is fetched.
    pub(super) fn fetcher_lost(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let until = cx.now + self.settings().replica_fetch_backoff;
        self.timers.cancel(&BrokerTimer::FetchTimeout(leader));
        if let Some(fetcher) = self.fetchers.fetcher(leader) {
            (fetcher.connection, fetcher.up, fetcher.under_way) = (None, false, None);
            fetcher.session.close();
            fetcher.not_before = Some(until);
            self.fetch_on(cx, leader);
        }
    }

    /// Sees whether the leader has been silent for too long.
    pub(super) fn check_fetch_timeout(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        let timeout = self.settings().replica_socket_timeout;
        let Some(fetcher) = self.fetchers.by_leader.get(&leader) else { return };
        let Some(connection) = fetcher.connection else { return };
        let (patience, awaited) = if fetcher.up { (timeout, "Fetch response") } else { (CONNECTION_SETUP_TIMEOUT, "connection") };
        if fetcher.up && fetcher.under_way.is_none() {
            return;
        }
        let due = fetcher.waiting_since + patience;
        if due > cx.now {
            return self.timers.set(BrokerTimer::FetchTimeout(leader), due, None);
        }
        cx.because_of_silence(Silent::Broker { node: leader }, awaited, patience);
        self.outbox.push(cx, Action::Close { connection });
        self.fetcher_lost(cx, leader);
    }

    /// Sends a request to a leader.
    fn ask_leader<R: Request>(&mut self, cx: &mut Context<'_>, leader: NodeId, under_way: UnderWay, version: i16, body: &mut R) {
        let client_id = format!("broker-{}-fetcher-0", self.node());
        let Some(fetcher) = self.fetchers.fetcher(leader) else { return };
        let Some(connection) = fetcher.connection else { return };
        fetcher.correlation = fetcher.correlation.wrapping_add(1);
        let correlation = fetcher.correlation;
        // A request of our own always fits its version.
        let Ok(frame) = encode_request(version, correlation, Some(&client_id), body) else { return };
        (fetcher.under_way, fetcher.waiting_since) = (Some(under_way), cx.now);
        if self.timers.due(&BrokerTimer::FetchTimeout(leader)).is_none() {
            self.timers.set(BrokerTimer::FetchTimeout(leader), cx.now + self.config.settings.replica_socket_timeout, None);
        }
        let bytes = u32::try_from(frame.len() + 4).unwrap_or(u32::MAX);
        cx.because(EventKind::Request { connection, correlation, api: R::KEY as i16, version, bytes });
        self.outbox.push(cx, Action::Send { connection, frame });
    }

    /// A leader has answered.
    pub(super) fn fetcher_answered(&mut self, cx: &mut Context<'_>, leader: NodeId, frame: &Rope) {
        let Some(fetcher) = self.fetchers.fetcher(leader) else { return };
        let understood = match fetcher.under_way.take() {
            Some(UnderWay::Fetch) => self.take_fetched(cx, leader, frame),
            Some(UnderWay::ListOffsets { partition, earliest }) => self.take_leaders_offset(cx, leader, &partition, earliest, frame),
            None => None,
        };
        match understood {
            Some(()) => self.fetch_on(cx, leader),
            // What cannot be read is no leader's: the connection ends.
            None => {
                if let Some(connection) = self.fetchers.by_leader.get(&leader).and_then(|fetcher| fetcher.connection) {
                    self.outbox.push(cx, Action::Close { connection });
                }
                self.fetcher_lost(cx, leader);
            }
        }
    }
}
