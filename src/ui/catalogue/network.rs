//! What the picture of the network says.

use super::numbers::number;
use crate::view::Life;
use crate::view::query::PeerKind;

pub const NETWORK: &str = "Network";
pub const PICTURE: &str = "Everybody on the network, and the links between them";
pub const PRODUCERS: &str = "producers";
pub const CUT: &str = "cut";
pub const CUT_ONE_WAY: &str = "cut one way";
pub const TOO_FAST: &str = "At 0.3× and below, or while time rests, the packets on their way are shown.";
pub const OPEN: &str = "Links";
pub const OPEN_TITLE: &str = "The network: links, latencies, packets on their way";

/// "0.5 ms", "80 ms".
pub fn latency(us: u64) -> String {
    if us.is_multiple_of(1_000) { format!("{} ms", us / 1_000) } else { format!("{}.{} ms", us / 1_000, us % 1_000 / 100) }
}

pub fn usual(us: u64) -> String {
    format!("A link takes {} one way, where nothing else is said.", latency(us))
}

/// What is on its way: requests by their API, responses under no name; and how many of each.
pub fn travelling(what: &[(&str, usize)]) -> String {
    if what.is_empty() {
        return "Nothing is on its way at this moment.".to_owned();
    }
    let list: Vec<String> = what
        .iter()
        .map(|(name, count)| match (*name, *count) {
            ("", 1) => "1 response".to_owned(),
            ("", count) => format!("{} responses", number(count as i64)),
            (api, count) => format!("{} {api}", number(count as i64)),
        })
        .collect();
    format!("On their way now: {}.", list.join(", "))
}

pub fn link(one: &str, other: &str, trouble: Option<&str>, usual_us: u64) -> String {
    let how = trouble.map_or_else(|| latency(usual_us), str::to_owned);
    format!("Link between {one} and {other}: {how}")
}

/// "sessions, 100".
pub fn several(name: &str, count: usize) -> String {
    format!("{name} × {count}")
}

pub fn party(kind: PeerKind, label: &str, life: Life, leads: bool) -> String {
    let what = match kind {
        PeerKind::Broker => format!("Broker {label}"),
        PeerKind::Controller => format!("Controller {label}"),
        PeerKind::Producer => format!("Producer {label}"),
        PeerKind::Consumer => format!("Consumer {label}"),
        PeerKind::Admin | PeerKind::Outside | PeerKind::Gone => label.to_owned(),
    };
    let state = match life {
        Life::Running => "",
        Life::Paused => ", paused",
        Life::Dead => ", dead",
        Life::Stopped => ", stopped",
    };
    format!("{what}{state}{}", if leads { ", active controller" } else { "" })
}
