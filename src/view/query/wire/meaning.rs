//! What numbers on the wire stand for: errors, flags, and values that are no values.

use super::exchange::node_text;
use crate::base::{Instant, Uuid};
use crate::view::query::peers::Known;
use crate::wire::batch::{Attributes, TimestampType};
use crate::wire::codec::Value;
use crate::wire::inspect::Piece;
use crate::wire::{ApiKey, ErrorCode};

/// What a field's value stands for, where the value alone does not say it. `path`: the names of what it lies in, outermost first.
pub(super) fn meaning(known: &Known<'_>, path: &[&str], piece: &Piece) -> Option<String> {
    let message = path.iter().rev().find(|name| name.ends_with("Request") || name.ends_with("Response")).copied().unwrap_or_default();
    match (&*piece.name, &piece.value) {
        ("TopicId", Value::Uuid(Uuid::ZERO)) => Some("none".to_owned()),
        ("TopicId", Value::Uuid(id)) => Some(known.topic(*id).unwrap_or_else(|| "a topic that is not there".to_owned())),
        ("Attributes", Value::Int(bits)) if piece.kind == "int16" => Some(attributes(Attributes(i16::try_from(*bits).unwrap_or_default()))),
        ("Attributes", Value::Int(_)) => Some("no flags are in use".to_owned()),
        ("CRC", _) if piece.fault.is_none() => Some("CRC-32C from the attributes to the batch's end: it is right".to_owned()),
        ("BatchLength", _) => Some("bytes after this field".to_owned()),
        ("Length", _) if piece.kind == "varint" => Some("bytes after this field".to_owned()),
        ("ConfigType", Value::Int(number)) => {
            pick(*number, &["unknown", "boolean", "string", "int", "short", "long", "double", "list", "class", "password"])
        }
        ("Timestamp", Value::Int(time)) if message == "ListOffsetsRequest" && *time < 0 => special_timestamp(*time),
        (name, Value::Int(time)) if name.contains("Timestamp") && !name.ends_with("Delta") && !name.ends_with("Ms") => when(known, *time),
        (name, Value::Int(number)) if piece.kind != "varint" && piece.kind != "varlong" => number_means(message, name, *number),
        (name, Value::Int(-1)) if name.ends_with("Length") => Some("null".to_owned()),
        _ => None,
    }
}

fn number_means(message: &str, name: &str, number: i64) -> Option<String> {
    let small = i16::try_from(number).unwrap_or(i16::MAX);
    match name {
        "ErrorCode" | "PartitionErrorCode" => {
            ErrorCode::ALL.iter().find(|error| **error as i16 == small).map(|error| error.name().to_owned())
        }
        "RequestApiKey" | "ApiKey" => ApiKey::from_i16(small).map(|api| api.name().to_owned()),
        "Acks" => pick(number + 1, &["all in-sync replicas have to have it", "nobody answers", "the leader alone has to have it"]),
        "IsolationLevel" => pick(number, &["read_uncommitted", "read_committed"]),
        "ReplicaId" if number < 0 => Some("a consumer, no broker".to_owned()),
        "SessionId" if number == 0 => Some("none".to_owned()),
        "SessionEpoch" if message == "FetchRequest" => match number {
            -1 => Some("no fetch session, or its end".to_owned()),
            0 => Some("begins a fetch session".to_owned()),
            _ => Some("only what changed since the fetch before".to_owned()),
        },
        "KeyType" => pick(number, &["group", "transaction", "share group"]),
        "ResourceType" => match number {
            2 => Some("topic".to_owned()),
            4 => Some("broker".to_owned()),
            8 => Some("broker logger".to_owned()),
            16 => Some("client metrics".to_owned()),
            32 => Some("group".to_owned()),
            _ => None,
        },
        "ConfigSource" => pick(
            number,
            &[
                "unknown",
                "set for the topic",
                "set for the broker",
                "set for all brokers",
                "in the broker's file",
                "the default",
                "broker logger",
                "client metrics",
                "set for the group",
            ],
        ),
        "ConfigOperation" => pick(number, &["set", "delete", "append", "subtract"]),
        "ElectionType" => pick(number, &["preferred", "unclean"]),
        "LeaderRecoveryState" => pick(number, &["recovered", "recovering from an unclean election"]),
        "ControlType" => {
            pick(number, &["abort", "commit", "leader change", "snapshot header", "snapshot footer", "KRaft version", "voters"])
        }
        "Magic" => Some("the format since Kafka 0.11".to_owned()),
        "ThrottleTimeMs" if number == 0 => Some("not throttled".to_owned()),
        "ErrorMessage" => None,
        "ProducerId" | "ProducerEpoch" | "BaseSequence" if number < 0 => Some("not idempotent".to_owned()),
        "CommittedOffset" if number < 0 => Some("nothing is committed".to_owned()),
        "LogAppendTimeMs" if number < 0 => Some("the producer's timestamps stand".to_owned()),
        "LogStartOffset" | "HighWatermark" | "LastStableOffset" if number < 0 => Some("unknown".to_owned()),
        "PreferredReadReplica" if number < 0 => Some("the leader".to_owned()),
        "GenerationIdOrMemberEpoch" | "GenerationId" if number < 0 => Some("no member of a generation".to_owned()),
        "RetentionTimeMs" if number < 0 => Some("as the broker is set".to_owned()),
        _ if name.ends_with("AuthorizedOperations") && number == i64::from(i32::MIN) => Some("not asked for".to_owned()),
        _ if name.ends_with("Epoch") && number < 0 => Some("unknown".to_owned()),
        _ if is_node(name) => Some(node_text(number).unwrap_or_else(|| "none".to_owned())),
        _ => None,
    }
}

/// Fields that hold a node's number.
fn is_node(name: &str) -> bool {
    matches!(name, "LeaderId" | "BrokerId" | "ReplicaId" | "VoterId" | "CandidateId" | "ControllerId")
}

fn pick(number: i64, names: &[&str]) -> Option<String> {
    usize::try_from(number).ok().and_then(|at| names.get(at)).map(|name| (*name).to_owned())
}

/// A batch's flags, all of them.
fn attributes(flags: Attributes) -> String {
    let codec = flags.compression().map_or("an unknown codec", |codec| if codec.id() == 0 { "not compressed" } else { codec.name() });
    let time = match flags.timestamp_type() {
        TimestampType::CreateTime => "CreateTime",
        TimestampType::LogAppendTime => "LogAppendTime",
    };
    let mut text = format!("{codec}, {time}");
    let others = [
        (flags.is_transactional(), ", transactional"),
        (flags.is_control(), ", control batch"),
        (flags.has_delete_horizon(), ", delete horizon"),
    ];
    others.iter().filter(|(set, _)| *set).for_each(|(_, name)| text.push_str(name));
    text
}

fn special_timestamp(time: i64) -> Option<String> {
    pick(
        -1 - time,
        &["the log's end", "the log's start", "the newest timestamp", "the local log's start", "the last offset in remote storage"],
    )
}

/// A time of day as a moment of the session.
fn when(known: &Known<'_>, time_ms: i64) -> Option<String> {
    if time_ms < 0 {
        return Some("none".to_owned());
    }
    let since = time_ms.checked_sub(known.session.simulation().config().epoch_ms)?;
    let since = u64::try_from(since).ok()?.checked_mul(1_000)?;
    Some(Instant::from_micros(since).to_string())
}
