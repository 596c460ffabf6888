//! DescribeProducers 0 (KIP-664): the producers that a partition knows, on whichever replica is asked, and where their open transactions
//! begin.

use super::Broker;
use super::connections::{Answer, RequestContext};
use crate::base::{Context, PartitionIndex, ProducerId, TopicPartition};
use crate::log;
use crate::wire::messages::describe_producers_response::{PartitionResponse, ProducerState, TopicResponse};
use crate::wire::messages::{DescribeProducersRequest, DescribeProducersResponse};

pub(super) fn handle(broker: &mut Broker, _cx: &mut Context<'_>, request: &RequestContext, body: DescribeProducersRequest) -> Answer {
    let topics = body.topics.into_iter().map(|topic| {
        let partitions = topic.partition_indexes.iter().map(|index| describe(broker, &topic.name, *index)).collect();
        TopicResponse { name: topic.name, partitions, ..Default::default() }
    });
    request.reply(&mut DescribeProducersResponse { topics: topics.collect(), ..Default::default() })
}

fn describe(broker: &Broker, topic: &str, index: i32) -> PartitionResponse {
    let blank = PartitionResponse { partition_index: index, ..Default::default() };
    let name = TopicPartition { topic: topic.into(), partition: PartitionIndex(index) };
    match broker.replica(&name) {
        Ok(partition) => PartitionResponse { active_producers: partition.log().producers().iter().map(shown).collect(), ..blank },
        Err(error) => {
            // In words only where there is no such topic.
            let error_message = broker.image.topic(topic).is_none().then(|| error.message().to_owned());
            PartitionResponse { error_code: error.code(), error_message, ..blank }
        }
    }
}

fn shown((id, producer): (ProducerId, &log::ProducerState)) -> ProducerState {
    ProducerState {
        producer_id: id.0,
        producer_epoch: producer.epoch.0.into(),
        last_sequence: producer.last_sequence(),
        last_timestamp: producer.last_timestamp,
        coordinator_epoch: producer.coordinator_epoch,
        current_txn_start_offset: producer.transaction_start.map_or(-1, |offset| offset.0),
        ..Default::default()
    }
}
