//! What makes a node's process work other than at once: it stands still, takes its time, its disk is slow or full, its clock is wrong.
//!
//! Only processes that have any of this are listed, so that a healthy cluster pays nothing for it.

use super::actor::Actor;
use crate::base::SortedMap;
use crate::base::{Duration, Instant, Offset, ProcessId, TopicPartition};
use crate::network::Parcel;
use std::collections::VecDeque;

/// What slows one process down, and what waits for it meanwhile.
#[derive(Clone, Debug, Default)]
pub(super) struct Trouble {
    /// It stands still.
    pub paused: bool,
    /// How long every input takes it.
    pub per_input: Duration,
    /// How long every append takes its disk.
    pub per_append: Duration,
    pub disk_full: bool,
    /// How much its clock is wrong, in ms.
    pub clock_offset_ms: i64,
    /// It is at work on its last input until then.
    pub busy_until: Instant,
    /// What came while it could not take it.
    pub inbox: VecDeque<Parcel>,
}

impl Trouble {
    /// Whether it has to be kept in mind.
    fn is_any(&self) -> bool {
        self.paused
            || self.disk_full
            || !self.per_input.is_zero()
            || !self.per_append.is_zero()
            || self.clock_offset_ms != 0
            || !self.inbox.is_empty()
    }

    /// Whether it matters what the process writes.
    fn minds_disk(&self) -> bool {
        self.disk_full || !self.per_append.is_zero()
    }

    /// Whether what comes now has to wait.
    fn cannot_take(&self, now: Instant) -> bool {
        self.paused || self.busy_until > now || !self.inbox.is_empty()
    }

    /// When the process is to be woken, whose own timer is due at `due`.
    fn wakes(&self, due: Option<Instant>) -> Option<Instant> {
        if self.paused {
            return None;
        }
        let due = if self.inbox.is_empty() { due? } else { Instant::ZERO };
        Some(due.max(self.busy_until))
    }
}

/// All processes that are in trouble.
#[derive(Clone, Debug, Default)]
pub(super) struct Troubles(SortedMap<ProcessId, Trouble>);

impl Troubles {
    pub fn get(&self, process: ProcessId) -> Option<&Trouble> {
        if self.0.is_empty() { None } else { self.0.get(&process) }
    }

    /// Changes what troubles a process.
    pub fn change(&mut self, process: ProcessId, change: impl FnOnce(&mut Trouble)) {
        let trouble = self.0.entry(process).or_default();
        change(trouble);
        if !trouble.is_any() {
            self.0.remove(&process);
        }
    }

    /// Keeps what has come for a process that cannot take it now; gives it back where it can.
    pub fn keep(&mut self, now: Instant, parcel: Parcel) -> Option<Parcel> {
        match self.0.get_mut(&parcel.to) {
            Some(trouble) if trouble.cannot_take(now) => {
                trouble.inbox.push_back(parcel);
                None
            }
            Some(_) | None => Some(parcel),
        }
    }

    /// The first of what waits for a process.
    pub fn take(&mut self, process: ProcessId) -> Option<Parcel> {
        if self.0.is_empty() {
            return None;
        }
        let trouble = self.0.get_mut(&process)?;
        let parcel = trouble.inbox.pop_front();
        if !trouble.is_any() {
            self.0.remove(&process);
        }
        parcel
    }

    /// When a process whose own timer is due at `due` is to be woken.
    pub fn wakes(&self, process: ProcessId, due: Option<Instant>) -> Option<Instant> {
        match self.get(process) {
            Some(trouble) => trouble.wakes(due),
            None => due,
        }
    }

    /// Where the logs of a process end, if it matters what it writes.
    pub fn log_ends(&self, process: ProcessId, actor: &Actor) -> Option<LogEnds> {
        self.get(process).filter(|trouble| trouble.minds_disk()).map(|_| LogEnds::of(actor))
    }

    /// The process has handled an input, and appended to so many logs: when what it sent leaves.
    pub fn worked(&mut self, now: Instant, process: ProcessId, appends: u64) -> Instant {
        if self.0.is_empty() {
            return now;
        }
        let Some(trouble) = self.0.get_mut(&process) else { return now };
        let disk = trouble.per_append.as_micros().saturating_mul(appends);
        trouble.busy_until = now + Duration::from_micros(trouble.per_input.as_micros().saturating_add(disk));
        trouble.busy_until
    }

    /// The process is gone, and what waited for it; its machine stays as it is.
    pub fn ended(&mut self, process: ProcessId) {
        if self.0.contains_key(&process) {
            self.change(process, |trouble| {
                trouble.paused = false;
                trouble.busy_until = Instant::ZERO;
                trouble.inbox.clear();
            });
        }
    }
}

/// Where a process' logs end.
#[derive(Clone, Debug)]
pub(super) struct LogEnds(SortedMap<TopicPartition, Offset>);

impl LogEnds {
    fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Broker(broker) => {
                let ends = broker.replicas().partitions().map(|(name, partition)| (name.clone(), partition.log().end_offset()));
                Self(ends.collect())
            }
            Actor::Controller(controller) => {
                let (log, _) = controller.log();
                Self(SortedMap::from([(log.partition().clone(), log.end_offset())]))
            }
            Actor::Producer(_) | Actor::Consumer(_) | Actor::Admin(_) => Self(SortedMap::new()),
        }
    }

    /// To how many logs something was appended since.
    pub fn appended(&self, actor: &Actor) -> u64 {
        let before = |name| self.0.get(name).copied().unwrap_or_default();
        Self::of(actor).0.iter().map(|(name, end)| u64::from(*end > before(name))).sum()
    }
}
