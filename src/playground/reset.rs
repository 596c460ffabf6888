//! `kafka-consumer-groups.sh --reset-offsets`: what it asks of the cluster, in its order, and what it makes of the answers.
//!
//! The group's state and offsets, then where the logs begin and end; then the new offsets are committed, as nobody's member. A group with
//! members is refused before that, in the tool's words.

use super::command::ResetTo;
use super::execute::Done;
use super::outcome::{OutcomeState, Refusal};
use super::pending::Work;
use super::session::Session;
use crate::base::{EventId, Offset, Order, SortedMap, TopicPartition};
use crate::client::admin::{self, Operation, Reply};
use crate::wire::ErrorCode;
use std::sync::Arc;

/// `ListOffsetsRequest.EARLIEST_TIMESTAMP` and `LATEST_TIMESTAMP`.
const EARLIEST: i64 = -2;
const LATEST: i64 = -1;

/// What is known of a partition when its offset is reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    pub committed: Option<i64>,
    pub earliest: i64,
    pub latest: i64,
    /// Of the first record since the time that was asked for.
    pub at_time: Option<i64>,
}

/// Where a group goes on reading a partition, and what is to be said of it (`ConsumerGroupCommand.prepareOffsetsToReset`).
///
/// # Errors
/// It cannot be; why, in the tool's words.
pub fn new_offset(to: &ResetTo, partition: &TopicPartition, bounds: &Bounds) -> Result<(i64, Option<String>), String> {
    let Bounds { committed, earliest, latest, at_time } = *bounds;
    let within = |offset: i64| {
        let note = |what: &str, which: &str, value: i64| {
            format!("New offset ({offset}) is {what} than {which} offset for topic partition {partition}. Value will be set to {value}")
        };
        if offset > latest {
            (latest, Some(note("higher", "latest", latest)))
        } else if offset < earliest {
            (earliest, Some(note("lower", "earliest", earliest)))
        } else {
            (offset, None)
        }
    };
    match to {
        ResetTo::Earliest => Ok((earliest, None)),
        ResetTo::Latest => Ok((latest, None)),
        ResetTo::Current => Ok((committed.unwrap_or(latest), None)),
        ResetTo::Offset { offset } => Ok(within(*offset)),
        ResetTo::ShiftBy { by } => match committed {
            Some(committed) => Ok(within(committed.saturating_add(*by))),
            None => Err(format!("Cannot shift offset for partition {partition} since there is no current committed offset")),
        },
        ResetTo::Datetime { .. } | ResetTo::ByDuration { .. } => match at_time {
            Some(offset) => Ok((offset, None)),
            None => {
                let note = format!(
                    "Partition {} from topic {} is empty. Falling back to latest known offset.",
                    partition.partition.0, partition.topic
                );
                Ok((latest, Some(note)))
            }
        },
    }
}

impl ResetTo {
    /// As it is meant at a moment, in ms since 1970: what is so long ago is a time.
    #[must_use]
    pub fn at(self, now_ms: i64) -> Self {
        match self {
            Self::ByDuration { ms } => Self::Datetime { ms: now_ms.saturating_sub(ms) },
            other => other,
        }
    }
}

/// What the tool says of a topic that there is not.
pub const NO_TOPIC: &str = ErrorCode::UnknownTopicOrPartition.message();

/// What the tool says of partitions that there are not (`OffsetsUtils.checkAllTopicPartitionsValid`); none where there are all of them.
pub fn missing_partitions(topic: &str, wanted: &[i32], count: usize) -> Option<String> {
    let is_missing = |partition: &&i32| !usize::try_from(**partition).is_ok_and(|at| at < count);
    let missing: Vec<String> = wanted.iter().filter(is_missing).map(|partition| format!("{topic}-{partition}")).collect();
    (!missing.is_empty()).then(|| format!("The partitions \"{}\" do not exist", missing.join(",")))
}

/// What the tool says to a group that has members.
pub fn not_inactive(group: &str, state: &str) -> String {
    format!("Assignments can only be reset if the group '{group}' is inactive, but the current state is {state}.")
}

/// A reset under way.
#[derive(Clone, Debug)]
pub(super) struct Reset {
    group: Arc<str>,
    /// None: all that the group has committed.
    topic: Option<Arc<str>>,
    /// Of the topic; empty: all.
    partitions: Vec<i32>,
    to: ResetTo,
    cause: EventId,
    stage: Stage,
}

/// A partition, its committed offset, and the operations that ask for its start, its end and its offset at a time.
type Asked = (TopicPartition, Option<i64>, [Option<u64>; 3]);

#[derive(Clone, Debug)]
enum Stage {
    /// The group's state and its offsets, by the operations' numbers.
    Group {
        state: u64,
        offsets: u64,
    },
    /// Each partition's bounds are asked for.
    Logs {
        asked: Vec<Asked>,
    },
    Commit {
        operation: u64,
        moved: usize,
    },
}

/// What a step came to.
type Turn = Result<Option<OutcomeState>, OutcomeState>;

impl Session {
    /// The time of day, in ms since 1970.
    pub fn wall_ms(&self) -> i64 {
        self.simulation.config().epoch_ms.saturating_add_unsigned(self.now().as_millis())
    }

    pub(super) fn reset_offsets(
        &mut self,
        group: String,
        topic: Option<String>,
        partitions: Vec<i32>,
        to: ResetTo,
        what: &str,
    ) -> Result<Done, Refusal> {
        if group.is_empty() {
            return Err(Refusal::new("group", "INVALID_GROUP_ID: a group needs a name."));
        }
        if matches!(to, ResetTo::ByDuration { ms } if ms < 0) {
            return Err(Refusal::new("to", "A duration goes back in time: it is not negative."));
        }
        let to = to.at(self.wall_ms());
        if topic.is_none() && !partitions.is_empty() {
            return Err(Refusal::new("partitions", "Partitions are a topic's: name it."));
        }
        let cause = self.note_command(what);
        let process = self.admin()?;
        let state = self.ask_admin(cause, Operation::DescribeGroup { group: group.clone() });
        let offsets = self.ask_admin(cause, Operation::FetchOffsets { group: group.clone() });
        let stage = Stage::Group { state, offsets };
        let reset = Reset { group: group.into(), topic: topic.map(Into::into), partitions, to, cause, stage };
        Ok(Done::Asked(process, Work::Reset(Box::new(reset))))
    }

    /// Goes as far as the answers allow; what became of it, once that is known.
    pub(super) fn advance_reset(&mut self, reset: &mut Reset, took_us: u64) -> Option<OutcomeState> {
        let turn = match reset.stage.clone() {
            Stage::Group { state, offsets } => self.group_is_known(reset, state, offsets),
            Stage::Logs { asked } => self.logs_are_known(reset, &asked),
            Stage::Commit { operation, moved } => self.found(operation).map(|done| {
                done.map(|_| {
                    let text = format!("{} goes on from {moved} new offset{}.", reset.group, if moved == 1 { "" } else { "s" }).into();
                    OutcomeState::Done { text, partition: None, offset: None, took_us }
                })
            }),
        };
        turn.unwrap_or_else(Some)
    }

    fn group_is_known(&mut self, reset: &mut Reset, state: u64, offsets: u64) -> Turn {
        let (Some(state), Some(offsets)) = (self.found(state)?, self.found(offsets)?) else { return Ok(None) };
        if let Some(Reply::GroupState(state)) = state
            && !matches!(&*state, "Empty" | "Dead")
        {
            return Err(refused(not_inactive(&reset.group, &state)));
        }
        let committed: SortedMap<TopicPartition, Offset> = match offsets {
            Some(Reply::Committed(offsets)) => offsets.into_iter().collect(),
            _ => SortedMap::new(),
        };
        let partitions = self.partitions_to_reset(reset, &committed)?;
        if partitions.is_empty() {
            let text = format!("{} has committed nothing: no offset is reset.", reset.group).into();
            return Ok(Some(OutcomeState::Done { text, partition: None, offset: None, took_us: 0 }));
        }
        let time = match reset.to {
            ResetTo::Datetime { ms } => Some(ms),
            _ => None,
        };
        let asked = partitions.into_iter().map(|partition| {
            let mut ask = |timestamp| self.ask_admin(reset.cause, Operation::ListOffsets { partition: partition.clone(), timestamp });
            let operations = [Some(ask(EARLIEST)), Some(ask(LATEST)), time.map(ask)];
            (partition.clone(), committed.get(&partition).map(|offset| offset.0), operations)
        });
        reset.stage = Stage::Logs { asked: asked.collect() };
        Ok(None)
    }

    fn partitions_to_reset(
        &self,
        reset: &Reset,
        committed: &SortedMap<TopicPartition, Offset>,
    ) -> Result<Vec<TopicPartition>, OutcomeState> {
        let Some(topic) = &reset.topic else { return Ok(committed.keys().cloned().collect()) };
        let brokers = self.simulation.brokers().max_by_key(|broker| broker.image().next_offset());
        let Some(known) = brokers.and_then(|broker| broker.image().topic(topic)) else { return Err(no_topic()) };
        let count = known.partitions.len();
        if let Some(missing) = missing_partitions(topic, &reset.partitions, count) {
            return Err(refused(missing));
        }
        let wanted = if reset.partitions.is_empty() { (0..count as i32).collect() } else { reset.partitions.clone() };
        Ok(wanted.into_iter().map(|partition| TopicPartition::new(Arc::clone(topic), partition)).collect())
    }

    fn logs_are_known(&mut self, reset: &mut Reset, asked: &[Asked]) -> Turn {
        let mut offsets = Vec::new();
        for (partition, committed, [earliest, latest, at_time]) in asked {
            let mut found = [None; 3];
            for (place, operation) in found.iter_mut().zip([earliest, latest, at_time]) {
                let Some(operation) = operation else { continue };
                let Some(reply) = self.found(*operation)? else { return Ok(None) };
                if let Some(Reply::Offset(offset)) = reply {
                    *place = offset;
                }
            }
            let [earliest, latest, at_time] = found.map(|offset: Option<Offset>| offset.map(|offset| offset.0));
            let bounds =
                Bounds { committed: *committed, earliest: earliest.unwrap_or_default(), latest: latest.unwrap_or_default(), at_time };
            let (offset, _) = new_offset(&reset.to, partition, &bounds).map_err(refused)?;
            offsets.push((partition.clone(), Offset(offset)));
        }
        offsets.order_by(|one, other| one.0.cmp(&other.0));
        let moved = offsets.len();
        let operation = self.ask_admin(reset.cause, Operation::CommitOffsets { group: reset.group.to_string(), offsets });
        reset.stage = Stage::Commit { operation, moved };
        Ok(None)
    }

    /// What an operation found: `Ok(None)` while it is under way, `Some(None)` where it found nothing to tell.
    fn found(&self, operation: u64) -> Result<Option<Option<Reply>>, OutcomeState> {
        match self.admin_outcome(operation) {
            Some(admin::Outcome::Pending) => Ok(None),
            Some(admin::Outcome::Done) => Ok(Some(None)),
            Some(admin::Outcome::Found(reply)) => Ok(Some(Some(reply.clone()))),
            Some(admin::Outcome::Failed { error, message }) => {
                Err(OutcomeState::Failed { error: Some(error.clone()), message: message.clone(), field: None })
            }
            None => Err(OutcomeState::gone()),
        }
    }
}

fn no_topic() -> OutcomeState {
    let error = ErrorCode::UnknownTopicOrPartition;
    OutcomeState::Failed { error: Some(error.name().into()), message: NO_TOPIC.into(), field: Some("topic".into()) }
}

fn refused(message: String) -> OutcomeState {
    OutcomeState::Failed { error: None, message: message.into(), field: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(to: ResetTo, bounds: Bounds) -> Result<(i64, bool), String> {
        new_offset(&to, &TopicPartition::new("orders", 1), &bounds).map(|(offset, note)| (offset, note.is_some()))
    }

    #[test]
    fn offsets_stay_within_the_log() {
        let bounds = Bounds { committed: Some(10), earliest: 5, latest: 20, at_time: None };
        assert_eq!(to(ResetTo::Earliest, bounds), Ok((5, false)));
        assert_eq!(to(ResetTo::Latest, bounds), Ok((20, false)));
        assert_eq!(to(ResetTo::Current, bounds), Ok((10, false)));
        assert_eq!(to(ResetTo::Offset { offset: 7 }, bounds), Ok((7, false)));
        assert_eq!(to(ResetTo::Offset { offset: 99 }, bounds), Ok((20, true)));
        assert_eq!(to(ResetTo::ShiftBy { by: -8 }, bounds), Ok((5, true)));
        assert_eq!(to(ResetTo::Datetime { ms: 1 }, bounds), Ok((20, true)));
        assert_eq!(to(ResetTo::Datetime { ms: 1 }, Bounds { at_time: Some(12), ..bounds }), Ok((12, false)));
        assert_eq!(ResetTo::ByDuration { ms: 1_000 }.at(5_000), ResetTo::Datetime { ms: 4_000 });
    }

    #[test]
    fn what_was_never_committed_cannot_be_shifted() {
        let bounds = Bounds { committed: None, earliest: 0, latest: 20, at_time: None };
        let refused = "Cannot shift offset for partition orders-1 since there is no current committed offset";
        assert_eq!(to(ResetTo::ShiftBy { by: 1 }, bounds), Err(refused.to_owned()));
        assert_eq!(to(ResetTo::Current, bounds), Ok((20, false)));
    }
}
