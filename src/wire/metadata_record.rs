//! The records of `__cluster_metadata` with what precedes each: a frame version, the record's type and version (`MetadataRecordSerde`).

use super::codec::{WireError, WireReason};
pub use super::messages::MetadataRecord;
use bytes::{Buf as _, Bytes};

/// `AbstractApiMessageSerde.DEFAULT_FRAME_VERSION`.
const FRAME_VERSION: u32 = 1;

impl MetadataRecord {
    /// Writes the record's value in this version of its type.
    pub fn encode(&mut self, version: i16) -> Result<Bytes, WireError> {
        let mut head = Vec::with_capacity(64);
        put_uvarint(&mut head, FRAME_VERSION);
        put_uvarint(&mut head, self.key() as u32);
        put_uvarint(&mut head, version as u32);
        self.encode_body(head, version).map(|rope| rope.to_bytes())
    }

    /// Reads a record's value: the record and its version.
    pub fn decode(mut value: Bytes) -> Result<(Self, i16), WireError> {
        let length = value.len();
        let mut next = |field| {
            let offset = length - value.len();
            take_uvarint(&mut value).ok_or_else(|| error(field, offset, WireReason::Varint))
        };
        let frame = next("FrameVersion")?;
        let key = next("Type")?;
        let version = next("Version")?;
        if frame != FRAME_VERSION {
            return Err(error("FrameVersion", 0, WireReason::Unknown));
        }
        let version = i16::try_from(version).map_err(|_| error("Version", 0, WireReason::Version))?;
        let record = Self::decode_body(key, version, value)?.ok_or(error("Type", 0, WireReason::Unknown))?;
        Ok((record, version))
    }
}

const fn error(field: &'static str, offset: usize, reason: WireReason) -> WireError {
    WireError { message: "MetadataRecord", version: 0, field, offset, reason }
}

fn put_uvarint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn take_uvarint(bytes: &mut Bytes) -> Option<u32> {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = bytes.try_get_u8().ok().filter(|byte| shift < 28 || *byte < 16)?;
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}
