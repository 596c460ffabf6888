//! Kafka's message specifications: JSON with `//` comments.

use serde_json::Value;

/// Inclusive versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    pub first: i16,
    pub last: i16,
}

impl Versions {
    /// `"3"`, `"3-5"`, `"3+"`; `None` for `"none"`.
    fn parse(text: &str) -> Result<Option<Self>, String> {
        let number = |text: &str| text.parse::<i16>().map_err(|_| format!("no version: '{text}'"));
        if text == "none" {
            return Ok(None);
        }
        let (first, last) = match (text.strip_suffix('+'), text.split_once('-')) {
            (Some(first), _) => (number(first)?, i16::MAX),
            (None, Some((first, last))) => (number(first)?, number(last)?),
            (None, None) => (number(text)?, number(text)?),
        };
        Ok(Some(Self { first, last }))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Request,
    Response,
    Metadata,
    CoordinatorKey,
    CoordinatorValue,
    Data,
}

#[derive(Debug)]
pub struct Message {
    pub name: String,
    pub kind: Kind,
    /// A record of the cluster's metadata log.
    pub cluster_metadata: bool,
    pub key: Option<i16>,
    pub versions: Versions,
    pub flexible_since: Option<i16>,
    pub latest_unstable: bool,
    /// The message itself comes first.
    pub structs: Vec<Struct>,
}

#[derive(Debug)]
pub struct Struct {
    pub name: String,
    pub about: String,
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Bool,
    Int8,
    Int16,
    Uint16,
    Int32,
    Uint32,
    Int64,
    Float64,
    Uuid,
    String,
    Bytes,
    Records,
    Struct(String),
    Array(Box<Type>),
}

#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub about: String,
    pub kind: Type,
    pub versions: Versions,
    pub nullable: Option<Versions>,
    pub tag: Option<i32>,
    /// A number, 1 for true.
    pub default: i64,
    pub null_default: bool,
    pub ignorable: bool,
}

impl Message {
    /// The name of its file and module.
    pub fn module(&self) -> String {
        snake_case(&self.name)
    }
}

/// `ThrottleTimeMs` to `throttle_time_ms`; `KRaftVersion` to `kraft_version`; a run of capitals is one word.
pub fn snake_case(name: &str) -> String {
    let name = name.replace("KRaft", "Kraft");
    let chars: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, &char) in chars.iter().enumerate() {
        let after_small = index > 0 && !chars[index - 1].is_uppercase();
        let before_small = index > 0 && chars.get(index + 1).is_some_and(|next| next.is_lowercase());
        if char.is_uppercase() && (after_small || before_small) {
            snake.push('_');
        }
        snake.extend(char.to_lowercase());
    }
    snake
}

/// `None` for a header, or a message without versions.
pub fn parse(text: &str) -> Result<Option<Message>, String> {
    let plain: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let json: Value = serde_json::from_str(&plain).map_err(|error| error.to_string())?;
    let kind = match text_of(&json, "type")? {
        "request" => Kind::Request,
        "response" => Kind::Response,
        "metadata" => Kind::Metadata,
        "coordinator-key" => Kind::CoordinatorKey,
        "coordinator-value" => Kind::CoordinatorValue,
        "data" => Kind::Data,
        "header" => return Ok(None),
        other => return Err(format!("unknown type {other}")),
    };
    let Some(versions) = Versions::parse(text_of(&json, "validVersions")?)? else { return Ok(None) };
    let flexible = Versions::parse(text_of(&json, "flexibleVersions")?)?;
    let name = text_of(&json, "name")?.to_owned();
    let flexibility = match flexible {
        Some(Versions { first, .. }) => format!("flexible since {first}"),
        None => "never flexible".to_owned(),
    };
    let about = format!("Versions {} to {}; {flexibility}.", versions.first, versions.last);
    let mut structs = vec![Struct { about, name: name.clone(), fields: Vec::new() }];
    structs[0].fields = fields(&json, &mut structs)?;
    for common in json.get("commonStructs").and_then(Value::as_array).into_iter().flatten() {
        add_struct(text_of(common, "name")?, "Used in several places of the message.", common, &mut structs)?;
    }
    Ok(Some(Message {
        name,
        kind,
        cluster_metadata: false,
        key: json.get("apiKey").and_then(Value::as_i64).and_then(|key| key.try_into().ok()),
        versions,
        flexible_since: flexible.map(|flexible| flexible.first),
        latest_unstable: json.get("latestVersionUnstable").and_then(Value::as_bool).unwrap_or(false),
        structs,
    }))
}

fn text_of<'a>(json: &'a Value, key: &str) -> Result<&'a str, String> {
    json.get(key).and_then(Value::as_str).ok_or_else(|| format!("no {key}"))
}

fn add_struct(name: &str, about: &str, json: &Value, structs: &mut Vec<Struct>) -> Result<(), String> {
    if structs.iter().any(|known| known.name == name) {
        return Err(format!("two structs are called {name}"));
    }
    let index = structs.len();
    structs.push(Struct { name: name.to_owned(), about: about.to_owned(), fields: Vec::new() });
    structs[index].fields = fields(json, structs)?;
    Ok(())
}

fn fields(json: &Value, structs: &mut Vec<Struct>) -> Result<Vec<Field>, String> {
    json.get("fields").and_then(Value::as_array).into_iter().flatten().map(|json| field(json, structs)).collect()
}

/// A field's versions in words; nothing where it is in all of them.
fn where_it_stands(versions: Versions, nullable: Option<Versions>, tag: Option<i32>) -> String {
    let span = |versions: Versions| match (versions.first, versions.last) {
        (0, i16::MAX) => None,
        (first, i16::MAX) => Some(format!("since version {first}")),
        (first, last) => Some(format!("versions {first} to {last}")),
    };
    let mut parts = Vec::from_iter(span(versions));
    parts.extend(tag.map(|tag| format!("tag {tag}")));
    if let Some(nullable) = nullable.filter(|nullable| *nullable != versions) {
        parts.extend(span(nullable).map(|span| format!("null {span}")));
    }
    let mut text = parts.join("; ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
        text.push('.');
    }
    text
}

fn field(json: &Value, structs: &mut Vec<Struct>) -> Result<Field, String> {
    let name = text_of(json, "name")?.to_owned();
    let kind = parse_type(text_of(json, "type")?);
    if json.get("fields").is_some() {
        let inner = match &kind {
            Type::Struct(name) => name,
            Type::Array(element) => match &**element {
                Type::Struct(name) => name,
                _ => return Err(format!("{name} has fields but is no struct")),
            },
            _ => return Err(format!("{name} has fields but is no struct")),
        };
        add_struct(&inner.clone(), &format!("What `{name}` holds."), json, structs)?;
    }
    let versions = |key| match json.get(key).and_then(Value::as_str) {
        Some(text) => Versions::parse(text),
        None => Ok(None),
    };
    let (tagged, plain) = (versions("taggedVersions")?, versions("versions")?);
    let tag = json.get("tag").and_then(Value::as_i64).and_then(|tag| tag.try_into().ok());
    if tagged.is_some() != tag.is_some() || (tagged.is_some() && plain.is_some() && tagged != plain) {
        return Err(format!("{name} is not tagged in all of its versions"));
    }
    let (default, null_default) = default(&name, &kind, json.get("default"))?;
    let versions_of_it = plain.or(tagged).ok_or_else(|| format!("{name} has no versions"))?;
    let nullable = versions("nullableVersions")?;
    Ok(Field {
        about: where_it_stands(versions_of_it, nullable, tag),
        versions: versions_of_it,
        nullable,
        tag,
        default,
        // Records have no other default in Kafka's own classes.
        null_default: null_default || kind == Type::Records,
        ignorable: json.get("ignorable").and_then(Value::as_bool).unwrap_or(false),
        name,
        kind,
    })
}

fn parse_type(text: &str) -> Type {
    match text {
        "bool" => Type::Bool,
        "int8" => Type::Int8,
        "int16" => Type::Int16,
        "uint16" => Type::Uint16,
        "int32" => Type::Int32,
        "uint32" => Type::Uint32,
        "int64" => Type::Int64,
        "float64" => Type::Float64,
        "uuid" => Type::Uuid,
        "string" => Type::String,
        "bytes" => Type::Bytes,
        "records" => Type::Records,
        _ => match text.strip_prefix("[]") {
            Some(element) => Type::Array(Box::new(parse_type(element))),
            None => Type::Struct(text.to_owned()),
        },
    }
}

/// A number and whether it is null. JSON's own null is no default at all; the text "null" is one.
fn default(name: &str, kind: &Type, json: Option<&Value>) -> Result<(i64, bool), String> {
    let text = match json {
        None | Some(Value::Null) => return Ok((0, false)),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let unexpected = || format!("{name} has the default '{text}'");
    match kind {
        Type::Int8 | Type::Int16 | Type::Uint16 | Type::Int32 | Type::Uint32 | Type::Int64 => {
            let number = match text.strip_prefix("0x") {
                Some(digits) => i64::from_str_radix(digits, 16).ok(),
                None => text.parse().ok(),
            };
            Ok((number.ok_or_else(unexpected)?, false))
        }
        Type::Bool => text.parse::<bool>().map(|value| (i64::from(value), false)).map_err(|_| unexpected()),
        _ if text == "null" => Ok((0, true)),
        _ if text.is_empty() => Ok((0, false)),
        _ => Err(unexpected()),
    }
}
