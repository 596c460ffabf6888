//! How arrays and structs are read, written and filled.

use super::{Codec, Field, Kind, Mode, Name, Part, Value, WireReason};

/// An array's memory is set aside for at most so many elements; more must come first.
const RESERVED_MAX: usize = 16;

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
