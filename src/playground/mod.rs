//! What a host offers its user: sessions, commands and what becomes of them, the scene to begin with. No web in here, no drawing.

pub mod clients;
pub mod command;
pub mod explore;
pub mod history;
pub mod ledger;
pub mod outcome;
pub mod player;
pub mod rules;
pub mod scenario;
pub mod why;
pub mod words;

mod administer;
mod agenda;
mod bulk;
mod command_text;
mod execute;
mod export;
mod faults;
mod feeds;
mod pending;
pub mod reset;
mod scene;
mod session;
mod setup;
mod traffic;
mod transactions;

pub use bulk::RECORDS_MAX;
pub use clients::{Client, Clients, Kind};
pub use command::{ApiEffect, Assignor, Bulk, Command, ConfigOf, Keys, Party, Reset, ResetTo, TransactionAct, Transactions};
pub use export::ExportedFile;
pub use feeds::{Progress, own_producer};
pub use history::{BranchSummary, Comparison, Fork, History, Input, KEYFRAMES_MAX, Mark, Position, Target};
pub use outcome::{Outcome, OutcomeState, Refusal};
pub use player::{Player, Speed, SpeedError, Time};
pub use scenario::{Courses, Opening, Scenario, ScenarioError, ScenarioInput};
pub use session::Session;
pub use setup::{SEED, Setup, SetupError};
pub use traffic::{PER_MINUTE_MAX, Traffic};
pub use why::{Because, why};
pub use words::EventSign;
