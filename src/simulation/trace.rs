//! What happened, and why: the last events in full, and a hash over all of them that is the same natively and in wasm.

use crate::base::{Event, EventId};
use std::collections::VecDeque;
use std::hash::{Hash as _, Hasher};

/// How many events are kept in full; the hash knows them all.
pub const EVENTS_KEPT: usize = 20_000;

/// The session's trace.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    kept: VecDeque<Event>,
    hasher: TraceHasher,
}

impl Trace {
    pub(super) fn push(&mut self, event: Event) {
        event.hash(&mut self.hasher);
        if self.kept.len() == EVENTS_KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(event);
    }

    /// The events that are kept, oldest first.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        self.kept.iter()
    }

    /// The last event.
    pub fn last(&self) -> Option<EventId> {
        self.kept.back().map(|event| event.id)
    }

    /// The events after `id`, oldest first, as far as they are kept.
    pub fn since(&self, id: EventId) -> impl DoubleEndedIterator<Item = &Event> {
        let from = self.kept.partition_point(|event| event.id <= id);
        self.kept.range(from..)
    }

    /// The event, if it is kept.
    pub fn get(&self, id: EventId) -> Option<&Event> {
        let at = self.kept.partition_point(|event| event.id < id);
        self.kept.get(at).filter(|event| event.id == id)
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
