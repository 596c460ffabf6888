//! Where the engine is known to differ from the transcripts, and why. An exception that is one no more fails the test.

use serde_json::Value;

/// A difference that is known.
pub struct Exception {
    pub script: &'static str,
    pub lines: &'static [usize],
    /// The array at this path leaves elements out; those that it has are Apache Kafka's.
    pub leaves_out: &'static str,
    pub reason: &'static str,
}

const FEWER_APIS: &str = "ApiVersions lists what is implemented, and nothing else";
const FEWER_FEATURES: &str = "features of Apache Kafka that are not here are not offered";

const EXCEPTIONS: &[Exception] = &[
    Exception { script: "api-versions", lines: &[2, 4, 5, 21], leaves_out: ".response.apiKeys", reason: FEWER_APIS },
    Exception { script: "api-versions", lines: &[2, 4], leaves_out: ".response.finalizedFeatures", reason: FEWER_FEATURES },
    Exception { script: "api-versions", lines: &[2], leaves_out: ".response.supportedFeatures", reason: FEWER_FEATURES },
];

/// The exceptions of a script.
pub fn of(script: &str) -> Vec<&'static Exception> {
    EXCEPTIONS.iter().filter(|exception| exception.script == script).collect()
}

impl Exception {
    /// Whether it is about this difference between two transcripts' lines.
    pub fn excuses(&self, path: &str, expected: Option<&Value>, actual: Option<&Value>) -> bool {
        path == self.leaves_out && leaves_out(expected, actual)
    }
}

fn leaves_out(expected: Option<&Value>, actual: Option<&Value>) -> bool {
    let (Some(Value::Array(expected)), Some(Value::Array(actual))) = (expected, actual) else { return false };
    actual.iter().all(|element| expected.contains(element))
}
