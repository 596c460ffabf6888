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
const ONE_REPLICA: &str = "brokers do not replicate yet: a partition has one replica";

const EXCEPTIONS: &[Exception] = &[
    Exception { script: "api-versions", lines: &[2, 4, 5, 21], differs: Differs::LeavesOut(".response.apiKeys"), reason: FEWER_APIS },
    Exception {
        script: "api-versions",
        lines: &[2, 4],
        differs: Differs::LeavesOut(".response.finalizedFeatures"),
        reason: FEWER_FEATURES,
    },
    Exception { script: "api-versions", lines: &[2], differs: Differs::LeavesOut(".response.supportedFeatures"), reason: FEWER_FEATURES },
    Exception { script: "metadata", lines: &[25], differs: Differs::At(".response.topics[0].partitions[0]"), reason: ONE_REPLICA },
    Exception {
        script: "produce-fetch",
        lines: &[2],
        differs: Differs::Instead(
            r#"{"api":"CREATE_TOPICS","version":4,"body":{"topics":[{"name":"t-${run}","numPartitions":-1,"replicationFactor":-1,"assignments":[{"partitionIndex":0,"brokerIds":[1]},{"partitionIndex":1,"brokerIds":[2]}]}]}}"#,
        ),
        reason: ONE_REPLICA,
    },
    Exception { script: "produce-fetch", lines: &[31], differs: Differs::At(""), reason: ONE_REPLICA },
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
