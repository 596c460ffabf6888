//! The fuzz targets. What they do lies with the tests, which run them for a moment each.

#[path = "../../tests/support/engine.rs"]
pub mod engine;
#[path = "../../tests/support/targets.rs"]
pub mod targets;
