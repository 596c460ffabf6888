//! What time travel keeps in memory.

#[path = "support/memory.rs"]
mod memory;

use partita::base::Duration;
use partita::playground::{Command, History, KEYFRAMES_MAX, Setup};

/// The first scene, and a producer that writes quicker.
fn busy(seconds: u64) -> History {
    let mut history = History::scene(Setup::default()).expect("the scene can be");
    let busy: Command =
        serde_json::from_str(r#"{"do": "addProducer", "topic": "orders", "perMinute": 3000}"#).expect("a command that there is");
    history.apply(1, busy);
    history.advance(history.now() + Duration::from_secs(seconds));
    history
}

#[test]
fn a_keyframe_costs_what_changed_since_the_one_before_it() {
    let mut history = busy(20);
    let clone = memory::asked_by(|| drop(history.session().clone()));
    let span = |history: &mut History| {
        let until = history.now() + Duration::from_secs(1);
        memory::asked_by(|| history.advance(until))
    };
    let without = span(&mut history);
    let frame = history.session().clone();
    let with = span(&mut history);
    drop(frame);
    println!("a clone asks for {clone} bytes; a second asks for {without}, after a keyframe for {with}");
    // To go on from a keyframe copies what changes, once; the rest of what is asked for is asked for without one, too.
    let kept = clone + with.saturating_sub(without);
    assert!(kept < 3_000_000, "a keyframe keeps {kept} bytes");
}

#[test]
fn a_keyframe_keeps_the_last_of_what_happened_and_goes_on_alike() {
    let mut history = busy(40);
    let mut session = history.session().clone();
    session.simulation_mut().thin();
    let (all, kept) = (history.session().simulation(), session.simulation());
    assert!(all.trace().events().len() > 20_000 && kept.trace().events().len() < 11_000, "{} events", all.trace().events().len());
    assert!(all.trace().events().rev().zip(kept.trace().events().rev()).all(|(one, other)| one == other));
    let until = history.now() + Duration::from_secs(1);
    history.advance(until);
    session.advance(until);
    assert_eq!(history.session().trace().hash(), session.trace().hash());
}

#[test]
fn keyframes_are_no_more_than_their_bound() {
    let history = busy(25);
    let steps = history.position().steps;
    assert!(steps > 5_000, "{steps} steps");
    assert!((8..=KEYFRAMES_MAX).contains(&history.keyframes()), "{} keyframes", history.keyframes());
}

#[test]
fn a_history_with_many_processes_has_half_as_many_keyframes() {
    let mut history = busy(5);
    for n in 0..60 {
        let add = format!(r#"{{"do": "addConsumer", "group": "many", "topics": ["orders"], "name": "m{n}"}}"#);
        history.apply(n, serde_json::from_str(&add).expect("a command that there is"));
    }
    // With 64, none would have gone yet.
    while history.position().steps < 30_000 {
        history.advance(history.now() + Duration::from_secs(1));
    }
    assert!((8..=KEYFRAMES_MAX / 2).contains(&history.keyframes()), "{} keyframes", history.keyframes());
}
