//! The same seed and the same inputs give the same trace, byte for byte: run after run, and natively as in a browser. This file is compiled
//! for both; the hashes are in `determinism/hashes.txt`.

#[path = "determinism/scenarios.rs"]
mod scenarios;

use scenarios::SCENARIOS;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A line a scenario: its name, a space, its trace's hash in hex.
const HASHES: &str = include_str!("determinism/hashes.txt");

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_scenario_has_the_trace_that_was_recorded() {
    let found: Vec<String> = SCENARIOS.iter().map(|(name, play)| format!("{name} {:016x}", play(7).trace().hash())).collect();
    let recorded: Vec<&str> = HASHES.lines().collect();
    assert_eq!(found, recorded, "if the engine was changed on purpose, determinism/hashes.txt becomes:\n{}\n", found.join("\n"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_second_run_is_the_first_one_again_and_another_seed_is_not() {
    for (name, play) in SCENARIOS {
        let (one, again, other) = (play(3), play(3), play(4));
        assert!(one.trace().events().eq(again.trace().events()), "{name} differs from itself");
        assert_ne!(one.trace().hash(), other.trace().hash(), "{name} does not depend on its seed");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_clone_goes_on_as_the_original_does() {
    for (name, play) in SCENARIOS {
        let mut original = play(5);
        let mut clone = original.clone();
        let later = partita::base::Instant::from_micros(original.now().as_micros() + 20_000_000);
        original.advance(later);
        clone.advance(later);
        assert_eq!(original.trace().hash(), clone.trace().hash(), "{name} goes another way after a clone");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_event_but_a_sessions_first_ones_has_a_cause_before_it() {
    for (name, play) in SCENARIOS {
        let session = play(6);
        for event in session.trace().events() {
            assert!(event.cause.is_none_or(|cause| cause < event.id), "{name}: {event:?} is caused by what came later");
        }
        let moved = session.trace().events().filter(|event| scenarios::needs_a_cause(&event.kind));
        for event in moved {
            assert!(event.cause.is_some(), "{name}: nothing brought {event:?} about");
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn no_scenario_breaks_an_invariant() {
    for (name, play) in SCENARIOS {
        assert_eq!(play(8).simulation().violations(), [], "{name}");
    }
}
