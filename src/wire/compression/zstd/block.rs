//! Compressed blocks: literals, and sequences that say how literals and matches make up the content.

use super::fse::Table;
use super::huffman::Codes;
use super::reverse_bits::ReverseBits;
use super::{BLOCK_MAX, Fault, Output, take, take_slice};

/// One of a sequence's three numbers: how it is coded.
struct Kind {
    default_counts: &'static [i16],
    default_accuracy: u32,
    accuracy_max: u32,
}

const LITERAL_LENGTHS: Kind = Kind {
    default_counts: &[4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
    default_accuracy: 6,
    accuracy_max: 9,
};
const OFFSETS: Kind = Kind {
    default_counts: &[1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
    default_accuracy: 5,
    accuracy_max: 8,
};
const MATCH_LENGTHS: Kind = Kind {
    default_counts: &[
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
    default_accuracy: 6,
    accuracy_max: 9,
};
/// The lengths from the code 16 (literals) and 32 (matches) on: base and extra bits.
const LITERAL_CODES: [(usize, u32); 20] = [
    (16, 1),
    (18, 1),
    (20, 1),
    (22, 1),
    (24, 2),
    (28, 2),
    (32, 3),
    (40, 3),
    (48, 4),
    (64, 6),
    (128, 7),
    (256, 8),
    (512, 9),
    (1024, 10),
    (2048, 11),
    (4096, 12),
    (8192, 13),
    (16384, 14),
    (32768, 15),
    (65536, 16),
];
const MATCH_CODES: [(usize, u32); 21] = [
    (35, 1),
    (37, 1),
    (39, 1),
    (41, 1),
    (43, 2),
    (47, 2),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 5),
    (131, 7),
    (259, 8),
    (515, 9),
    (1027, 10),
    (2051, 11),
    (4099, 12),
    (8195, 13),
    (16387, 14),
    (32771, 15),
    (65539, 16),
];
const OFFSET_CODE_MAX: u8 = 31;
const BAD: Fault = Fault::Corrupt("a sequence makes no sense");

/// What a block may take over from the blocks before it in its frame.
pub(super) struct BlockDecoder {
    codes: Option<Codes>,
    literal_lengths: Option<Table>,
    offsets: Option<Table>,
    match_lengths: Option<Table>,
    /// The last offsets, newest first.
    recent: [usize; 3],
    literals: Vec<u8>,
}

impl BlockDecoder {
    pub(super) const fn new() -> Self {
        Self { codes: None, literal_lengths: None, offsets: None, match_lengths: None, recent: [1, 4, 8], literals: Vec::new() }
    }

    pub(super) fn decode(&mut self, mut input: &[u8], output: &mut Output) -> Result<(), Fault> {
        self.read_literals(&mut input)?;
        let limit = output.bytes.len().saturating_add(BLOCK_MAX);
        let literals = std::mem::take(&mut self.literals);
        let result = self.execute(input, &literals, limit, output);
        self.literals = literals;
        result
    }

    fn read_literals(&mut self, input: &mut &[u8]) -> Result<(), Fault> {
        let first = *input.first().ok_or(super::CUT_SHORT)?;
        let format = first >> 2 & 3;
        self.literals.clear();
        if first & 3 < 2 {
            let (len, shift) = match format {
                1 => (2, 4),
                3 => (3, 4),
                _ => (1, 3),
            };
            let size = (header(input, len)? >> shift) as usize;
            if size > BLOCK_MAX {
                return Err(Fault::Corrupt("too many literals"));
            }
            if first & 3 == 0 {
                self.literals.extend_from_slice(take_slice(input, size)?);
            } else {
                let [byte] = take(input)?;
                self.literals.resize(size, byte);
            }
            return Ok(());
        }
        let (len, bits) = match format {
            0 | 1 => (3, 10),
            2 => (4, 14),
            _ => (5, 18),
        };
        let sizes = header(input, len)? >> 4;
        let size = (sizes & ((1 << bits) - 1)) as usize;
        let mut streams = take_slice(input, (sizes >> bits) as usize)?;
        if size > BLOCK_MAX {
            return Err(Fault::Corrupt("too many literals"));
        }
        if first & 3 == 2 {
            self.codes = Some(Codes::read(&mut streams)?);
        }
        let codes = self.codes.as_ref().ok_or(Fault::Corrupt("literals without a tree"))?;
        if format == 0 {
            return codes.decode(streams, size, &mut self.literals);
        }
        let lens: [[u8; 2]; 3] = [take(&mut streams)?, take(&mut streams)?, take(&mut streams)?];
        let share = size.div_ceil(4);
        for len in lens {
            let stream = take_slice(&mut streams, u16::from_le_bytes(len).into())?;
            codes.decode(stream, share, &mut self.literals)?;
        }
        let rest = size.checked_sub(3 * share).ok_or(Fault::Corrupt("too few literals for four streams"))?;
        codes.decode(streams, rest, &mut self.literals)
    }

    fn execute(&mut self, mut input: &[u8], mut literals: &[u8], limit: usize, output: &mut Output) -> Result<(), Fault> {
        let count = sequence_count(&mut input)?;
        if count > 0 {
            let [modes] = take(&mut input)?;
            if modes & 3 != 0 {
                return Err(BAD);
            }
            LITERAL_LENGTHS.read(&mut self.literal_lengths, modes >> 6, &mut input)?;
            OFFSETS.read(&mut self.offsets, modes >> 4 & 3, &mut input)?;
            MATCH_LENGTHS.read(&mut self.match_lengths, modes >> 2 & 3, &mut input)?;
            self.execute_sequences(count, input, &mut literals, limit, output)?;
        }
        if literals.len() > limit.saturating_sub(output.bytes.len()) {
            return Err(Fault::Corrupt("a block is too large"));
        }
        output.extend(literals)
    }

    fn execute_sequences(
        &mut self,
        count: usize,
        input: &[u8],
        literals: &mut &[u8],
        limit: usize,
        output: &mut Output,
    ) -> Result<(), Fault> {
        let (Some(literal_lengths), Some(offsets), Some(match_lengths)) = (&self.literal_lengths, &self.offsets, &self.match_lengths)
        else {
            return Err(BAD);
        };
        let mut bits = ReverseBits::new(input)?;
        let mut literal_state = literal_lengths.start(&mut bits);
        let mut offset_state = offsets.start(&mut bits);
        let mut match_state = match_lengths.start(&mut bits);
        for left in (0..count).rev() {
            let offset_code = offsets.symbol(offset_state);
            if offset_code > OFFSET_CODE_MAX {
                return Err(BAD);
            }
            let offset_value = (1_u64 << offset_code) + bits.take(offset_code.into());
            let match_len = length(match_lengths.symbol(match_state), 32, 3, &MATCH_CODES, &mut bits)?;
            let literal_len = length(literal_lengths.symbol(literal_state), 16, 0, &LITERAL_CODES, &mut bits)?;
            if bits.left() < 0 || literal_len.saturating_add(match_len) > limit.saturating_sub(output.bytes.len()) {
                return Err(BAD);
            }
            output.extend(take_slice(literals, literal_len)?)?;
            let offset = next_offset(&mut self.recent, offset_value, literal_len)?;
            output.repeat(offset, match_len)?;
            if left > 0 {
                literal_lengths.step(&mut literal_state, &mut bits);
                match_lengths.step(&mut match_state, &mut bits);
                offsets.step(&mut offset_state, &mut bits);
            }
        }
        if bits.left() == 0 { Ok(()) } else { Err(BAD) }
    }
}

impl Kind {
    /// Puts the table in place that a block's mode asks for; 3 keeps the last one.
    fn read(&self, table: &mut Option<Table>, mode: u8, input: &mut &[u8]) -> Result<(), Fault> {
        *table = Some(match mode {
            0 => Table::new(self.default_counts, self.default_accuracy)?,
            1 => {
                let [symbol] = take(input)?;
                Table::of_one(symbol)
            }
            2 => Table::read(input, self.accuracy_max, 256)?,
            _ => return if table.is_some() { Ok(()) } else { Err(BAD) },
        });
        Ok(())
    }
}

/// The first bytes as one number.
fn header(input: &mut &[u8], len: usize) -> Result<u64, Fault> {
    Ok(take_slice(input, len)?.iter().rev().fold(0, |header, byte| header << 8 | u64::from(*byte)))
}

fn sequence_count(input: &mut &[u8]) -> Result<usize, Fault> {
    let [first] = take(input)?;
    Ok(match first {
        0..128 => usize::from(first),
        128..255 => {
            let [second] = take(input)?;
            (usize::from(first) - 128) << 8 | usize::from(second)
        }
        255 => 0x7f00 + usize::from(u16::from_le_bytes(take(input)?)),
    })
}

/// The length that a code stands for: up to `plain` codes the code itself (and `least`), then from the table.
fn length(code: u8, plain: u8, least: usize, codes: &[(usize, u32)], bits: &mut ReverseBits<'_>) -> Result<usize, Fault> {
    let Some(at) = code.checked_sub(plain) else { return Ok(usize::from(code) + least) };
    let (base, extra) = *codes.get(usize::from(at)).ok_or(BAD)?;
    Ok(base + bits.take(extra) as usize)
}

/// What an offset's value means: 1 to 3 are recent ones, shifted by one where no literals come before.
fn next_offset(recent: &mut [usize; 3], value: u64, literal_len: usize) -> Result<usize, Fault> {
    let [first, second, third] = *recent;
    let repeated = if literal_len == 0 { value + 1 } else { value };
    let (offset, kept) = match (value, repeated) {
        (4.., _) => (usize::try_from(value - 3).map_err(|_| BAD)?, [first, second]),
        (_, 1) => (first, [second, third]),
        (_, 2) => (second, [first, third]),
        (_, 3) => (third, [first, second]),
        (_, _) => (first - 1, [first, second]),
    };
    if offset == 0 {
        return Err(BAD);
    }
    let [second, third] = kept;
    *recent = [offset, second, third];
    Ok(offset)
}
