//! What the fuzz targets do with their bytes. `fuzz/` runs them under cargo-fuzz; `tests/wire` runs each for a moment over the corpus and
//! mutations of it. A target panics where the code under test breaks a promise.

use crate::engine::{Engine, framed};
use bytes::Bytes;
use partita::base::Duration;
use partita::wire::codec::Described;
use partita::wire::messages::ApiVersionsRequest;
use partita::wire::{ApiKey, Batch, Compression, FrameReader, MetadataRecord, WireReason, decode_request_header, messages};

/// The outside door: a stream cut into frames, each frame's header, and the request behind it.
pub fn frame(data: &[u8]) {
    let mut reader = FrameReader::new(1 << 16);
    for piece in data.chunks(7) {
        reader.push(piece);
        loop {
            match reader.next_frame() {
                Ok(Some(frame)) => header(&frame),
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
}

fn header(frame: &Bytes) {
    let Ok((header, body)) = decode_request_header(frame) else { return };
    assert!(body.len() < frame.len(), "a header has bytes");
    if let Some(key) = ApiKey::from_i16(header.api_key) {
        message(&messages::request(key), header.version, body);
    }
}

/// Any message: the first two bytes choose it and its version, the rest is its bytes.
pub fn codec(data: &[u8]) {
    let [choice, version, body @ ..] = data else { return };
    let described = match (ApiKey::ALL.get(usize::from(choice / 2)), choice % 2) {
        (Some(&key), 0) => messages::request(key),
        (Some(&key), _) => messages::response(key),
        (None, _) => {
            let mut records = messages::records();
            records.swap_remove(usize::from(*choice) % records.len())
        }
    };
    let version = described.versions.start() + i16::from(*version) % (described.versions.end() - described.versions.start() + 1);
    message(&described, version, Bytes::copy_from_slice(body));
    let _ = MetadataRecord::decode(Bytes::copy_from_slice(data));
}

/// What can be read can be written, and is then read as what it was.
fn message(described: &Described, version: i16, body: Bytes) {
    let (notes, error) = described.notes(body.clone(), version);
    assert!(notes.iter().all(|note| note.range.end <= body.len()), "a field lies outside of its message");
    let Ok(mut message) = described.decode(body, version) else {
        return assert!(error.is_some(), "the inspector reads what the codec refuses");
    };
    assert_eq!(error, None, "the inspector refuses what the codec reads");
    let written = match described.encode(&mut *message, version) {
        Ok(written) => written.to_bytes(),
        // What stands for bytes that are not UTF-8 is longer than they.
        Err(error) => return assert_eq!(error.reason, WireReason::TooLong, "{error}"),
    };
    let again = described.decode(written.clone(), version).and_then(|mut message| described.encode(&mut *message, version));
    assert_eq!(again.map(|rope| rope.to_bytes()), Ok(written));
}

/// Record batches: headers, checksums, records.
pub fn batch(data: &[u8]) {
    let Ok(batches) = Batch::parse_all(Bytes::copy_from_slice(data)) else { return };
    for batch in batches {
        let _ = batch.verify_crc();
        assert_eq!(batch.to_rope().len(), batch.size_in_bytes());
        if let Ok(records) = batch.records() {
            let read = records.take_while(Result::is_ok).count();
            assert!(read <= data.len() * 1100 + 1024, "{read} records from {} bytes", data.len());
        }
    }
}

/// What the decompressors may inflate to in a fuzz run, in bytes.
const INFLATED_MAX: usize = 1 << 20;

/// The decompressors: the first byte chooses one, the rest is its input.
pub fn decompress(data: &[u8]) {
    let [choice, input @ ..] = data else { return };
    let codec = Compression::ALL[usize::from(*choice) % Compression::ALL.len()];
    if let Ok(inflated) = codec.decompress(&Bytes::copy_from_slice(input), INFLATED_MAX) {
        assert!(inflated.len() <= INFLATED_MAX.max(input.len()), "{codec:?} inflates to {} bytes", inflated.len());
    }
}

thread_local! {
    static ENGINE: Engine = Engine::start();
}

/// A running broker: one frame, without its length. It serves others afterwards.
pub fn request(data: &[u8]) {
    let mut engine = ENGINE.with(Clone::clone);
    let connection = engine.connect();
    engine.send(connection, &framed(data), Duration::from_millis(600));
    assert_eq!(engine.ask(0, ApiVersionsRequest::default()).error_code, 0);
}
