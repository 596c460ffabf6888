//! Links between machines: how long bytes travel, in one direction.

use crate::base::{Duration, Instant, Rng};
use std::num::NonZeroU64;

/// One in so many frames takes the tail's time on top.
const TAIL_ONE_IN: u64 = 100;

/// How long bytes take over a link, in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkSpeed {
    /// What every frame takes.
    pub latency: Duration,
    /// Up to so much more, each as likely.
    pub jitter: Duration,
    /// In one of a hundred frames, so much more.
    pub tail: Duration,
    /// How fast bytes leave, one frame after another; none: at once.
    pub bytes_per_second: Option<NonZeroU64>,
}

impl LinkSpeed {
    /// The same for every frame.
    pub const fn fixed(latency: Duration) -> Self {
        Self { latency, jitter: Duration::ZERO, tail: Duration::ZERO, bytes_per_second: None }
    }

    /// How long this frame takes, once it has left. Draws only where the link varies.
    fn draw(&self, rng: &mut Rng) -> Duration {
        let mut micros = self.latency.as_micros();
        if !self.jitter.is_zero() {
            micros = micros.saturating_add(rng.below(self.jitter.as_micros().saturating_add(1)));
        }
        if !self.tail.is_zero() && rng.below(TAIL_ONE_IN) == 0 {
            micros = micros.saturating_add(self.tail.as_micros());
        }
        Duration::from_micros(micros)
    }
}

/// One direction of a link that is not as all others are.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// None: as all others.
    pub speed: Option<LinkSpeed>,
    /// Nothing arrives.
    pub cut: bool,
    /// When the last byte handed to it has left.
    free_at: Instant,
}

impl Link {
    /// When a frame that is handed to the link now arrives.
    pub fn arrival(&mut self, now: Instant, bytes: usize, usual: LinkSpeed, rng: &mut Rng) -> Instant {
        let speed = self.speed.unwrap_or(usual);
        let mut leaves = now;
        if let Some(rate) = speed.bytes_per_second {
            let micros = u128::from(bytes as u64) * 1_000_000 / u128::from(rate.get());
            leaves = self.free_at.max(now) + Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
            self.free_at = leaves;
        }
        leaves + speed.draw(rng)
    }

    /// It is as all others are.
    pub const fn is_usual(&self) -> bool {
        self.speed.is_none() && !self.cut
    }
}
