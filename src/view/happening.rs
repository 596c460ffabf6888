//! What happened, in words.

use crate::base::json::FromJson;
use crate::base::{Instant, NodeId};
pub use crate::playground::EventSign;
use serde::Serialize;
use std::sync::Arc;

/// An event in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, FromJson)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    pub id: u64,
    pub at: Instant,
    pub sign: EventSign,
    /// A short sentence without a full stop: "c2 removed: session timed out after 45 s".
    pub text: Arc<str>,
    /// The nearest cause that can be told; found in the same list, unless it has been forgotten.
    pub cause: Option<u64>,
    /// Only there as a cause of others: the list of events leaves it out.
    pub background: bool,
    /// The topic and partition it is about.
    pub partition: Option<(Arc<str>, i32)>,
    /// The group it is about.
    pub group: Option<Arc<str>>,
    /// The broker or controller it is about, or else happened at.
    pub node: Option<NodeId>,
    /// The client it is about, or else happened at.
    pub client: Option<Arc<str>>,
}
