//! The page as a whole: its landmarks, the phone's tabs, what stands there while nothing is shown yet, and the connection to a server.

// ── landmarks ──
pub const RAIL: &str = "Publish and brokers";
pub const STAGE: &str = "Topics and consumer groups";

// ── the phone's tabs ──
pub const VIEWS: &str = "Views";
pub const LOG: &str = "Log";
pub const GROUPS: &str = "Groups";
pub const PUBLISH: &str = "Publish";
pub const BROKERS: &str = "Brokers";
pub const TRACE: &str = "Trace";

// ── before the first view ──
pub const BROKERS_START: &str = "The brokers are starting.";
pub const STARTING: &str = "Starting…";
pub const NO_ANSWER: &str = "The server does not answer.";
pub const REFUSED: &str = "The server does not show its cluster to this page.";

// ── a server's cluster ──
pub const NO_SESSION: &str = "The cluster runs on a server: there is no session to share, save or open.";
pub const NOT_CONNECTED: &str = "The connection to the server is lost.";
pub const SERVERS_TIME: &str = "A server's time is the world's.";

// ── what scripts are answered ──
pub const NOT_BEGUN: &str = "The element has not begun yet: wait for its first frame.";

pub fn unknown_event(event: u64) -> String {
    format!("Event {event} is not known here.")
}
