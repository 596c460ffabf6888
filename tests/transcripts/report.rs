//! How a transcript differs from the recorded one, for people.

use serde_json::Value;
use std::fmt;

/// One place where two transcripts' lines differ.
pub struct Difference<'a> {
    /// Such as `.response.topics[0].errorCode`.
    pub path: String,
    pub expected: Option<&'a Value>,
    pub actual: Option<&'a Value>,
}

impl fmt::Display for Difference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
        write!(f, "    {}\n      Kafka:   {}\n      Partita: {}", self.path, shown(self.expected), shown(self.actual))
    }
}

/// Each difference between two lines; nothing where both are the same.
pub fn differences<'a>(expected: Option<&'a Value>, actual: Option<&'a Value>) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    compare("", expected, actual, &mut found);
    found
}

fn compare<'a>(path: &str, expected: Option<&'a Value>, actual: Option<&'a Value>, found: &mut Vec<Difference<'a>>) {
    match (expected, actual) {
        (Some(Value::Object(expected)), Some(Value::Object(actual))) => {
            for name in expected.keys().chain(actual.keys().filter(|name| !expected.contains_key(*name))) {
                compare(&format!("{path}.{name}"), expected.get(name), actual.get(name), found);
            }
        }
        (Some(Value::Array(expected)), Some(Value::Array(actual))) if expected.len() == actual.len() => {
            for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{path}[{index}]"), Some(expected), Some(actual), found);
            }
        }
        (expected, actual) if expected == actual => {}
        (expected, actual) => found.push(Difference { path: path.to_owned(), expected, actual }),
    }
}
