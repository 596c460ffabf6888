//! Sorting in little code: the order is found once for all types, over places.
//!
//! The standard library's `sort` brings six kilobytes of WebAssembly for each type; this brings a tenth of one. It is stable.

use std::cmp::Ordering;

/// What slices do instead of `sort`, `sort_by` and `sort_by_key`.
pub trait Order<T> {
    fn order(&mut self)
    where
        T: Ord;

    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);
}

impl<T> Order<T> for [T] {
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }

    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let len = self.len();
        arrange(len, &mut By { items: self, compare });
    }

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|one, other| key(one).cmp(&key(other)));
    }
}

/// What is sorted, as far as sorting has to know it.
trait Places {
    fn compare(&self, one: usize, other: usize) -> Ordering;
    fn swap(&mut self, one: usize, other: usize);
}

struct By<'a, T, F> {
    items: &'a mut [T],
    compare: F,
}

impl<T, F: Fn(&T, &T) -> Ordering> Places for By<'_, T, F> {
    fn compare(&self, one: usize, other: usize) -> Ordering {
        (self.compare)(&self.items[one], &self.items[other])
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.items.swap(one, other);
    }
}

fn arrange(len: usize, items: &mut dyn Places) {
    let mut from: Vec<usize> = (0..len).collect();
    from.sort_by(|one, other| items.compare(*one, *other));
    let mut to = vec![0; len];
    for (place, from) in from.into_iter().enumerate() {
        to[from] = place;
    }
    for place in 0..len {
        while to[place] != place {
            let next = to[place];
            items.swap(place, next);
            to.swap(place, next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Order;
    use crate::base::Rng;

    #[test]
    fn the_order_is_the_standard_librarys_also_of_what_is_equal() {
        let mut rng = Rng::stream(1, "order");
        for len in 0..200 {
            let mut ours: Vec<(u64, usize)> = (0..len).map(|at| (rng.below(20), at)).collect();
            let mut theirs = ours.clone();
            ours.order_by_key(|(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            assert_eq!(ours, theirs);
            ours.order_by(|one, other| other.cmp(one));
            theirs.sort_by(|one, other| other.cmp(one));
            assert_eq!(ours, theirs);
            ours.order();
            theirs.sort();
            assert_eq!(ours, theirs);
        }
    }
}
