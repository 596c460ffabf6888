//! A plan that fails, made shorter: fewer inputs first (delta debugging), then rounder times and smaller numbers, as long as it fails alike.

use super::plan::{Plan, Planned};
use crate::base::SortedMap;
use crate::playground::Command;

/// Makes a plan shorter. `fails` plays a plan and says whether it still fails in the same way; it is asked `tries` times at most.
pub fn shrink(plan: &Plan, mut tries: u32, mut fails: impl FnMut(&Plan) -> bool) -> Plan {
    let mut best = plan.clone();
    let mut attempt = |best: &mut Plan, candidate: Plan| {
        if tries == 0 || candidate == *best {
            return false;
        }
        tries -= 1;
        let better = fails(&candidate);
        if better {
            *best = candidate;
        }
        better
    };
    loop {
        let before = best.clone();
        fewer_inputs(&mut best, &mut attempt);
        sooner_healed(&mut best, &mut attempt);
        fewer_settings(&mut best, &mut attempt);
        simpler_inputs(&mut best, &mut attempt);
        rounder_times(&mut best, &mut attempt);
        if best == before {
            return best;
        }
    }
}

/// Leaves out runs of inputs, long ones first.
fn fewer_inputs(best: &mut Plan, attempt: &mut impl FnMut(&mut Plan, Plan) -> bool) {
    let mut length = best.inputs.len().div_ceil(2);
    while length > 0 {
        let mut from = 0;
        while from < best.inputs.len() {
            let mut candidate = best.clone();
            candidate.inputs.drain(from..(from + length).min(best.inputs.len()));
            if !attempt(best, candidate) {
                from += length;
            }
        }
        length /= 2;
    }
}

/// Ends the faults right after the last input.
fn sooner_healed(best: &mut Plan, attempt: &mut impl FnMut(&mut Plan, Plan) -> bool) {
    let last = best.inputs.last().map_or(0, |input| input.at_ms);
    for heal_at_ms in [last + 1_000, last + 5_000, last + 10_000] {
        if heal_at_ms < best.heal_at_ms && attempt(best, Plan { heal_at_ms, ..best.clone() }) {
            return;
        }
    }
}

fn fewer_settings(best: &mut Plan, attempt: &mut impl FnMut(&mut Plan, Plan) -> bool) {
    for name in best.setup.settings.keys().cloned().collect::<Vec<_>>() {
        let mut candidate = best.clone();
        candidate.setup.settings.remove(&name);
        attempt(best, candidate);
    }
}

/// Kafka's defaults in place of what was drawn, one partition in place of several.
fn simpler_inputs(best: &mut Plan, attempt: &mut impl FnMut(&mut Plan, Plan) -> bool) {
    for at in 0..best.inputs.len() {
        let Some(input) = best.inputs.get(at) else { continue };
        for command in simpler(&input.command) {
            let mut candidate = best.clone();
            if let Some(input) = candidate.inputs.get_mut(at) {
                input.command = command;
            }
            attempt(best, candidate);
        }
    }
}

fn simpler(command: &Command) -> Vec<Command> {
    let mut all = Vec::new();
    match command {
        Command::CreateTopic { name, partitions, replication_factor, configs } => {
            let make = |partitions, configs| Command::CreateTopic {
                name: name.clone(),
                partitions,
                replication_factor: *replication_factor,
                configs,
            };
            all.push(make(1, configs.clone()));
            for config in configs.keys() {
                let mut fewer = configs.clone();
                fewer.remove(config);
                all.push(make(*partitions, fewer));
            }
        }
        Command::AddProducer { name, topic, per_minute, keys, acks, config, transactions } => {
            let make = |per_minute, config: SortedMap<String, String>| Command::AddProducer {
                name: name.clone(),
                topic: topic.clone(),
                per_minute,
                keys: keys.clone(),
                acks: acks.clone(),
                transactions: transactions.clone().filter(|_| config.contains_key("transactional.id")),
                config,
            };
            all.extend([make(60, config.clone()), make(*per_minute, Default::default())]);
            for name in config.keys() {
                let mut fewer = config.clone();
                fewer.remove(name);
                all.push(make(*per_minute, fewer));
            }
        }
        _ => {}
    }
    all
}

/// Whole seconds, else tenths.
fn rounder_times(best: &mut Plan, attempt: &mut impl FnMut(&mut Plan, Plan) -> bool) {
    for at in 0..best.inputs.len() {
        for unit in [1_000, 100] {
            let mut candidate = best.clone();
            let Some(input) = candidate.inputs.get_mut(at) else { continue };
            let rounded = input.at_ms / unit * unit;
            if rounded == input.at_ms {
                break;
            }
            input.at_ms = rounded;
            candidate.inputs.sort_by_key(|input: &Planned| input.at_ms);
            if attempt(best, candidate) {
                break;
            }
        }
    }
}
