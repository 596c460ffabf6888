//! Gives what differs from run to run a stable name, in order of first appearance, and puts arrays that are sets in order. What the script
//! itself spells out is shown as it is. Errors get their names.

use crate::variables::{Variables, text_of};
use partita::wire::{ApiKey, ErrorCode};
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Fields whose values a server makes up, and the kind of value that each holds.
const VOLATILE: [(&str, &str); 9] = [
    ("memberId", "member"),
    ("leader", "member"),
    ("topicId", "topicId"),
    ("producerId", "producer"),
    ("ongoingTxnProducerId", "producer"),
    ("sessionId", "session"),
    ("replicaDirectoryId", "directory"),
    ("clientInstanceId", "client"),
    ("subscriptionId", "subscription"),
];
/// Values of those fields that say something by themselves: none, unknown, not yet.
const PLAIN: [&str; 4] = ["", "-1", "0", "AAAAAAAAAAAAAAAAAAAAAA"];
/// Fields in which no two runs need agree.
const ANY: [&str; 2] = ["controllerId", "finalizedFeaturesEpoch"];
/// By the first of these that it has, an element of an array is known.
pub const NAMES: [&str; 19] = [
    "name",
    "topicName",
    "topic",
    "topicId",
    "partitionIndex",
    "partition",
    "partitionId",
    "index",
    "nodeId",
    "brokerId",
    "groupId",
    "group",
    "transactionalId",
    "memberId",
    "resourceName",
    "user",
    "apiKey",
    "key",
    "replicaId",
];
/// Arrays of objects whose order says something; of DescribeTopicPartitions, all.
const ORDERED: [&str; 5] = ["records", "synonyms", "recordErrors", "acquiredRecords", "abortedTransactions"];
/// Arrays of numbers whose order says nothing.
const SETS: [&str; 3] = ["isrNodes", "offlineReplicas", "partitions"];
const NEAR_MS: i64 = 30 * 24 * 3600 * 1000;
/// Names as short as a number are not looked for in text.
const NAME_BYTES_MIN: usize = 16;

#[derive(Default)]
pub struct Normaliser {
    names: BTreeMap<&'static str, Vec<String>>,
    said: BTreeSet<(&'static str, String)>,
    /// The brokers' hosts and ports.
    brokers: BTreeMap<i64, (String, i64)>,
    cluster_id: String,
}

fn kind_of(field: &str) -> Option<&'static str> {
    VOLATILE.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
}

/// How a response is looked at.
struct Look<'a> {
    variables: &'a Variables,
    any: BTreeSet<String>,
    ordered: bool,
}

impl Normaliser {
    pub fn new(brokers: BTreeMap<i64, (String, i64)>, cluster_id: String) -> Self {
        Self { brokers, cluster_id, ..Self::default() }
    }

    /// The script spells this value out: it is not volatile.
    pub fn said(&mut self, field: &str, value: &Value) {
        if let Some(kind) = kind_of(field) {
            self.said.insert((kind, text_of(value)));
        }
    }

    pub fn response(&mut self, variables: &Variables, api: ApiKey, response: &Value, any: BTreeSet<String>) -> Value {
        let mut any = any;
        any.extend(ANY.map(str::to_owned));
        if api == ApiKey::FindCoordinator {
            any.insert("nodeId".to_owned());
        }
        let look = Look { variables, any, ordered: api == ApiKey::DescribeTopicPartitions };
        self.look("", response, &look)
    }

    pub fn value(&mut self, variables: &Variables, value: &Value) -> Value {
        self.look("", value, &Look { variables, any: BTreeSet::new(), ordered: true })
    }

    fn look(&mut self, field: &str, value: &Value, look: &Look<'_>) -> Value {
        let any = look.any.contains(field);
        match value {
            Value::Null | Value::Bool(_) => value.clone(),
            Value::Array(array) if any && array.first().is_some_and(|first| first.is_array() || first.is_object()) => "<any>".into(),
            Value::Object(object) => self.object(object, look),
            Value::Array(array) => self.sorted(field, array, look).iter().map(|item| self.look(field, item, look)).collect(),
            Value::String(_) | Value::Number(_) => self.plain(field, value, look),
        }
    }

    fn object(&mut self, object: &Map<String, Value>, look: &Look<'_>) -> Value {
        let its_address = self.is_address_of_its_broker(object);
        let mut named = Map::new();
        for (field, value) in object {
            let value = match its_address && (field == "host" || field == "port") {
                true => format!("<its {field}>").into(),
                false => self.look(field, value, look),
            };
            named.insert(field.clone(), value);
        }
        named.into()
    }

    /// Whether host and port are those of the broker that the object names: they say no more than the broker's id then.
    fn is_address_of_its_broker(&self, object: &Map<String, Value>) -> bool {
        let id = object.get("nodeId").or_else(|| object.get("brokerId")).and_then(Value::as_i64).unwrap_or(-1);
        let host = object.get("host").map(text_of).unwrap_or_default();
        let port = object.get("port").and_then(Value::as_i64).unwrap_or_default();
        self.brokers.get(&id) == Some(&(host, port))
    }

    fn plain(&mut self, field: &str, value: &Value, look: &Look<'_>) -> Value {
        let text = text_of(value);
        if look.any.contains(field) && !text.is_empty() && !text.starts_with('-') {
            return "<any>".into();
        }
        if let Some(kind) = kind_of(field)
            && !PLAIN.contains(&text.as_str())
            && !self.said.contains(&(kind, text.clone()))
        {
            return self.name(kind, text).into();
        }
        let Some(number) = value.as_i64() else {
            return if value.is_string() { self.text(look.variables, &text).into() } else { value.clone() };
        };
        if field == "throttleTimeMs" && number > 0 {
            return "<throttle>".into();
        }
        if field.to_lowercase().ends_with("errorcode") && number != 0 {
            let name = i16::try_from(number).ok().and_then(ErrorCode::from_i16).map_or("(no such error)", ErrorCode::name);
            return format!("{number} {name}").into();
        }
        time(look.variables, number).map_or_else(|| value.clone(), Value::String)
    }

    fn sorted(&mut self, field: &str, array: &[Value], look: &Look<'_>) -> Vec<Value> {
        let mut items = array.to_vec();
        let objects = items.iter().all(Value::is_object);
        if !objects && SETS.contains(&field) {
            items.sort_by_key(|item| item.as_i64().unwrap_or_default());
        }
        if !objects || look.ordered || ORDERED.contains(&field) {
            return items;
        }
        let mut known: Vec<(Value, Value)> = items.into_iter().map(|item| (self.id(&item, look), item)).collect();
        known.sort_by(|(a, _), (b, _)| by_number_then_text(a, b));
        known.into_iter().map(|(_, item)| item).collect()
    }

    /// What an element is known by, else all of it.
    fn id(&mut self, item: &Value, look: &Look<'_>) -> Value {
        let producer = ["producerId"];
        let name = NAMES.iter().chain(&producer).find(|name| item.get(**name).is_some() && !look.any.contains(**name));
        let plain = Look { variables: look.variables, any: BTreeSet::new(), ordered: true };
        match name {
            Some(name) => self.look(name, &item[*name], &plain),
            None => self.look("", item, look),
        }
    }

    fn name(&mut self, kind: &'static str, value: String) -> String {
        let known = self.names.entry(kind).or_default();
        let index = known.iter().position(|name| *name == value).unwrap_or_else(|| {
            known.push(value);
            known.len() - 1
        });
        format!("<{kind} {}>", index + 1)
    }

    /// Text with the run's id, and the volatile values seen so far, by their names.
    pub fn text(&self, variables: &Variables, text: &str) -> String {
        let mut text = text.replace(&variables.run, "${run}");
        if !self.cluster_id.is_empty() {
            text = text.replace(&self.cluster_id, "<clusterId>");
        }
        for (kind, values) in &self.names {
            for (index, value) in values.iter().enumerate().filter(|(_, value)| value.len() >= NAME_BYTES_MIN) {
                text = text.replace(value, &format!("<{kind} {}>", index + 1));
            }
        }
        for (id, (host, port)) in &self.brokers {
            text = text.replace(&format!("{host}:{port}"), &format!("<broker {id}>"));
        }
        replace_numbers(&text, |before, digits| {
            if is_producer(before)
                && let Some(index) = self.names.get("producer").and_then(|known| known.iter().position(|name| name == digits))
            {
                return Some(format!("<producer {}>", index + 1));
            }
            (digits.len() == 13).then(|| digits.parse().ok().and_then(|number| time(variables, number))).flatten()
        })
    }
}

/// Whether what stands before a number says that it is a producer's id.
fn is_producer(before: &str) -> bool {
    let trimmed = before.trim_end_matches([' ', '=', ':']).to_lowercase();
    trimmed.len() < before.len() && (trimmed.ends_with("producer") || trimmed.ends_with("producerid") || trimmed.ends_with("producer id"))
}

/// Text with its whole numbers replaced where `replace`, which is given what stands before and the number, wants that.
fn replace_numbers(text: &str, replace: impl Fn(&str, &str) -> Option<String>) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let (digits, after) = from.split_at(from.find(|char: char| !char.is_ascii_digit()).unwrap_or(from.len()));
        replaced.push_str(before);
        let word = |char: char| char.is_alphanumeric() || char == '_';
        let whole = !replaced.ends_with(word) && !after.starts_with(word);
        let new = replace(&replaced, digits).filter(|_| whole);
        replaced.push_str(new.as_deref().unwrap_or(digits));
        rest = after;
    }
    replaced + rest
}

fn time(variables: &Variables, value: i64) -> Option<String> {
    let near = || ((value - variables.now).abs() < NEAR_MS).then(|| "<time>".to_owned());
    variables.times.get(&value).cloned().or_else(near)
}

fn by_number_then_text(a: &Value, b: &Value) -> Ordering {
    number(a).cmp(&number(b)).then_with(|| a.to_string().cmp(&b.to_string()))
}

/// For numbers to sort as numbers, and `<topicId 10>` after `<topicId 9>`.
fn number(id: &Value) -> i64 {
    let text = text_of(id);
    let named = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).and_then(|text| text.split_once(' '));
    named.and_then(|(_, number)| number.parse().ok()).or_else(|| text.parse().ok()).unwrap_or_default()
}
