//! Deliberate bugs: what the checks are checked with.
//!
//! A build with the feature `deliberate-bugs` has them all, asleep; a test wakes one on its own thread and sees that the explorer finds it
//! (`tests/explore.rs`, where the table is). Every other build has none: [`has`] is `false` before it is compiled.

/// A mistake that a broker, a controller or a coordinator could make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bug {
    /// A leader answers acks=all as soon as it has written.
    AcknowledgeBeforeTheIsrHasIt,
    /// A leader commits what it has, whatever its followers have.
    HighWatermarkBeyondTheIsr,
    /// Consumers are served up to the log's end.
    ReadBeyondTheHighWatermark,
    /// A follower keeps what its new leader does not have: it does not say which epoch it is at.
    SkipTruncation,
    /// The leader changes and its epoch does not.
    TwoLeadersInAnEpoch,
    /// A leader whose epoch is over leads on.
    ForgetAFencedEpoch,
    /// The controller lets any living replica lead and says that it is clean.
    ElectOutsideTheIsr,
    /// A batch that is sent again is written again.
    AcceptADuplicate,
    /// Compaction takes tombstones as it meets them.
    DropATombstoneEarly,
    /// Compaction keeps the first record of a key.
    KeepTheOldestOfAKey,
    /// A coordinator writes a commit that it does not know to be committed once more, after the next one.
    CommitAnOffsetTwice,
    /// A coordinator that takes over leaves out the end of its log.
    LoadHalfOfTheGroups,
    /// A voter votes for whoever asks, in the same epoch again.
    VoteTwice,
    /// A controller commits what it has written, without a majority.
    CommitMetadataAlone,
}

#[cfg(feature = "deliberate-bugs")]
mod awake {
    use super::Bug;
    use std::cell::Cell;

    thread_local! {
        static AWAKE: Cell<Option<Bug>> = const { Cell::new(None) };
    }

    /// Wakes a bug on this thread, and lets any other sleep.
    pub fn wake(bug: Option<Bug>) {
        AWAKE.set(bug);
    }

    /// Whether the bug is awake.
    pub fn has(bug: Bug) -> bool {
        AWAKE.get() == Some(bug)
    }
}

#[cfg(feature = "deliberate-bugs")]
pub use awake::{has, wake};

/// Whether the bug is awake: never, in a build without them.
#[cfg(not(feature = "deliberate-bugs"))]
pub const fn has(_: Bug) -> bool {
    false
}
