//! Kafka's rules for topic names (`org.apache.kafka.common.internals.Topic`).

const MAX_LENGTH: usize = 249;
const INTERNAL: [&str; 3] = ["__consumer_offsets", "__transaction_state", "__share_group_state"];

/// Checks a name; the error is Kafka's message.
pub fn validate(name: &str) -> Result<(), String> {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let reason = if name.is_empty() {
        "the empty string is not allowed".to_owned()
    } else if name == "." || name == ".." {
        format!("'{name}' is not allowed")
    } else if name.chars().count() > MAX_LENGTH {
        format!("the length of '{name}' is longer than the max allowed length {MAX_LENGTH}")
    } else if !name.bytes().all(is_legal) {
        format!("'{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'")
    } else {
        return Ok(());
    };
    Err(format!("Topic name is invalid: {reason}"))
}

/// Whether the brokers keep their own state in this topic.
pub fn is_internal(name: &str) -> bool {
    INTERNAL.contains(&name)
}

/// Whether two names are one in metrics, where `.` and `_` are the same.
pub fn collide(one: &str, other: &str) -> bool {
    let unified = |byte: u8| if byte == b'.' { b'_' } else { byte };
    one.bytes().map(unified).eq(other.bytes().map(unified))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_names_are_of_letters_digits_and_three_signs() {
        assert_eq!(validate("Orders.v1_x-2"), Ok(()));
        assert_eq!(validate(&"x".repeat(249)), Ok(()));
    }

    #[test]
    fn others_are_refused_in_kafkas_words() {
        assert_eq!(validate(""), Err("Topic name is invalid: the empty string is not allowed".to_owned()));
        assert_eq!(validate(".."), Err("Topic name is invalid: '..' is not allowed".to_owned()));
        let signs = "Topic name is invalid: 'bad name' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'";
        assert_eq!(validate("bad name"), Err(signs.to_owned()));
        assert!(validate(&"x".repeat(250)).is_err_and(|message| message.ends_with("is longer than the max allowed length 249")));
    }

    #[test]
    fn names_collide_that_differ_in_dots_and_underscores_only() {
        assert!(collide("a.b_c", "a_b.c"));
        assert!(!collide("a.b", "a-b"));
    }
}
