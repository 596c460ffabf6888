//! Reading plain data from JSON, in little code: what `#[derive(FromJson)]` stands on.
//!
//! What can be wrong is said as serde says it, behind the fields in which it lies: `keys: count: invalid type: …`.

pub use partita_derive::FromJson;
pub use serde_json::{Error, Value};

use super::{SortedMap, SortedSet};
use serde::de::{Deserialize as _, Deserializer, Error as _, Unexpected};
use serde_json::Map;
use std::borrow::Cow;
use std::sync::Arc;

/// What is read from a JSON value.
pub trait FromJson: Sized {
    /// # Errors
    /// What is wrong, and what would be right.
    fn from_json(value: Value) -> Result<Self, Error>;

    /// What a field is that is not there, if it need not be.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads a text.
///
/// # Errors
/// It is no JSON, or not of this type.
pub fn from_str<T: FromJson>(text: &str) -> Result<T, Error> {
    T::from_json(serde_json::from_str(text)?)
}

/// serde's way to what is read from a JSON value.
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_json(Value::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// An object's fields, taken out one by one.
pub struct Fields(Map<String, Value>);

impl Fields {
    /// # Errors
    /// It is no object.
    pub fn of(value: Value, expected: &str) -> Result<Self, Error> {
        match value {
            Value::Object(fields) => Ok(Self(fields)),
            other => Err(unexpected(&other, expected)),
        }
    }

    /// # Errors
    /// There is a field that is not known.
    pub fn only(&self, known: &'static [&'static str]) -> Result<(), Error> {
        let stray = self.0.keys().find(|name| !known.contains(&name.as_str()));
        stray.map_or(Ok(()), |name| Err(Error::unknown_field(name, known)))
    }

    /// # Errors
    /// It is not there, or not of this type.
    pub fn take<T: FromJson>(&mut self, name: &'static str) -> Result<T, Error> {
        match self.0.remove(name) {
            Some(value) => T::from_json(value).map_err(|error| within(name, &error)),
            None => T::absent().ok_or_else(|| Error::missing_field(name)),
        }
    }

    /// # Errors
    /// It is not of this type.
    pub fn take_or<T: FromJson>(&mut self, name: &str, default: impl FnOnce() -> T) -> Result<T, Error> {
        match self.0.remove(name) {
            Some(value) => T::from_json(value).map_err(|error| within(name, &error)),
            None => Ok(default()),
        }
    }
}

fn within(name: &str, error: &Error) -> Error {
    Error::custom(format_args!("{name}: {error}"))
}

/// The name of a variant, and what it holds: `"unit"` or `{"name": content}`.
pub fn external(value: Value, expected: &str) -> Result<(String, Value), Error> {
    match value {
        Value::String(name) => Ok((name, Value::Null)),
        Value::Object(fields) if fields.len() == 1 => fields.into_iter().next().ok_or_else(|| Error::custom(expected)),
        other => Err(unexpected(&other, expected)),
    }
}

/// `{"tag": "name", …}`: its fields stand beside the name.
pub fn internal(value: Value, expected: &str, tag: &'static str) -> Result<(String, Value), Error> {
    let mut fields = Fields::of(value, expected)?;
    let name = fields.take(tag)?;
    Ok((name, Value::Object(fields.0)))
}

/// `{"tag": "name", "content": …}`.
pub fn adjacent(value: Value, expected: &str, tag: &'static str, content: &str) -> Result<(String, Value), Error> {
    let mut fields = Fields::of(value, expected)?;
    Ok((fields.take(tag)?, fields.0.remove(content).unwrap_or_default()))
}

pub fn unknown_variant(name: &str, known: &'static [&'static str]) -> Error {
    Error::unknown_variant(name, known)
}

fn unexpected(value: &Value, expected: &str) -> Error {
    let found = match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(_) => Unexpected::Other("number"),
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    Error::invalid_type(found, &expected)
}

/// Types that serde reads from a JSON value in little code.
macro_rules! by_serde {
    ($($type:ty)*) => {
        $(
            impl $crate::base::json::FromJson for $type {
                fn from_json(value: $crate::base::json::Value) -> Result<Self, $crate::base::json::Error> {
                    serde_json::from_value(value)
                }
            }
        )*
    };
}
pub(crate) use by_serde;

by_serde! { bool u8 i8 u16 i16 u32 i32 u64 i64 usize f64 String }

impl FromJson for Arc<str> {
    fn from_json(value: Value) -> Result<Self, Error> {
        String::from_json(value).map(Self::from)
    }
}

impl FromJson for Cow<'static, str> {
    fn from_json(value: Value) -> Result<Self, Error> {
        String::from_json(value).map(Self::from)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Value) -> Result<Self, Error> {
        if value.is_null() { Ok(None) } else { T::from_json(value).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value) -> Result<Self, Error> {
        match value {
            Value::Array(items) => items.into_iter().map(T::from_json).collect(),
            other => Err(unexpected(&other, "a sequence")),
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(value: Value) -> Result<Self, Error> {
        T::from_json(value).map(Self::new)
    }
}

impl<T: FromJson> FromJson for Arc<T> {
    fn from_json(value: Value) -> Result<Self, Error> {
        T::from_json(value).map(Self::new)
    }
}

impl<T: FromJson, const N: usize> FromJson for [T; N] {
    fn from_json(value: Value) -> Result<Self, Error> {
        Self::try_from(Vec::from_json(value)?).map_err(|_| Error::custom("an array of another length was expected"))
    }
}

impl<A: FromJson, B: FromJson> FromJson for (A, B) {
    fn from_json(value: Value) -> Result<Self, Error> {
        let [a, b]: [Value; 2] = FromJson::from_json(value)?;
        Ok((A::from_json(a)?, B::from_json(b)?))
    }
}

impl<A: FromJson, B: FromJson, C: FromJson> FromJson for (A, B, C) {
    fn from_json(value: Value) -> Result<Self, Error> {
        let [a, b, c]: [Value; 3] = FromJson::from_json(value)?;
        Ok((A::from_json(a)?, B::from_json(b)?, C::from_json(c)?))
    }
}

impl FromJson for Value {
    fn from_json(value: Value) -> Result<Self, Error> {
        Ok(value)
    }
}

/// A key is text in JSON; what it is of is read as its own type would be.
impl<K: FromJson + Ord, V: FromJson> FromJson for SortedMap<K, V> {
    fn from_json(value: Value) -> Result<Self, Error> {
        let Fields(fields) = Fields::of(value, "a map")?;
        let key = |name: String| match name.parse::<i64>() {
            Ok(number) => K::from_json(number.into()).or_else(|_| K::from_json(Value::String(name))),
            Err(_) => K::from_json(Value::String(name)),
        };
        fields.into_iter().map(|(name, value)| Ok((key(name)?, V::from_json(value)?))).collect()
    }
}

impl<T: FromJson + Ord> FromJson for SortedSet<T> {
    fn from_json(value: Value) -> Result<Self, Error> {
        Vec::from_json(value).map(Self::from_iter)
    }
}

#[cfg(test)]
mod tests {
    use super::{FromJson, Value, from_str};
    use crate::base::SortedMap;
    use serde::Serialize;
    use std::fmt::Debug;

    #[derive(Debug, PartialEq, Serialize, FromJson)]
    #[serde(rename_all = "camelCase")]
    struct Plain {
        one_two: Option<i32>,
        #[serde(default)]
        list: Vec<(i32, String)>,
        by_number: SortedMap<i32, bool>,
    }

    #[derive(Debug, PartialEq, Serialize, FromJson)]
    #[serde(rename_all = "kebab-case")]
    enum External {
        FirstOne,
        Second(u32),
    }

    #[derive(Debug, PartialEq, Serialize, FromJson)]
    #[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
    enum Internal {
        Nothing,
        SomeFields { how_many: i64 },
    }

    #[derive(Debug, PartialEq, Serialize, FromJson)]
    #[serde(tag = "is", content = "what", rename_all = "camelCase")]
    enum Adjacent {
        Unit,
        Inner(Plain),
    }

    fn comes_back<T: Serialize + FromJson + PartialEq + Debug>(said: T) {
        assert_eq!(T::from_json(serde_json::to_value(&said).unwrap()).unwrap(), said);
    }

    #[test]
    fn what_serde_writes_is_read_as_it_was() {
        let plain = || Plain { one_two: None, list: vec![(1, "a".to_owned())], by_number: SortedMap::from([(-3, true), (12, false)]) };
        comes_back(plain());
        [External::FirstOne, External::Second(7)].into_iter().for_each(comes_back);
        [Internal::Nothing, Internal::SomeFields { how_many: -1 }].into_iter().for_each(comes_back);
        [Adjacent::Unit, Adjacent::Inner(plain())].into_iter().for_each(comes_back);
        assert_eq!(from_str::<Plain>(r#"{"byNumber":{}}"#).unwrap(), Plain { one_two: None, list: vec![], by_number: SortedMap::new() });
    }

    #[test]
    fn what_is_wrong_is_said_with_where_it_lies() {
        fn said<T: FromJson + Debug>(text: &str) -> String {
            from_str::<T>(text).unwrap_err().to_string()
        }
        assert_eq!(said::<Plain>(r#"{"list":[]}"#), "missing field `byNumber`");
        assert_eq!(said::<Plain>(r#"{"oneTwo":"x","byNumber":{}}"#), "oneTwo: invalid type: string \"x\", expected i32");
        assert_eq!(said::<Adjacent>(r#"{"is":"inner","what":3}"#), "invalid type: number, expected struct Plain");
        assert_eq!(said::<Internal>(r#"{"is":"some"}"#), "unknown variant `some`, expected `nothing` or `someFields`");
        assert_eq!(said::<Internal>(r#"{"is":"someFields","howMany":1,"x":2}"#), "unknown field `x`, expected `howMany`");
        assert_eq!(said::<External>("[]"), "invalid type: sequence, expected enum External");
        assert!(said::<Value>("{").starts_with("EOF while parsing"));
    }
}
