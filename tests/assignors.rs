//! The assignors against what Apache Kafka's own classes made of the same input: `tests/assignors/*.txt`, cases that a person can read.
//!
//! A case is some lines `topic NAME PARTITIONS` and `member ID subscribes TOPICS [instance ID] [owns PARTITIONS] [generation N]`, then for
//! each assignor `=> NAME` and what every member got.

use partita::base::{GenerationId, TopicPartition};
use partita::client::assignor::{Assignor, Member, Subscription, Topics};
use std::fmt::Write as _;

fn member(line: &str) -> Member {
    let mut words = line.split_whitespace().skip(1);
    let id = words.next().expect("a member has an id");
    let (mut subscription, mut owns) = (Subscription::default(), false);
    while let Some(word) = words.next() {
        match word {
            "subscribes" => owns = false,
            "owns" => owns = true,
            "instance" => subscription.instance = words.next().map(Into::into),
            "generation" => subscription.generation = words.next().and_then(|number| number.parse().ok()).map(GenerationId),
            partition if owns => {
                let (topic, number) = partition.rsplit_once('-').expect("TOPIC-PARTITION");
                subscription.owned.push(TopicPartition::new(topic, number.parse().expect("a number")));
            }
            topic => subscription.topics.push(topic.into()),
        }
    }
    Member { id: id.into(), subscription }
}

fn replay(case: &str) -> String {
    let (mut topics, mut members, mut out) = (Topics::new(), Vec::new(), String::new());
    for line in case.lines() {
        if let Some(name) = line.strip_prefix("=> ") {
            let assignor = Assignor::from_name(name).expect("an assignor");
            let _ = writeln!(out, "{line}");
            for (id, mut partitions) in assignor.assign(&topics, &members) {
                partitions.sort();
                let _ = writeln!(out, "{id}:{}", partitions.iter().map(|partition| format!(" {partition}")).collect::<String>());
            }
            continue;
        }
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["topic", name, count] => {
                topics.insert((*name).into(), count.parse().expect("a number"));
            }
            ["member", ..] => members.push(member(line)),
            ["#", ..] => {}
            _ => continue,
        }
        let _ = writeln!(out, "{line}");
    }
    out
}

fn hold(cases: &str) {
    for case in cases.trim_end().split("\n\n") {
        assert_eq!(replay(case).trim_end(), case.trim_end(), "\n{case}");
    }
}

#[test]
fn first_assignments_are_kafkas() {
    hold(include_str!("assignors/first.txt"));
}

#[test]
fn sticky_assignments_are_kafkas() {
    hold(include_str!("assignors/sticky.txt"));
}

#[test]
fn random_groups_are_assigned_as_by_kafka() {
    hold(include_str!("assignors/random.txt"));
}
