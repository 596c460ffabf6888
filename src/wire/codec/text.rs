//! How strings, bytes and records are read, written and filled.

use super::raw::STRING_BYTES_MAX;
use super::{Codec, Field, Kind, Mode, Part, Value, Visit, WireReason};
use crate::wire::Rope;
use bytes::Bytes;

/// Strings.
impl Codec {
    pub fn string(&mut self, field: &Field, value: &mut String) {
        if self.enter(field, Kind::String, value.is_empty()) {
            value.visit(self);
            self.leave(field);
        }
    }

    pub fn nullable_string(&mut self, field: &Field, value: &mut Option<String>) {
        let default = value.as_deref().map_or(field.null, |text| text.is_empty() && !field.null);
        if self.enter(field, Kind::String, default) {
            let nullable = field.nullable(self.version);
            if self.mode == Mode::Write {
                self.write_string(value.as_deref(), nullable);
            } else {
                *value = self.read_string(nullable);
            }
            self.leave(field);
        }
    }

    fn write_string(&mut self, value: Option<&str>, nullable: bool) {
        self.null(nullable || value.is_some());
        self.write_length(value.map(str::len), true);
        self.output.extend_from_slice(value.unwrap_or_default().as_bytes());
    }

    /// Bytes that are not UTF-8 become U+FFFD, as in Apache Kafka.
    fn read_string(&mut self, nullable: bool) -> Option<String> {
        let value = match (self.mode, self.given.take()) {
            (Mode::Fill, Some(Value::String(given))) => Some(given),
            (Mode::Fill, Some(Value::Null)) => None,
            (Mode::Fill, _) => {
                self.fail(WireReason::Type);
                return None;
            }
            _ => match self.read_length(true) {
                Some(length) if length > STRING_BYTES_MAX => {
                    self.fail(WireReason::TooLong);
                    return None;
                }
                length => length.map(|length| String::from_utf8_lossy(&self.take(length)).into_owned()),
            },
        };
        self.null(nullable || value.is_some());
        if let Some(text) = &value {
            self.note(|| Value::String(text.clone()));
        }
        value
    }
}

impl Visit for String {
    fn visit(&mut self, c: &mut Codec) {
        if c.mode == Mode::Write {
            c.write_string(Some(self), false);
        } else {
            *self = c.read_string(false).unwrap_or_default();
        }
    }
}

impl Part for String {
    const KIND: Kind = Kind::String;
}

/// Bytes and records.
impl Codec {
    pub fn bytes(&mut self, field: &Field, value: &mut Bytes) {
        if self.enter(field, Kind::Bytes, value.is_empty()) {
            value.visit(self);
            self.leave(field);
        }
    }

    pub fn nullable_bytes(&mut self, field: &Field, value: &mut Option<Bytes>) {
        let default = value.as_ref().map_or(field.null, |bytes| bytes.is_empty() && !field.null);
        if self.enter(field, Kind::Bytes, default) {
            let nullable = field.nullable(self.version);
            if self.mode == Mode::Write {
                self.write_bytes(value.as_ref(), nullable);
            } else {
                *value = self.read_bytes(nullable);
            }
            self.leave(field);
        }
    }

    fn write_bytes(&mut self, value: Option<&Bytes>, nullable: bool) {
        self.null(nullable || value.is_some());
        self.write_length(value.map(Bytes::len), false);
        self.output.extend_from_slice(value.map_or(&[], |bytes| bytes));
    }

    fn read_bytes(&mut self, nullable: bool) -> Option<Bytes> {
        let value = match (self.mode, self.given.take()) {
            (Mode::Fill, Some(Value::Bytes(given))) => Some(given),
            (Mode::Fill, Some(Value::Null)) => None,
            (Mode::Fill, _) => {
                self.fail(WireReason::Type);
                return None;
            }
            _ => self.read_length(false).map(|length| self.take(length)),
        };
        self.null(nullable || value.is_some());
        if let Some(bytes) = &value {
            self.note(|| Value::Bytes(bytes.clone()));
        }
        value
    }

    pub fn records(&mut self, field: &Field, value: &mut Rope) {
        if self.enter(field, Kind::Records, value.is_empty()) {
            self.visit_records(value, false);
            self.leave(field);
        }
    }

    pub fn nullable_records(&mut self, field: &Field, value: &mut Option<Rope>) {
        let default = value.as_ref().map_or(field.null, |rope| rope.is_empty() && !field.null);
        if self.enter(field, Kind::Records, default) {
            let nullable = field.nullable(self.version);
            if self.mode == Mode::Write {
                self.write_records(value.as_ref(), nullable);
            } else {
                *value = self.read_records(nullable);
            }
            self.leave(field);
        }
    }

    fn visit_records(&mut self, value: &mut Rope, nullable: bool) {
        if self.mode == Mode::Write {
            self.write_records(Some(value), nullable);
        } else {
            *value = self.read_records(nullable).unwrap_or_default();
        }
    }

    fn write_records(&mut self, value: Option<&Rope>, nullable: bool) {
        self.null(nullable || value.is_some());
        self.write_length(value.map(Rope::len), false);
        match value {
            // The size of an open tagged field counts all bytes behind it, so they must lie there.
            Some(rope) if self.tagged > 0 => rope.chunks().iter().for_each(|chunk| self.output.extend_from_slice(chunk)),
            Some(rope) if !rope.is_empty() => self.spliced.push((self.output.len(), rope.clone())),
            _ => {}
        }
    }

    fn read_records(&mut self, nullable: bool) -> Option<Rope> {
        let value = match (self.mode, self.given.take()) {
            (Mode::Fill, Some(Value::Records(given))) => Some(given),
            (Mode::Fill, Some(Value::Null)) => None,
            (Mode::Fill, _) => {
                self.fail(WireReason::Type);
                return None;
            }
            _ => self.read_length(false).map(|length| self.take_rope(length)),
        };
        self.null(nullable || value.is_some());
        if let Some(rope) = &value {
            self.note(|| Value::Records(rope.clone()));
        }
        value
    }
}

impl Visit for Bytes {
    fn visit(&mut self, c: &mut Codec) {
        if c.mode == Mode::Write {
            c.write_bytes(Some(self), false);
        } else {
            *self = c.read_bytes(false).unwrap_or_default();
        }
    }
}

impl Part for Bytes {
    const KIND: Kind = Kind::Bytes;
}
