//! Messages that carry their version before them: the records of the coordinators' topics, the consumer protocol, control records.

use super::codec::{Message, WireError, WireReason, decode, encode_after};
use super::rope::Rope;
use bytes::{Buf as _, Bytes};

/// The key of a coordinator's record. Its number says what kind of record it is, and stands where a version would.
pub trait CoordinatorKey: Message {
    const KEY: i16;
}

/// The version as 16 bits, then the message (`MessageUtil.toVersionPrefixedBytes`).
pub fn encode_versioned<T: Message>(message: &mut T, version: i16) -> Result<Rope, WireError> {
    encode_after(version.to_be_bytes().to_vec(), message, version)
}

/// Reads what [`encode_versioned`] wrote: the version and the message. Bytes after its end are an error.
pub fn decode_versioned<T: Message>(mut bytes: Bytes) -> Result<(i16, T), WireError> {
    let version = take_number(&mut bytes, T::NAME)?;
    Ok((version, decode(bytes, version)?))
}

/// The key's number as 16 bits, then the key (`MessageUtil.toCoordinatorTypePrefixedBytes`).
pub fn encode_key<T: CoordinatorKey>(key: &mut T) -> Result<Rope, WireError> {
    encode_after(T::KEY.to_be_bytes().to_vec(), key, 0)
}

/// The number of the key's kind, and what [`decode_key`] takes.
pub fn split_key(mut bytes: Bytes) -> Result<(i16, Bytes), WireError> {
    let number = take_number(&mut bytes, "CoordinatorKey")?;
    Ok((number, bytes))
}

/// Reads a key whose number has been taken off.
pub fn decode_key<T: CoordinatorKey>(bytes: Bytes) -> Result<T, WireError> {
    decode(bytes, 0)
}

fn take_number(bytes: &mut Bytes, message: &'static str) -> Result<i16, WireError> {
    bytes.try_get_i16().map_err(|_| WireError { message, version: 0, field: "Version", offset: 0, reason: WireReason::Truncated })
}
