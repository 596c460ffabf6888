//! Which partition of `__consumer_offsets` a group belongs to, by Java's `String.hashCode`.

use crate::base::PartitionIndex;

/// Where groups, their members and their offsets are kept.
pub const GROUP_METADATA_TOPIC: &str = "__consumer_offsets";

/// `String.hashCode` of Java: over UTF-16.
pub fn java_hash(text: &str) -> i32 {
    text.encode_utf16().fold(0, |hash: i32, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

/// `Utils.abs(groupId.hashCode) % partitions`; 0 where there are none. Kafka's `abs` of the smallest number is 0.
pub fn partition_for(group: &str, partitions: i32) -> PartitionIndex {
    let hash = java_hash(group).checked_abs().unwrap_or(0);
    PartitionIndex(hash.checked_rem(partitions).unwrap_or(0))
}

/// A name's place among `count` names of a Java `HashMap`: the order in which Kafka goes through protocols that got as many votes.
pub fn java_bucket(name: &str, count: usize) -> u32 {
    let hash = java_hash(name) as u32;
    let mut table = 16;
    while count > table / 4 * 3 {
        table *= 2;
    }
    (hash ^ hash >> 16) & (table as u32 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_java() {
        assert_eq!(java_hash(""), 0);
        assert_eq!(java_hash("range"), 108_280_125);
        assert_eq!(java_hash("größe"), 98_762_257);
        assert_eq!(java_hash("polygenelubricants"), i32::MIN);
    }

    #[test]
    fn a_group_has_one_partition_even_where_abs_overflows() {
        assert_eq!(partition_for("polygenelubricants", 50), PartitionIndex(0));
        assert_eq!(partition_for("range", 50), PartitionIndex(25));
        assert_eq!(partition_for("range", 0), PartitionIndex(0));
    }
}
