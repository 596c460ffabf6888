//! Consumer groups: their states and members, and what changes hands.

use super::numbers::number;

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

/// `{0}`: the generation, `{1}`: the coordinator's square, or that there is [none](NO_COORDINATOR).
pub const GENERATION: &str = "generation {0}";
pub const COORDINATED: &str = "generation {0}, coordinator {1}";
pub const UNCOORDINATED: &str = "generation {0}, {1}";
pub const NO_COORDINATOR: &str = "no coordinator";

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

/// Who made a group rebalance, as a beginning: "c3 joined: ".
fn because(came: &[&str], gone: &[(&str, &str)]) -> String {
    let came = match came {
        [] => String::new(),
        [one] => format!("{one} joined"),
        [one, other] => format!("{one} and {other} joined"),
        many => format!("{} members joined", many.len()),
    };
    let gone = match gone {
        [] => String::new(),
        [(one, how)] => format!("{one} {how}"),
        many => format!("{} members are gone", many.len()),
    };
    match (came.is_empty(), gone.is_empty()) {
        (true, true) => String::new(),
        (false, false) => format!("{gone}, {came}: "),
        _ => format!("{came}{gone}: "),
    }
}

/// What a group is at between two generations, and who made it so.
pub fn rebalances(came: &[&str], gone: &[(&str, &str)], assigns: bool) -> String {
    format!("{}{}", because(came, gone), if assigns { "the leader assigns" } else { "all rejoin" })
}

/// "c3 joined: 2 of 3 moved".
pub fn has_moved(came: &[&str], gone: &[(&str, &str)], moved: usize, all: usize) -> String {
    format!("{}{} of {} moved", because(came, gone), number(moved as i64), number(all as i64))
}

pub fn from(member: &str) -> String {
    format!("from {member}")
}

pub fn to(member: &str) -> String {
    format!("to {member}")
}

/// A member in words; of one at rest there is no state to tell.
pub fn owns(label: &str, state: &str, owns: &str) -> String {
    if state.is_empty() { format!("{label}, owns {owns}") } else { format!("{label}, {state}, owns {owns}") }
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

// ── resetting offsets ──
pub fn reset(group: &str) -> String {
    format!("Reset the offsets of {group}")
}

pub const RESET_FORM: &str = "Reset offsets";
pub const RESET_LEAD: &str = "As kafka-consumer-groups.sh --reset-offsets does it: a group without members goes on from other offsets. What it had read is delivered again, or what it has not read is skipped.";
pub const RESET_OF: &str = "of";
pub const RESET_ALL: &str = "all that it has committed";
pub const RESET_TO: &str = "where to";
pub const RESET_OFFSET: &str = "offset";
pub const RESET_BY: &str = "records, + or −";
pub const RESET_TIME: &str = "the session's time";
pub const RESET_DURATION: &str = "how long ago, PT1M30S or 01:30";
pub const RESET_PARTITIONS: &str = "partitions";
pub const RESET_PARTITIONS_ALL: &str = "all, or 0, 2";
pub const RESET_DO: &str = "Reset";
pub const RESET_PREVIEW: &str = "What would change";
pub const RESET_NOTHING: &str = "Nothing would change: the group has committed nothing there.";
pub const RESET_PARTITION: &str = "partition";
pub const RESET_BECOMES: &str = "becomes";
pub const RESET_LAG: &str = "lag then";
pub const RESET_MEANS: &str = "what that means";

/// By how much a committed offset moves.
pub fn reset_means(by: i64) -> String {
    match by {
        0 => "stays".to_owned(),
        _ if by < 0 => format!("{} delivered again", number(-by)),
        _ => format!("{} skipped", number(by)),
    }
}

// ── adding a member ──
pub fn add_member_to(group: &str) -> String {
    format!("Add a member to {group}")
}

pub const NEW_GROUP: &str = "New group";
pub const NEW_MEMBER: &str = "New member";
pub const STATIC: &str = "static";
pub const STATIC_SAID: &str =
    "Static (group.instance.id): a member that comes back within its session keeps its partitions, without a rebalance.";
pub const SESSION_TIMEOUT: &str = "session";
pub const PACE: &str = "pace";
pub const PACE_FREE: &str = "as records come";

pub fn pace(per_second: &str) -> String {
    format!("{per_second} records a second")
}

pub fn seconds(s: u32) -> String {
    format!("{s} s")
}

pub const PAUSED: &str = "stands still";

// ── the form's other fields ──
pub const GROUP_ID: &str = "group.id";
pub const TOPICS: &str = "topics";
pub const MEMBERS: &str = "members";
pub const ASSIGNOR: &str = "assignor";
pub const ASSIGNOR_DEFAULT: &str = "Kafka's default: range, cooperative-sticky";
pub const STARTS_AT: &str = "starts at";
pub const EARLIEST: &str = "earliest: every record that is kept";
pub const LATEST: &str = "latest: only what comes from now on";
pub const READ_UNCOMMITTED: &str = "read_uncommitted: all that is replicated";
pub const READ_COMMITTED: &str = "read_committed: no open or aborted transactions";
pub const NO_TOPIC: &str = "no topic";
pub const NEEDS_TOPIC: &str = "A consumer subscribes to at least one topic.";
