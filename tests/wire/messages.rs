//! What holds for every message in every version.

use crate::{memory, samples};
use bytes::Bytes;
use partita::wire::codec::{Kind, Name, Note, Value, WireReason};

const SEEDS: u64 = 12;

#[test]
fn what_is_written_is_read_as_it_was() {
    for described in samples::all() {
        for version in described.versions.clone() {
            for seed in 0..SEEDS {
                let bytes = samples::encoded(&described, version, seed);
                let mut read = described.decode(bytes.clone(), version).unwrap_or_else(|error| panic!("{error}"));
                let again = described.encode(&mut *read, version).unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(again.to_bytes(), bytes, "{} v{version}, seed {seed}", described.name);
            }
        }
    }
}

#[test]
fn a_message_cut_short_is_refused() {
    for described in samples::all() {
        for version in described.versions.clone() {
            let bytes = samples::encoded(&described, version, 3);
            for length in (0..bytes.len()).step_by(1 + bytes.len() / 50) {
                let cut = described.decode(bytes.slice(..length), version);
                assert!(cut.is_err(), "{} v{version} is read from {length} of {} bytes", described.name, bytes.len());
            }
        }
    }
}

#[test]
fn bytes_behind_a_message_are_refused_except_behind_a_request() {
    for described in samples::all() {
        for version in described.versions.clone() {
            let mut bytes = samples::encoded(&described, version, 5).to_vec();
            bytes.push(0);
            match described.decode(Bytes::from(bytes), version) {
                Ok(_) => assert!(described.name.ends_with("Request"), "{} v{version}", described.name),
                Err(error) => assert_eq!((error.reason, described.tail_ignored), (WireReason::Trailing, false), "{error}"),
            }
        }
    }
}

#[test]
fn a_version_that_a_message_does_not_have_is_refused() {
    for described in samples::all() {
        for version in [described.versions.start() - 1, described.versions.end() + 1] {
            let error = described.decode(Bytes::from_static(&[0; 64]), version).err();
            assert_eq!(error.map(|error| error.reason), Some(WireReason::Version), "{} v{version}", described.name);
        }
    }
}

#[test]
fn hostile_counts_and_lengths_set_no_memory_aside() {
    let hostile: [&[u8]; 3] = [&[0x7f, 0xff, 0xff, 0xff], &[0xff, 0xff, 0xff, 0xff, 0x0f], &[0xff, 0xff, 0xff, 0xff, 0x07]];
    for described in samples::all() {
        for version in described.versions.clone() {
            let bytes = samples::encoded(&described, version, 7);
            for at in (0..bytes.len()).step_by(1 + bytes.len() / 40) {
                for count in hostile {
                    let frame = Bytes::from([bytes.get(..at).unwrap_or_default(), count, &[0; 32]].concat());
                    let size = frame.len();
                    let asked = memory::asked_by(|| drop(described.decode(frame, version)));
                    assert!(asked < 64 * 1024 + 256 * size, "{} v{version}: {asked} bytes for a frame of {size}", described.name);
                }
            }
        }
    }
}

#[test]
fn the_inspector_sees_every_field_where_it_lies() {
    for described in samples::all() {
        for version in described.versions.clone() {
            for seed in 0..SEEDS {
                let bytes = samples::encoded(&described, version, seed);
                let (notes, error) = described.notes(bytes.clone(), version);
                assert_eq!(error, None);
                let what = format!("{} v{version}, seed {seed}", described.name);
                check_nesting(&notes, &what);
                notes.iter().filter(|note| is_number(note.kind)).for_each(|note| check_number(note, &bytes, &what));
            }
        }
    }
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Int8 | Kind::Int16 | Kind::Uint16 | Kind::Int32 | Kind::Uint32 | Kind::Int64)
}

/// A number's range holds its bytes.
fn check_number(note: &Note, bytes: &[u8], what: &str) {
    let Value::Int(value) = note.value else { panic!("{what}: {} is {:?}", note.name, note.value) };
    let lying = bytes[note.range.clone()].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let mask = u64::MAX >> (64 - 8 * note.range.len());
    assert_eq!(value as u64 & mask, lying, "{what}: {}", note.name);
}

/// Siblings follow each other, what is in a field lies in the field's range, and elements are numbered.
fn check_nesting(notes: &[Note], what: &str) {
    let mut open: Vec<(&Note, usize, usize)> = Vec::new();
    for note in notes {
        assert!(note.depth <= open.len(), "{what}: {} has no parent", note.name);
        open.truncate(note.depth);
        if let Some((parent, end, elements)) = open.last_mut() {
            assert!(*end <= note.range.start && note.range.end <= parent.range.end, "{what}: {} in {}", note.name, parent.name);
            *end = note.range.end;
            if let Name::Index(index) = note.name {
                assert_eq!(index, *elements, "{what}: {}", parent.name);
                *elements += 1;
            }
        }
        open.push((note, note.range.start, 0));
    }
}
