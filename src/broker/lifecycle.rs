//! The broker's place in the cluster (`BrokerLifecycleManager`): it registers with the controller, tells it regularly that it lives and
//! how far it has read the metadata, and is unfenced once it has caught up.

use super::channels::{Call, Purpose};
use super::{Broker, BrokerTimer};
use crate::base::{Context, Duration, Uuid};
use crate::wire::ErrorCode;
use crate::wire::frame::decode_response;
use crate::wire::messages::broker_registration_request::{Feature, Listener};
use crate::wire::messages::{BrokerHeartbeatRequest, BrokerHeartbeatResponse, BrokerRegistrationRequest, BrokerRegistrationResponse};
use bytes::Bytes;
use std::collections::BTreeSet;

const REGISTRATION_VERSION: i16 = 4;
const HEARTBEAT_VERSION: i16 = 1;
/// How soon a heartbeat follows while the broker is still fenced, and a registration one that was refused.
const EAGER_HEARTBEAT: Duration = Duration::from_millis(10);

/// Where the broker stands.
#[derive(Clone, Debug)]
pub(super) struct Lifecycle {
    /// Given by the controller at registration; -1 before.
    pub epoch: i64,
    /// The controller holds that this broker must not lead or serve.
    pub fenced: bool,
    /// The broker's epoch in its last life, if that ended in good order.
    pub previous_epoch: Option<i64>,
    /// The id of the log directory; given at the first start.
    pub directory: Option<Uuid>,
    /// Topics that are being created without a client's asking.
    pub topics_under_way: BTreeSet<String>,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self { epoch: -1, fenced: true, previous_epoch: None, directory: None, topics_under_way: BTreeSet::new() }
    }
}

impl Broker {
    /// Whether the controller lets this broker serve.
    pub const fn is_fenced(&self) -> bool {
        self.lifecycle.fenced
    }

    pub(super) fn register(&mut self, cx: &mut Context<'_>) {
        let directory = *self.lifecycle.directory.get_or_insert_with(|| Uuid::random(cx.rng));
        let config = &self.config;
        let features = crate::controller::SUPPORTED_FEATURES
            .iter()
            .map(|feature| Feature {
                name: feature.name.to_owned(),
                min_supported_version: feature.min,
                max_supported_version: feature.max,
                ..Default::default()
            })
            .collect();
        let mut request = BrokerRegistrationRequest {
            broker_id: config.node.0,
            cluster_id: config.cluster_id.to_string(),
            incarnation_id: Uuid::random(cx.rng),
            listeners: vec![Listener {
                name: "PLAINTEXT".to_owned(),
                host: config.host.to_string(),
                port: config.port,
                security_protocol: 0,
                ..Default::default()
            }],
            features,
            rack: config.settings.broker_rack.as_deref().map(str::to_owned),
            is_migrating_zk_broker: false,
            log_dirs: vec![directory],
            previous_broker_epoch: self.lifecycle.previous_epoch.unwrap_or(-1),
            ..Default::default()
        };
        self.call(cx, Purpose::Lifecycle, Call::Register, REGISTRATION_VERSION, &mut request);
    }

    pub(super) fn registered(&mut self, cx: &mut Context<'_>, frame: Bytes) {
        match decode_response::<BrokerRegistrationResponse>(&frame, REGISTRATION_VERSION) {
            Ok((_, response)) if response.error_code == 0 => {
                self.lifecycle.epoch = response.broker_epoch;
                self.heartbeat(cx);
            }
            Ok(_) | Err(_) => {
                self.try_next_voter();
                self.timers.set(BrokerTimer::Heartbeat, cx.now + EAGER_HEARTBEAT, cx.cause);
            }
        }
    }

    /// Tells the controller that this broker lives; one that it does not know registers.
    pub(super) fn heartbeat(&mut self, cx: &mut Context<'_>) {
        if self.lifecycle.epoch < 0 {
            return self.register(cx);
        }
        let mut request = BrokerHeartbeatRequest {
            broker_id: self.node().0,
            broker_epoch: self.lifecycle.epoch,
            current_metadata_offset: self.metadata_position().0 - 1,
            want_fence: false,
            want_shut_down: false,
            ..Default::default()
        };
        self.call(cx, Purpose::Lifecycle, Call::Heartbeat, HEARTBEAT_VERSION, &mut request);
    }

    pub(super) fn heartbeat_answered(&mut self, cx: &mut Context<'_>, frame: Bytes) {
        let interval = self.settings().broker_heartbeat_interval;
        let next = match decode_response::<BrokerHeartbeatResponse>(&frame, HEARTBEAT_VERSION) {
            Ok((_, response)) if response.error_code == 0 => {
                self.lifecycle.fenced = response.is_fenced;
                if response.is_fenced { EAGER_HEARTBEAT } else { interval }
            }
            Ok((_, response)) => {
                if [ErrorCode::StaleBrokerEpoch as i16, ErrorCode::BrokerIdNotRegistered as i16].contains(&response.error_code) {
                    self.lifecycle.epoch = -1;
                } else {
                    self.try_next_voter();
                }
                EAGER_HEARTBEAT
            }
            Err(_) => interval,
        };
        self.timers.set(BrokerTimer::Heartbeat, cx.now + next, cx.cause);
    }
}
