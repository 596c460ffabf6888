//! The drawer: its tabs and its edge.

pub const TITLE: &str = "Drawer";
pub const TABS: &str = "Drawer's tabs";
pub const EVENTS: &str = "Events";
pub const WIRE: &str = "Wire";
pub const MESSAGES: &str = "Messages";
pub const CONFIGS: &str = "Configs";
pub const FOLD: &str = "Fold the drawer";
pub const UNFOLD: &str = "Open the drawer";
pub const HEIGHT: &str = "Drawer's height";

// ── the bar of sheets, below 1080 px ──
pub const SHEETS: &str = "Sheets";
pub const PUBLISH: &str = "Publish";
pub const BROKERS: &str = "Brokers";
pub const CREATE_TOPIC: &str = "Create topic";
pub const ADD_GROUP: &str = "Add group";

pub fn height(px: u32) -> String {
    format!("{px} px")
}
