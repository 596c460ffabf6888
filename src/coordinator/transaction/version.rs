//! Which protocol of transactions a client follows (`TransactionVersion`).

/// The levels of the feature `transaction.version`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TransactionVersion {
    #[default]
    V0,
    /// The log's records are flexible.
    V1,
    /// Each transaction has an epoch of its own (KIP-890).
    V2,
}

impl TransactionVersion {
    /// As clients and records say it. None: no such level.
    pub const fn from_level(level: i16) -> Option<Self> {
        match level {
            0 => Some(Self::V0),
            1 => Some(Self::V1),
            2 => Some(Self::V2),
            _ => None,
        }
    }

    pub const fn level(self) -> i16 {
        self as i16
    }

    /// That of a client that sends EndTxn in this version.
    pub const fn of_end_txn(request_version: i16) -> Self {
        if request_version > 4 { Self::V2 } else { Self::V0 }
    }

    /// That of a client for which AddPartitionsToTxn comes in this version.
    pub const fn of_add_partitions(request_version: i16) -> Self {
        if request_version > 3 { Self::V2 } else { Self::V0 }
    }

    /// Whether a transaction's end gives its producer the next epoch.
    pub const fn bumps_epoch(self) -> bool {
        matches!(self, Self::V2)
    }
}
