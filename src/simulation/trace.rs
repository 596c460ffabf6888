//! What happened, and why: the last events in full, and a hash over all of them that is the same natively and in wasm.

use crate::base::{Event, EventId};
use std::collections::VecDeque;
use std::hash::{Hash as _, Hasher};
use std::sync::Arc;

/// Events that share a chunk, and are forgotten together.
const CHUNK_LEN: usize = 512;
/// How many events are kept in full, at least; the hash knows them all. Beyond these, whoever keeps the inputs plays them again.
pub const EVENTS_KEPT: usize = 100_000;
/// How many events a keyframe keeps, at least.
pub const EVENTS_IN_KEYFRAME: usize = 10_000;

/// The session's trace. A clone shares all events but the last few.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Full chunks, oldest first. Events are numbered from 1 without gaps, so that a chunk is found by an event's number.
    sealed: VecDeque<Arc<Vec<Event>>>,
    open: Arc<Vec<Event>>,
    /// How many events went before those that are kept.
    forgotten: u64,
    hasher: TraceHasher,
}

impl Trace {
    pub(super) fn push(&mut self, event: Event) {
        event.hash(&mut self.hasher);
        let open = Arc::make_mut(&mut self.open);
        open.push(event);
        if open.len() == CHUNK_LEN {
            self.sealed.push_back(std::mem::replace(&mut self.open, Arc::new(Vec::with_capacity(CHUNK_LEN))));
        }
        self.keep_last(EVENTS_KEPT);
    }

    /// Forgets all but so many, and what else is in their chunks.
    pub(super) fn keep_last(&mut self, count: usize) {
        while self.sealed.len() > count.div_ceil(CHUNK_LEN)
            && let Some(chunk) = self.sealed.pop_front()
        {
            self.forgotten += chunk.len() as u64;
        }
    }

    /// The events that are kept, oldest first.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        self.from(0)
    }

    /// The events after `id`, oldest first, as far as they are kept.
    pub fn since(&self, id: EventId) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        self.from(usize::try_from(id.0.saturating_sub(self.forgotten)).unwrap_or(usize::MAX))
    }

    fn from(&self, index: usize) -> Events<'_> {
        Events { trace: self, front: index.min(self.len()), back: self.len() }
    }

    fn len(&self) -> usize {
        self.sealed.len() * CHUNK_LEN + self.open.len()
    }

    fn at(&self, index: usize) -> Option<&Event> {
        let chunk = self.sealed.get(index / CHUNK_LEN).unwrap_or(&self.open);
        chunk.get(index % CHUNK_LEN)
    }

    /// The last event.
    pub fn last(&self) -> Option<EventId> {
        self.len().checked_sub(1).and_then(|index| self.at(index)).map(|event| event.id)
    }

    /// The event, if it is kept.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        let index = id.0.checked_sub(self.forgotten + 1)?;
        self.at(usize::try_from(index).ok()?).filter(|event| event.id == id)
    }

    /// The event and its causes, effect first, down to one that has none (or is not kept any more).
    pub fn why(&self, id: EventId) -> Vec<&Event> {
        let mut chain = Vec::new();
        let mut next = Some(id);
        while let Some(event) = next.and_then(|id| self.get(id)) {
            chain.push(event);
            next = event.cause.filter(|cause| *cause < event.id);
        }
        chain
    }

    /// One number for all that has happened: equal where the traces are equal.
    pub fn hash(&self) -> u64 {
        self.hasher.finish()
    }
}

/// Some of the events that are kept.
struct Events<'t> {
    trace: &'t Trace,
    front: usize,
    back: usize,
}

impl<'t> Iterator for Events<'t> {
    type Item = &'t Event;

    fn next(&mut self) -> Option<&'t Event> {
        if self.front >= self.back {
            return None;
        }
        self.front += 1;
        self.trace.at(self.front - 1)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.back.saturating_sub(self.front);
        (left, Some(left))
    }
}

impl DoubleEndedIterator for Events<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.front >= self.back {
            return None;
        }
        self.back -= 1;
        self.trace.at(self.back)
    }
}

impl ExactSizeIterator for Events<'_> {}

/// A hasher whose result depends on values alone, not on the machine's word size.
#[derive(Clone, Debug)]
struct TraceHasher(u64);

impl Default for TraceHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl TraceHasher {
    const fn mix(&mut self, word: u64) {
        // A multiply and a rotation a word: the finaliser of MurmurHash3 would do, this is quicker and enough to tell traces apart.
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9fb2_1c65_1e98_df25);
    }
}

impl Hasher for TraceHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.mix(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.mix(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.mix(n);
    }

    fn write_i32(&mut self, n: i32) {
        self.mix(n as u64);
    }

    fn write_i64(&mut self, n: i64) {
        self.mix(n as u64);
    }

    fn write_usize(&mut self, n: usize) {
        self.mix(n as u64);
    }

    fn write_isize(&mut self, n: isize) {
        self.mix(n as i64 as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
