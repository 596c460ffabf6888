//! Where the engine is known to differ from the transcripts, and why. An exception that is one no more fails the test.

use serde_json::Value;

/// A difference that is known.
pub struct Exception {
    pub script: &'static str,
    pub lines: &'static [usize],
    pub differs: Differs,
    pub reason: &'static str,
}

/// What differs.
pub enum Differs {
    /// What lies at paths that begin so.
    At(&'static str),
    /// The array at this path leaves elements out; those that it has are Apache Kafka's.
    LeavesOut(&'static str),
    /// Another request is made in place of the line's, so that the lines after it can be compared; its answer is as recorded.
    Instead(&'static str),
}

const FEWER_APIS: &str = "ApiVersions lists what is implemented, and nothing else";
const FEWER_FEATURES: &str = "features of Apache Kafka that are not here are not offered";

const EXCEPTIONS: &[Exception] = &[
    Exception { script: "api-versions", lines: &[2, 4, 5, 21], differs: Differs::LeavesOut(".response.apiKeys"), reason: FEWER_APIS },
    Exception {
        script: "api-versions",
        lines: &[2, 4],
        differs: Differs::LeavesOut(".response.finalizedFeatures"),
        reason: FEWER_FEATURES,
    },
    Exception { script: "api-versions", lines: &[2], differs: Differs::LeavesOut(".response.supportedFeatures"), reason: FEWER_FEATURES },
];

/// The exceptions of a script.
pub fn of(script: &str) -> Vec<&'static Exception> {
    EXCEPTIONS.iter().filter(|exception| exception.script == script).collect()
}

impl Exception {
    /// Whether it is about this difference between two transcripts' lines.
    pub fn excuses(&self, path: &str, expected: Option<&Value>, actual: Option<&Value>) -> bool {
        match self.differs {
            Differs::At(at) => path.starts_with(at),
            Differs::LeavesOut(at) => path == at && leaves_out(expected, actual),
            Differs::Instead(_) => false,
        }
    }
}

fn leaves_out(expected: Option<&Value>, actual: Option<&Value>) -> bool {
    let (Some(Value::Array(expected)), Some(Value::Array(actual))) = (expected, actual) else { return false };
    actual.iter().all(|element| expected.contains(element))
}
