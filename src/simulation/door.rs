//! The door for outside clients: bytes come in and go out as on a TCP connection, with their length prefixes.

use crate::base::{ConnectionId, NodeId};
use crate::wire::Rope;
use crate::wire::frame::FrameReader;
use std::sync::Arc;

/// What the host has to do for an outside client.
#[derive(Clone, Debug)]
pub enum Output {
    /// Write these bytes.
    Bytes { connection: ConnectionId, bytes: Rope },
    /// Close the connection, once all that was to be written is.
    Close { connection: ConnectionId },
}

/// One outside client's connection.
#[derive(Clone, Debug)]
pub(super) struct Outside {
    pub to: NodeId,
    /// The client's address in text, as DescribeGroups shows it.
    pub host: Arc<str>,
    pub reader: FrameReader,
}
