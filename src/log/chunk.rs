//! Runs of batches: the unit in which a segment keeps, finds and shares them.
//!
//! A chunk is open while batches are added to it, and is packed once it is full: all its bytes in one piece, as they would lie in a
//! segment's file, and a few bytes for each batch to find it by. Packed chunks of the same content are one and the same in memory, so the
//! replicas of a partition, and the clones of a log, keep a batch once.

use crate::base::Offset;
use crate::base::SortedMap;
use crate::wire::Rope;
use crate::wire::batch::{Batch, BatchHeader, HEADER_LEN};
use bytes::{Bytes, BytesMut};
use std::cell::RefCell;
use std::sync::{Arc, Weak};

/// How many batches, and how many bytes, make a chunk full.
const BATCHES_MAX: usize = 64;
const BYTES_MAX: usize = 128 << 10;

/// Some batches of a segment, in order; never none.
#[derive(Clone, Debug)]
pub(super) enum Chunk {
    Open(Arc<Open>),
    Packed(Arc<Packed>),
}

#[derive(Clone, Debug)]
pub(super) struct Open {
    /// Each with where it begins, in bytes from the chunk's start.
    batches: Vec<(usize, Batch)>,
    size: usize,
    max_timestamp: i64,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Packed {
    bytes: Bytes,
    base_offset: Offset,
    entries: Box<[Entry]>,
    max_timestamp: i64,
}

/// Where a batch begins in a packed chunk, in bytes, and its last offset, from the chunk's first on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    position: u32,
    last_offset_delta: u32,
}

impl Chunk {
    pub(super) fn of(batch: Batch) -> Self {
        let (size, max_timestamp) = (batch.size_in_bytes(), batch.header.max_timestamp);
        Self::Open(Arc::new(Open { batches: vec![(0, batch)], size, max_timestamp })).packed_if_full()
    }

    /// Adds a batch; gives it back where the chunk takes no more.
    pub(super) fn push(&mut self, batch: Batch) -> Option<Batch> {
        let Self::Open(open) = self else { return Some(batch) };
        let open = Arc::make_mut(open);
        open.max_timestamp = open.max_timestamp.max(batch.header.max_timestamp);
        let position = open.size;
        open.size += batch.size_in_bytes();
        open.batches.push((position, batch));
        *self = self.clone().packed_if_full();
        None
    }

    fn packed_if_full(self) -> Self {
        match self {
            Self::Open(open) if open.batches.len() >= BATCHES_MAX || open.size >= BYTES_MAX => match open.packed() {
                Some(packed) => Self::Packed(packed),
                None => Self::Open(open),
            },
            other => other,
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Open(open) => open.batches.len(),
            Self::Packed(packed) => packed.entries.len(),
        }
    }

    /// In ms.
    pub(super) fn max_timestamp(&self) -> i64 {
        match self {
            Self::Open(open) => open.max_timestamp,
            Self::Packed(packed) => packed.max_timestamp,
        }
    }

    pub(super) fn last_offset(&self) -> Offset {
        match self {
            Self::Open(open) => open.batches.last().map_or(Offset(-1), |(_, batch)| batch.header.last_offset()),
            Self::Packed(packed) => packed.entries.last().map_or(Offset(-1), |entry| packed.last_offset(*entry)),
        }
    }

    /// The number of the first batch that reaches `offset` or lies beyond it.
    pub(super) fn find(&self, offset: Offset) -> usize {
        match self {
            Self::Open(open) => open.batches.partition_point(|(_, batch)| batch.header.last_offset() < offset),
            Self::Packed(packed) => packed.entries.partition_point(|entry| packed.last_offset(*entry) < offset),
        }
    }

    /// Where a batch begins, in bytes from the chunk's start; the chunk's end for a number beyond the last.
    pub(super) fn position(&self, index: usize) -> usize {
        match self {
            Self::Open(open) => open.batches.get(index).map_or(open.size, |(position, _)| *position),
            Self::Packed(packed) => packed.entries.get(index).map_or(packed.bytes.len(), |entry| entry.position as usize),
        }
    }

    pub(super) fn batch(&self, index: usize) -> Option<Batch> {
        match self {
            Self::Open(open) => open.batches.get(index).map(|(_, batch)| batch.clone()),
            Self::Packed(packed) => Batch::parse(&mut packed.from(index)?).ok(),
        }
    }

    pub(super) fn header(&self, index: usize) -> Option<BatchHeader> {
        match self {
            Self::Open(open) => open.batches.get(index).map(|(_, batch)| batch.header),
            Self::Packed(packed) => BatchHeader::parse(packed.bytes.get(packed.entries.get(index)?.position as usize..)?).ok(),
        }
    }

    /// Writes what lies between two places, in bytes from the chunk's start: shared, where the chunk is packed. The first is where a batch
    /// begins.
    pub(super) fn write(&self, from: usize, to: usize, rope: &mut Rope) {
        match self {
            Self::Packed(packed) => {
                let to = to.min(packed.bytes.len());
                rope.push(packed.bytes.slice(from.min(to)..to));
            }
            Self::Open(open) => {
                // The headers of a read share a buffer.
                let mut heads = BytesMut::with_capacity(open.batches.len().saturating_mul(HEADER_LEN));
                let batches = open.batches.iter().skip_while(|(position, _)| *position < from);
                for (position, batch) in batches.take_while(|(position, _)| *position < to) {
                    let left = to - position;
                    heads.extend_from_slice(&batch.header.to_bytes());
                    let mut head = heads.split().freeze();
                    head.truncate(left);
                    rope.push(head);
                    let mut body = batch.body().clone();
                    body.truncate(left.saturating_sub(HEADER_LEN));
                    rope.push(body);
                }
            }
        }
    }

    /// Both are one in memory.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn is_shared_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Open(one), Self::Open(other)) => Arc::ptr_eq(one, other),
            (Self::Packed(one), Self::Packed(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Packed {
    fn last_offset(&self, entry: Entry) -> Offset {
        self.base_offset.plus(i64::from(entry.last_offset_delta))
    }

    fn from(&self, index: usize) -> Option<Bytes> {
        let position = self.entries.get(index)?.position as usize;
        let end = self.entries.get(index.saturating_add(1)).map_or(self.bytes.len(), |next| next.position as usize);
        (position <= end && end <= self.bytes.len()).then(|| self.bytes.slice(position..end))
    }
}

impl Open {
    /// None where offsets or bytes are beyond what an entry can say.
    fn packed(&self) -> Option<Arc<Packed>> {
        let (_, first) = self.batches.first()?;
        let base_offset = first.header.base_offset;
        let entry = |(position, batch): &(usize, Batch)| {
            let last_offset_delta = u32::try_from(batch.header.last_offset().0 - base_offset.0).ok()?;
            Some(Entry { position: u32::try_from(*position).ok()?, last_offset_delta })
        };
        let entries: Box<[Entry]> = self.batches.iter().map(entry).collect::<Option<_>>()?;
        Some(shared(
            self.key(),
            |packed| packed.holds(self, &entries),
            || {
                let mut bytes = BytesMut::with_capacity(self.size);
                for (_, batch) in &self.batches {
                    bytes.extend_from_slice(&batch.header.to_bytes());
                    bytes.extend_from_slice(batch.body());
                }
                Packed { bytes: bytes.freeze(), base_offset, entries: entries.clone(), max_timestamp: self.max_timestamp }
            },
        ))
    }

    /// What chunks of the same content have in common, and others hardly ever.
    fn key(&self) -> u64 {
        let mix = |key: u64, part: u64| (key ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        self.batches.iter().fold(self.size as u64, |key, (_, batch)| {
            mix(mix(key, u64::from(batch.header.crc)), batch.header.base_offset.0.cast_unsigned())
        })
    }
}

impl Packed {
    /// Whether these are an open chunk's batches, to the byte.
    fn holds(&self, open: &Open, entries: &[Entry]) -> bool {
        let same = |(index, (_, batch)): (usize, &(usize, Batch))| {
            let Some(mine) = self.from(index) else { return false };
            mine.split_at_checked(HEADER_LEN).is_some_and(|(head, body)| head == batch.header.to_bytes() && body == batch.body())
        };
        self.bytes.len() == open.size && *self.entries == *entries && open.batches.iter().enumerate().all(same)
    }
}

/// Packed chunks that are in use, by a key of their content. It saves memory and decides nothing.
#[derive(Default)]
struct Known {
    by_key: SortedMap<u64, Weak<Packed>>,
    /// At how many entries those of chunks that are gone are swept out.
    sweep_at: usize,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// A chunk of this content: one that is in use already, or a new one.
fn shared(key: u64, is_it: impl Fn(&Packed) -> bool, make: impl FnOnce() -> Packed) -> Arc<Packed> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(packed) = known.by_key.get(&key).and_then(Weak::upgrade).filter(|packed| is_it(packed)) {
            return packed;
        }
        let packed = Arc::new(make());
        known.by_key.insert(key, Arc::downgrade(&packed));
        if known.by_key.len() >= known.sweep_at {
            known.by_key.retain(|_, packed| packed.strong_count() > 0);
            known.sweep_at = known.by_key.len().saturating_mul(2).max(1_024);
        }
        packed
    })
}

/// A segment's chunks. A clone shares them in groups, so that it costs next to nothing however many there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunks {
    groups: Vec<Arc<Vec<Placed>>>,
    len: usize,
}

/// A chunk and where it begins, in bytes from its segment's start.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) position: u64,
    /// How much there was before it since the last entry of the offset index, in bytes.
    pub(super) bytes_since_entry: u64,
    pub(super) chunk: Chunk,
}

/// How many chunks make a group.
const GROUP_LEN: usize = 128;

impl Chunks {
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, index: usize) -> Option<&Placed> {
        self.groups.get(index / GROUP_LEN)?.get(index % GROUP_LEN)
    }

    /// Adds a batch that begins at `position`, in bytes from the segment's start, and `bytes_since_entry` after the last entry of the offset
    /// index.
    pub(super) fn push(&mut self, batch: Batch, position: u64, bytes_since_entry: u64) {
        let last = self.groups.last_mut().map(Arc::make_mut);
        let Some(group) = last else { return self.begin_group(Placed { position, bytes_since_entry, chunk: Chunk::of(batch) }) };
        let rest = match group.last_mut() {
            Some(placed) => placed.chunk.push(batch),
            None => Some(batch),
        };
        let Some(batch) = rest else { return };
        let placed = Placed { position, bytes_since_entry, chunk: Chunk::of(batch) };
        if group.len() >= GROUP_LEN {
            return self.begin_group(placed);
        }
        group.push(placed);
        self.len += 1;
    }

    fn begin_group(&mut self, placed: Placed) {
        self.groups.push(Arc::new(vec![placed]));
        self.len += 1;
    }

    /// How many chunks, from the first on, are so; those must come before all that are not.
    pub(super) fn partition_point(&self, mut is_so: impl FnMut(&Placed) -> bool) -> usize {
        let groups = self.groups.partition_point(|group| group.last().is_some_and(&mut is_so));
        let within = self.groups.get(groups).map_or(0, |group| group.partition_point(is_so));
        groups.saturating_mul(GROUP_LEN).saturating_add(within).min(self.len)
    }

    pub(super) fn iter_from(&self, index: usize) -> impl Iterator<Item = &Placed> {
        let groups = self.groups.get(index / GROUP_LEN..).unwrap_or_default();
        groups.iter().flat_map(|group| group.iter()).skip(index % GROUP_LEN)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Placed> {
        self.iter_from(0)
    }
}
