//! The broker's place in the cluster (`BrokerLifecycleManager`): it registers with the controller, tells it regularly that it lives and
//! how far it has read the metadata, and is unfenced once it has caught up. Before it stops, it asks to be relieved of what it leads
//! (controlled shutdown), and stops when the controller says so.

use super::channels::{Call, Purpose};
use super::{Broker, BrokerTimer};
use crate::base::SortedSet;
use crate::base::{Context, Duration, Uuid};
use crate::controller::MetadataDelta;
use crate::wire::frame::decode_response;
use crate::wire::messages::broker_registration_request::{Feature, Listener};
use crate::wire::messages::{BrokerHeartbeatRequest, BrokerHeartbeatResponse, BrokerRegistrationRequest, BrokerRegistrationResponse};
use bytes::Bytes;

const REGISTRATION_VERSION: i16 = 4;
const HEARTBEAT_VERSION: i16 = 1;
/// How soon a heartbeat follows while a broker that has just started is still fenced.
const EAGER_HEARTBEAT: Duration = Duration::from_millis(10);
/// How soon the controller is asked a second time whether the broker may stop.
const EAGER_SHUTDOWN: Duration = Duration::from_millis(50);
/// How long a broker waits for leave to stop (`BrokerServer.shutdown`).
const CONTROLLED_SHUTDOWN_MAX: Duration = Duration::from_secs(300);
/// The wait after the first request that was refused; it doubles, up to `broker.session.timeout.ms`.
const FIRST_BACKOFF: Duration = Duration::from_millis(100);

/// More doublings than that are longer than any session.
const MAX_DOUBLINGS: u32 = 20;

/// What the broker is about (`org.apache.kafka.metadata.BrokerState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has not served yet.
    Starting,
    Running,
    /// It waits for leave to stop, and goes on serving meanwhile.
    ControlledShutdown {
        asked: bool,
    },
    /// It is to end.
    Stopped,
}

/// Where the broker stands.
#[derive(Clone, Debug)]
pub(super) struct Lifecycle {
    /// Given by the controller at registration; -1 before.
    pub epoch: i64,
    /// Tells this life of the broker from others; drawn at the first registration.
    pub incarnation: Option<Uuid>,
    pub stage: Stage,
    /// Requests in a row that were refused.
    pub failures: u32,
    /// The controller holds that this broker must not lead or serve.
    pub fenced: bool,
    /// The broker's epoch in its last life, if that ended in good order.
    pub previous_epoch: Option<i64>,
    /// The id of the log directory; given at the first start.
    pub directory: Option<Uuid>,
    /// Topics that are being created without a client's asking.
    pub topics_under_way: SortedSet<String>,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self {
            epoch: -1,
            incarnation: None,
            stage: Stage::Starting,
            failures: 0,
            fenced: true,
            previous_epoch: None,
            directory: None,
            topics_under_way: SortedSet::new(),
        }
    }
}

impl Broker {
    /// Whether the controller lets this broker serve.
    pub const fn is_fenced(&self) -> bool {
        self.lifecycle.fenced
    }

    pub(super) fn register(&mut self, cx: &mut Context<'_>) {
        let directory = *self.lifecycle.directory.get_or_insert_with(|| Uuid::random(cx.rng));
        let incarnation_id = *self.lifecycle.incarnation.get_or_insert_with(|| Uuid::random(cx.rng));
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
            incarnation_id,
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
                self.lifecycle.failures = 0;
                self.publish_metadata(cx, &MetadataDelta::default());
                self.heartbeat(cx);
            }
            Ok(_) | Err(_) => self.lifecycle_refused(cx),
        }
    }

    /// Registration or heartbeat failed: it is tried again after a while that grows.
    pub(super) fn lifecycle_refused(&mut self, cx: &mut Context<'_>) {
        let doubled = FIRST_BACKOFF.as_micros().checked_shl(self.lifecycle.failures).unwrap_or(u64::MAX);
        self.lifecycle.failures = (self.lifecycle.failures + 1).min(MAX_DOUBLINGS);
        let jittered = doubled / 1_000 * (980 + cx.rng.below(41));
        let wait = Duration::from_micros(jittered).min(self.settings().broker_session_timeout);
        self.timers.set(BrokerTimer::Heartbeat, cx.now + wait, cx.cause);
    }

    /// Tells the controller that this broker lives; one that has no epoch yet registers.
    pub(super) fn heartbeat(&mut self, cx: &mut Context<'_>) {
        if self.lifecycle.epoch < 0 {
            return self.register(cx);
        }
        let mut request = BrokerHeartbeatRequest {
            broker_id: self.node().0,
            broker_epoch: self.lifecycle.epoch,
            current_metadata_offset: self.metadata_position().0 - 1,
            want_fence: !self.has_caught_up(),
            want_shut_down: matches!(self.lifecycle.stage, Stage::ControlledShutdown { .. }),
            ..Default::default()
        };
        self.call(cx, Purpose::Lifecycle, Call::Heartbeat, HEARTBEAT_VERSION, &mut request);
    }

    pub(super) fn heartbeat_answered(&mut self, cx: &mut Context<'_>, frame: Bytes) {
        let response = match decode_response::<BrokerHeartbeatResponse>(&frame, HEARTBEAT_VERSION) {
            Ok((_, response)) if response.error_code == 0 => response,
            Ok(_) | Err(_) => return self.lifecycle_refused(cx),
        };
        self.lifecycle.failures = 0;
        self.lifecycle.fenced = response.is_fenced;
        let interval = self.settings().broker_heartbeat_interval;
        let (stage, next) = match self.lifecycle.stage {
            Stage::Starting if response.is_fenced => (Stage::Starting, EAGER_HEARTBEAT),
            Stage::Starting | Stage::Running => (Stage::Running, interval),
            Stage::ControlledShutdown { .. } if response.should_shut_down => return self.stop(),
            Stage::ControlledShutdown { asked: false } => (Stage::ControlledShutdown { asked: true }, EAGER_SHUTDOWN),
            Stage::ControlledShutdown { asked: true } => (Stage::ControlledShutdown { asked: true }, interval),
            Stage::Stopped => return,
        };
        self.lifecycle.stage = stage;
        self.timers.set(BrokerTimer::Heartbeat, cx.now + next, cx.cause);
    }

    // ── the end ──

    /// The broker is asked to stop (SIGTERM). It hands over what it leads first, if it can (`controlled.shutdown.enable`), and is ready to be
    /// ended when [`Broker::has_stopped`] says so; then [`Broker::shut_down`] leaves its disk in good order.
    pub fn begin_shutdown(&mut self, cx: &mut Context<'_>) {
        if self.lifecycle.stage != Stage::Running || !self.settings().controlled_shutdown {
            return self.stop();
        }
        self.lifecycle.stage = Stage::ControlledShutdown { asked: false };
        self.timers.set(BrokerTimer::ControlledShutdown, cx.now + CONTROLLED_SHUTDOWN_MAX, cx.cause);
        self.heartbeat(cx);
    }

    /// Whether its port is open: it has caught up with the metadata once and was let into the cluster (`SocketServer.enableRequestProcessing`
    /// comes after that), so that no broker serves by what it knew in an earlier life.
    pub fn listens(&self) -> bool {
        self.lifecycle.stage != Stage::Starting
    }

    /// Whether it waits for leave to stop.
    pub const fn is_shutting_down(&self) -> bool {
        matches!(self.lifecycle.stage, Stage::ControlledShutdown { .. })
    }

    /// Whether its process may be ended: nothing is to be waited for any more.
    pub fn has_stopped(&self) -> bool {
        self.lifecycle.stage == Stage::Stopped
    }

    /// There is nothing more to wait for, or no more time to.
    pub(super) fn stop(&mut self) {
        self.lifecycle.stage = Stage::Stopped;
    }
}
