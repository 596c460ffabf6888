//! Those who look at the cluster through a page: each gets the newest view, as JSON, as soon as it can take it, and gives commands.

use super::hub::Hub;
use crate::view::{Builder, Feed, FromPage, Outcome, ToPage, View};
use axum::extract::ws::{Message, WebSocket};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};

/// The shortest time between two views.
const VIEW_EVERY: Duration = Duration::from_millis(50);
/// The longest: time goes on, also where nothing happens.
const VIEW_AT_LEAST_EVERY: Duration = Duration::from_secs(1);
/// Commands that wait for the engine; who gives more waits too.
const COMMANDS_MAX: usize = 64;
/// Who looks at once; more are turned away.
const VIEWERS_MAX: usize = 32;
/// How long a viewer has to take a view.
const TAKES: Duration = Duration::from_secs(10);

/// The way to the engine for the tasks of HTTP.
#[derive(Clone)]
pub(super) struct Viewers {
    views: Arc<watch::Sender<Arc<View>>>,
    somebody_came: Arc<Notify>,
    commands: mpsc::Sender<FromPage>,
    numbers: Arc<AtomicU32>,
}

/// Begins to show the cluster of this hub, to whoever comes. `bootstrap` is where clients connect.
pub(super) fn start(hub: &Rc<Hub>, bootstrap: Vec<Arc<str>>) -> Viewers {
    let (commands, given) = mpsc::channel(COMMANDS_MAX);
    let viewers =
        Viewers { views: Arc::new(watch::Sender::new(Arc::default())), somebody_came: Arc::default(), commands, numbers: Arc::default() };
    tokio::task::spawn_local(take_commands(Rc::clone(hub), given));
    tokio::task::spawn_local(show(Rc::clone(hub), viewers.clone(), bootstrap));
    viewers
}

async fn take_commands(hub: Rc<Hub>, mut given: mpsc::Receiver<FromPage>) {
    while let Some(FromPage { request, command }) = given.recv().await {
        hub.apply(request, command);
    }
}

/// Builds views while somebody looks.
async fn show(hub: Rc<Hub>, viewers: Viewers, bootstrap: Vec<Arc<str>>) {
    let mut builder = Builder::default();
    loop {
        if viewers.views.receiver_count() == 0 {
            viewers.somebody_came.notified().await;
        }
        viewers.views.send_replace(Arc::new(hub.view(&mut builder, &bootstrap)));
        tokio::time::sleep(VIEW_EVERY).await;
        tokio::select! {
            () = hub.changed.notified() => {}
            () = viewers.somebody_came.notified() => {}
            () = tokio::time::sleep(VIEW_AT_LEAST_EVERY) => {}
        }
    }
}

impl Viewers {
    /// Serves one viewer until it goes.
    pub async fn serve(self, mut socket: WebSocket) {
        if self.views.receiver_count() >= VIEWERS_MAX {
            let message = format!("{VIEWERS_MAX} pages show this cluster already");
            let _ = send(&mut socket, &ToPage::Refused { message }).await;
            return;
        }
        let viewer = self.numbers.fetch_add(1, Ordering::Relaxed);
        let mut views = self.views.subscribe();
        let mut feed = Feed::default();
        self.somebody_came.notify_one();
        loop {
            let going_on = tokio::select! {
                changed = views.changed() => {
                    let view = of_viewer(&views.borrow_and_update(), viewer);
                    match feed.give(&view) {
                        _ if changed.is_err() => false,
                        Some(message) => send(&mut socket, &message).await,
                        None => true,
                    }
                }
                message = socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => match asked(&text, viewer) {
                        Ok(command) => self.commands.send(command).await.is_ok(),
                        Err(message) => send(&mut socket, &ToPage::Refused { message }).await,
                    },
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => true,
                    Some(Ok(Message::Binary(_) | Message::Close(_)) | Err(_)) | None => false,
                },
            };
            if !going_on {
                return;
            }
        }
    }
}

/// False where the viewer is gone, or takes nothing.
async fn send(socket: &mut WebSocket, message: &ToPage) -> bool {
    // Plain data with text for keys: it always has a JSON form.
    let Ok(text) = serde_json::to_string(message) else { return false };
    let sent = tokio::time::timeout(TAKES, socket.send(Message::Text(text.into()))).await;
    sent.is_ok_and(|sent| sent.is_ok())
}

/// A viewer's command. Viewers number theirs as they like, so the engine's number has the viewer's before it.
fn asked(text: &str, viewer: u32) -> Result<FromPage, String> {
    let FromPage { request, command } = serde_json::from_str(text).map_err(|error| format!("This is no command: {error}"))?;
    let number = u32::try_from(request).map_err(|_| format!("The request number {request} is above {}", u32::MAX))?;
    Ok(FromPage { request: u64::from(viewer) << 32 | u64::from(number), command })
}

/// The view with the outcomes of this viewer's commands only.
fn of_viewer(view: &View, viewer: u32) -> View {
    let mut own = view.clone();
    own.outcomes.retain(|outcome| outcome.request >> 32 == u64::from(viewer));
    for outcome in &mut own.outcomes {
        *outcome = Arc::new(Outcome { request: outcome.request & u64::from(u32::MAX), ..Outcome::clone(outcome) });
    }
    own
}
