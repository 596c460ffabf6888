//! All that the page says, a file a part: labels, sentences, names for those who hear the page, the explanations of Kafka's words
//! ([`glossary`]) and of its settings ([`configs`]). `tests/strings.rs` holds `src/ui` to it.
//!
//! A constant for each fixed text, a function for each sentence with values in it: a sentence is never put together elsewhere, since another
//! language may want its words in another order. Where things stand in a sentence that are no text (a broker's square, a link), the constant
//! has `{0}`, `{1}`, … for them, and `ui::filled` puts them there. Numbers, times, units and plurals are [`numbers`]'. A part reads
//! `use crate::ui::catalogue::inspector as say;` and says `say::NOTHING_CHOSEN`; what several parts say is in [`common`].
//!
//! # To have the page in another language
//! 1. Copy this folder, and translate what stands between quotation marks. Names of constants and functions stay; the compiler says what is
//!    missing, and what nothing says any more. A plural is made in a function and nowhere else: give it as many forms as the language has.
//! 2. Let a feature of the build choose the folder (`#[cfg_attr(feature = "…", path = "…")]` at `mod catalogue` in `ui/mod.rs`). A page has
//!    one language: two would weigh twice.
//! 3. Kafka's own names stay as they are in every language: states, errors, settings, API names, tools, and what filters are made of.
//! 4. `www/index.html` has its own few words around the element, and says which language it is in.
//!
//! # What the page shows and others say
//! The engine tells of itself in English, to its tools and to scripts as well as to the page:
//! - events and causes: `playground::words` and `playground::why`; commands: `playground::command_text`;
//! - outcomes and refusals: `playground::outcome`, `playground::execute` and its neighbours, `playground::rules`, `playground::scenario`;
//! - what an error of Kafka's means: `wire::error`, in Kafka's own sentences; what a topic's settings do: `controller::config`;
//! - marks of the timeline and descriptions of faults: `view::timeline`, `view::fault`, `view::build`;
//! - answers to what is asked, and what is wrong with a filter: `view::query`.
//!
//! What a page's failed engine leaves behind is said by `www/element.js`, with the words of [`stopped`].

pub mod acts;
pub mod add_partitions;
pub mod brokers;
pub mod common;
pub mod configs;
pub mod create;
pub mod delete_records;
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
pub mod producer;
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
