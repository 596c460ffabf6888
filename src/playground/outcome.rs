//! What became of commands.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The number its sender gave it.
    pub request: u64,
    pub state: OutcomeState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum OutcomeState {
    /// On its way: the cluster has not answered yet.
    Pending,
    /// Done. A published record has its place.
    #[serde(rename_all = "camelCase")]
    Done { text: Arc<str>, partition: Option<i32>, offset: Option<i64>, took_us: u64 },
    /// Refused, with Kafka's error name where it has one, and what it means here.
    #[serde(rename_all = "camelCase")]
    Failed { error: Option<Arc<str>>, message: Arc<str>, field: Option<Arc<str>> },
}

impl OutcomeState {
    pub(super) fn gone() -> Self {
        Self::Failed { error: None, message: "The client that was to do this is gone.".into(), field: None }
    }
}

/// A command that is refused before it reaches the cluster: it cannot be, or names what is not there. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    /// The command's field that is wrong.
    pub field: Option<&'static str>,
}

impl Refusal {
    pub(super) fn new(field: &'static str, message: impl Into<String>) -> Self {
        Self { message: message.into(), field: Some(field) }
    }
}

impl From<Refusal> for OutcomeState {
    fn from(refusal: Refusal) -> Self {
        Self::Failed { error: None, message: refusal.message.into(), field: refusal.field.map(Into::into) }
    }
}
