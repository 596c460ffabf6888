//! Running other programs.

use crate::Result;
use crate::say::Step;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// A command in the project's folder, without standard input.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    command
}

/// The cargo that runs this chore.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// What a command prints on standard output; `None` where it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where PATH has a program.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Runs a command with its output shown.
pub fn shown(command: &mut Command, what: &str) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    status.success().then_some(()).ok_or_else(|| format!("{what} failed ({status})"))
}

/// Runs a command quietly, as a step whose progress `how_far` tells from the lines it prints; shows their end if it fails.
/// `mend` says what one can do about a failure.
pub fn quietly(command: &mut Command, mut step: Step, how_far: impl FnMut(&str) -> String, mend: &str) -> Result<()> {
    let (status, lines) = follow(command, &mut step, how_far)?;
    if status.success() {
        step.done();
        return Ok(());
    }
    let end = lines[lines.len().saturating_sub(25)..].join("\n");
    Err(format!("{end}\n\n`{}` failed ({status}).\n{mend}", line(command)))
}

fn follow(command: &mut Command, step: &mut Step, mut how_far: impl FnMut(&str) -> String) -> Result<(ExitStatus, Vec<String>)> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    let (sender, receiver) = std::sync::mpsc::channel();
    let pipes: [Option<Box<dyn Read + Send>>; 2] =
        [child.stdout.take().map(|pipe| Box::new(pipe) as _), child.stderr.take().map(|pipe| Box::new(pipe) as _)];
    for pipe in pipes.into_iter().flatten() {
        let sender = sender.clone();
        std::thread::spawn(move || {
            BufReader::new(pipe).lines().map_while(|line| line.ok()).for_each(|line| drop(sender.send(line)));
        });
    }
    drop(sender);
    let (mut lines, mut far) = (Vec::new(), "under way".to_owned());
    loop {
        // A program may be silent for long: that it goes on is said all the same.
        match receiver.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => {
                far = how_far(&line);
                lines.push(line);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        step.news(|| far.clone());
    }
    let status = child.wait().map_err(|error| format!("`{}`: {error}", self::line(command)))?;
    Ok((status, lines))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` cannot be started: {error}", command.get_program().to_string_lossy())
}

/// A command as one would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
