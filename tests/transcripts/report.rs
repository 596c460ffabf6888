//! How a transcript differs from the recorded one, for people.

use serde_json::Value;

/// Each difference with its path; nothing where both are the same.
pub fn differences(expected: Option<&Value>, actual: Option<&Value>) -> Vec<String> {
    let mut found = Vec::new();
    compare("", expected, actual, &mut found);
    found
}

fn compare(path: &str, expected: Option<&Value>, actual: Option<&Value>, found: &mut Vec<String>) {
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
        (expected, actual) => {
            found.push(format!("    {path}\n      Kafka:   {}\n      Partita: {}", shown(expected), shown(actual)));
        }
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
