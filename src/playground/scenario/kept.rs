//! All courses of a history, and where its playheads stand: what a page keeps to have the session again.
//!
//! As text: `h1.`, then what a link has after its prefix, of `[set-up, opening, current, [course, …]]`. A course is `[name, left, fork, end,
//! playhead, inputs]`: what it shares with an earlier one is said once. `left` is `[number of that course, position]`, `fork` is `[the other's
//! name then, position]`, both null for a course from the beginning; a position is `[µs, steps, inputs]`; the end and the inputs are as in a
//! link, counted from where the course was left.

use super::link::{PREFIX, damaged, pack, parse_input, point_after, unpack, wrong};
use super::{Point, Scenario, ScenarioError, ScenarioInput, UNTIL_MAX, command, follows};
use crate::base::Instant;
use crate::playground::history::{BRANCHES_MAX, History, INPUTS_MAX, NAME_MAX};
use crate::playground::{Position, Setup};
use serde_json::{Value, json};

/// What a kept session begins with: `h`, and the version.
const KEPT_PREFIX: &str = "h1.";
/// The longest that is kept and read, in characters.
pub const KEPT_MAX: usize = 1_048_576;

/// A session with all its courses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courses {
    pub(super) setup: Setup,
    pub(super) opening: usize,
    pub(super) courses: Vec<Course>,
    /// Which of them is looked at.
    pub(super) current: usize,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// None: as a history calls its first.
    pub name: Option<String>,
    /// Up to where it was one with an earlier one; none: it begins at the beginning.
    pub left: Option<(usize, Position)>,
    /// Whose fork it is called, and from where.
    pub fork: Option<(String, Position)>,
    /// Since it was left.
    pub inputs: Vec<ScenarioInput>,
    pub end: Point,
    /// None: at its end.
    pub playhead: Option<Position>,
}

impl Course {
    /// Where its own part begins.
    pub fn begin(&self) -> Position {
        self.left.map_or_else(Position::default, |(_, position)| position)
    }
}

impl From<Scenario> for Courses {
    fn from(scenario: Scenario) -> Self {
        let Scenario { setup, opening, inputs, until } = scenario;
        Self {
            setup,
            opening,
            courses: vec![Course { name: None, left: None, fork: None, inputs, end: until, playhead: None }],
            current: 0,
        }
    }
}

impl Courses {
    pub fn of(history: &History) -> Self {
        let all: Vec<_> = history.courses().collect();
        let courses = all.iter().enumerate().map(|(index, branch)| {
            let shared = |position: Position| {
                let earlier = all.iter().take(index);
                earlier.enumerate().find(|(_, other)| other.is_as(branch, position)).map(|(other, _)| (other, position))
            };
            let left = branch.fork.as_ref().and_then(|fork| shared(fork.position));
            let inputs = branch.inputs.iter().skip(left.map_or(0, |(_, position)| position.inputs));
            let point = |at, steps| Point { at, steps: Some(steps) };
            Course {
                name: Some(branch.name.to_string()),
                left,
                fork: branch.fork.as_ref().map(|fork| (fork.from.to_string(), fork.position)),
                inputs: inputs.map(|input| ScenarioInput { point: point(input.at, input.steps), command: input.command.clone() }).collect(),
                end: point(branch.end.at, branch.end.steps),
                playhead: Some(if history.is_current(branch) { history.position() } else { branch.playhead }),
            }
        });
        let current = all.iter().position(|branch| history.is_current(branch)).unwrap_or_default();
        Self { setup: history.setup().clone(), opening: history.opening(), courses: courses.collect(), current }
    }

    /// As text; the course that is looked at alone, up to the playhead, where all of them would be too long; nothing where that is.
    pub fn text_of(history: &History) -> Option<String> {
        let all = Self::of(history).to_text();
        let fits = |text: &String| text.len() <= KEPT_MAX;
        Some(all).filter(fits).or_else(|| Some(Scenario::of(history).to_link()).filter(fits))
    }

    fn to_text(&self) -> String {
        let position = |position: Position| json!([position.at.as_micros(), position.steps, position.inputs]);
        let courses = self.courses.iter().map(|course| {
            let begin = course.begin();
            let mut before = Point { at: begin.at, steps: Some(begin.steps) };
            let mut after = |point: Point| {
                let gap = (point.at - before.at).as_micros();
                let steps = point.steps.unwrap_or_default().saturating_sub(before.steps.unwrap_or_default());
                before = point;
                (gap, steps)
            };
            let inputs: Vec<Value> = course
                .inputs
                .iter()
                .map(|input| {
                    let (gap, steps) = after(input.point);
                    json!([gap, steps, command::written(&input.command)])
                })
                .collect();
            let (gap, steps) = after(course.end);
            let left = course.left.map(|(other, at)| json!([other, position(at)]));
            let fork = course.fork.as_ref().map(|(name, at)| json!([name, position(*at)]));
            json!([course.name, left, fork, [gap, steps], course.playhead.map(position), inputs])
        });
        let courses: Vec<Value> = courses.collect();
        pack(KEPT_PREFIX, &json!([self.setup, self.opening, self.current, courses]))
    }

    /// Reads what was kept, by this version or as the link that older ones kept.
    ///
    /// # Errors
    /// Which part is damaged, unknown or too large.
    pub fn read(text: &str) -> Result<Self, ScenarioError> {
        if text.starts_with(PREFIX) {
            return Scenario::from_link(text).map(Self::from);
        }
        let encoded = text.strip_prefix(KEPT_PREFIX).ok_or_else(|| wrong("version", "It was kept by a version that is not known here."))?;
        if encoded.len() > KEPT_MAX {
            return Err(wrong("length", format!("{} characters are more than can be kept: {KEPT_MAX}.", encoded.len())));
        }
        let Value::Array(parts) = unpack(encoded)? else { return Err(damaged("contents")) };
        let Ok([setup, opening, current, courses]) = <[Value; 4]>::try_from(parts) else { return Err(damaged("contents")) };
        let setup: Setup = serde_json::from_value(setup).map_err(|error| wrong("set-up", format!("{error}.")))?;
        setup.config().map_err(|error| wrong("set-up", error.to_string()))?;
        let opening = index(&opening).ok_or_else(|| damaged("opening"))?;
        let Value::Array(given) = courses else { return Err(damaged("courses")) };
        if given.is_empty() || given.len() > BRANCHES_MAX {
            return Err(wrong("courses", format!("There are 1 to {BRANCHES_MAX} histories, not {}.", given.len())));
        }
        let mut courses: Vec<Course> = Vec::with_capacity(given.len());
        for (number, course) in given.into_iter().enumerate() {
            let part = format!("history {}", number + 1);
            let course = read_course(course, &part, number)?;
            if courses.iter().any(|other| other.name == course.name) {
                return Err(wrong(part, "Another one has its name."));
            }
            courses.push(course);
        }
        let current = index(&current).filter(|current| *current < courses.len()).ok_or_else(|| damaged("contents"))?;
        Ok(Self { setup, opening, courses, current })
    }
}

fn index(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

fn read_position(value: &Value) -> Option<Position> {
    let [at, steps, inputs] = value.as_array()?.as_slice() else { return None };
    Some(Position { at: Instant::from_micros(at.as_u64()?), steps: steps.as_u64()?, inputs: index(inputs)? })
}

/// Something and a position; what is absent is `Some(None)`.
fn read_pair<T>(value: &Value, first: impl Fn(&Value) -> Option<T>) -> Option<Option<(T, Position)>> {
    match value {
        Value::Null => Some(None),
        Value::Array(pair) => match pair.as_slice() {
            [one, position] => Some(Some((first(one)?, read_position(position)?))),
            _ => None,
        },
        _ => None,
    }
}

fn read_course(course: Value, part: &str, number: usize) -> Result<Course, ScenarioError> {
    let Value::Array(parts) = course else { return Err(damaged(part)) };
    let Ok([name, left, fork, end, playhead, given]) = <[Value; 6]>::try_from(parts) else { return Err(damaged(part)) };
    let name = name.as_str().filter(|name| *name == name.trim() && !name.is_empty() && name.chars().count() <= NAME_MAX);
    let name = name.ok_or_else(|| wrong(part, "Its name cannot be one."))?.to_owned();
    let left = read_pair(&left, |other| index(other).filter(|other| *other < number)).ok_or_else(|| damaged(part))?;
    let fork = read_pair(&fork, |name| Some(name.as_str()?.to_owned())).ok_or_else(|| damaged(part))?;
    let playhead = Some(read_position(&playhead).ok_or_else(|| damaged(part))?);
    let Value::Array(given) = given else { return Err(damaged(part)) };
    let mut course = Course { name: Some(name), left, fork, inputs: Vec::with_capacity(given.len()), end: Point::default(), playhead };
    let begin = course.begin();
    if given.len().saturating_add(begin.inputs) > INPUTS_MAX {
        return Err(wrong(part, format!("A session has at most {INPUTS_MAX} inputs.")));
    }
    let mut before = Point { at: begin.at, steps: Some(begin.steps) };
    for (index, input) in given.into_iter().enumerate() {
        let (point, command) = parse_input(input, &mut before).ok_or_else(|| damaged(part))?;
        let command = command::read(command).map_err(|error| wrong(format!("{part}, input {}", index + 1), error.message))?;
        course.inputs.push(ScenarioInput { point, command });
    }
    let Value::Array(end) = end else { return Err(damaged(part)) };
    let last = before;
    let end = <[Value; 2]>::try_from(end).ok().and_then(|[gap, steps]| point_after(&gap, &steps, &mut before));
    course.end = end.ok_or_else(|| damaged(part))?;
    follows(last, course.end).map_err(|(_, message)| wrong(part, message))?;
    if course.end.at > Instant::ZERO + UNTIL_MAX {
        return Err(damaged(part));
    }
    Ok(course)
}
