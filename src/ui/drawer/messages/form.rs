//! What is looked for in Messages, as a person chose it.

use crate::ui::catalogue::messages as say;
use crate::ui::chosen::Span;
use crate::view::query::records::{Decoding, Filter, From, RecordsAsk, TIMES, read_time};
use std::sync::Arc;

/// Kept while the page is open, whatever tab shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// None: the first topic.
    pub topic: Option<Arc<str>>,
    pub partition: Option<i32>,
    pub start: Start,
    /// The offset or time that is begun at, as it is typed.
    pub at: String,
    pub filter: String,
    pub decoding: Decoding,
    /// New records show as they are written.
    pub live: bool,
}

/// Where one begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    #[default]
    Newest,
    Oldest,
    Offset,
    Time,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            topic: None,
            partition: None,
            start: Start::Newest,
            at: String::new(),
            filter: String::new(),
            decoding: Decoding::Auto,
            live: true,
        }
    }
}

/// A field that is wrong, and what would be right.
pub struct Wrong {
    /// It is the filter, and not where one begins.
    pub filter: bool,
    pub message: String,
}

/// How much of a key or value a row shows at most, in bytes.
const ROW_BYTES: u32 = 160;

impl Form {
    /// The newest of a topic, or of one of its partitions.
    pub fn of(topic: Arc<str>, partition: Option<i32>) -> Self {
        Self { topic: Some(topic), partition, ..Self::default() }
    }

    /// Records that lie beside each other, in their order.
    pub fn of_span(span: &Span) -> Self {
        let filter = say::offsets(span.first(), span.last());
        Self { start: Start::Oldest, filter, ..Self::of(Arc::clone(&span.topic), Some(span.partition)) }
    }

    /// The form as a question of this topic.
    pub fn ask(&self, topic: Arc<str>, epoch_ms: i64) -> Result<RecordsAsk, Wrong> {
        Filter::parse(&self.filter, epoch_ms).map_err(|error| Wrong { filter: true, message: error.to_string() })?;
        let wrong = |message: String| Wrong { filter: false, message };
        let at = self.at.trim();
        let from = match self.start {
            Start::Newest => From::End,
            Start::Oldest => From::Beginning,
            Start::Offset if at.is_empty() => From::Beginning,
            Start::Time if at.is_empty() => From::Beginning,
            Start::Offset => From::Offset(at.parse().map_err(|_| wrong(say::NOT_A_NUMBER.to_owned()))?),
            Start::Time => From::Time(read_time(at, epoch_ms).ok_or_else(|| wrong(format!("{at}: {TIMES}.")))?),
        };
        let filter = self.filter.clone();
        Ok(RecordsAsk { topic, partition: self.partition, from, filter, cursor: None, limit: 0, bytes_max: ROW_BYTES })
    }
}
