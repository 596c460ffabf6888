//! Walks over a map's entries, from both ends.

use super::At;
use std::slice;
use std::vec;

/// What a map holds, in order.
pub struct Iter<'a, K, V> {
    front: slice::Iter<'a, (K, V)>,
    middle: slice::Iter<'a, Vec<(K, V)>>,
    back: slice::Iter<'a, (K, V)>,
    /// At least so many are left.
    left: usize,
}

impl<'a, K, V> Iter<'a, K, V> {
    pub(super) fn over(chunks: &'a [Vec<(K, V)>], left: usize) -> Self {
        Self { front: Default::default(), middle: chunks.iter(), back: Default::default(), left }
    }

    /// Those from one place up to before another.
    pub(super) fn between(chunks: &'a [Vec<(K, V)>], from: At, to: At) -> Self {
        let end = chunks.len().min(to.chunk.saturating_add(1));
        let mut middle = chunks.get(from.chunk..end).unwrap_or_default().iter();
        // The last chunk counts up to its end in `to`, the first one from its start in `from`; they may be the same one.
        let last = if to.chunk > from.chunk && to.chunk < chunks.len() { middle.next_back() } else { None };
        let first = middle.next();
        let upto = if to.chunk == from.chunk { to.index } else { usize::MAX };
        let front = first
            .and_then(|chunk| {
                let upto = upto.min(chunk.len());
                chunk.get(from.index..upto)
            })
            .unwrap_or_default();
        let back = last.and_then(|chunk| chunk.get(..to.index)).unwrap_or_default();
        Self { front: front.iter(), middle, back: back.iter(), left: 0 }
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.front.next() {
                return Some((key, value));
            }
            match self.middle.next() {
                Some(chunk) => self.front = chunk.iter(),
                None => return self.back.next().map(|(key, value)| (key, value)),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, None)
    }
}

impl<'a, K, V> DoubleEndedIterator for Iter<'a, K, V> {
    #[inline(never)]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.back.next_back() {
                return Some((key, value));
            }
            match self.middle.next_back() {
                Some(chunk) => self.back = chunk.iter(),
                None => return self.front.next_back().map(|(key, value)| (key, value)),
            }
        }
    }
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Self { front: self.front.clone(), middle: self.middle.clone(), back: self.back.clone(), left: self.left }
    }
}

/// The same, its values to be changed.
pub struct IterMut<'a, K, V> {
    front: slice::IterMut<'a, (K, V)>,
    middle: slice::IterMut<'a, Vec<(K, V)>>,
    back: slice::IterMut<'a, (K, V)>,
    /// At least so many are left.
    left: usize,
}

impl<'a, K, V> IterMut<'a, K, V> {
    pub(super) fn over(chunks: &'a mut [Vec<(K, V)>], left: usize) -> Self {
        Self { front: Default::default(), middle: chunks.iter_mut(), back: Default::default(), left }
    }

    /// Those from one place up to before another.
    pub(super) fn between(chunks: &'a mut [Vec<(K, V)>], from: At, to: At) -> Self {
        let len = chunks.len();
        let end = len.min(to.chunk.saturating_add(1));
        let mut middle = chunks.get_mut(from.chunk..end).unwrap_or_default().iter_mut();
        // The last chunk counts up to its end in `to`, the first one from its start in `from`; they may be the same one.
        let last = if to.chunk > from.chunk && to.chunk < len { middle.next_back() } else { None };
        let first = middle.next();
        let upto = if to.chunk == from.chunk { to.index } else { usize::MAX };
        let front = first
            .and_then(|chunk| {
                let upto = upto.min(chunk.len());
                chunk.get_mut(from.index..upto)
            })
            .unwrap_or_default();
        let back = last.and_then(|chunk| chunk.get_mut(..to.index)).unwrap_or_default();
        Self { front: front.iter_mut(), middle, back: back.iter_mut(), left: 0 }
    }
}

impl<'a, K, V> Iterator for IterMut<'a, K, V> {
    type Item = (&'a K, &'a mut V);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.front.next() {
                return Some((key, value));
            }
            match self.middle.next() {
                Some(chunk) => self.front = chunk.iter_mut(),
                None => return self.back.next().map(|(key, value)| (&*key, value)),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, None)
    }
}

impl<'a, K, V> DoubleEndedIterator for IterMut<'a, K, V> {
    #[inline(never)]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.back.next_back() {
                return Some((key, value));
            }
            match self.middle.next_back() {
                Some(chunk) => self.back = chunk.iter_mut(),
                None => return self.front.next_back().map(|(key, value)| (&*key, value)),
            }
        }
    }
}

/// What a map held, in order.
pub struct IntoIter<K, V> {
    front: vec::IntoIter<(K, V)>,
    middle: vec::IntoIter<Vec<(K, V)>>,
    back: vec::IntoIter<(K, V)>,
    /// At least so many are left.
    left: usize,
}

impl<K, V> IntoIter<K, V> {
    pub(super) fn over(chunks: Vec<Vec<(K, V)>>, left: usize) -> Self {
        Self { front: Default::default(), middle: chunks.into_iter(), back: Default::default(), left }
    }
}

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);

    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.front.next() {
                return Some((key, value));
            }
            match self.middle.next() {
                Some(chunk) => self.front = chunk.into_iter(),
                None => return self.back.next(),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, None)
    }
}

impl<K, V> DoubleEndedIterator for IntoIter<K, V> {
    #[inline(never)]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.left = self.left.saturating_sub(1);
        loop {
            if let Some((key, value)) = self.back.next_back() {
                return Some((key, value));
            }
            match self.middle.next_back() {
                Some(chunk) => self.back = chunk.into_iter(),
                None => return self.front.next_back(),
            }
        }
    }
}

/// The keys.
pub struct Keys<'a, K, V>(pub(super) Iter<'a, K, V>);

impl<'a, K, V> Iterator for Keys<'a, K, V> {
    type Item = &'a K;

    fn next(&mut self) -> Option<&'a K> {
        self.0.next().map(|(key, _)| key)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'a, K, V> DoubleEndedIterator for Keys<'a, K, V> {
    fn next_back(&mut self) -> Option<&'a K> {
        self.0.next_back().map(|(key, _)| key)
    }
}

impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The values.
pub struct Values<'a, K, V>(pub(super) Iter<'a, K, V>);

impl<'a, K, V> Iterator for Values<'a, K, V> {
    type Item = &'a V;

    fn next(&mut self) -> Option<&'a V> {
        self.0.next().map(|(_, value)| value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<'a, K, V> DoubleEndedIterator for Values<'a, K, V> {
    fn next_back(&mut self) -> Option<&'a V> {
        self.0.next_back().map(|(_, value)| value)
    }
}

impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The keys of what a map held.
pub struct IntoKeys<K, V>(pub(super) IntoIter<K, V>);

impl<K, V> Iterator for IntoKeys<K, V> {
    type Item = K;

    fn next(&mut self) -> Option<K> {
        self.0.next().map(|(key, _)| key)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<K, V> DoubleEndedIterator for IntoKeys<K, V> {
    fn next_back(&mut self) -> Option<K> {
        self.0.next_back().map(|(key, _)| key)
    }
}

/// The values of what a map held.
pub struct IntoValues<K, V>(pub(super) IntoIter<K, V>);

impl<K, V> Iterator for IntoValues<K, V> {
    type Item = V;

    fn next(&mut self) -> Option<V> {
        self.0.next().map(|(_, value)| value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<K, V> DoubleEndedIterator for IntoValues<K, V> {
    fn next_back(&mut self) -> Option<V> {
        self.0.next_back().map(|(_, value)| value)
    }
}
