//! Fetch sessions (KIP-227, `FetchSessionHandler`): after the first fetch from a node, only what has changed is said.

use crate::base::SortedMap;
use crate::base::{Offset, TopicPartition, Uuid};
use crate::wire::ErrorCode;
use crate::wire::messages::FetchRequest;
use crate::wire::messages::fetch_request::{FetchPartition, FetchTopic, ForgottenTopic};

/// How a partition is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub topic_id: Uuid,
    pub offset: Offset,
    pub leader_epoch: i32,
}

/// A session with one node.
#[derive(Clone, Debug, Default)]
pub(super) struct Session {
    id: i32,
    /// 0: the next request asks for everything, and for a new session.
    epoch: i32,
    partitions: SortedMap<TopicPartition, Asked>,
    /// A fetch is under way.
    pub busy: bool,
}

impl Session {
    /// Fills a request's partitions: all of `wanted` in a new session, else what differs from the last time.
    pub fn fill(&mut self, request: &mut FetchRequest, wanted: &[(TopicPartition, Asked)], partition_max_bytes: i32) {
        request.session_id = self.id;
        request.session_epoch = self.epoch;
        let full = self.epoch == 0;
        if full {
            self.partitions.clear();
        } else if self.partitions.len() != wanted.len() || wanted.iter().any(|(partition, _)| !self.partitions.contains_key(partition)) {
            self.forget_all_but(request, wanted);
        }
        for (partition, asked) in wanted {
            let known = self.partitions.get_mut(partition);
            match known {
                Some(known) if *known == *asked => continue,
                Some(known) => {
                    if known.topic_id != asked.topic_id {
                        forget(request, partition, known.topic_id);
                    }
                    *known = *asked;
                }
                None => drop(self.partitions.insert(partition.clone(), *asked)),
            }
            ask(request, partition, asked, partition_max_bytes);
        }
    }

    fn forget_all_but(&mut self, request: &mut FetchRequest, wanted: &[(TopicPartition, Asked)]) {
        self.partitions.retain(|partition, asked| {
            let stays = wanted.iter().any(|(other, _)| other == partition);
            if !stays {
                forget(request, partition, asked.topic_id);
            }
            stays
        });
    }

    /// A response came, with the session's id; how the next request goes on.
    pub fn answered(&mut self, error: ErrorCode, session_id: i32) {
        self.busy = false;
        match error {
            ErrorCode::None if self.epoch == 0 => {
                self.id = session_id;
                self.epoch = i32::from(session_id != 0);
            }
            ErrorCode::None => self.epoch = if self.epoch == i32::MAX { 1 } else { self.epoch + 1 },
            ErrorCode::FetchSessionIdNotFound => (self.id, self.epoch) = (0, 0),
            _ => self.epoch = 0,
        }
    }

    /// No response came: the next request closes the session and asks for another.
    pub const fn lost(&mut self) {
        self.busy = false;
        self.epoch = 0;
    }

    /// The request that ends the session; none where there is none.
    pub fn close(&self) -> Option<FetchRequest> {
        (self.id != 0).then(|| FetchRequest { session_id: self.id, session_epoch: -1, ..Default::default() })
    }
}

fn ask(request: &mut FetchRequest, partition: &TopicPartition, asked: &Asked, partition_max_bytes: i32) {
    let fetch = FetchPartition {
        partition: partition.partition.0,
        current_leader_epoch: asked.leader_epoch,
        fetch_offset: asked.offset.0,
        partition_max_bytes,
        ..Default::default()
    };
    match request.topics.last_mut().filter(|topic| topic.topic == *partition.topic) {
        Some(topic) => topic.partitions.push(fetch),
        None => request.topics.push(FetchTopic {
            topic: partition.topic.to_string(),
            topic_id: asked.topic_id,
            partitions: vec![fetch],
            ..Default::default()
        }),
    }
}

fn forget(request: &mut FetchRequest, partition: &TopicPartition, topic_id: Uuid) {
    let topics = &mut request.forgotten_topics_data;
    match topics.iter_mut().find(|topic| topic.topic == *partition.topic && topic.topic_id == topic_id) {
        Some(topic) => topic.partitions.push(partition.partition.0),
        None => topics.push(ForgottenTopic {
            topic: partition.topic.to_string(),
            topic_id,
            partitions: vec![partition.partition.0],
            ..Default::default()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(offsets: &[i64]) -> Vec<(TopicPartition, Asked)> {
        let asked = |offset: &i64| Asked { topic_id: Uuid::ZERO, offset: Offset(*offset), leader_epoch: 0 };
        (0..).zip(offsets).map(|(index, offset)| (TopicPartition::new("t", index), asked(offset))).collect()
    }

    #[test]
    fn only_what_changed_is_said_again() {
        let mut session = Session::default();
        let mut first = FetchRequest::default();
        session.fill(&mut first, &wanted(&[0, 0]), 1);
        assert_eq!((first.session_id, first.session_epoch, first.topics[0].partitions.len()), (0, 0, 2));
        session.answered(ErrorCode::None, 77);

        let mut idle = FetchRequest::default();
        session.fill(&mut idle, &wanted(&[0, 0]), 1);
        assert_eq!((idle.session_id, idle.session_epoch, idle.topics.len()), (77, 1, 0));
        session.answered(ErrorCode::None, 77);

        let mut moved = FetchRequest::default();
        session.fill(&mut moved, &wanted(&[5]), 1);
        assert_eq!((moved.topics[0].partitions[0].fetch_offset, &moved.forgotten_topics_data[0].partitions), (5, &vec![1]));
    }

    #[test]
    fn a_session_that_is_gone_is_opened_again() {
        let mut session = Session::default();
        session.fill(&mut FetchRequest::default(), &wanted(&[0]), 1);
        session.answered(ErrorCode::None, 77);
        session.answered(ErrorCode::FetchSessionIdNotFound, 0);
        let mut again = FetchRequest::default();
        session.fill(&mut again, &wanted(&[0]), 1);
        assert_eq!((again.session_id, again.session_epoch, again.topics.len()), (0, 0, 1));
    }
}
