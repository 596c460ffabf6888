//! `DefaultPrincipalData`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 0; flexible since 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefaultPrincipalData {
    pub type_: String,
    pub name: String,
    pub token_authenticated: bool,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for DefaultPrincipalData {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "Type", ..FIELD }, &mut self.type_);
        c.string(&Field { name: "Name", ..FIELD }, &mut self.name);
        c.bool(&Field { name: "TokenAuthenticated", ..FIELD }, &mut self.token_authenticated);
        c.tags(&mut self.tags);
    }
}

impl Part for DefaultPrincipalData {}

impl Message for DefaultPrincipalData {
    const NAME: &'static str = "DefaultPrincipalData";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=0;
    const FLEXIBLE_SINCE: i16 = 0;
}
