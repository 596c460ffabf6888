//! Random histories with every invariant checked after every step, and the checks checked: deliberate bugs, each of which must be found.
//!
//! Both take an optimised build: `cargo xtask test explore` makes it. Otherwise only a few histories are played.

#[cfg(feature = "deliberate-bugs")]
use partita::playground::explore::Failure;
use partita::playground::explore::{Plan, Played, Theme, play};

/// How many histories are played.
const SEEDS: u64 = if cfg!(feature = "deliberate-bugs") { 2_000 } else { 12 };

fn played(seed: u64, theme: Option<Theme>) -> Played {
    play(&Plan::generate(seed, theme)).unwrap_or_else(|failure| panic!("seed {seed}: {failure}"))
}

#[test]
fn no_history_breaks_an_invariant_and_every_cluster_finds_its_way_back() {
    let failed: Vec<String> =
        (1..=SEEDS).filter_map(|seed| played(seed, None).failure.map(|failure| format!("seed {seed}: {failure}"))).take(5).collect();
    assert!(failed.is_empty(), "{}\n\n`cargo xtask explore --from SEED --seeds 1` shrinks one", failed.join("\n"));
}

#[test]
fn a_plan_plays_alike_whenever_it_is_played() {
    for seed in 1..=3 {
        let (one, again) = (played(seed, None), played(seed, None));
        assert_eq!((one.steps, one.session.trace().hash()), (again.steps, again.session.trace().hash()), "seed {seed}");
    }
}

#[test]
fn histories_are_worth_playing() {
    let acknowledged: u64 = (1..=6).map(|seed| played(seed, Some(Theme::Failover)).acknowledged).sum();
    assert!(acknowledged > 100, "{acknowledged} records acknowledged in six histories");
}

#[test]
fn a_plan_survives_its_way_through_a_link() {
    let plan = Plan::generate(5, None);
    let scenario = plan.to_scenario(plan.heal_at_ms);
    let link = scenario.to_link();
    assert_eq!(partita::playground::Scenario::read(&link).as_ref(), Ok(&scenario));
}

/// What was found: an invariant that does not hold, or a cluster that does not find its way back.
#[cfg(feature = "deliberate-bugs")]
fn found(failure: Option<Failure>) -> Option<String> {
    match failure? {
        Failure::Violation(violation) => Some(violation.invariant.name().to_owned()),
        Failure::Stuck { what, .. } => Some(format!("stuck: {what:?}")),
        Failure::Setup { .. } | Failure::Endless | Failure::Panic { .. } => None,
    }
}

#[cfg(feature = "deliberate-bugs")]
mod bugs {
    use super::{found, play};
    use partita::base::bugs::{Bug, wake};
    use partita::playground::explore::{Plan, Theme};

    /// Each bug, the scenario in which it is looked for, and within how many seeds it must be found.
    const BUGS: &[(Bug, Theme, u64)] = &[
        (Bug::AcknowledgeBeforeTheIsrHasIt, Theme::Failover, 10),
        (Bug::HighWatermarkBeyondTheIsr, Theme::Failover, 150),
        (Bug::ReadBeyondTheHighWatermark, Theme::Groups, 10),
        (Bug::SkipTruncation, Theme::Failover, 200),
        (Bug::TwoLeadersInAnEpoch, Theme::Failover, 10),
        (Bug::ForgetAFencedEpoch, Theme::Failover, 50),
        (Bug::ElectOutsideTheIsr, Theme::Failover, 100),
        (Bug::AcceptADuplicate, Theme::Failover, 50),
        (Bug::DropATombstoneEarly, Theme::Compaction, 100),
        (Bug::KeepTheOldestOfAKey, Theme::Compaction, 20),
        (Bug::CommitAnOffsetTwice, Theme::Groups, 50),
        (Bug::LoadHalfOfTheGroups, Theme::Groups, 50),
        (Bug::VoteTwice, Theme::Controllers, 50),
        (Bug::CommitMetadataAlone, Theme::Controllers, 150),
    ];

    /// A bug's name may be given to look for that one alone: `PARTITA_BUG=SkipTruncation`.
    fn looked_for() -> impl Iterator<Item = &'static (Bug, Theme, u64)> {
        let only = std::env::var("PARTITA_BUG").ok();
        BUGS.iter().filter(move |(bug, ..)| only.as_ref().is_none_or(|only| *only == format!("{bug:?}")))
    }

    #[test]
    fn every_deliberate_bug_is_found_within_its_seeds() {
        let mut missed = Vec::new();
        for (bug, theme, within) in looked_for() {
            wake(Some(*bug));
            let hit = (1..=*within).find_map(|seed| {
                let failure = play(&Plan::generate(seed, Some(*theme))).map_or_else(Some, |played| played.failure);
                found(failure).map(|what| (seed, what))
            });
            wake(None);
            match hit {
                Some((seed, what)) => println!("{bug:?}: {what}, at seed {seed} of {}", theme.name()),
                None => missed.push(format!("{bug:?} is not found within {within} seeds of {}", theme.name())),
            }
        }
        assert!(missed.is_empty(), "{}", missed.join("\n"));
    }
}
