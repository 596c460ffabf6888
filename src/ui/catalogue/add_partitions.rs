//! The form that gives a topic more partitions.

pub use super::create::IN_TERMINAL;

pub const LEAD: &str = "As kafka-topics.sh --alter does it: partitions can be added, and never taken away. What is written stays where it is; groups that read the topic rebalance once they hear of it.";
pub const FORM: &str = "More partitions";
pub const TOTAL: &str = "partitions";
pub const ADD: &str = "Add partitions";

pub fn title(topic: &str) -> String {
    format!("Add partitions to {topic}")
}

/// Which ones come.
pub fn come(has: i32, total: i32) -> String {
    if total - has == 1 { format!("Partition {has} comes.") } else { format!("Partitions {has} to {} come.", total - 1) }
}

/// What it does to keys.
pub fn keys_move(moved: usize, of: usize, total: i32) -> String {
    format!(
        "Keys move: a key goes to its hash modulo {total} from then on, so {moved} of the {of} keys seen so far go to another partition than before. Their older records stay behind, and order is kept within a partition only."
    )
}
