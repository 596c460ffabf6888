//! What is wrong between the nodes: links that are cut or bent, responses that will be lost.

use crate::base::NodeId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The network's faults that are in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FaultsView {
    /// Links that are not as they were at the session's begin, by their ends.
    pub links: Vec<LinkView>,
    /// Faults of single APIs that have not run out.
    pub apis: Vec<ApiFaultView>,
}

/// A link between two machines that is not as it was, in one direction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// None: a client's machine.
    pub from: Option<NodeId>,
    pub to: Option<NodeId>,
    /// Nothing arrives.
    pub cut: bool,
    /// In words: "broker 1 to broker 2: cut", "broker 1 to c1: 80 ms".
    pub text: Arc<str>,
}

/// "The next 3 Produce responses of broker 2 are lost".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiFaultView {
    pub node: NodeId,
    pub text: Arc<str>,
}
