//! Incremental fetch sessions (KIP-227): the broker remembers which partitions a client fetches and what it last told it of each, so that
//! neither has to name them all every time (`FetchSession`, `FetchManager`, `FetchContext`).

use crate::base::{Duration, Instant, PartitionIndex, Rng, Uuid};
use crate::wire::ErrorCode;
use crate::wire::messages::fetch_request::FetchPartition;
use crate::wire::messages::fetch_response::PartitionData;
use std::collections::BTreeMap;
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
    order: BTreeMap<u64, PartitionKey>,
    partitions: BTreeMap<PartitionKey, (u64, Remembered)>,
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
pub(super) struct FetchSessions(BTreeMap<i32, Arc<Session>>);

/// What a Fetch request says of its session.
#[derive(Clone, Debug)]
pub(super) struct SessionRequest {
    pub(super) session: i32,
    pub(super) epoch: i32,
    pub(super) of_follower: bool,
    pub(super) uses_topic_ids: bool,
    pub(super) wanted: Vec<Wanted>,
    pub(super) forgotten: Vec<PartitionKey>,
}

impl FetchSessions {
    /// What a request fetches, its session's partitions included, and how the session is used.
    ///
    /// # Errors
    /// FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH, FETCH_SESSION_TOPIC_ID_ERROR.
    pub(super) fn begin(&mut self, now: Instant, request: SessionRequest) -> Result<(SessionUse, Vec<Wanted>), ErrorCode> {
        let SessionRequest { session: id, epoch, of_follower, uses_topic_ids, wanted, forgotten } = request;
        if epoch == INITIAL_EPOCH || epoch == FINAL_EPOCH {
            self.0.remove(&id);
            let opens = epoch == INITIAL_EPOCH;
            let usage = if opens { SessionUse::Open { wanted: wanted.clone(), of_follower, uses_topic_ids } } else { SessionUse::None };
            return Ok((usage, wanted));
        }
        let session = self.0.get_mut(&id).map(Arc::make_mut).ok_or(ErrorCode::FetchSessionIdNotFound)?;
        if session.epoch != epoch {
            return Err(ErrorCode::InvalidFetchSessionEpoch);
        }
        if session.uses_topic_ids != uses_topic_ids {
            return Err(ErrorCode::FetchSessionTopicIdError);
        }
        wanted.iter().for_each(|wanted| session.want(wanted));
        forgotten.iter().for_each(|key| session.forget(key));
        if session.partitions.is_empty() {
            self.0.remove(&id);
            return Ok((SessionUse::None, wanted));
        }
        session.last_used = now;
        session.epoch = next_epoch(session.epoch);
        Ok((SessionUse::Continue { session: id, epoch: session.epoch }, session.all()))
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
        answer: &mut Vec<(PartitionKey, PartitionData)>,
    ) -> Result<i32, (i32, ErrorCode)> {
        match usage {
            SessionUse::None => Ok(NO_SESSION),
            SessionUse::Open { wanted, of_follower, uses_topic_ids } => {
                if self.0.len() >= slots && !self.make_room(now, *of_follower, answer.len()) {
                    return Ok(NO_SESSION);
                }
                let mut session = Session::new(now, *of_follower, *uses_topic_ids);
                let wanted: BTreeMap<_, _> = wanted.iter().map(|wanted| (&wanted.key, wanted)).collect();
                for (key, told) in answer.iter() {
                    if let Some(wanted) = wanted.get(key) {
                        session.remember(wanted, told.high_watermark, told.log_start_offset);
                    }
                }
                let id = self.new_id(rng);
                self.0.insert(id, Arc::new(session));
                Ok(id)
            }
            SessionUse::Continue { session: id, epoch } => {
                let session = self.0.get_mut(id).map(Arc::make_mut).filter(|session| session.epoch == *epoch);
                let session = session.ok_or((*id, ErrorCode::InvalidFetchSessionEpoch))?;
                answer.retain(|(key, told)| session.has_news(key, told));
                Ok(*id)
            }
        }
    }

    fn new_id(&self, rng: &mut Rng) -> i32 {
        loop {
            let id = i32::try_from(rng.below(i32::MAX as u64)).unwrap_or(NO_SESSION);
            if id != NO_SESSION && !self.0.contains_key(&id) {
                return id;
            }
        }
    }

    /// Drops a session that is worth less than a new one of `size` partitions: one that has not been used for two minutes, else one of a
    /// consumer for a follower, else an older and smaller one.
    fn make_room(&mut self, now: Instant, of_follower: bool, size: usize) -> bool {
        let stale = self.0.iter().min_by_key(|(id, session)| (session.last_used, **id));
        let stale = stale.filter(|(_, session)| now.since(session.last_used) > EVICTION).map(|(id, _)| *id);
        let lesser = || {
            let evictable = |session: &Session| now.since(session.created) > EVICTION || of_follower && !session.of_follower;
            let candidates = self.0.iter().filter(|(_, session)| evictable(session));
            let least = candidates.min_by_key(|(id, session)| (session.of_follower, session.partitions.len(), **id));
            least.filter(|(_, session)| (session.of_follower, session.partitions.len()) < (of_follower, size)).map(|(id, _)| *id)
        };
        stale.or_else(lesser).is_some_and(|id| self.0.remove(&id).is_some())
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
            order: BTreeMap::new(),
            partitions: BTreeMap::new(),
            next_place: 0,
        }
    }

    fn want(&mut self, wanted: &Wanted) {
        match self.partitions.get_mut(&wanted.key) {
            Some((_, remembered)) => remembered.data = wanted.data.clone(),
            None => self.remember(wanted, -1, -1),
        }
    }

    fn remember(&mut self, wanted: &Wanted, high_watermark: i64, log_start_offset: i64) {
        let remembered = Remembered { data: wanted.data.clone(), high_watermark, log_start_offset };
        self.partitions.insert(wanted.key.clone(), (self.next_place, remembered));
        self.order.insert(self.next_place, wanted.key.clone());
        self.next_place += 1;
    }

    fn forget(&mut self, key: &PartitionKey) {
        if let Some((place, _)) = self.partitions.remove(key) {
            self.order.remove(&place);
        }
    }

    fn all(&self) -> Vec<Wanted> {
        let wanted = |key: &PartitionKey| Some(Wanted { key: key.clone(), data: self.partitions.get(key)?.1.data.clone() });
        self.order.values().filter_map(wanted).collect()
    }

    /// Whether the client has to be told this of a partition; notes that it is.
    fn has_news(&mut self, key: &PartitionKey, told: &PartitionData) -> bool {
        let Some((place, remembered)) = self.partitions.get_mut(key) else { return false };
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
        has_records || failed || moved || told.preferred_read_replica >= 0 || told.diverging_epoch.epoch >= 0
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
        SessionRequest { session, epoch, of_follower: false, uses_topic_ids: false, wanted, forgotten: Vec::new() }
    }

    fn told(wanted: &Wanted, high_watermark: i64) -> (PartitionKey, PartitionData) {
        (wanted.key.clone(), PartitionData { partition_index: wanted.data.partition, high_watermark, ..Default::default() })
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
        answer.into_iter().map(|(_, told)| told.partition_index).collect()
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
        assert!(!sessions.0.contains_key(&first));
    }

    #[test]
    fn whoever_had_records_is_read_last_the_next_time() {
        let mut sessions = FetchSessions::default();
        let id = open(&mut sessions, Instant::ZERO, 10, 2);
        let (usage, all) = sessions.begin(Instant::ZERO, request(id, 1, vec![])).unwrap();
        let mut answer: Vec<_> = all.iter().map(|wanted| told(wanted, 6)).collect();
        answer[0].1.records = Some(bytes::Bytes::from_static(b"x").into());
        sessions.end(Instant::ZERO, &mut Rng::stream(0, "t"), 10, &usage, &mut answer).unwrap();
        assert_eq!(next(&mut sessions, id, 2, 7), [1, 0]);
    }
}
