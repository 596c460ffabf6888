//! The module's memory, made larger in few and large steps.
//!
//! The allocator asks for what it needs just then, 64 KB at a time. With every such step the browser gives the memory a new buffer and counts
//! the old one, all of it, as garbage; to collect that takes half of a frame's time. One large step instead of many small ones is not seen.

use std::arch::wasm32::memory_size;
use std::hint::black_box;

const PAGE: usize = 64 << 10;
/// A step's least size, in bytes.
const STEP_MIN: usize = 16 << 20;
/// A step makes the memory larger by at least one such part.
const STEP_PART: usize = 8;

/// Room for what the engine will need.
#[derive(Default)]
pub struct Room {
    /// The memory's size, in pages, after the last step.
    pages: usize,
}

impl Room {
    /// Where what there was did not suffice, takes more than is needed now. The allocator keeps what it has had.
    pub fn make(&mut self) {
        let pages = memory_size::<0>();
        if pages > self.pages {
            let step = (pages * PAGE / STEP_PART).max(STEP_MIN);
            let mut room = Vec::<u8>::new();
            // Where there is no more to be had, what is needed may be there still.
            let _ = black_box(&mut room).try_reserve_exact(step);
            self.pages = memory_size::<0>();
        }
    }
}
