//! The clients of a session by name: what a command calls them, and what is behind each.

use super::traffic::Traffic;
use crate::base::{Instant, ProcessId};
use std::sync::Arc;

/// The producer that publishes what the user types.
pub const YOU: &str = "you";

/// What a client is for.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A producer; with an application that writes by itself, or for what it is told.
    Producer(Option<Traffic>),
    /// A consumer in a group. `per_minute` is how many records its application handles; none: as many as come.
    Consumer { group: Arc<str>, topics: Vec<Arc<str>>, per_minute: Option<u32> },
}

/// A client that the user started.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its client id, too.
    pub name: Arc<str>,
    pub process: ProcessId,
    pub kind: Kind,
    /// When its process ended without a word. Its group may still count on it.
    pub crashed: Option<Instant>,
    /// The member id it had in its group when it crashed.
    pub last_member_id: Option<Arc<str>>,
}

/// The session's clients, in order of appearance.
#[derive(Clone, Debug, Default)]
pub struct Clients(Vec<Client>);

impl Clients {
    pub fn iter(&self) -> impl Iterator<Item = &Client> {
        self.0.iter()
    }

    /// The one of this name that is running.
    pub fn running(&self, name: &str) -> Option<&Client> {
        self.0.iter().find(|client| *client.name == *name && client.crashed.is_none())
    }

    pub(super) fn running_mut(&mut self, name: &str) -> Option<&mut Client> {
        self.0.iter_mut().find(|client| *client.name == *name && client.crashed.is_none())
    }

    /// The next name with this prefix that nobody has or had.
    pub(super) fn free_name(&self, prefix: &str) -> String {
        let taken = |name: &str| self.0.iter().any(|client| *client.name == *name);
        let mut names = (1_u32..).map(|number| format!("{prefix}{number}"));
        names.find(|name| !taken(name)).unwrap_or_default()
    }

    pub(super) fn add(&mut self, name: &str, process: ProcessId, kind: Kind) {
        self.0.retain(|client| *client.name != *name);
        self.0.push(Client { name: name.into(), process, kind, crashed: None, last_member_id: None });
    }

    pub(super) fn forget(&mut self, process: ProcessId) {
        self.0.retain(|client| client.process != process);
    }

    pub(super) fn traffic_mut(&mut self, process: ProcessId) -> Option<&mut Traffic> {
        match &mut self.0.iter_mut().find(|client| client.process == process)?.kind {
            Kind::Producer(traffic) => traffic.as_mut(),
            Kind::Consumer { .. } => None,
        }
    }
}
