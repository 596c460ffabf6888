//! The vocabulary of the trace: everything that can happen, as one enum. The page, the tests and the lessons use the same.

use super::{
    ConnectionId, Duration, GenerationId, Instant, LeaderEpoch, NodeId, Offset, ProcessId, ProducerEpoch, ProducerId, TopicPartition,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An event's number in its session, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub u64);

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    pub at: Instant,
    /// Where it happened.
    pub process: ProcessId,
    /// The event that brought it about; none for what starts by itself (the session's first events).
    pub cause: Option<EventId>,
    pub kind: EventKind,
}

/// Who was not heard of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum Silent {
    Broker {
        node: NodeId,
    },
    Controller {
        node: NodeId,
    },
    /// A client by its client id: a group's member, say.
    Client {
        client: Arc<str>,
    },
}

/// What a client does with its transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransactionStep {
    Begun,
    Committing,
    Committed,
    Aborting,
    Aborted,
}

/// What can happen. Names and values are Kafka's where Kafka has them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum EventKind {
    // ── what the user did, and time ──
    /// The user gave a command; its text says which.
    Command {
        text: Arc<str>,
    },
    /// A command's time had come: it was scheduled, or the seed drew it.
    CommandDue {
        text: Arc<str>,
        by_chance: bool,
    },
    /// A command whose time had come could not be carried out.
    CommandRefused {
        text: Arc<str>,
        reason: Arc<str>,
    },
    /// A process' own timer came due.
    Timer {
        name: Arc<str>,
    },
    /// What was waited for did not come. Its cause is the fault that silenced the party, if there was one: see
    /// [`super::Context::because_of_silence`].
    Silence {
        from: Silent,
        /// What should have come, as a noun: `heartbeat`, `fetch request`, `Produce response`.
        awaited: Arc<str>,
        /// For how long it was waited.
        waited: Duration,
    },

    // ── the network ──
    ConnectionOpened {
        connection: ConnectionId,
        to: NodeId,
    },
    /// `error` says why, in words; none for an ordinary end.
    ConnectionClosed {
        connection: ConnectionId,
        error: Option<Arc<str>>,
    },
    /// A request left its sender. Sizes are of whole frames, in bytes.
    Request {
        connection: ConnectionId,
        correlation: i32,
        api: i16,
        version: i16,
        bytes: u32,
    },
    /// A response left its broker.
    Response {
        connection: ConnectionId,
        correlation: i32,
        api: i16,
        version: i16,
        bytes: u32,
    },

    // ── faults ── machines are named by their first process: a node's broker, else its controller; a client is its own
    /// A node's processes ended without a word. `machine`: the machine went with them, and what its logs had not flushed.
    NodeKilled {
        node: NodeId,
        machine: bool,
    },
    /// A node was asked to shut down (SIGTERM): it hands its leaderships over first.
    NodeStopping {
        node: NodeId,
    },
    /// A node has shut down in an orderly way.
    NodeStopped {
        node: NodeId,
    },
    /// A node's processes stand still: its sockets stay open, nothing is handled.
    NodePaused {
        node: NodeId,
    },
    /// A node's processes go on, and find what came meanwhile.
    NodeResumed {
        node: NodeId,
    },
    /// Every input takes a node so long from now on; zero: no time at all, as usual.
    NodeSlowed {
        node: NodeId,
        per_input: Duration,
    },
    /// There is no room on a node's disk from now on.
    DiskFilled {
        node: NodeId,
    },
    /// There is room on a node's disk again.
    DiskFreed {
        node: NodeId,
    },
    /// Every append takes a node's disk so long from now on; zero: no time at all, as usual.
    DiskSlowed {
        node: NodeId,
        per_append: Duration,
    },
    /// One of Kafka's promises does not hold: a mistake of this engine, wherever it shows.
    InvariantBroken {
        invariant: Arc<str>,
        text: Arc<str>,
    },
    /// An append failed for want of room: with its only log directory gone, the node halts.
    DiskFull {
        node: NodeId,
    },
    /// A node's clock is wrong by so many ms from now on; timers do not follow it.
    ClockSet {
        node: NodeId,
        offset_ms: i64,
    },
    /// Nothing arrives any more, from one machine at the other; in the opposite direction neither, unless `one_way`.
    LinkCut {
        from: ProcessId,
        to: ProcessId,
        one_way: bool,
    },
    LinkHealed {
        from: ProcessId,
        to: ProcessId,
    },
    /// A link has another speed, in both directions. No bandwidth: as much as there is.
    LinkSet {
        from: ProcessId,
        to: ProcessId,
        latency: Duration,
        jitter: Duration,
        bytes_per_second: Option<u64>,
    },
    /// A frame did not arrive; the sender's TCP sends it again and again. Only the first on a connection is told.
    FrameLost {
        connection: ConnectionId,
        from: ProcessId,
        to: ProcessId,
    },
    /// A connection broke; both ends find it gone.
    ConnectionBroken {
        connection: ConnectionId,
        reason: Arc<str>,
    },
    /// The next `count` responses of a node to this API are dealt with as `effect` says: `lost`, an error's name, or `delayed by 3000 ms`.
    ApiFaultSet {
        node: NodeId,
        api: i16,
        count: u32,
        effect: Arc<str>,
    },
    /// A response was dealt with as a fault says.
    ApiFault {
        node: NodeId,
        connection: ConnectionId,
        api: i16,
        effect: Arc<str>,
    },
    /// All that was broken is whole again.
    AllHealed,

    // ── nodes and metadata ──
    NodeStarted {
        node: NodeId,
    },
    /// A voter stands for election, in an epoch of its own; a pre-vote says that it would be elected.
    CandidateStood {
        node: NodeId,
        epoch: i32,
    },
    /// The leader of the quorum has given up: no majority of the voters fetches from it, or it is about to stop.
    ControllerResigned {
        node: NodeId,
        epoch: i32,
    },
    ControllerElected {
        node: NodeId,
        epoch: i32,
    },
    BrokerRegistered {
        node: NodeId,
    },
    BrokerUnfenced {
        node: NodeId,
    },
    BrokerFenced {
        node: NodeId,
    },
    /// The broker is forgotten.
    BrokerUnregistered {
        node: NodeId,
    },
    TopicCreated {
        topic: Arc<str>,
        partitions: i32,
        replication_factor: i16,
    },
    TopicDeleted {
        topic: Arc<str>,
    },
    PartitionsAdded {
        topic: Arc<str>,
        partitions: i32,
    },
    /// A replica is to lead that may lack what was committed: what it has counts from now on, and the rest is lost.
    UncleanElection {
        partition: TopicPartition,
        leader: NodeId,
    },
    /// A partition is on its way to these replicas.
    ReassignmentBegan {
        partition: TopicPartition,
        replicas: Vec<NodeId>,
    },
    /// A reassignment is done, or was cancelled: the partition has these replicas.
    ReassignmentEnded {
        partition: TopicPartition,
        replicas: Vec<NodeId>,
    },
    /// -1: the partition has no leader.
    LeaderElected {
        partition: TopicPartition,
        leader: NodeId,
        epoch: LeaderEpoch,
    },
    /// The in-sync replicas are others now; in order of their ids.
    IsrChanged {
        partition: TopicPartition,
        isr: Vec<NodeId>,
    },
    /// `resource` as kafka-configs.sh writes it: `topic orders`, `broker 1`, `group billing`.
    ConfigChanged {
        resource: Arc<str>,
        name: Arc<str>,
        value: Option<Arc<str>>,
    },

    // ── logs ──
    Appended {
        partition: TopicPartition,
        base_offset: Offset,
        records: i32,
        bytes: u32,
    },
    /// A follower wrote what its leader had sent.
    Replicated {
        partition: TopicPartition,
        base_offset: Offset,
        records: i32,
        bytes: u32,
    },
    HighWatermark {
        partition: TopicPartition,
        offset: Offset,
    },
    LogStart {
        partition: TopicPartition,
        offset: Offset,
    },
    /// A follower gave up the end of its log, from this offset on, as its leader's log has something else there.
    Truncated {
        partition: TopicPartition,
        offset: Offset,
        /// How many offsets that are.
        lost: i64,
    },
    /// A follower has not had all that its leader has for `replica.lag.time.max.ms`: the leader asks the controller to take it out of the ISR.
    FellBehind {
        partition: TopicPartition,
        replica: NodeId,
    },
    /// A follower has caught up: its leader asks the controller to take it into the ISR.
    CaughtUp {
        partition: TopicPartition,
        replica: NodeId,
    },
    /// A batch that the log has already: answered, not written.
    Duplicate {
        partition: TopicPartition,
        base_offset: Offset,
    },
    /// A batch was refused; `error` is Kafka's name of it.
    Refused {
        partition: TopicPartition,
        error: Arc<str>,
    },
    /// A replica's log has begun a segment at this offset; the one before is done with.
    SegmentRolled {
        partition: TopicPartition,
        base_offset: Offset,
    },
    /// Old segments of a replica's log are gone, with all that lay from `from` on, before `to`. `reason` is the setting: retention.ms,
    /// retention.bytes, or "log start offset" where they had been deleted before.
    SegmentsDeleted {
        partition: TopicPartition,
        from: Offset,
        to: Offset,
        segments: u32,
        bytes: u64,
        reason: Arc<str>,
    },
    /// A replica's log is compacted up to `to`; it was so up to `from`. How many records and bytes there were up to `to`, and are.
    Compacted {
        partition: TopicPartition,
        from: Offset,
        to: Offset,
        records_before: u64,
        records_after: u64,
        bytes_before: u64,
        bytes_after: u64,
    },

    // ── groups ──
    CoordinatorLoaded {
        partition: TopicPartition,
    },
    GroupState {
        group: Arc<str>,
        state: Arc<str>,
        generation: GenerationId,
        reason: Arc<str>,
    },
    MemberJoined {
        group: Arc<str>,
        member: Arc<str>,
        client: Arc<str>,
    },
    /// The member left by itself or was taken out by an admin.
    MemberLeft {
        group: Arc<str>,
        member: Arc<str>,
        reason: Arc<str>,
    },
    /// The coordinator removed a member that it had not heard of in time.
    MemberExpired {
        group: Arc<str>,
        member: Arc<str>,
        reason: Arc<str>,
    },
    GroupDeleted {
        group: Arc<str>,
    },
    OffsetCommitted {
        group: Arc<str>,
        partition: TopicPartition,
        offset: Offset,
    },

    // ── simulated clients ──
    ClientStarted {
        client: Arc<str>,
    },
    ClientStopped {
        client: Arc<str>,
    },
    /// A client's application got an error that ended it; Kafka's name of it.
    ClientFailed {
        client: Arc<str>,
        error: Arc<str>,
    },
    ClientCrashed {
        client: Arc<str>,
    },
    /// Its process stands still, as in a long GC.
    ClientPaused {
        client: Arc<str>,
    },
    ClientResumed {
        client: Arc<str>,
    },
    ProducerIdAcquired {
        producer: ProducerId,
        epoch: ProducerEpoch,
    },
    /// The application handed a record to its producer, which chose the partition.
    Sent {
        client: Arc<str>,
        partition: TopicPartition,
    },
    /// The record is written, as far as the producer's acks ask for.
    Acknowledged {
        client: Arc<str>,
        partition: TopicPartition,
        offset: Offset,
    },
    /// The producer gave the record up.
    SendFailed {
        client: Arc<str>,
        partition: TopicPartition,
        error: Arc<str>,
    },
    /// A client met an error that it will retry.
    Retried {
        client: Arc<str>,
        error: Arc<str>,
    },
    /// The consumer has been told which partitions are its own.
    Assigned {
        client: Arc<str>,
        group: Arc<str>,
        generation: GenerationId,
        partitions: Vec<TopicPartition>,
    },
    Revoked {
        client: Arc<str>,
        group: Arc<str>,
        partitions: Vec<TopicPartition>,
        lost: bool,
    },
    /// The application was given records; the next it asks for is `position`.
    Consumed {
        client: Arc<str>,
        partition: TopicPartition,
        records: u32,
        position: Offset,
    },
    /// The position moved without reading: a reset or a seek.
    Sought {
        client: Arc<str>,
        partition: TopicPartition,
        position: Offset,
        reason: Arc<str>,
    },

    // ── transactions ──
    /// A transactional id comes into this state, once that is committed; `producer` and `epoch` are those of its producer.
    TransactionState {
        transactional_id: Arc<str>,
        state: Arc<str>,
        producer: ProducerId,
        epoch: ProducerEpoch,
        reason: Arc<str>,
    },
    /// Nobody has used a transactional id for `transactional.id.expiration.ms`: it is forgotten.
    TransactionalIdExpired {
        transactional_id: Arc<str>,
    },
    /// A transactional producer began a transaction, or ends it, or has ended it.
    Transaction {
        client: Arc<str>,
        transactional_id: Arc<str>,
        what: TransactionStep,
    },
    /// A transactional producer met an error after which its transaction can only be aborted; `fatal`: after which it can do nothing more.
    TransactionFailed {
        client: Arc<str>,
        transactional_id: Arc<str>,
        error: Arc<str>,
        fatal: bool,
    },
}
