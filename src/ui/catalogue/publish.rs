//! Publish: a record or many, where they will go, and what becomes of them; producers.

use super::numbers::{counted, number};
use crate::playground::TransactionAct;

pub const TITLE: &str = "Publish";
pub const NO_TOPIC: &str = "A record needs a topic. Once one exists, you write here and see where its key sends it before you send.";

// ── what is sent ──
pub const WHAT: &str = "what";
pub const VALUE: &str = "value";
pub const NULL: &str = "null";
pub const TOMBSTONE: &str = "null: a tombstone";
pub const ONE: &str = "one record";
pub const LINES: &str = "lines";
pub const JSON_LINES: &str = "JSON lines";
pub const SAMPLE: &str = "sample orders";
pub const LINES_HINT: &str = "user-1:first\nuser-2:second";
pub const JSON_HINT: &str = "{\"key\": \"user-1\", \"value\": {\"qty\": 2}}";
pub const SEPARATOR: &str = "separator";
pub const NO_SEPARATOR: &str = "no key";
pub const KEYS: &str = "keys";
pub const KEYS_NONE: &str = "no key: sticky";
pub const KEYS_HOT: &str = "one hot key";
pub const COUNT: &str = "count";
pub const JSON_SAID: &str =
    "A line with a \"value\" is a record, with its \"key\" and \"headers\"; any other line of JSON is a value without a key.";

pub fn keys_drawn(count: u32) -> String {
    format!("user-1 to user-{count}")
}

// ── how it is sent ──
pub const HOW: &str = "sent";
pub const ACKS: &str = "acks";
pub const COMPRESSION: &str = "compression";
pub const TIMES: &str = "times";
pub const RATE: &str = "per second";
pub const AS_FAST: &str = "as fast as it goes";
pub const ACKS_ALL: &str = "all: every in-sync replica has it";
pub const ACKS_ONE: &str = "1: the leader has it";
pub const ACKS_NONE: &str = "0: nobody answers";

/// "once, acks all, not compressed".
pub fn how(times: Option<u32>, rate: Option<&str>, acks: &str, compression: &str) -> String {
    let times = match times {
        None => "each".to_owned(),
        Some(1) => "once".to_owned(),
        Some(times) => format!("{} times", number(i64::from(times))),
    };
    let rate = rate.map(|rate| format!(" at {rate}/s")).unwrap_or_default();
    let compression = if compression == "none" { String::new() } else { format!(", {compression}") };
    format!("{times}{rate}, acks {acks}{compression}")
}

pub fn own_settings(producer: &str) -> String {
    format!("acks and compression are {producer}'s own")
}

pub const SEND: &str = "Send";

pub fn send_many(count: usize) -> String {
    format!("Send {} records", number(count as i64))
}

pub fn bad_count(most: usize) -> String {
    format!("1 to {} records at once", number(most as i64))
}

pub const BAD_RATE: &str = "a number of records a second, 0.1 to 1 000; or nothing";
pub const ON_ITS_WAY: &str = "On its way…";
pub const STANDS_STILL: &str = "On its way; time stands still. Press play or step.";
pub const STOP: &str = "Stop";

pub fn progress(handed: u32, of: u32) -> String {
    format!("{} of {} handed over", number(i64::from(handed)), number(i64::from(of)))
}

// ── where it goes, and where it would ──
pub const IF_MORE: &str = "If partitions are added";

pub fn with_partitions(count: i32) -> String {
    format!("with {count}")
}

pub fn goes_to(partition: i32) -> String {
    format!("to {partition}")
}

/// What follows for the keys that are there already.
pub fn keys_that_move(moved: usize, of: usize, partitions: i32, stays: i32) -> String {
    format!(
        "With {partitions} partitions {moved} of the {of} keys seen so far would go to another one. What is written stays: this key's older records in {stays}, its newer ones elsewhere, and their order is kept within a partition only."
    )
}

// ── the sender's transaction ──
pub const TRANSACTION: &str = "transaction";
pub const BY_ITSELF: &str = "In transactions that it begins and ends itself.";

/// Where there is little room: [`super::acts::transact`] says it in full.
pub const fn transact(what: TransactionAct) -> &'static str {
    match what {
        TransactionAct::Begin => "Begin transaction",
        TransactionAct::Commit => "Commit",
        TransactionAct::Abort => "Abort",
    }
}

// ── producers' lives ──
pub const QUEUE: &str = "buffer";
pub const REQUESTS: &str = "in flight";
pub const IDENTITY: &str = "producer id";
pub const BATCHES: &str = "batches";
pub const LINGER: &str = "lingers";

pub fn buffer(used: u64, of: u64) -> String {
    format!("{} of {} B", number(used as i64), number(of as i64))
}

pub fn requests(in_flight: u32, most: u32) -> String {
    format!("{in_flight} requests, at most {most} a broker")
}

pub fn identity(id: i64, epoch: i16) -> String {
    format!("{id}, epoch {epoch}")
}

pub fn linger(linger_ms: i64, batch: u32, compression: &str) -> String {
    let compression = if compression == "none" { String::new() } else { format!(", {compression}") };
    format!("{linger_ms} ms, or until {} B are together{compression}", number(i64::from(batch)))
}

/// "orders 1: 2 batches wait, 7 records, 1 204 B; 1 in flight; attempt 3; next sequence 42".
pub fn queue(topic: &str, partition: i32, waiting: (u32, u32, u32), in_flight: u32, attempts: u32, next: Option<i32>) -> String {
    let (batches, records, bytes) = waiting;
    let mut said = Vec::new();
    if batches > 0 {
        said.push(format!("{batches} waiting ({records} records, {} B)", number(i64::from(bytes))));
    }
    if in_flight > 0 {
        said.push(format!("{in_flight} in flight"));
    }
    if attempts > 1 {
        said.push(format!("attempt {attempts}"));
    }
    if let Some(next) = next {
        said.push(format!("next sequence {}", number(i64::from(next))));
    }
    format!("{topic} {partition}: {}", said.join("; "))
}

pub fn retries(error: &str, attempts: u32) -> String {
    format!("{error}, attempt {attempts}")
}

// ── the form ──
pub const PRODUCER: &str = "Producer";
pub const AS: &str = "as";
pub const YOU: &str = "you";
pub const TOPIC: &str = "topic";
pub const KEY: &str = "key";
pub const NO_KEY: &str = "no key";
/// Nothing is written there, which is not null.
pub const EMPTY_KEY: &str = "empty key";
pub const EMPTY_VALUE: &str = "empty";
pub const KEYLESS: &str = "key: null instead of a text";
pub const VALUE_NULL: &str = "value: null, a tombstone";
pub const PARTITION: &str = "partition";
pub const BY_STICKY: &str = "Default: sticky";
pub const BY_HASH: &str = "Default: hash of the key";
pub const SEND_KEYS: &str = "Ctrl ↵";
/// What the form holds at first.
pub const EXAMPLE_KEY: &str = "user-42";
pub const EXAMPLE_VALUE: &str = "{\"item\": \"A-113\",\n \"qty\": 2}";

// ── headers ──
pub const HEADERS: &str = "headers";
pub const ADD_HEADER: &str = "Add header";
pub const HEADER_NAME: &str = "name";

pub fn headers(count: usize) -> String {
    if count == 0 { super::common::NONE.to_owned() } else { counted(count, "header") }
}

pub fn header_name(number: usize) -> String {
    format!("Header {number} name")
}

pub fn header_value(number: usize) -> String {
    format!("Header {number} value")
}

pub fn header_null(number: usize) -> String {
    format!("Header {number}: null instead of a value")
}

pub fn remove_header(number: usize) -> String {
    format!("Remove header {number}")
}

// ── where the record will land, and why there ──
pub const STICKY_OPEN: &str = "No key: the producer picks a partition at random and stays with it until batch.size bytes went there (16 384 B), then picks again (KIP-794). It has not picked one yet.";
pub const YOU_CHOSE: &str = "You chose the partition; the key has no say.";
/// `{0}`: the partition's name.
pub const LANDS: &str = "Lands on {0}";
/// `{1}`: the offset, `{2}`: the leader's square.
pub const LANDS_AT: &str = "Lands on {0} at offset {1}; leader {2}";
pub const LANDS_NOWHERE: &str = "Lands on {0} at offset {1}; it has no leader now";

pub fn sticky(partition: i32, batch: u32, bytes: u32) -> String {
    let (batch, bytes) = (number(i64::from(batch)), number(i64::from(bytes)));
    format!(
        "No key: the producer stays with partition {partition} until {batch} B went there; {bytes} B did. Then it picks another (KIP-794)."
    )
}

// The sum as on paper.
pub fn hash(key: &str) -> String {
    format!("murmur2(\"{key}\")")
}

pub const MASK: &str = "& 0x7fffffff";

pub fn modulus(partitions: i32) -> String {
    format!("mod {partitions}")
}

/// Where the last one landed: "orders 1, offset 42, in 3.2 ms".
pub fn landed(topic: &str, partition: i32, offset: i64, took: &str) -> String {
    format!("{topic} {partition}, offset {}, in {took}", number(offset))
}

/// Told when it is another, to those who listen.
pub fn aims_at(topic: &str, partition: i32) -> String {
    format!("Lands on {topic} {partition}")
}
