//! What the coordinator reads of a consumer's metadata: the topics. Version 0 of the consumer protocol is the beginning of all later ones,
//! so it is read in that, whatever version it says.

use crate::base::SortedSet;
use bytes::{Buf as _, Bytes};
use std::sync::Arc;

/// The topics of a `ConsumerProtocolSubscription`. None: the bytes are none.
pub(super) fn topics(mut metadata: Bytes) -> Option<SortedSet<Arc<str>>> {
    let _version = metadata.try_get_i16().ok()?;
    let count = metadata.try_get_i32().ok()?;
    (0..count).map(|_| string(&mut metadata)).collect()
}

fn string(bytes: &mut Bytes) -> Option<Arc<str>> {
    let length = usize::try_from(bytes.try_get_i16().ok()?).ok()?;
    let text = (length <= bytes.len()).then(|| bytes.split_to(length))?;
    std::str::from_utf8(&text).ok().map(Arc::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_read_from_any_version() {
        let later = Bytes::from_static(b"\0\x03\0\0\0\x02\0\x01a\0\x02bc\xff\xff\xff\xff\0\0\0\0");
        assert_eq!(topics(later), Some(SortedSet::from(["a".into(), "bc".into()])));
    }

    #[test]
    fn other_bytes_are_no_subscription() {
        for bytes in ["", "\0", "\0\0\0\0\0\x01", "\0\0\0\0\0\x01\0\x05abc", "\0\0\x7f\0\0\0\0"] {
            assert_eq!(topics(Bytes::from_static(bytes.as_bytes())), None, "{bytes:?}");
        }
    }
}
