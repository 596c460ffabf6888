//! What a message's description says of a field, and what can be told of its value.

use crate::base::Uuid;
use crate::wire::Rope;
use bytes::Bytes;
use std::fmt;
use std::ops::Range;

/// One field of a message, as Kafka's specification has it. Versions are inclusive.
#[derive(Debug)]
pub struct Field {
    /// As the specification spells it.
    pub name: &'static str,
    pub since: i16,
    pub until: i16,
    pub null_since: i16,
    pub null_until: i16,
    /// -1 for a field without.
    pub tag: i32,
    /// A number's default; 1 for `true`.
    pub default: i64,
    /// The default is null.
    pub null: bool,
    /// A version that lacks the field may lose its value.
    pub ignorable: bool,
}

/// In all versions, never null, 0 or empty by default. What a field differs in is said over this.
pub const FIELD: Field =
    Field { name: "", since: 0, until: i16::MAX, null_since: 1, null_until: 0, tag: -1, default: 0, null: false, ignorable: false };

impl Field {
    pub(super) const fn has(&self, version: i16) -> bool {
        self.since <= version && version <= self.until
    }

    /// Whether the field may be null in this version.
    pub const fn nullable(&self, version: i16) -> bool {
        self.null_since <= version && version <= self.null_until
    }
}

/// A field's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
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
    Array,
    Struct,
    /// A section of tagged fields: their count.
    Tags,
}

impl Kind {
    /// Kafka's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Uint16 => "uint16",
            Self::Int32 => "int32",
            Self::Uint32 => "uint32",
            Self::Int64 => "int64",
            Self::Float64 => "float64",
            Self::Uuid => "uuid",
            Self::String => "string",
            Self::Bytes => "bytes",
            Self::Records => "records",
            Self::Array => "array",
            Self::Struct => "struct",
            Self::Tags => "tags",
        }
    }
}

/// What a value is called where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Field(&'static str),
    /// An array's element.
    Index(usize),
    /// A tagged field that no specification here knows.
    Tag(u32),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => f.write_str(name),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Tag(tag) => write!(f, "tag {tag}"),
        }
    }
}

/// A field's value, whatever its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// Of any integer type.
    Int(i64),
    Float(f64),
    Uuid(Uuid),
    String(String),
    Bytes(Bytes),
    Records(Rope),
    /// An array of so many elements, or a section of so many tagged fields.
    Count(usize),
    /// A struct, whose fields follow.
    Struct,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Uuid(value) => value.fmt(f),
            Self::String(value) => write!(f, "{value:?}"),
            Self::Bytes(value) => write!(f, "{} bytes", value.len()),
            Self::Records(value) => write!(f, "{} bytes", value.len()),
            Self::Count(count) => count.fmt(f),
            Self::Struct => Ok(()),
        }
    }
}

/// One value that was read, and where it lay.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// 0 for the message's own fields.
    pub depth: usize,
    pub name: Name,
    pub kind: Kind,
    pub value: Value,
    /// In bytes of the input; a struct's or an array's range spans all that is in it.
    pub range: Range<usize>,
}

/// Where a message's values come from, when neither from bytes nor from the program: a JSON text, a random generator.
pub trait Source {
    /// The value of a field that the version has, or of an array's element. `None` leaves the field's default, and is not left.
    fn enter(&mut self, name: Name, field: &Field, kind: Kind, version: i16) -> Option<Value>;
    /// After the value, and all that is in it.
    fn leave(&mut self);
}
