//! Logs as files: over HTTP, `GET /export/2/orders-0/00000000000000000000.log`, and from the shell, `partita export`.
//!
//! `GET /export`, `/export/2` and `/export/2/orders-0` list what there is, a line a file: its path, a tab, its size in bytes. As with
//! commands, only this machine is served, and no page but the server's own.

use super::commands::{Asked, Commands, failed};
use super::options::ExportOptions;
use super::shell::{NoAnswer, ask};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::path::{Component, Path as FilePath};
use std::process::ExitCode;
use tokio::sync::oneshot;

/// The routes, still open to all.
pub(super) fn router() -> Router<Commands> {
    Router::new().route("/export", get(list_all)).route("/export/{*path}", get(export))
}

async fn list_all(commands: State<Commands>) -> Response {
    export(commands, Path(String::new())).await
}

async fn export(State(commands): State<Commands>, Path(path): Path<String>) -> Response {
    let (sender, answer) = oneshot::channel();
    let asked = commands.ask(Asked::Export(path.trim_end_matches('/').to_owned(), sender)).await;
    match (asked, answer.await) {
        (true, Ok(Some(Exported::Files(lines)))) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines).into_response(),
        (true, Ok(Some(Exported::Content(content)))) => {
            let name = path.rsplit('/').next().unwrap_or_default();
            let headers = [
                (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, Body::from(content)).into_response()
        }
        (true, Ok(None)) => failed(StatusCode::NOT_FOUND, "There is no such log: GET /export lists what there is."),
        (false, _) | (true, Err(_)) => failed(StatusCode::SERVICE_UNAVAILABLE, "The cluster is gone."),
    }
}

/// What was asked for.
pub(super) enum Exported {
    /// What there is, a line a file.
    Files(String),
    Content(Vec<u8>),
}

/// Writes logs as files into a folder. Status 0: it is done; 1: there is no such log, or a file cannot be written; 2: there was nobody to
/// ask.
pub(super) fn run(options: &ExportOptions) -> ExitCode {
    match write_files(options) {
        Ok(count) => {
            println!("{count} files in {}", options.to.display());
            ExitCode::SUCCESS
        }
        Err(Refusal::NoAnswer(why)) => {
            eprintln!("partita: {why}");
            ExitCode::from(2)
        }
        Err(Refusal::Impossible(why)) => {
            eprintln!("partita: {why}");
            ExitCode::from(1)
        }
    }
}

enum Refusal {
    NoAnswer(String),
    Impossible(String),
}

impl From<NoAnswer> for Refusal {
    fn from(NoAnswer(why): NoAnswer) -> Self {
        Self::NoAnswer(why)
    }
}

fn write_files(options: &ExportOptions) -> Result<usize, Refusal> {
    let below: Vec<String> = options.node.iter().map(ToString::to_string).chain(options.partition.clone()).collect();
    let listed = fetch(options, &below.join("/"))?.ok_or_else(|| Refusal::Impossible(format!("there is no log {}", below.join("/"))))?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let mut count = 0;
    for path in listed.lines().filter_map(|line| line.split('\t').next()) {
        // A segment may have gone since.
        let Some(content) = fetch(options, path)? else { continue };
        write(&options.to, path, &content).map_err(|error| Refusal::Impossible(format!("{path}: {error}")))?;
        count += 1;
    }
    Ok(count)
}

fn fetch(options: &ExportOptions, path: &str) -> Result<Option<Vec<u8>>, NoAnswer> {
    match ask(options.port, "GET", format!("/export/{path}").trim_end_matches('/'), "")? {
        (200, content) => Ok(Some(content)),
        (404, _) => Ok(None),
        (status, _) => Err(NoAnswer(format!("what answers there is no `partita serve` of this version (HTTP status {status})"))),
    }
}

fn write(folder: &FilePath, path: &str, content: &[u8]) -> std::io::Result<()> {
    let path = FilePath::new(path);
    if !path.components().all(|component| matches!(component, Component::Normal(_))) {
        return Err(std::io::Error::other("not a path within the folder"));
    }
    let file = folder.join(path);
    if let Some(parent) = file.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(file, content)
}
