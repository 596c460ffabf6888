//! A scenario as a file: JSON, one input a line, times as the page shows them.

use super::{Part, Place, Point, Scenario, ScenarioError, ScenarioInput, TEXT_MAX, VERSION, command, moment};
use crate::playground::Setup;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A file's outermost fields, each where it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'t> {
    #[serde(rename = "partita", borrow)]
    _version: &'t RawValue,
    #[serde(borrow, default)]
    setup: Option<&'t RawValue>,
    #[serde(borrow, default)]
    opening: Option<&'t RawValue>,
    #[serde(borrow)]
    inputs: Vec<&'t RawValue>,
    #[serde(borrow)]
    until: &'t RawValue,
}

#[derive(Deserialize)]
struct Version<'t> {
    #[serde(borrow)]
    partita: Option<&'t RawValue>,
}

impl Scenario {
    /// As a file's text.
    pub fn to_file(&self) -> String {
        let inputs: Vec<String> = self.inputs.iter().map(|input| format!("    {}", line(input))).collect();
        let inputs = if inputs.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", inputs.join(",\n")) };
        let setup = serde_json::to_string(&self.setup).unwrap_or_default();
        let (opening, until) = (self.opening, point(self.until));
        format!(
            "{{\n  \"partita\": {VERSION},\n  \"setup\": {setup},\n  \"opening\": {opening},\n  \"inputs\": {inputs},\n  \"until\": {{{until}}}\n}}\n"
        )
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// Where it is wrong, by line and column, and what would be right.
    pub fn from_file(text: &str) -> Result<Self, ScenarioError> {
        let text = Text(text);
        if text.0.len() > TEXT_MAX {
            let message = format!("A scenario has at most {TEXT_MAX} bytes, not {}.", text.0.len());
            return Err(ScenarioError { place: Place::Whole, message });
        }
        let version: Version<'_> = serde_json::from_str(text.0).map_err(|error| text.error(0, &error))?;
        match version.partita {
            Some(version) if version.get() == VERSION.to_string() => {}
            Some(version) => {
                let message = format!("Version {} is not known here; this page reads version {VERSION}.", version.get());
                return Err(text.wrong(text.offset(version), message));
            }
            None => return Err(text.wrong(0, format!("This is no scenario: one begins with \"partita\": {VERSION}."))),
        }
        let file: File<'_> = serde_json::from_str(text.0).map_err(|error| text.error(0, &error))?;
        let setup: Setup = text.parse(file.setup)?.unwrap_or_default();
        let opening = text.parse(file.opening)?.unwrap_or_default();
        let inputs = file.inputs.iter().map(|raw| text.input(raw)).collect::<Result<_, _>>()?;
        let scenario = Self { setup, opening, inputs, until: text.until(file.until)? };
        scenario.check().map_err(|(part, message)| {
            let at = match part {
                Part::Setup => file.setup.map_or(0, |raw| text.offset(raw)),
                Part::Opening => file.opening.map_or(0, |raw| text.offset(raw)),
                Part::Inputs => text.find(0, text.0, "inputs"),
                Part::Input(index, field) => file.inputs.get(index).map_or(0, |raw| text.find(text.offset(raw), raw.get(), field)),
                Part::Until(field) => text.find(text.offset(file.until), file.until.get(), field),
            };
            text.wrong(at, message)
        })?;
        Ok(scenario)
    }
}

/// An input on one line, in the order in which one reads it.
fn line(input: &ScenarioInput) -> String {
    let mut fields = command::written(&input.command);
    let act = fields.remove("do").unwrap_or_default();
    let mut line = format!("{{{}, \"do\": {act}", point(input.point));
    for (name, value) in fields {
        line.push_str(&format!(", {}: {value}", Value::from(name)));
    }
    line.push('}');
    line
}

fn point(point: Point) -> String {
    let at = moment::written(point.at);
    point.steps.map_or_else(|| format!("\"at\": \"{at}\""), |steps| format!("\"at\": \"{at}\", \"steps\": {steps}"))
}

/// The file's text, to say where something stands in it.
struct Text<'t>(&'t str);

impl Text<'_> {
    fn offset(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.0.as_ptr() as usize)
    }

    /// Where a field stands in the part that begins at `from`; else where that begins.
    fn find(&self, from: usize, part: &str, field: &str) -> usize {
        from + part.find(&format!("\"{field}\"")).unwrap_or(0)
    }

    fn wrong(&self, offset: usize, message: impl Into<String>) -> ScenarioError {
        let before = self.0.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        ScenarioError { place: Place::Line { line, column }, message: message.into() }
    }

    /// An error of a part that begins at `offset`.
    fn error(&self, offset: usize, error: &serde_json::Error) -> ScenarioError {
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or_default();
        let part = self.0.get(offset..).unwrap_or_default();
        let before: usize = part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = before + error.column().saturating_sub(1);
        // The parser has gone past a field's name when it finds that it does not know it.
        let name = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
        let named = name.and_then(|name| part.get(..=at)?.rfind(&format!("\"{name}\"")));
        self.wrong(offset + named.unwrap_or(at), format!("{message}."))
    }

    fn parse<T: for<'d> Deserialize<'d>>(&self, raw: Option<&RawValue>) -> Result<Option<T>, ScenarioError> {
        let parse = |raw: &RawValue| serde_json::from_str(raw.get()).map_err(|error| self.error(self.offset(raw), &error));
        raw.map(parse).transpose()
    }

    fn fields(&self, raw: &RawValue) -> Result<Map<String, Value>, ScenarioError> {
        serde_json::from_str(raw.get()).map_err(|error| self.error(self.offset(raw), &error))
    }

    fn input(&self, raw: &RawValue) -> Result<ScenarioInput, ScenarioError> {
        let mut fields = self.fields(raw)?;
        let point = self.point(raw, &mut fields)?;
        let command = command::read(fields).map_err(|wrong| {
            let at = wrong.field.map_or(0, |field| self.find(0, raw.get(), &field));
            self.wrong(self.offset(raw) + at, wrong.message)
        })?;
        Ok(ScenarioInput { point, command })
    }

    fn until(&self, raw: &RawValue) -> Result<Point, ScenarioError> {
        let mut fields = self.fields(raw)?;
        let point = self.point(raw, &mut fields)?;
        match fields.keys().next() {
            Some(stray) => Err(self
                .wrong(self.find(self.offset(raw), raw.get(), stray), format!("There is no field '{stray}' here; there are at, steps."))),
            None => Ok(point),
        }
    }

    fn point(&self, raw: &RawValue, fields: &mut Map<String, Value>) -> Result<Point, ScenarioError> {
        let wrong = |field: &str, message: &str| Err(self.wrong(self.find(self.offset(raw), raw.get(), field), message));
        let at = match fields.remove("at") {
            Some(Value::String(text)) => match moment::read(&text) {
                Some(at) => at,
                None => return wrong("at", &format!("'{text}' is no time; \"00:12.5\" would be, minutes and seconds.")),
            },
            Some(_) => return wrong("at", "A time is text, minutes and seconds: \"00:12.5\"."),
            None => return wrong("at", "It has no time: \"at\": \"00:12.5\", say."),
        };
        let steps = match fields.remove("steps") {
            None => None,
            Some(steps) => match steps.as_u64() {
                Some(steps) => Some(steps),
                None => return wrong("steps", "Steps are a whole number; leave it out in what you write by hand."),
            },
        };
        Ok(Point { at, steps })
    }
}
