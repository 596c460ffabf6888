//! A small language that says which records are wanted: `key = user-42 and partition = 1`, `text contains x`, `$.item = "A-113"`.
//!
//! Tests are joined by `and`, `or`, `not` and parentheses. What is compared, and how, is in [`FIELDS`]; a word or a quoted text alone looks
//! for it in key, value and headers. Letters of ASCII are alike in either case where a text is looked for, and differ where it is compared.

mod parse;
mod time;

pub use time::{FORMS as TIMES, read as read_time};

use super::json::{self, Step};
use crate::view::{RecordKind, Unsettled};
use crate::wire::batch::Record;
use parse::Parser;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// The longest filter that is read, in characters.
const TEXT_MAX: usize = 4_096;

/// What can be tested: how it is written, and with what.
pub const FIELDS: [(&str, &str); 11] = [
    ("key", "key = user-42"),
    ("value", "value = null"),
    ("text", "text contains A-113"),
    ("partition", "partition = 1"),
    ("offset", "offset >= 100"),
    ("time", "time >= 00:03:00"),
    ("size", "size > 1000"),
    ("kind", "kind = tombstone"),
    ("transaction", "transaction = aborted"),
    ("headers.NAME", "headers.trace = 7"),
    ("$.PATH", "$.item = \"A-113\""),
];

/// A filter, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter(Option<Expr>);

/// Where a filter cannot be understood, and what would be right there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilterError {
    /// In characters, from 1 on.
    pub column: u32,
    pub message: String,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column {}: {}", self.column, self.message)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expr {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Test(Test),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Number(NumberField, Order, i64),
    Kind(RecordKind, bool),
    Transaction(Unsettled, bool),
    Bytes(Place, Comparison),
    Path(Vec<Step>, Comparison),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberField {
    Partition,
    Offset,
    /// In ms since 1970.
    Time,
    /// Of key and value, in bytes.
    Size,
}

/// Where bytes are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Key,
    Value,
    /// Key, value and headers: each.
    Text,
    Header(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Comparison {
    /// It is there.
    Exists,
    Ordered(Order, Literal),
    /// Somewhere in it.
    Contains(Vec<u8>),
    StartsWith(Vec<u8>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What something is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Literal {
    text: String,
    /// It stood in quotes: it is a text, and not a number, `null`, or bytes in hex.
    quoted: bool,
}

/// A record, for a filter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub partition: i32,
    pub record: &'a Record,
    pub kind: RecordKind,
    pub transaction: Option<Unsettled>,
}

/// What no record can be that passes: a look need not go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub partition: Option<i32>,
    /// The first and the last offset.
    pub offsets: (i64, i64),
    /// Not older, in ms since 1970.
    pub since_ms: i64,
}

impl Filter {
    /// Reads a filter. `epoch_ms` is the time of day at which the session began, in ms since 1970: times of the session count from there.
    ///
    /// # Errors
    /// Where it cannot be understood, and what would be right there.
    pub fn parse(text: &str, epoch_ms: i64) -> Result<Self, FilterError> {
        if text.chars().count() > TEXT_MAX {
            let message = format!("A filter has at most {TEXT_MAX} characters.");
            return Err(FilterError { column: TEXT_MAX as u32 + 1, message });
        }
        if text.trim().is_empty() { Ok(Self(None)) } else { Parser::new(text, epoch_ms)?.parse().map(|expr| Self(Some(expr))) }
    }

    /// Whether the record passes.
    pub(super) fn passes(&self, candidate: Candidate<'_>) -> bool {
        self.0.as_ref().is_none_or(|expr| expr.passes(candidate))
    }

    pub(super) fn bounds(&self) -> Bounds {
        let mut bounds = Bounds { partition: None, offsets: (0, i64::MAX), since_ms: i64::MIN };
        if let Some(expr) = &self.0 {
            expr.bound(&mut bounds);
        }
        bounds
    }
}

impl Expr {
    fn passes(&self, candidate: Candidate<'_>) -> bool {
        match self {
            Self::And(all) => all.iter().all(|expr| expr.passes(candidate)),
            Self::Or(any) => any.iter().any(|expr| expr.passes(candidate)),
            Self::Not(expr) => !expr.passes(candidate),
            Self::Test(test) => test.passes(candidate),
        }
    }

    fn bound(&self, bounds: &mut Bounds) {
        match self {
            Self::And(all) => all.iter().for_each(|expr| expr.bound(bounds)),
            Self::Test(Test::Number(field, order, number)) => bounds.narrow(*field, *order, *number),
            Self::Or(_) | Self::Not(_) | Self::Test(_) => {}
        }
    }
}

impl Bounds {
    fn narrow(&mut self, field: NumberField, order: Order, number: i64) {
        let (first, last) = match order {
            Order::Equal => (number, number),
            Order::NotEqual => return,
            Order::Less => (i64::MIN, number.saturating_sub(1)),
            Order::LessOrEqual => (i64::MIN, number),
            Order::Greater => (number.saturating_add(1), i64::MAX),
            Order::GreaterOrEqual => (number, i64::MAX),
        };
        match field {
            NumberField::Offset => self.offsets = (self.offsets.0.max(first), self.offsets.1.min(last)),
            NumberField::Time => self.since_ms = self.since_ms.max(first),
            NumberField::Partition if order == Order::Equal => self.partition = Some(i32::try_from(number).unwrap_or(-1)),
            NumberField::Partition | NumberField::Size => {}
        }
    }
}

impl Test {
    fn passes(&self, candidate: Candidate<'_>) -> bool {
        let record = candidate.record;
        match self {
            Self::Number(field, order, number) => order.holds(field.of(candidate).cmp(number)),
            // Markers of transactions are control records, too.
            Self::Kind(RecordKind::Control, equal) => candidate.kind.is_control() == *equal,
            Self::Kind(kind, equal) => (candidate.kind == *kind) == *equal,
            Self::Transaction(fate, equal) => (candidate.transaction == Some(*fate)) == *equal,
            Self::Bytes(Place::Key, comparison) => comparison.of_bytes(record.key.as_deref()),
            Self::Bytes(Place::Value, comparison) => comparison.of_bytes(record.value.as_deref()),
            Self::Bytes(Place::Text, comparison) => {
                let headers = record.headers.iter().flat_map(|header| [Some(header.key.as_bytes()), header.value.as_deref()]);
                let mut all = [record.key.as_deref(), record.value.as_deref()].into_iter().chain(headers).flatten();
                all.any(|bytes| comparison.of_bytes(Some(bytes)))
            }
            Self::Bytes(Place::Header(name), comparison) => {
                let mut named = record.headers.iter().filter(|header| header.key == *name);
                named.any(|header| *comparison == Comparison::Exists || comparison.of_bytes(header.value.as_deref()))
            }
            Self::Path(path, comparison) => {
                let text = record.value.as_deref().and_then(|value| std::str::from_utf8(value).ok());
                text.is_some_and(|text| json::leads_to(text, path, &mut |raw| comparison.of_json(raw)))
            }
        }
    }
}

impl NumberField {
    fn of(self, candidate: Candidate<'_>) -> i64 {
        let len = |bytes: Option<&bytes::Bytes>| bytes.map_or(0, |bytes| i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        match self {
            Self::Partition => candidate.partition.into(),
            Self::Offset => candidate.record.offset.0,
            Self::Time => candidate.record.timestamp,
            Self::Size => len(candidate.record.key.as_ref()).saturating_add(len(candidate.record.value.as_ref())),
        }
    }
}

impl Order {
    const fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

impl Comparison {
    fn of_bytes(&self, bytes: Option<&[u8]>) -> bool {
        match (self, bytes) {
            (Self::Exists, bytes) => bytes.is_some(),
            (Self::Ordered(Order::Equal, literal), None) => literal.is("null"),
            (Self::Ordered(order, literal), None) => *order == Order::NotEqual && !literal.is("null"),
            (Self::Ordered(order, literal), Some(_)) if literal.is("null") => *order == Order::NotEqual,
            (Self::Ordered(order, literal), Some(bytes)) => order.holds(literal.compare_bytes(bytes)),
            (Self::Contains(_) | Self::StartsWith(_), None) => false,
            (Self::Contains(wanted), Some(bytes)) => contains(bytes, wanted),
            (Self::StartsWith(wanted), Some(bytes)) => starts_with(bytes, wanted),
        }
    }

    fn of_json(&self, raw: &str) -> bool {
        let text = json::string(raw);
        match self {
            Self::Exists => true,
            Self::Ordered(order, literal) => {
                literal.compare_json(raw, text.as_deref()).map_or(*order == Order::NotEqual, |it| order.holds(it))
            }
            Self::Contains(wanted) => contains(text.as_deref().unwrap_or(raw).as_bytes(), wanted),
            Self::StartsWith(wanted) => starts_with(text.as_deref().unwrap_or(raw).as_bytes(), wanted),
        }
    }
}

impl Literal {
    /// A word, not a text in quotes.
    fn is(&self, word: &str) -> bool {
        !self.quoted && self.text == word
    }

    /// As text; what is written `0x…`, and is no such text, as bytes. Numbers by their size where both are numbers and it is not quoted.
    fn compare_bytes(&self, bytes: &[u8]) -> Ordering {
        let as_text = bytes.cmp(self.text.as_bytes());
        if self.quoted || as_text.is_eq() {
            return as_text;
        }
        if let Some(hex) = self.text.strip_prefix("0x").and_then(from_hex) {
            return bytes.cmp(&hex);
        }
        std::str::from_utf8(bytes).ok().and_then(|text| json::compare_numbers(text, &self.text)).unwrap_or(as_text)
    }

    /// None where the two cannot be compared.
    fn compare_json(&self, raw: &str, text: Option<&str>) -> Option<Ordering> {
        if let Some(text) = text {
            return Some(text.cmp(&self.text));
        }
        if self.quoted {
            return None;
        }
        json::compare_numbers(raw, &self.text).or_else(|| (raw == self.text).then_some(Ordering::Equal))
    }
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?, 16).ok();
    pairs.map(byte).collect()
}

fn starts_with(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some(first) = wanted.first() else { return true };
    let starts = bytes.iter().enumerate().filter(|(_, byte)| byte.eq_ignore_ascii_case(first));
    starts.map(|(at, _)| at).any(|at| bytes.get(at..).is_some_and(|rest| starts_with(rest, wanted)))
}

#[cfg(test)]
mod tests;
