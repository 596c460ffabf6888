//! How the page reads what a server says: JSON as serde_json writes it, into the view's types.
//!
//! serde_json can read it too. But it brings code for each type that the page would carry for nothing: a struct may be written as an array,
//! a name as a number, and each way to be wrong has its words. Here a text is understood, or it is not.

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt;

/// How deep values may lie in each other.
const DEPTH_MAX: usize = 128;

/// The value that the text says; none where it does not say one.
pub fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Option<T> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = T::deserialize(&mut reader).ok()?;
    reader.space();
    (reader.at == text.len()).then_some(value)
}

/// The text is not understood.
#[derive(Debug)]
struct Fault;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not understood")
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }
}

type Read<T> = Result<T, Fault>;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// The byte that comes next, after space.
    fn peek(&mut self) -> u8 {
        self.space();
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.text.as_bytes().get(self.at) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.peek() != byte {
            return Err(Fault);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Read<()> {
        self.space();
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(Fault);
        }
        self.at += word.len();
        Ok(())
    }

    fn bool(&mut self) -> Read<bool> {
        let is = self.peek() == b't';
        self.word(if is { "true" } else { "false" }).map(|()| is)
    }

    /// The digits of a whole number, and its sign.
    fn digits(&mut self) -> &'a str {
        let negative = self.peek() == b'-';
        let from = self.at;
        self.at += usize::from(negative);
        while let Some(b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            self.at += 1;
        }
        self.text.get(from..self.at).unwrap_or_default()
    }

    fn unsigned(&mut self) -> Read<u64> {
        self.digits().parse().map_err(|_| Fault)
    }

    fn signed(&mut self) -> Read<i64> {
        self.digits().parse().map_err(|_| Fault)
    }

    /// A string's content, and whether something in it is escaped still.
    fn string(&mut self) -> Read<(&'a str, bool)> {
        self.expect(b'"')?;
        let (from, mut escaped) = (self.at, false);
        loop {
            match self.text.as_bytes().get(self.at) {
                None | Some(0..0x20) => return Err(Fault),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                Some(_) => self.at += 1,
            }
        }
        let content = self.text.get(from..self.at).ok_or(Fault)?;
        self.at += 1;
        Ok((content, escaped))
    }

    fn visit_string<'de, V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        let from = self.at;
        match self.string()? {
            (text, false) => visitor.visit_str(text),
            _ => visitor.visit_str(&unescaped(self.text.get(from..self.at).unwrap_or_default())?),
        }
    }

    fn open(&mut self, bracket: u8) -> Read<()> {
        self.expect(bracket)?;
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(Fault) } else { Ok(()) }
    }

    fn close(&mut self, bracket: u8) -> Read<()> {
        self.depth -= 1;
        self.expect(bracket)
    }

    /// Whether another member comes, in what ends with `bracket`.
    fn another(&mut self, first: &mut bool, bracket: u8) -> Read<bool> {
        let is_first = std::mem::replace(first, false);
        if self.peek() == bracket {
            return Ok(false);
        }
        if !is_first {
            self.expect(b',')?;
        }
        Ok(true)
    }
}

/// A string with what is escaped in it; with its quotes.
fn unescaped(raw: &str) -> Read<String> {
    serde_json::from_str(raw).map_err(|_| Fault)
}

impl<'de> Deserializer<'de> for &mut Reader<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'"' => self.visit_string(visitor),
            b't' | b'f' => visitor.visit_bool(self.bool()?),
            b'-' => visitor.visit_i64(self.signed()?),
            b'0'..=b'9' => visitor.visit_u64(self.unsigned()?),
            _ => self.deserialize_unit(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_bool(self.bool()?)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.signed()?)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_u64(self.unsigned()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.space();
        self.visit_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() == b'n' {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.open(b'[')?;
        let value = visitor.visit_seq(Members { reader: self, first: true })?;
        self.close(b']')?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.open(b'{')?;
        let value = visitor.visit_map(Members { reader: self, first: true })?;
        self.close(b'}')?;
        Ok(value)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        if self.peek() == b'"' {
            let (name, _) = self.string()?;
            return visitor.visit_enum(name.into_deserializer());
        }
        self.open(b'{')?;
        let value = visitor.visit_enum(Variant(self))?;
        self.close(b'}')?;
        Ok(value)
    }

    forward_to_deserialize_any! { f32 f64 char bytes byte_buf unit_struct ignored_any }
}

/// What lies between brackets.
struct Members<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Members<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.reader.another(&mut self.first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Members<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.reader.another(&mut self.first, b'}')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant with something in it: `{"name": …}`.
struct Variant<'r, 'a>(&'r mut Reader<'a>);

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Read<(V::Value, Self)> {
        let name = seed.deserialize(&mut *self.0)?;
        self.0.expect(b':')?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Read<()> {
        self.0.word("null")
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.0.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.0.deserialize_map(visitor)
    }
}
