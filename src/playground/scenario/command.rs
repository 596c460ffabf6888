//! Commands as JSON: read with what is wrong and what would be right, written without what says nothing.

use crate::playground::Command;
use serde_json::{Map, Value};

/// What is wrong with a command, and at which field.
pub(super) struct Wrong {
    pub field: Option<String>,
    pub message: String,
}

impl Command {
    /// Reads a command from JSON; what is not understood is not passed over.
    ///
    /// # Errors
    /// What is wrong, and what would be right, as a sentence.
    pub fn from_json(text: &str) -> Result<Self, String> {
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => read(fields).map_err(|wrong| wrong.message),
            Ok(_) => Err("A command is an object: {\"do\": \"killBroker\", \"node\": 2}, say.".to_owned()),
            Err(error) => Err(format!("{error}.")),
        }
    }
}

/// Reads a command from the fields of an object.
pub(super) fn read(fields: Map<String, Value>) -> Result<Command, Wrong> {
    let said = Value::Object(fields);
    let command: Command = serde_json::from_value(said.clone()).map_err(|error| wrong(&said, &error))?;
    // What is not understood must not be passed over in silence.
    let known = serde_json::to_value(&command).unwrap_or_default();
    match stray(&said, &known) {
        Some((field, fields)) => {
            let message = format!("There is no field '{field}' here; there are {}.", fields.join(", "));
            Err(Wrong { field: Some(field), message })
        }
        None => Ok(command),
    }
}

/// Names the field that is at fault: the one without which the error is another.
fn wrong(said: &Value, error: &serde_json::Error) -> Wrong {
    let message = error.to_string();
    let Value::Object(fields) = said else { return Wrong { field: None, message } };
    if !fields.contains_key("do") {
        return Wrong { field: None, message: "An input says what to do: \"do\": \"createTopic\", say.".to_owned() };
    }
    if message.starts_with("unknown variant") {
        return Wrong { field: Some("do".to_owned()), message: format!("{message}.") };
    }
    if message.starts_with("missing field") {
        return Wrong { field: None, message: format!("{message}.") };
    }
    let at_fault = fields.keys().find(|key| {
        let mut without = fields.clone();
        without.remove(*key);
        *key != "do"
            && serde_json::from_value::<Command>(Value::Object(without)).map_or_else(|other| other.to_string() != message, |_| true)
    });
    let message = match at_fault {
        Some(field) => format!("{field}: {message}."),
        None => format!("{message}."),
    };
    Wrong { field: at_fault.cloned(), message }
}

/// A field that was said and is not known, with those that are.
fn stray(said: &Value, known: &Value) -> Option<(String, Vec<String>)> {
    let (Value::Object(said), Value::Object(known)) = (said, known) else { return None };
    for (field, value) in said {
        match known.get(field) {
            // What is written only where it says something may be left out of what is known.
            None if value.is_null() => {}
            None => return Some((field.clone(), known.keys().cloned().collect())),
            Some(of_known) => {
                if let Some(deeper) = stray(value, of_known) {
                    return Some(deeper);
                }
            }
        }
    }
    None
}

/// A command's fields, without those that are null: they stand for "not said".
pub(super) fn written(command: &Command) -> Map<String, Value> {
    let mut value = serde_json::to_value(command).unwrap_or_default();
    strip(&mut value);
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn strip(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|_, value| !value.is_null());
        fields.values_mut().for_each(strip);
    }
}
