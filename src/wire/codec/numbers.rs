//! How values of one size are read, written and filled: numbers, booleans, ids.

use super::{Codec, Field, Kind, Mode, Part, Value, Visit, WireReason};
use crate::base::Uuid;

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
