//! The inspector: what each kind of thing is called, its facts, and what they say.

use crate::ui::words::number;

pub const TITLE: &str = "Inspector";
pub const NOTHING_CHOSEN: &str =
    "Choose anything: a record, a partition, a broker, a member, an event. What it is, and what can be done to it, shows here.";

// ── kinds of things ──
pub const TOPIC: &str = "Topic";
pub const PARTITION: &str = "Partition";
pub const RECORD: &str = "Record";
pub const SETTING: &str = "Setting";
pub const BROKER: &str = "Broker";
pub const CONTROLLER: &str = "Controller";
pub const LINK: &str = "Link";
pub const GROUP: &str = "Group";
pub const MEMBER: &str = "Member";
pub const PRODUCER: &str = "Producer";
pub const EVENT: &str = "Event";
pub const FRAME: &str = "Frame";

// ── names of facts ──
pub const KEY: &str = "key";
pub const VALUE: &str = "value";
pub const STATE: &str = "state";
pub const WRITTEN: &str = "written";
pub const EPOCH: &str = "epoch";
pub const HEADERS: &str = "headers";
pub const READ_BY: &str = "read by";
pub const LEADER: &str = "leader";
pub const LOG: &str = "log";
pub const HIGH_WATERMARK: &str = "high watermark";
pub const COMPACTED: &str = "compacted";
pub const CLIENT_ID: &str = "client id";
pub const MEMBER_ID: &str = "member id";
pub const INSTANCE_ID: &str = "instance id";
pub const HOST: &str = "host";
pub const SESSION: &str = "session";
pub const OWNS: &str = "owns";
pub const PACE: &str = "pace";
pub const PRODUCER_ID: &str = "producer";

// ── records ──
pub const COMMITTED: &str = "committed: below the high watermark";
pub const UNCOMMITTED: &str = "uncommitted";
pub const NOBODY_YET: &str = "nobody yet";

pub fn at_offset(topic: &str, partition: i32, offset: i64) -> String {
    format!("{topic} {partition} @ {offset}")
}

pub fn in_epoch(epoch: i32) -> String {
    format!("leader epoch {epoch}")
}

pub fn producer_id(id: i64) -> String {
    format!("id {id}")
}

pub fn read_committed(group: &str) -> String {
    format!("{group}, committed")
}

pub fn read_uncommitted(group: &str) -> String {
    format!("{group}, delivered, not committed")
}

// ── partitions ──
pub fn led_by(broker: i32, epoch: i32) -> String {
    format!("broker {broker}, epoch {epoch}")
}

pub fn from_to(start: i64, end: i64) -> String {
    format!("{} to {}", number(start), number(end))
}

pub fn removed(gone: usize, of: usize, last: Option<(i64, &str)>) -> String {
    let last = last.map(|(offset, why)| format!("; the last: offset {offset}, {why}")).unwrap_or_default();
    format!("{} of the last {} offsets{last}", number(gone as i64), number(of as i64))
}

// ── members ──
pub const STARTING: &str = "starting; not in the group yet";
pub const AWAITS_JOIN: &str = "has to send JoinGroup again";
pub const AWAITS_SYNC: &str = "sent SyncGroup, awaits the assignment";
pub const IN_GROUP: &str = "in the group";
pub const CRASHED: &str = "crashed; the group waits for its session timeout";
pub const NOTHING: &str = "nothing";
pub const ASSIGNS: &str = "computes the assignment";

pub fn member_of(member: &str, group: &str) -> String {
    format!("{member} of {group}")
}

pub fn seconds(ms: u32) -> String {
    format!("{} s", ms / 1_000)
}
