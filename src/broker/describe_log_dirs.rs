//! DescribeLogDirs 1-5: what lies in the broker's only log directory, and how large it is (KIP-113, KIP-827).
//!
//! - No topics at all (null): every replica here. Topics and partitions that have none here are left out.
//! - A replica never lags behind itself: there are no future ones, which move from one directory to another.
//! - The directory is Kafka's default by name, on a volume that is not filled (see the fault that fills a disk).

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, TopicPartition};
use crate::wire::messages::describe_log_dirs_request::DescribableLogDirTopic;
use crate::wire::messages::describe_log_dirs_response::{DescribeLogDirsPartition, DescribeLogDirsResult, DescribeLogDirsTopic};
use crate::wire::messages::{DescribeLogDirsRequest, DescribeLogDirsResponse};

const LOG_DIR: &str = "/tmp/kafka-logs";
/// One tebibyte.
const VOLUME_BYTES: i64 = 1 << 40;

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: DescribeLogDirsRequest) -> Answer {
    let mut used = 0_i64;
    let mut topics: Vec<DescribeLogDirsTopic> = Vec::new();
    for (name, partition) in broker.replicas().partitions() {
        let partition_size = i64::try_from(partition.log().size_in_bytes()).unwrap_or(i64::MAX);
        used = used.saturating_add(partition_size);
        if !wants(&body, name) {
            continue;
        }
        let described = DescribeLogDirsPartition { partition_index: name.partition.0, partition_size, ..Default::default() };
        match topics.last_mut().filter(|topic| *topic.name == *name.topic) {
            Some(topic) => topic.partitions.push(described),
            None => {
                topics.push(DescribeLogDirsTopic { name: name.topic.to_string(), partitions: vec![described], ..Default::default() });
            }
        }
    }
    let directory = DescribeLogDirsResult {
        log_dir: LOG_DIR.to_owned(),
        topics,
        total_bytes: VOLUME_BYTES,
        usable_bytes: VOLUME_BYTES.saturating_sub(used).max(0),
        ..Default::default()
    };
    request.reply(&mut DescribeLogDirsResponse { results: vec![directory], ..Default::default() })
}

fn wants(body: &DescribeLogDirsRequest, name: &TopicPartition) -> bool {
    let names = |topic: &DescribableLogDirTopic| *topic.topic == *name.topic && topic.partitions.contains(&name.partition.0);
    body.topics.as_ref().is_none_or(|topics| topics.iter().any(names))
}
