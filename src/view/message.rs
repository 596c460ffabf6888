//! What a page and a server say to each other over the WebSocket, as JSON texts: one message each.

use super::View;
use crate::playground::Command;
use serde::{Deserialize, Serialize};

/// From the page to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FromPage {
    /// Comes back in [`super::Outcome::request`].
    pub request: u64,
    pub command: Command,
}

/// From the server to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum ToPage {
    View {
        view: Box<View>,
    },
    /// What the page sent could not be understood.
    Refused {
        message: String,
    },
}
