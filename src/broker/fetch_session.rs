//! Incremental fetch sessions (KIP-227): the broker remembers which partitions a client fetches and what it last told it of each, so that
//! neither has to name them all every time (`FetchSession`, `FetchManager`, `FetchContext`).
//!
//! A partition of which the client has everything is *settled*: until it moves, nobody looks at it. So a fetch costs as much as there is
//! news, however many partitions its session has.

use super::purgatory::OperationId;
use crate::base::{Duration, Instant, PartitionIndex, Rng, TopicPartition, Uuid};
use crate::base::{SortedMap, SortedSet};
use crate::wire::ErrorCode;
use crate::wire::messages::fetch_request::FetchPartition;
use crate::wire::messages::fetch_response::PartitionData;
use std::sync::Arc;

/// After how long without a request a session may be dropped for a new one (`FetchSession.FetchSessionCache`).
const EVICTION: Duration = Duration::from_millis(120_000);
/// Opens a session, and ends the one that is named.
const INITIAL_EPOCH: i32 = 0;
/// Asks for no session, and ends the one that is named.
const FINAL_EPOCH: i32 = -1;
const NO_SESSION: i32 = 0;

/// A topic as a session knows it: by name up to v12, by id from v13 on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TopicKey {
    Name(Arc<str>),
    Id(Uuid),
}

/// A partition in a session.
pub(super) type PartitionKey = (TopicKey, PartitionIndex);

/// What a request asks of a partition. Named by the request, or remembered by the session.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) key: PartitionKey,
    pub(super) data: FetchPartition,
}

/// What a client is told of a partition.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) key: PartitionKey,
    pub(super) data: PartitionData,
    /// There will be nothing new until the partition moves.
    pub(super) settled: bool,
}

#[derive(Clone, Debug)]
struct Remembered {
    data: FetchPartition,
    /// What the client was last told; -1 after an error, so that it is told again.
    high_watermark: i64,
    log_start_offset: i64,
}

#[derive(Clone, Debug)]
struct Session {
    of_follower: bool,
    uses_topic_ids: bool,
    created: Instant,
    last_used: Instant,
    epoch: i32,
    /// In the order in which they are read: whoever had records goes to the end.
    order: SortedMap<u64, PartitionKey>,
    /// Those of which there may be something new, by their place in the order.
    unsettled: SortedSet<u64>,
    partitions: SortedMap<PartitionKey, (u64, Remembered)>,
    next_place: u64,
}

/// How a request uses a session; decided when it comes, honoured when it is answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SessionUse {
    /// Everything is answered, nothing remembered.
    None,
    /// A session is opened with the answer.
    Open { wanted: Vec<Wanted>, of_follower: bool, uses_topic_ids: bool },
    /// Only what changed is answered.
    Continue { session: i32, epoch: i32 },
}

/// All sessions of one broker.
#[derive(Clone, Debug, Default)]
pub(super) struct FetchSessions {
    by_id: SortedMap<i32, Arc<Session>>,
    /// The sessions that have a partition.
    having: SortedMap<PartitionKey, SortedSet<i32>>,
    /// The requests that wait for something new in their session.
    waiting: SortedMap<i32, OperationId>,
}

/// What a Fetch request says of its session.
#[derive(Clone, Debug)]
pub(super) struct SessionRequest {
    pub(super) session: i32,
    pub(super) epoch: i32,
    pub(super) of_follower: bool,
    pub(super) uses_topic_ids: bool,
    pub(super) wanted: Vec<Wanted>,
    pub(super) forgotten: Vec<PartitionKey>,
    /// Settled partitions are looked at too.
    pub(super) everything: bool,
}

impl FetchSessions {
    /// What a request fetches, its session's partitions included, and how the session is used.
    ///
    /// # Errors
    /// FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH, FETCH_SESSION_TOPIC_ID_ERROR.
    pub(super) fn begin(&mut self, now: Instant, request: SessionRequest) -> Result<(SessionUse, Vec<Wanted>), ErrorCode> {
        let SessionRequest { session: id, epoch, of_follower, uses_topic_ids, wanted, forgotten, everything } = request;
        if epoch == INITIAL_EPOCH || epoch == FINAL_EPOCH {
            self.remove(id);
            let opens = epoch == INITIAL_EPOCH;
            let usage = if opens { SessionUse::Open { wanted: wanted.clone(), of_follower, uses_topic_ids } } else { SessionUse::None };
            return Ok((usage, wanted));
        }
        let session = self.by_id.get_mut(&id).map(Arc::make_mut).ok_or(ErrorCode::FetchSessionIdNotFound)?;
        if session.epoch != epoch {
            return Err(ErrorCode::InvalidFetchSessionEpoch);
        }
        if session.uses_topic_ids != uses_topic_ids {
            return Err(ErrorCode::FetchSessionTopicIdError);
        }
        for wanted in &wanted {
            session.want(wanted);
            self.having.entry(wanted.key.clone()).or_default().insert(id);
        }
        for key in &forgotten {
            session.forget(key);
            leave(&mut self.having, key, id);
        }
        if session.partitions.is_empty() {
            self.remove(id);
            return Ok((SessionUse::None, wanted));
        }
        if everything {
            session.unsettled = session.order.keys().copied().collect();
        }
        session.last_used = now;
        session.epoch = next_epoch(session.epoch);
        Ok((SessionUse::Continue { session: id, epoch: session.epoch }, session.unsettled()))
    }

    /// What a session fetches of which there may be something new; nothing where it went on, or is gone.
    pub(super) fn unsettled(&self, id: i32, epoch: i32) -> Vec<Wanted> {
        self.by_id.get(&id).filter(|session| session.epoch == epoch).map(|session| session.unsettled()).unwrap_or_default()
    }

    /// How many partitions of a session nobody needs to look at.
    pub(super) fn settled(&self, id: i32) -> usize {
        self.by_id.get(&id).map_or(0, |session| session.order.len() - session.unsettled.len())
    }

    /// A request waits for something new in its session.
    pub(super) fn wait(&mut self, id: i32, operation: OperationId) {
        self.waiting.insert(id, operation);
    }

    /// A partition has moved: whoever fetches it is to look at it again. Returns the requests that wait for that.
    pub(super) fn partition_moved(&mut self, partition: &TopicPartition, topic_id: Uuid) -> Vec<OperationId> {
        let by_name = (TopicKey::Name(Arc::clone(&partition.topic)), partition.partition);
        let by_id = (TopicKey::Id(topic_id), partition.partition);
        let mut operations = Vec::new();
        for key in [by_name, by_id] {
            for id in self.having.get(&key).into_iter().flatten() {
                let Some(session) = self.by_id.get_mut(id) else { continue };
                if session.is_settled(&key) {
                    Arc::make_mut(session).unsettle(&key);
                }
                operations.extend(self.waiting.get(id));
            }
        }
        operations
    }

    fn remove(&mut self, id: i32) -> bool {
        let Some(session) = self.by_id.remove(&id) else { return false };
        session.partitions.keys().for_each(|key| leave(&mut self.having, key, id));
        self.waiting.remove(&id);
        true
    }

    /// Turns what was read into the answer: notes it, and leaves out what the client knows. Returns the session's id.
    ///
    /// # Errors
    /// INVALID_FETCH_SESSION_EPOCH where the session went on while the request waited.
    pub(super) fn end(
        &mut self,
        now: Instant,
        rng: &mut Rng,
        slots: usize,
        usage: &SessionUse,
        answer: &mut Vec<Told>,
    ) -> Result<i32, (i32, ErrorCode)> {
        match usage {
            SessionUse::None => Ok(NO_SESSION),
            SessionUse::Open { wanted, of_follower, uses_topic_ids } => {
                if self.by_id.len() >= slots && !self.make_room(now, *of_follower, answer.len()) {
                    return Ok(NO_SESSION);
                }
                let mut session = Session::new(now, *of_follower, *uses_topic_ids);
                let wanted: SortedMap<_, _> = wanted.iter().map(|wanted| (&wanted.key, wanted)).collect();
                let id = self.new_id(rng);
                for Told { key, data, settled } in answer.iter() {
                    if let Some(wanted) = wanted.get(key) {
                        session.remember(wanted, data.high_watermark, data.log_start_offset, *settled);
                        self.having.entry(key.clone()).or_default().insert(id);
                    }
                }
                self.by_id.insert(id, Arc::new(session));
                Ok(id)
            }
            SessionUse::Continue { session: id, epoch } => {
                self.waiting.remove(id);
                let session = self.by_id.get_mut(id).map(Arc::make_mut).filter(|session| session.epoch == *epoch);
                let session = session.ok_or((*id, ErrorCode::InvalidFetchSessionEpoch))?;
                answer.retain(|told| session.has_news(told));
                Ok(*id)
            }
        }
    }

    fn new_id(&self, rng: &mut Rng) -> i32 {
        loop {
            let id = i32::try_from(rng.below(i32::MAX as u64)).unwrap_or(NO_SESSION);
            if id != NO_SESSION && !self.by_id.contains_key(&id) {
                return id;
            }
        }
    }

    /// Drops a session that is worth less than a new one of `size` partitions: one that has not been used for two minutes, else one of a
    /// consumer for a follower, else an older and smaller one.
    fn make_room(&mut self, now: Instant, of_follower: bool, size: usize) -> bool {
        let stale = self.by_id.iter().min_by_key(|(id, session)| (session.last_used, **id));
        let stale = stale.filter(|(_, session)| now.since(session.last_used) > EVICTION).map(|(id, _)| *id);
        let lesser = || {
            let evictable = |session: &Session| now.since(session.created) > EVICTION || of_follower && !session.of_follower;
            let candidates = self.by_id.iter().filter(|(_, session)| evictable(session));
            let least = candidates.min_by_key(|(id, session)| (session.of_follower, session.partitions.len(), **id));
            least.filter(|(_, session)| (session.of_follower, session.partitions.len()) < (of_follower, size)).map(|(id, _)| *id)
        };
        stale.or_else(lesser).is_some_and(|id| self.remove(id))
    }
}

impl Session {
    const fn new(now: Instant, of_follower: bool, uses_topic_ids: bool) -> Self {
        Self {
            of_follower,
            uses_topic_ids,
            created: now,
            last_used: now,
            epoch: next_epoch(INITIAL_EPOCH),
            order: SortedMap::new(),
            unsettled: SortedSet::new(),
            partitions: SortedMap::new(),
            next_place: 0,
        }
    }

    fn want(&mut self, wanted: &Wanted) {
        match self.partitions.get_mut(&wanted.key) {
            Some((place, remembered)) => {
                remembered.data = wanted.data.clone();
                self.unsettled.insert(*place);
            }
            None => self.remember(wanted, -1, -1, false),
        }
    }

    fn remember(&mut self, wanted: &Wanted, high_watermark: i64, log_start_offset: i64, settled: bool) {
        let remembered = Remembered { data: wanted.data.clone(), high_watermark, log_start_offset };
        self.partitions.insert(wanted.key.clone(), (self.next_place, remembered));
        self.order.insert(self.next_place, wanted.key.clone());
        if !settled {
            self.unsettled.insert(self.next_place);
        }
        self.next_place += 1;
    }

    fn forget(&mut self, key: &PartitionKey) {
        if let Some((place, _)) = self.partitions.remove(key) {
            self.order.remove(&place);
            self.unsettled.remove(&place);
        }
    }

    fn is_settled(&self, key: &PartitionKey) -> bool {
        self.partitions.get(key).is_some_and(|(place, _)| !self.unsettled.contains(place))
    }

    fn unsettle(&mut self, key: &PartitionKey) {
        if let Some((place, _)) = self.partitions.get(key) {
            self.unsettled.insert(*place);
        }
    }

    fn unsettled(&self) -> Vec<Wanted> {
        let wanted = |key: &PartitionKey| Some(Wanted { key: key.clone(), data: self.partitions.get(key)?.1.data.clone() });
        self.unsettled.iter().filter_map(|place| wanted(self.order.get(place)?)).collect()
    }

    /// Whether the client has to be told this of a partition; notes that it is.
    fn has_news(&mut self, Told { key, data: told, settled }: &Told) -> bool {
        let Some((place, remembered)) = self.partitions.get_mut(key) else { return false };
        self.unsettled.remove(place);
        let has_records = told.records.as_ref().is_some_and(|records| !records.is_empty());
        let failed = told.error_code != ErrorCode::None.code();
        let moved = remembered.high_watermark != told.high_watermark || remembered.log_start_offset != told.log_start_offset;
        remembered.high_watermark = if failed { -1 } else { told.high_watermark };
        remembered.log_start_offset = told.log_start_offset;
        if has_records {
            self.order.remove(place);
            *place = self.next_place;
            self.order.insert(self.next_place, key.clone());
            self.next_place += 1;
        }
        if !settled {
            self.unsettled.insert(*place);
        }
        has_records || failed || moved || told.preferred_read_replica >= 0 || told.diverging_epoch.epoch >= 0
    }
}

/// The session has the partition no longer.
fn leave(having: &mut SortedMap<PartitionKey, SortedSet<i32>>, key: &PartitionKey, id: i32) {
    if let Some(sessions) = having.get_mut(key) {
        sessions.remove(&id);
        if sessions.is_empty() {
            having.remove(key);
        }
    }
}

/// After 2147483647 comes 1: 0 opens sessions.
const fn next_epoch(epoch: i32) -> i32 {
    if epoch == i32::MAX { 1 } else { epoch + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(partition: i32, fetch_offset: i64) -> Wanted {
        let key = (TopicKey::Name("t".into()), PartitionIndex(partition));
        Wanted { key, data: FetchPartition { partition, fetch_offset, ..Default::default() } }
    }

    fn request(session: i32, epoch: i32, wanted: Vec<Wanted>) -> SessionRequest {
        SessionRequest { session, epoch, of_follower: false, uses_topic_ids: false, wanted, forgotten: Vec::new(), everything: false }
    }

    fn told(wanted: &Wanted, high_watermark: i64) -> Told {
        let data = PartitionData { partition_index: wanted.data.partition, high_watermark, ..Default::default() };
        Told { key: wanted.key.clone(), data, settled: false }
    }

    fn open(sessions: &mut FetchSessions, now: Instant, slots: usize, partitions: i32) -> i32 {
        let (usage, wanted) = sessions.begin(now, request(0, 0, (0..partitions).map(|index| wanted(index, 0)).collect())).unwrap();
        let mut answer = wanted.iter().map(|wanted| told(wanted, 5)).collect();
        sessions.end(now, &mut Rng::stream(u64::from(now.as_micros() as u32), "t"), slots, &usage, &mut answer).unwrap()
    }

    fn next(sessions: &mut FetchSessions, id: i32, epoch: i32, high_watermark: i64) -> Vec<i32> {
        let (usage, wanted) = sessions.begin(Instant::ZERO, request(id, epoch, vec![])).unwrap();
        let mut answer = wanted.iter().map(|wanted| told(wanted, high_watermark)).collect();
        sessions.end(Instant::ZERO, &mut Rng::stream(0, "t"), 10, &usage, &mut answer).unwrap();
        answer.into_iter().map(|told| told.data.partition_index).collect()
    }

    #[test]
    fn only_what_changed_is_told() {
        let mut sessions = FetchSessions::default();
        let id = open(&mut sessions, Instant::ZERO, 10, 2);
        assert_eq!(next(&mut sessions, id, 1, 5), [0_i32; 0]);
        assert_eq!(next(&mut sessions, id, 2, 6), [0, 1]);
        assert_eq!(next(&mut sessions, id, 3, 6), [0_i32; 0]);
    }

    #[test]
    fn an_epoch_out_of_turn_is_refused_and_the_session_lives_on() {
        let mut sessions = FetchSessions::default();
        let id = open(&mut sessions, Instant::ZERO, 10, 1);
        assert_eq!(sessions.begin(Instant::ZERO, request(id, 2, vec![])), Err(ErrorCode::InvalidFetchSessionEpoch));
        assert_eq!(next(&mut sessions, id, 1, 5), [0_i32; 0]);
    }

    #[test]
    fn a_full_cache_opens_no_session_until_one_is_stale() {
        let mut sessions = FetchSessions::default();
        let first = open(&mut sessions, Instant::ZERO, 1, 1);
        assert_eq!(open(&mut sessions, Instant::from_micros(1_000), 1, 5), NO_SESSION);
        let later = Instant::ZERO + EVICTION + Duration::from_millis(1);
        assert_ne!(open(&mut sessions, later, 1, 1), NO_SESSION);
        assert!(!sessions.by_id.contains_key(&first));
    }

    #[test]
    fn whoever_had_records_is_read_last_the_next_time() {
        let mut sessions = FetchSessions::default();
        let id = open(&mut sessions, Instant::ZERO, 10, 2);
        let (usage, all) = sessions.begin(Instant::ZERO, request(id, 1, vec![])).unwrap();
        let mut answer: Vec<_> = all.iter().map(|wanted| told(wanted, 6)).collect();
        answer[0].data.records = Some(bytes::Bytes::from_static(b"x").into());
        sessions.end(Instant::ZERO, &mut Rng::stream(0, "t"), 10, &usage, &mut answer).unwrap();
        assert_eq!(next(&mut sessions, id, 2, 7), [1, 0]);
    }

    #[test]
    fn what_is_settled_is_not_looked_at_until_it_moves() {
        let mut sessions = FetchSessions::default();
        let id = open(&mut sessions, Instant::ZERO, 10, 2);
        let (usage, all) = sessions.begin(Instant::ZERO, request(id, 1, vec![])).unwrap();
        let mut answer: Vec<_> = all.iter().map(|wanted| Told { settled: true, ..told(wanted, 5) }).collect();
        sessions.end(Instant::ZERO, &mut Rng::stream(0, "t"), 10, &usage, &mut answer).unwrap();
        assert_eq!((next(&mut sessions, id, 2, 6), sessions.settled(id)), (vec![], 2));
        sessions.wait(id, OperationId::default());
        assert_eq!(sessions.partition_moved(&TopicPartition::new("t", 1), Uuid::ZERO), [OperationId::default()]);
        assert_eq!((next(&mut sessions, id, 3, 6), sessions.settled(id)), (vec![1], 1));
        assert_eq!(sessions.partition_moved(&TopicPartition::new("u", 1), Uuid::ZERO), []);
    }
}
