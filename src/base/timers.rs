//! A table of timers: at most one per key, due in order of time and then of key.

use super::{EventId, Instant};
use crate::base::{SortedMap, SortedSet};

/// Timers of one process. Each remembers the event that set it, so that what it brings about has a cause.
#[derive(Clone, Debug)]
pub struct Timers<K> {
    by_key: SortedMap<K, (Instant, Option<EventId>)>,
    by_time: SortedSet<(Instant, K)>,
}

impl<K: Ord + Clone> Default for Timers<K> {
    fn default() -> Self {
        Self { by_key: SortedMap::new(), by_time: SortedSet::new() }
    }
}

impl<K> Timers<K> {
    pub const fn new() -> Self {
        Self { by_key: SortedMap::new(), by_time: SortedSet::new() }
    }
}

impl<K: Ord + Clone> Timers<K> {
    /// Sets the key's timer, in place of one that it has.
    pub fn set(&mut self, key: K, due: Instant, cause: Option<EventId>) {
        self.cancel(&key);
        self.by_key.insert(key.clone(), (due, cause));
        self.by_time.insert((due, key));
    }

    /// Takes the key's timer away; false where it has none.
    pub fn cancel(&mut self, key: &K) -> bool {
        match self.by_key.remove(key) {
            Some((due, _)) => self.by_time.remove(&(due, key.clone())),
            None => false,
        }
    }

    /// Takes the timers away whose key does not pass.
    pub fn retain(&mut self, mut keep: impl FnMut(&K) -> bool) {
        self.by_key.retain(|key, _| keep(key));
        self.by_time.retain(|(_, key)| self.by_key.contains_key(key));
    }

    pub fn due(&self, key: &K) -> Option<Instant> {
        self.by_key.get(key).map(|(due, _)| *due)
    }

    /// When the first of them is due.
    pub fn next_due(&self) -> Option<Instant> {
        self.by_time.first().map(|(due, _)| *due)
    }

    /// The first timer that is due at `now`, with what set it; it is gone from the table.
    pub fn pop_due(&mut self, now: Instant) -> Option<(K, Option<EventId>)> {
        if self.next_due()? > now {
            return None;
        }
        let (_, key) = self.by_time.pop_first()?;
        let (_, cause) = self.by_key.remove(&key)?;
        Some((key, cause))
    }
}
