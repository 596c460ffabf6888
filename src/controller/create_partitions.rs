//! CreatePartitions, versions 0 to 3 (`ReplicationControlManager.createPartitions`): a topic gets more partitions, placed by the
//! controller or by the request.
//!
//! More than 10,000 at once are refused; Apache Kafka answers an unknown server error and makes thousands of them.

use super::connections::{Answer, RequestContext};
use super::create_topics::{check_assignment, check_partition_count, new_partition, partition_record};
use super::error::ApiError;
use super::image::{MetadataImage, TopicImage};
use super::node::{Controller, Outcome};
use super::placement::place;
use crate::base::SortedMap;
use crate::base::{Context, NodeId, Rng};
use crate::wire::messages::create_partitions_request::CreatePartitionsTopic;
use crate::wire::messages::create_partitions_response::CreatePartitionsTopicResult;
use crate::wire::messages::{CreatePartitionsRequest, CreatePartitionsResponse};
use crate::wire::{ErrorCode, MetadataRecord};

pub(super) fn handle(controller: &mut Controller, cx: &mut Context<'_>, request: &RequestContext, body: CreatePartitionsRequest) -> Answer {
    let mut times: SortedMap<&str, usize> = SortedMap::new();
    for topic in &body.topics {
        *times.entry(&topic.name).or_default() += 1;
    }
    let admitted = controller.admit(body.timeout_ms);
    let (mut records, mut results, mut added) = (Vec::new(), Vec::new(), 0);
    for (name, count) in times {
        let Some(topic) = body.topics.iter().find(|topic| topic.name == name) else { continue };
        let created = match (count, &admitted) {
            (2.., _) => Err(ApiError::new(ErrorCode::InvalidRequest, "Duplicate topic name.")),
            (_, Err(error)) => Err(error.clone()),
            (_, Ok(())) => add(&controller.image, cx.rng, topic, &mut added),
        };
        let (error_code, error_message) = match created {
            Ok(written) => {
                records.extend(written);
                (ErrorCode::None, None)
            }
            Err(error) => (error.code, error.message),
        };
        results.push(CreatePartitionsTopicResult {
            name: name.to_owned(),
            error_code: error_code.code(),
            error_message,
            ..Default::default()
        });
    }
    if body.validate_only {
        records.clear();
    }
    controller.finish(cx, request, Outcome { records, response: CreatePartitionsResponse { results, ..Default::default() } })
}

/// The records of a topic's new partitions; `added` counts those of the whole request.
fn add(image: &MetadataImage, rng: &mut Rng, topic: &CreatePartitionsTopic, added: &mut usize) -> Result<Vec<MetadataRecord>, ApiError> {
    let known = image.topic(&topic.name).ok_or(ErrorCode::UnknownTopicOrPartition)?;
    let (has, wants) = (known.partitions.len(), i64::from(topic.count));
    if wants == has as i64 {
        return Err(ApiError::new(ErrorCode::InvalidPartitions, format!("Topic already has {has} partition(s).")));
    }
    let additional = usize::try_from(wants).ok().and_then(|wants| wants.checked_sub(has)).ok_or_else(|| {
        let message = format!("The topic {} currently has {has} partition(s); {wants} would not be an increase.", topic.name);
        ApiError::new(ErrorCode::InvalidPartitions, message)
    })?;
    *added += additional;
    check_partition_count(*added)?;
    let replicas = replicas(image, rng, known, topic, additional)?;
    let partitions = replicas.into_iter().map(|replicas| new_partition(image, replicas));
    Ok((has..).zip(partitions).map(|(index, partition)| partition_record(known.id, index, &partition)).collect())
}

fn replicas(
    image: &MetadataImage,
    rng: &mut Rng,
    known: &TopicImage,
    topic: &CreatePartitionsTopic,
    additional: usize,
) -> Result<Vec<Vec<NodeId>>, ApiError> {
    let size = known.partitions.first().map_or(1, |partition| partition.replicas.len());
    let Some(assignments) = &topic.assignments else {
        return place(image, rng, additional, i16::try_from(size).unwrap_or(i16::MAX));
    };
    if assignments.len() != additional {
        let message =
            format!("Attempted to add {additional} additional partition(s), but only {} assignment(s) were specified.", assignments.len());
        return Err(ApiError::new(ErrorCode::InvalidReplicaAssignment, message));
    }
    let first = i32::try_from(known.partitions.len()).unwrap_or(i32::MAX);
    (first..).zip(assignments).map(|(index, assignment)| check_assignment(image, index, &assignment.broker_ids, Some(size))).collect()
}
