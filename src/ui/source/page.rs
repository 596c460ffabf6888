//! The engine in this page: time goes on frame by frame, as far as a frame's budget reaches.

use super::{ClockAct, Connection, Source, Update};
use crate::base::{Duration, Instant};
use crate::playground::{Command, Session};
use crate::simulation::Config;
use crate::view::{Builder, Clock};
use gloo::render::{AnimationFrame, request_animation_frame};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use yew::Callback;

/// How long the engine may work in one frame, in ms.
const BUDGET_MS: f64 = 9.0;
/// Virtual time that is gone through at a stretch, before the budget is looked at.
const STRETCH: Duration = Duration::from_millis(20);
/// A gap between frames beyond this is no time that went by: the page was hidden.
const GAP_MAX_MS: f64 = 100.0;
/// A step leads to the next thing that the trace knows of; so many inputs without one are enough.
const STEP_MAX: u32 = 2_000;

pub struct Page(Rc<RefCell<Engine>>);

struct Engine {
    seed: u64,
    session: Option<Session>,
    builder: Builder,
    running: bool,
    speed_tenths: u32,
    /// When the frame before was, in ms.
    last: Option<f64>,
    updates: Callback<Update>,
    frame: Option<AnimationFrame>,
}

impl Page {
    /// Begins with the scene, some seconds in.
    pub fn open(seed: u64, updates: Callback<Update>) -> Rc<dyn Source> {
        let engine =
            Engine { seed, session: None, builder: Builder::default(), running: true, speed_tenths: 10, last: None, updates, frame: None };
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
        if let Some(session) = &mut engine.session {
            session.apply(request, command);
        }
        engine.show();
    }

    fn clock(&self, act: ClockAct) {
        let mut engine = self.0.borrow_mut();
        match act {
            ClockAct::Play => engine.running = true,
            ClockAct::Pause => engine.running = false,
            ClockAct::Step => engine.step(),
            ClockAct::Speed(tenths) => engine.speed_tenths = tenths,
            ClockAct::Reset => engine.begin(),
        }
        engine.show();
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
        let config = Config { seed: self.seed, ..Config::default() };
        self.session = Session::scene(config).ok();
        self.builder = Builder::default();
        (self.running, self.speed_tenths, self.last) = (true, 10, None);
        self.updates.emit(Update::Connection(Connection::Open));
    }

    fn frame(&mut self, now: f64) {
        if self.session.is_none() {
            self.begin();
            self.show();
            return;
        }
        let gap = self.last.replace(now).map_or(0.0, |last| (now - last).clamp(0.0, GAP_MAX_MS));
        if self.running {
            self.advance(Duration::from_micros((gap * f64::from(self.speed_tenths) * 100.0) as u64));
            self.show();
        }
    }

    /// Lets time go on, as far as the budget reaches; what is left over is not made up for.
    fn advance(&mut self, span: Duration) {
        let Some(session) = &mut self.session else { return };
        let until: Instant = session.now() + span;
        let began = js_sys::Date::now();
        while session.now() < until && js_sys::Date::now() - began < BUDGET_MS {
            session.advance(until.min(session.now() + STRETCH));
        }
    }

    fn step(&mut self) {
        self.running = false;
        let Some(session) = &mut self.session else { return };
        let last = |session: &Session| session.trace().events().next_back().map(|event| event.id);
        let before = last(session);
        for _ in 0..STEP_MAX {
            if !session.step() || last(session) != before {
                break;
            }
        }
    }

    fn show(&mut self) {
        let Some(session) = &self.session else { return };
        let clock = Clock { running: self.running, speed_tenths: self.speed_tenths, next: session.next_due() };
        let view = self.builder.build(session, Some(clock), &[]);
        self.updates.emit(Update::View(Rc::new(view)));
    }
}
