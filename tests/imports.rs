//! Holds the house to its plan: which folder of `src/` may know which, and what none below the hosts may know at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each folder, with those that it may use.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("base", &[]),
    ("wire", &["base"]),
    ("network", &["base", "wire"]),
    ("log", &["base", "wire"]),
    ("coordinator", &["base", "wire", "log"]),
    ("controller", &["base", "wire", "log", "network"]),
    ("client", &["base", "wire", "network"]),
    ("broker", &["base", "wire", "log", "coordinator", "controller", "network"]),
    ("simulation", &["base", "wire", "log", "coordinator", "controller", "broker", "client", "network"]),
    ("playground", &["base", "wire", "log", "coordinator", "controller", "broker", "client", "network", "simulation"]),
    ("view", &["base", "wire", "log", "coordinator", "controller", "broker", "client", "network", "simulation", "playground"]),
    ("ui", &["base", "client", "simulation", "playground", "view"]),
    ("embed", &["base", "simulation", "playground", "view", "ui"]),
    ("serve", &["base", "wire", "controller", "broker", "simulation", "playground", "view"]),
];

/// The folders that know of a browser, a socket or a clock.
const HOSTS: [&str; 3] = ["ui", "embed", "serve"];

/// What would make the engine depend on its host, or on chance.
const HOSTS_ONLY: [&str; 17] = [
    "std::time",
    "std::thread",
    "std::net",
    "std::env",
    "std::fs",
    "std::sync::mpsc",
    "async fn",
    "async move",
    "async {",
    "tokio::",
    "axum::",
    "web_sys",
    "js_sys",
    "gloo::",
    "wasm_bindgen",
    "HashMap",
    "HashSet",
];

#[test]
fn folders_use_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for (folder, may_use) in MAY_USE {
        for (file, code) in files_of(folder) {
            for used in folders_used(&code).into_iter().filter(|used| used != folder && !may_use.contains(&used.as_str())) {
                wrong.push(format!("{file}: {folder} must not know {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_network_sees_of_a_frame_only_its_bytes() {
    for (file, code) in files_of("network") {
        let wrong: Vec<&str> = code.lines().filter(|line| line.contains("crate::wire") && !line.contains("crate::wire::Rope")).collect();
        assert!(wrong.is_empty(), "{file}: {wrong:?}");
    }
}

#[test]
fn the_engine_knows_no_clock_socket_thread_browser_or_hash_order() {
    let mut wrong = Vec::new();
    for (folder, _) in MAY_USE.into_iter().filter(|(folder, _)| !HOSTS.contains(folder)) {
        for (file, code) in files_of(folder) {
            let lines = code.lines().enumerate();
            let said =
                lines.flat_map(|(at, line)| HOSTS_ONLY.into_iter().filter(|word| line.contains(word)).map(move |word| (at + 1, word)));
            wrong.extend(said.map(|(at, word)| format!("{file}:{at}: {word}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `base::sorted` weighs a tenth in the page.
#[test]
fn what_the_page_runs_keeps_no_b_trees() {
    for (folder, _) in MAY_USE.into_iter().filter(|(folder, _)| *folder != "serve") {
        for (file, code) in files_of(folder) {
            assert!(!code.contains("BTree"), "{file}: SortedMap or SortedSet of crate::base is what this is");
        }
    }
}

/// What is compiled for the browser alone is tested there: a plain test in it would never run.
#[test]
fn the_tests_inside_the_page_are_run_by_a_browser() {
    for (name, text) in ["ui", "embed"].into_iter().flat_map(texts_of) {
        assert!(!text.contains("#[test]"), "{name} has a test that nothing runs: `#[wasm_bindgen_test]`");
    }
}

#[test]
fn every_folder_is_in_the_plan() {
    let folders = fs::read_dir(source()).expect("src").filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    for folder in folders.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())) {
        assert!(MAY_USE.iter().any(|(known, _)| *known == folder), "src/{folder} has no place in the plan");
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of a folder with their code: without comments, and without tests, which may know more.
fn files_of(folder: &str) -> Vec<(String, String)> {
    texts_of(folder).into_iter().map(|(name, text)| (name, code_of(&text))).collect()
}

/// The files of a folder, but those of tests alone, as they are.
fn texts_of(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![source().join(folder)];
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(&at).expect("a folder of src").filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = fs::read_to_string(&path).expect("a file of src");
                let shown = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path).display().to_string();
                files.push((shown, text));
            }
        }
    }
    assert!(!files.is_empty(), "src/{folder} has no files");
    files
}

fn code_of(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "mod tests {");
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The folders named in paths from the crate's root: `crate::a::b`, and each of `crate::{a, b::c}`.
fn folders_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => used.extend(first_names(group.split("};").next().unwrap_or_default())),
            None => used.extend(name_at(rest)),
        }
    }
    used
}

/// The first name of each member of a group, also where members are groups themselves.
fn first_names(group: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mut names = Vec::new();
    let mut begins = true;
    for (at, c) in group.char_indices() {
        if begins && depth == 0 && !c.is_whitespace() {
            names.extend(name_at(&group[at..]));
            begins = false;
        }
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ => {}
        }
    }
    names
}

fn name_at(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    (!name.is_empty() && text[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())).then_some(name)
}

#[test]
fn names_are_found_in_groups_of_imports() {
    let code = "use crate::{base::{Offset, ids}, wire::Rope};\nlet x = crate::log::Log::new(); crate::Error";
    assert_eq!(folders_used(code).into_iter().collect::<Vec<_>>(), ["base", "log", "wire"]);
}
