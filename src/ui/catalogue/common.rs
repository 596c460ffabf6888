//! What several parts say.

pub const CLOSE: &str = "Close";
pub const NONE: &str = "none";
pub const YES: &str = "yes";
pub const NO: &str = "no";
pub const NULL: &str = "null";
