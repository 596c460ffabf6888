//! `ZkMigrationStateRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ZkMigrationStateRecord {
    pub zk_migration_state: i8,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ZkMigrationStateRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i8(&Field { name: "ZkMigrationState", ..FIELD }, &mut self.zk_migration_state);
        c.tags(&mut self.tags);
    }
}

impl Part for ZkMigrationStateRecord {}

impl Message for ZkMigrationStateRecord {
    const NAME: &'static str = "ZkMigrationStateRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
