//! Commands over HTTP, and how the nodes are: what a shell, or a test of a real client, asks of a running cluster.
//!
//! `POST /command` takes a command as JSON, waits until it is carried out, and answers with its outcome; `GET /state` tells of nodes and
//! links. Both are for this machine only, and for no page but the server's own.

use super::export::{self, Exported};
use super::hub::Hub;
use super::page::{of_this_origin, text};
use crate::playground::{Command, OutcomeState};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// A command may carry a record, and a record 1 MiB.
const BODY_BYTES_MAX: usize = 4 << 20;
/// Those who wait for the engine; who comes then waits too.
const WAITING_MAX: usize = 64;
/// How long a command may take before its sender is told that it goes on.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is asked of the engine, and where the answer goes.
pub(super) enum Asked {
    Command(Command, oneshot::Sender<OutcomeState>),
    State(oneshot::Sender<Value>),
    /// A file, or what files there are.
    Export(String, oneshot::Sender<Option<Exported>>),
}

/// The way to the engine for the tasks of HTTP.
#[derive(Clone)]
pub(super) struct Commands(mpsc::Sender<Asked>);

impl Commands {
    /// False where the cluster is gone.
    pub async fn ask(&self, asked: Asked) -> bool {
        self.0.send(asked).await.is_ok()
    }
}

/// Begins to take commands for the cluster of this hub.
pub(super) fn start(hub: &Rc<Hub>) -> Commands {
    let (sender, asked) = mpsc::channel(WAITING_MAX);
    tokio::task::spawn_local(take(Rc::clone(hub), asked));
    Commands(sender)
}

async fn take(hub: Rc<Hub>, mut asked: mpsc::Receiver<Asked>) {
    while let Some(asked) = asked.recv().await {
        match asked {
            Asked::Command(command, answer) => {
                tokio::task::spawn_local(carry_out(Rc::clone(&hub), command, answer));
            }
            // Who asked may have gone.
            Asked::State(answer) => drop(answer.send(hub.state())),
            Asked::Export(path, answer) => drop(answer.send(hub.export(&path))),
        }
    }
}

async fn carry_out(hub: Rc<Hub>, command: Command, answer: oneshot::Sender<OutcomeState>) {
    let outcome = hub.carry_out(command);
    let state = tokio::time::timeout(PATIENCE, outcome).await.unwrap_or(OutcomeState::Pending);
    drop(answer.send(state));
}

/// The routes, for those who may ask.
pub(super) fn router(commands: Commands) -> Router {
    Router::new()
        .route("/command", post(command).fallback(only_post))
        .route("/state", get(state))
        .merge(export::router())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(guard))
        .with_state(commands)
}

/// Commands change things, so nobody may give them but who sits at this machine: no other machine, and no page of another server that a
/// browser here has open.
async fn guard(request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    if !peer.is_some_and(|peer| peer.is_loopback()) {
        return failed(StatusCode::FORBIDDEN, "Commands are taken from this machine only.");
    }
    let headers = request.headers();
    if headers.contains_key(header::ORIGIN) && !of_this_origin(headers) {
        return failed(StatusCode::FORBIDDEN, "Commands are not taken from pages of other servers.");
    }
    next.run(request).await
}

async fn only_post() -> Response {
    failed(StatusCode::METHOD_NOT_ALLOWED, "Give commands with POST.")
}

async fn command(State(commands): State<Commands>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_json(&headers) {
        return failed(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Give commands as JSON: Content-Type: application/json.");
    }
    let command = match Command::from_json(&String::from_utf8_lossy(&body)) {
        Ok(command) => command,
        Err(error) => return failed(StatusCode::BAD_REQUEST, &format!("This is no command: {error}")),
    };
    let (sender, answer) = oneshot::channel();
    let asked = commands.0.send(Asked::Command(command, sender)).await;
    match (asked, answer.await) {
        (Ok(()), Ok(outcome)) => {
            let status = match outcome {
                OutcomeState::Done { .. } => StatusCode::OK,
                OutcomeState::Pending => StatusCode::ACCEPTED,
                OutcomeState::Failed { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            };
            answered(status, &outcome)
        }
        (Err(_), _) | (_, Err(_)) => failed(StatusCode::SERVICE_UNAVAILABLE, "The cluster is gone."),
    }
}

async fn state(State(commands): State<Commands>) -> Response {
    let (sender, answer) = oneshot::channel();
    let asked = commands.0.send(Asked::State(sender)).await;
    match (asked, answer.await) {
        (Ok(()), Ok(state)) => answered(StatusCode::OK, &state),
        (Err(_), _) | (_, Err(_)) => failed(StatusCode::SERVICE_UNAVAILABLE, "The cluster is gone."),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = text(headers, header::CONTENT_TYPE).and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

pub(super) fn failed(status: StatusCode, message: &str) -> Response {
    answered(status, &json!({ "is": "failed", "error": null, "message": message, "field": null }))
}

fn answered(status: StatusCode, body: &impl serde::Serialize) -> Response {
    // Plain data with text for keys: it always has a JSON form.
    let body = serde_json::to_string(body).unwrap_or_default() + "\n";
    (status, [(header::CONTENT_TYPE, "application/json")], Body::from(body)).into_response()
}
