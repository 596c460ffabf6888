//! The form that writes records, as it is filled in.

use crate::playground::own_producer;
use std::sync::Arc;

/// What the publish form sends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum What {
    #[default]
    One,
    Lines,
    JsonLines,
    Sample,
}

/// The publish form as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// None: the first topic.
    pub topic: Option<Arc<str>>,
    pub key: String,
    /// The key is null, whatever is written there: nothing is a key as well.
    pub keyless: bool,
    pub value: String,
    pub tombstone: bool,
    /// Without a value: null.
    pub headers: Vec<(String, Option<String>)>,
    pub headers_open: bool,
    /// Chosen by hand; none: by the partitioner.
    pub partition: Option<i32>,
    /// Which producer sends; none: the playground's own.
    pub producer: Option<Arc<str>>,
    pub what: What,
    /// Lines, or JSON lines.
    pub bulk: String,
    /// What ends a line's key; empty: lines have none.
    pub separator: String,
    /// Which keys made-up orders have: a place in the form's list.
    pub sample: usize,
    /// How often, as typed.
    pub count: String,
    /// Records a second, as typed; empty: as fast as they go.
    pub rate: String,
    /// Of the playground's own producer.
    pub acks: String,
    pub compression: String,
    pub how_open: bool,
}

impl Draft {
    /// What is written as the key. Who leaves nothing there means none, until told otherwise.
    pub fn write_key(&mut self, key: String) {
        self.keyless = key.is_empty();
        self.key = key;
    }

    pub fn given_key(&self) -> Option<String> {
        (!self.keyless).then(|| self.key.clone())
    }

    /// The headers that anything is written of: a name may be empty.
    pub fn given_headers(&self) -> Vec<(String, Option<String>)> {
        self.headers.iter().filter(|(name, value)| !name.is_empty() || value.as_deref() != Some("")).cloned().collect()
    }

    /// The name of the producer that sends.
    pub fn sender(&self) -> Arc<str> {
        self.producer.clone().unwrap_or_else(|| own_producer(&self.acks, &self.compression).into())
    }
}
