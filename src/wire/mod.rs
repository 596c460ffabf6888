//! The Kafka wire protocol: frames, messages, record batches, compression. Knows bytes and meanings of fields, no behaviour.
//!
//! `codec` reads and writes what `messages` (written by `cargo xtask protocol`) describes.

pub mod api;
pub mod batch;
pub mod codec;
pub mod compression;
pub mod error;
pub mod frame;
pub mod inspect;
pub mod messages;
pub mod metadata_record;
pub mod rope;
pub mod versioned;

pub use api::{ApiKey, Request, Response};
pub use batch::{Batch, BatchBuilder};
pub use codec::{Message, WireError, WireReason, decode, encode};
pub use compression::Compression;
pub use error::ErrorCode;
pub use frame::{
    FrameReader, RequestHeader, decode_request_header, decode_request_header_rope, decode_response, decode_response_header,
    decode_response_rope, encode_request, encode_request_header, encode_response,
};
pub use inspect::{Inspection, inspect_request, inspect_response};
pub use metadata_record::MetadataRecord;
pub use rope::Rope;
pub use versioned::{CoordinatorKey, decode_key, decode_versioned, encode_key, encode_versioned, split_key};
