//! Finite state entropy: tables of states, each with a symbol and the way to the next state.

use super::reverse_bits::ReverseBits;
use super::{CUT_SHORT, Fault};

const SYMBOLS_MAX: usize = 256;

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    symbol: u8,
    bits: u8,
    base: u16,
}

/// How to decode one kind of symbols.
#[derive(Clone, Debug)]
pub(super) struct Table {
    entries: Vec<Entry>,
    accuracy_log: u32,
}

impl Table {
    /// Always the same symbol.
    pub(super) fn of_one(symbol: u8) -> Self {
        Self { entries: vec![Entry { symbol, bits: 0, base: 0 }], accuracy_log: 0 }
    }

    /// From how often each symbol comes, in 1/2^accuracy_log; -1 for less than once.
    pub(super) fn new(counts: &[i16], accuracy_log: u32) -> Result<Self, Fault> {
        let size = 1_usize << accuracy_log;
        let mut entries = vec![Entry::default(); size];
        let mut next: Vec<u16> = Vec::with_capacity(counts.len());
        let mut high = size;
        for (symbol, count) in (0..).zip(counts) {
            if *count == -1 {
                high = high.checked_sub(1).ok_or(BAD)?;
                entries.get_mut(high).ok_or(BAD)?.symbol = symbol;
            }
            next.push(count.unsigned_abs());
        }
        let step = (size >> 1) + (size >> 3) + 3;
        let mut position = 0;
        for (symbol, count) in (0..).zip(counts) {
            for _ in 0..(*count).max(0) {
                entries.get_mut(position).ok_or(BAD)?.symbol = symbol;
                position = (position + step) & (size - 1);
                while position >= high && high > 0 {
                    position = (position + step) & (size - 1);
                }
            }
        }
        if position != 0 {
            return Err(BAD);
        }
        for entry in &mut entries {
            let next = next.get_mut(usize::from(entry.symbol)).filter(|next| **next > 0).ok_or(BAD)?;
            let bits = accuracy_log.checked_sub(next.ilog2()).ok_or(BAD)?;
            entry.bits = u8::try_from(bits).map_err(|_| BAD)?;
            entry.base = u16::try_from((usize::from(*next) << bits).saturating_sub(size)).map_err(|_| BAD)?;
            *next += 1;
        }
        Ok(Self { entries, accuracy_log })
    }

    /// Reads a table's description off the front.
    pub(super) fn read(input: &mut &[u8], accuracy_max: u32, symbols_max: usize) -> Result<Self, Fault> {
        let mut bits = ForwardBits { bytes: input, at: 0 };
        let accuracy_log = bits.take(4)? + 5;
        if accuracy_log > accuracy_max {
            return Err(BAD);
        }
        let mut remaining = 1_i32 << accuracy_log;
        let mut counts: Vec<i16> = Vec::new();
        while remaining > 0 {
            let count = bits.take_count(remaining)?;
            remaining -= i32::from(count.unsigned_abs());
            counts.push(count);
            let mut repeat = if count == 0 { 3 } else { 0 };
            while repeat == 3 {
                repeat = bits.take(2)?;
                (0..repeat).for_each(|_| counts.push(0));
                if counts.len() > SYMBOLS_MAX {
                    return Err(BAD);
                }
            }
            if counts.len() > symbols_max {
                return Err(BAD);
            }
        }
        if remaining != 0 {
            return Err(BAD);
        }
        let used = bits.at.div_ceil(8);
        *input = input.get(used..).ok_or(CUT_SHORT)?;
        Self::new(&counts, accuracy_log)
    }

    pub(super) fn start(&self, bits: &mut ReverseBits<'_>) -> State {
        State(bits.take(self.accuracy_log) as usize)
    }

    pub(super) fn symbol(&self, state: State) -> u8 {
        self.entries.get(state.0).map_or(0, |entry| entry.symbol)
    }

    pub(super) fn step(&self, state: &mut State, bits: &mut ReverseBits<'_>) {
        let entry = self.entries.get(state.0).copied().unwrap_or_default();
        state.0 = usize::from(entry.base) + bits.take(entry.bits.into()) as usize;
    }
}

const BAD: Fault = Fault::Corrupt("an entropy table makes no sense");

/// Where a decoder is in its table.
#[derive(Clone, Copy, Debug)]
pub(super) struct State(usize);

/// Bits read from start to end, lowest first.
struct ForwardBits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl ForwardBits<'_> {
    fn peek(&self, count: u32) -> Result<u32, Fault> {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        if rest.len() * 8 < self.at % 8 + count as usize {
            return Err(CUT_SHORT);
        }
        let word = rest.iter().take(4).rev().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        Ok(word >> (self.at % 8) & ((1 << count) - 1))
    }

    fn take(&mut self, count: u32) -> Result<u32, Fault> {
        let value = self.peek(count)?;
        self.at += count as usize;
        Ok(value)
    }

    /// A count of `remaining` at most, plus one: small values take one bit less.
    fn take_count(&mut self, remaining: i32) -> Result<i16, Fault> {
        let most = u32::try_from(remaining).map_err(|_| BAD)? + 1;
        let bits = most.ilog2() + 1;
        let threshold = (1 << bits) - 1 - most;
        let short = self.peek(bits - 1)?;
        let value = if short < threshold {
            self.take(bits - 1)?
        } else {
            let long = self.take(bits)?;
            if long >> (bits - 1) == 0 { long } else { long - threshold }
        };
        i16::try_from(i64::from(value) - 1).map_err(|_| BAD)
    }
}
