//! The followers' Fetch requests (`AbstractFetcherThread.maybeFetch`, `RemoteLeaderEndPoint.buildFetch`).

use super::session::Told;
use super::{Followed, UnderWay};
use crate::base::{
    Context, LeaderEpoch, NodeId, TopicPartition,
    bugs::{self, Bug},
};
use crate::broker::replica_manager::ReplicaManager;
use crate::broker::{Broker, BrokerTimer};
use crate::wire::messages::FetchRequest;
use crate::wire::messages::fetch_request::{FetchPartition, FetchTopic, ForgottenTopic, ReplicaState};

pub(super) const VERSION: i16 = 18;

impl Broker {
    /// Fetches whatever there is from a leader; with nothing to fetch, nothing is sent.
    pub(super) fn fetch_from(&mut self, cx: &mut Context<'_>, leader: NodeId) {
        self.hold_back_fetching(cx, leader);
        let Self { fetchers, replicas, .. } = self;
        let Some(fetcher) = fetchers.fetcher(leader) else { return };
        let mut session = std::mem::take(&mut fetcher.session);
        let now = |name: &TopicPartition| {
            let followed = fetcher.partitions.get(name).filter(|_| fetcher.is_ready(name))?;
            position(replicas, name, *followed)
        };
        let news = session.news(fetcher.partitions.keys().cloned(), now);
        let request = (!news.is_empty() || session.names_any()).then_some((session.id, session.epoch));
        fetcher.session = session;
        let Some((session_id, session_epoch)) = request else { return };
        let settings = &self.config.settings;
        let mut request = FetchRequest {
            replica_state: ReplicaState { replica_id: self.node().0, replica_epoch: self.lifecycle.epoch, ..Default::default() },
            max_wait_ms: i32::try_from(settings.replica_fetch_wait_max.as_millis()).unwrap_or(i32::MAX),
            min_bytes: settings.replica_fetch_min_bytes,
            max_bytes: settings.replica_fetch_response_max_bytes,
            session_id,
            session_epoch,
            ..Default::default()
        };
        for (name, what) in news {
            match what {
                Ok(told) => fetch(&mut request, &name, told, settings.replica_fetch_max_bytes),
                Err(topic_id) => {
                    let forgotten = ForgottenTopic { topic_id, partitions: vec![name.partition.0], ..Default::default() };
                    request.forgotten_topics_data.push(forgotten);
                }
            }
        }
        self.ask_leader(cx, leader, UnderWay::Fetch, VERSION, &mut request);
    }
}

impl Broker {
    /// Leaves partitions alone for a while that are throttled, while more was fetched than the throttle allows.
    fn hold_back_fetching(&mut self, cx: &Context<'_>, leader: NodeId) {
        self.quotas.follower.tick(cx.now);
        if !self.quotas.follower.is_exceeded() {
            return;
        }
        let (own, until) = (self.node(), cx.now + self.settings().replica_fetch_backoff);
        let Self { fetchers, replicas, quotas, .. } = self;
        let Some(fetcher) = fetchers.fetcher(leader) else { return };
        let is_held =
            |name: &TopicPartition| replicas.partition(name).is_some_and(|partition| quotas.holds_back_fetching(name, partition, own));
        let held: Vec<_> = fetcher.partitions.keys().filter(|name| fetcher.is_ready(name) && is_held(name)).cloned().collect();
        held.iter().for_each(|name| fetcher.delay(name, until));
        if let Some(at) = fetcher.next_resumption() {
            self.timers.set(BrokerTimer::Fetch(leader), at.max(cx.now), None);
        }
    }
}

/// Where this broker's log of a partition goes on.
fn position(replicas: &ReplicaManager, name: &TopicPartition, followed: Followed) -> Option<Told> {
    let log = replicas.partition(name)?.log();
    Some(Told {
        topic_id: followed.topic_id,
        leader_epoch: followed.leader_epoch,
        offset: log.end_offset(),
        last_epoch: log.leader_epochs().latest().unwrap_or(LeaderEpoch(-1)),
        log_start: log.start_offset(),
    })
}

fn fetch(request: &mut FetchRequest, name: &TopicPartition, told: Told, max_bytes: i32) {
    let partition = FetchPartition {
        partition: name.partition.0,
        current_leader_epoch: told.leader_epoch.0,
        fetch_offset: told.offset.0,
        last_fetched_epoch: if bugs::has(Bug::SkipTruncation) { -1 } else { told.last_epoch.0 },
        log_start_offset: told.log_start.0,
        partition_max_bytes: max_bytes,
        ..Default::default()
    };
    match request.topics.last_mut().filter(|topic| topic.topic_id == told.topic_id) {
        Some(topic) => topic.partitions.push(partition),
        None => request.topics.push(FetchTopic { topic_id: told.topic_id, partitions: vec![partition], ..Default::default() }),
    }
}
