//! Commands that break things and make them whole again: checked, named in the user's words, and handed to the simulation.

use super::command::{ApiEffect, Command, Party};
use super::outcome::Refusal;
use super::session::Session;
use crate::base::SortedSet;
use crate::base::{Duration, EventId, NodeId, ProcessId};
use crate::network::{LinkSpeed, OUTSIDE};
use crate::simulation::{self, Actor, Impossible, NodeAct, Simulation};
use crate::wire::{ApiKey, ErrorCode};
use std::num::NonZeroU64;

/// What an input takes a slow node, for each step of its factor.
const SLOW_STEP_US: u64 = 100;
/// The most that anything may be slowed down: ten seconds an input, ten minutes an append or a response, a minute a frame.
const FACTOR_MAX: u32 = 100_000;
const DELAY_MS_MAX: u32 = 600_000;
const LINK_US_MAX: i64 = 60_000_000;
/// The most that a clock may be wrong: ten years.
const CLOCK_MS_MAX: i64 = 10 * 365 * 86_400_000;
/// The most responses that one command may fault.
const RESPONSES_MAX: u32 = 1_000_000;

impl From<Impossible> for Refusal {
    fn from(impossible: Impossible) -> Self {
        Self { message: impossible.reason, field: Some(impossible.field) }
    }
}

impl Session {
    /// Carries out a command that is a fault, or ends one. Gives what is true then.
    pub(super) fn fault(&mut self, command: &Command) -> Result<String, Refusal> {
        let text = command.to_string();
        match *command {
            Command::KillBroker { node, machine } => {
                self.act_on_node(node, NodeAct::Kill, &text, |s, id, cause| s.kill(id, machine, cause).map(drop))?;
                Ok(format!("Node {node} is dead."))
            }
            Command::StopBroker { node } => {
                self.act_on_node(node, NodeAct::Stop, &text, |s, id, cause| s.stop(id, cause).map(drop))?;
                Ok(format!("Node {node} shuts down."))
            }
            Command::RestartBroker { node } => {
                self.act_on_node(node, NodeAct::Restart, &text, Simulation::restart)?;
                Ok(format!("Node {node} starts."))
            }
            Command::PauseBroker { node } => {
                self.act_on_node(node, NodeAct::Pause, &text, |s, id, cause| s.pause(id, cause).map(drop))?;
                Ok(format!("Node {node} stands still."))
            }
            Command::ResumeBroker { node } => {
                self.act_on_node(node, NodeAct::Resume, &text, |s, id, cause| s.resume(id, cause).map(drop))?;
                Ok(format!("Node {node} goes on."))
            }
            Command::FillDisk { node } => {
                self.act_on_node(node, NodeAct::FillDisk, &text, |s, id, cause| s.fill_disk(id, true, cause).map(drop))?;
                Ok(format!("The disk of node {node} is full."))
            }
            Command::FreeDisk { node } => {
                self.act_on_node(node, NodeAct::FreeDisk, &text, |s, id, cause| s.fill_disk(id, false, cause).map(drop))?;
                Ok(format!("The disk of node {node} has room."))
            }
            Command::SlowBroker { node, factor } => self.slow_broker(node, factor, &text),
            Command::SlowDisk { node, ms } => self.slow_disk(node, ms, &text),
            Command::SetClock { node, offset_ms } => self.set_clock(node, offset_ms, &text),
            Command::CutLink { ref from, ref to, one_way } => self.cut_link(from, to, one_way, &text),
            Command::HealLink { ref from, ref to } => self.heal_link(from, to, &text),
            Command::SetLink { ref from, ref to, latency_us, jitter_us, tail_us, bytes_per_second } => {
                let speed = speed(latency_us, jitter_us, tail_us, bytes_per_second)?;
                let pairs = self.pairs(from, to)?;
                let cause = self.note_command(&text);
                for (one, other) in pairs {
                    self.simulation.set_link(one, other, speed, Some(cause));
                }
                Ok(format!("The link between {from} and {to} takes {latency_us} µs."))
            }
            Command::BreakConnections { ref from, ref to } => self.break_connections(from, to, &text),
            Command::FaultApi { node, ref api, count, ref effect } => self.fault_api(node, api, count, effect, &text),
            Command::HealAll => {
                let cause = self.note_command(&text);
                self.agenda.clear();
                self.simulation.heal_all(Some(cause));
                Ok("All that was broken is whole again.".to_owned())
            }
            ref other => Err(Refusal::new("do", format!("To {other} is no fault."))),
        }
    }

    // ── nodes ──

    /// Does something to a node, where it can be done: a command that is refused leaves no trace.
    fn act_on_node(
        &mut self,
        node: i32,
        act: NodeAct,
        text: &str,
        what: impl FnOnce(&mut Simulation, NodeId, Option<EventId>) -> Result<(), Impossible>,
    ) -> Result<(), Refusal> {
        let id = NodeId(node);
        self.simulation.allows(id, act)?;
        let cause = self.note_command(text);
        Ok(what(&mut self.simulation, id, Some(cause))?)
    }

    fn slow_broker(&mut self, node: i32, factor: u32, text: &str) -> Result<String, Refusal> {
        at_most("factor", factor, FACTOR_MAX)?;
        let per_input = Duration::from_micros(SLOW_STEP_US * u64::from(factor));
        self.act_on_node(node, NodeAct::Trouble, text, |s, id, cause| s.slow(id, per_input, cause).map(drop))?;
        Ok(format!("Every input takes node {node} {} µs.", per_input.as_micros()))
    }

    fn slow_disk(&mut self, node: i32, ms: u32, text: &str) -> Result<String, Refusal> {
        at_most("ms", ms, DELAY_MS_MAX)?;
        let per_append = Duration::from_millis(ms.into());
        self.act_on_node(node, NodeAct::Trouble, text, |s, id, cause| s.slow_disk(id, per_append, cause).map(drop))?;
        Ok(format!("Every append takes the disk of node {node} {ms} ms."))
    }

    fn set_clock(&mut self, node: i32, offset_ms: i64, text: &str) -> Result<String, Refusal> {
        if offset_ms.unsigned_abs() > CLOCK_MS_MAX.unsigned_abs() {
            return Err(Refusal::new("offsetMs", format!("A clock is wrong by ten years at most here, {CLOCK_MS_MAX} ms.")));
        }
        self.act_on_node(node, NodeAct::Trouble, text, |s, id, cause| s.set_clock(id, offset_ms, cause).map(drop))?;
        Ok(format!("The clock of node {node} is wrong by {offset_ms} ms."))
    }

    fn fault_api(&mut self, node: i32, api: &str, count: u32, effect: &ApiEffect, text: &str) -> Result<String, Refusal> {
        let named = |key: &&ApiKey| key.name().eq_ignore_ascii_case(api) || key.kafka_name().eq_ignore_ascii_case(api);
        let unknown = || Refusal::new("api", format!("Kafka has no API '{api}'; names are as Produce or FIND_COORDINATOR."));
        let key = *ApiKey::ALL.iter().find(named).ok_or_else(unknown)?;
        if count == 0 {
            return Err(Refusal::new("count", "At least one response has to meet with it."));
        }
        at_most("count", count, RESPONSES_MAX)?;
        let effect = match effect {
            ApiEffect::Lost => simulation::ApiEffect::Lost,
            ApiEffect::Delay(ms) => {
                at_most("effect", *ms, DELAY_MS_MAX)?;
                simulation::ApiEffect::Delay(Duration::from_millis((*ms).into()))
            }
            ApiEffect::Error(name) => {
                let mut errors = ErrorCode::ALL.iter().filter(|error| **error != ErrorCode::None);
                let unknown = || Refusal::new("effect", format!("Kafka has no error '{name}'; names are as REQUEST_TIMED_OUT."));
                simulation::ApiEffect::Error(*errors.find(|error| error.name().eq_ignore_ascii_case(name)).ok_or_else(unknown)?)
            }
        };
        self.act_on_node(node, NodeAct::Trouble, text, |s, id, cause| s.fault_api(id, key, count, effect, cause).map(drop))?;
        Ok(format!("The next {count} {} responses of node {node}: {effect}.", key.name()))
    }

    // ── links ──

    fn cut_link(&mut self, from: &Party, to: &Party, one_way: bool, text: &str) -> Result<String, Refusal> {
        let pairs = self.pairs(from, to)?;
        let is_cut = |(one, other): &(ProcessId, ProcessId)| {
            self.simulation.is_cut(*one, *other) && (one_way || self.simulation.is_cut(*other, *one))
        };
        if pairs.iter().all(is_cut) {
            return Err(Refusal::new("to", format!("The link between {from} and {to} is cut already.")));
        }
        let cause = self.note_command(text);
        for (one, other) in pairs {
            self.simulation.cut(one, other, one_way, Some(cause));
        }
        Ok(if one_way { format!("Nothing reaches {to} from {from}.") } else { format!("The link between {from} and {to} is cut.") })
    }

    fn heal_link(&mut self, from: &Party, to: &Party, text: &str) -> Result<String, Refusal> {
        let pairs = self.pairs(from, to)?;
        if !pairs.iter().any(|(one, other)| self.simulation.is_cut(*one, *other) || self.simulation.is_cut(*other, *one)) {
            return Err(Refusal::new("to", format!("The link between {from} and {to} is not cut.")));
        }
        let cause = self.note_command(text);
        for (one, other) in pairs {
            self.simulation.heal(one, other, Some(cause));
        }
        Ok(format!("The link between {from} and {to} is whole."))
    }

    fn break_connections(&mut self, from: &Party, to: &Party, text: &str) -> Result<String, Refusal> {
        let pairs = self.pairs(from, to)?;
        if !pairs.iter().any(|(one, other)| self.simulation.are_connected(*one, *other)) {
            return Err(Refusal::new("to", format!("There is no connection between {from} and {to}.")));
        }
        let cause = self.note_command(text);
        let broken: usize = pairs.into_iter().map(|(one, other)| self.simulation.break_connections(one, other, Some(cause))).sum();
        Ok(if broken == 1 { "1 connection broke.".to_owned() } else { format!("{broken} connections broke.") })
    }

    /// The machines that a party stands for.
    fn machines(&self, field: &'static str, party: &Party) -> Result<SortedSet<ProcessId>, Refusal> {
        let nodes = |wanted: fn(&simulation::Node) -> bool| {
            self.simulation.nodes().filter(|node| wanted(node)).map(simulation::Node::machine).collect::<SortedSet<_>>()
        };
        let is_client = |actor: &Actor| matches!(actor, Actor::Producer(_) | Actor::Consumer(_) | Actor::Admin(_));
        let clients = || self.simulation.actors().filter(|(_, actor)| is_client(actor)).map(|(process, _)| process);
        match party {
            Party::Node(id) => match self.simulation.node(NodeId(*id)) {
                Ok(node) => Ok(SortedSet::from([node.machine()])),
                Err(impossible) => Err(Refusal::new(field, impossible.reason)),
            },
            Party::Named(name) => match name.as_str() {
                "brokers" => Ok(nodes(|node| node.broker)),
                "controllers" => Ok(nodes(|node| node.controller)),
                "clients" => Ok(clients().collect()),
                "outside" => Ok(SortedSet::from([OUTSIDE])),
                "all" => Ok(nodes(|_| true).into_iter().chain(clients()).chain([OUTSIDE]).collect()),
                name => match self.clients.running(name) {
                    Some(client) => Ok(SortedSet::from([client.process])),
                    None => Err(Refusal::new(field, format!("There is no client called '{name}'."))),
                },
            },
        }
    }

    /// The links between two parties, each once: none that a machine has to itself.
    fn pairs(&self, from: &Party, to: &Party) -> Result<SortedSet<(ProcessId, ProcessId)>, Refusal> {
        let (ones, others) = (self.machines("from", from)?, self.machines("to", to)?);
        let mut pairs = SortedSet::new();
        for one in &ones {
            for other in others.iter().filter(|other| *other != one) {
                if !pairs.contains(&(*other, *one)) {
                    pairs.insert((*one, *other));
                }
            }
        }
        if pairs.is_empty() {
            let why =
                if from == to { format!("{} has no link to itself.", capital(from)) } else { format!("Nothing links {from} and {to}.") };
            return Err(Refusal::new("to", why));
        }
        Ok(pairs)
    }
}

fn capital(party: &Party) -> String {
    match party {
        Party::Node(node) => format!("Node {node}"),
        Party::Named(name) => name.clone(),
    }
}

fn at_most(field: &'static str, value: u32, max: u32) -> Result<(), Refusal> {
    if value <= max { Ok(()) } else { Err(Refusal::new(field, format!("{value} is more than there can be here: {max}."))) }
}

fn speed(latency_us: i64, jitter_us: i64, tail_us: i64, bytes_per_second: Option<i64>) -> Result<LinkSpeed, Refusal> {
    let span = |field, micros: i64| match micros {
        ..0 => Err(Refusal::new(field, format!("{micros} µs: nothing arrives before it was sent."))),
        0..=LINK_US_MAX => Ok(Duration::from_micros(micros.unsigned_abs())),
        _ => Err(Refusal::new(field, format!("{micros} µs are more than a minute, {LINK_US_MAX} µs: cut the link instead."))),
    };
    let slow = || Refusal::new("bytesPerSecond", "A link that carries nothing is a cut one: cut it instead.");
    let bytes = bytes_per_second.map(|bytes| u64::try_from(bytes).ok().and_then(NonZeroU64::new).ok_or_else(slow)).transpose()?;
    Ok(LinkSpeed {
        latency: span("latencyUs", latency_us)?,
        jitter: span("jitterUs", jitter_us)?,
        tail: span("tailUs", tail_us)?,
        bytes_per_second: bytes,
    })
}
