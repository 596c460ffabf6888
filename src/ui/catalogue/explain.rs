//! Explanations of words.

pub const HERE: &str = "Words";
pub const ALL: &str = "All words";
pub const MARKS: &str = "Key to the marks";
pub const HINT: &str = "? on anything explains the words that stand there.";
