//! What the logs of three replicas keep in memory for a record, beyond the bytes of the batch that it came in. Batches come one by one, as
//! producers send them, and followers fetch each as soon as it is there.
//!
//! Prints `log: bytes kept beyond a batch's own, a record` and the figure for each number of records a batch.

use bytes::Bytes;
use partita::base::{LeaderEpoch, Offset, TopicPartition};
use partita::log::{Append, Log, Origin, ReadLimits, single_batch};
use partita::wire::{BatchBuilder, Compression};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Knows how many bytes are allocated.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: it is the system's allocator; counting does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const RECORDS: usize = 100_000;
const REPLICAS: usize = 3;

/// A batch as it comes in a frame, among what else is in that.
fn frame(records: usize) -> Bytes {
    let mut builder = BatchBuilder::new(Compression::None);
    for _ in 0..records {
        builder.append(0, Some(b"key"), Some(&[7; 100]), &[]).unwrap_or_else(|error| panic!("{error}"));
    }
    let batch = builder.build().unwrap_or_else(|error| panic!("{error}")).to_rope().to_bytes();
    [&[0; 80][..], &batch].concat().into()
}

/// Writes all records to a leader and its followers. Returns the logs and the bytes of their batches.
fn replicated(records_a_batch: usize) -> (Vec<Log>, u64) {
    let mut logs: Vec<Log> = (0..REPLICAS).map(|_| Log::new(TopicPartition::new("orders", 0), Arc::default(), 0)).collect();
    let Some((leader, followers)) = logs.split_first_mut() else { return (logs, 0) };
    for _ in 0..RECORDS / records_a_batch {
        let batch = single_batch(frame(records_a_batch).slice(80..).into()).unwrap_or_else(|error| panic!("{error}"));
        let append = Append { leader_epoch: LeaderEpoch(0), origin: Origin::Client, guard: None, transaction_version: 0, now_ms: 0 };
        leader.append_as_leader(batch, append).unwrap_or_else(|error| panic!("{error}"));
        for follower in &mut *followers {
            let limits = ReadLimits { up_to: leader.end_offset(), max_bytes: 1 << 20, min_one_batch: true, aborted: false };
            let read = leader.read(follower.end_offset(), limits).map(|read| read.records).unwrap_or_default();
            follower.append_as_follower(read, LeaderEpoch(0), 0).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    let bytes = leader.size_in_bytes();
    assert!(logs.iter().all(|log| log.size_in_bytes() == bytes && log.end_offset() == Offset(RECORDS as i64)));
    (logs, bytes)
}

fn main() {
    for records_a_batch in [1, 10, 100] {
        let before = LIVE.load(Ordering::Relaxed);
        let (logs, own) = replicated(records_a_batch);
        let kept = (LIVE.load(Ordering::Relaxed) - before) as f64;
        drop(logs);
        println!("log: bytes kept beyond a batch's own, a record ({records_a_batch} a batch)\t{:.2}", (kept - own as f64) / RECORDS as f64);
    }
}
