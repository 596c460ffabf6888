//! How long to wait before one tries again (`org.apache.kafka.common.utils.ExponentialBackoff`, KIP-580).

use crate::base::{Duration, Rng};

/// Doubles with every failure up to a most, and strays by a fifth either way so that clients don't come back in step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Backoff {
    initial_us: u64,
    most_us: u64,
}

impl Backoff {
    /// From two times in ms, as configurations have them.
    pub fn from_ms(initial: i64, most: i64) -> Self {
        let most = Duration::from_kafka_ms(most).as_micros();
        Self { initial_us: Duration::from_kafka_ms(initial).as_micros().min(most), most_us: most }
    }

    /// The wait after so many failures before this one.
    pub fn after(self, failures: u32, rng: &mut Rng) -> Duration {
        let doubled = self.initial_us.saturating_mul(1_u64.checked_shl(failures.min(40)).unwrap_or(u64::MAX)).min(self.most_us);
        let permille = if self.initial_us == self.most_us { 1_000 } else { 800 + rng.below(401) };
        Duration::from_micros((doubled / 1_000).saturating_mul(permille).min(self.most_us))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_to_a_most_and_stray_by_a_fifth() {
        let (backoff, mut rng) = (Backoff::from_ms(100, 1_000), Rng::stream(1, "test"));
        for (failures, middle) in [(0, 100), (1, 200), (2, 400), (3, 800)] {
            let wait = backoff.after(failures, &mut rng).as_millis();
            assert!((middle * 8 / 10..=middle * 12 / 10).contains(&wait), "{wait} ms after {failures}");
        }
        assert!(backoff.after(30, &mut rng).as_millis() <= 1_000);
    }
}
