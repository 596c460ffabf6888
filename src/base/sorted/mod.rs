//! Ordered maps and sets in little code.
//!
//! The engine keeps a hundred maps of different types, and a B-tree of the standard library brings about eight kilobytes of WebAssembly for
//! each. These are sorted arrays of at most [`CHUNK`] entries in an array of such chunks: the same order and the same results, a tenth of
//! the code, as quick to search and quicker to walk and to clone. An insertion moves at most a chunk and, once in many, the list of chunks.

mod entry;
mod iter;
mod map;
mod serde;
mod set;
#[cfg(test)]
mod tests;

pub use entry::{Entry, OccupiedEntry, VacantEntry};
pub use iter::{IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values};
pub use map::SortedMap;
pub use set::{Members, SortedSet};

/// The most entries of a chunk.
const CHUNK: usize = 32;

/// Where an entry lies: its chunk, and its place in it.
#[derive(Clone, Copy)]
struct At {
    chunk: usize,
    index: usize,
}
