//! The state in tables, instead of the picture.

use super::numbers::number;

pub const TITLE: &str = "The whole state";
pub const TABLES: &str = "Tables";
pub const PICTURE: &str = "Show the picture";
pub const SHOW: &str = "Show tables instead of the picture";
pub const BACK: &str = "Show the picture instead of tables";

pub const TOPICS: &str = "Topics";
pub const PARTITIONS: &str = "Partitions";
pub const GROUPS: &str = "Groups";
pub const MEMBERS: &str = "Members";
pub const OFFSETS: &str = "Offsets of groups";
pub const PRODUCERS: &str = "Producers";
pub const BROKERS: &str = "Brokers";
pub const CONTROLLERS: &str = "Controllers";

pub const TOPIC_COLUMNS: [&str; 7] = ["topic", "partitions", "replicas", "min ISR", "records", "not all in sync", "settings of its own"];
pub const PARTITION_COLUMNS: [&str; 10] =
    ["partition", "leader", "epoch", "replicas", "ISR", "log start", "high watermark", "last stable offset", "log end", "what is wrong"];
pub const GROUP_COLUMNS: [&str; 7] = ["group", "state", "generation", "coordinator", "assignor", "members", "lag"];
pub const MEMBER_COLUMNS: [&str; 7] = ["member", "group", "state", "client id", "static id", "isolation.level", "owns"];
pub const OFFSET_COLUMNS: [&str; 7] = ["partition", "group", "owner", "committed", "position", "log end", "lag"];
pub const PRODUCER_COLUMNS: [&str; 9] =
    ["producer", "topic", "acks", "records a minute", "acknowledged", "on the way", "failed", "transaction", "last error"];
pub const BROKER_COLUMNS: [&str; 7] = ["broker", "registration", "process", "leads", "follows", "address", "troubles"];
pub const CONTROLLER_COLUMNS: [&str; 5] = ["controller", "role", "epoch", "log end", "high watermark"];

pub const NONE: &str = "–";
pub const NO_LEADER: &str = "no leader";
pub const RESTS: &str = "rests";
pub const MOVING: &str = "is being reassigned";

pub fn out_of_sync(brokers: &str) -> String {
    format!("not in sync: {brokers}")
}

pub fn first_of(shown: usize, all: usize) -> String {
    format!("The first {} of {}: sort by a column for others.", number(shown as i64), number(all as i64))
}

pub fn nothing(of: &str) -> String {
    format!("No {}.", of.to_lowercase())
}
