//! `cargo xtask protocol --jars DIR`: writes `src/wire/messages/` from the message specifications in Apache Kafka's jars.
//!
//! `DIR` is the `libs` folder of an Apache Kafka distribution, or any that holds its jars. What is written is committed, so that a build
//! needs neither.

mod render;
mod schema;

use schema::{Kind, Message};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The jars with specifications.
const JARS: [&str; 7] = [
    "kafka-clients",
    "kafka-metadata",
    "kafka-group-coordinator",
    "kafka-transaction-coordinator",
    "kafka-share-coordinator",
    "kafka-raft",
    "kafka-storage",
];

const USAGE: &str = "usage: cargo xtask protocol --jars DIR   (DIR holds Apache Kafka's jars: kafka-clients-4.3.1.jar and others)";

/// Runs the chore with what follows its name on the command line.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [flag, jars] = arguments else { return Err(USAGE.to_owned()) };
    if flag != "--jars" {
        return Err(USAGE.to_owned());
    }
    let (version, messages) = read_jars(Path::new(jars))?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/wire/messages");
    let files = render_all(&version, &messages)?;
    write_folder(&folder, &files)?;
    println!("{} messages of Apache Kafka {version}: {} files in src/wire/messages", messages.len(), files.len());
    Ok(())
}

/// All messages but the headers and those without versions, by name, and Kafka's version.
fn read_jars(folder: &Path) -> Result<(String, Vec<Message>), String> {
    let mut messages = BTreeMap::new();
    let mut version = String::new();
    for jar in JARS {
        let (path, found) = find_jar(folder, jar)?;
        version = found;
        let file = fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut archive = zip::ZipArchive::new(file).map_err(|error| format!("{}: {error}", path.display()))?;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = entry.name().map_err(|error| format!("{}: {error}", path.display()))?.into_owned();
            let of_interest = ["common/message/", "common/metadata/", "message/"].iter().any(|prefix| name.starts_with(prefix));
            if !of_interest || !name.ends_with(".json") {
                continue;
            }
            let mut text = String::new();
            entry.read_to_string(&mut text).map_err(|error| format!("{name}: {error}"))?;
            let Some(message) = schema::parse(&text).map_err(|error| format!("{name}: {error}"))? else { continue };
            let message = Message { cluster_metadata: name.starts_with("common/metadata/"), ..message };
            if let Some(other) = messages.insert(message.name.clone(), message) {
                return Err(format!("two messages are called {}", other.name));
            }
        }
    }
    Ok((version, messages.into_values().collect()))
}

/// The jar's path and version.
fn find_jar(folder: &Path, name: &str) -> Result<(PathBuf, String), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    entries
        .flatten()
        .find_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let version = file.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(".jar")?;
            version.starts_with(|first: char| first.is_ascii_digit()).then(|| (entry.path(), version.to_owned()))
        })
        .ok_or_else(|| format!("{}: no {name}-VERSION.jar", folder.display()))
}

/// File names and their text.
fn render_all(version: &str, messages: &[Message]) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    for message in messages {
        let text = render::message(version, message).map_err(|error| format!("{}: {error}", message.name))?;
        files.insert(format!("{}.rs", message.module()), text);
    }
    let requests: Vec<&Message> = messages.iter().filter(|message| message.kind == Kind::Request).collect();
    let responses: BTreeSet<i16> =
        messages.iter().filter(|message| message.kind == Kind::Response).filter_map(|message| message.key).collect();
    if let Some(lonely) = requests.iter().find(|request| !request.key.is_some_and(|key| responses.contains(&key))) {
        return Err(format!("{} has no response", lonely.name));
    }
    files.insert("api_key.rs".to_owned(), render::api_key(version, &requests));
    files.insert("metadata_record.rs".to_owned(), render::metadata_record(version, messages));
    files.insert("mod.rs".to_owned(), render::index(version, messages));
    Ok(files)
}

fn write_folder(folder: &Path, files: &BTreeMap<String, String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    for entry in fs::read_dir(folder).map_err(failed)?.flatten() {
        if !files.contains_key(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    for (name, text) in files {
        fs::write(folder.join(name), text).map_err(failed)?;
    }
    let status = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(folder.join("../../../rustfmt.toml"))
        .arg(folder.join("mod.rs"))
        .status()
        .map_err(|error| format!("rustfmt: {error}"))?;
    status.success().then_some(()).ok_or_else(|| "rustfmt failed".to_owned())
}
