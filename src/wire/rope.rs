//! A frame or a run of batches as a list of shared pieces, so that what lies in a log is sent without being copied.

use bytes::{Buf as _, Bytes, BytesMut};

/// Bytes in pieces. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Rope {
    chunks: Vec<Bytes>,
    len: usize,
}

impl Rope {
    pub const fn new() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }

    pub fn push(&mut self, chunk: Bytes) {
        if !chunk.is_empty() {
            self.len += chunk.len();
            self.chunks.push(chunk);
        }
    }

    pub fn extend(&mut self, other: Self) {
        self.len += other.len;
        self.chunks.extend(other.chunks);
    }

    /// In bytes.
    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn into_chunks(self) -> Vec<Bytes> {
        self.chunks
    }

    pub fn chunks(&self) -> &[Bytes] {
        &self.chunks
    }

    /// All of it in one piece; copies only where there are several.
    pub fn to_bytes(&self) -> Bytes {
        match self.chunks.as_slice() {
            [] => Bytes::new(),
            [one] => one.clone(),
            many => {
                let mut joined = BytesMut::with_capacity(self.len);
                many.iter().for_each(|chunk| joined.extend_from_slice(chunk));
                joined.freeze()
            }
        }
    }

    /// Takes the first `count` bytes off, shared; `None` where there are fewer.
    pub fn split_to(&mut self, count: usize) -> Option<Self> {
        if count > self.len {
            return None;
        }
        let mut front = Self::new();
        let mut rest = Vec::with_capacity(self.chunks.len());
        for mut chunk in self.chunks.drain(..) {
            let wanted = (count - front.len).min(chunk.len());
            front.push(chunk.copy_to_bytes(wanted));
            if !chunk.is_empty() {
                rest.push(chunk);
            }
        }
        self.len -= count;
        self.chunks = rest;
        Some(front)
    }
}

impl From<Bytes> for Rope {
    fn from(bytes: Bytes) -> Self {
        let mut rope = Self::new();
        rope.push(bytes);
        rope
    }
}

impl PartialEq for Rope {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.chunks.iter().flatten().eq(other.chunks.iter().flatten())
    }
}

impl Eq for Rope {}
