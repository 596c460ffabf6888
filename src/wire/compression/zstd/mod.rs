//! Reads zstd frames (RFC 8878), and trusts none of their claims: neither a window, nor a block, nor a length takes more memory than what
//! comes out of it, and that is bounded.
//!
//! Left out: dictionaries, which Kafka does not use, and content checksums, as a batch has its own.

mod block;
mod fse;
mod huffman;
mod reverse_bits;

use block::BlockDecoder;

const MAGIC: u32 = 0xfd2f_b528;
/// The last four bits of a skippable frame's magic are its writer's own.
const SKIPPABLE_MAGIC: u32 = 0x184d_2a50;
/// What a block may come to, in bytes.
const BLOCK_MAX: usize = 128 * 1024;

/// Why bytes are not inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Corrupt(&'static str),
    /// More comes out than the bound allows.
    TooLarge,
}

const CUT_SHORT: Fault = Fault::Corrupt("the frame is cut short");

/// Inflates all frames of the input, one after the other, to `bound` bytes at most.
pub(super) fn decompress(mut input: &[u8], bound: usize) -> Result<Vec<u8>, Fault> {
    let mut output = Output { bytes: Vec::new(), frame_start: 0, bound };
    while !input.is_empty() {
        let magic = u32::from_le_bytes(take(&mut input)?);
        if magic & 0xffff_fff0 == SKIPPABLE_MAGIC {
            let len = u32::from_le_bytes(take(&mut input)?);
            take_slice(&mut input, usize::try_from(len).unwrap_or(usize::MAX))?;
        } else if magic == MAGIC {
            output.frame_start = output.bytes.len();
            frame(&mut input, &mut output)?;
        } else {
            return Err(Fault::Corrupt("not a zstd frame"));
        }
    }
    Ok(output.bytes)
}

fn frame(input: &mut &[u8], output: &mut Output) -> Result<(), Fault> {
    let [descriptor] = take(input)?;
    let single_segment = descriptor & 0x20 != 0;
    let has_checksum = descriptor & 0x04 != 0;
    if descriptor & 0x08 != 0 {
        return Err(Fault::Corrupt("a reserved bit is set"));
    }
    if !single_segment {
        let [_window] = take(input)?;
    }
    let dictionary_len = [0, 1, 2, 4].get(usize::from(descriptor & 3)).copied().unwrap_or(0);
    if take_slice(input, dictionary_len)?.iter().any(|byte| *byte != 0) {
        return Err(Fault::Corrupt("it needs a dictionary"));
    }
    let size_len = match descriptor >> 6 {
        0 => usize::from(single_segment),
        flag => 1 << flag,
    };
    take_slice(input, size_len)?;
    let mut decoder = BlockDecoder::new();
    loop {
        let [low, middle, high] = take(input)?;
        let header = u32::from_le_bytes([low, middle, high, 0]);
        let size = usize::try_from(header >> 3).unwrap_or(usize::MAX);
        if size > BLOCK_MAX {
            return Err(Fault::Corrupt("a block is too large"));
        }
        match header >> 1 & 3 {
            0 => output.extend(take_slice(input, size)?)?,
            1 => {
                let [byte] = take(input)?;
                output.fill(byte, size)?;
            }
            2 => decoder.decode(take_slice(input, size)?, output)?,
            _ => return Err(Fault::Corrupt("a block is of no known type")),
        }
        if header & 1 != 0 {
            break;
        }
    }
    take_slice(input, if has_checksum { 4 } else { 0 })?;
    Ok(())
}

/// What has been inflated.
struct Output {
    bytes: Vec<u8>,
    /// Matches do not reach back beyond it.
    frame_start: usize,
    bound: usize,
}

impl Output {
    fn reserve(&self, len: usize) -> Result<(), Fault> {
        if len > self.bound.saturating_sub(self.bytes.len()) { Err(Fault::TooLarge) } else { Ok(()) }
    }

    fn extend(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.reserve(bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn fill(&mut self, byte: u8, len: usize) -> Result<(), Fault> {
        self.reserve(len)?;
        self.bytes.resize(self.bytes.len().saturating_add(len), byte);
        Ok(())
    }

    /// Copies what lies `offset` bytes back; it may overlap with what is being written.
    fn repeat(&mut self, offset: usize, len: usize) -> Result<(), Fault> {
        self.reserve(len)?;
        let end = self.bytes.len();
        if offset == 0 || offset > end.saturating_sub(self.frame_start) {
            return Err(Fault::Corrupt("a match reaches back too far"));
        }
        let start = end - offset;
        let mut left = len;
        while left > 0 {
            // What has been copied can be copied from: the piece doubles.
            let piece = left.min(self.bytes.len() - start);
            self.bytes.extend_from_within(start..start + piece);
            left -= piece;
        }
        Ok(())
    }
}

fn take<const N: usize>(input: &mut &[u8]) -> Result<[u8; N], Fault> {
    let (taken, rest) = input.split_first_chunk::<N>().ok_or(CUT_SHORT)?;
    *input = rest;
    Ok(*taken)
}

fn take_slice<'a>(input: &mut &'a [u8], len: usize) -> Result<&'a [u8], Fault> {
    let (taken, rest) = input.split_at_checked(len).ok_or(CUT_SHORT)?;
    *input = rest;
    Ok(taken)
}
