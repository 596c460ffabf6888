//! A follower whose log lies outside of its leader's: it finds out where that ends and begins, and goes on from there
//! (`AbstractFetcherThread.fetchOffsetAndTruncate`).
//!
//! - The leader's log ends earlier: an unclean election, or a leader that lost its log's end. What is beyond goes.
//! - It begins later: all goes, and the follower begins again where the leader begins.

use super::UnderWay;
use crate::base::{Context, EventKind, NodeId, Offset, TopicPartition};
use crate::broker::Broker;
use crate::wire::messages::list_offsets_request::{ListOffsetsPartition, ListOffsetsTopic};
use crate::wire::messages::{ListOffsetsRequest, ListOffsetsResponse};
use crate::wire::{Rope, decode_response_rope};

const VERSION: i16 = 11;
const LATEST: i64 = -1;
const EARLIEST: i64 = -2;

impl Broker {
    /// Asks where the leader's log ends, or begins.
    pub(super) fn ask_leaders_offset(&mut self, cx: &mut Context<'_>, leader: NodeId, partition: TopicPartition, earliest: bool) {
        let epoch = self.replicas.partition(&partition).map_or(-1, |replica| replica.leader_epoch().0);
        let asked = ListOffsetsPartition {
            partition_index: partition.partition.0,
            current_leader_epoch: epoch,
            timestamp: if earliest { EARLIEST } else { LATEST },
            ..Default::default()
        };
        let topic = ListOffsetsTopic { name: partition.topic.to_string(), partitions: vec![asked], ..Default::default() };
        let mut request = ListOffsetsRequest { replica_id: self.node().0, topics: vec![topic], ..Default::default() };
        self.ask_leader(cx, leader, UnderWay::ListOffsets { partition, earliest }, VERSION, &mut request);
    }

    /// `None` where the answer cannot be read.
    pub(super) fn take_leaders_offset(
        &mut self,
        cx: &mut Context<'_>,
        leader: NodeId,
        name: &TopicPartition,
        earliest: bool,
        frame: &Rope,
    ) -> Option<()> {
        let (_, response) = decode_response_rope::<ListOffsetsResponse>(frame, VERSION).ok()?;
        let told = response.topics.into_iter().next()?.partitions.into_iter().next()?;
        let until = cx.now + self.settings().replica_fetch_backoff;
        let fetcher = self.fetchers.fetcher(leader)?;
        if fetcher.out_of_range.front() != Some(name) {
            // It is followed otherwise by now.
            return Some(());
        }
        if told.error_code != 0 {
            fetcher.delay(name, until);
            return Some(());
        }
        let offset = Offset(told.offset);
        let Some(end) = self.replicas.partition(name).map(|replica| replica.log().end_offset()) else { return Some(()) };
        if !earliest && offset >= end {
            self.ask_leaders_offset(cx, leader, name.clone(), true);
            return Some(());
        }
        fetcher.out_of_range.pop_front();
        fetcher.session.changed(name);
        if !earliest {
            self.replicas.truncate(cx, name, offset);
        } else if offset > end {
            self.begin_at(cx, name, offset);
        }
        self.partitions_moved(cx);
        Some(())
    }

    /// Gives up a follower's whole log, and begins again at this offset.
    fn begin_at(&mut self, cx: &mut Context<'_>, name: &TopicPartition, start: Offset) {
        let now_ms = cx.time_ms();
        if let Some(partition) = self.replicas.partition_mut(name) {
            partition.truncate_fully(start, now_ms);
            cx.because(EventKind::LogStart { partition: name.clone(), offset: start });
            self.replicas.note_moved(name);
        }
    }
}
