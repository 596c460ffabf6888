//! Kafka's rules for what a person types, in its own words and with its error's name: said beside the field, before anything is sent.
//! The brokers hold the same rules; nothing relies on these having been asked.

use crate::controller::config::validate::validate_topic;
use crate::controller::config::{self, ConfigError, TOPIC_KEYS, Values};
use std::sync::Arc;

/// A rule that an input breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kafka's name of the error.
    pub error: &'static str,
    /// What is wrong, and what would be right.
    pub text: String,
}

const NAME_MAX: usize = 249;
/// How many partitions a form offers at most.
pub const PARTITIONS_MAX: i32 = 1_000;
/// How many members a form adds at once.
pub const MEMBERS_MAX: u32 = 40;

fn rule(error: &'static str, text: impl Into<String>) -> Option<Rule> {
    Some(Rule { error, text: text.into() })
}

/// `org.apache.kafka.common.internals.Topic.validate`, and what CreateTopics says of names that exist or collide in metrics.
pub fn topic_name(name: &str, existing: &[&str]) -> Option<Rule> {
    let invalid = |why: String| rule("INVALID_TOPIC_EXCEPTION", format!("Topic name is invalid: {why}"));
    if name.is_empty() {
        return invalid("the empty string is not allowed".to_owned());
    }
    if name == "." || name == ".." {
        return invalid(format!("'{name}' is not allowed"));
    }
    if name.len() > NAME_MAX {
        return invalid(format!("its length {} is longer than the max allowed length {NAME_MAX}", name.len()));
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')) {
        return invalid(format!("'{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"));
    }
    if existing.contains(&name) {
        return rule("TOPIC_ALREADY_EXISTS", format!("Topic '{name}' already exists."));
    }
    let flat = |s: &str| s.replace('.', "_");
    let twin = existing.iter().find(|other| (name.contains(['.', '_'])) && flat(other) == flat(name))?;
    rule("INVALID_TOPIC_EXCEPTION", format!("Topic '{name}' collides with existing topic: {twin}"))
}

/// A number of partitions, as typed.
pub fn partitions(text: &str) -> Option<Rule> {
    match text.trim().parse::<i32>() {
        Err(_) => rule("INVALID_PARTITIONS", format!("'{text}' is not a whole number.")),
        Ok(n) if n <= 0 => rule("INVALID_PARTITIONS", "Number of partitions was set to an invalid non-positive value."),
        Ok(n) if n > PARTITIONS_MAX => {
            rule("INVALID_PARTITIONS", format!("{n} partitions are more than this cluster carries: {PARTITIONS_MAX}."))
        }
        Ok(_) => None,
    }
}

/// How many partitions a topic shall have that has some, as typed.
pub fn more_partitions(text: &str, topic: &str, has: i32) -> Option<Rule> {
    let fewer =
        |n: i32| rule("INVALID_PARTITIONS", format!("The topic {topic} currently has {has} partition(s); {n} would not be an increase."));
    match text.trim().parse::<i32>() {
        Ok(n) if n == has => rule("INVALID_PARTITIONS", format!("Topic already has {has} partition(s).")),
        Ok(n) if (1..has).contains(&n) => fewer(n),
        _ => partitions(text),
    }
}

/// The configs of a topic to be, as typed: what is wrong, and with which of them.
pub fn topic_configs(typed: &[(Arc<str>, String)]) -> Option<(usize, Rule)> {
    let refused = |at: usize, error: ConfigError| Some((at, Rule { error: "INVALID_CONFIG", text: error.0 }));
    for (at, (name, value)) in typed.iter().enumerate() {
        match config::find(TOPIC_KEYS, name).map(|key| key.parse(value)) {
            Some(Ok(_)) => {}
            Some(Err(error)) => return refused(at, error),
            None => return refused(at, ConfigError(format!("Unknown topic config name: {name}"))),
        }
    }
    let values: Values = typed.iter().map(|(name, value)| (Arc::clone(name), Arc::from(value.as_str()))).collect();
    validate_topic(&values).err().and_then(|error| refused(typed.len().saturating_sub(1), error))
}

/// A replication factor, as typed.
pub fn replication_factor(text: &str, brokers: usize) -> Option<Rule> {
    match text.trim().parse::<i16>() {
        Err(_) => rule("INVALID_REPLICATION_FACTOR", format!("'{text}' is not a whole number.")),
        Ok(n) if n <= 0 => rule("INVALID_REPLICATION_FACTOR", "Replication factor must be larger than 0."),
        Ok(n) if n as usize > brokers => rule(
            "INVALID_REPLICATION_FACTOR",
            format!(
                "Unable to replicate the partition {n} time(s): The target replication factor of {n} cannot be reached because only {brokers} broker(s) are registered."
            ),
        ),
        Ok(_) => None,
    }
}

/// A group's id.
pub fn group_id(name: &str) -> Option<Rule> {
    if name.is_empty() { rule("INVALID_GROUP_ID", "The group id must not be empty.") } else { None }
}

/// How many members to add, as typed.
pub fn members(text: &str) -> Option<Rule> {
    match text.trim().parse::<u32>() {
        Ok(1..=MEMBERS_MAX) => None,
        _ => rule("INVALID_REQUEST", format!("A group begins here with 1 to {MEMBERS_MAX} members.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(found: Option<Rule>) -> Option<&'static str> {
        found.map(|r| r.error)
    }

    #[test]
    fn topic_names_follow_kafkas_rule() {
        assert_eq!(topic_name("orders.v1_a-B", &[]), None);
        for bad in ["", ".", "..", "a b", "ü", "a/b", &"x".repeat(250)] {
            assert_eq!(error(topic_name(bad, &[])), Some("INVALID_TOPIC_EXCEPTION"), "{bad:?}");
        }
    }

    #[test]
    fn a_name_that_exists_or_collides_is_refused() {
        assert_eq!(error(topic_name("orders", &["orders"])), Some("TOPIC_ALREADY_EXISTS"));
        assert_eq!(error(topic_name("a.b", &["a_b"])), Some("INVALID_TOPIC_EXCEPTION"));
        assert_eq!(topic_name("ab", &["a_b"]), None);
    }

    #[test]
    fn partitions_are_only_ever_added() {
        assert_eq!(more_partitions("4", "orders", 3), None);
        let text = |typed: &str| more_partitions(typed, "orders", 3).map(|rule| rule.text).unwrap_or_default();
        assert_eq!(text("3"), "Topic already has 3 partition(s).");
        assert_eq!(text("2"), "The topic orders currently has 3 partition(s); 2 would not be an increase.");
        assert_eq!(text("0"), "Number of partitions was set to an invalid non-positive value.");
    }

    #[test]
    fn configs_are_refused_by_kafkas_rules_each_and_together() {
        let wrong = |typed: &[(&str, &str)]| {
            let typed: Vec<_> = typed.iter().map(|(name, value)| (Arc::from(*name), (*value).to_owned())).collect();
            topic_configs(&typed).map(|(at, rule)| (at, rule.text))
        };
        assert_eq!(wrong(&[("cleanup.policy", "compact"), ("retention.ms", "-1")]), None);
        let said = "Invalid value soon for configuration retention.ms: Not a number of type LONG".to_owned();
        assert_eq!(wrong(&[("cleanup.policy", "compact"), ("retention.ms", "soon")]), Some((1, said)));
        let (at, said) = wrong(&[("min.compaction.lag.ms", "9"), ("max.compaction.lag.ms", "5")]).unwrap_or_default();
        assert_eq!((at, said.contains("conflict topic config setting")), (1, true));
    }

    #[test]
    fn numbers_are_whole_and_in_range() {
        assert_eq!(partitions(" 3 "), None);
        for bad in ["", "0", "-1", "x", "1001"] {
            assert_eq!(error(partitions(bad)), Some("INVALID_PARTITIONS"), "{bad:?}");
        }
        assert_eq!(replication_factor("1", 3), None);
        assert_eq!(error(replication_factor("4", 3)), Some("INVALID_REPLICATION_FACTOR"));
    }
}
