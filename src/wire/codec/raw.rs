//! Bytes in and out: what every type of value is read from and written to.

use super::{Codec, WireReason};
use crate::wire::Rope;
use bytes::Bytes;

/// The longest string in bytes, in every version and form.
pub(super) const STRING_BYTES_MAX: usize = i16::MAX as usize;

/// Bytes, in and out.
impl Codec {
    /// The next bytes, shared with the input.
    pub(super) fn take(&mut self, count: usize) -> Bytes {
        if count > self.remaining() {
            self.fail(WireReason::Truncated);
            return Bytes::new();
        }
        self.begin_piece();
        let start = self.position - self.piece_start;
        match start.checked_add(count).filter(|end| *end <= self.input.len()) {
            Some(end) => {
                self.position += count;
                self.input.slice(start..end)
            }
            None => self.take_rope(count).to_bytes(),
        }
    }

    /// The next bytes, shared with the input's pieces.
    pub(super) fn take_rope(&mut self, count: usize) -> Rope {
        let mut taken = Rope::new();
        if count > self.remaining() {
            self.fail(WireReason::Truncated);
            return taken;
        }
        while taken.len() < count {
            self.begin_piece();
            let start = self.position - self.piece_start;
            let end = self.input.len().min(start + count - taken.len());
            if start >= end {
                self.fail(WireReason::Truncated);
                return Rope::new();
            }
            self.position += end - start;
            taken.push(self.input.slice(start..end));
        }
        taken
    }

    /// Goes on to the next piece of the input where this one is read.
    fn begin_piece(&mut self) {
        while self.position - self.piece_start >= self.input.len() {
            let Some(next) = self.later.pop_front() else { return };
            self.piece_start += self.input.len();
            self.input = next;
        }
    }

    pub(super) fn take_array<const N: usize>(&mut self) -> [u8; N] {
        if N > self.remaining() {
            self.fail(WireReason::Truncated);
            return [0; N];
        }
        self.begin_piece();
        if let Some(&bytes) = self.input.get(self.position - self.piece_start..).and_then(|rest| rest.first_chunk()) {
            self.position += N;
            return bytes;
        }
        match self.take_rope(N).to_bytes().first_chunk() {
            Some(&bytes) => bytes,
            None => {
                self.fail(WireReason::Truncated);
                [0; N]
            }
        }
    }

    pub(super) fn read_uvarint(&mut self) -> u32 {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.take_array();
            if shift == 28 && byte > 15 {
                break;
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
        }
        self.fail(WireReason::Varint);
        0
    }

    pub(super) fn write_uvarint(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.output.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.output.push(value as u8);
    }

    /// A length, or `None` for null. `short`: of 16 bits where the version is not flexible.
    pub(super) fn read_length(&mut self, short: bool) -> Option<usize> {
        let length = if self.flexible {
            (self.read_uvarint() as i32).wrapping_sub(1)
        } else if short {
            i32::from(i16::from_be_bytes(self.take_array()))
        } else {
            i32::from_be_bytes(self.take_array())
        };
        usize::try_from(length).ok()
    }

    pub(super) fn write_length(&mut self, length: Option<usize>, short: bool) {
        let fits = length.is_none_or(|length| length < i32::MAX as usize && !(short && length > STRING_BYTES_MAX));
        let length = length.filter(|_| fits).map_or(-1, |length| length as i32);
        if !fits {
            self.fail(WireReason::TooLong);
        } else if self.flexible {
            self.write_uvarint((length + 1) as u32);
        } else if short {
            self.output.extend_from_slice(&(length as i16).to_be_bytes());
        } else {
            self.output.extend_from_slice(&length.to_be_bytes());
        }
    }

    /// Fails where null has no place.
    pub(super) fn null(&mut self, allowed: bool) {
        if !allowed {
            self.fail(WireReason::Null);
        }
    }
}
