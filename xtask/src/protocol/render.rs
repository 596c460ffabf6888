//! The generated Rust.

use super::schema::{Field, Kind, Message, Struct, Type, Versions, snake_case};
use std::fmt::Write as _;

const KEYWORDS: [&str; 9] = ["type", "match", "ref", "in", "loop", "move", "use", "where", "self"];

fn opening(version: &str, what: &str) -> String {
    format!("//! {what}\n//!\n//! Written by `cargo xtask protocol` from Apache Kafka {version}'s specifications; not to be edited.\n\n")
}

/// The Rust name of a field.
fn field_name(name: &str) -> String {
    let snake = snake_case(name);
    if KEYWORDS.contains(&snake.as_str()) { format!("{snake}_") } else { snake }
}

/// `FIND_COORDINATOR`.
fn kafka_name(name: &str) -> String {
    snake_case(name).to_uppercase()
}

fn type_name(kind: &Type) -> String {
    match kind {
        Type::Bool => "bool".to_owned(),
        Type::Int8 => "i8".to_owned(),
        Type::Int16 => "i16".to_owned(),
        Type::Uint16 => "u16".to_owned(),
        Type::Int32 => "i32".to_owned(),
        Type::Uint32 => "u32".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Float64 => "f64".to_owned(),
        Type::Uuid => "Uuid".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bytes => "Bytes".to_owned(),
        Type::Records => "Rope".to_owned(),
        Type::Struct(name) => name.clone(),
        Type::Array(element) => format!("Vec<{}>", type_name(element)),
    }
}

/// The codec's function for it.
fn function(field: &Field) -> String {
    let name = match &field.kind {
        Type::Bool => "bool",
        Type::Int8 => "i8",
        Type::Int16 => "i16",
        Type::Uint16 => "u16",
        Type::Int32 => "i32",
        Type::Uint32 => "u32",
        Type::Int64 => "i64",
        Type::Float64 => "f64",
        Type::Uuid => "uuid",
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::Records => "records",
        Type::Struct(_) => "nested",
        Type::Array(_) => "array",
    };
    if field.nullable.is_some() { format!("nullable_{name}") } else { name.to_owned() }
}

fn default_value(field: &Field) -> String {
    match (&field.kind, field.nullable.is_some()) {
        (_, true) if field.null_default => "None".to_owned(),
        (_, true) => "Some(Default::default())".to_owned(),
        (Type::Bool, false) => (field.default != 0).to_string(),
        (Type::Int8 | Type::Int16 | Type::Uint16 | Type::Int32 | Type::Uint32 | Type::Int64, false) => field.default.to_string(),
        _ => "Default::default()".to_owned(),
    }
}

/// Rust's own default is the specification's.
fn plain_default(field: &Field) -> bool {
    match field.nullable {
        Some(_) => field.null_default,
        None => field.default == 0,
    }
}

fn descriptor(field: &Field) -> String {
    let mut text = format!("&Field {{ name: {:?}", field.name);
    let Versions { first, last } = field.versions;
    if first != 0 {
        let _ = write!(text, ", since: {first}");
    }
    if last != i16::MAX {
        let _ = write!(text, ", until: {last}");
    }
    if let Some(Versions { first, last }) = field.nullable {
        let last = if last == i16::MAX { "i16::MAX".to_owned() } else { last.to_string() };
        let _ = write!(text, ", null_since: {first}, null_until: {last}");
    }
    if let Some(tag) = field.tag {
        let _ = write!(text, ", tag: {tag}");
    }
    if field.default != 0 {
        let _ = write!(text, ", default: {}", field.default);
    }
    if field.null_default {
        text.push_str(", null: true");
    }
    if field.ignorable {
        text.push_str(", ignorable: true");
    }
    text + ", ..FIELD }"
}

/// A documentation comment, broken into lines.
fn comment(indent: &str, text: &str) -> String {
    let escaped = text.replace('<', "\\<").replace('[', "\\[");
    let mut lines = String::new();
    let mut line = String::new();
    for word in escaped.split_whitespace() {
        if line.len() + word.len() > 125 {
            let _ = writeln!(lines, "{indent}///{line}");
            line.clear();
        }
        let _ = write!(line, " {word}");
    }
    if !line.is_empty() {
        let _ = writeln!(lines, "{indent}///{line}");
    }
    lines
}

fn render_struct(item: &Struct, flexible: bool) -> String {
    let mut text = String::new();
    let name = &item.name;
    let plain = item.fields.iter().all(plain_default);
    let derived = if plain { "Clone, Debug, Default, PartialEq" } else { "Clone, Debug, PartialEq" };
    text.push_str(&comment("", &item.about));
    let _ = writeln!(text, "#[derive({derived})]\npub struct {name} {{");
    for field in &item.fields {
        let kind = type_name(&field.kind);
        let kind = if field.nullable.is_some() { format!("Option<{kind}>") } else { kind };
        text.push_str(&comment("    ", &field.about));
        let _ = writeln!(text, "    pub {}: {kind},", field_name(&field.name));
    }
    if flexible {
        text.push_str("    /// Tagged fields that are not known here.\n    pub tags: Tags,\n");
    }
    text.push_str("}\n\n");
    if !plain {
        let _ = writeln!(text, "impl Default for {name} {{\n    fn default() -> Self {{\n        Self {{");
        for field in &item.fields {
            let _ = writeln!(text, "            {}: {},", field_name(&field.name), default_value(field));
        }
        if flexible {
            text.push_str("            tags: Tags::default(),\n");
        }
        text.push_str("        }\n    }\n}\n\n");
    }
    text + &render_visit(item, flexible)
}

/// Fields as they lie on the wire: tagged ones come last, by tag.
fn render_visit(item: &Struct, flexible: bool) -> String {
    let mut text = String::new();
    let mut tagged: Vec<&Field> = item.fields.iter().filter(|field| field.tag.is_some()).collect();
    tagged.sort_by_key(|field| field.tag);
    let visit = |field: &Field| format!("        c.{}({}, &mut self.{});\n", function(field), descriptor(field), field_name(&field.name));
    let codec = if item.fields.is_empty() && !flexible { "_" } else { "c" };
    let _ = writeln!(text, "impl Visit for {} {{\n    fn visit(&mut self, {codec}: &mut Codec) {{", item.name);
    item.fields.iter().filter(|field| field.tag.is_none()).for_each(|field| text.push_str(&visit(field)));
    if tagged.is_empty() && flexible {
        text.push_str("        c.tags(&mut self.tags);\n");
    } else if !tagged.is_empty() {
        text.push_str("        c.begin_tags(&mut self.tags);\n");
        tagged.iter().for_each(|field| text.push_str(&visit(field)));
        text.push_str("        c.end_tags(&mut self.tags);\n");
    }
    let _ = writeln!(text, "    }}\n}}\n\nimpl Part for {} {{}}\n", item.name);
    text
}

/// One message's file.
pub fn message(version: &str, message: &Message) -> Result<String, String> {
    let flexible = message.flexible_since.is_some();
    if !flexible && message.structs.iter().flat_map(|item| &item.fields).any(|field| field.tag.is_some()) {
        return Err("tagged fields without flexible versions".to_owned());
    }
    let body: String = message.structs.iter().map(|item| render_struct(item, flexible)).collect();
    let mut text = opening(version, &format!("`{}`", message.name));
    for (path, name) in [("crate::base::Uuid", "Uuid"), ("crate::wire::rope::Rope", "Rope"), ("bytes::Bytes", "Bytes")] {
        if body.contains(&format!(": {name},")) || body.contains(&format!("<{name}>")) {
            let _ = writeln!(text, "use {path};");
        }
    }
    let (traits, implementation) = kind_traits(message);
    let fields = if message.structs.iter().any(|item| !item.fields.is_empty()) { ", FIELD, Field" } else { "" };
    let tags = if flexible { ", Tags" } else { "" };
    let _ = writeln!(text, "use crate::wire::codec::{{Codec, Message, Part, Visit{fields}{tags}}};\n{traits}\n\n{body}");
    let Versions { first, last } = message.versions;
    let flexible_since = message.flexible_since.map_or_else(|| "i16::MAX".to_owned(), |since| since.to_string());
    let name = &message.name;
    let _ = writeln!(
        text,
        "impl Message for {name} {{\n    const NAME: &'static str = {name:?};\n    const VERSIONS: std::ops::RangeInclusive<i16> = \
         {first}..={last};\n    const FLEXIBLE_SINCE: i16 = {flexible_since};"
    );
    if message.kind == Kind::Request {
        text.push_str("    const TAIL_IGNORED: bool = true;\n");
    }
    let _ = writeln!(text, "}}\n\n{implementation}");
    Ok(text)
}

/// What it is besides a message: imports and implementation.
fn kind_traits(message: &Message) -> (String, String) {
    let name = &message.name;
    let key = message.key.unwrap_or_default();
    match message.kind {
        Kind::Request => {
            let api = name.trim_end_matches("Request");
            (
                format!("use crate::wire::api::{{ApiKey, Request}};\nuse super::{api}Response;"),
                format!("impl Request for {name} {{\n    const KEY: ApiKey = ApiKey::{api};\n    type Response = {api}Response;\n}}"),
            )
        }
        Kind::Response => {
            let api = name.trim_end_matches("Response");
            (
                "use crate::wire::api::{ApiKey, Response};".to_owned(),
                format!("impl Response for {name} {{\n    const KEY: ApiKey = ApiKey::{api};\n}}"),
            )
        }
        Kind::CoordinatorKey => (
            "use crate::wire::versioned::CoordinatorKey;".to_owned(),
            format!("impl CoordinatorKey for {name} {{\n    const KEY: i16 = {key};\n}}"),
        ),
        Kind::Metadata | Kind::CoordinatorValue | Kind::Data => (String::new(), String::new()),
    }
}

/// The enum of all APIs and what is to be known of each.
pub fn api_key(version: &str, requests: &[&Message]) -> String {
    let mut sorted = requests.to_vec();
    sorted.sort_by_key(|request| request.key);
    let name = |request: &Message| request.name.trim_end_matches("Request").to_owned();
    let key = |request: &Message| request.key.unwrap_or_default();
    let mut text = opening(version, "The APIs of the protocol.");
    text.push_str(
        "use crate::wire::api::Api;\n\n/// An API of the protocol. Those that Apache Kafka no longer has in any version are left out.\n",
    );
    text.push_str("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(i16)]\npub enum ApiKey {\n");
    for request in &sorted {
        let _ = writeln!(text, "    {} = {},", name(request), key(request));
    }
    text.push_str("}\n\nimpl ApiKey {\n    /// By ascending number.\n    pub const ALL: &'static [Self] = &[\n");
    for request in &sorted {
        let _ = writeln!(text, "        Self::{},", name(request));
    }
    text.push_str("    ];\n\n    pub(in crate::wire) const fn api(self) -> &'static Api {\n        match self {\n");
    for request in &sorted {
        let Versions { first, last } = request.versions;
        let since = request.flexible_since.map_or_else(|| "i16::MAX".to_owned(), |since| since.to_string());
        let (api, unstable) = (name(request), request.latest_unstable);
        let _ = writeln!(
            text,
            "            Self::{api} => &Api {{ name: {api:?}, kafka_name: {:?}, oldest: {first}, latest: {last}, latest_unstable: \
             {unstable}, flexible_since: {since} }},",
            kafka_name(&api)
        );
    }
    text + "        }\n    }\n}\n"
}

/// The enum of all records of the cluster's metadata log.
pub fn metadata_record(version: &str, messages: &[Message]) -> String {
    let mut records: Vec<&Message> = messages.iter().filter(|message| message.cluster_metadata).collect();
    records.sort_by_key(|record| record.key);
    let variant = |record: &Message| record.name.trim_end_matches("Record").to_owned();
    let key = |record: &Message| record.key.unwrap_or_default();
    let mut text = opening(version, "The records of the cluster's metadata log.");
    text.push_str(
        "use super::*;\nuse crate::wire::codec::{WireError, decode, encode_after};\nuse crate::wire::rope::Rope;\nuse bytes::Bytes;\n\n",
    );
    text.push_str("/// A record of `__cluster_metadata`.\n#[derive(Clone, Debug, PartialEq)]\npub enum MetadataRecord {\n");
    for record in &records {
        let _ = writeln!(text, "    {}({}),", variant(record), record.name);
    }
    text.push_str("}\n\nimpl MetadataRecord {\n    /// The number of the record's type (`MetadataRecordType`).\n    pub const fn key(&self) -> i16 {\n        match self {\n");
    for record in &records {
        let _ = writeln!(text, "            Self::{}(_) => {},", variant(record), key(record));
    }
    text.push_str(
        "        }\n    }\n\n    /// The specification's name.\n    pub const fn name(&self) -> &'static str {\n        match self {\n",
    );
    for record in &records {
        let _ = writeln!(text, "            Self::{}(_) => {:?},", variant(record), record.name);
    }
    text.push_str("        }\n    }\n\n    /// The latest version of the record's type.\n    pub const fn latest_version(&self) -> i16 {\n        match self {\n");
    for record in &records {
        let _ = writeln!(text, "            Self::{}(_) => {},", variant(record), record.versions.last);
    }
    text.push_str(
        "        }\n    }\n\n    pub(in crate::wire) fn decode_body(key: u32, version: i16, body: Bytes) -> Result<Option<Self>, WireError> \
         {\n        Ok(Some(match key {\n",
    );
    for record in &records {
        let _ = writeln!(text, "            {} => Self::{}(decode(body, version)?),", key(record), variant(record));
    }
    text.push_str(
        "            _ => return Ok(None),\n        }))\n    }\n\n    pub(in crate::wire) fn encode_body(&mut self, head: Vec<u8>, version: i16) \
         -> Result<Rope, WireError> {\n        match self {\n",
    );
    for record in &records {
        let _ = writeln!(text, "            Self::{}(record) => encode_after(head, record, version),", variant(record));
    }
    text.push_str("        }\n    }\n}\n\n");
    for record in &records {
        let (variant, name) = (variant(record), &record.name);
        let _ = writeln!(
            text,
            "impl From<{name}> for MetadataRecord {{\n    fn from(record: {name}) -> Self {{\n        Self::{variant}(record)\n    }}\n}}\n"
        );
    }
    text
}

/// The folder's `mod.rs`.
pub fn index(version: &str, messages: &[Message]) -> String {
    let mut text = opening(
        version,
        "Every message of the protocol: requests, responses, and the records of the internal topics. A message's own structs are in the module \
         of its name.",
    );
    text.push_str("mod api_key;\nmod metadata_record;\n");
    for message in messages {
        let _ = writeln!(text, "pub mod {};", message.module());
    }
    text.push_str("\npub use api_key::ApiKey;\npub use metadata_record::MetadataRecord;\n");
    for message in messages {
        let _ = writeln!(text, "pub use {}::{};", message.module(), message.name);
    }
    text.push_str("\nuse crate::wire::codec::Described;\n\n");
    for (kind, name, what) in [(Kind::Request, "request", "request"), (Kind::Response, "response", "response")] {
        let _ = writeln!(text, "/// The description of an API's {what}.\npub fn {name}(key: ApiKey) -> Described {{\n    match key {{");
        let mut sorted: Vec<&Message> = messages.iter().filter(|message| message.kind == kind).collect();
        sorted.sort_by_key(|message| message.key);
        for message in sorted {
            let api = message.name.trim_end_matches("Request").trim_end_matches("Response");
            let _ = writeln!(text, "        ApiKey::{api} => Described::of::<{}>(),", message.name);
        }
        text.push_str("    }\n}\n\n");
    }
    text.push_str(
        "/// The descriptions of all messages that are neither requests nor responses.\npub fn records() -> Vec<Described> {\n    vec![\n",
    );
    for message in messages.iter().filter(|message| !matches!(message.kind, Kind::Request | Kind::Response)) {
        let _ = writeln!(text, "        Described::of::<{}>(),", message.name);
    }
    text + "    ]\n}\n"
}
