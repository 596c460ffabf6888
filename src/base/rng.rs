//! Seeded randomness. Every part that needs some has a stream of its own, so that what one part draws never moves what another gets.

use oorandom::Rand64;

/// One stream of random numbers (PCG), wholly given by a seed and the stream's name.
#[derive(Clone, Debug)]
pub struct Rng(Rand64);

impl Rng {
    /// The stream called `name` of the session with this seed.
    pub fn stream(seed: u64, name: &str) -> Self {
        // FNV-1a, 128 bit: the name only has to tell streams apart.
        let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        for byte in name.bytes() {
            hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
        Self(Rand64::new_inc(u128::from(seed), hash))
    }

    pub fn u64(&mut self) -> u64 {
        self.0.rand_u64()
    }

    /// Uniform in `0..bound`; 0 where `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.0.rand_range(0..bound) }
    }

    /// 16 random bytes.
    pub fn bytes16(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.u64().to_be_bytes());
        bytes[8..].copy_from_slice(&self.u64().to_be_bytes());
        bytes
    }
}
