//! What a chore says of its progress: one line when a step begins, news while it lasts, one line with its time when it is done.

use std::time::{Duration, Instant};

/// A step that takes a while.
pub struct Step {
    name: String,
    began: Instant,
    last_news: Instant,
}

/// How long a step may be silent.
const NEWS_EVERY: Duration = Duration::from_secs(10);

impl Step {
    /// `expected` is how long it may take, in words.
    pub fn begin(name: impl Into<String>, expected: &str) -> Self {
        let name = name.into();
        eprintln!("· {name} ({expected})");
        let now = Instant::now();
        Self { name, began: now, last_news: now }
    }

    /// Says how far the step is, now and then.
    pub fn news(&mut self, how_far: impl FnOnce() -> String) {
        if self.last_news.elapsed() >= NEWS_EVERY {
            self.last_news = Instant::now();
            eprintln!("    {}, {}", how_far(), words(self.began.elapsed()));
        }
    }

    pub fn done(self) {
        eprintln!("✓ {} in {}", self.name, words(self.began.elapsed()));
    }
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
