//! Which brokers get the replicas of new partitions (`StripedReplicaPlacer`): leaders go round racks and brokers, so that each gets as
//! many; followers follow in other racks, as far as there are some.

use super::error::ApiError;
use super::image::{BrokerImage, MetadataImage};
use crate::base::SortedMap;
use crate::base::{NodeId, Rng};
use crate::wire::ErrorCode;
use std::sync::Arc;

/// Chooses the replicas of `count` new partitions, the leader first.
pub(super) fn place(image: &MetadataImage, rng: &mut Rng, count: usize, replication_factor: i16) -> Result<Vec<Vec<NodeId>>, ApiError> {
    let replicas = usize::try_from(replication_factor).unwrap_or(0);
    let refuse = |reason: &str| {
        let message = format!("Unable to replicate the partition {replication_factor} time(s): {reason}");
        Err(ApiError::new(ErrorCode::InvalidReplicationFactor, message))
    };
    let brokers = usable_brokers(image).count();
    if replicas > brokers {
        return refuse(&format!(
            "The target replication factor of {replication_factor} cannot be reached because only {brokers} broker(s) are registered or some \
             brokers have all their log directories cordoned."
        ));
    }
    let mut racks = RackList::new(image, rng);
    if racks.unfenced == 0 {
        return refuse("All brokers are currently fenced, or have all their log directories cordoned.");
    }
    let placed: Vec<_> = (0..count).map(|_| racks.place(rng, replicas)).collect();
    if placed.iter().any(|replicas| !replicas.iter().any(|id| image.is_active(*id))) {
        return refuse("All brokers are currently fenced or in controlled shutdown.");
    }
    Ok(placed)
}

/// Those that may get replicas: fenced ones too, as they may come back, but none that is about to stop.
fn usable_brokers(image: &MetadataImage) -> impl Iterator<Item = &BrokerImage> {
    image.brokers().filter(|broker| broker.fenced || broker.is_active())
}

/// Brokers of a rack in a ring. Each epoch begins one further on, and gives each broker once.
#[derive(Default)]
struct BrokerList {
    brokers: Vec<NodeId>,
    epoch: usize,
    index: usize,
    offset: usize,
}

impl BrokerList {
    fn initialise(&mut self, rng: &mut Rng) {
        if !self.brokers.is_empty() {
            self.offset = rng.below(self.brokers.len() as u64) as usize;
        }
    }

    fn next(&mut self, epoch: usize) -> Option<NodeId> {
        let count = self.brokers.len();
        if count == 0 {
            return None;
        }
        if self.epoch != epoch {
            self.epoch = epoch;
            self.index = 0;
            self.offset = (self.offset + 1) % count;
        }
        if self.index >= count {
            return None;
        }
        let broker = self.brokers.get((self.index + self.offset) % count).copied();
        self.index += 1;
        broker
    }
}

#[derive(Default)]
struct Rack {
    fenced: BrokerList,
    unfenced: BrokerList,
}

struct RackList {
    racks: Vec<Rack>,
    unfenced: usize,
    epoch: usize,
    offset: usize,
}

impl RackList {
    fn new(image: &MetadataImage, rng: &mut Rng) -> Self {
        let mut by_name: SortedMap<Option<Arc<str>>, Rack> = SortedMap::new();
        for broker in usable_brokers(image) {
            let rack = by_name.entry(broker.rack.clone()).or_default();
            let list = if broker.fenced { &mut rack.fenced } else { &mut rack.unfenced };
            list.brokers.push(broker.id);
        }
        let mut racks: Vec<_> = by_name.into_values().collect();
        for rack in &mut racks {
            rack.fenced.initialise(rng);
            rack.unfenced.initialise(rng);
        }
        let offset = rng.below(racks.len() as u64) as usize;
        let unfenced = racks.iter().map(|rack| rack.unfenced.brokers.len()).sum();
        Self { racks, unfenced, epoch: 0, offset }
    }

    /// The replicas of one partition. There are as many brokers, and at least one is not fenced.
    fn place(&mut self, rng: &mut Rng, count: usize) -> Vec<NodeId> {
        // Every broker has led once: shuffle, lest the same replicas come together again.
        if self.epoch == self.unfenced && self.unfenced > 1 {
            self.shuffle(rng);
            self.epoch = 0;
        }
        let (racks, epoch) = (self.racks.len(), self.epoch);
        let start = self.offset % racks.max(1);
        let mut chosen = Vec::with_capacity(count);
        let mut leaders_rack = (0..racks).map(|step| (start + step) % racks).find(|index| {
            let leader = self.racks.get_mut(*index).and_then(|rack| rack.unfenced.next(epoch));
            chosen.extend(leader);
            leader.is_some()
        });
        let mut index = start;
        // Every rack is asked as often as it has brokers at most, and once more: then all have been given.
        for _ in 0..racks.saturating_mul(count.saturating_add(2)).saturating_mul(2) {
            if chosen.len() >= count {
                break;
            }
            if leaders_rack == Some(index) {
                leaders_rack = None;
            } else if let Some(rack) = self.racks.get_mut(index) {
                chosen.extend(rack.unfenced.next(epoch).or_else(|| rack.fenced.next(epoch)));
            }
            index = (index + 1) % racks;
        }
        self.epoch += 1;
        self.offset = start + 1;
        chosen
    }

    fn shuffle(&mut self, rng: &mut Rng) {
        shuffle(&mut self.racks, rng);
        for rack in &mut self.racks {
            shuffle(&mut rack.fenced.brokers, rng);
            shuffle(&mut rack.unfenced.brokers, rng);
        }
    }
}

fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for index in (1..items.len()).rev() {
        items.swap(index, rng.below(index as u64 + 1) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::controller::image::MetadataDelta;
    use crate::wire::MetadataRecord;
    use crate::wire::messages::{BrokerRegistrationChangeRecord, RegisterBrokerRecord};

    fn cluster(brokers: &[(i32, Option<&str>, bool)]) -> MetadataImage {
        let mut image = MetadataImage::default();
        for (id, rack, fenced) in brokers {
            let record = RegisterBrokerRecord { broker_id: *id, rack: rack.map(str::to_owned), fenced: *fenced, ..Default::default() };
            image.replay_record(&MetadataRecord::RegisterBroker(record), &mut MetadataDelta::default()).expect("fits");
        }
        image
    }

    fn leaders(image: &MetadataImage, count: usize) -> SortedMap<i32, usize> {
        let placed = place(image, &mut Rng::stream(1, "placement"), count, 1).expect("placed");
        placed.iter().fold(SortedMap::new(), |mut counts, replicas| {
            *counts.entry(replicas.first().expect("a leader").0).or_default() += 1;
            counts
        })
    }

    #[test]
    fn leaders_are_spread_evenly() {
        let image = cluster(&[(1, None, false), (2, None, false), (3, None, false)]);
        assert_eq!(leaders(&image, 9), SortedMap::from([(1, 3), (2, 3), (3, 3)]));
    }

    #[test]
    fn a_fenced_broker_leads_nothing() {
        let image = cluster(&[(1, None, false), (2, None, true)]);
        assert_eq!(leaders(&image, 4), SortedMap::from([(1, 4)]));
    }

    #[test]
    fn followers_are_in_other_racks_and_no_broker_twice() {
        let image = cluster(&[(1, Some("a"), false), (2, Some("a"), false), (3, Some("b"), false), (4, Some("b"), true)]);
        let mut rng = Rng::stream(1, "placement");
        let mut racks = RackList::new(&image, &mut rng);
        for _ in 0..20 {
            let replicas = racks.place(&mut rng, 3);
            let mut distinct = replicas.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), 3, "{replicas:?}");
            let in_a = |id: &NodeId| id.0 <= 2;
            assert_ne!(in_a(&replicas[0]), in_a(&replicas[1]), "{replicas:?}");
        }
    }

    #[test]
    fn every_rack_has_a_replica_where_there_are_enough_racks() {
        let rack = |id: i32| ["a", "b", "c"][id as usize % 3];
        let brokers: Vec<_> = (1..=6).map(|id| (id, Some(rack(id)), false)).collect();
        let placed = place(&cluster(&brokers), &mut Rng::stream(1, "placement"), 30, 3).expect("placed");
        let mut replicas = SortedMap::new();
        for partition in &placed {
            let mut racks: Vec<_> = partition.iter().map(|id| rack(id.0)).collect();
            racks.sort();
            assert_eq!(racks, ["a", "b", "c"], "{partition:?}");
            partition.iter().for_each(|id| *replicas.entry(id.0).or_insert(0) += 1);
        }
        assert_eq!(replicas, (1..=6).map(|id| (id, 15)).collect(), "each broker has as many");
    }

    #[test]
    fn a_broker_that_is_about_to_stop_gets_nothing() {
        let mut image = cluster(&[(1, None, false), (2, None, false)]);
        let stopping = BrokerRegistrationChangeRecord { broker_id: 2, in_controlled_shutdown: 1, ..Default::default() };
        let record = MetadataRecord::BrokerRegistrationChange(stopping);
        image.replay_record(&record, &mut MetadataDelta::default()).expect("fits");
        assert_eq!(leaders(&image, 4), SortedMap::from([(1, 4)]));
        assert!(refusal(&image, 2).contains("only 1 broker(s) are registered"));
    }

    fn refusal(image: &MetadataImage, replication_factor: i16) -> String {
        place(image, &mut Rng::stream(1, "placement"), 1, replication_factor).expect_err("refused").message.expect("a message")
    }

    #[test]
    fn more_replicas_than_brokers_are_refused() {
        let message = "Unable to replicate the partition 9 time(s): The target replication factor of 9 cannot be reached because only 1 broker(s) are \
                       registered or some brokers have all their log directories cordoned.";
        assert_eq!(refusal(&cluster(&[(1, None, false)]), 9), message);
    }

    #[test]
    fn nothing_is_placed_on_fenced_brokers_alone() {
        let message =
            "Unable to replicate the partition 1 time(s): All brokers are currently fenced, or have all their log directories cordoned.";
        assert_eq!(refusal(&cluster(&[(1, None, true)]), 1), message);
    }
}
