//! Bytes and record batches in JSON: `"text"`, `{"hex":…}`, `{"text":…,"times":…}`, the consumer protocol, batches with their records.

use crate::fault::{Fault, Outcome, script};
use crate::message_json;
use bytes::Bytes;
use partita::base::{ProducerEpoch, ProducerId};
use partita::wire::batch::{BatchBuilder, ControlType, EndTransactionMarker, Header, Producer, TimestampType};
use partita::wire::codec::Described;
use partita::wire::messages::{ConsumerProtocolAssignment, ConsumerProtocolSubscription};
use partita::wire::{ApiKey, Batch, Compression};
use serde_json::{Map, Value, json};

/// Longer bytes are shown by their length and checksum.
const SHOWN_MAX: usize = 300;
/// The APIs whose bytes may be the consumer protocol's.
const GROUPS: [ApiKey; 3] = [ApiKey::JoinGroup, ApiKey::SyncGroup, ApiKey::DescribeGroups];
const CRC_AT: usize = 17;
const CRC_COVERS_FROM: usize = 21;

/// The bytes that a script spells out; `None` for null.
pub fn parse(given: &Value) -> Outcome<Option<Bytes>> {
    match given {
        Value::Null => return Ok(None),
        Value::String(text) => return Ok(Some(Bytes::copy_from_slice(text.as_bytes()))),
        _ => {}
    }
    if let Some(hexadecimal) = given["hex"].as_str() {
        return hex(hexadecimal).map(|bytes| Some(bytes.into()));
    }
    if let Some(text) = given["text"].as_str() {
        let times = given["times"].as_u64().unwrap_or(1) as usize;
        return Ok(Some(text.repeat(times).into_bytes().into()));
    }
    for (name, described) in consumer_protocol() {
        let Some(body) = given[name].as_object() else { continue };
        let mut body = body.clone();
        let version = body.remove("version").and_then(|version| version.as_i64()).unwrap_or(3) as i16;
        let message = message_json::encode(&described, version, &Value::Object(body), 0)?;
        return Ok(Some([&version.to_be_bytes()[..], &message].concat().into()));
    }
    script(format!("no bytes: {given}"))
}

fn consumer_protocol() -> [(&'static str, Described); 2] {
    [("subscription", Described::of::<ConsumerProtocolSubscription>()), ("assignment", Described::of::<ConsumerProtocolAssignment>())]
}

pub fn hex(text: &str) -> Outcome<Vec<u8>> {
    let digits: Vec<u32> = text.chars().filter(|char| !char.is_whitespace()).filter_map(|char| char.to_digit(16)).collect();
    let wanted = text.chars().filter(|char| !char.is_whitespace()).count();
    if digits.len() != wanted || wanted % 2 != 0 {
        return script(format!("'{text}' is not hexadecimal"));
    }
    Ok(digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect())
}

pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A field's bytes as a transcript shows them.
pub fn show_field(api: Option<ApiKey>, field: &str, bytes: &Bytes) -> Value {
    let assignment = field.to_lowercase().ends_with("assignment");
    let [subscription, assigned] = consumer_protocol();
    let (name, described) = if assignment { assigned } else { subscription };
    if api.is_some_and(|api| GROUPS.contains(&api))
        && let Some(shown) = show_consumer(&described, bytes)
    {
        return json!({ name: shown });
    }
    show(Some(bytes))
}

fn show_consumer(described: &Described, bytes: &Bytes) -> Option<Value> {
    let version = i16::from_be_bytes(*bytes.first_chunk()?);
    let mut shown = message_json::decode(described, version, bytes.slice(2..), None).ok()?;
    shown.as_object_mut()?.insert("version".to_owned(), version.into());
    Some(shown)
}

pub fn show(bytes: Option<&[u8]>) -> Value {
    let Some(bytes) = bytes else { return Value::Null };
    if bytes.len() > SHOWN_MAX {
        return json!({"bytes": bytes.len(), "crc32c": format!("{:08x}", crc32c::crc32c(bytes))});
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(|char| char.is_control() && char != '\n' && char != '\t') => text.into(),
        _ => json!({"hex": to_hex(bytes)}),
    }
}

// ── batches ──

/// One batch, an array of batches, or bytes.
pub fn records(given: &Value, now: i64) -> Outcome<Option<Bytes>> {
    if let Some(batches) = given.as_array() {
        let mut all = Vec::new();
        for batch in batches {
            all.extend_from_slice(&records(batch, now)?.unwrap_or_default());
        }
        return Ok(Some(all.into()));
    }
    if given.get("records").is_none() {
        return parse(given);
    }
    let mut bytes = match given["magic"].as_i64() {
        None | Some(2) => batch(given, now)?,
        Some(1) => old_message(given, now)?,
        Some(other) => return script(format!("no batches of magic {other}")),
    };
    patch(&mut bytes, &given["patch"])?;
    Ok(Some(bytes.into()))
}

fn batch(given: &Value, now: i64) -> Outcome<Vec<u8>> {
    let compression = Compression::from_name(given["compression"].as_str().unwrap_or("none"));
    let Some(compression) = compression else { return script(format!("no compression {}", given["compression"])) };
    let number = |name: &str| given[name].as_i64().unwrap_or(-1);
    let producer = Producer {
        id: ProducerId(number("producerId")),
        epoch: ProducerEpoch(number("producerEpoch") as i16),
        base_sequence: number("baseSequence") as i32,
    };
    let transactional = given["transactional"].as_bool().unwrap_or(false);
    let mut builder = BatchBuilder::new(compression).with_producer(producer).transactional(transactional);
    for record in given["records"].as_array().into_iter().flatten() {
        let (key, value) = match record {
            Value::String(_) => (None, parse(record)?),
            _ => (parse(&record["key"])?, parse(&record["value"])?),
        };
        let mut headers = Vec::new();
        for header in record["headers"].as_array().into_iter().flatten() {
            headers.push(Header::new(header[0].as_str().unwrap_or_default(), parse(&header[1])?));
        }
        let timestamp = record["timestamp"].as_i64().unwrap_or(now);
        builder.append(timestamp, key.as_deref(), value.as_deref(), &headers).map_err(|error| Fault::Script(error.to_string()))?;
    }
    let batch = builder.build().map_err(|error| Fault::Script(error.to_string()))?;
    Ok(batch.to_rope().to_bytes().to_vec())
}

/// A message of magic 1, as before Kafka 0.11: one record, not compressed.
fn old_message(given: &Value, now: i64) -> Outcome<Vec<u8>> {
    let value = parse(&given["records"][0])?.unwrap_or_default();
    let mut covered = vec![1, 0];
    covered.extend_from_slice(&now.to_be_bytes());
    covered.extend_from_slice(&(-1_i32).to_be_bytes());
    covered.extend_from_slice(&(value.len() as i32).to_be_bytes());
    covered.extend_from_slice(&value);
    let mut crc = flate2::Crc::new();
    crc.update(&covered);
    let mut message = vec![0; 8];
    message.extend_from_slice(&(covered.len() as i32 + 4).to_be_bytes());
    message.extend_from_slice(&crc.sum().to_be_bytes());
    message.extend_from_slice(&covered);
    Ok(message)
}

/// Overwrites bytes, and puts the checksum right again unless the patch is of the checksum itself.
fn patch(batch: &mut [u8], patch: &Value) -> Outcome<()> {
    let Some(changes) = patch.as_object() else { return Ok(()) };
    for (at, with) in changes {
        let with = hex(with.as_str().unwrap_or_default())?;
        let at: usize = at.parse().map_err(|_| Fault::Script(format!("'{at}' is no place in a batch")))?;
        match batch.get_mut(at..at + with.len()) {
            Some(place) => place.copy_from_slice(&with),
            None => return script(format!("the batch has no byte {at}")),
        }
    }
    if !changes.contains_key(&CRC_AT.to_string()) {
        let crc = crc32c::crc32c(&batch[CRC_COVERS_FROM..]);
        batch[CRC_AT..CRC_COVERS_FROM].copy_from_slice(&crc.to_be_bytes());
    }
    Ok(())
}

/// A Fetch response's records: batch by batch, decoded.
pub fn show_records(bytes: &Bytes) -> Value {
    let mut rest = bytes.clone();
    let mut shown = Vec::new();
    while let Ok(batch) = Batch::parse(&mut rest) {
        shown.push(show_batch(&batch));
        if rest.is_empty() {
            return shown.into();
        }
    }
    if !rest.is_empty() {
        shown.push(json!({"partialBatch": true}));
    }
    shown.into()
}

fn show_batch(batch: &Batch) -> Value {
    let header = &batch.header;
    let timestamp_type = match header.attributes.timestamp_type() {
        TimestampType::CreateTime => "CreateTime",
        TimestampType::LogAppendTime => "LogAppendTime",
    };
    let control = header.attributes.is_control();
    let mut shown = json!({
        "baseOffset": header.base_offset.0,
        "lastOffset": header.last_offset().0,
        "partitionLeaderEpoch": header.leader_epoch.0,
        "compression": header.attributes.compression().map_or("?", Compression::name),
        "timestampType": timestamp_type,
        "transactional": header.attributes.is_transactional(),
        "control": control,
        "producerId": header.producer_id.0,
        "producerEpoch": header.producer_epoch.0,
        "baseSequence": header.base_sequence,
        "maxTimestamp": header.max_timestamp,
    });
    if batch.verify_crc().is_err() {
        shown["crc"] = "wrong".into();
    }
    if header.attributes.has_delete_horizon() {
        shown["deleteHorizonMs"] = header.base_timestamp.into();
    }
    let mut records: Vec<Value> = Vec::new();
    for record in batch.records().into_iter().flatten() {
        let Ok(record) = record else {
            records.push("unreadable".into());
            break;
        };
        let mut one = Map::new();
        one.insert("offset".to_owned(), record.offset.0.into());
        one.insert("timestamp".to_owned(), record.timestamp.into());
        if control {
            show_marker(record.key.as_deref(), record.value.as_deref(), &mut one);
        } else {
            one.insert("key".to_owned(), show(record.key.as_deref()));
            one.insert("value".to_owned(), show(record.value.as_deref()));
        }
        if !record.headers.is_empty() {
            let headers: Vec<Value> = record.headers.iter().map(|header| json!([header.key, show(header.value.as_deref())])).collect();
            one.insert("headers".to_owned(), headers.into());
        }
        records.push(one.into());
    }
    shown["records"] = records.into();
    shown
}

fn show_marker(key: Option<&[u8]>, value: Option<&[u8]>, shown: &mut Map<String, Value>) {
    let name = match key.and_then(ControlType::from_key) {
        Some(ControlType::Commit) => "COMMIT",
        Some(ControlType::Abort) => "ABORT",
        _ => return drop(shown.insert("control".to_owned(), "another".into())),
    };
    shown.insert("control".to_owned(), name.into());
    if let Some(marker) = value.and_then(EndTransactionMarker::from_value) {
        shown.insert("coordinatorEpoch".to_owned(), marker.coordinator_epoch.into());
    }
}
