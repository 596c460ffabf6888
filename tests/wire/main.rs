//! The wire protocol: messages of every version, frames, and what happens to bytes that are neither.

#[path = "../support/engine.rs"]
mod engine;
mod frames;
mod fuzz;
#[path = "../support/memory.rs"]
mod memory;
mod messages;
#[path = "../support/random.rs"]
mod random;
mod subtleties;
#[path = "../support/targets.rs"]
mod targets;
