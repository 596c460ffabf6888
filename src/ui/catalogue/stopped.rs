//! What stands in the element's place when the engine itself has failed. Handed to the page's script beforehand: nothing in here can speak then.

/// In the order in which `www/element.js` takes them.
pub const SAID: [&str; 8] = [
    "The engine has stopped",
    "This is a mistake of ours, not of yours. What it said:",
    "Your session is not lost: it is kept up to a moment before.",
    "Open the session again, at rest",
    "Copy the session's link",
    "Begin anew",
    "The session, as text",
    "Copied",
];
