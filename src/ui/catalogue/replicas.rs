//! A partition's replicas: what each is, where it stands, the form that moves them; and a log before and after compaction.

use super::numbers::number;

// ── what a replica is to its partition ──
pub const LEADER: &str = "leader";
pub const IN_SYNC: &str = "in sync";
pub const ELIGIBLE: &str = "eligible to lead (ELR)";
pub const OUT: &str = "out of the ISR";
pub const NO_LEADER: &str = "no leader";

pub fn leader(broker: i32) -> String {
    format!("leader broker {broker}")
}

/// All replicas of a partition: "leader broker 2; in sync 2, 3; out of the ISR 1". Of each role its name and its brokers.
pub fn all(leader: &str, roles: &[(&str, String)]) -> String {
    let those = roles.iter().filter(|(_, brokers)| !brokers.is_empty()).map(|(role, brokers)| format!("; {role} {brokers}"));
    format!("{leader}{}", those.collect::<String>())
}

// ── the table ──
pub const TITLE: &str = "Replicas";

pub fn replica(broker: i32, role: &str, adding: bool, removing: bool) -> String {
    let moves = match (adding, removing) {
        (true, _) => ", being added",
        (_, true) => ", being removed",
        (false, false) => "",
    };
    format!("broker {broker}: {role}{moves}")
}

/// Where its log ends, and how far behind its leader's that is.
pub fn log_end(end: i64, behind: i64) -> String {
    match behind {
        0 => format!("to {}", number(end)),
        _ if behind > 0 => format!("to {}, {} behind", number(end), number(behind)),
        _ => format!("to {}, {} more than its leader", number(end), number(-behind)),
    }
}

// ── the form ──
pub const REASSIGN: &str = "Reassign";
pub const REPLICAS: &str = "replicas";
pub const WRONG: &str = "Broker ids, parted by commas: 2, 3, 1. The first is the preferred leader.";

// ── compaction ──
pub const BEFORE: &str = "before";
pub const AFTER: &str = "after";

pub fn compacted(removed: usize, of: usize) -> String {
    format!("{} of {} records were compacted away", number(removed as i64), number(of as i64))
}
