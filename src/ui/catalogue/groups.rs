//! Consumer groups: their states and members, and what changes hands.

pub const TITLE: &str = "Consumer groups";
pub const ADD_GROUP: &str = "Add group";
pub const NO_GROUPS: &str =
    "No group reads yet. A group begins with its first member: add one, and its committed offsets and threads appear under the tapes.";
pub const FOLLOW: &str = "Follow this group's threads";
pub const COMMITTED: &str = "committed";
pub const LAG: &str = "lag";
pub const ADD_MEMBER: &str = "Add member";
pub const DELETE_GROUP: &str = "Delete group";
pub const WHY: &str = "why?";
pub const NOTHING: &str = "nothing";
pub const LET_GO: &str = "let go";

// ── what a member is at ──
pub const STARTS: &str = "starts";
pub const HAS_TO_REJOIN: &str = "has to rejoin";
pub const ASSIGNS: &str = "assigns partitions";
pub const AWAITS_SHARE: &str = "awaits its share";
pub const LEADER: &str = "leader";
pub const CRASHED: &str = "crashed";

pub fn group(name: &str) -> String {
    format!("Group {name}")
}

pub fn generation(generation: i32) -> String {
    format!("generation {generation}")
}

pub const COORDINATOR: &str = ", coordinator ";

pub fn why(group: &str, state: &str) -> String {
    format!("why? {group} is {state}")
}

pub fn partition(topic: &str, partition: i32) -> String {
    format!("{topic} {partition}")
}

/// "orders 2: from c3 to c1".
pub fn moves(topic: &str, partition: i32, from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{topic} {partition}: from {from} to {to}"),
        None => format!("{topic} {partition}: {from} let it go, nobody has it yet"),
    }
}

pub fn from(member: &str) -> String {
    format!("from {member}")
}

pub fn to(member: &str) -> String {
    format!("to {member}")
}

pub fn owns(label: &str, state: &str, owns: &str) -> String {
    format!("{label}, {state}, owns {owns}")
}

pub fn own(topic: &str, partition: i32, lag: i64) -> String {
    format!("{topic} {partition}, lag {lag}")
}

pub fn actions(label: &str) -> String {
    format!("{label}: actions")
}

pub fn since_heartbeat(timeout_s: u32) -> String {
    format!("since its last heartbeat, of {timeout_s} s")
}
