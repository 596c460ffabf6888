//! Where the engine is known to differ from the transcripts, and why. An exception that is one no more fails the test.

use Differs::{LeavesOut, Words};
use serde_json::Value;

/// A difference that is known.
pub struct Exception {
    pub script: &'static str,
    pub lines: &'static [usize],
    pub differs: Differs,
    pub reason: &'static str,
}

/// What is at a path, and may differ.
#[derive(Clone, Copy)]
pub enum Differs {
    /// The array leaves elements out; those that it has are Apache Kafka's.
    LeavesOut(&'static str),
    /// The text is in words of our own.
    Words(&'static str),
}

const FEWER_APIS: &str = "ApiVersions lists what is implemented, and nothing else";
const FEWER_FEATURES: &str = "features of Apache Kafka that are not here are not offered";
const OWN_WORDS: &str = "what a setting does is told in a sentence of our own";

const EXCEPTIONS: &[Exception] = &[
    Exception { script: "api-versions", lines: &[2, 4, 5, 21], differs: LeavesOut(".response.apiKeys"), reason: FEWER_APIS },
    Exception { script: "api-versions", lines: &[2, 4], differs: LeavesOut(".response.finalizedFeatures"), reason: FEWER_FEATURES },
    Exception { script: "api-versions", lines: &[2], differs: LeavesOut(".response.supportedFeatures"), reason: FEWER_FEATURES },
    Exception { script: "configs", lines: &[6], differs: Words(".response.results[0].configs[0].documentation"), reason: OWN_WORDS },
];

/// The exceptions of a script.
pub fn of(script: &str) -> Vec<&'static Exception> {
    EXCEPTIONS.iter().filter(|exception| exception.script == script).collect()
}

impl Exception {
    /// Whether it is about this difference between two transcripts' lines.
    pub fn excuses(&self, path: &str, expected: Option<&Value>, actual: Option<&Value>) -> bool {
        match self.differs {
            LeavesOut(at) => path == at && leaves_out(expected, actual),
            Words(at) => path == at && is_text(expected) && is_text(actual),
        }
    }
}

fn is_text(value: Option<&Value>) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| !text.is_empty())
}

fn leaves_out(expected: Option<&Value>, actual: Option<&Value>) -> bool {
    let (Some(Value::Array(expected)), Some(Value::Array(actual))) = (expected, actual) else { return false };
    actual.iter().all(|element| expected.contains(element))
}
