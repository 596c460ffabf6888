//! What happened, in words.

use crate::base::{Instant, NodeId};
pub use crate::playground::EventSign;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An event in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// By it a partition or the quorum has another leader, or a group another state: what others of its kind lead to, or follow from.
    #[serde(default)]
    pub decides: bool,
}

impl EventView {
    /// It happens all the time, or is there for others' sake.
    pub fn is_minor(&self) -> bool {
        self.background || self.sign == EventSign::Record
    }
}

/// Leaves `kept` of the events, which are in order of their ids. What happens all the time is forgotten first, as long as it is more than
/// half: a broker's death is remembered longer than a thousand appends.
pub(super) fn forget(events: &mut Vec<Arc<EventView>>, kept: usize) {
    let over = events.len().saturating_sub(kept);
    if over == 0 {
        return;
    }
    let minor = events.iter().filter(|event| event.is_minor()).count();
    let mut minor_goes = over.min(minor.saturating_sub(kept / 2));
    let mut rest = over - minor_goes;
    events.retain(|event| {
        let left = if event.is_minor() { &mut minor_goes } else { &mut rest };
        let goes = *left > 0;
        *left -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: u64, sign: EventSign) -> Arc<EventView> {
        Arc::new(EventView { id, sign, ..EventView::default() })
    }

    #[test]
    fn a_fault_outlives_what_happens_all_the_time() {
        let mut events = vec![event(1, EventSign::Fault)];
        for id in 2..400 {
            events.push(event(id, EventSign::Record));
            forget(&mut events, 100);
        }
        assert_eq!(events.len(), 100);
        assert_eq!(events.first().map(|e| e.id), Some(1));
    }

    #[test]
    fn of_faults_alone_the_oldest_go() {
        let mut events: Vec<_> = (0..150).map(|id| event(id, EventSign::Fault)).collect();
        forget(&mut events, 100);
        assert_eq!(events.first().map(|e| e.id), Some(50));
    }
}
