//! Why bytes are no message, or a message no bytes.

use std::fmt;

/// What went wrong, in which message's field, at which byte of the input or output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireError {
    /// The message's name in Kafka's specification.
    pub message: &'static str,
    pub version: i16,
    /// The innermost field that was being read or written; empty where it is the message itself.
    pub field: &'static str,
    /// In bytes, from the beginning of what was read or written.
    pub offset: usize,
    pub reason: WireReason,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireReason {
    /// More bytes are needed than there are.
    Truncated,
    /// A variable-length integer of more than 32 bits.
    Varint,
    /// A null where the version has none.
    Null,
    /// A string longer than 32,767 bytes, or anything longer than its length field can say.
    TooLong,
    /// More elements than bytes left.
    Count,
    /// Tags not in ascending order, or twice.
    TagOrder,
    /// A tagged field shorter or longer than it says.
    TagSize,
    /// Bytes after the message's end.
    Trailing,
    /// A version that the message does not have.
    Version,
    /// A value for a field which this version lacks and which must not be lost.
    NotInVersion,
    /// A value of another type than the field's.
    Type,
    /// A record, frame or key of another kind than any known.
    Unknown,
}

impl WireReason {
    const fn text(self) -> &'static str {
        match self {
            Self::Truncated => "ends too early",
            Self::Varint => "is a varint of more than 32 bits",
            Self::Null => "is null, which this version does not allow",
            Self::TooLong => "is too long",
            Self::Count => "has a count of more elements than bytes are left",
            Self::TagOrder => "has tags that do not ascend",
            Self::TagSize => "is a tagged field of another size than it says",
            Self::Trailing => "has bytes after its end",
            Self::Version => "has no such version",
            Self::NotInVersion => "has a value, but this version has no such field",
            Self::Type => "has a value of another type",
            Self::Unknown => "is of an unknown kind",
        }
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} v{}", self.message, self.version)?;
        if !self.field.is_empty() {
            write!(f, ": {}", self.field)?;
        }
        write!(f, " {} (at byte {})", self.reason.text(), self.offset)
    }
}

impl std::error::Error for WireError {}
