//! What filters let through, and how they are refused.

use super::*;
use crate::base::Offset;
use crate::wire::batch::Header;
use bytes::Bytes;

const EPOCH: i64 = 1_767_225_600_000;

fn record(key: Option<&str>, value: Option<&str>) -> Record {
    let bytes = |text: &str| Bytes::copy_from_slice(text.as_bytes());
    Record {
        offset: Offset(148),
        timestamp: EPOCH + 181_000,
        sequence: 0,
        key: key.map(bytes),
        value: value.map(bytes),
        headers: vec![Header::new("trace-id", Some(bytes("a7"))), Header::new("flag", None)],
    }
}

fn passes(filter: &str, record: &Record) -> bool {
    let filter = Filter::parse(filter, EPOCH).unwrap_or_else(|error| panic!("{filter}: {error}"));
    let kind = if record.value.is_none() { RecordKind::Tombstone } else { RecordKind::Data };
    filter.passes(Candidate { partition: 1, record, kind, transaction: None })
}

fn check(record: &Record, yes: &[&str], no: &[&str]) {
    yes.iter().for_each(|filter| assert!(passes(filter, record), "{filter} lets it through"));
    no.iter().for_each(|filter| assert!(!passes(filter, record), "{filter} does not let it through"));
}

#[test]
fn a_record_is_known_by_its_place_and_time() {
    check(
        &record(Some("user-42"), Some("x")),
        &["", "partition = 1", "offset >= 100", "offset=148", "time >= 00:03:00", "time < 2026-01-01T00:03:02Z", "size = 8", "kind = data"],
        &["partition != 1", "offset > 148", "time < 00:03:00", "size > 8", "kind = tombstone", "kind != data"],
    );
}

#[test]
fn keys_and_values_are_compared_and_looked_into() {
    check(
        &record(Some("user-42"), Some("{\"item\": \"A-113\"}")),
        &[
            "key = user-42",
            "key = \"user-42\"",
            "KEY starts with user-",
            "key contains R-4",
            "value contains a-113",
            "text contains A7",
            "text = user-42",
            "A-113",
            "\"item\\\": \\\"A\"",
            "not key = user-7",
            "key != null",
            "key = 0x757365722d3432",
        ],
        &["key = user-4", "key = USER-42", "key = null", "value = null", "text contains user-7", "key = \"0x757365722d3432\""],
    );
    check(&record(None, None), &["key = null", "value = null", "kind = tombstone", "key != x"], &["key = x", "key != null", "key < x"]);
}

#[test]
fn tests_are_joined_and_bound_as_usual() {
    let record = record(Some("user-42"), Some("x"));
    check(
        &record,
        &[
            "key = user-42 and partition = 1 and offset >= 100",
            "key = a or partition = 1",
            "key = a and key = b or key = user-42",
            "not (key = a or key = b)",
        ],
        &["key = user-42 and (partition = 2 or offset < 7)", "not not key = a"],
    );
}

#[test]
fn paths_lead_into_json() {
    check(
        &record(None, Some(r#"{"item":"A-113","qty":2,"gift":null,"lines":[{"id":9007199254740993},{"id":7}],"a b":true}"#)),
        &[
            "$.item = \"A-113\"",
            "$.item = A-113",
            "$.item contains a-1",
            "$.qty = 2.0",
            "$.qty > 1",
            "$.qty != 3",
            "$.gift = null",
            "$.gift",
            "$.lines[*].id = 7",
            "$.lines[0].id = 9007199254740993",
            "$[\"a b\"] = true",
            "$.qty != \"2\"",
        ],
        &["$.qty = \"2\"", "$.none", "$.none != 1", "$.lines[0].id = 9007199254740992", "$.lines[2]", "$.item > 5 and $.item < 4"],
    );
    check(&record(None, Some("no json")), &[], &["$.item", "$.item != 1", "$"]);
}

#[test]
fn headers_are_known_by_name() {
    check(
        &record(None, None),
        &["headers.trace-id = a7", "headers.flag", "headers[\"trace-id\"] contains A", "header.flag = null"],
        &["headers.trace-id = null", "headers.other", "headers.other != 1"],
    );
}

#[test]
fn a_record_is_known_by_the_transaction_that_it_is_in() {
    let record = record(None, Some("x"));
    let passes = |filter: &str, transaction: Option<Unsettled>| {
        let filter = Filter::parse(filter, EPOCH).expect(filter);
        filter.passes(Candidate { partition: 1, record: &record, kind: RecordKind::Data, transaction })
    };
    let fates = [None, Some(Unsettled::Open), Some(Unsettled::Aborted)];
    assert_eq!(fates.map(|fate| passes("transaction = aborted", fate)), [false, false, true]);
    assert_eq!(fates.map(|fate| passes("transaction = open", fate)), [false, true, false]);
    assert_eq!(fates.map(|fate| passes("transaction != aborted and transaction != open", fate)), [true, false, false]);
}

#[test]
fn refusals_say_where_and_what_would_be_right() {
    for (filter, column, says) in [
        ("key", 4, "After 'key' comes ="),
        ("key =", 6, "A value is missing"),
        ("key = and partition = 1", 11, "'and' or 'or' is missing before 'partition'"),
        ("key = a partition = 1", 9, "'and' or 'or' is missing before 'partition'"),
        ("colour = red", 1, "'colour' is nothing that a record has"),
        ("partition = one", 13, "'one' does not go with partition, which is a whole number"),
        ("partition contains 1", 11, "After 'partition' comes ="),
        ("time > noon", 8, "'noon' does not go with time, which is a time of the session"),
        ("(key = a", 9, "A ')' is missing: the '(' in column 1"),
        ("key = a)", 8, "There is no '('"),
        ("key = \"a", 7, "not closed"),
        ("= a", 1, "What is to be compared is missing"),
        ("key = a and", 12, "A test is missing"),
        ("not", 4, "A test is missing"),
        ("kind = odd", 8, "'odd' is no kind of record"),
        ("kind > data", 6, "After 'kind' comes = or !="),
        ("transaction = odd", 15, "A transaction is open or aborted here, not 'odd'"),
        ("transaction > open", 13, "After 'transaction' comes = or !="),
        ("$.a..b = 1", 5, "A name is missing"),
        ("$.a[b] = 1", 4, "In brackets stands"),
        ("$a = 1", 2, "A path goes on with"),
        ("$.a[0 = 1", 4, "This bracket is not closed"),
        ("text != a", 6, "After 'text' comes =, contains or starts"),
        ("key ! a", 5, "'!' stands in != only"),
        ("()", 2, "A test is missing before this ')'"),
    ] {
        let error = Filter::parse(filter, EPOCH).expect_err(filter);
        assert!(error.message.contains(says), "{filter}: {error}");
        assert_eq!(error.column, column, "{filter}: {error}");
    }
}

#[test]
fn nothing_is_too_deep_or_too_long() {
    assert!(Filter::parse(&format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000)), EPOCH).is_err());
    assert!(Filter::parse(&"not ".repeat(1_000), EPOCH).is_err());
    assert!(Filter::parse(&"a".repeat(5_000), EPOCH).is_err());
}

#[test]
fn what_all_must_be_bounds_the_look() {
    let bounds = |filter: &str| Filter::parse(filter, EPOCH).expect("valid").bounds();
    let found = bounds("partition = 2 and offset >= 10 and (offset < 20) and time >= 00:00:01 and x");
    assert_eq!(found, Bounds { partition: Some(2), offsets: (10, 19), since_ms: EPOCH + 1_000 });
    assert_eq!(bounds("partition = 2 or offset = 3"), bounds(""));
    assert_eq!(bounds("not offset = 3"), bounds(""));
}
