//! The checksums of record batches (CRC-32C) and of gzip (CRC-32).
//!
//! Tables are made when they are first needed: as data they are what no compression of the page makes smaller.

use std::sync::OnceLock;

/// Each for a byte that lies so many bytes before the end of eight.
type Tables = [[u32; 256]; 8];

/// CRC-32C (Castagnoli).
#[cfg(target_arch = "wasm32")]
pub fn crc32c(bytes: &[u8]) -> u32 {
    crc32c_append(0, bytes)
}

/// The CRC-32C of what came before and of these bytes.
#[cfg(target_arch = "wasm32")]
pub fn crc32c_append(crc: u32, bytes: &[u8]) -> u32 {
    static TABLES: OnceLock<Box<Tables>> = OnceLock::new();
    append(TABLES.get_or_init(|| tables(0x82f6_3b78)), crc, bytes)
}

// Natively the processor has an instruction for it.
#[cfg(not(target_arch = "wasm32"))]
pub use crc32c::{crc32c, crc32c_append};

/// CRC-32 (IEEE 802.3).
pub fn crc32(bytes: &[u8]) -> u32 {
    static TABLES: OnceLock<Box<Tables>> = OnceLock::new();
    append(TABLES.get_or_init(|| tables(0xedb8_8320)), 0, bytes)
}

fn tables(polynomial: u32) -> Box<Tables> {
    let mut tables = Box::new([[0; 256]; 8]);
    for byte in 0..256 {
        let mut crc = byte as u32;
        for table in tables.iter_mut() {
            for _ in 0..8 {
                crc = crc >> 1 ^ if crc & 1 == 0 { 0 } else { polynomial };
            }
            table[byte] = crc;
        }
    }
    tables
}

fn append(tables: &Tables, crc: u32, bytes: &[u8]) -> u32 {
    let mut crc = !crc;
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        let [a, b, c, d] = (crc ^ u32::from_le_bytes([eight[0], eight[1], eight[2], eight[3]])).to_le_bytes();
        let before = [a, b, c, d, eight[4], eight[5], eight[6], eight[7]];
        crc = before.iter().zip(tables.iter().rev()).fold(0, |crc, (byte, table)| crc ^ table[usize::from(*byte)]);
    }
    for byte in rest {
        crc = crc >> 8 ^ tables[0][usize::from(crc as u8 ^ byte)];
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::{append, crc32, tables};

    #[test]
    fn checksums_are_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(append(&tables(0x82f6_3b78), 0, b"123456789"), 0xe306_9283);
    }

    #[test]
    fn the_tables_give_what_the_instruction_gives() {
        let bytes: Vec<u8> = (0..1_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let tables = tables(0x82f6_3b78);
        for cut in 0..60 {
            let (one, other) = bytes.split_at(cut);
            assert_eq!(append(&tables, append(&tables, 0, one), other), crc32c::crc32c(&bytes));
        }
    }
}
