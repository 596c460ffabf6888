//! A scenario as a link's fragment: `p1.` and, in base64url, a checksum and deflated JSON.
//!
//! The JSON is an array without names: `[set-up, opening, [until µs, steps], [[µs after the one before, steps after it, command], …]]`; -1
//! stands for steps that are not known.

use super::{Part, Place, Point, Scenario, ScenarioError, ScenarioInput, TEXT_MAX, command};
use crate::base::{Duration, Instant};
use crate::playground::Setup;
use crate::playground::history::INPUTS_MAX;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde_json::{Map, Value};
use std::io::{Read as _, Write as _};

/// What a link's fragment begins with: `p`, and the version.
pub const PREFIX: &str = "p1.";
/// The longest link that is read, in characters.
pub const LINK_MAX: usize = 262_144;
/// How long the checksum is: CRC-32C of what follows, big-endian.
const CHECKSUM_LEN: usize = 4;

pub(super) fn wrong(part: impl Into<String>, message: impl Into<String>) -> ScenarioError {
    ScenarioError { place: Place::Part(part.into()), message: message.into() }
}

pub(super) fn damaged(part: &str) -> ScenarioError {
    wrong(part, "It is not what it should be: the link is damaged, or made by another version.")
}

impl Scenario {
    /// As a link's fragment, without `#`.
    pub fn to_link(&self) -> String {
        pack(PREFIX, &self.compact())
    }

    fn compact(&self) -> Value {
        let mut before = Point { at: Instant::ZERO, steps: Some(0) };
        let mut after = |point: Point| {
            let steps = point.steps.map_or(Value::from(-1), |steps| Value::from(steps.saturating_sub(before.steps.unwrap_or_default())));
            let gap = (point.at - before.at).as_micros();
            before = Point { at: point.at, steps: point.steps.or(before.steps) };
            (Value::from(gap), steps)
        };
        let mut inputs = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let (gap, steps) = after(input.point);
            inputs.push(Value::Array(vec![gap, steps, Value::Object(command::written(&input.command))]));
        }
        let (gap, steps) = after(self.until);
        let setup = serde_json::to_value(&self.setup).unwrap_or_default();
        Value::Array(vec![setup, self.opening.into(), Value::Array(vec![gap, steps]), Value::Array(inputs)])
    }

    /// Reads a link, or its fragment.
    ///
    /// # Errors
    /// Which part is damaged, unknown or too large.
    pub fn from_link(text: &str) -> Result<Self, ScenarioError> {
        let fragment = text.rsplit_once('#').map_or(text, |(_, fragment)| fragment).trim();
        if fragment.len() > LINK_MAX {
            return Err(wrong("length", format!("{} characters are more than a link may have: {LINK_MAX}.", fragment.len())));
        }
        let Some(encoded) = fragment.strip_prefix(PREFIX) else { return Err(unknown(fragment)) };
        let scenario = parse(unpack(encoded)?)?;
        scenario.check().map_err(|(part, message)| {
            let name = match part {
                Part::Setup => "set-up".to_owned(),
                Part::Opening => "opening".to_owned(),
                Part::Inputs => "inputs".to_owned(),
                Part::Input(index, _) => format!("input {}", index + 1),
                Part::Until(_) => "end".to_owned(),
            };
            wrong(name, message)
        })?;
        Ok(scenario)
    }
}

/// JSON behind a prefix: deflated, with a checksum, in base64url.
pub(super) fn pack(prefix: &str, value: &Value) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let deflated = encoder.write_all(value.to_string().as_bytes()).and_then(|()| encoder.finish()).unwrap_or_default();
    let mut bytes = crc32c::crc32c(&deflated).to_be_bytes().to_vec();
    bytes.extend(deflated);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// What was packed, without its prefix.
pub(super) fn unpack(encoded: &str) -> Result<Value, ScenarioError> {
    if let Some((at, stray)) = encoded.char_indices().find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))) {
        return Err(wrong("text", format!("'{stray}' at character {} does not belong there: the link is damaged.", at + 1)));
    }
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| wrong("text", "It ends in the middle: the link is cut short."))?;
    let Some((sum, deflated)) = bytes.split_at_checked(CHECKSUM_LEN) else { return Err(wrong("text", "It is cut short.")) };
    if sum != crc32c::crc32c(deflated).to_be_bytes() {
        return Err(wrong("checksum", "It does not fit the contents: the link is damaged or cut short."));
    }
    let mut text = String::new();
    let limit = TEXT_MAX as u64 + 1;
    DeflateDecoder::new(deflated).take(limit).read_to_string(&mut text).map_err(|_| damaged("contents"))?;
    if text.len() > TEXT_MAX {
        return Err(wrong("contents", format!("They are larger than a scenario may be: {TEXT_MAX} bytes.")));
    }
    serde_json::from_str(&text).map_err(|_| damaged("contents"))
}

/// A fragment that does not begin as ours.
fn unknown(fragment: &str) -> ScenarioError {
    let version = fragment.strip_prefix('p').and_then(|rest| rest.split_once('.')).map(|(version, _)| version);
    match version.filter(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(version) => wrong("version", format!("Version {version} is not known here; this page reads version 1.")),
        None => wrong("beginning", format!("A session's link has a fragment that begins with '{PREFIX}'.")),
    }
}

fn parse(value: Value) -> Result<Scenario, ScenarioError> {
    let Value::Array(parts) = value else { return Err(damaged("contents")) };
    let Ok([setup, opening, until, inputs]) = <[Value; 4]>::try_from(parts) else { return Err(damaged("contents")) };
    let setup: Setup = serde_json::from_value(setup).map_err(|error| wrong("set-up", format!("{error}.")))?;
    let opening = opening.as_u64().and_then(|count| usize::try_from(count).ok()).ok_or_else(|| damaged("opening"))?;
    let Value::Array(given) = inputs else { return Err(damaged("inputs")) };
    if given.len() > INPUTS_MAX {
        return Err(wrong("inputs", format!("A session has at most {INPUTS_MAX} inputs, not {}.", given.len())));
    }
    let mut before = Point { at: Instant::ZERO, steps: Some(0) };
    let mut inputs = Vec::with_capacity(given.len());
    for (index, input) in given.into_iter().enumerate() {
        let part = format!("input {}", index + 1);
        let (point, command) = parse_input(input, &mut before).ok_or_else(|| damaged(&part))?;
        let command = command::read(command).map_err(|error| wrong(part, error.message))?;
        inputs.push(ScenarioInput { point, command });
    }
    let Value::Array(until) = until else { return Err(damaged("end")) };
    let until =
        <[Value; 2]>::try_from(until).ok().and_then(|[gap, steps]| point_after(&gap, &steps, &mut before)).ok_or_else(|| damaged("end"))?;
    Ok(Scenario { setup, opening, inputs, until })
}

pub(super) fn parse_input(input: Value, before: &mut Point) -> Option<(Point, Map<String, Value>)> {
    let Value::Array(parts) = input else { return None };
    let [gap, steps, command] = <[Value; 3]>::try_from(parts).ok()?;
    let Value::Object(command) = command else { return None };
    Some((point_after(&gap, &steps, before)?, command))
}

pub(super) fn point_after(gap: &Value, steps: &Value, before: &mut Point) -> Option<Point> {
    let at = before.at + Duration::from_micros(gap.as_u64()?);
    let steps = match steps.as_i64()? {
        -1 => None,
        more => Some(before.steps.unwrap_or_default().checked_add(u64::try_from(more).ok()?)?),
    };
    *before = Point { at, steps: steps.or(before.steps) };
    Some(Point { at, steps })
}
