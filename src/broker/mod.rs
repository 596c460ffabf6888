//! A broker: Kafka request frames in, response frames out. One file per API, each opening with its versions, its behaviour and what it
//! leaves out; beside them what the APIs share: connections, the replica manager, the purgatory, the coordinators' homes, the channels to
//! the controller.
//!
//! The only door is a frame. A broker knows the cluster by replaying `__cluster_metadata`, which it fetches from the controller like any
//! other log; it changes metadata by asking the controller. Nothing here knows what a simulation, a client library or a screen is.

mod add_offsets_to_txn;
mod add_partitions_to_txn;
mod alter_configs;
mod api_versions;
mod authorization;
mod channels;
mod connections;
mod coordinating;
mod coordinator_log;
mod coordinators;
mod delete_groups;
mod delete_records;
mod describe_cluster;
mod describe_configs;
mod describe_groups;
mod describe_log_dirs;
mod describe_producers;
mod describe_topic_partitions;
mod describe_transactions;
pub mod disk;
mod dispatch;
mod end_txn;
mod endpoints;
mod fetch;
mod fetch_read;
mod fetch_session;
mod find_coordinator;
mod forwarding;
mod forwarding_errors;
mod heartbeat;
mod init_producer_id;
mod isr;
mod join_group;
mod leave_group;
mod lifecycle;
mod list_groups;
mod list_offsets;
mod list_transactions;
mod log_cleaner;
mod log_manager;
mod markers;
mod metadata;
mod metadata_log;
mod node_channels;
mod offset_commit;
mod offset_delete;
mod offset_fetch;
mod offset_for_leader_epoch;
pub mod partition;
mod produce;
mod purgatory;
pub mod quota;
mod replica_fetcher;
pub mod replica_manager;
mod sync_group;
mod transactions;
mod txn_offset_commit;
mod verification;
mod write_txn_markers;

pub use connections::Answer;
pub use coordinators::{Groups, Waiter};
pub use disk::BrokerDisk;
pub use transactions::Transactions;

use crate::base::{ConnectionId, Context, EventId, EventKind, Instant, NodeId, SortedMap, Timers, TopicPartition};
use crate::controller::{BrokerSettings, MetadataImage};
use crate::network::{Action, Listener, Outbox, Process};
use crate::wire::Rope;
use channels::{Channels, Purpose};
use connections::Connections;
use coordinators::GroupCoordinators;
use fetch_session::FetchSessions;
use init_producer_id::ProducerIds;
use isr::IsrChanges;
use lifecycle::Lifecycle;
use log_cleaner::LogCleaner;
use log_manager::LogManager;
use markers::MarkerQueues;
use metadata_log::MetadataReader;
use node_channels::{Lane, NodeChannels};
use produce::Unwritten;
use purgatory::{OperationId, Purgatory};
use quota::ReplicationQuotas;
use replica_fetcher::Fetchers;
use replica_manager::ReplicaManager;
use std::sync::Arc;
use transactions::TransactionCoordinators;
use verification::{VerificationId, Verifications};

/// What a broker is started with.
#[derive(Clone, Debug)]
pub struct BrokerConfig {
    pub node: NodeId,
    /// The controllers' node ids (`controller.quorum.voters`).
    pub voters: Vec<NodeId>,
    pub cluster_id: Arc<str>,
    /// What it calls itself towards the controller: its id.
    pub client_id: Arc<str>,
    /// The advertised listener.
    pub host: Arc<str>,
    pub port: u16,
    pub settings: BrokerSettings,
    /// The number of its first connection; one that this node had before it was restarted has none of these.
    pub first_connection: u32,
}

/// A broker.
#[derive(Clone, Debug)]
pub struct Broker {
    config: Arc<BrokerConfig>,
    connections: Connections,
    channels: Channels,
    node_channels: NodeChannels,
    verifications: Verifications,
    unwritten: Unwritten,
    uncommitted_offsets: SortedMap<VerificationId, txn_offset_commit::Waiting>,
    marker_queues: MarkerQueues,
    lifecycle: Lifecycle,
    image: MetadataImage,
    metadata: MetadataReader,
    groups: GroupCoordinators,
    transactions: TransactionCoordinators,
    replicas: ReplicaManager,
    fetchers: Fetchers,
    quotas: ReplicationQuotas,
    isr_changes: IsrChanges,
    log_manager: LogManager,
    log_cleaner: LogCleaner,
    purgatory: Purgatory,
    fetch_sessions: FetchSessions,
    timers: Timers<BrokerTimer>,
    outbox: Outbox,
    producer_ids: ProducerIds,
}

/// What a broker waits for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum BrokerTimer {
    /// To tell the controller that it lives.
    Heartbeat,
    /// To stop without leave, after a controlled shutdown that takes too long.
    ControlledShutdown,
    /// To connect to a controller again.
    Reconnect(Purpose),
    /// To give up on a controller that does not answer, or on a request that nobody has answered.
    ControllerSilence(Purpose),
    /// To fetch metadata again, after an error.
    FetchMetadata,
    /// To answer a request that has waited long enough.
    Purgatory(OperationId),
    /// To forget idempotent producers that have not written for long.
    ExpireProducers,
    /// To write down how far partitions are committed.
    CheckpointHighWatermarks,
    /// To look for followers that have fallen behind.
    ShrinkIsrs,
    /// To ask the controller again for other in-sync replicas.
    AlterPartition,
    /// To ask a transaction's coordinator again whether a partition is part of it.
    Verification(VerificationId),
    /// To send transactions' ends that could not be written.
    Markers,
    /// To connect to a broker again, or to give up on one that does not answer.
    NodeChannel(NodeId, Lane),
    /// To fetch from a leader what had to wait.
    Fetch(NodeId),
    /// To see whether a leader has answered in time.
    FetchTimeout(NodeId),
    /// For the operating system to write to the disk what has waited long enough.
    WriteBack,
    /// To flush the logs that `flush.ms` wants flushed.
    FlushLogs,
    /// To look for old segments.
    DeleteOldSegments,
    /// To look for logs to be compacted.
    CleanLogs,
}

impl Broker {
    /// A broker that is about to start on what an earlier one, or nobody, has left behind.
    pub fn new(config: BrokerConfig, disk: BrokerDisk) -> Self {
        Self {
            connections: Connections::default(),
            channels: Channels::new(config.node, config.first_connection),
            node_channels: NodeChannels::default(),
            verifications: Verifications::default(),
            unwritten: Unwritten::default(),
            uncommitted_offsets: SortedMap::new(),
            marker_queues: MarkerQueues::default(),
            lifecycle: Lifecycle { previous_epoch: disk.clean_shutdown, directory: disk.directory, ..Lifecycle::default() },
            image: MetadataImage::default(),
            metadata: MetadataReader::default(),
            groups: GroupCoordinators::new(&config.settings),
            transactions: TransactionCoordinators::new(&config.settings),
            replicas: ReplicaManager::new(config.node, config.settings.replica_lag_time_max, disk.replicas),
            log_manager: LogManager::default(),
            log_cleaner: LogCleaner::default(),
            fetchers: Fetchers::default(),
            quotas: ReplicationQuotas::default(),
            isr_changes: IsrChanges::default(),
            purgatory: Purgatory::default(),
            fetch_sessions: FetchSessions::default(),
            timers: Timers::default(),
            outbox: Outbox::default(),
            producer_ids: ProducerIds::default(),
            config: Arc::new(config),
        }
    }

    /// Joins the cluster: registers, and begins to read its metadata.
    pub fn start(&mut self, cx: &mut Context<'_>) {
        cx.because(EventKind::NodeStarted { node: self.node() });
        self.register(cx);
        self.fetch_metadata(cx);
        self.expire_producers(cx);
        self.checkpoint_high_watermarks(cx);
        self.start_log_manager(cx);
        self.shrink_isrs(cx);
    }

    /// The process ends here and now. What it has written stays, flushed or not; what it had in mind is gone.
    pub fn halt(self) -> BrokerDisk {
        BrokerDisk { directory: self.lifecycle.directory, replicas: self.replicas.into_stored(), clean_shutdown: None }
    }

    /// The process ends in good order: all is written down, also that it was so.
    pub fn shut_down(mut self) -> BrokerDisk {
        self.replicas.checkpoint_high_watermarks();
        self.replicas.close_logs();
        let clean_shutdown = (self.lifecycle.epoch >= 0).then_some(self.lifecycle.epoch);
        BrokerDisk { clean_shutdown, ..self.halt() }
    }

    pub fn node(&self) -> NodeId {
        self.config.node
    }

    pub fn settings(&self) -> &BrokerSettings {
        &self.config.settings
    }

    /// The cluster as this broker knows it.
    pub const fn image(&self) -> &MetadataImage {
        &self.image
    }

    /// The partitions that this broker has replicas of.
    pub const fn replicas(&self) -> &ReplicaManager {
        &self.replicas
    }

    /// Whether this broker has given up following a partition: its log cannot take what the leader has, until it starts again.
    pub fn has_given_up(&self, partition: &TopicPartition) -> bool {
        self.fetchers.has_failed(partition)
    }

    /// How many requests wait for replication or for records.
    pub fn waiting_requests(&self) -> usize {
        self.purgatory.len()
    }

    /// Requests on this connection that wait behind the one being handled.
    pub fn backlog(&self, connection: ConnectionId) -> usize {
        self.connections.backlog(connection)
    }
}

impl Process for Broker {
    fn accepted(&mut self, _cx: &mut Context<'_>, connection: ConnectionId, _listener: Listener, host: &str) {
        self.connections.open(connection, host);
    }

    fn connected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        if let Some(leader) = self.fetchers.leader_of(connection) {
            self.fetcher_connected(cx, leader);
        } else if let Some(channel) = self.node_channels.channel_of(connection) {
            self.node_connected(cx, channel);
        } else {
            self.channel_connected(cx, connection);
        }
        self.serve_waiting(cx);
    }

    fn receive(&mut self, cx: &mut Context<'_>, connection: ConnectionId, frame: Rope) {
        if let Some(leader) = self.fetchers.leader_of(connection) {
            self.fetcher_answered(cx, leader, &frame);
        } else if let Some(channel) = self.node_channels.channel_of(connection) {
            self.node_channel_answered(cx, channel, frame);
        } else if self.channels.owns(connection) {
            self.channel_answered(cx, connection, frame.to_bytes());
        } else {
            self.connections.push(connection, frame, cx.cause);
        }
        self.serve_waiting(cx);
    }

    fn disconnected(&mut self, cx: &mut Context<'_>, connection: ConnectionId) {
        if let Some(leader) = self.fetchers.leader_of(connection) {
            self.fetcher_lost(cx, leader);
        } else if let Some(channel) = self.node_channels.channel_of(connection) {
            self.node_lost(cx, channel);
            self.serve_waiting(cx);
        } else if self.channels.owns(connection) {
            self.channel_lost(cx, connection);
        } else {
            self.connections.remove(connection);
            self.forget_waiting(connection);
        }
    }

    fn next_due(&self) -> Option<Instant> {
        [self.timers.next_due(), self.groups.next_due(), self.transactions.next_due()].into_iter().flatten().min()
    }

    fn wake(&mut self, cx: &mut Context<'_>) {
        if let Some((timer, cause)) = self.timers.pop_due(cx.now) {
            cx.cause = cause;
            match timer {
                BrokerTimer::Heartbeat => self.heartbeat(cx),
                BrokerTimer::ControlledShutdown => self.stop(),
                BrokerTimer::Reconnect(purpose) => self.channel_reconnect(cx, purpose),
                BrokerTimer::ControllerSilence(purpose) => self.controller_silent(cx, purpose),
                BrokerTimer::FetchMetadata => self.fetch_metadata(cx),
                BrokerTimer::Purgatory(operation) => self.release(cx, operation),
                BrokerTimer::ExpireProducers => self.expire_producers(cx),
                BrokerTimer::ShrinkIsrs => self.shrink_isrs(cx),
                BrokerTimer::AlterPartition => self.alter_partitions(cx),
                BrokerTimer::Verification(waiter) => self.verify_again(cx, waiter),
                BrokerTimer::Markers => self.send_markers_again(cx),
                BrokerTimer::NodeChannel(node, lane) => self.node_channel_due(cx, node, lane),
                BrokerTimer::Fetch(leader) => self.resume_fetching(cx, leader),
                BrokerTimer::FetchTimeout(leader) => self.check_fetch_timeout(cx, leader),
                BrokerTimer::CheckpointHighWatermarks => self.checkpoint_high_watermarks(cx),
                BrokerTimer::WriteBack => self.write_back(cx),
                BrokerTimer::FlushLogs => self.flush_due_logs(cx),
                BrokerTimer::DeleteOldSegments => self.delete_old_segments(cx),
                BrokerTimer::CleanLogs => self.clean_logs(cx),
            }
        } else if self.groups.next_due().is_some_and(|due| due <= cx.now) {
            self.wake_groups(cx);
        } else {
            self.wake_transactions(cx);
        }
        self.serve_waiting(cx);
    }

    fn poll_action(&mut self) -> Option<(Action, Option<EventId>)> {
        self.outbox.pop()
    }
}
