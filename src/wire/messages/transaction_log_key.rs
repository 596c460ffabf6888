//! `TransactionLogKey`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Visit};
use crate::wire::versioned::CoordinatorKey;

/// Versions 0 to 0; never flexible.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransactionLogKey {
    /// Versions 0 to 0.
    pub transactional_id: String,
}

impl Visit for TransactionLogKey {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "TransactionalId", until: 0, ..FIELD }, &mut self.transactional_id);
    }
}

impl Part for TransactionLogKey {}

impl Message for TransactionLogKey {
    const NAME: &'static str = "TransactionLogKey";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = i16::MAX;
}

impl CoordinatorKey for TransactionLogKey {
    const KEY: i16 = 0;
}
