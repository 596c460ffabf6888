//! Where the engine, the clock and the connections meet.

use super::clients::Pipe;
use super::export::Exported;
use crate::base::SortedMap;
use crate::base::{ConnectionId, Instant, NodeId};
use crate::broker::Broker;
use crate::playground::{Command, OutcomeState, Session};
use crate::simulation::{Door, Output};
use crate::view::{Answer, Builder, Query, View, query};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// How often the start looks whether the brokers answer.
const READY_POLL: Duration = Duration::from_millis(5);

/// Commands by HTTP have numbers from here, which no viewer's have.
const COMMANDS_FROM: u64 = 1 << 50;

/// Owns the engine. One thread, so it is borrowed for moments only: never across an await.
pub(super) struct Hub {
    engine: RefCell<Session>,
    pipes: RefCell<SortedMap<ConnectionId, Rc<Pipe>>>,
    began: std::time::Instant,
    /// Something came in: the engine has work.
    came: Notify,
    /// Something has happened: a view is old.
    pub changed: Notify,
    /// The same, for all who wait for something to happen.
    turned: Notify,
    /// How brokers answer at their ports.
    doors: SortedMap<NodeId, watch::Sender<Door>>,
    /// Commands that came by HTTP or from the shell, so far.
    commands: Cell<u64>,
}

impl Hub {
    pub fn new(engine: Session) -> Self {
        let nodes = engine.simulation().nodes().filter(|node| node.broker);
        let doors = nodes.map(|node| (node.id, watch::Sender::new(Door::Open))).collect();
        Self {
            doors,
            turned: Notify::new(),
            commands: Cell::new(0),
            engine: RefCell::new(engine),
            pipes: RefCell::default(),
            began: std::time::Instant::now(),
            came: Notify::new(),
            changed: Notify::new(),
        }
    }

    /// Lets time go on, for ever.
    pub async fn drive(self: Rc<Self>) {
        loop {
            let due = self.turn();
            let wait = async {
                match due {
                    Some(due) => tokio::time::sleep_until((self.began + Duration::from_micros(due.as_micros())).into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = self.came.notified() => {}
                () = wait => {}
            }
        }
    }

    /// Lets all happen that is due now, and hands out what is to be written; when something will be due next.
    fn turn(&self) -> Option<Instant> {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        self.changed.notify_one();
        self.turned.notify_waiters();
        self.mind_doors(&engine);
        let mut pipes = self.pipes.borrow_mut();
        while let Some(output) = engine.simulation_mut().poll_output() {
            match output {
                Output::Bytes { connection, bytes } => {
                    if let Some(pipe) = pipes.get(&connection) {
                        pipe.put(&bytes);
                    }
                }
                Output::Close { connection } => {
                    if let Some(pipe) = pipes.remove(&connection) {
                        pipe.end();
                    }
                }
            }
        }
        pipes.values().for_each(|pipe| pipe.engine_turned());
        engine.next_due()
    }

    fn mind_doors(&self, engine: &Session) {
        for (node, shown) in &self.doors {
            let door = engine.simulation().door(*node);
            shown.send_if_modified(|known| std::mem::replace(known, door) != door);
        }
    }

    /// How a broker answers at its port, and when that changes. `None`: there is no such broker.
    pub fn door(&self, node: NodeId) -> Option<watch::Receiver<Door>> {
        self.doors.get(&node).map(watch::Sender::subscribe)
    }

    fn now(&self) -> Instant {
        Instant::from_micros(u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX))
    }

    /// A client connected to a broker. `None`: that broker is not there.
    pub fn connect(&self, host: &str, node: NodeId) -> Option<(ConnectionId, Rc<Pipe>)> {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        let connection = engine.simulation_mut().connect(host, node)?;
        let pipe = Rc::new(Pipe::default());
        self.pipes.borrow_mut().insert(connection, Rc::clone(&pipe));
        self.came.notify_one();
        Some((connection, pipe))
    }

    /// Bytes came from a client.
    pub fn receive(&self, connection: ConnectionId, bytes: &[u8]) {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        engine.simulation_mut().receive(connection, bytes);
        self.came.notify_one();
    }

    /// A client is gone.
    pub fn close(&self, connection: ConnectionId) {
        self.pipes.borrow_mut().remove(&connection);
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        engine.simulation_mut().close(connection);
        self.came.notify_one();
    }

    /// What somebody does who looks through a page; its outcome is in the views, under `request`.
    pub fn apply(&self, request: u64, command: Command) {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        engine.apply(request, command);
        self.came.notify_one();
    }

    /// Carries out a command, and waits for its outcome.
    pub async fn carry_out(&self, command: Command) -> OutcomeState {
        let request = COMMANDS_FROM + self.commands.get();
        self.commands.set(self.commands.get() + 1);
        self.apply(request, command);
        loop {
            let turned = self.turned.notified();
            let outcome = self.engine.borrow().outcomes().find(|outcome| outcome.request == request).map(|outcome| outcome.state.clone());
            match outcome {
                Some(OutcomeState::Pending) => turned.await,
                Some(state) => return state,
                // Of so many commands since then that its outcome was not kept.
                None => return OutcomeState::Pending,
            }
        }
    }

    /// A file of a log, or the list of those below a path.
    pub fn export(&self, path: &str) -> Option<Exported> {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        if let Some(content) = engine.exported_file(path) {
            return Some(Exported::Content(content.to_bytes().into()));
        }
        let files = engine.exported_files(path)?;
        Some(Exported::Files(files.iter().map(|file| format!("{}\t{}\n", file.path, file.bytes)).collect()))
    }

    /// How the nodes and links are.
    pub fn state(&self) -> Value {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        let simulation = engine.simulation();
        let nodes = simulation.nodes().map(|node| {
            let roles = [(node.broker, "broker"), (node.controller, "controller")];
            let active = simulation.controllers().any(|controller| controller.node() == node.id && controller.is_active());
            json!({
                "node": node.id,
                "roles": roles.iter().filter(|(has, _)| *has).map(|(_, role)| role).collect::<Vec<_>>(),
                "state": node.state.text(),
                "up": !node.state.is_down(),
                "activeController": active,
                "fenced": simulation.broker(node.id).map(Broker::is_fenced),
            })
        });
        let party = |process| simulation.node_of(process).map_or_else(|| json!(engine.name_of(process)), |node| json!(node));
        let links = simulation.links().map(|link| {
            json!({
                "from": party(link.from),
                "to": party(link.to),
                "cut": link.cut,
                "latencyUs": link.speed.latency,
                "jitterUs": link.speed.jitter,
                "bytesPerSecond": link.speed.bytes_per_second,
            })
        });
        json!({ "nowUs": engine.now(), "nodes": nodes.collect::<Vec<_>>(), "links": links.collect::<Vec<_>>() })
    }

    /// What a page shows now.
    pub fn view(&self, builder: &mut Builder, bootstrap: &[Arc<str>]) -> View {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        // Time goes on with the wall clock: nobody who looks may pause it.
        builder.build(&engine, None, bootstrap)
    }

    /// What a page asks.
    pub fn answer(&self, asked: &Query) -> Answer {
        let mut engine = self.engine.borrow_mut();
        engine.advance(self.now());
        query::answer(&engine, asked)
    }

    /// Whether the engine keeps up with a client: of what it sent, nothing waits, and its broker takes what comes.
    pub fn keeps_up_with(&self, connection: ConnectionId) -> bool {
        let engine = self.engine.borrow();
        engine.simulation().takes(connection) && engine.simulation().backlog(connection) == 0
    }

    /// Until every broker has registered and takes requests.
    pub async fn until_brokers_answer(&self) {
        while !self.brokers_answer() {
            tokio::time::sleep(READY_POLL).await;
        }
    }

    fn brokers_answer(&self) -> bool {
        let engine = self.engine.borrow();
        let mut brokers = engine.simulation().brokers();
        brokers.all(|broker| engine.simulation().brokers().all(|other| broker.image().is_alive(other.node())))
    }
}
