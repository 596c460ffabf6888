//! What of a log is on the disk (`UnifiedLog.flush`, `LocalLog.recoveryPoint`), and what is left when the machine goes down, or a process
//! starts anew.
//!
//! Apache Kafka leaves it to the operating system when an appended batch is written to the disk; it asks for it by itself when a segment is
//! done with, and where `flush.messages` or `flush.ms` say so. Replicas elsewhere, not the disk, are what keeps a record.

use super::partition_log::Log;
use crate::base::Offset;

impl Log {
    /// The recovery point: a crash of the machine loses what lies from here on.
    pub const fn flushed_offset(&self) -> Offset {
        self.flushed
    }

    /// Some batches are not on the disk yet.
    pub fn is_unflushed(&self) -> bool {
        self.flushed < self.end
    }

    /// Writes all batches to the disk. Returns whether some were not there yet.
    pub fn flush(&mut self, now_ms: i64) -> bool {
        let was_unflushed = self.is_unflushed();
        self.flushed = self.end;
        self.last_flush_ms = now_ms;
        was_unflushed
    }

    /// The broker stops in good order: all goes to the disk (`UnifiedLog.close`).
    pub const fn close(&mut self) {
        self.flushed = self.end;
    }

    /// Whether `flush.ms` have passed since the last flush, and there is something to be flushed.
    pub fn is_due_for_flush(&self, now_ms: i64) -> bool {
        self.is_unflushed() && now_ms.saturating_sub(self.last_flush_ms) >= self.config.flush_ms
    }

    /// A process starts on what the last one left (`LogLoader.load`): the log ends where its last batch ends, even if it was ended further
    /// on, inside a batch that went as a whole. One that begins after that begins empty.
    pub fn load(&mut self, now_ms: i64) {
        self.forget_verifications();
        let end = self.active.next_offset();
        if end < self.start {
            self.truncate_fully(self.start, now_ms);
        } else {
            self.truncate_to(end);
        }
    }

    /// The machine went down: batches that were not on the disk are gone (`LogLoader.recoverLog`). Returns how many offsets that are.
    /// A log whose start lies beyond what is left begins again there, empty.
    pub fn lose_unflushed(&mut self, now_ms: i64) -> i64 {
        self.forget_verifications();
        let lost = self.end.0.saturating_sub(self.flushed.0).max(0);
        if self.flushed < self.start {
            self.truncate_fully(self.start, now_ms);
        } else {
            self.truncate_to(self.flushed);
        }
        lost
    }
}
