//! Huffman codes of literals.

use super::fse::Table;
use super::reverse_bits::ReverseBits;
use super::{Fault, take, take_slice};

const BITS_MAX: u32 = 11;
const WEIGHTS_MAX: usize = 255;
const WEIGHTS_ACCURACY_MAX: u32 = 6;
const BAD: Fault = Fault::Corrupt("a Huffman tree makes no sense");

/// By the next `bits_max` bits: the symbol, and how many of the bits are its code.
#[derive(Clone, Debug)]
pub(super) struct Codes {
    entries: Vec<(u8, u8)>,
    bits_max: u32,
}

impl Codes {
    /// Reads a tree's description off the front.
    pub(super) fn read(input: &mut &[u8]) -> Result<Self, Fault> {
        let [header] = take(input)?;
        let mut weights = if header < 128 {
            compressed_weights(take_slice(input, header.into())?)?
        } else {
            let count = usize::from(header) - 127;
            let nibbles = take_slice(input, count.div_ceil(2))?.iter().flat_map(|byte| [byte >> 4, byte & 15]);
            nibbles.take(count).collect()
        };
        let sum: u32 = weights.iter().map(|weight| share(*weight)).try_fold(0_u32, |sum, share| sum.checked_add(share?)).ok_or(BAD)?;
        if sum == 0 {
            return Err(BAD);
        }
        let bits_max = sum.ilog2() + 1;
        let left = (1_u32 << bits_max.min(31)) - sum;
        if bits_max > BITS_MAX || !left.is_power_of_two() {
            return Err(BAD);
        }
        weights.push(left.ilog2() as u8 + 1);
        Self::new(&weights, bits_max)
    }

    /// The longest codes come first, those of a length in the order of their symbols.
    fn new(weights: &[u8], bits_max: u32) -> Result<Self, Fault> {
        let mut entries = Vec::with_capacity(1 << bits_max);
        for weight in 1..=bits_max as u8 {
            for (symbol, _) in (0_u8..=255).zip(weights).filter(|(_, own)| **own == weight) {
                let code = (symbol, bits_max as u8 + 1 - weight);
                entries.extend(std::iter::repeat_n(code, 1 << (weight - 1)));
            }
        }
        if entries.len() == 1 << bits_max { Ok(Self { entries, bits_max }) } else { Err(BAD) }
    }

    /// Decodes exactly `count` symbols, which must be all of the stream.
    pub(super) fn decode(&self, stream: &[u8], count: usize, output: &mut Vec<u8>) -> Result<(), Fault> {
        let mut bits = ReverseBits::new(stream)?;
        let mask = (1_usize << self.bits_max) - 1;
        let mut state = bits.take(self.bits_max) as usize;
        for _ in 0..count {
            let (symbol, len) = *self.entries.get(state).ok_or(BAD)?;
            output.push(symbol);
            state = (state << len | bits.take(len.into()) as usize) & mask;
        }
        if bits.left() == -i64::from(self.bits_max) { Ok(()) } else { Err(Fault::Corrupt("a stream of literals has another length")) }
    }
}

/// What of all codes a symbol of this weight takes up; `None` for a weight that is too large.
const fn share(weight: u8) -> Option<u32> {
    match weight {
        0 => Some(0),
        1..=11 => Some(1 << (weight - 1)),
        _ => None,
    }
}

/// Two decoders take turns, until the stream is at its end.
fn compressed_weights(mut input: &[u8]) -> Result<Vec<u8>, Fault> {
    let table = Table::read(&mut input, WEIGHTS_ACCURACY_MAX, 256)?;
    let mut bits = ReverseBits::new(input)?;
    let mut states = [table.start(&mut bits), table.start(&mut bits)];
    let mut weights = Vec::new();
    if bits.left() < 0 {
        return Err(BAD);
    }
    loop {
        let [current, other] = &mut states;
        weights.push(table.symbol(*current));
        table.step(current, &mut bits);
        if bits.left() < 0 {
            weights.push(table.symbol(*other));
            return if weights.len() > WEIGHTS_MAX { Err(BAD) } else { Ok(weights) };
        }
        if weights.len() > WEIGHTS_MAX {
            return Err(BAD);
        }
        states.swap(0, 1);
    }
}
