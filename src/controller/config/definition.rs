//! What a config is: its name, type, default and valid values; and how a value in text is read and refused
//! (`org.apache.kafka.common.config.ConfigDef`).

use std::fmt;

/// A config's type; the numbers are those of DescribeConfigs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Boolean = 1,
    String = 2,
    Int = 3,
    Short = 4,
    Long = 5,
    Double = 6,
    List = 7,
    Class = 8,
    Password = 9,
}

/// Which values are valid, beyond those of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valid {
    Any,
    AtLeast(i64),
    Between(i64, i64),
    /// 0 to 1.
    Ratio,
    OneOf(&'static [&'static str]),
    OneOfIgnoringCase(&'static [&'static str]),
    ListOf(&'static [&'static str]),
    /// 1 to 9, or -1.
    GzipLevel,
    /// `*`, or `partition:broker` pairs.
    ThrottledReplicas,
    /// `earliest`, `latest` or `by_duration:` and an ISO 8601 duration.
    AutoOffsetReset,
}

/// Whether a running broker takes another value, and from whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Update {
    ReadOnly,
    /// For one broker only.
    PerBroker,
    /// For one broker or for all of them.
    ClusterWide,
}

/// One config.
#[derive(Clone, Copy, Debug)]
pub struct ConfigKey {
    pub name: &'static str,
    pub kind: Kind,
    /// In text; none where Kafka's is null or there is none.
    pub default: Option<&'static str>,
    pub valid: Valid,
    pub update: Update,
    /// Not listed unless it is set.
    pub hidden: bool,
    /// A sentence on what it does.
    pub documentation: Option<&'static str>,
}

/// A config with a default.
pub(super) const fn key(name: &'static str, kind: Kind, default: &'static str) -> ConfigKey {
    ConfigKey { default: Some(default), ..unset(name, kind) }
}

/// A config that has no value until it is given one.
pub(super) const fn unset(name: &'static str, kind: Kind) -> ConfigKey {
    ConfigKey { name, kind, default: None, valid: Valid::Any, update: Update::ReadOnly, hidden: false, documentation: None }
}

impl ConfigKey {
    pub(super) const fn valid(self, valid: Valid) -> Self {
        Self { valid, ..self }
    }

    pub(super) const fn at_least(self, least: i64) -> Self {
        self.valid(Valid::AtLeast(least))
    }

    pub(super) const fn between(self, least: i64, most: i64) -> Self {
        self.valid(Valid::Between(least, most))
    }

    pub(super) const fn cluster_wide(self) -> Self {
        Self { update: Update::ClusterWide, ..self }
    }

    pub(super) const fn per_broker(self) -> Self {
        Self { update: Update::PerBroker, ..self }
    }

    pub(super) const fn hidden(self) -> Self {
        Self { hidden: true, ..self }
    }

    pub(super) const fn doc(self, documentation: &'static str) -> Self {
        Self { documentation: Some(documentation), ..self }
    }

    /// Passwords, and what holds them, are never shown.
    pub fn is_sensitive(&self) -> bool {
        self.kind == Kind::Password
    }

    /// Reads a value. The error is Kafka's message.
    pub fn parse(&self, text: &str) -> Result<Value, ConfigError> {
        let value = Value::read(self.kind, text).map_err(|reason| self.refuse(text, reason))?;
        self.check(&value)?;
        Ok(value)
    }

    fn check(&self, value: &Value) -> Result<(), ConfigError> {
        match (self.valid, value) {
            (Valid::AtLeast(least), Value::Number(number)) => self.check_range(*number, least, i64::MAX),
            (Valid::Between(least, most), Value::Number(number)) => self.check_range(*number, least, most),
            (Valid::Ratio, Value::Double(number)) if *number < 0.0 => Err(self.refuse(value, "Value must be at least 0")),
            (Valid::Ratio, Value::Double(number)) if *number > 1.0 => Err(self.refuse(value, "Value must be no more than 1")),
            (Valid::OneOf(names), Value::Text(text)) => self.check_name(text, names),
            (Valid::OneOfIgnoringCase(names), Value::Text(text)) if !names.iter().any(|name| name.eq_ignore_ascii_case(text)) => {
                Err(self.refuse(text, format!("String must be one of (case insensitive): {}", names.join(", "))))
            }
            (Valid::ListOf(_), Value::List(items)) if items.iter().any(String::is_empty) => {
                Err(ConfigError(format!("Configuration '{}' values must not be empty.", self.name)))
            }
            (Valid::ListOf(names), Value::List(items)) => items.iter().try_for_each(|item| self.check_name(item, names)),
            (Valid::GzipLevel, Value::Number(level)) if *level != -1 && !(1..=9).contains(level) => {
                Err(self.refuse(value, "Value must be between 1 and 9 or equal to -1"))
            }
            (Valid::ThrottledReplicas, Value::List(items)) if !are_throttled_replicas(items) => {
                let form = "must be the literal '*' or a list of replicas in the following format: [partitionId]:[brokerId],[partitionId]:[brokerId],...";
                Err(self.refuse(format!("[{}]", items.join(", ")), format!("{} {form}", self.name)))
            }
            (Valid::AutoOffsetReset, Value::Text(text)) if !is_auto_offset_reset(text) => {
                let form = "The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.";
                Err(self.refuse(text, format!("Invalid value `{text}` for configuration {}. {form}", self.name)))
            }
            _ => Ok(()),
        }
    }

    fn check_range(&self, number: i64, least: i64, most: i64) -> Result<(), ConfigError> {
        if number < least {
            Err(self.refuse(number, format!("Value must be at least {least}")))
        } else if number > most {
            Err(self.refuse(number, format!("Value must be no more than {most}")))
        } else {
            Ok(())
        }
    }

    fn check_name(&self, text: &str, names: &[&str]) -> Result<(), ConfigError> {
        if names.contains(&text) { Ok(()) } else { Err(self.refuse(text, format!("String must be one of: {}", names.join(", ")))) }
    }

    fn refuse(&self, value: impl fmt::Display, reason: impl fmt::Display) -> ConfigError {
        ConfigError(format!("Invalid value {value} for configuration {}: {reason}", self.name))
    }
}

/// A config's value is not valid; the text is Kafka's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// A config's value, as read. Its text (`Display`) is what DescribeConfigs shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Boolean(bool),
    Number(i64),
    Double(f64),
    Text(String),
    List(Vec<String>),
}

impl Value {
    fn read(kind: Kind, text: &str) -> Result<Self, &'static str> {
        let trimmed = text.trim();
        match kind {
            Kind::Boolean if trimmed.eq_ignore_ascii_case("true") => Ok(Self::Boolean(true)),
            Kind::Boolean if trimmed.eq_ignore_ascii_case("false") => Ok(Self::Boolean(false)),
            Kind::Boolean => Err("Expected value to be either true or false"),
            Kind::Int => trimmed.parse::<i32>().map(|number| Self::Number(number.into())).map_err(|_| "Not a number of type INT"),
            Kind::Short => trimmed.parse::<i16>().map(|number| Self::Number(number.into())).map_err(|_| "Not a number of type SHORT"),
            Kind::Long => trimmed.parse().map(Self::Number).map_err(|_| "Not a number of type LONG"),
            Kind::Double => trimmed.parse().map(Self::Double).map_err(|_| "Not a number of type DOUBLE"),
            Kind::List if trimmed.is_empty() => Ok(Self::List(Vec::new())),
            Kind::List => Ok(Self::List(without_repeats(trimmed.split(',').map(str::trim)))),
            Kind::String | Kind::Class | Kind::Password => Ok(Self::Text(trimmed.to_owned())),
        }
    }

    /// The number; 0 for what is none.
    pub fn number(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            Self::Boolean(_) | Self::Double(_) | Self::Text(_) | Self::List(_) => 0,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            // As Java writes it: 0.5, 1.0, 1.0E16.
            Self::Double(value) => f.write_str(&format!("{value:?}").replace('e', "E")),
            Self::Text(value) => f.write_str(value),
            Self::List(items) => f.write_str(&items.join(",")),
        }
    }
}

fn without_repeats<'a>(items: impl Iterator<Item = &'a str>) -> Vec<String> {
    items.fold(Vec::new(), |mut kept, item| {
        if !kept.iter().any(|known| known == item) {
            kept.push(item.to_owned());
        }
        kept
    })
}

fn are_throttled_replicas(items: &[String]) -> bool {
    let is_pair = |item: &String| item.split_once(':').is_some_and(|(partition, broker)| is_number(partition) && is_number(broker));
    items.iter().all(is_pair) || matches!(items, [star] if star == "*")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// With a fraction of nine digits at most.
fn are_seconds(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    is_number(whole) && fraction.len() <= 9 && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// Durations are ISO 8601's with days, hours, minutes and seconds, and not negative: `P1DT2H`.
fn is_auto_offset_reset(text: &str) -> bool {
    let Some(duration) = text.strip_prefix("by_duration:") else { return text == "earliest" || text == "latest" };
    let Some(rest) = duration.strip_prefix('P') else { return false };
    let (days, time) = rest.split_once('T').map_or((rest, None), |(days, time)| (days, Some(time)));
    !(rest.is_empty() || time == Some("")) && are_amounts(days, "D") && are_amounts(time.unwrap_or(""), "HMS")
}

/// Numbers, each followed by one of the units, in the units' order.
fn are_amounts(text: &str, units: &str) -> bool {
    let (mut left, mut units) = (text, units);
    while !left.is_empty() {
        let Some(end) = left.find(|c: char| !(c.is_ascii_digit() || c == '.')) else { return false };
        let (amount, rest) = left.split_at(end);
        let Some(unit) = rest.chars().next() else { return false };
        let Some((_, later)) = units.split_once(unit) else { return false };
        let is_amount = if unit == 'S' { are_seconds(amount) } else { is_number(amount) };
        if !is_amount {
            return false;
        }
        (left, units) = (rest.get(1..).unwrap_or(""), later);
    }
    true
}
