//! The fuzz targets, each for a moment: over the corpus in `fuzz/corpus`, and mutations of it that are the same in every run.

use crate::{samples, targets};
use partita::base::Rng;
use std::fs;
use std::path::Path;

const MUTATIONS: u64 = 4000;
/// A broker takes longer.
const REQUESTS: u64 = 600;

/// The target's corpus, by file name.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
    files.sort();
    assert!(!files.is_empty(), "no corpus in {}", folder.display());
    files.iter().filter_map(|file| fs::read(file).ok()).collect()
}

fn mutate(seed: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=rng.below(4) {
        let at = rng.below(bytes.len() as u64 + 1) as usize;
        let end = (at + rng.below(6) as usize).min(bytes.len());
        match rng.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, [0x7f, 0xff, 0xff, 0xff])),
            3 => bytes[at..end].fill([0, 0xff, 0x80][rng.below(3) as usize]),
            4 => bytes.extend_from_within(at..end),
            _ => bytes[at..end].iter_mut().for_each(|byte| *byte = rng.u64() as u8),
        }
    }
    bytes
}

fn run(name: &str, mutations: u64, target: fn(&[u8])) {
    let corpus = corpus(name);
    let mut rng = Rng::stream(1, name);
    corpus.iter().for_each(|bytes| target(bytes));
    for turn in 0..mutations {
        let seed = &corpus[turn as usize % corpus.len()];
        target(&mutate(seed, &mut rng));
    }
}

#[test]
fn frames_are_read_or_refused() {
    run("frame", MUTATIONS, targets::frame);
}

#[test]
fn messages_are_read_or_refused() {
    run("codec", MUTATIONS, targets::codec);
}

#[test]
fn every_message_mutated_is_read_or_refused() {
    let mut rng = Rng::stream(2, "every message");
    for choice in 0..=255 {
        for version in 0..20 {
            targets::codec(&[&[choice, version][..], &[0; 40]].concat());
        }
    }
    for described in samples::all() {
        for version in described.versions.clone() {
            let bytes = samples::encoded(&described, version, 11);
            for _ in 0..30 {
                let _ = described.decode(mutate(&bytes, &mut rng).into(), version);
            }
        }
    }
}

#[test]
fn batches_are_read_or_refused() {
    run("batch", MUTATIONS, targets::batch);
}

#[test]
fn compressed_bytes_are_inflated_or_refused() {
    run("decompress", MUTATIONS, targets::decompress);
}

#[test]
fn a_broker_survives_any_frame() {
    run("request", REQUESTS, targets::request);
}
