//! The inspector: what each kind of thing is called, its facts, and what they say.

use super::numbers::counted;
use crate::ui::words::{self, number};
use crate::view::TransactionState;

pub const TITLE: &str = "Inspector";
pub const TO_THE_LIST: &str = "All records";
pub const NOTHING_CHOSEN: &str =
    "Choose anything: a record, a partition, a broker, a member, an event. What it is, and what can be done to it, shows here.";
pub const ACTIONS: &str = "Actions";
pub const WHY: &str = "why?";
pub const GONE: &str = "It is no longer there.";

pub fn why_of(thing: &str) -> String {
    format!("why? The last that happened to {thing}")
}

pub fn more(count: usize) -> String {
    format!("and {} more", number(count as i64))
}

// ── kinds of things ──
pub const TOPIC: &str = "topic";
pub const PARTITION: &str = "partition";
pub const RECORD: &str = "record";
pub const SETTING: &str = "setting";
pub const BROKER: &str = "broker";
pub const CONTROLLER: &str = "controller";
pub const LINK: &str = "link";
pub const GROUP: &str = "group";
pub const MEMBER: &str = "member";
pub const PRODUCER: &str = "producer";
pub const EVENT: &str = "event";
pub const FRAME: &str = "frame";

/// A kind as a heading.
pub fn heading(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

// ── names of facts ──
pub const PARTITIONS: &str = "partitions";
pub const RECORDS: &str = "records";
pub const REPLICATION: &str = "replicas";
pub const HEALTH: &str = "health";
pub const READ_BY: &str = "read by";
pub const WRITTEN_BY: &str = "written by";
pub const TOPIC_ID: &str = "topic id";
pub const KIND: &str = "kind";
pub const STATE: &str = "state";
pub const SIZE: &str = "size";
pub const EPOCH: &str = "epoch";
pub const LEADER: &str = "leader";
pub const LOG: &str = "log";
pub const HIGH_WATERMARK: &str = "high watermark";
pub const LAST_STABLE: &str = "last stable offset";
pub const ISR: &str = "ISR";
pub const COMPACTED: &str = "compacted";
pub const GENERATION: &str = "generation";
pub const COORDINATOR: &str = "coordinator";
pub const ASSIGNOR: &str = "assignor";
pub const READS: &str = "subscribed to";
pub const MEMBERS: &str = "members";
pub const LAG: &str = "lag";
pub const LATE_IN: &str = "most behind in";
pub const CLIENT_ID: &str = "client id";
pub const MEMBER_ID: &str = "member id";
pub const INSTANCE_ID: &str = "instance id";
pub const HOST: &str = "host";
pub const SESSION: &str = "session timeout";
pub const OWNS: &str = "owns";
pub const GROUP_LEADER: &str = "group leader";
pub const PACE: &str = "pace";
pub const WRITES_TO: &str = "writes to";
pub const RATE: &str = "rate";
pub const ACKS: &str = "acks";
pub const IDEMPOTENT: &str = "idempotent";
pub const ACKNOWLEDGED: &str = "acknowledged";
pub const TRANSACTIONAL_ID: &str = "transactional.id";
pub const TRANSACTION: &str = "transaction";
pub const RECORDS_IN_IT: &str = "records in it";
pub const PARTITIONS_IN_IT: &str = "partitions in it";
pub const ENDS_ONE: &str = "ends one";
pub const ENDED: &str = "ended";
pub const ON_THE_WAY: &str = "on the way";
pub const FAILED: &str = "failed";
pub const STICKY: &str = "sticky partition";
pub const LAST_ERROR: &str = "last error";
pub const REGISTRATION: &str = "registration";
pub const PROCESS: &str = "process";
pub const TROUBLE: &str = "trouble";
pub const LEADS: &str = "leads";
pub const FOLLOWS: &str = "follows";
pub const OUT_OF_ISR: &str = "out of the ISR";
pub const COORDINATES: &str = "coordinates";
pub const LISTENER: &str = "listener";
pub const RACK: &str = "rack";
pub const QUORUM_ROLE: &str = "quorum role";
pub const METADATA_LOG: &str = "metadata log";
pub const OTHER_VOTERS: &str = "other voters";
pub const ENDS: &str = "between";
pub const CUT: &str = "cut";
pub const BENT: &str = "changed";
pub const AT: &str = "at";
pub const ABOUT: &str = "about";
pub const BECAUSE: &str = "because";
pub const AT_BOTTOM: &str = "at bottom";
pub const EFFECTS: &str = "came of it";
pub const BY_ITSELF: &str = "by itself";

pub fn effects(count: usize) -> String {
    match count {
        0 => "nothing yet".to_owned(),
        1 => "1 event".to_owned(),
        count => format!("{} events", number(count as i64)),
    }
}

// ── topics and partitions ──
pub const YOU_ALONE: &str = "you alone";

pub fn replication(factor: i16, min_isr: i32) -> String {
    format!("{factor} of each partition, min ISR {min_isr}")
}

pub fn health(leaderless: usize, under: usize) -> String {
    match (leaderless, under) {
        (0, 0) => "all replicas in sync".to_owned(),
        (0, under) => format!("{} under-replicated", number(under as i64)),
        (none, under) => format!("{} without a leader, {} under-replicated", number(none as i64), number(under as i64)),
    }
}

pub fn led_by(broker: i32, epoch: i32) -> String {
    format!("broker {broker}, epoch {epoch}")
}

pub fn from_to(start: i64, end: i64) -> String {
    format!("{} to {}", number(start), number(end))
}

pub fn in_sync(isr: usize, replicas: usize, min: i32) -> String {
    format!("{isr} of {replicas} replicas, min {min}")
}

pub fn lag_of(group: &str, lag: Option<i64>) -> String {
    lag.map_or_else(|| group.to_owned(), |lag| format!("{group}, lag {}", number(lag)))
}

pub fn removed(gone: usize, of: usize, last: Option<(i64, &str)>) -> String {
    let last = last.map(|(offset, why)| format!("; the last: offset {offset}, {why}")).unwrap_or_default();
    format!("{} of the last {} offsets{last}", number(gone as i64), number(of as i64))
}

/// Where it lies before the high watermark.
pub fn last_stable(offset: i64) -> String {
    format!("{}: a transaction is open from there", number(offset))
}

// ── records ──
pub const UNCOMMITTED: &str = "uncommitted";

/// How safe it is. What is in a transaction that is open or was aborted does not count: of that without the word "committed".
pub const fn record_state(replicated: bool, counts: bool) -> &'static str {
    match (replicated, counts) {
        (true, true) => "committed: below the high watermark",
        (true, false) => "replicated: below the high watermark",
        (false, _) => UNCOMMITTED,
    }
}

pub const NOBODY_YET: &str = "nobody yet";
pub const TOMBSTONE: &str = "tombstone: compaction forgets the key";
pub const CONTROL: &str = "control record, written by a broker";

pub fn at_offset(topic: &str, partition: i32, offset: i64) -> String {
    format!("{topic} {partition} @ {offset}")
}

pub fn bytes(count: u32) -> String {
    format!("{} B", number(i64::from(count)))
}

pub fn read_committed(group: &str) -> String {
    format!("{group}, committed")
}

pub fn passed_over(group: &str) -> String {
    format!("{group}, passed over")
}

pub fn read_uncommitted(group: &str) -> String {
    format!("{group}, delivered, not committed")
}

// ── groups, members, producers ──
pub const STARTING: &str = "starting; not in the group yet";
pub const AWAITS_JOIN: &str = "has to send JoinGroup again";
pub const AWAITS_SYNC: &str = "sent SyncGroup, awaits the assignment";
pub const IN_GROUP: &str = "in the group";
pub const CRASHED: &str = "crashed; the group waits for its session timeout";
pub const NOTHING: &str = "nothing";
pub const ASSIGNS: &str = "it computes the assignment";
pub const AS_TOLD: &str = "what it is told";

pub fn late(topic: &str, partition: i32, lag: i64) -> String {
    format!("{topic} {partition}: {}", number(lag))
}

pub fn owned(topic: &str, partition: i32, lag: Option<i64>) -> String {
    lag.map_or_else(|| format!("{topic} {partition}"), |lag| format!("{topic} {partition}, lag {}", number(lag)))
}

pub fn member_of(member: &str, group: &str) -> String {
    format!("{member} of {group}")
}

pub fn seconds(ms: u32) -> String {
    format!("{} s", ms / 1_000)
}

pub fn rate(per_minute: u32, running: bool) -> String {
    format!("{}{}", words::rate(per_minute), if running { "" } else { ", at rest" })
}

pub fn sticky(topic: &str, partition: i32, bytes: u32, batch: u32) -> String {
    format!("{topic} {partition}: {} of {} B", number(i64::from(bytes)), number(i64::from(batch)))
}

/// A transactional producer's state: Kafka's name of it, and what it means.
pub fn transaction(state: TransactionState) -> String {
    let means = match state {
        TransactionState::Uninitialized => "it has not asked for its producer id",
        TransactionState::Initializing => "it asks the coordinator for its producer id or epoch",
        TransactionState::Ready => "none is open",
        TransactionState::InTransaction => "one is open",
        TransactionState::Committing => "it waits for the commit",
        TransactionState::Aborting => "it waits for the abort",
        TransactionState::AbortableError => "the open one can only be aborted",
        TransactionState::FatalError => "this producer can do nothing more",
    };
    format!("{}: {means}", state.name())
}

pub fn transaction_error(error: &str, message: &str) -> String {
    format!("{error}: {message}")
}

/// When it ends a transaction, while it writes by itself.
pub fn transaction_plan(records: u32, abort_every: u32) -> String {
    let after = format!("after {}", counted(records as usize, "record"));
    match abort_every {
        0 => format!("{after}, by a commit"),
        1 => format!("{after}, by an abort"),
        every => format!("{after}; of every {} the last is aborted", number(i64::from(every))),
    }
}

pub fn transactions_ended(committed: u64, aborted: u64) -> String {
    format!("{} committed, {} aborted", number(committed as i64), number(aborted as i64))
}

// ── nodes and links ──
pub const NOT_REGISTERED: &str = "not registered yet";
pub const FENCED: &str = "fenced: it may lead nothing";
pub const ALIVE: &str = "alive";
pub const STOPPING: &str = "in controlled shutdown";
pub const RUNNING: &str = "runs";
pub const PAUSED: &str = "paused";
pub const DEAD: &str = "killed";
pub const STOPPED: &str = "stopped";
pub const WHOLE: &str = "whole; no fault is set";

/// A broker's mark, as it is chosen.
pub fn choose_broker(id: i32) -> String {
    format!("Broker {id}")
}

pub fn choose_controller(id: i32) -> String {
    format!("Controller {id}")
}

pub fn broker(id: i32) -> String {
    format!("broker {id}")
}

pub fn controller(id: i32) -> String {
    format!("controller {id}")
}

pub fn life(life: &str, since: Option<&str>) -> String {
    since.map_or_else(|| life.to_owned(), |since| format!("{life}, for {since}"))
}

pub fn to(end: i64) -> String {
    format!("to {}", number(end))
}

pub fn between(from: &str, to: &str) -> String {
    format!("{from} – {to}")
}
