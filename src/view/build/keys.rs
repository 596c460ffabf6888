//! Records' keys in order of appearance: the n-th key of the session has hue n.

use crate::base::SortedMap;
use crate::client::partitioner::murmur2;
use crate::view::{KEYS_MAX, PREVIEW_MAX};
use bytes::Bytes;
use std::sync::Arc;

/// How many keys are told apart. Those beyond have a hue by their hash.
const KEYS_KNOWN: usize = 10_000;
/// How many bytes of a text are looked at.
const BYTES_SHOWN: usize = 48;

/// The keys of a session.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyBook {
    known: SortedMap<Bytes, (u32, Arc<str>)>,
    first: Arc<Vec<Arc<str>>>,
}

impl KeyBook {
    /// A key's place, and how it is shown.
    pub fn place(&mut self, key: &Bytes) -> (u32, Arc<str>) {
        if let Some((place, text)) = self.known.get(key) {
            return (*place, Arc::clone(text));
        }
        let text = preview(key);
        if self.known.len() >= KEYS_KNOWN {
            return (murmur2(key).cast_unsigned(), text);
        }
        let place = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        // The book outlives the batch: it keeps the key alone.
        self.known.insert(Bytes::copy_from_slice(key), (place, Arc::clone(&text)));
        if self.first.len() < KEYS_MAX {
            Arc::make_mut(&mut self.first).push(Arc::clone(&text));
        }
        (place, text)
    }

    pub fn first(&self) -> Arc<Vec<Arc<str>>> {
        Arc::clone(&self.first)
    }
}

/// Bytes as text for the eye: at most [`PREVIEW_MAX`] characters; what is no UTF-8 as hex.
pub(super) fn preview(bytes: &[u8]) -> Arc<str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => match text.char_indices().nth(PREVIEW_MAX) {
            Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()).into(),
            None => text.into(),
        },
        Err(_) => {
            let shown = bytes.iter().take(BYTES_SHOWN).map(|b| format!("{b:02x}")).collect::<String>();
            format!("0x{shown}{}", if bytes.len() > BYTES_SHOWN { "…" } else { "" }).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_their_places_in_order_of_appearance() {
        let mut book = KeyBook::default();
        let places: Vec<u32> = ["b", "a", "b", "c"].map(|k| book.place(&Bytes::from(k)).0).into();
        assert_eq!(places, [0, 1, 0, 2]);
        assert_eq!(*book.first(), ["b", "a", "c"].map(Arc::from));
    }

    #[test]
    fn previews_are_short_and_never_broken() {
        assert_eq!(&*preview("ü".repeat(200).as_bytes()), format!("{}…", "ü".repeat(PREVIEW_MAX)));
        assert_eq!(&*preview(&[0xff, 0x00]), "0xff00");
        assert_eq!(&*preview(b""), "");
    }
}
