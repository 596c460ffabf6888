//! gzip (RFC 1952) around deflate.

use crate::base::crc::crc32;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{Read as _, Write as _};

/// Deflate; no time, no name, of an unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const HEADER_CRC: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

pub enum Fault {
    Corrupt(String),
    TooLarge,
}

pub fn compress(input: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut output = Vec::with_capacity(input.len() / 2 + 32);
    output.extend_from_slice(&HEADER);
    let mut encoder = DeflateEncoder::new(output, flate2::Compression::default());
    encoder.write_all(input)?;
    let mut output = encoder.finish()?;
    output.extend_from_slice(&crc32(input).to_le_bytes());
    output.extend_from_slice(&(input.len() as u32).to_le_bytes());
    Ok(output)
}

/// Inflates all members, one after another.
pub fn decompress(mut input: &[u8], bound: usize) -> Result<Vec<u8>, Fault> {
    let mut inflated = Vec::new();
    loop {
        let start = inflated.len();
        let limit = (bound - start).saturating_add(1);
        let mut reader = DeflateDecoder::new(after_header(input).ok_or_else(|| corrupt("no gzip header"))?).take(limit as u64);
        reader.read_to_end(&mut inflated).map_err(corrupt)?;
        if inflated.len() > bound {
            return Err(Fault::TooLarge);
        }
        let member = inflated.get(start..).unwrap_or_default();
        let rest = reader.into_inner().into_inner();
        let (Some(sum), Some(len)) = (number(rest, 0), number(rest, 4)) else { return Err(corrupt("gzip ends too early")) };
        if sum != crc32(member) || len != member.len() as u32 {
            return Err(corrupt("the gzip checksum does not fit"));
        }
        input = rest.get(8..).unwrap_or_default();
        if input.is_empty() {
            return Ok(inflated);
        }
    }
}

fn corrupt(reason: impl ToString) -> Fault {
    Fault::Corrupt(reason.to_string())
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// What follows a member's header; none if it has none.
fn after_header(member: &[u8]) -> Option<&[u8]> {
    let (head, mut rest) = member.split_first_chunk::<10>()?;
    let flags = head[3];
    if head[..3] != HEADER[..3] || flags & RESERVED != 0 {
        return None;
    }
    if flags & EXTRA != 0 {
        let (len, extra) = rest.split_first_chunk()?;
        rest = extra.get(usize::from(u16::from_le_bytes(*len))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            rest = rest.get(rest.iter().position(|byte| *byte == 0)? + 1..)?;
        }
    }
    if flags & HEADER_CRC != 0 {
        let header = member.get(..member.len() - rest.len())?;
        let (sum, after) = rest.split_first_chunk()?;
        rest = after;
        if u16::from_le_bytes(*sum) != crc32(header) as u16 {
            return None;
        }
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_flate2_writes() {
        for input in [&b""[..], b"a", &b"partita ".repeat(20_000)] {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(input).unwrap();
            assert_eq!(compress(input).unwrap(), encoder.finish().unwrap());
        }
    }

    #[test]
    fn members_with_all_that_a_header_may_have_are_read_one_after_another() {
        let member = |text: &[u8]| {
            let builder = flate2::GzBuilder::new().extra(vec![1, 2, 3]).filename("name").comment("comment").mtime(7);
            let mut encoder = builder.write(Vec::new(), flate2::Compression::best());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        };
        let two = [member(b"one, "), member(b"two")].concat();
        assert_eq!(decompress(&two, 8).ok().unwrap(), b"one, two");
        assert!(matches!(decompress(&two, 7), Err(Fault::TooLarge)));
        assert!(matches!(decompress(&two[..two.len() - 1], 8), Err(Fault::Corrupt(_))));
        assert!(matches!(decompress(&[&two[..], b"x"].concat(), 8), Err(Fault::Corrupt(_))));
        let mut with_sum = member(b"three");
        let header = with_sum.len() - after_header(&with_sum).unwrap().len();
        with_sum[3] |= HEADER_CRC;
        let sum = crc32(&with_sum[..header]) as u16;
        with_sum.splice(header..header, sum.to_le_bytes());
        assert_eq!(decompress(&with_sum, 5).ok().unwrap(), b"three");
        with_sum[header] ^= 1;
        assert!(decompress(&with_sum, 5).is_err());
    }
}
