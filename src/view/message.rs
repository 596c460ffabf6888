//! What a page and a server say to each other over the WebSocket, as JSON texts: one message each.
//!
//! What a server says has its name around it, not in it (`tag`): with the name inside, serde keeps a whole view before it reads it, and
//! brings code for that with each type of a view.

use super::View;
use super::query::{Answer, Query};
use crate::playground::Command;
use serde::{Deserialize, Serialize};

/// From the page to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FromPage {
    /// Comes back in [`super::Outcome::request`], or with the answer.
    pub request: u64,
    #[serde(flatten)]
    pub says: Says,
}

/// What the page wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Says {
    /// Something shall be done; what became of it comes with a view.
    Command(Command),
    /// Something is to be known; it is answered once.
    Query(Query),
}

/// From the server to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ToPage {
    View {
        view: Box<View>,
    },
    /// The answer to a query.
    Answer {
        request: u64,
        answer: Box<Answer>,
    },
    /// What the page sent could not be understood.
    Refused {
        message: String,
    },
}
