//! gzip (RFC 1952): deflate between a header and a checksum, any number of members one after another.
//!
//! Deflating is the crate flate2's, as are the words of what is refused; its own gzip brings along tables of 16 KB that do not compress.

use crate::base::crc::crc32;
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{Error, ErrorKind, Read, Result, Write};

/// No flags, no time, of no system in particular.
const HEADER: [u8; 10] = [0x1f, 0x8b, DEFLATE, 0, 0, 0, 0, 0, 0, 255];
const DEFLATE: u8 = 8;
const HEADER_CRC: u8 = 1 << 1;
const EXTRA: u8 = 1 << 2;
const NAME: u8 = 1 << 3;
const COMMENT: u8 = 1 << 4;
const RESERVED: u8 = 0b1110_0000;
/// The longest name or comment, in bytes.
const TEXT_MAX: usize = 65_535;

pub fn compress(input: &[u8]) -> Result<Vec<u8>> {
    let mut output = Vec::with_capacity(input.len() / 2 + 32);
    output.extend_from_slice(&HEADER);
    let mut encoder = DeflateEncoder::new(output, Compression::default());
    encoder.write_all(input)?;
    let mut output = encoder.finish()?;
    output.extend_from_slice(&crc32(input).to_le_bytes());
    output.extend_from_slice(&(input.len() as u32).to_le_bytes());
    Ok(output)
}

/// Inflates up to `limit` bytes, and leaves off there.
pub fn decompress(mut rest: &[u8], limit: usize) -> Result<Vec<u8>> {
    let mut inflated = Vec::new();
    loop {
        header(&mut rest)?;
        let start = inflated.len();
        let room = u64::try_from(limit.saturating_sub(start)).unwrap_or(u64::MAX);
        DeflateDecoder::new(&mut rest).take(room).read_to_end(&mut inflated)?;
        if inflated.len() >= limit {
            return Ok(inflated);
        }
        let member = inflated.get(start..).unwrap_or_default();
        let sums = (u32::from_le_bytes(take(&mut rest)?), u32::from_le_bytes(take(&mut rest)?));
        if sums != (crc32(member), member.len() as u32) {
            return Err(corrupt());
        }
        if rest.is_empty() {
            return Ok(inflated);
        }
    }
}

/// Reads a member's header, and keeps nothing of it.
fn header(rest: &mut &[u8]) -> Result<()> {
    let whole = *rest;
    let [first, second, method, flags, ..] = take::<10>(rest)?;
    if [first, second, method] != [0x1f, 0x8b, DEFLATE] || flags & RESERVED != 0 {
        return Err(Error::new(ErrorKind::InvalidInput, "invalid gzip header"));
    }
    if flags & EXTRA != 0 {
        let len = usize::from(u16::from_le_bytes(take(rest)?));
        *rest = rest.get(len..).ok_or(ErrorKind::UnexpectedEof)?;
    }
    for _ in 0..(flags & (NAME | COMMENT)).count_ones() {
        let len = rest.iter().take(TEXT_MAX + 1).position(|byte| *byte == 0);
        let too_long = || Error::new(ErrorKind::InvalidInput, "gzip header field too long");
        let len = len.ok_or_else(|| if rest.len() > TEXT_MAX { too_long() } else { ErrorKind::UnexpectedEof.into() })?;
        *rest = rest.get(len + 1..).unwrap_or_default();
    }
    if flags & HEADER_CRC != 0 {
        let sum = crc32(whole.get(..whole.len() - rest.len()).unwrap_or_default());
        if take(rest)? != (sum as u16).to_le_bytes() {
            return Err(corrupt());
        }
    }
    Ok(())
}

fn take<const LEN: usize>(rest: &mut &[u8]) -> Result<[u8; LEN]> {
    let (taken, after) = rest.split_first_chunk().ok_or(ErrorKind::UnexpectedEof)?;
    *rest = after;
    Ok(*taken)
}

fn corrupt() -> Error {
    Error::new(ErrorKind::InvalidInput, "corrupt gzip stream does not have a matching checksum")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use flate2::GzBuilder;
    use flate2::read::MultiGzDecoder;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    /// What the crate's own gzip says.
    fn oracle(input: &[u8], limit: usize) -> std::result::Result<Vec<u8>, String> {
        let mut inflated = Vec::new();
        let read = MultiGzDecoder::new(input).take(limit as u64).read_to_end(&mut inflated);
        read.map(|_| inflated).map_err(|error| error.to_string())
    }

    fn ours(input: &[u8], limit: usize) -> std::result::Result<Vec<u8>, String> {
        decompress(input, limit).map_err(|error| error.to_string())
    }

    #[test]
    fn it_writes_what_the_crates_own_gzip_writes() {
        let varied: Vec<u8> = (0_u32..200_000).map(|n| (n.wrapping_mul(2_654_435_761) >> (n % 24)) as u8).collect();
        for input in [vec![], vec![7], b"partita ".repeat(20_000), varied] {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&input).expect("memory");
            assert!(compress(&input).expect("memory") == encoder.finish().expect("memory"));
        }
    }

    #[test]
    fn headers_with_everything_and_members_in_a_row_are_read() {
        let builder = GzBuilder::new().filename("a name").comment("a comment").extra([1, 2, 3]).mtime(5);
        let mut encoder = builder.write(Vec::new(), Compression::best());
        encoder.write_all(b"one, ").expect("memory");
        let two = [encoder.finish().expect("memory"), compress(b"two").expect("memory")].concat();
        assert_eq!(ours(&two, 100), Ok(b"one, two".to_vec()));
        assert_eq!(ours(&two, 4), Ok(b"one,".to_vec()));
        assert_eq!(oracle(&two, 100), ours(&two, 100));
        for cut in 0..two.len() {
            assert_eq!(ours(&two[..cut], 100), oracle(&two[..cut], 100), "{cut}");
        }
    }

    #[test]
    fn a_headers_checksum_is_checked() {
        let mut member = compress(b"summed").expect("memory");
        member[3] = HEADER_CRC;
        let sum = (crc32(&member[..10]) as u16).to_le_bytes();
        member.splice(10..10, sum);
        assert_eq!(ours(&member, 100), Ok(b"summed".to_vec()));
        member[10] ^= 1;
        assert_eq!(ours(&member, 100), oracle(&member, 100));
    }

    proptest! {
        #[test]
        fn whatever_is_damaged_is_judged_as_the_crate_judges_it(
            words in prop::collection::vec(0_u8..6, 0..300), at in any::<prop::sample::Index>(), byte in any::<u8>(),
        ) {
            let mut member = compress(&words).expect("memory");
            let at = at.index(member.len());
            member[at] = byte;
            prop_assert_eq!(ours(&member, 10_000), oracle(&member, 10_000));
        }
    }
}
