//! Those who look at the cluster through a page: each gets the newest view, as JSON, as soon as it can take it, and gives commands.

use super::hub::Hub;
use crate::playground::Command;
use crate::view::{Answer, Builder, Feed, FromPage, Outcome, Query, Says, ToPage, View};
use axum::extract::ws::{Message, WebSocket};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, oneshot, watch};

/// The shortest time between two views.
const VIEW_EVERY: Duration = Duration::from_millis(50);
/// The longest: time goes on, also where nothing happens.
const VIEW_AT_LEAST_EVERY: Duration = Duration::from_secs(1);
/// Commands and queries that wait for the engine; who gives more waits too.
const WISHES_MAX: usize = 64;
/// Who looks at once; more are turned away.
const VIEWERS_MAX: usize = 32;
/// How long a viewer has to take a view.
const TAKES: Duration = Duration::from_secs(10);

/// The way to the engine for the tasks of HTTP.
#[derive(Clone)]
pub(super) struct Viewers {
    views: Arc<watch::Sender<Arc<View>>>,
    somebody_came: Arc<Notify>,
    wishes: mpsc::Sender<Wish>,
    numbers: Arc<AtomicU32>,
}

/// What a viewer wants of the engine.
enum Wish {
    Command {
        /// The viewer's number is before its own.
        request: u64,
        command: Command,
    },
    Query {
        query: Query,
        answered: oneshot::Sender<Answer>,
    },
}

/// Begins to show the cluster of this hub, to whoever comes. `bootstrap` is where clients connect.
pub(super) fn start(hub: &Rc<Hub>, bootstrap: Vec<Arc<str>>) -> Viewers {
    let (wishes, given) = mpsc::channel(WISHES_MAX);
    let viewers =
        Viewers { views: Arc::new(watch::Sender::new(Arc::default())), somebody_came: Arc::default(), wishes, numbers: Arc::default() };
    tokio::task::spawn_local(take_wishes(Rc::clone(hub), given));
    tokio::task::spawn_local(show(Rc::clone(hub), viewers.clone(), bootstrap));
    viewers
}

async fn take_wishes(hub: Rc<Hub>, mut given: mpsc::Receiver<Wish>) {
    while let Some(wish) = given.recv().await {
        match wish {
            Wish::Command { request, command } => hub.apply(request, command),
            // A viewer that is gone is not answered.
            Wish::Query { query, answered } => drop(answered.send(hub.answer(&query))),
        }
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
                    Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                        Ok(wanted) => self.serve_wish(&mut socket, viewer, wanted).await,
                        Err(error) => {
                            let message = format!("This is no command and no query: {error}");
                            send(&mut socket, &ToPage::Refused { message }).await
                        }
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

    /// Gives a viewer's command, or answers its query. Viewers number theirs as they like, so the engine's number has the viewer's before it.
    async fn serve_wish(&self, socket: &mut WebSocket, viewer: u32, wanted: FromPage) -> bool {
        let FromPage { request, says } = wanted;
        let query = match says {
            Says::Command(command) => {
                let Ok(number) = u32::try_from(request) else {
                    let message = format!("The request number {request} is above {}", u32::MAX);
                    return send(socket, &ToPage::Refused { message }).await;
                };
                let request = u64::from(viewer) << 32 | u64::from(number);
                return self.wishes.send(Wish::Command { request, command }).await.is_ok();
            }
            Says::Query(query) => query,
        };
        let (answered, answer) = oneshot::channel();
        if self.wishes.send(Wish::Query { query, answered }).await.is_err() {
            return false;
        }
        match answer.await {
            Ok(answer) => send(socket, &ToPage::Answer { request, answer: Box::new(answer) }).await,
            Err(_) => false,
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

/// The view with the outcomes of this viewer's commands only.
fn of_viewer(view: &View, viewer: u32) -> View {
    let mut own = view.clone();
    own.outcomes.retain(|outcome| outcome.request >> 32 == u64::from(viewer));
    for outcome in &mut own.outcomes {
        *outcome = Arc::new(Outcome { request: outcome.request & u64::from(u32::MAX), ..Outcome::clone(outcome) });
    }
    own
}
