//! `AdminClientConfig`: what of it is implemented, with Kafka's names and defaults.

use crate::client::config::{Common, ConfigError, any, at_least, configs};
use std::sync::Arc;

configs! {
    /// An admin's configuration. Times in ms.
    pub struct AdminConfig {
        "client.id" client_id: String = String::new(), any;
        "request.timeout.ms" request_timeout_ms: i32 = 30_000, at_least(0);
        /// How long an operation is tried.
        "default.api.timeout.ms" default_api_timeout_ms: i32 = 60_000, at_least(0);
        "retry.backoff.ms" retry_backoff_ms: i64 = 100, at_least(0);
        "retry.backoff.max.ms" retry_backoff_max_ms: i64 = 1_000, at_least(0);
        "metadata.max.age.ms" metadata_max_age_ms: i64 = 300_000, at_least(0);
        "reconnect.backoff.ms" reconnect_backoff_ms: i64 = 50, at_least(0);
        "reconnect.backoff.max.ms" reconnect_backoff_max_ms: i64 = 1_000, at_least(0);
        "connections.max.idle.ms" connections_max_idle_ms: i64 = 300_000, any;
        /// How long a connection may take to be made; it doubles with every failure, up to the most.
        "socket.connection.setup.timeout.ms" connection_setup_timeout_ms: i64 = 10_000, at_least(0);
        "socket.connection.setup.timeout.max.ms" connection_setup_timeout_max_ms: i64 = 30_000, at_least(0);
    }
}

impl AdminConfig {
    /// Whether an admin can be made with it.
    ///
    /// # Errors
    /// A value out of bounds, in Kafka's words.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.check_bounds()
    }

    pub(super) fn common(&self, client_id: Arc<str>) -> Common {
        Common {
            client_id,
            request_timeout_ms: self.request_timeout_ms,
            retry_backoff_ms: self.retry_backoff_ms,
            retry_backoff_max_ms: self.retry_backoff_max_ms,
            reconnect_backoff_ms: self.reconnect_backoff_ms,
            reconnect_backoff_max_ms: self.reconnect_backoff_max_ms,
            connections_max_idle_ms: self.connections_max_idle_ms,
            connection_setup_timeout_ms: self.connection_setup_timeout_ms,
            connection_setup_timeout_max_ms: self.connection_setup_timeout_max_ms,
            metadata_max_age_ms: self.metadata_max_age_ms,
        }
    }
}
