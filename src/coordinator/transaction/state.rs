//! The states of a transactional id (`TransactionState`). Of Kafka's other two, neither is ever in a log or in an answer: Dead is one that is
//! about to be removed, PrepareEpochFence one whose abort is about to be written.

/// Where a transactional id stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransactionState {
    /// It has a producer, and no transaction since that came.
    Empty,
    /// A transaction is open.
    Ongoing,
    /// It is to be committed, whatever happens: the markers are on their way.
    PrepareCommit,
    /// It is to be aborted, whatever happens: the markers are on their way.
    PrepareAbort,
    /// The last transaction is committed.
    CompleteCommit,
    /// The last transaction is aborted.
    CompleteAbort,
}

impl TransactionState {
    /// In the order of their numbers in the log.
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::Ongoing, Self::PrepareCommit, Self::PrepareAbort, Self::CompleteCommit, Self::CompleteAbort];

    /// As DescribeTransactions and ListTransactions write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::Ongoing => "Ongoing",
            Self::PrepareCommit => "PrepareCommit",
            Self::PrepareAbort => "PrepareAbort",
            Self::CompleteCommit => "CompleteCommit",
            Self::CompleteAbort => "CompleteAbort",
        }
    }

    /// Whether Kafka has a state of this name: also one that nothing is ever in.
    pub fn is_name(name: &str) -> bool {
        Self::ALL.iter().any(|state| state.name() == name) || matches!(name, "Dead" | "PrepareEpochFence")
    }

    /// Its number in the log.
    pub const fn id(self) -> i8 {
        self as i8
    }

    /// None: no state that is ever written.
    pub fn from_id(id: i8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }

    /// Whether a transactional id may come here from `previous`. Straight from a state without transaction to PrepareAbort: only since
    /// KIP-890, where an abort without any partition gives the producer its next epoch.
    pub const fn may_follow(self, previous: Self) -> bool {
        match self {
            Self::Empty => previous.has_ended(),
            Self::Ongoing | Self::PrepareAbort => previous.has_ended() || matches!(previous, Self::Ongoing),
            Self::PrepareCommit => matches!(previous, Self::Ongoing),
            Self::CompleteCommit => matches!(previous, Self::PrepareCommit),
            Self::CompleteAbort => matches!(previous, Self::PrepareAbort),
        }
    }

    /// No transaction is open or being ended.
    pub const fn has_ended(self) -> bool {
        match self {
            Self::Empty | Self::CompleteCommit | Self::CompleteAbort => true,
            Self::Ongoing | Self::PrepareCommit | Self::PrepareAbort => false,
        }
    }

    /// The transaction's fate is sealed, and its markers are being written.
    pub const fn is_prepared(self) -> bool {
        match self {
            Self::PrepareCommit | Self::PrepareAbort => true,
            Self::Empty | Self::Ongoing | Self::CompleteCommit | Self::CompleteAbort => false,
        }
    }
}
