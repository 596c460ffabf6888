//! What a producer writes by itself: an application that hands records to its producer at a steady rate, with keys as a small shop has them.

use super::command::Keys;
use crate::base::{Duration, Instant, Rng};
use crate::client::producer::ProducerRecord;
use std::sync::Arc;

/// The most that a producer may be asked to write, in records a minute.
pub const PER_MINUTE_MAX: u32 = 60_000;

/// The words that records are made of.
const ITEMS: [&str; 8] = ["A-113", "B-204", "C-081", "D-052", "E-317", "F-118", "G-009", "H-240"];
const USERS: [u32; 10] = [42, 7, 12, 17, 88, 5, 3, 9, 21, 64];

/// One producer's application.
#[derive(Clone, Debug)]
pub struct Traffic {
    pub topic: Arc<str>,
    pub per_minute: u32,
    pub running: bool,
    keys: Keys,
    rng: Rng,
    written: u64,
}

impl Traffic {
    pub(super) const fn new(topic: Arc<str>, per_minute: u32, keys: Keys, rng: Rng) -> Self {
        Self { topic, per_minute, running: true, keys, rng, written: 0 }
    }

    /// When the next record is due, seen from the last; `None` while it rests. The gaps vary by half, so that the rate does not tick.
    pub(super) fn next_due(&mut self, from: Instant) -> Option<Instant> {
        if !self.running || self.per_minute == 0 {
            return None;
        }
        let gap = 60_000_000 / u64::from(self.per_minute);
        Some(from + Duration::from_micros((gap / 2 + self.rng.below(gap.max(1))).max(1)))
    }

    /// The next record.
    pub(super) fn record(&mut self) -> ProducerRecord {
        self.written += 1;
        let key = match &self.keys {
            Keys::None => None,
            Keys::Drawn { prefix, count } => Some(format!("{prefix}{}", 1 + self.rng.below(u64::from(*count)))),
            Keys::Users => pick(&USERS, &mut self.rng).map(|user| format!("user-{user}")),
        };
        let item = pick(&ITEMS, &mut self.rng).unwrap_or_default();
        let value = format!("{{\"order\": {}, \"item\": \"{item}\", \"qty\": {}}}", self.written, 1 + self.rng.below(4));
        ProducerRecord { topic: Arc::clone(&self.topic), key: key.map(Into::into), value: Some(value.into()), ..Default::default() }
    }
}

fn pick<T: Copy>(from: &[T], rng: &mut Rng) -> Option<T> {
    let at = rng.below(from.len() as u64);
    from.get(usize::try_from(at).unwrap_or_default()).copied()
}
