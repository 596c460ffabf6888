//! The engine in this page: time goes on frame by frame, as far as a frame's budget reaches.

use super::{Connection, Source, Update};
use crate::base::Duration;
use crate::playground::{Command, History, Player, Refusal, Setup, Time};
use crate::view::{Builder, Clock, TimelineView};
use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use yew::Callback;

/// How long the engine may work in one frame, in ms.
const BUDGET_MS: f64 = 9.0;
/// A gap between frames beyond this is no time that went by: the page was hidden.
const GAP_MAX_MS: f64 = 100.0;
pub struct Page(Rc<RefCell<Engine>>);

struct Engine {
    seed: u64,
    player: Option<Player>,
    builder: Builder,
    /// The player's jumps when the builder was new.
    jumps: (u64, u64),
    /// When the frame before was, in ms.
    last: Option<f64>,
    updates: Callback<Update>,
    frame: Option<AnimationFrame>,
}

impl Page {
    /// Begins with the scene, some seconds in.
    pub fn open(seed: u64, updates: Callback<Update>) -> Rc<dyn Source> {
        let engine = Engine { seed, player: None, builder: Builder::default(), jumps: (0, 0), last: None, updates, frame: None };
        let engine = Rc::new(RefCell::new(engine));
        // The scene is played in the second frame: the element's frame is on the screen by then.
        let first = Rc::downgrade(&engine);
        engine.borrow_mut().frame = Some(request_animation_frame(move |_| next_frame(&first)));
        Rc::new(Self(engine))
    }
}

impl Source for Page {
    fn send(&self, request: u64, command: Command) {
        let mut engine = self.0.borrow_mut();
        if let Some(player) = &mut engine.player {
            player.apply(request, command);
        }
        engine.show();
    }

    fn time(&self, time: Time) -> Result<(), Refusal> {
        let mut engine = self.0.borrow_mut();
        let done = engine.player.as_mut().map_or(Ok(()), |player| player.time(time));
        engine.show();
        done
    }
}

/// Asks for the next frame. Where the source is gone, there is none.
fn next_frame(engine: &Weak<RefCell<Engine>>) {
    let Some(alive) = engine.upgrade() else { return };
    let next = Weak::clone(engine);
    alive.borrow_mut().frame = Some(request_animation_frame(move |now| {
        if let Some(engine) = next.upgrade() {
            engine.borrow_mut().frame(now);
        }
        next_frame(&next);
    }));
}

impl Engine {
    fn begin(&mut self) {
        let setup = Setup { seed: self.seed, ..Setup::default() };
        self.player = History::scene(setup).ok().map(Player::open);
        self.updates.emit(Update::Connection(Connection::Open));
    }

    fn frame(&mut self, now: f64) {
        let gap = self.last.replace(now).map_or(0.0, |last| (now - last).clamp(0.0, GAP_MAX_MS));
        let Some(player) = &mut self.player else {
            self.begin();
            self.show();
            return;
        };
        let began = js_sys::Date::now();
        // What is left over when the budget is spent is not made up for.
        if player.go_on(Duration::from_micros((gap * 1_000.0) as u64), || js_sys::Date::now() - began >= BUDGET_MS) {
            self.show();
        }
    }

    fn show(&mut self) {
        let Some(player) = &self.player else { return };
        if std::mem::replace(&mut self.jumps, player.jumps()) != player.jumps() {
            self.builder = Builder::default();
        }
        let session = player.session();
        let clock = Clock { running: player.is_running(), speed_tenths: player.speed().tenths(), next: session.next_due() };
        let mut view = self.builder.build(session, Some(clock), &[]);
        view.timeline = Some(Arc::new(TimelineView::of(player)));
        self.updates.emit(Update::View(Rc::new(view)));
    }
}
