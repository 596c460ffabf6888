//! What can be done to a thing: the labels of menus, of the inspector's buttons and of the palette.

use crate::playground::TransactionAct;
use crate::ui::words;

// ── topics ──
pub const MESSAGES: &str = "Messages";
pub const SETTINGS: &str = "Settings";
pub const ADD_PARTITIONS: &str = "Add partitions…";
pub const DELETE_TOPIC: &str = "Delete topic";
pub const PUBLISH_HERE: &str = "Publish here";
pub const ELECT_PREFERRED: &str = "Elect the preferred leader";
pub const ELECT_UNCLEAN: &str = "Elect unclean: what only the others have is lost";
pub const CANCEL_REASSIGNMENT: &str = "Cancel the reassignment";

// ── nodes ──
pub const PAUSE: &str = "Pause: its processes stand still";
pub const RESUME: &str = "Resume";
pub const STOP: &str = "Stop: a controlled shutdown";
pub const KILL_PROCESS: &str = "Kill the process";
pub const KILL_MACHINE: &str = "Kill the machine: what is not flushed is lost";
pub const RESTART: &str = "Restart";
pub const FULL_SPEED: &str = "Run at full speed";
pub const SLOW_DOWN: &str = "Slow down: 10 ms for every input";
pub const FREE_DISK: &str = "Free the disk";
pub const FILL_DISK: &str = "Fill the disk";
pub const MORE_FAULTS: &str = "Links, responses, disk, clock…";
pub const ISOLATE: &str = "Isolate: cut its links to all other brokers";

pub fn cut_link_to(broker: i32) -> String {
    format!("Cut the link to broker {broker}")
}

pub fn heal_link_to(broker: i32) -> String {
    format!("Heal the link to broker {broker}")
}

// ── links ──
pub const CUT: &str = "Cut: nothing arrives";
pub const CUT_ONE_WAY: &str = "Cut one way";
pub const HEAL: &str = "Heal";
pub const BREAK: &str = "Break its connections";

pub fn delay_by(ms: i64) -> String {
    format!("Delay by {ms} ms each way")
}

// ── groups and members ──
pub const FOLLOW: &str = "Follow its threads";
pub const ADD_MEMBER: &str = "Add a member";
pub const ADD_MEMBER_AS: &str = "Add a member with…";
pub const RESET_OFFSETS: &str = "Reset offsets…";
pub const PAUSE_MEMBER: &str = "Pause: its process stands still";
pub const RESUME_MEMBER: &str = "Resume";
pub const RESTART_MEMBER: &str = "Restart it in its place";
pub const DELETE_GROUP: &str = "Delete group";
pub const ANOTHER: &str = "Start another in its place";
pub const READ_FAST: &str = "Read at full speed";
pub const READ_SLOW: &str = "Slow down to 1 record in 2 s";
pub const STOP_MEMBER: &str = "Stop: leave the group";
pub const CRASH_MEMBER: &str = "Crash: end without a word";

// ── producers ──
pub const STOP_PRODUCER: &str = "Stop writing";
pub const START_PRODUCER: &str = "Start writing";
pub const PUBLISH_AS: &str = "Publish as it";
pub const CLOSE_PRODUCER: &str = "Close producer";

pub const fn transact(what: TransactionAct) -> &'static str {
    match what {
        TransactionAct::Begin => "Begin transaction",
        TransactionAct::Commit => "Commit transaction",
        TransactionAct::Abort => "Abort transaction",
    }
}

pub fn write_at(per_minute: u32) -> String {
    format!("Write {}", words::rate(per_minute))
}

// ── events ──
pub const ITS_EVENTS: &str = "Its events";
pub const FROM_HERE: &str = "Take records from here…";
pub const GO_THERE: &str = "Go to this moment";

// ── menus' names ──
pub fn topic(name: &str) -> String {
    format!("Topic {name}")
}

pub fn node(id: i32) -> String {
    format!("Node {id}")
}

pub fn member(label: &str) -> String {
    format!("Member {label}")
}

pub fn producer(name: &str) -> String {
    format!("Producer {name}")
}
