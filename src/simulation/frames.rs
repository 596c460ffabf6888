//! What was sent lately: every frame between all parties, as it was on the wire.
//!
//! Kept for those who look, where a host asks for it; nothing that happens depends on it, and no trace knows of it. Frames are shared with
//! the network and the logs, never copied, and nothing of them is decoded here but the numbers that join a request and its response.

use super::run::Simulation;
use crate::base::SortedMap;
use crate::base::{ConnectionId, EventId, Instant, ProcessId};
use crate::wire::Rope;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many frames are kept: about so many, since chunks of [`CHUNK_LEN`] go as one.
pub const FRAMES_MAX: usize = 4_096;
/// How many bytes of frames are kept, most of which the logs have as well. The newest chunk is kept, whatever it holds.
pub const FRAME_BYTES_MAX: usize = 16 << 20;
/// How many frames a keyframe keeps: what came before a moment that one goes back to.
pub const FRAMES_IN_KEYFRAME: usize = 256;
/// Frames that are forgotten together.
const CHUNK_LEN: usize = 64;
/// A chunk with so many bytes takes no more frames.
const CHUNK_BYTES: usize = 256 << 10;

/// A frame, and what became of it.
#[derive(Clone, Debug)]
pub struct Frame {
    /// From 1, in the order of sending, without gaps.
    pub number: u64,
    pub connection: ConnectionId,
    pub from: ProcessId,
    pub to: ProcessId,
    /// When it left its sender.
    pub sent: Instant,
    /// When it arrived at its receiver; none while it is on its way, and for ever where it was lost.
    pub arrived: Option<Instant>,
    /// The event that sent it.
    pub cause: Option<EventId>,
    /// Of a request: the frame that answers it. Of a response: the frame that it answers. As far as it was sent, and is kept.
    pub other: Option<u64>,
    /// Without the length before it.
    pub bytes: Rope,
}

impl Frame {
    /// Whoever opens a connection asks on it; the other end answers.
    pub fn is_request(&self) -> bool {
        self.from == self.connection.opener
    }
}

/// The frames that are kept. A clone shares them.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    kept: bool,
    /// Oldest first; frames are numbered without gaps, so that a chunk is found by a frame's number.
    chunks: VecDeque<Arc<Vec<Frame>>>,
    len: usize,
    bytes: usize,
    last: u64,
    /// Requests without a response so far, by their correlation ids.
    open: SortedMap<(ConnectionId, i32), u64>,
}

impl Frames {
    /// Whether frames are kept at all.
    pub const fn are_kept(&self) -> bool {
        self.kept
    }

    /// The newest frame's number; 0 before the first.
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// The oldest frame's number that is kept; one more than the last where none is.
    pub const fn first(&self) -> u64 {
        self.last + 1 - self.len as u64
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Of all frames that are kept, in bytes.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    pub fn get(&self, number: u64) -> Option<&Frame> {
        let chunk = self.chunks.get(self.chunk_of(number)?)?;
        chunk.get(usize::try_from(number.checked_sub(chunk.first()?.number)?).ok()?)
    }

    /// The frames after this number, oldest first.
    pub fn since(&self, number: u64) -> impl DoubleEndedIterator<Item = &Frame> {
        let from = self.chunk_of(number).unwrap_or(0);
        self.chunks.range(from.min(self.chunks.len())..).flat_map(|chunk| chunk.iter()).filter(move |frame| frame.number > number)
    }

    fn chunk_of(&self, number: u64) -> Option<usize> {
        let after = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|first| first.number <= number));
        after.checked_sub(1)
    }

    fn get_mut(&mut self, number: u64) -> Option<&mut Frame> {
        let at = self.chunk_of(number)?;
        let chunk = Arc::make_mut(self.chunks.get_mut(at)?);
        let index = number.checked_sub(chunk.first()?.number)?;
        chunk.get_mut(usize::try_from(index).ok()?)
    }

    fn push(&mut self, mut frame: Frame) {
        self.last += 1;
        frame.number = self.last;
        frame.other = self.join(&frame);
        self.len += 1;
        self.bytes += frame.bytes.len();
        match self.chunks.back_mut() {
            Some(open) if open.len() < CHUNK_LEN && bytes_of(open) < CHUNK_BYTES => Arc::make_mut(open).push(frame),
            _ => {
                let mut chunk = Vec::with_capacity(CHUNK_LEN);
                chunk.push(frame);
                self.chunks.push_back(Arc::new(chunk));
            }
        }
        while (self.len > FRAMES_MAX || self.bytes > FRAME_BYTES_MAX) && self.chunks.len() > 1 {
            self.forget_oldest();
        }
    }

    /// Joins a response to its request; says the request's number.
    fn join(&mut self, frame: &Frame) -> Option<u64> {
        let at = if frame.is_request() { 4 } else { 0 };
        let head = frame.bytes.chunks().first()?;
        let correlation = i32::from_be_bytes(*head.get(at..)?.first_chunk()?);
        let key = (frame.connection, correlation);
        if frame.is_request() {
            self.open.insert(key, frame.number);
            return None;
        }
        let request = self.open.remove(&key)?;
        self.get_mut(request)?.other = Some(frame.number);
        Some(request)
    }

    fn forget_oldest(&mut self) {
        let Some(chunk) = self.chunks.pop_front() else { return };
        self.len -= chunk.len();
        self.bytes = self.bytes.saturating_sub(bytes_of(&chunk));
        let first = self.first();
        // Those that were never answered.
        self.open.retain(|_, number| *number >= first);
    }

    /// Forgets all but about so many.
    pub(super) fn keep_last(&mut self, count: usize) {
        while self.len > count && self.chunks.len() > 1 {
            self.forget_oldest();
        }
    }
}

fn bytes_of(chunk: &[Frame]) -> usize {
    chunk.iter().map(|frame| frame.bytes.len()).sum()
}

impl Simulation {
    /// The frames that were sent lately, where they are kept.
    pub const fn frames(&self) -> &Frames {
        &self.frames
    }

    /// From now on frames are kept for those who look.
    pub const fn keep_frames(&mut self) {
        self.frames.kept = true;
    }

    /// Whether a connection stands: nobody has closed it.
    pub fn is_connected(&self, connection: ConnectionId) -> bool {
        self.network.other_end(connection, connection.opener).is_some()
    }

    /// Sends a frame; one on a connection that is gone is lost.
    pub(super) fn send_frame(&mut self, at: Instant, from: ProcessId, connection: ConnectionId, bytes: Rope, cause: Option<EventId>) {
        let mut number = 0;
        if self.frames.kept
            && let Some(to) = self.network.other_end(connection, from)
        {
            let bytes = bytes.clone();
            self.frames.push(Frame { number, connection, from, to, sent: at, arrived: None, cause, other: None, bytes });
            number = self.frames.last;
        }
        self.network.send(at, from, connection, bytes, number, cause);
    }

    /// A frame has come to its receiver.
    pub(super) fn frame_arrived(&mut self, number: u64) {
        let now = self.now;
        if number > 0
            && let Some(frame) = self.frames.get_mut(number)
        {
            frame.arrived = Some(now);
        }
    }
}
