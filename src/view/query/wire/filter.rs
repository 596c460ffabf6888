//! The filter of the wire: `from = c1 and api = Fetch latency > 100ms "user-42"`.
//!
//! Conditions are a name, a sign and a value; `and` between them may be left out. All else is text that has to occur: in the line, in
//! capital letters or not, or in the bytes of either frame, as it is.

use super::exchange::{Exchange, ExchangeState};
use crate::simulation::Frame;
use crate::view::query::peers::{Peer, PeerKind};

/// How long a filter may be, in characters.
const FILTER_MAX: usize = 400;

/// What an exchange has to be to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    conditions: Vec<Condition>,
    /// Each in small letters, and as it was written.
    texts: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    subject: Subject,
    sign: Sign,
    /// In small letters.
    value: String,
    /// The value as a number, in bytes or µs.
    number: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    From,
    To,
    /// Either end.
    Party,
    Client,
    Api,
    Version,
    Correlation,
    About,
    Error,
    State,
    Out,
    Back,
    Latency,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Is,
    IsNot,
    Has,
    Above,
    Below,
}

const SUBJECTS: [(&str, Subject); 16] = [
    ("from", Subject::From),
    ("to", Subject::To),
    ("party", Subject::Party),
    ("client", Subject::Client),
    ("api", Subject::Api),
    ("version", Subject::Version),
    ("correlation", Subject::Correlation),
    ("about", Subject::About),
    ("topic", Subject::About),
    ("group", Subject::About),
    ("error", Subject::Error),
    ("state", Subject::State),
    ("out", Subject::Out),
    ("back", Subject::Back),
    ("latency", Subject::Latency),
    ("size", Subject::Out),
];

const SIGNS: [(&str, Sign); 5] = [("!=", Sign::IsNot), ("=", Sign::Is), ("~", Sign::Has), (">", Sign::Above), ("<", Sign::Below)];

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.chars().count() > FILTER_MAX {
            return Err(format!("A filter has at most {FILTER_MAX} characters."));
        }
        let mut filter = Self::default();
        let mut words = words(text)?.into_iter().peekable();
        while let Some(word) = words.next() {
            let signed = matches!(words.peek(), Some(Word::Sign(_)));
            match word {
                Word::Sign(sign) => return Err(format!("Before '{sign}' there is to be what it is about, as in: api = Fetch")),
                Word::Plain(name) if signed => {
                    let (Some(Word::Sign(sign)), Some(Word::Plain(value) | Word::Quoted(value))) = (words.next(), words.next()) else {
                        return Err(format!("After '{name}' and its sign there is to be a value, as in: api = Fetch"));
                    };
                    filter.conditions.push(Condition::read(&name, sign, &value)?);
                }
                Word::Plain(word) if word.eq_ignore_ascii_case("and") => {}
                Word::Plain(word) | Word::Quoted(word) => filter.texts.push((word.to_lowercase(), word)),
            }
        }
        Ok(filter)
    }

    pub(super) fn lets(&self, exchange: &Exchange, request: &Frame, response: Option<&Frame>) -> bool {
        self.conditions.iter().all(|condition| condition.holds(exchange))
            && self.texts.iter().all(|(small, text)| {
                line_has(exchange, small) || bytes_have(request, text) || response.is_some_and(|response| bytes_have(response, text))
            })
    }
}

impl Condition {
    fn read(name: &str, sign: &str, value: &str) -> Result<Self, String> {
        let subject = SUBJECTS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, subject)| *subject);
        let Some(subject) = subject else {
            let names: Vec<&str> = SUBJECTS.iter().map(|(name, _)| *name).collect();
            return Err(format!("There is no '{name}' to filter by. There is: {}.", names.join(", ")));
        };
        let sign = SIGNS.iter().find(|(known, _)| *known == sign).map_or(Sign::Is, |(_, sign)| *sign);
        let value = value.to_lowercase();
        let number = number(&value);
        if number.is_none() && (matches!(sign, Sign::Above | Sign::Below) || subject.is_number()) {
            return Err(format!(
                "'{name}' is compared with a number, as in: {name} > {}",
                if subject == Subject::Latency { "100ms" } else { "1000" }
            ));
        }
        Ok(Self { subject, sign, value, number: number.unwrap_or_default() })
    }

    fn holds(&self, exchange: &Exchange) -> bool {
        let state = match exchange.state {
            ExchangeState::Asks | ExchangeState::Returns => "under way",
            ExchangeState::Waits => "waiting",
            ExchangeState::Done => "done",
            ExchangeState::Silent => "silent",
            ExchangeState::Broken => "broken",
        };
        match self.subject {
            Subject::From => self.is_peer(&exchange.from),
            Subject::To => self.is_peer(&exchange.to),
            Subject::Party if self.sign == Sign::IsNot => self.is_peer(&exchange.from) && self.is_peer(&exchange.to),
            Subject::Party => self.is_peer(&exchange.from) || self.is_peer(&exchange.to),
            Subject::Client => self.is_text(exchange.client_id.as_deref().unwrap_or_default()),
            Subject::Api => self.is_text(&exchange.api),
            Subject::About => self.has_words(&exchange.about),
            Subject::State => self.is_text(state),
            Subject::Error => match (&exchange.fault, self.value.as_str()) {
                (fault, "any") => fault.is_some() == (self.sign != Sign::IsNot),
                (fault, "none") => fault.is_none() == (self.sign != Sign::IsNot),
                (fault, _) => self.is_text(fault.as_ref().map_or("", |fault| &fault.name)),
            },
            Subject::Version => self.is_number(Some(exchange.version.into())),
            Subject::Correlation => self.is_number(Some(exchange.correlation.into())),
            Subject::Out => self.is_number(Some(exchange.out.into())),
            Subject::Back => self.is_number(exchange.back.map(Into::into)),
            Subject::Latency => self.is_number(exchange.latency_us.map(|latency| i64::try_from(latency).unwrap_or(i64::MAX))),
        }
    }

    /// By its name or its kind: `2`, `c1`, `controller`, `controller 2`.
    fn is_peer(&self, peer: &Peer) -> bool {
        let kind = match peer.kind {
            PeerKind::Broker => "broker",
            PeerKind::Controller => "controller",
            PeerKind::Producer => "producer",
            PeerKind::Consumer => "consumer",
            PeerKind::Admin => "admin",
            PeerKind::Outside => "outside",
            PeerKind::Gone => "gone",
        };
        let name = peer.name.to_lowercase();
        let is = name == self.value || kind == self.value || format!("{kind} {name}") == self.value;
        match self.sign {
            Sign::IsNot => !is,
            Sign::Has => is || name.contains(&self.value),
            Sign::Is | Sign::Above | Sign::Below => is,
        }
    }

    fn is_text(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        match self.sign {
            Sign::IsNot => text != self.value,
            Sign::Has => text.contains(&self.value),
            Sign::Is | Sign::Above | Sign::Below => text == self.value,
        }
    }

    /// Of several things that are named, one is it.
    fn has_words(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let is = text == self.value
            || text.split(", ").any(|part| part == self.value || part.split(' ').next() == Some(&self.value))
            || self.sign == Sign::Has && text.contains(&self.value);
        is != (self.sign == Sign::IsNot)
    }

    fn is_number(&self, number: Option<i64>) -> bool {
        let wanted = i64::try_from(self.number).unwrap_or(i64::MAX);
        match (self.sign, number) {
            (Sign::IsNot, number) => number != Some(wanted),
            (_, None) => false,
            (Sign::Is | Sign::Has, Some(number)) => number == wanted,
            (Sign::Above, Some(number)) => number > wanted,
            (Sign::Below, Some(number)) => number < wanted,
        }
    }
}

impl Subject {
    const fn is_number(self) -> bool {
        matches!(self, Self::Version | Self::Correlation | Self::Out | Self::Back | Self::Latency)
    }
}

/// A number, of bytes or µs where it has a unit: `100`, `2kb`, `100ms`, `1.5s`.
fn number(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 7] = [("us", 1), ("µs", 1), ("ms", 1_000), ("kb", 1_024), ("s", 1_000_000), ("b", 1), ("", 1)];
    let (digits, by) = UNITS.iter().find_map(|(unit, by)| text.strip_suffix(unit).map(|digits| (digits.trim_end(), *by)))?;
    let (whole, tenths) = digits.split_once('.').unwrap_or((digits, "0"));
    let (whole, tenths): (u64, u64) = (whole.parse().ok()?, tenths.get(..1)?.parse().ok()?);
    whole.checked_mul(by)?.checked_add(tenths * by / 10)
}

#[derive(Debug)]
enum Word {
    Plain(String),
    Quoted(String),
    Sign(&'static str),
}

/// Cuts a filter into words and signs.
fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        if let Some((sign, _)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            words.push(Word::Sign(sign));
            rest = rest.strip_prefix(sign).unwrap_or_default();
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let (word, after) = quoted.split_once('"').ok_or("A quotation mark is not closed.")?;
            words.push(Word::Quoted(word.to_owned()));
            rest = after;
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "=<>~\"".contains(c)).unwrap_or(rest.len());
            let end = if rest.get(..end).is_some_and(|word| word.ends_with('!')) && rest.get(end..).is_some_and(|r| r.starts_with('=')) {
                end - 1
            } else {
                end
            };
            let (word, after) = rest.split_at(end);
            words.push(Word::Plain(word.to_owned()));
            rest = after;
        }
        rest = rest.trim_start();
    }
    Ok(words)
}

fn line_has(exchange: &Exchange, small: &str) -> bool {
    let fault = exchange.fault.as_ref().map_or("", |fault| &fault.name);
    let client = exchange.client_id.as_deref().unwrap_or_default();
    let line = [&exchange.from.name, &exchange.to.name, client, &exchange.api, &exchange.about, fault];
    line.iter().any(|part| part.to_lowercase().contains(small))
}

/// Whether a text lies in a frame's bytes. One that goes over the edge of two pieces is found too.
fn bytes_have(frame: &Frame, text: &str) -> bool {
    let wanted = text.as_bytes();
    let within = |bytes: &[u8]| bytes.windows(wanted.len().max(1)).any(|window| window == wanted);
    match frame.bytes.chunks() {
        [one] => within(one),
        _ => within(&frame.bytes.to_bytes()),
    }
}
