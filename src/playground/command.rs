//! What a user can do, as plain data: kept as a session's inputs, sent over a WebSocket, shared.

use crate::base::SortedMap;
use serde::{Deserialize, Serialize};

/// A user's act. Every one of them ends in frames: an admin client's request, a producer's records, a consumer that joins.
/// Names of topics, groups and clients are checked where Kafka checks them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// `kafka-topics.sh --create`: a CreateTopics request. -1 stands for the broker's default of partitions and replication factor.
    CreateTopic {
        name: String,
        partitions: i32,
        replication_factor: i16,
        #[serde(default)]
        configs: SortedMap<String, String>,
    },
    DeleteTopic {
        name: String,
    },
    /// `kafka-topics.sh --alter --partitions`: the topic has `total` partitions afterwards.
    AddPartitions {
        topic: String,
        total: i32,
    },
    /// Hands one record to a producer: the one named, else the playground's own, which is called `you`.
    Publish {
        #[serde(default)]
        producer: Option<String>,
        topic: String,
        /// None: a record without a key, which goes to the sticky partition.
        #[serde(default)]
        key: Option<String>,
        /// None: a tombstone.
        #[serde(default)]
        value: Option<String>,
        /// In order; names may repeat, values may be null.
        #[serde(default)]
        headers: Vec<(String, Option<String>)>,
        /// Chosen by hand; none: by the partitioner.
        #[serde(default)]
        partition: Option<i32>,
        /// Key, value and what is in headers are written in base64: for bytes that are no text.
        #[serde(default)]
        base64: bool,
    },
    /// Hands many records to a producer: the one named, else the playground's own of this configuration.
    PublishMany {
        #[serde(default)]
        producer: Option<String>,
        /// `all`, `1` or `0`; of the playground's own.
        #[serde(default)]
        acks: Option<String>,
        /// `compression.type`; of the playground's own.
        #[serde(default)]
        compression: Option<String>,
        topic: String,
        records: Bulk,
        /// How many a minute; none: as fast as they go.
        #[serde(default)]
        per_minute: Option<u32>,
    },
    /// What a producer has not been handed yet of many records, it will not be.
    StopPublishing {
        producer: String,
    },
    /// Starts a producer that writes to `topic` by itself.
    AddProducer {
        /// Its name and client id; none: the next free of `p1`, `p2`, ….
        #[serde(default)]
        name: Option<String>,
        topic: String,
        /// Records a minute.
        per_minute: u32,
        #[serde(default)]
        keys: Keys,
        /// `all`, `1` or `0`.
        #[serde(default = "acks_all")]
        acks: String,
        /// What else of its configuration is not Kafka's default, by Kafka's names.
        #[serde(default)]
        config: SortedMap<String, String>,
        /// How it parts what it writes into transactions, where `config` has a `transactional.id`; none: as [`Transactions`] begins.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transactions: Option<Transactions>,
    },
    /// Has a transactional producer begin, commit or abort a transaction.
    Transaction {
        producer: String,
        what: TransactionAct,
    },
    /// Changes how fast a producer writes.
    SetProducerRate {
        producer: String,
        per_minute: u32,
    },
    /// The producer rests; it stays connected.
    StopProducer {
        producer: String,
    },
    /// The producer writes again.
    StartProducer {
        producer: String,
    },
    /// The producer is closed.
    RemoveProducer {
        producer: String,
    },
    /// Starts a consumer in a group. A group that does not exist begins with its first member.
    AddConsumer {
        group: String,
        topics: Vec<String>,
        /// Its name and client id; none: the next free of `c1`, `c2`, ….
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        assignor: Assignor,
        /// `auto.offset.reset`; none: latest, Kafka's default.
        #[serde(default)]
        from: Reset,
        /// `group.instance.id`: makes it a static member.
        #[serde(default)]
        instance_id: Option<String>,
        /// How many records a minute its application handles; none: as many as come.
        #[serde(default)]
        per_minute: Option<u32>,
        /// What else of its configuration is not Kafka's default, by Kafka's names.
        #[serde(default)]
        config: SortedMap<String, String>,
    },
    /// Changes how many records a minute a consumer's application handles.
    SetConsumerPace {
        consumer: String,
        per_minute: Option<u32>,
    },
    /// The consumer closes: commits, and leaves its group.
    StopConsumer {
        consumer: String,
    },
    /// The consumer's process ends without a word.
    CrashConsumer {
        consumer: String,
    },
    /// The consumer's process stands still, as in a long garbage collection: its session may time out meanwhile.
    PauseConsumer {
        consumer: String,
    },
    /// The consumer's process goes on.
    ResumeConsumer {
        consumer: String,
    },
    /// `kafka-consumer-groups.sh --reset-offsets --execute`: a group without members goes on from other offsets.
    ResetOffsets {
        group: String,
        /// None: all that it has committed (`--all-topics`).
        #[serde(default)]
        topic: Option<String>,
        /// Of the topic; none: all.
        #[serde(default)]
        partitions: Vec<i32>,
        to: ResetTo,
    },
    /// `kafka-consumer-groups.sh --delete`.
    DeleteGroup {
        group: String,
    },

    // ── what an admin decides about partitions and brokers ──
    /// `kafka-leader-election.sh`: the partition is led by its first replica, or, with `unclean`, by any that lives.
    ElectLeader {
        topic: String,
        partition: i32,
        #[serde(default)]
        unclean: bool,
    },
    /// `kafka-reassign-partitions.sh --execute`: the partition moves to these replicas, the preferred leader first.
    Reassign {
        topic: String,
        partition: i32,
        replicas: Vec<i32>,
    },
    /// `kafka-reassign-partitions.sh --cancel`: the partition stays on the replicas that it had.
    CancelReassignment {
        topic: String,
        partition: i32,
    },
    /// `kafka-delete-records.sh`: what lies before an offset is gone; without one, all that is committed.
    DeleteRecords {
        topic: String,
        partition: i32,
        #[serde(default)]
        before: Option<i64>,
    },
    /// `kafka-configs.sh --alter`: one config gets a value, or, without one, its default again.
    AlterConfig {
        of: ConfigOf,
        /// The topic's or group's name, the broker's id; nothing for all brokers.
        #[serde(default)]
        name: String,
        key: String,
        #[serde(default)]
        value: Option<String>,
    },

    // ── faults: of nodes, which are brokers, controllers, or both ──
    /// The node's processes end without a word (`kill -9`): what they appended stays. With `machine`, the machine loses its power: what was
    /// not flushed is lost, and the others hear nothing.
    KillBroker {
        node: i32,
        #[serde(default)]
        machine: bool,
    },
    /// The node is asked to shut down (SIGTERM): a controlled shutdown, then its processes end.
    StopBroker {
        node: i32,
    },
    /// Starts the processes of a node that was killed, has stopped or halted, from its disk.
    RestartBroker {
        node: i32,
    },
    /// The node's processes stand still (`kill -STOP`, a long GC): sockets stay open, inputs and timers wait.
    PauseBroker {
        node: i32,
    },
    /// The node's processes go on, and handle late what waited.
    ResumeBroker {
        node: i32,
    },
    /// Every input takes the node `factor` × 100 µs of its one thread; 0: no time, as at the start.
    SlowBroker {
        node: i32,
        factor: u32,
    },
    /// There is no room on the node's disk: the next append fails, and halts it.
    FillDisk {
        node: i32,
    },
    /// There is room on the node's disk again.
    FreeDisk {
        node: i32,
    },
    /// Every append takes the node's disk so many ms; 0: no time, as at the start.
    SlowDisk {
        node: i32,
        ms: u32,
    },
    /// The node's clock is wrong by so much: it goes into records' timestamps and retention, never into timers. 0: it is right.
    SetClock {
        node: i32,
        offset_ms: i64,
    },

    // ── faults: of the network ──
    /// What one sends does not arrive at the other, and the other way round unless `oneWay`. Nobody hears of it.
    CutLink {
        from: Party,
        to: Party,
        #[serde(default)]
        one_way: bool,
    },
    /// The link between the two is whole again, in both directions.
    HealLink {
        from: Party,
        to: Party,
    },
    /// How long frames take between the two, in both directions.
    SetLink {
        from: Party,
        to: Party,
        /// One way, in µs.
        latency_us: i64,
        /// Up to so many µs more, each as likely.
        #[serde(default)]
        jitter_us: i64,
        /// In one of a hundred frames, so many µs more.
        #[serde(default)]
        tail_us: i64,
        /// In each direction; none: as much as there is.
        #[serde(default)]
        bytes_per_second: Option<i64>,
    },
    /// All connections between the two break, with all that is under way on them; new ones can be made.
    BreakConnections {
        from: Party,
        to: Party,
    },
    /// The node's next `count` responses to requests of this API meet with `effect`. What they answer is done all the same.
    FaultApi {
        node: i32,
        /// Kafka's name of it: `Produce`, or `PRODUCE`.
        api: String,
        count: u32,
        effect: ApiEffect,
    },
    /// All is whole again: dead nodes are restarted and paused ones resumed, links, disks and clocks are as at the start. Scheduled commands
    /// and chances are forgotten.
    HealAll,

    // ── at another time ──
    /// Gives a command later.
    Schedule {
        after_ms: i64,
        command: Box<Command>,
    },
    /// Gives a command again and again, at moments drawn from the seed: so many times an hour, on average.
    Chance {
        per_hour: i64,
        command: Box<Command>,
    },
}

/// What has configs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConfigOf {
    Topic,
    /// One broker, while it runs.
    Broker,
    /// All brokers, while they run.
    Brokers,
    Group,
}

/// One end of a link: a node by its number, a simulated client by its name, or several: `brokers`, `controllers`, `clients` (all simulated
/// ones), `outside` (all others), `all`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Party {
    Node(i32),
    Named(String),
}

/// What becomes of a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ApiEffect {
    /// It does not arrive, nor does anything after it on its connection.
    Lost,
    /// It carries this error instead of success, by Kafka's name: `REQUEST_TIMED_OUT`.
    Error(String),
    /// It leaves so many ms later, and what follows it on its connection behind it.
    Delay(u32),
}

fn acks_all() -> String {
    "all".to_owned()
}

/// The keys that a producer gives to what it writes by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Keys {
    /// Records without a key.
    None,
    /// `{prefix}1` to `{prefix}{count}`, drawn at random.
    Drawn { prefix: String, count: u32 },
    /// As a small shop has them: `user-…`, ten of them.
    #[default]
    Users,
}

/// How a producer that writes by itself parts its records into transactions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Transactions {
    /// After so many records it commits.
    pub per_transaction: u32,
    /// Every so many transactions it aborts one instead; 0: never.
    pub abort_every: u32,
}

impl Default for Transactions {
    fn default() -> Self {
        Self { per_transaction: 5, abort_every: 0 }
    }
}

/// What a person does with a producer's transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransactionAct {
    /// `beginTransaction`.
    Begin,
    /// `commitTransaction`.
    Commit,
    /// `abortTransaction`.
    Abort,
}

/// Many records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Bulk {
    /// The same record again and again.
    Same {
        #[serde(default)]
        key: Option<String>,
        /// None: a tombstone.
        #[serde(default)]
        value: Option<String>,
        #[serde(default)]
        headers: Vec<(String, Option<String>)>,
        #[serde(default)]
        partition: Option<i32>,
        count: u32,
    },
    /// As `kafka-console-producer.sh` reads them: a line a record. With a separator, what stands before it is the key.
    Lines {
        text: String,
        #[serde(default)]
        key_separator: Option<String>,
    },
    /// A JSON document a line: `{"key": …, "value": …, "headers": {…}}`, or any other, which is a value then.
    JsonLines { text: String },
    /// Orders, as a small shop has them.
    Sample {
        #[serde(default)]
        keys: Keys,
        count: u32,
    },
}

/// Where a group is to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ResetTo {
    Earliest,
    Latest,
    /// Where it stands; at the end, where it has committed nothing.
    Current,
    Offset {
        offset: i64,
    },
    ShiftBy {
        by: i64,
    },
    /// At the first record since then, in ms since 1970.
    Datetime {
        ms: i64,
    },
    /// At the first record of the last so many ms.
    ByDuration {
        ms: i64,
    },
}

/// `partition.assignment.strategy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assignor {
    Range,
    #[serde(rename = "roundrobin")]
    RoundRobin,
    Sticky,
    CooperativeSticky,
    /// Kafka's default: range first, cooperative-sticky offered as well.
    #[default]
    Default,
}

/// `auto.offset.reset`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reset {
    Earliest,
    #[default]
    Latest,
}
