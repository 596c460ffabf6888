//! `ApiVersionsRequest`
//!
//! Written by `cargo xtask protocol` from Apache Kafka 4.3.1's specifications; not to be edited.

use super::ApiVersionsResponse;
use crate::wire::api::{ApiKey, Request};
use crate::wire::codec::{Codec, FIELD, Field, Message, Part, Tags, Visit};

/// Versions 0 to 4; flexible since 3.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ApiVersionsRequest {
    /// Since version 3.
    pub client_software_name: String,
    /// Since version 3.
    pub client_software_version: String,
    /// Tagged fields that are not known here.
    pub tags: Tags,
}

impl Visit for ApiVersionsRequest {
    fn visit(&mut self, c: &mut Codec) {
        c.string(&Field { name: "ClientSoftwareName", since: 3, ignorable: true, ..FIELD }, &mut self.client_software_name);
        c.string(&Field { name: "ClientSoftwareVersion", since: 3, ignorable: true, ..FIELD }, &mut self.client_software_version);
        c.tags(&mut self.tags);
    }
}

impl Part for ApiVersionsRequest {}

impl Message for ApiVersionsRequest {
    const NAME: &'static str = "ApiVersionsRequest";
    const VERSIONS: std::ops::RangeInclusive<i16> = 0..=4;
    const FLEXIBLE_SINCE: i16 = 3;
    const TAIL_IGNORED: bool = true;
}

impl Request for ApiVersionsRequest {
    const KEY: ApiKey = ApiKey::ApiVersions;
    type Response = ApiVersionsResponse;
}
