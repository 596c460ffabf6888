//! The palette: what it is called, and the kinds of what it finds. What can be done stands in `acts`.

pub const TITLE: &str = "Find";
pub const FIND: &str = "Find anything (Ctrl K)";
pub const FIELD: &str = "Find a thing or an action";
pub const FOUND: &str = "Found";
pub const NOTHING: &str = "Nothing is called that.";
pub const ACTION: &str = "action";
pub const WORD: &str = "word";

/// An action of a thing: "broker 2: Kill the process".
pub fn action_of(thing: &str, action: &str) -> String {
    format!("{thing}: {action}")
}

pub fn thing(kind: &str, name: &str) -> String {
    format!("{kind} {name}")
}

pub fn record(place: &str, key: Option<&str>, value: Option<&str>) -> String {
    let told = |text: Option<&str>| match text {
        None => "null".to_owned(),
        Some("") => "empty".to_owned(),
        Some(text) => text.to_owned(),
    };
    format!("{place}: {} = {}", told(key), told(value))
}
