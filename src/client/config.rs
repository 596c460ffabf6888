//! Clients' configurations: Kafka's names, defaults, bounds and messages (`org.apache.kafka.common.config.ConfigDef`).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A configuration that Kafka would refuse, in its words (`ConfigException`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Which configuration; none where several don't go together.
    pub name: Option<&'static str>,
    pub message: String,
}

impl ConfigError {
    /// Configurations that don't go together.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self { name: None, message: message.into() }
    }

    pub(super) fn invalid(name: &'static str, value: &impl fmt::Display, why: &str) -> Self {
        Self { name: Some(name), message: format!("Invalid value {value} for configuration {name}: {why}") }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}

/// A configuration's type: how it is read from text, and how it is shown.
pub(super) trait Value: Sized {
    fn parse(text: &str) -> Result<Self, String>;
    fn show(&self) -> String;
}

macro_rules! number {
    ($type:ty, $name:literal) => {
        impl Value for $type {
            fn parse(text: &str) -> Result<Self, String> {
                text.trim().parse().map_err(|_| concat!("Not a number of type ", $name).to_owned())
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    };
}

number!(i32, "INT");
number!(i64, "LONG");

impl Value for bool {
    fn parse(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("Expected value to be either true or false".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.trim().to_owned())
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl<T: Value> Value for Option<T> {
    fn parse(text: &str) -> Result<Self, String> {
        T::parse(text).map(Some)
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(|| "null".to_owned(), T::show)
    }
}

/// `ConfigDef.Range.atLeast`.
pub(super) fn at_least<T: PartialOrd + fmt::Display + Copy>(least: T) -> impl Fn(&T) -> Result<(), String> {
    move |value| if *value < least { Err(format!("Value must be at least {least}")) } else { Ok(()) }
}

/// No bounds.
pub(super) fn any<T>(_: &T) -> Result<(), String> {
    Ok(())
}

/// A struct of configurations with Kafka's names: defaults, serde, `set` by name and text, `check` of bounds.
macro_rules! configs {
    (
        $(#[$doc:meta])*
        pub struct $config:ident {
            $($(#[$field_doc:meta])* $name:literal $field:ident: $type:ty = $default:expr, $valid:expr;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $config {
            $($(#[$field_doc])* #[serde(rename = $name)] pub $field: $type,)*
        }

        impl Default for $config {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $config {
            /// Kafka's names of what can be set.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// Sets one configuration by its name, from text.
            ///
            /// # Errors
            /// A name that is not known here, text that is not of its type, a value out of its bounds.
            pub fn set(&mut self, name: &str, text: &str) -> Result<(), $crate::client::config::ConfigError> {
                use $crate::client::config::{ConfigError, Value as _};
                match name {
                    $($name => {
                        let value = <$type>::parse(text).map_err(|why| ConfigError::invalid($name, &text, &why))?;
                        $valid(&value).map_err(|why| ConfigError::invalid($name, &value.show(), &why))?;
                        self.$field = value;
                        Ok(())
                    })*
                    _ => Err(ConfigError::conflict(format!("Unknown configuration '{name}'"))),
                }
            }

            /// Whether each value is within its bounds.
            fn check_bounds(&self) -> Result<(), $crate::client::config::ConfigError> {
                use $crate::client::config::{ConfigError, Value as _};
                $($valid(&self.$field).map_err(|why| ConfigError::invalid($name, &self.$field.show(), &why))?;)*
                Ok(())
            }
        }
    };
}
pub(super) use configs;

/// What the connections of any client need to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Common {
    pub client_id: std::sync::Arc<str>,
    pub request_timeout_ms: i32,
    pub retry_backoff_ms: i64,
    pub retry_backoff_max_ms: i64,
    pub reconnect_backoff_ms: i64,
    pub reconnect_backoff_max_ms: i64,
    pub connections_max_idle_ms: i64,
    pub connection_setup_timeout_ms: i64,
    pub connection_setup_timeout_max_ms: i64,
    pub metadata_max_age_ms: i64,
}
