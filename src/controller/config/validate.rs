//! Whether all that is set for a topic, group or broker goes together (`kafka.server.ControllerConfigurationValidator`,
//! `DynamicBrokerConfig`).

use super::definition::{ConfigError, ConfigKey, Update, Value};
use super::settings::Values;
use super::{BROKER_KEYS, GROUP_KEYS, TOPIC_KEYS, find};

/// Checks all values of a topic.
pub fn validate_topic(values: &Values) -> Result<(), ConfigError> {
    check_each(TOPIC_KEYS, "topic", values)?;
    let (least, most) = (number(TOPIC_KEYS, values, "min.compaction.lag.ms"), number(TOPIC_KEYS, values, "max.compaction.lag.ms"));
    if least > most {
        return Err(ConfigError(format!("conflict topic config setting min.compaction.lag.ms ({least}) > max.compaction.lag.ms ({most})")));
    }
    if value(TOPIC_KEYS, values, "remote.storage.enable") == Some(Value::Boolean(true)) {
        let message = "Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.";
        return Err(ConfigError(message.to_owned()));
    }
    Ok(())
}

/// A group's configs that the broker's settings bound from below, from above, or both; by the part of their names that differs.
const BOUNDED: [(&str, &str); 14] = [
    ("consumer", "heartbeat.interval.ms"),
    ("consumer", "session.timeout.ms"),
    ("consumer", "assignment.interval.ms"),
    ("share", "heartbeat.interval.ms"),
    ("share", "session.timeout.ms"),
    ("share", "assignment.interval.ms"),
    ("share", "record.lock.duration.ms"),
    ("share", "delivery.count.limit"),
    ("share", "partition.max.record.locks"),
    ("streams", "heartbeat.interval.ms"),
    ("streams", "session.timeout.ms"),
    ("streams", "assignment.interval.ms"),
    ("streams", "num.standby.replicas"),
    ("streams", "initial.rebalance.delay.ms"),
];

/// Checks all values of a group.
pub fn validate_group(values: &Values) -> Result<(), ConfigError> {
    check_each(GROUP_KEYS, "group", values)?;
    for (kind, rest) in BOUNDED {
        let name = format!("{kind}.{rest}");
        let number = number(GROUP_KEYS, values, &name);
        let (min, max) = (format!("group.{kind}.min.{rest}"), format!("group.{kind}.max.{}", rest.trim_start_matches("num.")));
        if default(&min).is_some_and(|least| number < least) {
            return Err(ConfigError(format!("{name} must be greater than or equal to {min}")));
        }
        if default(&max).is_some_and(|most| number > most) {
            return Err(ConfigError(format!("{name} must be less than or equal to {max}")));
        }
    }
    for kind in ["consumer", "share", "streams"] {
        let (session, heartbeat) = (format!("{kind}.session.timeout.ms"), format!("{kind}.heartbeat.interval.ms"));
        if number(GROUP_KEYS, values, &session) <= number(GROUP_KEYS, values, &heartbeat) {
            return Err(ConfigError(format!("{session} must be greater than {heartbeat}")));
        }
    }
    Ok(())
}

/// Checks what a running broker (`per_broker`), or all of them, are to take.
pub fn validate_broker(values: &Values, per_broker: bool) -> Result<(), ConfigError> {
    let named = |update: Update| values.keys().filter(move |name| find(BROKER_KEYS, name).is_some_and(|key| key.update == update));
    let list = |names: Vec<&str>| names.join(", ");
    let fixed: Vec<_> = named(Update::ReadOnly).map(|name| &**name).collect();
    if !fixed.is_empty() {
        return Err(ConfigError(format!("Cannot update these configs dynamically: [{}]", list(fixed))));
    }
    for (name, value) in values {
        if let Some(key) = find(BROKER_KEYS, name) {
            key.parse(value)?;
        }
    }
    let single: Vec<_> = named(Update::PerBroker).map(|name| &**name).collect();
    if !per_broker && !single.is_empty() {
        return Err(ConfigError(format!(
            "Cannot update these configs at default cluster level, broker id must be specified: [{}]",
            list(single)
        )));
    }
    Ok(())
}

fn check_each(keys: &'static [ConfigKey], kind: &str, values: &Values) -> Result<(), ConfigError> {
    for name in values.keys() {
        find(keys, name).ok_or_else(|| ConfigError(format!("Unknown {kind} config name: {name}")))?;
    }
    values.iter().try_for_each(|(name, value)| find(keys, name).map_or(Ok(()), |key| key.parse(value).map(|_| ())))
}

fn value(keys: &'static [ConfigKey], values: &Values, name: &str) -> Option<Value> {
    let key = find(keys, name)?;
    key.parse(values.get(name).map_or(key.default?, |value| value)).ok()
}

fn number(keys: &'static [ConfigKey], values: &Values, name: &str) -> i64 {
    value(keys, values, name).map_or(0, |value| value.number())
}

/// The bounds of groups' configs are always Kafka's defaults here.
fn default(setting: &str) -> Option<i64> {
    value(BROKER_KEYS, &Values::new(), setting).map(|value| value.number())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    #[test]
    fn unknown_names_come_before_bad_values() {
        let refused = validate_topic(&values(&[("min.insync.replicas", "x"), ("no.such.config", "1")]));
        assert_eq!(refused, Err(ConfigError("Unknown topic config name: no.such.config".to_owned())));
    }

    #[test]
    fn compaction_lags_must_not_cross() {
        let refused = validate_topic(&values(&[("min.compaction.lag.ms", "100"), ("max.compaction.lag.ms", "10")]));
        let message = "conflict topic config setting min.compaction.lag.ms (100) > max.compaction.lag.ms (10)";
        assert_eq!(refused, Err(ConfigError(message.to_owned())));
    }

    #[test]
    fn a_groups_times_stay_within_the_brokers_bounds() {
        let refused = |name: &str, value: &str| validate_group(&values(&[(name, value)])).expect_err("out of bounds").0;
        let least = "consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms";
        assert_eq!(refused("consumer.session.timeout.ms", "1"), least);
        let most = "consumer.assignment.interval.ms must be less than or equal to group.consumer.max.assignment.interval.ms";
        assert_eq!(refused("consumer.assignment.interval.ms", "99999"), most);
        assert_eq!(
            refused("streams.num.standby.replicas", "3"),
            "streams.num.standby.replicas must be less than or equal to group.streams.max.standby.replicas"
        );
        assert_eq!(validate_group(&Values::new()), Ok(()));
    }

    #[test]
    fn a_running_broker_takes_dynamic_settings_only() {
        let refused = validate_broker(&values(&[("node.id", "5"), ("num.partitions", "5")]), false);
        assert_eq!(refused, Err(ConfigError("Cannot update these configs dynamically: [node.id, num.partitions]".to_owned())));
        let refused = validate_broker(&values(&[("listeners", "5")]), false);
        let message = "Cannot update these configs at default cluster level, broker id must be specified: [listeners]";
        assert_eq!(refused, Err(ConfigError(message.to_owned())));
        assert_eq!(validate_broker(&values(&[("message.max.bytes", "5"), ("no.such", "x")]), true), Ok(()));
    }
}
