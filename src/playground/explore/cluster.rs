//! The cluster of a plan: brokers, controllers, and settings short enough for much to happen in half a minute.

use super::draw::Draw;
use super::plan::Theme;
use crate::base::SortedMap;
use crate::playground::Setup;
use crate::simulation::Roles;

pub(super) fn setup(draw: &mut Draw, scenario: Theme, seed: u64) -> Setup {
    let brokers = match scenario {
        Theme::Groups | Theme::Compaction => draw.between_i32(1, 3),
        Theme::Reassign => draw.between_i32(3, 5),
        Theme::Failover | Theme::Partition | Theme::Controllers => draw.weighted(&[(1, 1), (2, 2), (6, 3), (2, 4), (2, 5)]).unwrap_or(3),
    };
    let wanted = match scenario {
        Theme::Controllers => draw.weighted(&[(5, 3), (2, 5)]),
        _ => draw.weighted(&[(5, 1), (4, 3), (1, 5)]),
    };
    let roles = if draw.percent(30) { Roles::Apart } else { Roles::Combined };
    let most = if roles == Roles::Combined { brokers } else { 5 };
    let controllers = wanted.unwrap_or(1);
    let controllers = [controllers, 3, 1].into_iter().find(|count| *count <= controllers && *count <= most).unwrap_or(1);
    Setup { seed, brokers, controllers: Some(controllers), roles, settings: settings(draw, brokers), ..Setup::default() }
}

fn settings(draw: &mut Draw, brokers: i32) -> SortedMap<String, String> {
    let mut settings = SortedMap::new();
    let mut set = |name: &str, value: String| {
        settings.insert(name.to_owned(), value);
    };
    let heartbeat = draw.between(2, 8) * 250;
    set("broker.heartbeat.interval.ms", heartbeat.to_string());
    set("broker.session.timeout.ms", (heartbeat * draw.between(3, 5)).to_string());
    set("replica.lag.time.max.ms", (draw.between(2, 20) * 500).to_string());
    set("offsets.topic.num.partitions", draw.between(1, 3).to_string());
    set("offsets.topic.replication.factor", brokers.min(3).to_string());
    set("group.initial.rebalance.delay.ms", (draw.between(0, 3) * 500).to_string());
    set("group.min.session.timeout.ms", "1000".to_owned());
    if brokers >= 2 && draw.percent(40) {
        set("min.insync.replicas", "2".to_owned());
    }
    if draw.percent(15) {
        set("unclean.leader.election.enable", "true".to_owned());
    }
    settings
}
