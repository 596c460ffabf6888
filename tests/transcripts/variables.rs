//! What `${…}` stands for: `run`, a name that no other run has; `now`, when the run began; and what lines have saved.

use crate::fault::{Outcome, script, server};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub struct Variables {
    pub run: String,
    /// In ms since 1970.
    pub now: i64,
    /// The times that the script has named.
    pub times: BTreeMap<i64, String>,
    values: BTreeMap<String, Option<Value>>,
    saved_at: BTreeMap<String, usize>,
}

/// `${name}`, `${name+1}`: its name, the number, and how long it is.
struct Reference<'a> {
    name: &'a str,
    plus: Option<&'a str>,
    length: usize,
}

impl<'a> Reference<'a> {
    /// At the beginning of the text.
    fn parse(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix("${")?;
        let inner = &inner[..inner.find('}')?];
        let name_length = inner.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(inner.len());
        let (name, plus) = inner.split_at(name_length);
        let number = plus.strip_prefix(['+', '-']).unwrap_or(plus);
        let sound = !name.is_empty() && (plus.is_empty() || (number.len() < plus.len() && number.parse::<u32>().is_ok()));
        sound.then_some(Self { name, plus: (!plus.is_empty()).then_some(plus), length: inner.len() + 3 })
    }
}

impl Variables {
    pub fn new(run: &str, now: i64) -> Self {
        let values = BTreeMap::from([("run".to_owned(), Some(run.into())), ("now".to_owned(), Some(now.into()))]);
        let times = BTreeMap::from([(now, "<now>".to_owned())]);
        Self { run: run.to_owned(), now, times, values, saved_at: BTreeMap::new() }
    }

    /// `None`: the line has not found it.
    pub fn set(&mut self, name: &str, value: Option<Value>, line: usize) {
        self.values.insert(name.to_owned(), value);
        self.saved_at.insert(name.to_owned(), line);
    }

    /// Marks as not found what a line was to save and has not.
    pub fn lose(&mut self, save: &Value, line: usize) {
        for name in save.as_object().into_iter().flat_map(Map::keys) {
            if self.saved_at.get(name) != Some(&line) {
                self.set(name, None, line);
            }
        }
    }

    /// The value with its variables filled in; `said` hears of each field and value that the script spells out itself.
    pub fn fill(&mut self, field: &str, value: &Value, said: &mut impl FnMut(&str, &Value)) -> Outcome<Value> {
        let text = match value {
            Value::Object(object) => {
                let mut filled = Map::new();
                for (name, inner) in object {
                    let key = self.fill("", &name.as_str().into(), said)?;
                    filled.insert(text_of(&key), self.fill(name, inner, said)?);
                }
                return Ok(filled.into());
            }
            Value::Array(array) => {
                let filled: Outcome<Vec<Value>> = array.iter().map(|item| self.fill(field, item, said)).collect();
                return filled.map(Value::Array);
            }
            Value::String(text) => text,
            _ => {
                said(field, value);
                return Ok(value.clone());
            }
        };
        if let Some(reference) = Reference::parse(text).filter(|reference| reference.length == text.len()) {
            return self.value(&reference);
        }
        let (mut filled, mut rest, mut literal) = (String::new(), text.as_str(), true);
        while let Some(at) = rest.find("${") {
            filled.push_str(&rest[..at]);
            rest = &rest[at..];
            match Reference::parse(rest) {
                Some(reference) => {
                    literal &= reference.name == "run";
                    filled.push_str(&text_of(&self.value(&reference)?));
                    rest = &rest[reference.length..];
                }
                None => {
                    filled.push_str("${");
                    rest = &rest[2..];
                }
            }
        }
        filled.push_str(rest);
        let filled = Value::String(filled);
        if literal {
            said(field, &filled);
        }
        Ok(filled)
    }

    fn value(&mut self, reference: &Reference<'_>) -> Outcome<Value> {
        let name = reference.name;
        let value = match self.values.get(name) {
            None => return script(format!("no earlier line saves ${{{name}}}")),
            Some(None) => {
                let line = self.saved_at.get(name).copied().unwrap_or_default();
                return server(format!("not asked: line {line} found no ${{{name}}}"));
            }
            Some(Some(value)) => value.clone(),
        };
        let Some(plus) = reference.plus else { return Ok(value) };
        let Some(number) = value.as_i64() else { return script(format!("{name} is no number but {value}")) };
        let sum = number + plus.trim_start_matches('+').parse::<i64>().unwrap_or_default();
        if name == "now" {
            self.times.insert(sum, format!("<now{plus}>"));
        }
        Ok(sum.into())
    }
}

/// A value as text: a string without its quotes.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
        other => other.to_string(),
    }
}
