//! ListOffsets 1-11: a partition's offsets by time, and the special ones.
//!
//! - -1 latest (high watermark; last stable offset for read_committed; log end for replicas), -2 earliest, -3 newest timestamp (v7, KIP-734),
//!   -4 earliest local (v8, KIP-405), -5 latest tiered (v9, KIP-1005), -6 earliest pending upload (v11, KIP-1023). A special one that the
//!   version lacks is UNSUPPORTED_VERSION. As there is no tiered storage, -5 and -6 find nothing.
//! - A partition that is asked for twice is INVALID_REQUEST. v2: isolation level. v4: leader epochs.

use super::Broker;
use super::connections::{Answer, RequestContext};
use super::partition::{Isolation, Partition};
use crate::base::SortedSet;
use crate::base::{Context, LeaderEpoch, Offset, PartitionIndex, TopicPartition};
use crate::log::FoundOffset;
use crate::wire::ErrorCode;
use crate::wire::messages::list_offsets_request::ListOffsetsPartition;
use crate::wire::messages::list_offsets_response::{ListOffsetsPartitionResponse, ListOffsetsTopicResponse};
use crate::wire::messages::{ListOffsetsRequest, ListOffsetsResponse};

const CONSUMER: i32 = -1;
const DEBUGGING_CONSUMER: i32 = -2;

/// Which offset is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Latest,
    Earliest,
    NewestTimestamp,
    /// In remote storage, which is not there.
    Remote,
    /// The first record that is not older, in ms.
    Since(i64),
}

impl Wanted {
    /// `None` for a special timestamp that the version does not have.
    const fn from_timestamp(timestamp: i64, version: i16) -> Option<Self> {
        match timestamp {
            -1 => Some(Self::Latest),
            -2 => Some(Self::Earliest),
            -3 if version >= 7 => Some(Self::NewestTimestamp),
            -4 if version >= 8 => Some(Self::Earliest),
            -5 if version >= 9 => Some(Self::Remote),
            -6 if version >= 11 => Some(Self::Remote),
            0.. => Some(Self::Since(timestamp)),
            _ => None,
        }
    }
}

/// Who asks.
struct Reader {
    version: i16,
    /// None: a replica, or the debugging consumer, which see everything.
    isolation: Option<Isolation>,
    leader_only: bool,
}

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: ListOffsetsRequest) -> Answer {
    let isolation = match (body.replica_id, body.isolation_level) {
        (CONSUMER, 0) => Ok(Some(Isolation::HighWatermark)),
        (CONSUMER, 1) => Ok(Some(Isolation::LastStable)),
        (_, 0 | 1) => Ok(None),
        _ => Err(ErrorCode::UnknownServerError),
    };
    let reader =
        isolation.map(|isolation| Reader { version: request.version, isolation, leader_only: body.replica_id != DEBUGGING_CONSUMER });
    let repeated = repeated(&body);
    let mut response = ListOffsetsResponse::default();
    for topic in body.topics {
        let mut partitions: Vec<ListOffsetsPartitionResponse> = Vec::with_capacity(topic.partitions.len());
        for asked in &topic.partitions {
            let name = TopicPartition { topic: topic.name.as_str().into(), partition: PartitionIndex(asked.partition_index) };
            let twice = repeated.contains(&name);
            if twice && partitions.iter().any(|earlier| earlier.partition_index == asked.partition_index) {
                continue;
            }
            let found = match &reader {
                Err(error) => Err(*error),
                Ok(_) if twice => Err(ErrorCode::InvalidRequest),
                Ok(reader) => reader.look_up(broker, &name, asked),
            };
            partitions.push(shown(request.version, asked.partition_index, found));
        }
        response.topics.push(ListOffsetsTopicResponse { name: topic.name, partitions, ..Default::default() });
    }
    request.reply(&mut response)
}

/// The partitions that are asked for more than once.
fn repeated(body: &ListOffsetsRequest) -> SortedSet<TopicPartition> {
    let mut seen = SortedSet::new();
    let mut repeated = SortedSet::new();
    for topic in &body.topics {
        for partition in &topic.partitions {
            let name = TopicPartition { topic: topic.name.as_str().into(), partition: PartitionIndex(partition.partition_index) };
            if !seen.insert(name.clone()) {
                repeated.insert(name);
            }
        }
    }
    repeated
}

fn shown(version: i16, partition_index: i32, found: Result<Option<FoundOffset>, ErrorCode>) -> ListOffsetsPartitionResponse {
    const NOTHING: FoundOffset = FoundOffset { offset: Offset(-1), timestamp: -1, leader_epoch: LeaderEpoch(-1) };
    let (error, found) = match found {
        Ok(found) => (ErrorCode::None, found.unwrap_or(NOTHING)),
        Err(error) => (error, NOTHING),
    };
    ListOffsetsPartitionResponse {
        partition_index,
        error_code: error.code(),
        timestamp: found.timestamp,
        offset: found.offset.0,
        leader_epoch: if version >= 4 { found.leader_epoch.0 } else { -1 },
        ..Default::default()
    }
}

impl Reader {
    fn look_up(&self, broker: &Broker, name: &TopicPartition, asked: &ListOffsetsPartition) -> Result<Option<FoundOffset>, ErrorCode> {
        let wanted = Wanted::from_timestamp(asked.timestamp, self.version).ok_or(ErrorCode::UnsupportedVersion)?;
        let partition = broker.replica(name)?;
        partition.check_access(asked.current_leader_epoch, self.leader_only)?;
        let visible = partition.visible_to(self.isolation.unwrap_or(Isolation::LogEnd));
        let by_time = match wanted {
            Wanted::Latest => {
                self.check_caught_up(partition)?;
                return Ok(Some(FoundOffset { offset: visible, timestamp: -1, leader_epoch: partition.leader_epoch() }));
            }
            Wanted::Earliest => return Ok(Some(earliest(partition))),
            Wanted::Remote => return Ok(None),
            Wanted::NewestTimestamp => partition.log().offset_of_max_timestamp(),
            Wanted::Since(timestamp) => partition.log().offset_for_timestamp(timestamp),
        };
        let found = by_time.map_err(|_| ErrorCode::UnknownServerError)?.filter(|found| found.offset < visible);
        if found.is_none() {
            self.check_caught_up(partition)?;
        }
        Ok(found)
    }

    /// A leader that does not know yet how far its predecessor had committed can tell consumers nothing of the end.
    fn check_caught_up(&self, partition: &Partition) -> Result<(), ErrorCode> {
        if self.isolation.is_none() || !partition.is_catching_up() {
            return Ok(());
        }
        Err(if self.version >= 5 { ErrorCode::OffsetNotAvailable } else { ErrorCode::LeaderNotAvailable })
    }
}

fn earliest(partition: &Partition) -> FoundOffset {
    let offset = partition.log().start_offset();
    let leader_epoch = partition.log().leader_epochs().epoch_at(offset).unwrap_or(LeaderEpoch(-1));
    FoundOffset { offset, timestamp: -1, leader_epoch }
}
