//! Batches out of bytes that lie in pieces, as they come out of a log: a body that lies in one piece is shared, not copied.

use super::{Batch, BatchError, BatchHeader, HEADER_LEN};
use crate::wire::Rope;
use bytes::{Bytes, BytesMut};
use std::collections::VecDeque;

/// The batches of a Rope, in order; after the first error there are no more.
#[derive(Clone, Debug)]
pub struct Batches {
    pieces: VecDeque<Bytes>,
    left: usize,
}

impl Batches {
    pub fn new(records: Rope) -> Self {
        Self { left: records.len(), pieces: records.into_chunks().into() }
    }

    fn read(&mut self) -> Result<Batch, BatchError> {
        let have = self.left;
        let head = self.take(HEADER_LEN.min(have));
        let header = BatchHeader::parse_of(&head, have)?;
        Ok(Batch { header, body: self.take(header.size_in_bytes().saturating_sub(HEADER_LEN)) })
    }

    /// The next bytes, or fewer at the end.
    fn take(&mut self, count: usize) -> Bytes {
        self.left = self.left.saturating_sub(count);
        match self.pieces.front_mut() {
            Some(piece) if piece.len() > count => return piece.split_to(count),
            Some(piece) if piece.len() == count => return self.pieces.pop_front().unwrap_or_default(),
            Some(_) => {}
            None => return Bytes::new(),
        }
        let mut joined = BytesMut::with_capacity(count);
        while let Some(mut piece) = self.pieces.pop_front() {
            let wanted = piece.len().min(count - joined.len());
            joined.extend_from_slice(&piece.split_to(wanted));
            if !piece.is_empty() {
                self.pieces.push_front(piece);
            }
            if joined.len() == count {
                break;
            }
        }
        joined.freeze()
    }
}

impl Iterator for Batches {
    /// As [`Batch::parse`].
    type Item = Result<Batch, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let read = self.read();
        if read.is_err() {
            self.left = 0;
        }
        Some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{BatchBuilder, Compression};

    fn batch(value: &str) -> Batch {
        let mut builder = BatchBuilder::new(Compression::None);
        builder.append(1, None, Some(value.as_bytes()), &[]).expect("fits");
        builder.build().expect("a batch")
    }

    /// The bytes of these batches, in pieces of this length.
    fn cut(batches: &[Batch], length: usize) -> Rope {
        let whole: Vec<u8> = batches.iter().flat_map(|batch| batch.to_rope().to_bytes()).collect();
        let mut rope = Rope::new();
        whole.chunks(length).for_each(|piece| rope.push(Bytes::copy_from_slice(piece)));
        rope
    }

    #[test]
    fn batches_are_the_same_however_they_are_cut() {
        let batches = [batch("one"), batch(""), batch(&"three".repeat(50))];
        for length in [1, 7, 60, 61, 62, 100, 10_000] {
            let read: Vec<_> = Batches::new(cut(&batches, length)).map(|read| read.expect("whole")).collect();
            assert_eq!(read, batches, "in pieces of {length}");
        }
    }

    #[test]
    fn a_body_in_one_piece_is_shared() {
        let batch = batch("value");
        let read = Batches::new(batch.to_rope()).next().expect("one").expect("whole");
        assert_eq!(read.body().as_ptr(), batch.body().as_ptr());
    }

    #[test]
    fn what_is_cut_short_ends_it() {
        let mut rope = cut(&[batch("one"), batch("two")], 10_000);
        let len = rope.len();
        let rope = rope.split_to(len - 1).expect("as long");
        let read: Vec<_> = Batches::new(rope).collect();
        assert!(matches!(read.as_slice(), [Ok(_), Err(BatchError::CutShort { .. })]), "{read:?}");
    }
}
