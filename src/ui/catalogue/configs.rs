//! The tab Configs: settings of topics and brokers, and what each does.

use super::numbers::counted;

pub const TITLE: &str = "Settings";
pub const WHOSE: &str = "Settings of";
pub const TOPICS: &str = "topics";
pub const BROKERS: &str = "brokers";
pub const ALL_BROKERS: &str = "all brokers";
pub const SEARCH: &str = "Find a setting";
pub const DIFFERING: &str = "Not the default";
pub const IDLE: &str = "Idle ones too";
pub const OF: &str = "of";
pub const VALUE: &str = "value";
pub const SOURCE: &str = "from";
pub const NOT_SET: &str = "not set";
pub const EDIT: &str = "Edit";
pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const DEFAULT: &str = "Default";
pub const READ_ONLY: &str = "Read when a broker starts: a running one does not take another.";
pub const IS_IDLE: &str = "Listed as Apache Kafka lists it; nothing here depends on it.";
pub const NONE_PASSES: &str = "No setting passes.";
pub const ALL_DEFAULT: &str = "All are the default.";
pub const SAVING: &str = "Saving…";
pub const TYPE: &str = "type";
pub const COUNTS: &str = "what counts";

pub fn of(name: &str) -> String {
    format!("Settings of {name}")
}

pub fn broker(id: &str) -> String {
    format!("broker {id}")
}

pub fn edit(setting: &str) -> String {
    format!("Edit {setting}")
}

pub fn back(setting: &str) -> String {
    format!("{setting}: back to the default")
}

pub fn shown(shown: usize, differing: usize) -> String {
    format!("{}, {differing} not the default", counted(shown, "setting"))
}

/// What is set for a broker counts for topics that do not say otherwise.
pub fn default_of(topic_config: &str, does: &str) -> String {
    format!("For topics without a {topic_config} of their own. {does}")
}

/// What a setting does. Of topic configs the engine tells it.
pub fn does(setting: &str) -> Option<&'static str> {
    DOES_WHAT.iter().find(|(name, _)| *name == setting).map(|(_, does)| *does)
}

const DOES_WHAT: [(&str, &str); 57] = [
    ("advertised.listeners", "The address that clients are told to connect to."),
    ("auto.create.topics.enable", "Whether a topic begins to exist because somebody asks for it."),
    ("auto.leader.rebalance.enable", "Whether the first replica of a partition leads again, by itself, once it is back in sync."),
    ("broker.heartbeat.interval.ms", "How often a broker tells the controller that it lives."),
    ("broker.id", "The broker's number; node.id is its name today."),
    ("broker.rack", "Where the broker stands: replicas are spread over racks, and readers may fetch from their own."),
    ("broker.session.timeout.ms", "After how long without a heartbeat the controller fences a broker, which then leads nothing."),
    ("controlled.shutdown.enable", "Whether a broker that is asked to stop hands over what it leads first."),
    ("controller.listener.names", "Which listeners are for controllers only."),
    ("controller.quorum.election.backoff.max.ms", "The longest a voter waits, after an election without a winner, before it stands again."),
    ("controller.quorum.election.timeout.ms", "After how long without a leader a voter stands for election as the active controller."),
    ("controller.quorum.fetch.timeout.ms", "After how long without news from its leader a voter gives it up."),
    ("controller.quorum.request.timeout.ms", "How long a voter waits for another's answer."),
    ("controller.quorum.retry.backoff.ms", "How long a voter waits before it asks again."),
    ("default.replication.factor", "How many replicas the partitions of a topic get that is created without saying so."),
    ("delete.topic.enable", "Whether topics can be deleted at all."),
    ("fetch.max.bytes", "The most that one Fetch returns, whatever it asks for."),
    ("follower.replication.throttled.rate", "How many bytes a second this broker fetches of throttled replicas."),
    ("group.initial.rebalance.delay.ms", "How long a new group waits for more members before its first rebalance."),
    ("group.max.session.timeout.ms", "The longest session timeout that a member may ask for."),
    ("group.max.size", "How many members a group may have."),
    ("group.min.session.timeout.ms", "The shortest session timeout that a member may ask for."),
    ("leader.imbalance.check.interval.seconds", "How often the controller looks whether first replicas should lead again."),
    ("leader.replication.throttled.rate", "How many bytes a second this broker sends of throttled replicas."),
    ("listeners", "Where the broker listens for connections."),
    ("log.cleaner.backoff.ms", "How long the cleaner rests when no log is dirty enough to be compacted."),
    ("log.flush.scheduler.interval.ms", "How often the broker looks for logs that must be forced to disk."),
    ("log.retention.check.interval.ms", "How often the broker looks for segments that are too old or too many."),
    (
        "max.incremental.fetch.session.cache.slots",
        "How many readers' fetch sessions a broker remembers, so that they ask only for what changed.",
    ),
    ("max.request.partition.size.limit", "How many partitions one DescribeTopicPartitions tells of."),
    ("metadata.log.max.record.bytes.between.snapshots", "After how many bytes of new metadata a snapshot of it is made."),
    ("metadata.log.max.snapshot.interval.ms", "After how long a snapshot of the metadata is made, if anything is new."),
    (
        "metadata.max.idle.interval.ms",
        "How often the active controller writes a record that says nothing, so that all can tell how far they have read.",
    ),
    ("metadata.max.retention.bytes", "How much of metadata log and snapshots is kept."),
    ("metadata.max.retention.ms", "How long old snapshots of the metadata are kept."),
    ("node.id", "The number of this broker, controller, or both."),
    ("num.partitions", "How many partitions a topic gets that is created without saying so."),
    ("offset.metadata.max.bytes", "How long a note may be that a member commits with an offset."),
    ("offsets.commit.timeout.ms", "How long a commit waits until enough replicas have it."),
    ("offsets.retention.check.interval.ms", "How often the coordinator looks for offsets that are too old."),
    ("offsets.retention.minutes", "How long the offsets of a group without members are kept."),
    ("offsets.topic.num.partitions", "How many partitions __consumer_offsets has: groups are spread over them."),
    ("offsets.topic.replication.factor", "How many replicas __consumer_offsets has, as far as there are brokers."),
    ("offsets.topic.segment.bytes", "How large a segment of __consumer_offsets may be."),
    ("process.roles", "Whether this node is a broker, a controller, or both."),
    ("producer.id.expiration.ms", "After how long without a batch a partition forgets an idempotent producer and its sequence numbers."),
    ("replica.fetch.backoff.ms", "How long a follower leaves a partition alone that it could not fetch."),
    ("replica.fetch.max.bytes", "How much of one partition a follower fetches at once."),
    ("replica.fetch.min.bytes", "For how many bytes a follower's Fetch waits at its leader."),
    ("replica.fetch.response.max.bytes", "How much of all partitions a follower fetches at once."),
    ("replica.fetch.wait.max.ms", "How long a follower's Fetch waits at its leader for records."),
    ("replica.high.watermark.checkpoint.interval.ms", "How often a broker writes down how far its partitions are committed."),
    ("replica.lag.time.max.ms", "After how long behind its leader a follower is out of the ISR."),
    ("replica.selector.class", "Which replica a reader is sent to: the leader, or one in its own rack."),
    ("replica.socket.timeout.ms", "How long a follower waits for its leader's answer."),
    ("request.timeout.ms", "How long a broker waits for another's answer."),
    (
        "segment.bytes",
        "How large a segment may grow before the next begins. Only whole segments are deleted or compacted, so this is how coarsely.",
    ),
];
