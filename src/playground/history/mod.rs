//! A session that can be rewound: its inputs, the courses it took, and keyframes to go to any moment of them.
//!
//! A session is its set-up and its inputs; all else follows. So a past moment is the nearest keyframe before it, played on. Playing on from
//! the past repeats what was done; acting there leaves the known course: a fork begins, and both courses are kept by name. Undo takes the
//! last input away, with all that came of it; redo brings both back.

mod branch;
mod compare;
mod input;
mod keyframes;
mod notable;
mod recall;
mod travel;

pub use branch::Fork;
pub use compare::{CommittedDifference, Comparison, PartitionDifference, PartitionState, RecordsDifference};
pub use input::{Input, Position};
pub use keyframes::{KEYFRAMES_ASIDE, KEYFRAMES_MAX};
pub use notable::{COUNTS_MAX, MARKS_MAX, Mark, is_notable};
pub use travel::Target;

use super::outcome::{OutcomeState, Refusal};
use super::scene;
use super::setup::{Setup, SetupError};
use super::{Command, Session};
use crate::base::{EventId, EventKind, Instant};
pub(in crate::playground) use branch::Branch;
use std::sync::Arc;

/// How many courses of events are kept.
pub const BRANCHES_MAX: usize = 16;
/// How many inputs a history takes.
pub const INPUTS_MAX: usize = 10_000;
/// How long a history's name may be, in characters.
pub const NAME_MAX: usize = 40;
/// How many undone inputs may be brought back.
const UNDONE_MAX: usize = 64;
/// The first history's name.
const FIRST: &str = "main";

/// A session with its past, and the pasts that were left.
#[derive(Clone, Debug)]
pub struct History {
    setup: Setup,
    branches: Vec<Branch>,
    current: usize,
    /// The session at the playhead, and how many of the current branch's inputs it has had.
    session: Session,
    applied: usize,
    /// How many inputs belong to what was opened, and are not undone.
    opening: usize,
    /// The courses that were current before inputs were undone, and where they stood.
    undone: Vec<(Branch, Position)>,
    jumps: u64,
}

/// A course of events, for those who look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchSummary {
    pub name: Arc<str>,
    pub current: bool,
    pub fork: Option<Fork>,
    /// How far it was played.
    pub end: Position,
    pub inputs: usize,
}

impl History {
    /// A cluster that is about to start, with nothing done to it yet.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn new(setup: Setup) -> Result<Self, SetupError> {
        let mut session = Session::new(setup.config()?).map_err(SetupError::Config)?;
        session.simulation_mut().keep_frames();
        let branches = vec![Branch::new(FIRST, &session)];
        Ok(Self { setup, branches, current: 0, session, applied: 0, opening: 0, undone: Vec::new(), jumps: 0 })
    }

    /// What was done and how far it went until now belongs to what is opened: undo stops here.
    pub const fn opened(&mut self) {
        self.opening = self.applied;
    }

    /// What was opened, on another set-up: the inputs of the opening at the times they had, or once the cluster stands for them as it did for
    /// the first scene's; and as far as it went.
    ///
    /// # Errors
    /// A set-up that no cluster can have.
    pub fn again(&self, setup: Setup) -> Result<Self, SetupError> {
        let mut history = Self::new(setup)?;
        // With another seed an election may take longer; a topic that did not stand would be created by those who ask for it.
        let mut awaited = Some(None);
        for input in self.branch().inputs.iter().take(self.opening) {
            history.advance(input.at);
            if let Some(topic) = awaited.take() {
                history.await_cluster(topic);
            }
            awaited = scene::topic_of(&input.command).map(Some);
            history.apply(input.request, input.command.clone());
        }
        history.advance(self.now());
        history.opened();
        Ok(history)
    }

    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The session at the playhead.
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// How often the playhead jumped. Who remembers anything of the session's past (a view's builder) begins anew when this has changed.
    pub const fn jumps(&self) -> u64 {
        self.jumps
    }

    // ── acting ──

    /// Gives a command, now: see [`Session::apply`]. In the past it begins a fork, with a name of its own; the course that was left is kept.
    pub fn apply(&mut self, request: u64, command: Command) {
        if self.branch().inputs.len() >= INPUTS_MAX {
            let refusal = Refusal { message: format!("A session has at most {INPUTS_MAX} inputs."), field: None };
            return self.session.put_outcome(request, refusal.into());
        }
        let (point, event, was_past) = (self.position(), self.last_event(), self.is_past());
        self.session.apply(request, command.clone());
        let said = self.session.trace().since(event).find_map(|event| match &event.kind {
            EventKind::Command { text } => Some(Arc::clone(text)),
            _ => None,
        });
        let failed =
            self.session.outcomes().any(|outcome| outcome.request == request && matches!(outcome.state, OutcomeState::Failed { .. }));
        if said.is_none() && failed {
            // It was refused: nothing was done.
            return;
        }
        if was_past {
            let name = self.free_name();
            self.fork_at(&name, point, event);
        }
        self.undone.clear();
        self.applied += 1;
        let text = said.unwrap_or_default();
        if let Some(branch) = self.branches.get_mut(self.current) {
            branch.inputs.push(Arc::new(Input { at: point.at, steps: point.steps, request, command, text }));
            branch.note(&self.session, self.applied);
        }
    }

    /// Takes the last input before the playhead away, with all that came of it: the session is as it was just before. Answers with the input.
    ///
    /// # Errors
    /// There is none since the session was opened.
    pub fn undo(&mut self) -> Result<Arc<Input>, Refusal> {
        let last = self.applied.checked_sub(1).filter(|last| *last >= self.opening);
        let input = last.and_then(|last| self.branch().inputs.get(last).cloned()).ok_or_else(|| refusal("There is nothing to undo."))?;
        let before = (self.branch().clone(), self.position());
        self.seek(Target::BeforeInput(self.applied - 1))?;
        let early = self.branch().up_to(self.position(), self.last_event());
        if let Some(branch) = self.branches.get_mut(self.current) {
            *branch = early;
        }
        if self.undone.len() == UNDONE_MAX {
            self.undone.remove(0);
        }
        self.undone.push(before);
        Ok(input)
    }

    /// Brings the input back that was undone last, and the session as it was when it was undone.
    ///
    /// # Errors
    /// There is none, or something else was done since.
    pub fn redo(&mut self) -> Result<(), Refusal> {
        let (branch, playhead) = self.undone.pop().ok_or_else(|| refusal("There is nothing to redo."))?;
        if let Some(current) = self.branches.get_mut(self.current) {
            *current = branch;
        }
        self.seek(Target::Position(playhead))
    }

    pub const fn can_undo(&self) -> bool {
        self.applied > self.opening
    }

    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    // ── courses ──

    /// The courses of events, in order of their beginning.
    pub fn branches(&self) -> impl ExactSizeIterator<Item = BranchSummary> {
        self.branches.iter().enumerate().map(|(index, branch)| BranchSummary {
            name: Arc::clone(&branch.name),
            current: index == self.current,
            fork: branch.fork.clone(),
            end: branch.end,
            inputs: branch.inputs.len(),
        })
    }

    /// The current course's inputs, those after the playhead too.
    pub fn inputs(&self) -> &[Arc<Input>] {
        &self.branch().inputs
    }

    /// How many of them have been given at the playhead.
    pub const fn applied(&self) -> usize {
        self.applied
    }

    /// Begins a fork at the playhead: what comes after it is left to the course that was current, and both are kept.
    ///
    /// # Errors
    /// The name is empty, too long or taken, or there are too many courses.
    pub fn fork(&mut self, name: Option<&str>) -> Result<(), Refusal> {
        if self.branches.len() >= BRANCHES_MAX {
            return Err(refusal(format!("{BRANCHES_MAX} histories are kept; remove one first.")));
        }
        let name = match name {
            Some(name) => self.checked_name(name)?,
            None => self.free_name(),
        };
        self.fork_at(&name, self.position(), self.last_event());
        Ok(())
    }

    /// Goes to another course, to where it was left.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn switch(&mut self, name: &str) -> Result<(), Refusal> {
        let to = self.find(name)?;
        if to == self.current {
            return Ok(());
        }
        self.leave(self.position());
        self.current = to;
        let playhead = self.branch().playhead;
        self.applied = usize::MAX;
        self.seek(Target::Position(playhead))
    }

    /// Gives a course another name.
    ///
    /// # Errors
    /// There is none of this name, or the new one is empty, too long or taken.
    pub fn rename(&mut self, name: &str, to: &str) -> Result<(), Refusal> {
        let index = self.find(name)?;
        let to = self.checked_name(to)?;
        if let Some(branch) = self.branches.get_mut(index) {
            branch.name = to.into();
        }
        Ok(())
    }

    /// Forgets a course.
    ///
    /// # Errors
    /// There is none of this name, or it is the current one.
    pub fn remove(&mut self, name: &str) -> Result<(), Refusal> {
        let index = self.find(name)?;
        if index == self.current {
            return Err(refusal(format!("'{name}' is the history that you look at; switch to another first.")));
        }
        self.branches.remove(index);
        self.current -= usize::from(index < self.current);
        Ok(())
    }

    /// Leaves the current course for one that is the same up to a point; `event` is the last until then. Where too many are kept, the oldest
    /// fork goes.
    fn fork_at(&mut self, name: &str, point: Position, event: EventId) {
        let mut branch = self.branch().up_to(point, event);
        branch.name = name.into();
        branch.fork = Some(Fork { from: Arc::clone(&self.branch().name), position: point });
        self.leave(point);
        self.branches.push(branch);
        self.current = self.branches.len() - 1;
        if self.branches.len() > BRANCHES_MAX {
            self.branches.remove(1);
            self.current -= 1;
        }
    }

    /// The current course is left where it is.
    fn leave(&mut self, position: Position) {
        self.undone.clear();
        if let Some(branch) = self.branches.get_mut(self.current) {
            branch.playhead = position;
            branch.keyframes.set_aside();
        }
    }

    fn find(&self, name: &str) -> Result<usize, Refusal> {
        let index = self.branches.iter().position(|branch| *branch.name == *name);
        index.ok_or_else(|| refusal(format!("There is no history called '{name}'.")))
    }

    fn checked_name(&self, name: &str) -> Result<String, Refusal> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Refusal::new("name", "A history needs a name."));
        }
        if name.chars().count() > NAME_MAX {
            return Err(Refusal::new("name", format!("A history's name has at most {NAME_MAX} characters.")));
        }
        if self.branches.iter().any(|branch| *branch.name == *name) {
            return Err(Refusal::new("name", format!("There is a history called '{name}' already.")));
        }
        Ok(name.to_owned())
    }

    fn free_name(&self) -> String {
        let mut names = (1_u32..).map(|number| format!("fork {number}"));
        names.find(|name| self.branches.iter().all(|branch| *branch.name != **name)).unwrap_or_default()
    }

    // ── what is kept, and opened again ──

    pub(in crate::playground) fn courses(&self) -> impl Iterator<Item = &Branch> {
        self.branches.iter()
    }

    pub(in crate::playground) fn is_current(&self, branch: &Branch) -> bool {
        std::ptr::eq(self.branch(), branch)
    }

    /// What the current course is called a fork of.
    pub(in crate::playground) fn forked(&mut self, from: &str, position: Position) {
        if let Some(branch) = self.branches.get_mut(self.current) {
            branch.fork = Some(Fork { from: from.into(), position });
        }
    }

    /// Another course than the current one was left there, if it goes as far.
    pub(in crate::playground) fn left_at(&mut self, name: &str, playhead: Position) {
        if let Some(branch) = self.branches.iter_mut().find(|branch| *branch.name == *name && playhead <= branch.end) {
            branch.playhead = playhead;
        }
    }

    /// So many inputs belong to what was opened.
    pub(in crate::playground) const fn opened_with(&mut self, inputs: usize) {
        self.opening = inputs;
    }

    // ── what the timeline shows ──

    /// How many of the inputs belong to what was opened.
    pub const fn opening(&self) -> usize {
        self.opening
    }

    /// The current course's last event.
    pub fn end_event(&self) -> EventId {
        self.branch().end_event
    }

    /// Notable events of the current course, oldest first, those after the playhead too.
    pub fn marks(&self) -> &[Mark] {
        self.branch().chronicle.marks()
    }

    /// Records acknowledged in the current course, in spans of so many seconds from its beginning.
    pub fn counts(&self) -> (&[u32], u64) {
        self.branch().chronicle.counts()
    }

    /// The playhead.
    pub const fn position(&self) -> Position {
        Position::of(&self.session, self.applied)
    }

    /// How far the current course was played.
    pub fn end(&self) -> Position {
        self.branch().end
    }

    /// Whether the playhead is before that.
    pub fn is_past(&self) -> bool {
        self.position() < self.end()
    }

    /// How many keyframes are kept, of all courses; those they share count once for each.
    pub fn keyframes(&self) -> usize {
        self.branches.iter().map(|branch| branch.keyframes.len()).sum()
    }

    pub(super) fn last_event(&self) -> EventId {
        self.session.trace().last().unwrap_or(EventId(0))
    }

    /// The time at the playhead.
    pub const fn now(&self) -> Instant {
        self.session.now()
    }

    fn branch(&self) -> &Branch {
        // There is always a first branch, and `current` is one of them.
        &self.branches[self.current]
    }
}

fn refusal(message: impl Into<String>) -> Refusal {
    Refusal { message: message.into(), field: None }
}
