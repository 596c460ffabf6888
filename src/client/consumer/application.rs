//! The application around a consumer: it polls, handles what it was given, and polls again.

use crate::base::{Duration, Instant, TopicPartition};
use crate::wire::batch::Record;
use std::collections::VecDeque;

/// How many of the records last taken are kept for the eye.
const RECENT_KEPT: usize = 32;

/// An application that handles records one by one at its own pace.
#[derive(Clone, Debug)]
pub struct Application {
    /// How long it takes over a record; zero: no time at all.
    pace: Duration,
    /// It handles what its last poll gave it: since when, until when.
    busy: Option<(Instant, Instant)>,
    handed: u32,
    recent: VecDeque<(TopicPartition, Record)>,
    total: u64,
}

impl Application {
    pub(super) const fn new(pace: Duration) -> Self {
        Self { pace, busy: None, handed: 0, recent: VecDeque::new(), total: 0 }
    }

    /// How long it takes over a record.
    pub const fn pace(&self) -> Duration {
        self.pace
    }

    /// All records that it was ever given.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// The records that it was given last, oldest first.
    pub fn recent(&self) -> impl Iterator<Item = &(TopicPartition, Record)> {
        self.recent.iter()
    }

    /// Of the records that its last poll gave it, how many it has not finished with.
    pub fn unfinished(&self, now: Instant) -> u32 {
        let Some((_, until)) = self.busy.filter(|(_, until)| *until > now) else { return 0 };
        let left = until.since(now).as_micros().div_ceil(self.pace.as_micros().max(1));
        u32::try_from(left).unwrap_or(u32::MAX).min(self.handed)
    }

    /// Changes its pace; the record at hand, and the rest of its batch, are finished at the new one.
    pub(super) fn set_pace(&mut self, now: Instant, pace: Duration) {
        let left = self.unfinished(now);
        self.pace = pace;
        if let Some((since, until)) = &mut self.busy {
            *until = now + Duration::from_micros(pace.as_micros().saturating_mul(left.into()));
            *since = (*since).min(now);
        }
    }

    pub(super) fn take(&mut self, partition: &TopicPartition, record: Record) {
        if self.recent.len() == RECENT_KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back((partition.clone(), record));
        self.total += 1;
    }

    /// It was given so many records, and turns to them.
    pub(super) fn turn_to(&mut self, now: Instant, records: u32) {
        self.handed = records;
        let time = Duration::from_micros(self.pace.as_micros().saturating_mul(records.into()));
        self.busy = (!time.is_zero()).then(|| (now, now + time));
    }

    /// Whether it polls at this moment; if its work is done, it does from now on.
    pub(super) fn polls(&mut self, now: Instant) -> bool {
        if self.busy.is_some_and(|(_, until)| until <= now) {
            self.busy = None;
        }
        self.busy.is_none()
    }

    /// Since when it has not polled; none while it does.
    pub(super) fn busy_since(&self) -> Option<Instant> {
        self.busy.map(|(since, _)| since)
    }

    pub(super) fn done_at(&self) -> Option<Instant> {
        self.busy.map(|(_, until)| until)
    }
}
