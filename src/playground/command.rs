//! What a user can do, as plain data: kept as a session's inputs, sent over a WebSocket, shared.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
        configs: BTreeMap<String, String>,
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
        /// In order; names may repeat.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// Chosen by hand; none: by the partitioner.
        #[serde(default)]
        partition: Option<i32>,
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
        config: BTreeMap<String, String>,
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
        config: BTreeMap<String, String>,
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
    /// `kafka-consumer-groups.sh --delete`.
    DeleteGroup {
        group: String,
    },
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
