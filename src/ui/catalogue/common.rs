//! What several parts say.

pub const CLOSE: &str = "Close";
pub const NONE: &str = "none";
pub const NULL: &str = "null";
