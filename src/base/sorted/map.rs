//! The map.

use super::{At, CHUNK, Entry, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, OccupiedEntry, VacantEntry, Values};
use std::borrow::Borrow;
use std::fmt;
use std::ops::{Bound, RangeBounds};

/// A map in the order of its keys.
#[derive(Clone)]
pub struct SortedMap<K, V> {
    /// In order; none is empty or longer than [`CHUNK`].
    pub(super) chunks: Vec<Vec<(K, V)>>,
    pub(super) len: usize,
}

impl<K, V> SortedMap<K, V> {
    pub const fn new() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn clear(&mut self) {
        *self = Self::new();
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::over(&self.chunks, self.len)
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut::over(&mut self.chunks, self.len)
    }

    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys(self.iter())
    }

    pub fn values(&self) -> Values<'_, K, V> {
        Values(self.iter())
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }

    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys(self.into_iter())
    }

    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues(self.into_iter())
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.chunks.first()?.first().map(|(key, value)| (key, value))
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.chunks.last()?.last().map(|(key, value)| (key, value))
    }

    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (self.len > 0).then(|| self.take(At { chunk: 0, index: 0 }))
    }

    pub fn pop_last(&mut self) -> Option<(K, V)> {
        let index = self.chunks.last()?.len() - 1;
        Some(self.take(At { chunk: self.chunks.len() - 1, index }))
    }

    /// Keeps what `keep` says.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.len = 0;
        for chunk in &mut self.chunks {
            chunk.retain_mut(|(key, value)| keep(key, value));
            self.len += chunk.len();
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
        self.pack();
    }

    /// Takes the entry out that lies there.
    #[inline(never)]
    pub(super) fn take(&mut self, at: At) -> (K, V) {
        let chunk = &mut self.chunks[at.chunk];
        let entry = chunk.remove(at.index);
        if chunk.is_empty() {
            self.chunks.remove(at.chunk);
        }
        self.len -= 1;
        self.pack();
        entry
    }

    /// Joins neighbours where chunks hold an eighth of what they could, on average.
    #[inline(never)]
    fn pack(&mut self) {
        if self.chunks.len() > 1 + self.len / (CHUNK / 8) {
            self.chunks.dedup_by(|next, last| {
                let joined = last.len() + next.len() <= CHUNK;
                if joined {
                    last.append(next);
                }
                joined
            });
        }
    }

    /// Puts an entry where [`Self::find`] said that it belongs.
    #[inline(never)]
    pub(super) fn put(&mut self, mut at: At, key: K, value: V) -> &mut V {
        let last = at.chunk + 1 == self.chunks.len();
        match self.chunks.get_mut(at.chunk) {
            None => self.chunks.push(Vec::new()),
            Some(chunk) if chunk.len() < CHUNK => {}
            // What grows at its end fills its chunks.
            Some(_) if last && at.index == CHUNK => {
                self.chunks.push(Vec::new());
                at = At { chunk: at.chunk + 1, index: 0 };
            }
            Some(chunk) => {
                let tail = chunk.split_off(CHUNK / 2);
                self.chunks.insert(at.chunk + 1, tail);
                if at.index > CHUNK / 2 {
                    at = At { chunk: at.chunk + 1, index: at.index - CHUNK / 2 };
                }
            }
        }
        self.len += 1;
        let chunk = &mut self.chunks[at.chunk];
        chunk.insert(at.index, (key, value));
        &mut chunk[at.index].1
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    /// Where a key's entry lies, or where it belongs.
    #[inline(never)]
    pub(super) fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<At, At>
    where
        K: Borrow<Q>,
    {
        let later = self.chunks.get(1..).unwrap_or_default();
        let chunk = later.partition_point(|chunk| chunk.first().is_some_and(|(first, _)| first.borrow() <= key));
        match self.chunks.get(chunk).map_or(Err(0), |entries| entries.binary_search_by(|(other, _)| other.borrow().cmp(key))) {
            Ok(index) => Ok(At { chunk, index }),
            Err(index) => Err(At { chunk, index }),
        }
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.chunks.get(at.chunk)?.get(at.index).map(|(key, value)| (key, value))
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.get_key_value(key).map(|(_, value)| value)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.chunks.get_mut(at.chunk)?.get_mut(at.index).map(|(_, value)| value)
    }

    /// The value that the key had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.chunks[at.chunk][at.index].1, value)),
            Err(at) => {
                self.put(at, key, value);
                None
            }
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.remove_entry(key).map(|(_, value)| value)
    }

    pub fn remove_entry<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(self.take(at))
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        match self.find(&key) {
            Ok(at) => Entry::Occupied(OccupiedEntry { map: self, at }),
            Err(at) => Entry::Vacant(VacantEntry { map: self, at, key }),
        }
    }

    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>> {
        (self.len > 0).then_some(OccupiedEntry { map: self, at: At { chunk: 0, index: 0 } })
    }

    /// Moves all of `other` into this map.
    pub fn append(&mut self, other: &mut Self) {
        self.extend(std::mem::take(other));
    }

    /// Takes out what stands at `key` and after it.
    pub fn split_off<Q: Ord + ?Sized>(&mut self, key: &Q) -> Self
    where
        K: Borrow<Q>,
    {
        let (Ok(at) | Err(at)) = self.find(key);
        let mut chunks = Vec::new();
        if let Some(chunk) = self.chunks.get_mut(at.chunk) {
            chunks.push(chunk.split_off(at.index));
            chunks.extend(self.chunks.drain(at.chunk + 1..));
        }
        for chunks in [&mut self.chunks, &mut chunks] {
            chunks.retain(|chunk| !chunk.is_empty());
        }
        let len = chunks.iter().map(Vec::len).sum();
        self.len -= len;
        Self { chunks, len }
    }

    pub fn range<Q: Ord + ?Sized>(&self, range: impl RangeBounds<Q>) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let (from, to) = self.bounds((range.start_bound(), range.end_bound()));
        Iter::between(&self.chunks, from, to)
    }

    pub fn range_mut<Q: Ord + ?Sized>(&mut self, range: impl RangeBounds<Q>) -> IterMut<'_, K, V>
    where
        K: Borrow<Q>,
    {
        let (from, to) = self.bounds((range.start_bound(), range.end_bound()));
        IterMut::between(&mut self.chunks, from, to)
    }

    /// The places of a range's first entry and of the first one after it.
    #[inline(never)]
    fn bounds<Q: Ord + ?Sized>(&self, (from, to): (Bound<&Q>, Bound<&Q>)) -> (At, At)
    where
        K: Borrow<Q>,
    {
        let place = |key: &Q, beyond: bool| match self.find(key) {
            Ok(at) => At { index: at.index + usize::from(beyond), ..at },
            Err(at) => at,
        };
        let from = match from {
            Bound::Included(key) => place(key, false),
            Bound::Excluded(key) => place(key, true),
            Bound::Unbounded => At { chunk: 0, index: 0 },
        };
        let to = match to {
            Bound::Included(key) => place(key, true),
            Bound::Excluded(key) => place(key, false),
            Bound::Unbounded => At { chunk: self.chunks.len(), index: 0 },
        };
        (from, to)
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| drop(self.insert(key, value)));
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        Self::from_iter(entries)
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter::over(self.chunks, self.len)
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut SortedMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;

    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other)
    }
}

impl<K: Eq, V: Eq> Eq for SortedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}
