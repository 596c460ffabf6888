//! What an image knows after records, and what it says changed.

use super::*;
use crate::wire::MetadataRecord;
use crate::wire::messages::register_broker_record::BrokerEndpoint;
use crate::wire::messages::{
    BrokerRegistrationChangeRecord, ConfigRecord, PartitionChangeRecord, PartitionRecord, RegisterBrokerRecord, RemoveTopicRecord,
    TopicRecord,
};

const ID: Uuid = Uuid([7; 16]);

fn replay(image: &mut MetadataImage, records: Vec<MetadataRecord>) -> MetadataDelta {
    let mut delta = MetadataDelta::default();
    for record in records {
        image.replay_record(&record, &mut delta).expect("fits");
    }
    delta
}

fn topic() -> MetadataRecord {
    MetadataRecord::Topic(TopicRecord { name: "orders".to_owned(), topic_id: ID, ..Default::default() })
}

fn partition(index: i32) -> MetadataRecord {
    MetadataRecord::Partition(PartitionRecord {
        partition_id: index,
        topic_id: ID,
        replicas: vec![1],
        isr: vec![1],
        leader: 1,
        leader_epoch: 0,
        partition_epoch: 0,
        ..Default::default()
    })
}

fn config(value: Option<&str>) -> MetadataRecord {
    let value = value.map(str::to_owned);
    MetadataRecord::Config(ConfigRecord {
        resource_type: 2,
        resource_name: "orders".to_owned(),
        name: "retention.ms".to_owned(),
        value,
        ..Default::default()
    })
}

#[test]
fn a_created_topic_has_its_partitions_in_order() {
    let mut image = MetadataImage::default();
    let delta = replay(&mut image, vec![topic(), partition(0), partition(1)]);
    let topic = image.topic("orders").expect("created");
    assert_eq!(
        topic.iter().map(|(index, partition)| (index.0, partition.leader)).collect::<Vec<_>>(),
        [(0, Some(NodeId(1))), (1, Some(NodeId(1)))]
    );
    assert_eq!(image.topic_by_id(ID), Some(topic));
    assert_eq!(delta.topics_created.len(), 1);
    assert_eq!(delta.partitions.keys().map(ToString::to_string).collect::<Vec<_>>(), ["orders-0", "orders-1"]);
}

#[test]
fn another_leader_is_another_epoch() {
    let mut image = MetadataImage::default();
    replay(&mut image, vec![topic(), partition(0)]);
    let change = PartitionChangeRecord { partition_id: 0, topic_id: ID, leader: -1, isr: Some(Vec::new()), ..Default::default() };
    let delta = replay(&mut image, vec![MetadataRecord::PartitionChange(change)]);
    let name = TopicPartition::new("orders", 0);
    let partition = image.partition(&name).expect("known");
    assert_eq!((partition.leader, partition.leader_epoch.0, partition.partition_epoch), (None, 1, 1));
    assert_eq!(delta.partitions.get(&name).and_then(Option::as_ref).and_then(|before| before.leader), Some(NodeId(1)));
}

#[test]
fn a_deleted_topic_takes_its_configs_with_it() {
    let mut image = MetadataImage::default();
    replay(&mut image, vec![topic(), partition(0), config(Some("5"))]);
    assert_eq!(image.configs(&ConfigResource::topic("orders")).get("retention.ms").map(|value| &**value), Some("5"));
    let delta = replay(&mut image, vec![MetadataRecord::RemoveTopic(RemoveTopicRecord { topic_id: ID, ..Default::default() })]);
    assert!(image.topic("orders").is_none() && image.configs(&ConfigResource::topic("orders")).is_empty());
    assert_eq!(delta.topics_deleted.values().map(|topic| &*topic.name).collect::<Vec<_>>(), ["orders"]);
}

#[test]
fn a_topic_that_comes_and_goes_at_once_leaves_no_trace() {
    let delta = replay(
        &mut MetadataImage::default(),
        vec![topic(), partition(0), MetadataRecord::RemoveTopic(RemoveTopicRecord { topic_id: ID, ..Default::default() })],
    );
    assert!(delta.is_empty());
}

#[test]
fn a_config_without_value_is_unset() {
    let mut image = MetadataImage::default();
    replay(&mut image, vec![config(Some("5")), config(None)]);
    assert!(image.configs(&ConfigResource::topic("orders")).is_empty());
}

#[test]
fn a_broker_is_alive_once_it_is_unfenced() {
    let mut image = MetadataImage::default();
    let end_points = vec![BrokerEndpoint { name: "PLAINTEXT".to_owned(), host: "localhost".to_owned(), port: 9092, ..Default::default() }];
    let register = RegisterBrokerRecord { broker_id: 1, broker_epoch: 5, fenced: true, end_points, ..Default::default() };
    replay(&mut image, vec![MetadataRecord::RegisterBroker(register)]);
    assert!(!image.is_alive(NodeId(1)));
    let unfence = BrokerRegistrationChangeRecord { broker_id: 1, broker_epoch: 5, fenced: -1, ..Default::default() };
    let delta = replay(&mut image, vec![MetadataRecord::BrokerRegistrationChange(unfence)]);
    assert!(image.is_alive(NodeId(1)));
    assert_eq!(image.broker(NodeId(1)).and_then(|broker| broker.listener("PLAINTEXT")).map(|listener| listener.port), Some(9092));
    assert!(delta.brokers.contains(&NodeId(1)));
}

#[test]
fn a_clone_stays_as_it_was() {
    let mut image = MetadataImage::default();
    replay(&mut image, vec![topic(), partition(0)]);
    let before = image.clone();
    replay(&mut image, vec![partition(1)]);
    assert_eq!(before.topic("orders").map(|topic| topic.partitions.len()), Some(1));
}

#[test]
fn records_that_do_not_fit_are_refused() {
    let mut image = MetadataImage::default();
    let refused = image.replay_record(&partition(0), &mut MetadataDelta::default());
    assert_eq!(refused, Err(ReplayError::UnknownTopic(ID)));
    replay(&mut image, vec![topic()]);
    let refused = image.replay_record(&partition(1), &mut MetadataDelta::default());
    assert_eq!(refused, Err(ReplayError::UnknownPartition(ID, 1)));
}

#[test]
fn an_images_records_make_the_same_image() {
    let mut image = MetadataImage::default();
    replay(&mut image, vec![topic(), partition(0), partition(1), config(Some("1000"))]);
    let mut copy = MetadataImage::default();
    replay(&mut copy, image.to_records());
    assert_eq!(copy.to_records(), image.to_records());
    assert_eq!(copy.topic("orders"), image.topic("orders"));
    let delta = copy.delta_from(&image);
    assert!(delta.topics_created.is_empty() && delta.topics_deleted.is_empty() && delta.partitions.is_empty());
    assert_eq!(copy.delta_from(&MetadataImage::default()).partitions.len(), 2);
}
