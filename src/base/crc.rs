//! The checksums of Kafka's formats: CRC-32C of record batches and snapshots, CRC-32 of gzip.
//!
//! Tables are made when they are first needed: in the page's module they would be kilobytes that no compression makes smaller.

use std::sync::LazyLock;

/// What a byte adds to the checksum, with 0 to 7 bytes behind it.
type Tables = [[u32; 256]; 8];

static IEEE: LazyLock<Tables> = LazyLock::new(|| tables(0xedb8_8320));
#[cfg(any(test, target_arch = "wasm32"))]
static CASTAGNOLI: LazyLock<Tables> = LazyLock::new(|| tables(0x82f6_3b78));

/// CRC-32 of `bytes`, as gzip has it.
pub fn crc32(bytes: &[u8]) -> u32 {
    update(&IEEE, 0, bytes)
}

/// CRC-32C of `bytes`.
pub fn crc32c(bytes: &[u8]) -> u32 {
    crc32c_append(0, bytes)
}

/// CRC-32C of what has the checksum `crc`, and `bytes` after it.
#[cfg(not(target_arch = "wasm32"))]
pub fn crc32c_append(crc: u32, bytes: &[u8]) -> u32 {
    // The processor has an instruction for it.
    crc32c::crc32c_append(crc, bytes)
}

/// CRC-32C of what has the checksum `crc`, and `bytes` after it.
#[cfg(target_arch = "wasm32")]
pub fn crc32c_append(crc: u32, bytes: &[u8]) -> u32 {
    update(&CASTAGNOLI, crc, bytes)
}

fn tables(polynomial: u32) -> Tables {
    let mut tables = [[0; 256]; 8];
    for byte in 0..=255_u8 {
        let mut crc = u32::from(byte);
        for table in &mut tables {
            for _ in 0..8 {
                crc = crc >> 1 ^ if crc & 1 == 0 { 0 } else { polynomial };
            }
            table[usize::from(byte)] = crc;
        }
    }
    tables
}

fn update(tables: &Tables, crc: u32, bytes: &[u8]) -> u32 {
    let at = |behind: usize, byte: u8| tables[behind][usize::from(byte)];
    let (words, rest) = bytes.as_chunks::<8>();
    let mut crc = !crc;
    for word in words {
        let [a, b, c, d, e, f, g, h] = (u64::from_le_bytes(*word) ^ u64::from(crc)).to_le_bytes();
        crc = at(7, a) ^ at(6, b) ^ at(5, c) ^ at(4, d) ^ at(3, e) ^ at(2, f) ^ at(1, g) ^ at(0, h);
    }
    for byte in rest {
        crc = at(0, crc as u8 ^ byte) ^ crc >> 8;
    }
    !crc
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn both_are_what_other_programs_compute() {
        let bytes: Vec<u8> = (0_u32..3_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for range in [0..0, 0..1, 5..12, 3..11, 0..64, 1..2_999] {
            let (bytes, at) = (&bytes[range.clone()], bytes[range.clone()].len() / 3);
            let mut oracle = flate2::Crc::new();
            oracle.update(bytes);
            assert_eq!(crc32(bytes), oracle.sum(), "{range:?}");
            assert_eq!(update(&CASTAGNOLI, 0, bytes), crc32c::crc32c(bytes), "{range:?}");
            assert_eq!(update(&CASTAGNOLI, update(&CASTAGNOLI, 0, &bytes[..at]), &bytes[at..]), crc32c::crc32c(bytes), "{range:?}");
        }
    }
}
