//! Bits read from a stream's end to its start.

use super::Fault;

/// The end is marked by the highest bit set in the last byte. Bits before the start are 0: some streams are read beyond it, by as much as
/// their decoder's state has bits.
pub(super) struct ReverseBits<'a> {
    bytes: &'a [u8],
    /// How many bits are left; negative beyond the start.
    left: i64,
}

impl<'a> ReverseBits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Fault> {
        let last = bytes.last().filter(|last| **last != 0).ok_or(Fault::Corrupt("a bit stream has no end"))?;
        let left = (bytes.len() as i64 - 1) * 8 + i64::from(last.ilog2());
        Ok(Self { bytes, left })
    }

    /// How many bits are left; negative beyond the start.
    pub(super) const fn left(&self) -> i64 {
        self.left
    }

    /// The next `count` bits, 32 at most.
    pub(super) fn take(&mut self, count: u32) -> u64 {
        self.left -= i64::from(count);
        let mask = (1_u64 << count) - 1;
        match usize::try_from(self.left) {
            Ok(start) => self.word(start / 8) >> (start % 8) & mask,
            Err(_) => {
                let beyond = u32::try_from(self.left.unsigned_abs()).unwrap_or(u32::MAX);
                self.word(0).checked_shl(beyond).unwrap_or(0) & mask
            }
        }
    }

    /// Eight bytes from here, 0 after the end.
    fn word(&self, at: usize) -> u64 {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if let Some(word) = rest.first_chunk() {
            return u64::from_le_bytes(*word);
        }
        rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
    }
}
