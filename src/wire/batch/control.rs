//! Control records: what brokers write between the records of applications (`ControlRecordType`).

use bytes::Bytes;

/// What a control record says; the number is in its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlType {
    /// A transaction's end: its records are to be skipped.
    Abort,
    /// A transaction's end: its records count.
    Commit,
    /// A new leader of a quorum (`LeaderChangeMessage`).
    LeaderChange,
    SnapshotHeader,
    SnapshotFooter,
    KRaftVersion,
    KRaftVoters,
}

impl ControlType {
    const ALL: [Self; 7] =
        [Self::Abort, Self::Commit, Self::LeaderChange, Self::SnapshotHeader, Self::SnapshotFooter, Self::KRaftVersion, Self::KRaftVoters];

    /// The control record's key: a version, 0, and the type.
    pub fn key(self) -> Bytes {
        let number = self as i16;
        Bytes::copy_from_slice(&[[0, 0], number.to_be_bytes()].concat())
    }

    /// What a control record with this key says; `None` for a key or a type that is not known.
    pub fn from_key(key: &[u8]) -> Option<Self> {
        let (version, rest) = key.split_first_chunk()?;
        let (number, _) = rest.split_first_chunk()?;
        let number = i16::from_be_bytes(*number);
        if i16::from_be_bytes(*version) < 0 { None } else { Self::ALL.into_iter().find(|kind| *kind as i16 == number) }
    }
}

/// The value of a commit's or an abort's control record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndTransactionMarker {
    /// Counts the leaders of the transaction's coordinator partition.
    pub coordinator_epoch: i32,
}

impl EndTransactionMarker {
    /// A version, 0, and the epoch.
    pub fn value(self) -> Bytes {
        let epoch = self.coordinator_epoch.to_be_bytes();
        Bytes::copy_from_slice(&[&[0, 0], epoch.as_slice()].concat())
    }

    /// Reads a marker's value; `None` where it is too short.
    pub fn from_value(value: &[u8]) -> Option<Self> {
        let (_, rest) = value.split_first_chunk::<2>()?;
        let (epoch, _) = rest.split_first_chunk()?;
        Some(Self { coordinator_epoch: i32::from_be_bytes(*epoch) })
    }
}
