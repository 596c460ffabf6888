//! The stage: topics with their tapes at the left, groups at the right, threads between them.

mod cells;
mod groups;
mod layout;
mod lens;
mod lines;
mod moved;
mod partition;
mod spans;
mod threads;
mod topic;

pub use groups::{Groups, stops};
pub use layout::Layout;
pub use threads::Threads;
pub use topic::Topics;
