//! Kafka clients on TCP: one task a connection, which reads, and writes what the engine answers.

use super::hub::Hub;
use crate::base::{ConnectionId, NodeId};
use crate::simulation::Door;
use crate::wire::Rope;
use bytes::{Buf as _, Bytes};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::IoSlice;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// With so many bytes unwritten, a client is not read from.
const UNWRITTEN_MAX: usize = 1 << 20;
/// Bytes read at once.
const READ: usize = 64 << 10;
/// Pieces written at once.
const PIECES: usize = 64;
/// How long a client that is closed has to take what is written for it.
const LINGER: Duration = Duration::from_secs(5);
/// After a connection that could not be accepted: there may be too many.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// Accepts clients of one broker, for ever. While its process is gone nobody listens; while its machine is, nobody answers.
pub(super) async fn accept(hub: Rc<Hub>, listener: TcpListener, node: NodeId) {
    let (Some(mut door), Ok(address)) = (hub.door(node), listener.local_addr()) else { return };
    let mut listener = Some(listener);
    let mut unanswered = Vec::new();
    loop {
        let how = *door.borrow_and_update();
        match how {
            Door::Refused => listener = None,
            Door::Open | Door::Silent if listener.is_none() => listener = TcpListener::bind(address).await.ok(),
            Door::Open | Door::Silent => {}
        }
        if how != Door::Silent {
            unanswered.clear();
        }
        let Some(listening) = &listener else {
            if how == Door::Refused {
                // It ends with the program.
                drop(door.changed().await);
            } else {
                tokio::time::sleep(ACCEPT_AGAIN).await;
            }
            continue;
        };
        tokio::select! {
            biased;
            _ = door.changed() => {}
            accepted = listening.accept() => match accepted {
                Ok((stream, _)) if how == Door::Silent => unanswered.push(stream),
                Ok((stream, peer)) => {
                    let host = peer.ip().to_canonical().to_string();
                    tokio::task::spawn_local(serve_one(Rc::clone(&hub), stream, host, node));
                }
                Err(_) => tokio::time::sleep(ACCEPT_AGAIN).await,
            },
        }
    }
}

async fn serve_one(hub: Rc<Hub>, mut stream: TcpStream, host: String, node: NodeId) {
    let Some((connection, pipe)) = hub.connect(&host, node) else { return };
    // Without it small answers wait; a socket that refuses it works all the same.
    drop(stream.set_nodelay(true));
    let (reader, writer) = stream.split();
    // Either end of the conversation is its end; errors are a client that is gone.
    tokio::select! {
        _ = read(&hub, connection, &pipe, reader) => {}
        _ = write(&pipe, writer) => {}
    }
    hub.close(connection);
}

async fn read(hub: &Hub, connection: ConnectionId, pipe: &Pipe, mut reader: ReadHalf<'_>) -> std::io::Result<()> {
    let mut buffer = vec![0; READ];
    loop {
        while pipe.unwritten.get() > UNWRITTEN_MAX || pipe.ended.get() || !hub.keeps_up_with(connection) {
            pipe.room.notified().await;
        }
        let count = reader.read(&mut buffer).await?;
        match buffer.get(..count) {
            None | Some([]) => return Ok(()),
            Some(bytes) => hub.receive(connection, bytes),
        }
        // The engine's turn, so that what it cannot handle yet is known before more is read.
        tokio::task::yield_now().await;
    }
}

async fn write(pipe: &Pipe, mut writer: WriteHalf<'_>) -> std::io::Result<()> {
    loop {
        let pieces = pipe.first_pieces();
        if !pieces.is_empty() {
            let slices: Vec<IoSlice<'_>> = pieces.iter().map(|piece| IoSlice::new(piece)).collect();
            let written = writer.write_vectored(&slices);
            let count = if pipe.ended.get() { tokio::time::timeout(LINGER, written).await?? } else { written.await? };
            pipe.written(count);
        } else if pipe.ended.get() {
            return writer.shutdown().await;
        } else {
            pipe.filled.notified().await;
        }
    }
}

/// What waits to be written to one client.
#[derive(Default)]
pub(super) struct Pipe {
    pieces: RefCell<VecDeque<Bytes>>,
    /// In bytes.
    unwritten: Cell<usize>,
    /// Nothing more will come; the connection is closed when all is written.
    ended: Cell<bool>,
    filled: Notify,
    room: Notify,
}

impl Pipe {
    pub fn put(&self, bytes: &Rope) {
        self.pieces.borrow_mut().extend(bytes.chunks().iter().cloned());
        self.unwritten.set(self.unwritten.get() + bytes.len());
        self.filled.notify_one();
    }

    pub fn end(&self) {
        self.ended.set(true);
        self.filled.notify_one();
    }

    /// The engine has done what it could: a reader that waited for it looks again.
    pub fn engine_turned(&self) {
        self.room.notify_waiters();
    }

    fn first_pieces(&self) -> Vec<Bytes> {
        self.pieces.borrow().iter().take(PIECES).cloned().collect()
    }

    fn written(&self, count: usize) {
        let mut pieces = self.pieces.borrow_mut();
        let mut left = count;
        while let Some(first) = pieces.front_mut() {
            let taken = left.min(first.len());
            first.advance(taken);
            left -= taken;
            if !first.is_empty() {
                break;
            }
            pieces.pop_front();
        }
        self.unwritten.set(self.unwritten.get().saturating_sub(count));
        self.room.notify_one();
    }
}
