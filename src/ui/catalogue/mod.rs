//! All that the page says, a file a part. To have the page in another language, this folder is translated, and nothing else.
//!
//! A constant for each fixed text, a function for each sentence with values in it: a sentence is never put together elsewhere, since another
//! language may want its words in another order. A part reads `use crate::ui::catalogue::inspector as say;` and says `say::NOTHING_CHOSEN`;
//! what several parts say is in [`common`].
//!
//! Not in here: Kafka's own names (states, errors, settings, tools), which no language changes; numbers and times (`ui::words`); what the
//! engine tells of itself (events, outcomes, refusals: `playground::words`, `playground::rules`), which its tools print as well.

pub mod acts;
pub mod brokers;
pub mod common;
pub mod configs;
pub mod create;
pub mod drawer;
pub mod events;
pub mod explain;
pub mod faults;
pub mod first;
pub mod glossary;
pub mod groups;
pub mod histories;
pub mod inspector;
pub mod marks;
pub mod messages;
pub mod network;
pub mod numbers;
pub mod page;
pub mod palette;
pub mod producers;
pub mod publish;
pub mod replicas;
pub mod scene;
pub mod session;
pub mod sharing;
pub mod stopped;
pub mod tables;
pub mod transport;
pub mod wire;
