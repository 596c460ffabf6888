//! A log as Apache Kafka's files of it (`LogFileUtils`, `OffsetIndex`, `TimeIndex`, `TransactionIndex`,
//! `ProducerStateManager`, `LeaderEpochCheckpointFile`): what its own tools read.

use super::partition_log::Log;
use super::producers::ProducerStates;
use super::segment::{Cursor, Segment};
use crate::base::{Offset, Order};
use crate::wire::messages::{ProducerSnapshot, producer_snapshot::ProducerEntry};
use crate::wire::{Rope, WireError, encode};
use bytes::{BufMut as _, Bytes, BytesMut};
use std::fmt::Write as _;

/// The file that says where each leader's batches begin.
const LEADER_EPOCHS: &str = "leader-epoch-checkpoint";

/// What kinds of files there are of a segment.
const SEGMENT_FILES: [&str; 3] = ["log", "index", "timeindex"];

/// Only segments have one in which a transaction was aborted.
const TRANSACTION_INDEX: &str = "txnindex";

impl Log {
    /// The names of its files, in the order in which a folder lists them.
    pub fn file_names(&self) -> Vec<String> {
        let name = |offset: Offset, kind: &str| format!("{:020}.{kind}", offset.0);
        let of_segment = |segment: &Segment| SEGMENT_FILES.map(|kind| name(segment.base_offset(), kind));
        let mut names: Vec<_> = self.segments().flat_map(of_segment).collect();
        let with_aborted = self.segments().filter(|segment| !segment.transaction_index().is_empty());
        names.extend(with_aborted.map(|segment| name(segment.base_offset(), TRANSACTION_INDEX)));
        if self.producers.iter().next().is_some() {
            names.push(name(self.end, "snapshot"));
        }
        names.push(LEADER_EPOCHS.to_owned());
        names.order();
        names
    }

    /// What is in the file of this name; none where there is no such file. What lies in the log is shared, not copied.
    pub fn file(&self, name: &str) -> Option<Rope> {
        if name == LEADER_EPOCHS {
            return Some(Bytes::from(self.leader_epoch_checkpoint()).into());
        }
        let (offset, kind) = name.split_once('.')?;
        let offset = Offset(offset.parse().ok().filter(|_| offset.len() == 20)?);
        if kind == "snapshot" {
            return producer_snapshot(&self.producers).ok().filter(|_| offset == self.end).map(Rope::from);
        }
        let segment = self.segments().find(|segment| segment.base_offset() == offset)?;
        match kind {
            "log" => Some(segment.bytes_from(Cursor::START, segment.size())),
            "index" => Some(self.indexes(segment).0.freeze().into()),
            "timeindex" => Some(self.indexes(segment).1.freeze().into()),
            TRANSACTION_INDEX => {
                Some(segment.transaction_index()).filter(|index| !index.is_empty()).map(|index| index.to_file().freeze().into())
            }
            _ => None,
        }
    }

    /// The offset index, whose entries are a relative offset and a position, and the time index: a timestamp and a relative offset.
    fn indexes(&self, segment: &Segment) -> (BytesMut, BytesMut) {
        let (mut offsets, mut times) = (BytesMut::new(), BytesMut::new());
        let relative = |offset: Offset| i32::try_from(offset.0 - segment.base_offset().0).unwrap_or(i32::MAX);
        let (mut position, mut since_entry) = (0_i32, 0_u64);
        // The newest timestamp so far with the offset that it was met at, and the newest that is in the time index.
        let (mut newest, mut noted) = ((-1, segment.base_offset()), -1);
        for header in segment.headers() {
            let size = header.size_in_bytes();
            if header.max_timestamp > newest.0 {
                newest = (header.max_timestamp, header.last_offset());
            }
            if since_entry > self.config.index_interval_bytes {
                offsets.put_i32(relative(header.last_offset()));
                offsets.put_i32(position);
                if newest.0 > noted {
                    times.put_i64(newest.0);
                    times.put_i32(relative(newest.1));
                    noted = newest.0;
                }
                since_entry = 0;
            }
            position = position.saturating_add(i32::try_from(size).unwrap_or(i32::MAX));
            since_entry = since_entry.saturating_add(size as u64);
        }
        // A segment that is done with, or is closed, notes its newest timestamp at last.
        if newest.0 > noted {
            times.put_i64(newest.0);
            times.put_i32(relative(newest.1));
        }
        (offsets, times)
    }

    fn leader_epoch_checkpoint(&self) -> String {
        let entries: Vec<_> = self.epochs.entries().collect();
        let mut text = format!("0\n{}\n", entries.len());
        for (epoch, start) in entries {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{} {}", epoch.0, start.0);
        }
        text
    }
}

/// The idempotent producers at the log's end: a version, a checksum of what follows it, and the producers.
fn producer_snapshot(producers: &ProducerStates) -> Result<Bytes, WireError> {
    const VERSION: i16 = 1;
    const CRC_LEN: usize = 4;
    let entry = |(id, state): (_, &super::ProducerState)| state.snapshot_entry(id);
    let mut snapshot = ProducerSnapshot { crc: 0, producer_entries: producers.iter().map(entry).collect() };
    let unsealed = encode(&mut snapshot, VERSION)?.to_bytes();
    snapshot.crc = crc32c::crc32c(unsealed.get(CRC_LEN..).unwrap_or_default());
    let mut file = BytesMut::new();
    file.put_i16(VERSION);
    file.put(encode(&mut snapshot, VERSION)?.to_bytes());
    Ok(file.freeze())
}

impl super::ProducerState {
    fn snapshot_entry(&self, id: crate::base::ProducerId) -> ProducerEntry {
        let (last_offset, offset_delta) = self.last_offsets().map_or((-1, 0), |(first, last)| (last.0, (last.0 - first.0) as i32));
        ProducerEntry {
            producer_id: id.0,
            epoch: self.epoch.0,
            last_sequence: self.last_sequence(),
            last_offset,
            offset_delta,
            timestamp: self.last_timestamp,
            coordinator_epoch: self.coordinator_epoch,
            current_txn_first_offset: self.transaction_start.map_or(-1, |first| first.0),
        }
    }
}
