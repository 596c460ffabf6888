//! What a host offers its user: commands. No web in here, no drawing.

pub mod command;
pub mod rules;

pub use command::{Assignor, Command, Keys, Reset};
