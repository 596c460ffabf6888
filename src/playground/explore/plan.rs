//! What is played: a cluster, and commands with their times.

use super::draw::Draw;
use super::{cluster, faults, load};
use crate::base::{Duration, Instant};
use crate::playground::scenario::{Point, Scenario, ScenarioInput};
use crate::playground::{Command, Setup};
use serde::{Deserialize, Serialize};

/// What a plan is mostly about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// Brokers die, pause, stop and come back.
    Failover,
    /// Links are cut, one way or both, slow down, and lose connections.
    Partition,
    /// Replicas move and leaders are elected by hand, while brokers die.
    Reassign,
    /// Logs are compacted, cut short and deleted, while brokers die.
    Compaction,
    /// Members of groups come and go, while coordinators move.
    Groups,
    /// Controllers die, pause and are cut off.
    Controllers,
}

impl Theme {
    pub const ALL: [Self; 6] = [Self::Failover, Self::Partition, Self::Reassign, Self::Compaction, Self::Groups, Self::Controllers];

    /// As it is called on a command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failover => "failover",
            Self::Partition => "partition",
            Self::Reassign => "reassign",
            Self::Compaction => "compaction",
            Self::Groups => "groups",
            Self::Controllers => "controllers",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name)
    }
}

/// A command and when it is given, in ms from the session's beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Planned {
    pub at_ms: u64,
    pub command: Command,
}

/// A history that is to be played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    pub scenario: Theme,
    pub setup: Setup,
    /// In order of time.
    pub inputs: Vec<Planned>,
    /// When all faults end.
    pub heal_at_ms: u64,
}

impl Plan {
    /// The same as a session that can be opened: up to `until_ms`, and whole from `heal_at_ms` on.
    pub fn to_scenario(&self, until_ms: u64) -> Scenario {
        let point = |ms| Point { at: Instant::ZERO + Duration::from_millis(ms), steps: None };
        let inputs = self.inputs.iter().map(|input| (input.at_ms, input.command.clone()));
        let inputs = inputs.chain([(self.heal_at_ms, Command::HealAll)]).filter(|(at_ms, _)| *at_ms <= until_ms);
        let inputs = inputs.map(|(at_ms, command)| ScenarioInput { point: point(at_ms), command }).collect();
        Scenario { setup: self.setup.clone(), opening: 0, inputs, until: point(until_ms) }
    }

    /// The plan of a seed; of this scenario, or of one that the seed draws.
    pub fn generate(seed: u64, scenario: Option<Theme>) -> Self {
        let mut draw = Draw::new(seed);
        let drawn = *draw.one_of(&Theme::ALL).unwrap_or(&Theme::Failover);
        let scenario = scenario.unwrap_or(drawn);
        let mut setup = cluster::setup(&mut draw, scenario, seed);
        let mut inputs = Vec::new();
        let topics = load::topics(&mut draw, scenario, &setup, &mut inputs);
        let last_fault_ms = load::BEGINS_MS + draw.between(6_000, 25_000);
        load::clients(&mut draw, scenario, &topics, last_fault_ms, &mut inputs);
        faults::faults(&mut draw, scenario, &setup, &topics, last_fault_ms, &mut inputs);
        faults::deletions(&mut Draw::apart(seed, "deletions"), &topics, last_fault_ms, &mut inputs);
        load::compacted_offsets(&mut Draw::apart(seed, "offsets"), scenario, &mut inputs);
        load::transactions(&mut Draw::apart(seed, "transactions"), &mut setup, &mut inputs);
        inputs.sort_by_key(|input| input.at_ms);
        Self { scenario, setup, inputs, heal_at_ms: last_fault_ms + 1_000 }
    }
}
