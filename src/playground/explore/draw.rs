//! What a plan is drawn with.

use crate::base::Rng;

/// A plan's randomness: a stream of its own, apart from the session's.
pub(super) struct Draw(Rng);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(Rng::stream(seed, "plan"))
    }

    /// For a part of the plan of its own: what is drawn for it changes nothing else.
    pub(super) fn apart(seed: u64, part: &str) -> Self {
        Self(Rng::stream(seed, part))
    }

    /// Uniform, both ends included.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.0.below(most.saturating_sub(least).saturating_add(1))
    }

    pub(super) fn between_i32(&mut self, least: i32, most: i32) -> i32 {
        let span = u64::from(most.saturating_sub(least).unsigned_abs());
        least.saturating_add(i32::try_from(self.between(0, span)).unwrap_or_default())
    }

    /// True so many times of a hundred.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.0.below(100) < percent
    }

    pub(super) fn one_of<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let at = self.0.below(from.len() as u64);
        from.get(usize::try_from(at).unwrap_or_default())
    }

    /// One of several, each with its weight.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(u64, T)]) -> Option<T> {
        let mut left = self.0.below(from.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in from {
            if left < *weight {
                return Some(*value);
            }
            left -= weight;
        }
        None
    }
}
