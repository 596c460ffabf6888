//! The native host: the engine behind TCP listeners, its page and its view over HTTP.
//!
//! Everything of the engine happens on one thread. The hub owns the engine, tells it the wall clock's time, hands it the bytes that come
//! and gives each connection what is to be written. Connections read no further than the engine keeps up, and than their client takes
//! the answers. No Kafka in here: no message, no topic, no offset.

mod clients;
mod commands;
mod export;
mod hub;
mod options;
mod page;
mod shell;
mod viewers;

use crate::base::NodeId;
use crate::playground::Session;
use crate::simulation::invariants::Level;
use crate::simulation::{Config, Roles};
use clap::Parser as _;
use hub::Hub;
use options::{Options, Program};
use page::Files;
use std::ffi::OsString;
use std::fmt;
use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;

/// Finds a file of the page inside of the program.
pub type Embedded = fn(&str) -> Option<Vec<u8>>;

/// Why the server did not start, in one line. Its exit status is 2.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for StartError {}

/// The whole program: reads its command line, and serves until it is interrupted, or gives a running server a command.
pub fn main(arguments: impl Iterator<Item = OsString>, embedded: Embedded) -> ExitCode {
    let options = match Program::try_parse_from(arguments) {
        Ok(Program::Serve(options)) => options,
        Ok(Program::Command(options)) => return shell::run(&options),
        Ok(Program::Export(options)) => return export::run(&options),
        Err(error) => return options::report(&error),
    };
    match start(&options, embedded) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("partita: {error}");
            ExitCode::from(2)
        }
    }
}

fn start(options: &Options, embedded: Embedded) -> Result<(), StartError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StartError(format!("the runtime cannot be started: {error}")))?;
    let local = tokio::task::LocalSet::new();
    let served = local.block_on(&runtime, serve(options, embedded));
    // What is under way is dropped, not waited for.
    runtime.shutdown_background();
    served
}

async fn serve(options: &Options, embedded: Embedded) -> Result<(), StartError> {
    let settings = options.settings()?;
    let files = Files::new(options.page.clone(), embedded)?;
    let mut brokers = Vec::new();
    for node in 1..=options.brokers {
        let port = options.port_of(node)?;
        brokers.push((NodeId(node), listen(&options.host, port, &format!("broker {node}"), "--port").await?));
    }
    let http = match options.http_port() {
        Some(port) => Some(listen(&options.host, port, "the page", "--http-port").await?),
        None => None,
    };

    let host = options.advertised_host();
    let advertised: Vec<(String, u16)> = brokers.iter().map(|(_, (_, address))| (host.clone(), address.port())).collect();
    let bootstrap = advertised.iter().map(|(host, port)| shown(host, *port).into()).collect();
    let config = Config {
        seed: options.seed.unwrap_or_else(any_seed),
        brokers: options.brokers,
        racks: options.racks.clone(),
        controllers: options.controllers,
        roles: if options.controllers_apart { Roles::Apart } else { Roles::Combined },
        epoch_ms: since_1970().as_millis().try_into().unwrap_or_default(),
        // The network between the brokers is this process.
        latency: crate::base::Duration::ZERO,
        advertised,
        settings,
        // Real clients' load is not for watching.
        invariants: Level::Off,
    };
    let seed = config.seed;
    let mut session = Session::new(config).map_err(|error| StartError(error.to_string()))?;
    session.simulation_mut().keep_frames();
    let hub = Rc::new(Hub::new(session));
    tokio::task::spawn_local(Rc::clone(&hub).drive());

    let mut lines = vec![format!("seed {seed}")];
    for (node, (listener, address)) in brokers {
        lines.push(format!("broker {node} on {}", shown(&host, address.port())));
        tokio::task::spawn_local(clients::accept(Rc::clone(&hub), listener, node));
    }
    if let Some((listener, address)) = http {
        lines.push(format!("page on http://{}", shown(&host, address.port())));
        let guard = page::Guard::new(address);
        let viewers = viewers::start(&hub, bootstrap);
        tokio::task::spawn_local(page::serve(listener, guard, files, viewers, commands::start(&hub)));
    }
    let mut interrupted = std::pin::pin!(interrupted());
    say(&lines);
    tokio::select! {
        () = &mut interrupted => return Ok(()),
        () = hub.until_brokers_answer() => say(&["ready".to_owned()]),
    }
    interrupted.await;
    Ok(())
}

/// Listens on `host:port`; with port 0, on any that is free.
async fn listen(host: &str, port: u16, what: &str, flag: &str) -> Result<(TcpListener, SocketAddr), StartError> {
    let refused = |error: std::io::Error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => format!("the port is in use; choose another with {flag}"),
            _ => error.to_string(),
        };
        StartError(format!("cannot listen on {} for {what}: {why}", shown(host, port)))
    };
    let listener = TcpListener::bind((host, port)).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, address))
}

fn shown(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// Prints lines; a reader that has gone away is no reason to end.
fn say(lines: &[String]) {
    let mut out = std::io::stdout().lock();
    lines.iter().for_each(|line| drop(writeln!(out, "{line}")));
    drop(out.flush());
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn any_seed() -> u64 {
    // Small enough to be typed, and exact in JavaScript.
    since_1970().subsec_nanos().into()
}

/// Ctrl-C, or the request to terminate: heard from this call on, not only while it is waited for.
#[cfg(unix)]
fn interrupted() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    async fn heard(signal: Option<Signal>) {
        match signal {
            Some(mut signal) => drop(signal.recv().await),
            None => std::future::pending().await,
        }
    }

    let (interrupt, terminate) = (signal(SignalKind::interrupt()).ok(), signal(SignalKind::terminate()).ok());
    async move {
        tokio::select! {
            () = heard(interrupt) => {}
            () = heard(terminate) => {}
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
async fn interrupted() {
    drop(tokio::signal::ctrl_c().await);
}
