//! The order of Java's hash maps. Kafka's sticky assignors walk through such maps, and who keeps one partition more can depend on it: to
//! come to Kafka's results is to walk in Kafka's order.

use crate::base::{Order, TopicPartition};

/// `String.hashCode`.
pub(super) fn hash_of(text: &str) -> i32 {
    text.encode_utf16().fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}

/// `TopicPartition.hashCode`.
pub(super) fn hash_of_partition(partition: &TopicPartition) -> i32 {
    31_i32.wrapping_add(partition.partition.0).wrapping_mul(31).wrapping_add(hash_of(&partition.topic))
}

/// Which bucket of a map (`java.util.HashMap` of default load factor) that has held `entries` at most, from a default capacity on.
pub(super) fn bucket(hash: i32, entries: usize) -> u32 {
    let mut capacity = 16_u32;
    while entries > capacity as usize / 4 * 3 {
        capacity *= 2;
    }
    (hash as u32 ^ (hash as u32 >> 16)) & (capacity - 1)
}

/// The places of the keys, in the order in which a map gives them that got them in their order here.
pub(super) fn iteration_order<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let hashes: Vec<_> = keys.map(hash_of).collect();
    let mut order: Vec<_> = (0..hashes.len()).collect();
    order.order_by_key(|place| hashes.get(*place).map(|hash| bucket(*hash, hashes.len())));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_and_order_are_javas() {
        assert_eq!([hash_of("consumer-1"), hash_of("c1"), hash_of("ünï")], [-166_239_206, 3_118, 245_821]);
        assert_eq!(hash_of_partition(&TopicPartition::new("orders", 3)), -1_008_769_277);
        assert_eq!(iteration_order(["banana", "apple", "cherry", "date", "elder", "fig"].into_iter()), [0, 3, 1, 2, 5, 4]);
    }
}
