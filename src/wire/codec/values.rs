//! How each type of value is read, written and filled.

use super::{Codec, Field, Kind, Mode, Name, Part, Value, Visit, WireReason};
use crate::base::Uuid;
use crate::wire::Rope;
use bytes::Bytes;

/// The longest string in bytes, in every version and form.
const STRING_BYTES_MAX: usize = i16::MAX as usize;
/// An array's memory is set aside for at most so many elements; more must come first.
const RESERVED_MAX: usize = 16;

/// Bytes, in and out.
impl Codec {
    /// The next bytes, shared with the input.
    pub(super) fn take(&mut self, count: usize) -> Bytes {
        if count > self.remaining() {
            self.fail(WireReason::Truncated);
            return Bytes::new();
        }
        self.begin_piece();
        let start = self.position - self.piece_start;
        match start.checked_add(count).filter(|end| *end <= self.input.len()) {
            Some(end) => {
                self.position += count;
                self.input.slice(start..end)
            }
            None => self.take_rope(count).to_bytes(),
        }
    }

    /// The next bytes, shared with the input's pieces.
    fn take_rope(&mut self, count: usize) -> Rope {
        let mut taken = Rope::new();
        if count > self.remaining() {
            self.fail(WireReason::Truncated);
            return taken;
        }
        while taken.len() < count {
            self.begin_piece();
            let start = self.position - self.piece_start;
            let end = self.input.len().min(start + count - taken.len());
            if start >= end {
                self.fail(WireReason::Truncated);
                return Rope::new();
            }
            self.position += end - start;
            taken.push(self.input.slice(start..end));
        }
        taken
    }

    /// Goes on to the next piece of the input where this one is read.
    fn begin_piece(&mut self) {
        while self.position - self.piece_start >= self.input.len() {
            let Some(next) = self.later.pop_front() else { return };
            self.piece_start += self.input.len();
            self.input = next;
        }
    }

    fn take_array<const N: usize>(&mut self) -> [u8; N] {
        if N > self.remaining() {
            self.fail(WireReason::Truncated);
            return [0; N];
        }
        self.begin_piece();
        if let Some(&bytes) = self.input.get(self.position - self.piece_start..).and_then(|rest| rest.first_chunk()) {
            self.position += N;
            return bytes;
        }
        match self.take_rope(N).to_bytes().first_chunk() {
            Some(&bytes) => bytes,
            None => {
                self.fail(WireReason::Truncated);
                [0; N]
            }
        }
    }

    pub(super) fn read_uvarint(&mut self) -> u32 {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.take_array();
            if shift == 28 && byte > 15 {
                break;
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
        }
        self.fail(WireReason::Varint);
        0
    }

    pub(super) fn write_uvarint(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.output.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.output.push(value as u8);
    }

    /// A length, or `None` for null. `short`: of 16 bits where the version is not flexible.
    fn read_length(&mut self, short: bool) -> Option<usize> {
        let length = if self.flexible {
            (self.read_uvarint() as i32).wrapping_sub(1)
        } else if short {
            i32::from(i16::from_be_bytes(self.take_array()))
        } else {
            i32::from_be_bytes(self.take_array())
        };
        usize::try_from(length).ok()
    }

    fn write_length(&mut self, length: Option<usize>, short: bool) {
        let fits = length.is_none_or(|length| length < i32::MAX as usize && !(short && length > STRING_BYTES_MAX));
        let length = length.filter(|_| fits).map_or(-1, |length| length as i32);
        if !fits {
            self.fail(WireReason::TooLong);
        } else if self.flexible {
            self.write_uvarint((length + 1) as u32);
        } else if short {
            self.output.extend_from_slice(&(length as i16).to_be_bytes());
        } else {
            self.output.extend_from_slice(&length.to_be_bytes());
        }
    }

    /// Fails where null has no place.
    fn null(&mut self, allowed: bool) {
        if !allowed {
            self.fail(WireReason::Null);
        }
    }
}

macro_rules! numbers {
    ($($name:ident: $type:ty, $kind:ident;)*) => {
        impl Codec {
            $(
                pub fn $name(&mut self, field: &Field, value: &mut $type) {
                    if self.enter(field, Kind::$kind, i64::from(*value) == field.default) {
                        value.visit(self);
                        self.leave(field);
                    }
                }
            )*
        }

        $(
            impl Visit for $type {
                fn visit(&mut self, c: &mut Codec) {
                    match c.mode {
                        Mode::Read => {
                            *self = <$type>::from_be_bytes(c.take_array());
                            let value = *self;
                            c.note(|| Value::Int(i64::from(value)));
                        }
                        Mode::Write => c.output.extend_from_slice(&self.to_be_bytes()),
                        Mode::Fill => match c.given.take() {
                            Some(Value::Int(value)) if <$type>::try_from(value).is_ok() => *self = value as $type,
                            _ => c.fail(WireReason::Type),
                        },
                    }
                }
            }

            impl Part for $type {
                const KIND: Kind = Kind::$kind;
            }
        )*
    };
}

numbers! {
    i8: i8, Int8;
    i16: i16, Int16;
    u16: u16, Uint16;
    i32: i32, Int32;
    u32: u32, Uint32;
    i64: i64, Int64;
}

/// The other values of one size.
impl Codec {
    pub fn bool(&mut self, field: &Field, value: &mut bool) {
        if self.enter(field, Kind::Bool, i64::from(*value) == field.default) {
            match self.mode {
                Mode::Read => {
                    *value = self.take_array() != [0];
                    let value = *value;
                    self.note(|| Value::Bool(value));
                }
                Mode::Write => self.output.push(u8::from(*value)),
                Mode::Fill => match self.given.take() {
                    Some(Value::Bool(given)) => *value = given,
                    _ => self.fail(WireReason::Type),
                },
            }
            self.leave(field);
        }
    }

    pub fn f64(&mut self, field: &Field, value: &mut f64) {
        if self.enter(field, Kind::Float64, value.to_bits() == 0) {
            match self.mode {
                Mode::Read => {
                    *value = f64::from_be_bytes(self.take_array());
                    let value = *value;
                    self.note(|| Value::Float(value));
                }
                Mode::Write => self.output.extend_from_slice(&value.to_be_bytes()),
                Mode::Fill => match self.given.take() {
                    Some(Value::Float(given)) => *value = given,
                    _ => self.fail(WireReason::Type),
                },
            }
            self.leave(field);
        }
    }

    pub fn uuid(&mut self, field: &Field, value: &mut Uuid) {
        if self.enter(field, Kind::Uuid, value.is_zero()) {
            value.visit(self);
            self.leave(field);
        }
    }
}

impl Visit for Uuid {
    fn visit(&mut self, c: &mut Codec) {
        match c.mode {
            Mode::Read => {
                *self = Self(c.take_array());
                let value = *self;
                c.note(|| Value::Uuid(value));
            }
            Mode::Write => c.output.extend_from_slice(&self.0),
            Mode::Fill => match c.given.take() {
                Some(Value::Uuid(value)) => *self = value,
                _ => c.fail(WireReason::Type),
            },
        }
    }
}

impl Part for Uuid {
    const KIND: Kind = Kind::Uuid;
}

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

/// An array whose elements are of any type: what is to be done for all of them is done once, in [`Codec::visit_array`].
trait Elements {
    fn count(&self) -> usize;
    /// Forgets all and makes room.
    fn begin(&mut self, reserved: usize);
    /// Appends an element: the next one of the input, or the default.
    fn read(&mut self, c: &mut Codec, here: bool);
    fn write(&mut self, c: &mut Codec);
}

impl<T: Part> Elements for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn begin(&mut self, reserved: usize) {
        *self = Self::with_capacity(reserved);
    }

    fn read(&mut self, c: &mut Codec, here: bool) {
        let mut element = T::default();
        if here {
            element.visit(c);
        }
        self.push(element);
    }

    fn write(&mut self, c: &mut Codec) {
        self.iter_mut().for_each(|element| element.visit(c));
    }
}

/// Arrays.
impl Codec {
    pub fn array<T: Part>(&mut self, field: &Field, value: &mut Vec<T>) {
        self.visit_array(field, T::KIND, value);
    }

    fn visit_array(&mut self, field: &Field, kind: Kind, value: &mut dyn Elements) {
        if self.enter(field, Kind::Array, value.count() == 0) {
            if self.mode == Mode::Write {
                self.write_array(value);
            } else {
                let count = self.read_count(false);
                self.read_array(field, kind, count.unwrap_or_default(), value);
            }
            self.leave(field);
        }
    }

    pub fn nullable_array<T: Part>(&mut self, field: &Field, value: &mut Option<Vec<T>>) {
        let default = value.as_ref().map_or(field.null, |array| array.is_empty() && !field.null);
        if self.enter(field, Kind::Array, default) {
            let nullable = field.nullable(self.version);
            match (self.mode, value.as_mut()) {
                (Mode::Write, Some(array)) => self.write_array(array),
                (Mode::Write, None) => {
                    self.null(nullable);
                    self.write_length(None, false);
                }
                _ => {
                    let count = self.read_count(nullable);
                    *value = count.map(|_| Vec::new());
                    if let (Some(count), Some(array)) = (count, value) {
                        self.read_array(field, T::KIND, count, array);
                    }
                }
            }
            self.leave(field);
        }
    }

    fn write_array(&mut self, array: &mut dyn Elements) {
        self.write_length(Some(array.count()), false);
        array.write(self);
    }

    fn read_array(&mut self, field: &Field, kind: Kind, count: usize, array: &mut dyn Elements) {
        array.begin(count.min(RESERVED_MAX));
        for index in 0..count {
            let here = self.enter_element(index, field, kind);
            array.read(self, here);
            if here {
                self.leave_element();
            }
            if self.failed() {
                break;
            }
        }
    }

    fn read_count(&mut self, nullable: bool) -> Option<usize> {
        let count = match (self.mode, self.given.take()) {
            (Mode::Fill, Some(Value::Count(count))) => Some(count),
            (Mode::Fill, Some(Value::Null)) => None,
            (Mode::Fill, _) => {
                self.fail(WireReason::Type);
                return None;
            }
            _ => self.read_length(false),
        };
        self.null(nullable || count.is_some());
        if self.mode == Mode::Read && count.is_some_and(|count| count > self.remaining()) {
            self.fail(WireReason::Count);
        }
        if self.failed() {
            return None;
        }
        if let Some(count) = count {
            self.note(|| Value::Count(count));
        }
        count
    }

    fn enter_element(&mut self, index: usize, field: &Field, kind: Kind) -> bool {
        match self.mode {
            Mode::Read => {
                self.open_note(Name::Index(index), kind);
                true
            }
            Mode::Write => true,
            Mode::Fill => self.ask(Name::Index(index), field, kind),
        }
    }

    fn leave_element(&mut self) {
        match self.mode {
            Mode::Read => self.close_note(),
            Mode::Write => {}
            Mode::Fill => self.source.iter_mut().for_each(|source| source.leave()),
        }
    }
}

/// Structs.
impl Codec {
    pub fn nested<T: Part>(&mut self, field: &Field, value: &mut T) {
        let default = self.compares(field) && *value == T::default();
        if self.enter(field, Kind::Struct, default) {
            value.visit(self);
            self.leave(field);
        }
    }

    pub fn nullable_nested<T: Part>(&mut self, field: &Field, value: &mut Option<T>) {
        let default = self.compares(field) && value.as_ref().map_or(field.null, |value| !field.null && *value == T::default());
        if self.enter(field, Kind::Struct, default) {
            if self.mark_present(field, value.is_some()) {
                value.get_or_insert_default().visit(self);
            } else {
                *value = None;
            }
            self.leave(field);
        }
    }

    /// The mark before a nullable struct; whether the struct follows.
    fn mark_present(&mut self, field: &Field, present: bool) -> bool {
        let nullable = field.nullable(self.version);
        match self.mode {
            Mode::Read => {
                let present = match (nullable, field.tag >= 0) {
                    (false, _) => true,
                    (true, true) => self.read_uvarint() > 0,
                    (true, false) => i8::from_be_bytes(self.take_array()) >= 0,
                };
                if !present {
                    self.note(|| Value::Null);
                }
                present && !self.failed()
            }
            Mode::Write => {
                self.null(nullable || present);
                if nullable {
                    let absent = if field.tag >= 0 { 0 } else { 0xff };
                    self.output.push(if present { 1 } else { absent });
                }
                present
            }
            Mode::Fill => {
                let present = self.given.take() != Some(Value::Null);
                self.null(nullable || present);
                present
            }
        }
    }
}
