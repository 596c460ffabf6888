//! `BrokerRegistrationChangeRecord`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::base::Uuid;
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 3; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrokerRegistrationChangeRecord {
    pub broker_id: i32,
    pub broker_epoch: i64,
    /// Tag 0.
    pub fenced: i8,
    /// Since version 1; tag 1.
    pub in_controlled_shutdown: i8,
    /// Since version 2; tag 2.
    pub log_dirs: Vec<Uuid>,
    /// Since version 3; tag 3.
    pub cordoned_log_dirs: Option<Vec<Uuid>>,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for BrokerRegistrationChangeRecord {
    fn visit(&mut self, c: &mut Codec) {
        c.i32(&Field { name: "BrokerId", ..FIELD }, &mut self.broker_id);
        c.i64(&Field { name: "BrokerEpoch", ..FIELD }, &mut self.broker_epoch);
        c.begin_tags(&mut self.tags);
        c.i8(&Field { name: "Fenced", tag: 0, ..FIELD }, &mut self.fenced);
        c.i8(&Field { name: "InControlledShutdown", since: 1, tag: 1, ..FIELD }, &mut self.in_controlled_shutdown);
        c.array(&Field { name: "LogDirs", since: 2, tag: 2, ..FIELD }, &mut self.log_dirs);
        c.nullable_array(
            &Field { name: "CordonedLogDirs", since: 3, null_since: 3, null_until: i16::MAX, tag: 3, null: true, ..FIELD },
            &mut self.cordoned_log_dirs,
        );
        c.end_tags(&mut self.tags);
    }
}

impl Part for BrokerRegistrationChangeRecord {}

impl Message for BrokerRegistrationChangeRecord {
    const NAME: &'static str = "BrokerRegistrationChangeRecord";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=3;
    const FLEXIBLE_SINCE: i16 = 0;
}
