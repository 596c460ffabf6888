//! `GroupMetadataKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupMetadataKey {
    /// Versions 0 to 0.
    pub group: String,
}

impl Visit for GroupMetadataKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "group", until: 0, ..FIELD }, &mut self.group);
    }
}

impl Part for GroupMetadataKey {}

impl Message for GroupMetadataKey {
    const NAME: &'static str = "GroupMetadataKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for GroupMetadataKey {
    const KEY: i16 = 2;
}
