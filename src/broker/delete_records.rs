//! DeleteRecords 0-2: moves partitions' log starts (KIP-107); -1 stands for the high watermark. Answered once all replicas on living brokers have
//! moved theirs, or after the timeout. Internal topics are refused, and topics whose `cleanup.policy` does not delete.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::produce::INTERNAL_TOPICS;
use super::purgatory::Delayed;
use super::replica_manager::ReplicaManager;
use crate::base::SortedMap;
use crate::base::{Context, Duration, Offset, PartitionIndex, TopicPartition};
use crate::wire::ErrorCode;
use crate::wire::messages::delete_records_response::{DeleteRecordsPartitionResult, DeleteRecordsTopicResult};
use crate::wire::messages::{DeleteRecordsRequest, DeleteRecordsResponse};

/// What is to become of each partition, or why it will not.
type Wanted = SortedMap<TopicPartition, Result<Goal, ErrorCode>>;

#[derive(Clone, Copy, Debug)]
struct Goal {
    /// The log start that all replicas are to have.
    start: Offset,
    /// The low watermark when the leader had it: what is told where the others do not get there in time.
    low: Offset,
}

/// A request that waits for followers.
#[derive(Clone, Debug)]
pub(super) struct DelayedDeleteRecords {
    request: RequestContext,
    wanted: Wanted,
}

pub(super) fn handle(broker: &mut Broker, cx: &mut Context<'_>, request: &RequestContext, body: DeleteRecordsRequest) -> Answer {
    let mut wanted = Wanted::new();
    let cause = cx.cause;
    for topic in &body.topics {
        for partition in &topic.partitions {
            let name = TopicPartition { topic: topic.name.as_str().into(), partition: PartitionIndex(partition.partition_index) };
            let moved = delete(broker, cx, &name, Offset(partition.offset));
            wanted.insert(name, moved);
        }
    }
    cx.cause = cause;
    broker.partitions_moved(cx);
    let delayed = DelayedDeleteRecords { request: request.clone(), wanted };
    if delayed.is_satisfied(&broker.replicas) {
        return request.reply(&mut delayed.response(&broker.replicas));
    }
    let watched = delayed.wanted.iter().filter(|(_, goal)| goal.is_ok()).map(|(name, _)| name.clone()).collect();
    broker.delay(cx, Delayed::DeleteRecords(delayed), watched, Duration::from_kafka_ms(body.timeout_ms.into()));
    Answer::Later
}

/// The wait is over.
pub(super) fn finish(broker: &mut Broker, cx: &mut Context<'_>, delayed: &DelayedDeleteRecords) {
    let mut response = delayed.response(&broker.replicas);
    broker.complete(cx, &delayed.request, &mut response);
}

fn delete(broker: &mut Broker, cx: &mut Context<'_>, name: &TopicPartition, offset: Offset) -> Result<Goal, ErrorCode> {
    if broker.image.partition(name).is_none() {
        return Err(ErrorCode::UnknownTopicOrPartition);
    }
    if INTERNAL_TOPICS.contains(&&*name.topic) {
        return Err(ErrorCode::InvalidTopicException);
    }
    let start = broker.replicas.delete_records(cx, name, offset)?;
    let low = broker.replicas.low_watermark(name).ok_or(ErrorCode::NotLeaderOrFollower)?;
    Ok(Goal { start, low })
}

impl DelayedDeleteRecords {
    pub(super) const fn request(&self) -> &RequestContext {
        &self.request
    }

    /// All replicas have moved their log starts, or cannot any more.
    pub(super) fn is_satisfied(&self, replicas: &ReplicaManager) -> bool {
        self.wanted.iter().all(|(name, goal)| progress(replicas, name, *goal).is_some())
    }

    fn response(&self, replicas: &ReplicaManager) -> DeleteRecordsResponse {
        let mut topics: Vec<DeleteRecordsTopicResult> = Vec::new();
        for (name, goal) in &self.wanted {
            let (low, error) = match (progress(replicas, name, *goal), goal) {
                (Some(Ok(low)), _) => (low, ErrorCode::None),
                (Some(Err(error)), _) => (Offset(-1), error),
                (None, Ok(goal)) => (goal.low, ErrorCode::RequestTimedOut),
                (None, Err(error)) => (Offset(-1), *error),
            };
            let partition = DeleteRecordsPartitionResult {
                partition_index: name.partition.0,
                low_watermark: low.0,
                error_code: error.code(),
                ..Default::default()
            };
            match topics.last_mut().filter(|topic| *topic.name == *name.topic) {
                Some(topic) => topic.partitions.push(partition),
                None => topics.push(DeleteRecordsTopicResult {
                    name: name.topic.to_string(),
                    partitions: vec![partition],
                    ..Default::default()
                }),
            }
        }
        DeleteRecordsResponse { topics, ..Default::default() }
    }
}

/// The low watermark, once it is where it should be; `None` until then.
fn progress(replicas: &ReplicaManager, name: &TopicPartition, goal: Result<Goal, ErrorCode>) -> Option<Result<Offset, ErrorCode>> {
    let Goal { start, .. } = match goal {
        Ok(goal) => goal,
        Err(error) => return Some(Err(error)),
    };
    let Some(low) = replicas.low_watermark(name) else { return Some(Err(ErrorCode::NotLeaderOrFollower)) };
    (low >= start).then_some(Ok(low))
}
