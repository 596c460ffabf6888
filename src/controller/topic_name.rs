//! What a topic may be called (`org.apache.kafka.common.internals.Topic`).

/// The longest name, in characters.
pub const NAME_MAX: usize = 249;

/// Kafka's own topics, which every broker knows as such.
const INTERNAL: [&str; 3] = ["__consumer_offsets", "__transaction_state", "__share_group_state"];

/// Why a name is not a topic's, in Kafka's words.
pub fn invalid_topic_name(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("Topic name is invalid: the empty string is not allowed".to_owned());
    }
    if name == "." || name == ".." {
        return Some("Topic name is invalid: '.' or '..' is not allowed".to_owned());
    }
    if name.encode_utf16().count() > NAME_MAX {
        return Some(format!("Topic name is invalid: the length of '{name}' is longer than the max allowed length {NAME_MAX}"));
    }
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')) {
        return Some(format!(
            "Topic name is invalid: '{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'"
        ));
    }
    None
}

/// Whether two names would be one in metrics, where dots become underscores: Kafka refuses the later topic.
pub fn topic_names_collide(one: &str, other: &str) -> bool {
    one.replace('.', "_") == other.replace('.', "_")
}

pub fn is_internal_topic(name: &str) -> bool {
    INTERNAL.contains(&name)
}
