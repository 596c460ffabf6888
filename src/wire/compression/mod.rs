//! The five codecs of record batches (`CompressionType`), in pure Rust, each way. Whatever comes in, what it inflates to is bounded.
//!
//! What is written here every client reads: gzip; snappy in the framing of snappy-java (xerial), in blocks of 32 KiB; lz4 frames of
//! independent 64 KiB blocks (KIP-57); zstd frames (KIP-110).
//! zstd is written by the crate ruzstd, but read here: its decoder takes memory as a frame asks for it.

mod zstd;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use lz4_flex::frame::{BlockMode, BlockSize, FrameDecoder as Lz4Decoder, FrameEncoder as Lz4Encoder, FrameInfo};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::fmt;
use std::io::{Read, Write};

/// What one batch may inflate to at most, in bytes: as much as a request may have (`socket.request.max.bytes`).
pub const MAX_INFLATED_BYTES: usize = 104_857_600;

const XERIAL_MAGIC: [u8; 8] = [0x82, b'S', b'N', b'A', b'P', b'P', b'Y', 0];
const XERIAL_HEADER_LEN: usize = 16;
const XERIAL_BLOCK_LEN: usize = 32 * 1024;

/// A codec, numbered as in the lowest three bits of a batch's attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    #[default]
    None,
    Gzip,
    Snappy,
    Lz4,
    Zstd,
}

/// Bytes that do not inflate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompressionError {
    /// The codec refuses them; the text is the codec's own.
    Corrupt { codec: Compression, reason: String },
    /// They would inflate to more than the bound, in bytes.
    TooLarge { codec: Compression, bound: usize },
}

impl fmt::Display for CompressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corrupt { codec, reason } => write!(f, "not valid {}: {reason}", codec.name()),
            Self::TooLarge { codec, bound } => write!(f, "{} that inflates to more than {bound} bytes", codec.name()),
        }
    }
}

impl std::error::Error for CompressionError {}

impl Compression {
    pub const ALL: [Self; 5] = [Self::None, Self::Gzip, Self::Snappy, Self::Lz4, Self::Zstd];

    /// The codec with this number in a batch's attributes; `None` for 5 to 7 and beyond.
    pub fn from_id(id: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.id() == id)
    }

    /// Its number in a batch's attributes.
    pub const fn id(self) -> i16 {
        self as i16
    }

    /// As in `compression.type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Snappy => "snappy",
            Self::Lz4 => "lz4",
            Self::Zstd => "zstd",
        }
    }

    /// The codec of this name, as in `compression.type`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.name() == name)
    }

    /// Deflates a batch's records.
    ///
    /// # Errors
    /// None that an input brings about: codecs that write to memory do not fail.
    pub fn compress(self, input: &[u8]) -> Result<Vec<u8>, CompressionError> {
        match self {
            Self::None => Ok(input.to_vec()),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::with_capacity(input.len() / 2 + 32), flate2::Compression::default());
                encoder.write_all(input).and_then(|()| encoder.finish()).map_err(|error| self.corrupt(error))
            }
            Self::Snappy => snappy_compress(input),
            Self::Lz4 => {
                let frame = FrameInfo::new().block_size(BlockSize::Max64KB).block_mode(BlockMode::Independent);
                let mut encoder = Lz4Encoder::with_frame_info(frame, Vec::with_capacity(input.len() / 2 + 32));
                encoder.write_all(input).map_err(|error| self.corrupt(error))?;
                encoder.finish().map_err(|error| self.corrupt(error))
            }
            Self::Zstd => Ok(compress_to_vec(input, CompressionLevel::Fastest)),
        }
    }

    /// Inflates a batch's records, to `bound` bytes at most. Uncompressed input is shared, not copied.
    ///
    /// # Errors
    /// Input that is not the codec's, and input that inflates to more than `bound`.
    pub fn decompress(self, input: &Bytes, bound: usize) -> Result<Bytes, CompressionError> {
        let inflated = match self {
            Self::None => return if input.len() > bound { Err(self.too_large(bound)) } else { Ok(input.clone()) },
            Self::Gzip => self.read_bounded(MultiGzDecoder::new(input.as_ref()), bound)?,
            Self::Snappy => snappy_decompress(input, bound)?,
            Self::Lz4 => self.read_bounded(Lz4Decoder::new(input.as_ref()), bound)?,
            Self::Zstd => zstd::decompress(input, bound).map_err(|fault| match fault {
                zstd::Fault::Corrupt(reason) => self.corrupt(reason),
                zstd::Fault::TooLarge => self.too_large(bound),
            })?,
        };
        Ok(inflated.into())
    }

    fn read_bounded(self, reader: impl Read, bound: usize) -> Result<Vec<u8>, CompressionError> {
        let mut inflated = Vec::new();
        let limit = u64::try_from(bound).unwrap_or(u64::MAX).saturating_add(1);
        reader.take(limit).read_to_end(&mut inflated).map_err(|error| self.corrupt(error))?;
        if inflated.len() > bound { Err(self.too_large(bound)) } else { Ok(inflated) }
    }

    fn corrupt(self, reason: impl fmt::Display) -> CompressionError {
        CompressionError::Corrupt { codec: self, reason: reason.to_string() }
    }

    const fn too_large(self, bound: usize) -> CompressionError {
        CompressionError::TooLarge { codec: self, bound }
    }
}

fn snappy_compress(input: &[u8]) -> Result<Vec<u8>, CompressionError> {
    let mut output = Vec::with_capacity(input.len() / 2 + XERIAL_HEADER_LEN);
    output.extend_from_slice(&XERIAL_MAGIC);
    // The version, and the lowest version that can read it.
    output.extend_from_slice(&1_u32.to_be_bytes());
    output.extend_from_slice(&1_u32.to_be_bytes());
    let mut encoder = snap::raw::Encoder::new();
    for block in input.chunks(XERIAL_BLOCK_LEN) {
        let block = encoder.compress_vec(block).map_err(|error| Compression::Snappy.corrupt(error))?;
        let len = u32::try_from(block.len()).map_err(|error| Compression::Snappy.corrupt(error))?;
        output.extend_from_slice(&len.to_be_bytes());
        output.extend_from_slice(&block);
    }
    Ok(output)
}

/// Reads snappy-java's framing, and bare snappy where there is none, as Java's `SnappyInputStream`.
fn snappy_decompress(input: &[u8], bound: usize) -> Result<Vec<u8>, CompressionError> {
    let mut inflated = Vec::new();
    if !input.starts_with(&XERIAL_MAGIC) {
        snappy_block(input, bound, &mut inflated)?;
        return Ok(inflated);
    }
    let mut rest = input.get(XERIAL_HEADER_LEN..).ok_or_else(|| Compression::Snappy.corrupt("a header that is cut short"))?;
    while let Some((len, after)) = rest.split_first_chunk() {
        let len = usize::try_from(u32::from_be_bytes(*len)).unwrap_or(usize::MAX);
        let (block, after) = after.split_at_checked(len).ok_or_else(|| Compression::Snappy.corrupt("a block that is cut short"))?;
        snappy_block(block, bound, &mut inflated)?;
        rest = after;
    }
    if rest.is_empty() { Ok(inflated) } else { Err(Compression::Snappy.corrupt("a block length that is cut short")) }
}

fn snappy_block(block: &[u8], bound: usize, inflated: &mut Vec<u8>) -> Result<(), CompressionError> {
    let corrupt = |error| Compression::Snappy.corrupt(error);
    let start = inflated.len();
    let len = snap::raw::decompress_len(block).map_err(corrupt)?;
    let end = start.saturating_add(len);
    // Snappy makes at most 64 bytes of 3.
    if end > bound || len > block.len().saturating_mul(22) {
        return Err(Compression::Snappy.too_large(bound));
    }
    inflated.resize(end, 0);
    let written = snap::raw::Decoder::new().decompress(block, inflated.get_mut(start..).unwrap_or_default()).map_err(corrupt)?;
    inflated.truncate(start.saturating_add(written));
    Ok(())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inflate(codec: Compression, bytes: Vec<u8>, bound: usize) -> Result<Bytes, CompressionError> {
        codec.decompress(&Bytes::from(bytes), bound)
    }

    #[test]
    fn every_codec_gives_back_what_it_took() {
        let varied: Vec<u8> = (0_u32..200_000).map(|n| (n.wrapping_mul(2_654_435_761) >> (n % 24)) as u8).collect();
        for input in [vec![], vec![7], vec![0; 300_000], b"partita ".repeat(20_000), varied] {
            for codec in Compression::ALL {
                let deflated = codec.compress(&input).unwrap();
                assert_eq!(inflate(codec, deflated, input.len()).unwrap(), input, "{codec:?}");
            }
        }
    }

    #[test]
    fn what_inflates_beyond_the_bound_is_refused() {
        for codec in Compression::ALL {
            let deflated = codec.compress(&vec![0; 1_000_000]).unwrap();
            assert_eq!(inflate(codec, deflated, 999_999), Err(CompressionError::TooLarge { codec, bound: 999_999 }));
        }
    }

    #[test]
    fn bare_snappy_is_read_too() {
        let bare = snap::raw::Encoder::new().compress_vec(b"bare bare bare bare").unwrap();
        assert_eq!(inflate(Compression::Snappy, bare, 100).unwrap(), &b"bare bare bare bare"[..]);
    }

    #[test]
    fn a_snappy_block_that_claims_gigabytes_reserves_nothing() {
        assert!(inflate(Compression::Snappy, vec![0xff, 0xff, 0xff, 0xff, 0x0f, 0], usize::MAX).is_err());
    }

    #[test]
    fn several_zstd_frames_are_read_as_one() {
        let two = [Compression::Zstd.compress(b"one, ").unwrap(), Compression::Zstd.compress(b"two").unwrap()].concat();
        assert_eq!(inflate(Compression::Zstd, two, 100).unwrap(), &b"one, two"[..]);
    }

    /// A frame of one block of `count` sequences, each of which repeats one byte 131074 times.
    fn zstd_bomb(count: u16) -> Vec<u8> {
        let [low, high] = (count - 0x7f00).to_le_bytes();
        // One raw literal; all three tables of one symbol; 16 extra bits to each match's length.
        let mut block = vec![1 << 3, b'x', 255, low, high, 0b0101_0100, 1, 0, 52];
        block.extend(std::iter::repeat_n(0xff, usize::from(count) * 2));
        block.push(1);
        let header = (block.len() as u32) << 3 | 2 << 1 | 1;
        let start = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58];
        [&start[..], &header.to_le_bytes()[..3], &block].concat()
    }

    #[test]
    fn a_zstd_block_that_claims_gigabytes_is_refused() {
        assert!(matches!(inflate(Compression::Zstd, zstd_bomb(0x8000), MAX_INFLATED_BYTES), Err(CompressionError::Corrupt { .. })));
    }

    /// Frames of the zstd program, at its lowest, a middle and its highest level, of 30,000 bytes of text.
    #[test]
    fn frames_of_the_reference_encoder_are_read() {
        let text = words(30_000);
        for frame in [&include_bytes!("zstd/level-1.zst")[..], include_bytes!("zstd/level-9.zst"), include_bytes!("zstd/level-19.zst")] {
            assert_eq!(inflate(Compression::Zstd, frame.to_vec(), text.len()).unwrap(), text);
        }
    }

    /// Words in an order that only looks random.
    fn words(len: usize) -> Vec<u8> {
        let words = ["partita", "broker", "offset", "watermark", "replica", "a", "of", "the", "0123456789", "\n"];
        let mut state = 1_u32;
        let mut text = Vec::new();
        while text.len() < len {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.extend_from_slice(words[(state >> 16) as usize % words.len()].as_bytes());
            text.push(b' ' + (state >> 28) as u8);
        }
        text.truncate(len);
        text
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_refused_or_inflated_within_bounds(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            for codec in Compression::ALL {
                if let Ok(inflated) = inflate(codec, bytes.clone(), 10_000) {
                    prop_assert!(inflated.len() <= 10_000);
                }
            }
        }

        #[test]
        fn damaged_frames_of_the_reference_encoder_are_refused_or_inflated_within_bounds(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            for frame in [&include_bytes!("zstd/level-1.zst")[..], include_bytes!("zstd/level-19.zst")] {
                let mut frame = frame.to_vec();
                let at = at.index(frame.len());
                frame[at] = byte;
                if let Ok(inflated) = inflate(Compression::Zstd, frame, 30_000) {
                    prop_assert!(inflated.len() <= 30_000);
                }
            }
        }

        #[test]
        fn damaged_frames_are_refused_or_inflated_within_bounds(
            words in prop::collection::vec(0_u8..6, 0..3_000), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(),
        ) {
            for codec in Compression::ALL {
                let mut deflated = codec.compress(&words).unwrap();
                if !deflated.is_empty() {
                    let at = at.index(deflated.len());
                    deflated[at] = byte;
                    deflated.truncate(cut.index(deflated.len()) + 1);
                }
                if let Ok(inflated) = inflate(codec, deflated, 10_000) {
                    prop_assert!(inflated.len() <= 10_000);
                }
            }
        }
    }
}
