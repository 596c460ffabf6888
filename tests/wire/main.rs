//! The wire protocol: messages of every version, frames, and what happens to bytes that are neither.

#[path = "../support/engine.rs"]
mod engine;
mod frames;
mod fuzz;
mod inspector;
#[path = "../support/memory.rs"]
mod memory;
mod messages;
#[cfg(not(target_arch = "wasm32"))]
mod oracle;
#[path = "../support/random.rs"]
mod random;
mod samples;
mod subtleties;
#[path = "../support/targets.rs"]
mod targets;
