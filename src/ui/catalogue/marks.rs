//! The key to the marks: what each sign of the page means.

pub const TITLE: &str = "Key to the marks";

// ── a record ──
pub const RECORD: &str = "A record";
pub const IS_COMMITTED: &str = "committed; hue and label: its key";
pub const NO_KEY: &str = "without a key; its value's first letters";
pub const UNCOMMITTED: &str = "uncommitted: above the HW, or its transaction is open";
pub const TOMBSTONE: &str = "tombstone: the value is null";
pub const TWICE: &str = "written twice: sent again, not idempotent";
pub const ABORTED: &str = "its transaction was aborted";
pub const COMPACTED: &str = "compacted away";
pub const MARKERS: &str = "marker, written by a broker: commit, abort";
pub const SAME_KEY: &str = "same key as in Publish";
pub const SELECTED: &str = "selected";
pub const CARRIED: &str = "carried by the chosen frame";
pub const WILL_APPEND: &str = "where Publish will append";
pub const NEXT: &str = "the next record's place";

// ── above the tape ──
pub const ABOVE: &str = "Above the tape: how it got safe";
pub const HIGH_WATERMARK: &str = "high watermark (HW)";
pub const LOG_END: &str = "log end offset: written next";

// ── below the tape ──
pub const BELOW: &str = "Below the tape: who has read it";
pub const COMMITTED: &str = "committed offset of the group";
pub const POSITION: &str = "position: fetched next";
pub const DELIVERED: &str = "delivered, not committed";
pub const FOLLOWED: &str = "thread of the group you follow";
pub const OTHER: &str = "thread of another group";
pub const CHANGING: &str = "changing hands";
pub const ASSIGNED: &str = "assigned, not yet owned";
pub const LOST: &str = "its member crashed";
pub const LOOSE: &str = "held by nobody while the group rebalances";

// ── a broker ──
pub const BROKER: &str = "A broker: a square with its number";
pub const LEADS: &str = "leads this partition";
pub const IN_SYNC: &str = "follower, in sync";
pub const OUT: &str = "follower, out of the ISR";
pub const ELIGIBLE: &str = "out of the ISR, may lead (ELR)";
pub const PAUSED: &str = "paused";
pub const DEAD: &str = "dead or stopped";
pub const CONTROLLER: &str = "active controller";

// ── a member ──
pub const MEMBER: &str = "A member: a pill with its name";
pub const IN_GROUP: &str = "in the group";
pub const GONE: &str = "crashed or removed";
pub const BEAT: &str = "since its last heartbeat";

// ── events ──
pub const STATES: &str = "Group state";
pub const EVENTS: &str = "Events";
pub const YOU_DID: &str = "what you did";
pub const ELECTED: &str = "leader or controller elected";
pub const REBALANCE: &str = "rebalance";
pub const RAN_OUT: &str = "a time ran out";
pub const REFUSED: &str = "refused or given up";
pub const RECORDS: &str = "records written or read";

// ── colour ──
pub const COLOUR: &str = "Colour";
pub const HUES: &str = "a key, always with its label";
pub const CHOSEN: [&str; 2] = ["chosen", "selection, focus"];
pub const CHANGES: [&str; 2] = ["changing", "rebalance, election, retry"];
pub const BROKEN: [&str; 2] = ["broken", "crashed, refused"];
