//! Where the publish form's record will go, and why: known before it is sent.

use crate::client::partitioner::KeyPartition;
use crate::ui::draft::What;
use crate::ui::state::State;
use crate::ui::words;
use crate::view::{TopicView, View};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    pub topic: Arc<str>,
    pub partition: i32,
    pub partitions: i32,
    pub key: Option<Arc<str>>,
    /// The key's place among the session's keys; none for a record without one.
    pub hue: Option<u32>,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// `(murmur2(key) & 0x7fffffff) % partitions`.
    Key(KeyPartition),
    /// KIP-794: the batch of keyless records goes there, until `batch_size` bytes did.
    Sticky { bytes: u32, batch_size: u32 },
    /// The person said so.
    Chosen,
}

impl Aim {
    /// None where there is no topic, or where the producer will choose when the record comes (no key, nothing sent yet).
    pub fn of(view: &View, state: &State) -> Option<Self> {
        let draft = &state.draft;
        let topic = topic_of(view, state)?;
        if draft.what != What::One {
            return None;
        }
        let partitions = topic.partitions.len() as i32;
        let key: Option<Arc<str>> = draft.given_key().map(Arc::from);
        let hue = key.as_ref().map(|key| view.keys.iter().position(|k| k == key).unwrap_or(view.keys.len()) as u32);
        let made = |partition, reason| Self { topic: Arc::clone(&topic.name), partition, partitions, key: key.clone(), hue, reason };
        if let Some(chosen) = draft.partition {
            return Some(made(chosen, Reason::Chosen));
        }
        if let Some(key) = &key {
            let sum = KeyPartition::of(key.as_bytes(), partitions)?;
            return Some(made(sum.partition.0, Reason::Key(sum)));
        }
        let sender = draft.sender();
        let producer = view.producers.iter().find(|p| p.name == sender)?;
        let sticky = producer.sticky.iter().find(|s| s.topic == topic.name)?;
        Some(made(sticky.partition, Reason::Sticky { bytes: sticky.bytes, batch_size: sticky.batch_size }))
    }

    /// What the place for the next record says.
    pub fn label(&self, prefix: &str, room: usize) -> String {
        self.key.as_deref().map(|key| words::label(key, prefix, room)).unwrap_or_default()
    }
}

/// The topic that the publish form is set to.
pub fn topic_of<'v>(view: &'v View, state: &State) -> Option<&'v Arc<TopicView>> {
    let named = state.draft.topic.as_ref().and_then(|name| view.topics.iter().find(|t| t.name == *name));
    named.or_else(|| view.topics.iter().find(|t| !t.internal))
}
