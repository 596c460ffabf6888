//! Zigzag numbers of variable length, as records have them (`ByteUtils.readVarint`, `readVarlong`).

use super::error::RecordFault;

/// Takes an i32 off the front.
pub(in crate::wire) fn take_i32(input: &mut &[u8]) -> Result<i32, RecordFault> {
    let raw = take(input, 5)?;
    let raw = u32::try_from(raw).map_err(|_| RecordFault::Varint)?;
    Ok((raw >> 1) as i32 ^ -((raw & 1) as i32))
}

/// Takes an i64 off the front.
pub(in crate::wire) fn take_i64(input: &mut &[u8]) -> Result<i64, RecordFault> {
    let raw = take(input, 10)?;
    Ok((raw >> 1) as i64 ^ -((raw & 1) as i64))
}

fn take(input: &mut &[u8], max_bytes: u32) -> Result<u64, RecordFault> {
    let mut value = 0_u64;
    let mut shift = 0;
    loop {
        let (byte, rest) = input.split_first().ok_or(RecordFault::CutShort)?;
        *input = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            // A tenth byte has room for one more bit.
            return if shift == 63 && *byte > 1 { Err(RecordFault::Varint) } else { Ok(value) };
        }
        shift += 7;
        if shift >= 7 * max_bytes {
            return Err(RecordFault::Varint);
        }
    }
}

pub(super) fn put_i32(output: &mut Vec<u8>, value: i32) {
    put(output, u64::from((value << 1 ^ value >> 31) as u32));
}

pub(super) fn put_i64(output: &mut Vec<u8>, value: i64) {
    put(output, (value << 1 ^ value >> 63) as u64);
}

fn put(output: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        output.push(value as u8 | 0x80);
        value >>= 7;
    }
    output.push(value as u8);
}

/// How many bytes the number takes.
pub(super) const fn len_i64(value: i64) -> usize {
    let raw = (value << 1 ^ value >> 63) as u64;
    let bits = 64 - (raw | 1).leading_zeros() as usize;
    bits.div_ceil(7)
}

/// How many bytes the number takes.
pub(super) const fn len_i32(value: i32) -> usize {
    len_i64(value as i64)
}
