//! The engine in this page: time goes on frame by frame, as far as a frame's budget reaches.

use super::keep::{Keeper, Kept};
use super::pace::{Pace, Rest, Share, now};
use super::room::Room;
use super::{Begin, Connection, Part, Source, Update};
use crate::base::{Duration, EventId};
use crate::playground::{
    self, Because, Command, Comparison, Courses, History, Opening, Player, Refusal, Scenario, ScenarioError, Setup, Speed, Time,
};
use crate::ui::catalogue::sharing as say;
use crate::view::{Answer, Builder, Clock, Looks, Query, TimelineView, View, query};
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use yew::Callback;

/// How long the engine may work in one frame, in ms, while a session is played up to where it opens: nothing else moves then.
const OPENING_BUDGET_MS: f64 = 40.0;
/// A gap between frames beyond this is no time that went by: the page was hidden.
const GAP_MAX_MS: f64 = 100.0;
/// A frame leaves over to the next at most so much time, in ms: about a frame.
const OWED_MAX_MS: f64 = 17.0;
/// While time runs, the line of the session is drawn anew so often, in ms: it hardly moves from one frame to the next.
const LINE_MS: f64 = 100.0;

pub struct Page(Rc<RefCell<Engine>>);

struct Engine {
    begin: Begin,
    player: Option<Player>,
    /// A session on its way to where it opens, and how it goes on there.
    opening: Option<(Opening, Origin)>,
    builder: Builder,
    /// The player's jumps when the builder was new.
    jumps: (u64, u64),
    keeper: Keeper,
    /// When the frame before was, in ms; none after a rest.
    last: Option<f64>,
    pace: Pace,
    room: Room,
    /// Built after the frame before, and shown in the next one; for which part.
    built: Option<(Rc<View>, Option<Part>)>,
    /// What was shown before that: it is freed when there is nothing to show.
    before: Option<Rc<View>>,
    shown: Option<Rc<View>>,
    /// How much time of the world's has gone by that the engine has not, in ms.
    owed: f64,
    /// The session's line, when it was drawn, and what it would look different for.
    line: Option<(Arc<TimelineView>, f64, Course)>,
    /// Nobody sees the element: time rests.
    asleep: bool,
    updates: Callback<Update>,
    frame: Option<AnimationFrame>,
    /// Of a frame that shows what was built before: what comes once it is painted.
    rest: Option<Unfinished>,
}

/// A frame whose rest is still to come.
struct Unfinished {
    /// In ms of [`now`].
    began: f64,
    has_shown: bool,
    _timer: Timeout,
}

/// What a session's line is drawn for: jumps, inputs, of which so many were given, notable events, histories.
type Course = ((u64, u64), usize, usize, usize, usize);

/// Where a session comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// It was here before the page was loaded again: it goes on as it went.
    Kept { running: bool, speed: Speed },
    /// A link or a file: it rests at the moment that it was made for.
    Given,
}

impl Page {
    /// Begins with what was here before, or what the link says, or else with the scene, some seconds in.
    pub fn open(begin: Begin, updates: Callback<Update>) -> Rc<dyn Source> {
        let keeper = Keeper::new(begin.keep.as_deref(), begin.session.as_deref(), begin.remember.clone());
        let builder = Builder::default();
        let engine = Engine {
            begin,
            player: None,
            opening: None,
            builder,
            jumps: (0, 0),
            keeper,
            last: None,
            pace: Pace::default(),
            room: Room::default(),
            built: None,
            before: None,
            shown: None,
            owed: 0.0,
            line: None,
            asleep: false,
            updates,
            frame: None,
            rest: None,
        };
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

    fn seen(&self, seen: bool) {
        let mut engine = self.0.borrow_mut();
        if std::mem::replace(&mut engine.asleep, !seen) && seen {
            // What was frozen goes on where it was.
            engine.last = None;
            drop(engine);
            next_frame(&Rc::downgrade(&self.0));
        }
    }

    fn why(&self, event: u64) -> Option<Vec<Because>> {
        let engine = self.0.borrow();
        let history = engine.player.as_ref()?.history();
        let chain = playground::why::chain(history.session(), &history.causes(EventId(event)).iter().collect::<Vec<_>>());
        (!chain.is_empty()).then_some(chain)
    }

    fn ask(&self, wanted: Query, answered: Callback<Answer>) {
        let answer = match &self.0.borrow().player {
            Some(player) => query::recalled(player.history(), &wanted),
            None => Answer::absent(say::NOT_BEGUN),
        };
        // Who is answered may ask again.
        answered.emit(answer);
    }

    fn compare(&self, one: &str, other: &str) -> Result<Comparison, Refusal> {
        let engine = self.0.borrow();
        let unbegun = || Refusal { message: say::NOT_BEGUN.to_owned(), field: None };
        engine.player.as_ref().ok_or_else(unbegun)?.history().compare(one, other)
    }

    fn link(&self) -> Result<String, String> {
        let engine = self.0.borrow();
        if !engine.begin.linked {
            return Err(say::NOT_LINKED.to_owned());
        }
        let player = engine.player.as_ref().ok_or(say::NOT_BEGUN)?;
        let here = gloo::utils::window().location().href().unwrap_or_default();
        let page = here.split('#').next().unwrap_or_default();
        Ok(format!("{page}#{}", Scenario::of(player.history()).to_link()))
    }

    fn save(&self) -> Result<String, String> {
        let engine = self.0.borrow();
        let player = engine.player.as_ref().ok_or(say::NOT_BEGUN)?;
        Ok(Scenario::of(player.history()).to_file())
    }

    fn open_text(&self, text: &str) -> Result<(), String> {
        self.0.borrow_mut().open_text(text)
    }
}

/// Asks for the next frame. Where the source is gone, or nobody sees what it gives, there is none.
fn next_frame(engine: &Weak<RefCell<Engine>>) {
    let Some(alive) = engine.upgrade().filter(|engine| engine.borrow().may_go_on()) else { return };
    let next = Weak::clone(engine);
    alive.borrow_mut().frame = Some(request_animation_frame(move |at| {
        if let Some(engine) = next.upgrade() {
            engine.borrow_mut().frame(at, &next);
        }
        next_frame(&next);
    }));
}

impl Engine {
    /// What is about to begin does so unseen too.
    const fn may_go_on(&self) -> bool {
        !self.asleep || self.player.is_none() || self.opening.is_some()
    }

    /// What was kept comes first; a link that cannot be opened is said, and the scene stands in for it.
    fn begin(&mut self) {
        if let Some(kept) = self.keeper.kept()
            && self.open_kept(&kept).is_ok()
        {
            return;
        }
        if let Some(session) = self.begin.session.clone() {
            match self.open_text(&session) {
                Ok(()) => return,
                Err(reason) => self.updates.emit(Update::Said(Some((reason, true)))),
            }
        }
        let setup = Setup { seed: self.begin.seed, ..Setup::default() };
        self.player = History::scene(setup).ok().map(Player::open);
        self.updates.emit(Update::Connection(Connection::Open));
    }

    fn open_text(&mut self, text: &str) -> Result<(), String> {
        let scenario = Scenario::read(text).map_err(|error| error.to_string())?;
        let opening = Opening::new(scenario).map_err(|error| error.to_string())?;
        self.opening = Some((opening, Origin::Given));
        Ok(())
    }

    fn open_kept(&mut self, kept: &Kept) -> Result<(), ScenarioError> {
        let opening = Opening::new(Courses::read(&kept.session)?)?;
        self.opening = Some((opening, Origin::Kept { running: kept.running, speed: kept.speed }));
        Ok(())
    }

    /// Plays the session that is to be opened a bit further; what was on the screen stays there until it is there.
    fn open_on(&mut self) {
        let Some((opening, origin)) = &mut self.opening else { return };
        let began = js_sys::Date::now();
        if !opening.play(|| js_sys::Date::now() - began >= OPENING_BUDGET_MS) {
            let (at, until) = opening.progress();
            let share = at.as_millis() * 100 / until.as_millis().max(1);
            return self.updates.emit(Update::Said(Some((say::opening(until, share), false))));
        }
        let origin = *origin;
        let Some((opening, _)) = self.opening.take() else { return };
        let differs = opening.differs();
        let mut player = Player::open(opening.finish());
        let (running, speed) = match origin {
            Origin::Kept { running, speed } => (running, speed),
            Origin::Given => (false, Speed::REAL),
        };
        // Neither is ever refused.
        drop(player.time(Time::Speed { times: speed }));
        drop(player.time(if running { Time::Play } else { Time::Pause }));
        self.player = Some(player);
        self.builder = Builder::default();
        let said = match origin {
            _ if differs => Some(say::DIFFERS.to_owned()),
            Origin::Given => Some(say::OPENED_AT_REST.to_owned()),
            Origin::Kept { .. } => None,
        };
        self.updates.emit(Update::Said(said.map(|text| (text, differs))));
        self.updates.emit(Update::Connection(Connection::Open));
        self.show();
    }

    fn frame(&mut self, at: f64, me: &Weak<RefCell<Self>>) {
        if let Some(late) = &mut self.rest {
            late.began = now();
            self.finish_frame();
        }
        self.room.make();
        let gap = self.last.replace(at).map_or(0.0, |last| (at - last).clamp(0.0, GAP_MAX_MS));
        if self.opening.is_some() {
            return self.open_on();
        }
        if self.player.is_none() {
            self.begin();
            return self.show();
        }
        self.owed += gap;
        let began = now();
        let has_shown = self.built.is_some();
        let share = self.pace.share(has_shown);
        if let Share::AtOnce { engine_ms, shows } = share {
            self.keep();
            self.go_on(began + engine_ms);
            if shows {
                self.build_next();
            }
        }
        if self.built.is_some() {
            self.show_built();
        } else {
            self.before = None;
        }
        if share == Share::Apart {
            let engine = Weak::clone(me);
            // A timer's turn comes after the frame's.
            let _timer = Timeout::new(0, move || {
                if let Some(engine) = engine.upgrade() {
                    engine.borrow_mut().finish_frame();
                }
            });
            self.rest = Some(Unfinished { began, has_shown, _timer });
        }
    }

    /// What was left of a frame when it showed what there was: it is painted, or the next one has come before that.
    fn finish_frame(&mut self) {
        let Some(Unfinished { began, has_shown, .. }) = self.rest.take() else { return };
        if self.asleep || self.opening.is_some() {
            return;
        }
        let Rest { until, builds } = self.pace.rest(began, has_shown);
        if !has_shown {
            self.keep();
        }
        self.go_on(until);
        if builds {
            self.build_next();
        }
    }

    /// What keeping the session takes is taken from the engine's time.
    fn keep(&mut self) {
        if let Some(player) = &self.player {
            self.keeper.keep(self.last.unwrap_or_default(), player);
        }
    }

    /// Lets the engine go on with the world's time until then, in ms of [`now`]. What it does not come to, the next frame makes up for, up to
    /// about a frame; beyond that time lags, and the frames do not.
    fn go_on(&mut self, until: f64) {
        let Some(player) = &mut self.player else { return };
        let (span, before) = (std::mem::take(&mut self.owed), player.session().now());
        if now() < until && player.go_on(Duration::from_micros((span * 1_000.0) as u64), || now() >= until) {
            self.pace.note_change();
        }
        if player.is_running() {
            let went = player.session().now().since(before).as_micros() as f64 / 100.0 / f64::from(player.speed().tenths().max(1));
            self.owed = (span - went).clamp(0.0, OWED_MAX_MS);
        }
    }

    fn build_next(&mut self) {
        let rests = self.player.as_ref().is_some_and(|player| !player.is_running());
        self.build(rests);
    }

    /// Shows all, at once.
    fn show(&mut self) {
        self.build(true);
        self.show_built();
    }

    fn show_built(&mut self) {
        if let Some((view, part)) = self.built.take() {
            self.pace.shows(part);
            self.before = self.shown.replace(Rc::clone(&view));
            self.updates.emit(Update::View(view, part));
        }
    }

    /// Builds a view of all, or of as much as a frame has time for.
    fn build(&mut self, all: bool) {
        let began = now();
        let Some(player) = &self.player else { return };
        let jumped = std::mem::replace(&mut self.jumps, player.jumps()) != player.jumps();
        if jumped {
            self.builder.begin_anew();
        }
        let session = player.session();
        let clock = Clock { running: player.is_running(), speed_tenths: player.speed().tenths(), next: session.next_due() };
        let part = self.pace.builds(all || jumped);
        let looks = part.map_or(Looks::AT_ALL, |part| Looks {
            topics: matches!(part, Part::Topics | Part::Strips),
            groups: part == Part::Groups,
            events: part == Part::Details,
        });
        let mut view = self.builder.build_some(session, Some(clock), &[], looks);
        let history = player.history();
        let course = (self.jumps, history.inputs().len(), history.applied(), history.marks().len(), history.branches().len());
        let is_due = |drawn: f64| part.map_or(began - drawn >= LINE_MS, |part| part == Part::Line);
        let drawn = self.line.take().filter(|(_, drawn, of)| player.is_running() && *of == course && !is_due(*drawn));
        let (line, drawn, _) = drawn.unwrap_or_else(|| (Arc::new(TimelineView::of(player)), began, course));
        view.timeline = Some(Arc::clone(&line));
        self.line = Some((line, drawn, course));
        self.built = Some((Rc::new(view), part));
        self.pace.has_built(part, now() - began);
    }
}
