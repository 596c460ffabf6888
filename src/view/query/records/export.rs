//! Found records as a file's text: JSON lines, and CSV as RFC 4180 has it. Nothing is left out or changed: what is no UTF-8 stands in base64.

use super::{FoundRecord, Payload};
use crate::view::{RecordKind, Unsettled};
use std::sync::Arc;

/// How records are written into a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    JsonLines,
    /// A head, and a line a record; ended by CR and LF.
    Csv,
}

/// The columns of CSV.
const COLUMNS: [&str; 10] = ["topic", "partition", "offset", "timestamp", "kind", "transaction", "key", "value", "headers", "encoding"];

impl Format {
    /// What a file's name ends with.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// What a file begins with.
    pub fn head(self) -> String {
        match self {
            Self::JsonLines => String::new(),
            Self::Csv => format!("{}\r\n", COLUMNS.join(",")),
        }
    }

    /// Adds a record.
    pub fn write(self, topic: &str, record: &FoundRecord, out: &mut String) {
        match self {
            Self::JsonLines => {
                out.push_str(&json(topic, record));
                out.push('\n');
            }
            Self::Csv => csv(topic, record, out),
        }
    }
}

const fn kind(record: &FoundRecord) -> &'static str {
    match record.kind {
        RecordKind::Data => "data",
        RecordKind::Tombstone => "tombstone",
        RecordKind::Control => "control",
        RecordKind::Commit => "commit",
        RecordKind::Abort => "abort",
    }
}

/// What its transaction is in, as far as it is not committed.
fn transaction(record: &FoundRecord) -> Option<&'static str> {
    record.transaction.map(|fate| match fate {
        Unsettled::Open => "open",
        Unsettled::Aborted => "aborted",
    })
}

/// As JSON: a text, or an object that says that it is base64.
fn value(payload: Option<&Payload>) -> String {
    match payload {
        None => "null".to_owned(),
        Some(payload) => match payload.text() {
            Some(text) => string(text),
            None => format!("{{\"base64\":\"{}\"}}", payload.base64()),
        },
    }
}

/// As JSON.
fn string(text: &str) -> String {
    // Writing a text to a string does not fail.
    serde_json::to_string(text).unwrap_or_default()
}

fn headers(record: &FoundRecord) -> String {
    let header =
        |(name, payload): &(Arc<str>, Option<Payload>)| format!("{{\"key\":{},\"value\":{}}}", string(name), value(payload.as_ref()));
    format!("[{}]", record.headers.iter().map(header).collect::<Vec<_>>().join(","))
}

fn json(topic: &str, record: &FoundRecord) -> String {
    format!(
        "{{\"topic\":{},\"partition\":{},\"offset\":{},\"timestamp\":{},\"kind\":\"{}\",\"transaction\":{},\"key\":{},\"value\":{},\"headers\":{}}}",
        string(topic),
        record.partition,
        record.offset,
        record.timestamp_ms,
        kind(record),
        transaction(record).map_or_else(|| "null".to_owned(), string),
        value(record.key.as_ref()),
        value(record.value.as_ref()),
        headers(record)
    )
}

fn csv(topic: &str, record: &FoundRecord, out: &mut String) {
    let is_binary = [&record.key, &record.value].into_iter().flatten().any(|payload| payload.text().is_none());
    // In a line, both are read alike.
    let cell = |payload: &Option<Payload>| match payload {
        None => None,
        Some(payload) if is_binary => Some(payload.base64()),
        Some(payload) => Some(payload.text().unwrap_or_default().to_owned()),
    };
    let headers = if record.headers.is_empty() { None } else { Some(headers(record)) };
    let cells = [
        Some(topic.to_owned()),
        Some(record.partition.to_string()),
        Some(record.offset.to_string()),
        Some(record.timestamp_ms.to_string()),
        Some(kind(record).to_owned()),
        transaction(record).map(str::to_owned),
        cell(&record.key),
        cell(&record.value),
        headers,
        Some(if is_binary { "base64" } else { "text" }.to_owned()),
    ];
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        // Null is nothing at all; an empty text stands in quotes.
        if let Some(cell) = cell {
            quote(cell, out);
        }
    }
    out.push_str("\r\n");
}

/// In quotes where it must be: with commas, quotes, ends of lines, or nothing in it.
fn quote(cell: &str, out: &mut String) {
    if !cell.is_empty() && !cell.contains([',', '"', '\r', '\n']) {
        return out.push_str(cell);
    }
    out.push('"');
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use serde_json::Value;

    fn record(key: Option<&[u8]>, value: Option<&[u8]>) -> FoundRecord {
        let payload = |bytes: &[u8]| Payload::of(&Bytes::copy_from_slice(bytes), usize::MAX);
        FoundRecord {
            partition: 1,
            offset: 148,
            timestamp_ms: 7,
            key: key.map(payload),
            value: value.map(payload),
            headers: vec![("h".into(), Some(payload(b"x"))), ("h".into(), None)],
            ..FoundRecord::default()
        }
    }

    fn lines(format: Format, record: &FoundRecord) -> String {
        let mut out = format.head();
        format.write("orders", record, &mut out);
        out
    }

    #[test]
    fn csv_quotes_what_must_be_quoted() {
        let csv = lines(Format::Csv, &record(Some(b"a,\"b\""), Some(b"1\r\n2")));
        let expected = "topic,partition,offset,timestamp,kind,transaction,key,value,headers,encoding\r\norders,1,148,7,data,,\"a,\"\"b\"\"\",\"1\r\n2\",\"[{\"\"key\"\":\"\"h\"\",\"\"value\"\":\"\"x\"\"},{\"\"key\"\":\"\"h\"\",\"\"value\"\":null}]\",text\r\n";
        assert_eq!(csv, expected);
    }

    #[test]
    fn csv_tells_null_from_empty_and_bytes_from_text() {
        let csv = lines(Format::Csv, &record(None, Some(b"")));
        assert!(csv.contains("data,,,\"\","), "{csv}");
        let csv = lines(Format::Csv, &record(Some(b"k"), Some(&[0xff])));
        assert!(csv.contains("data,,aw==,/w==,") && csv.ends_with("base64\r\n"), "{csv}");
    }

    #[test]
    fn what_was_never_committed_says_so() {
        let aborted = FoundRecord { transaction: Some(Unsettled::Aborted), ..record(Some(b"k"), Some(b"v")) };
        assert!(lines(Format::Csv, &aborted).contains("data,aborted,k,v,"));
        let read =
            |record: &FoundRecord| serde_json::from_str::<Value>(&lines(Format::JsonLines, record)).expect("JSON")["transaction"].clone();
        assert_eq!(read(&aborted), "aborted");
        assert_eq!(read(&FoundRecord { transaction: Some(Unsettled::Open), ..aborted }), "open");
        assert_eq!(read(&record(None, None)), Value::Null);
    }

    #[test]
    fn a_json_line_has_all_of_a_record() {
        let line = lines(Format::JsonLines, &record(Some(b"k\n<b>"), Some(&[0xff])));
        assert_eq!(line.lines().count(), 1);
        let read: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(read["key"], "k\n<b>");
        assert_eq!(read["value"]["base64"], "/w==");
        assert_eq!(read["headers"][1]["value"], Value::Null);
        assert_eq!(read["offset"], 148);
    }
}
