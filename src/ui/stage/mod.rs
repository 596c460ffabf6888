//! The stage: topics with their tapes at the left, groups at the right, threads between them.

mod cells;
mod grid;
mod groups;
mod layout;
mod lens;
mod lines;
mod moved;
mod order;
mod packets;
mod partition;
mod reach;
mod sight;
mod spans;
mod stepper;
mod threads;
mod topic;

pub use groups::{Groups, stops};
pub use layout::{End, Layout, Thread};
pub use order::{Orders, use_orders};
pub use packets::{Dot, SLOW_TENTHS, on_thread, use_packets};
pub use threads::Threads;
pub use topic::Topics;

/// A topic whose partitions' logs end so, for tests.
#[cfg(test)]
fn topic_of(ends: &[i64]) -> crate::view::TopicView {
    use crate::view::{PartitionView, TopicView};
    let part = |(index, end): (usize, &i64)| PartitionView { index: index as i32, log_end: *end, ..PartitionView::default() };
    TopicView { partitions: ends.iter().enumerate().map(part).map(std::sync::Arc::new).collect(), ..TopicView::default() }
}
