//! What a group's log says is what the group is: after any run of requests and timeouts, a replay gives the same state, as far as it is
//! written at all.

use super::classic::{Caller, ClassicGroup, Heartbeat, JoinGroup, LeaveGroup, State, SyncGroup};
use super::*;
use crate::base::SortedMap;
use crate::base::{
    Context, Duration, GenerationId, Instant, LeaderEpoch, Offset, PartitionIndex, ProcessId, Recorder, Rng, TopicPartition, Uuid,
};
use crate::coordinator::runtime::{LogRecord, Logged, Replayed, Runtime, Storage, TransactionalWriter};
use crate::wire::ErrorCode;
use crate::wire::batch::TransactionEnd;
use crate::wire::messages::join_group_request::JoinGroupRequestProtocol;
use crate::wire::messages::leave_group_request::MemberIdentity;
use crate::wire::messages::sync_group_request::SyncGroupRequestAssignment;
use crate::wire::messages::{HeartbeatRequest, JoinGroupRequest, LeaveGroupRequest, SyncGroupRequest};
use bytes::Bytes;
use proptest::prelude::*;

type Shards = Runtime<GroupShard<usize>>;

/// A log of which everything is committed at once.
#[derive(Default)]
struct Memory(Vec<LogRecord>);

impl Storage for Memory {
    fn append(
        &mut self,
        _cx: &mut Context<'_>,
        _partition: &TopicPartition,
        records: Vec<LogRecord>,
        _writer: Option<TransactionalWriter>,
    ) -> Result<Offset, ErrorCode> {
        self.0.extend(records);
        Ok(Offset(self.0.len() as i64))
    }

    fn append_end(&mut self, _: &mut Context<'_>, _: &TopicPartition, _: TransactionEnd, _: i16) -> Result<Offset, ErrorCode> {
        Err(ErrorCode::UnknownServerError)
    }

    fn high_watermark(&self, _partition: &TopicPartition) -> Offset {
        Offset(self.0.len() as i64)
    }

    fn replay(&self, _: &TopicPartition, _: Offset, sink: &mut dyn FnMut(Logged, Offset)) -> Result<Replayed, ErrorCode> {
        (1..).map(Offset).zip(&self.0).for_each(|(after, record)| sink(Logged::Record(record.clone(), None), after));
        Ok(Replayed { next: Offset(self.0.len() as i64), is_end: true })
    }
}

/// What some client does. Numbers choose among the few groups, clients and topics that there are.
#[derive(Clone, Debug)]
enum Step {
    /// Clients 2 and 3 are static members, of the same instance. Whoever forgets comes back without its member id.
    Join {
        group: usize,
        client: usize,
        protocols: usize,
        forget: bool,
    },
    Sync {
        group: usize,
        client: usize,
    },
    Heartbeat {
        group: usize,
        client: usize,
    },
    Leave {
        group: usize,
        client: usize,
    },
    Commit {
        group: usize,
        client: usize,
        topic: usize,
        offset: i64,
        as_member: bool,
    },
    DeleteOffsets {
        group: usize,
        topic: usize,
    },
    DeleteGroup {
        group: usize,
    },
    DeleteTopic {
        topic: usize,
    },
    /// All that are members join again, and sync.
    Rebalance {
        group: usize,
    },
    Wait {
        millis: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let (group, client, topic) = (0..2_usize, 0..4_usize, 0..2_usize);
    prop_oneof![
        6 => (group.clone(), client.clone(), 0..3_usize, prop::bool::weighted(0.3))
            .prop_map(|(group, client, protocols, forget)| Step::Join { group, client, protocols, forget }),
        6 => (group.clone(), client.clone()).prop_map(|(group, client)| Step::Sync { group, client }),
        2 => (group.clone(), client.clone()).prop_map(|(group, client)| Step::Heartbeat { group, client }),
        1 => (group.clone(), client.clone()).prop_map(|(group, client)| Step::Leave { group, client }),
        3 => (group.clone(), client, topic.clone(), -1..100_i64, any::<bool>())
            .prop_map(|(group, client, topic, offset, as_member)| Step::Commit { group, client, topic, offset, as_member }),
        1 => (group.clone(), topic.clone()).prop_map(|(group, topic)| Step::DeleteOffsets { group, topic }),
        4 => group.clone().prop_map(|group| Step::Rebalance { group }),
        1 => group.prop_map(|group| Step::DeleteGroup { group }),
        1 => topic.prop_map(|topic| Step::DeleteTopic { topic }),
        4 => (0..12_000_u64).prop_map(|millis| Step::Wait { millis }),
    ]
}

/// What a client knows of a group.
#[derive(Clone, Debug, Default)]
struct Membership {
    member: String,
    generation: i32,
    /// Of the leader: all members.
    members: Vec<String>,
}

struct World {
    runtime: Shards,
    log: Memory,
    now: Instant,
    rng: Rng,
    recorder: Recorder,
    memberships: SortedMap<(usize, usize), Membership>,
    /// Whose request a token stands for.
    askers: Vec<(usize, usize)>,
}

const PARTITION: PartitionIndex = PartitionIndex(0);
const GROUPS: [&str; 2] = ["g", "h"];
const TOPICS: [&str; 2] = ["t", "u"];

impl World {
    fn new(log: Memory, now: Instant) -> Self {
        let config = GroupConfig { offsets_retention_ms: 60_000, offsets_retention_check_interval_ms: 20_000, ..Default::default() };
        let mut world = Self {
            runtime: Runtime::new(partition::GROUP_METADATA_TOPIC, config, Duration::from_secs(5)),
            log,
            now,
            rng: Rng::stream(7, "groups"),
            recorder: Recorder::default(),
            memberships: SortedMap::new(),
            askers: Vec::new(),
        };
        let cx = Context::new(world.now, 0, ProcessId(1), &mut world.rng, None, &mut world.recorder);
        world.runtime.elected(&cx, PARTITION, LeaderEpoch(0));
        world.wait(1);
        world
    }

    fn handle(&mut self, group: usize, client: usize, handler: impl FnOnce(&mut GroupShard<usize>, &mut Context<'_>, &mut Out, usize)) {
        let token = self.askers.len();
        self.askers.push((group, client));
        let mut cx = Context::new(self.now, 0, ProcessId(1), &mut self.rng, None, &mut self.recorder);
        let handled = self.runtime.handle(&mut cx, &mut self.log, PARTITION, |shard, cx, out| handler(shard, cx, out, token));
        assert_eq!(handled, Ok(()));
        self.take_answers();
    }

    fn take_answers(&mut self) {
        while let Some(ready) = self.runtime.poll_reply() {
            if let GroupReply::JoinGroup(response) = ready.reply {
                let membership = self.memberships.entry(self.askers[ready.token]).or_default();
                membership.member = response.member_id;
                membership.generation = response.generation_id;
                membership.members = response.members.into_iter().map(|member| member.member_id).collect();
            }
        }
    }

    fn wait(&mut self, millis: u64) {
        let until = self.now + Duration::from_millis(millis);
        while let Some(due) = self.runtime.next_due().filter(|due| *due <= until) {
            self.now = due;
            let mut cx = Context::new(self.now, 0, ProcessId(1), &mut self.rng, None, &mut self.recorder);
            self.runtime.wake(&mut cx, &mut self.log);
            self.take_answers();
        }
        self.now = until;
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Join { group, client, protocols, forget } => self.join(group, client, protocols, forget),
            Step::Sync { group, client } => self.sync(group, client),
            Step::Heartbeat { group, client } => {
                let known = self.membership(group, client);
                let request = HeartbeatRequest {
                    group_id: GROUPS[group].to_owned(),
                    generation_id: known.generation,
                    member_id: known.member,
                    ..Default::default()
                };
                self.handle(group, client, |shard, cx, out, token| shard.heartbeat(cx, out, Heartbeat { request, token }));
            }
            Step::Leave { group, client } => {
                let members = vec![MemberIdentity { member_id: self.membership(group, client).member, ..Default::default() }];
                let request = LeaveGroupRequest { group_id: GROUPS[group].to_owned(), members, ..Default::default() };
                self.handle(group, client, |shard, cx, out, token| shard.leave_group(cx, out, LeaveGroup { request, token }));
            }
            Step::Commit { group, client, topic, offset, as_member } => self.commit(group, client, topic, offset, as_member),
            Step::DeleteOffsets { group, topic } => {
                let topics = vec![DeleteTopic { name: TOPICS[topic].into(), partitions: vec![(0, Ok(()))] }];
                self.handle(group, 0, |shard, _, out, token| shard.delete_offsets(out, &GROUPS[group].into(), topics, token));
            }
            Step::DeleteGroup { group } => {
                self.handle(group, 0, |shard, cx, out, token| shard.delete_group(cx, out, &GROUPS[group].into(), token));
            }
            Step::DeleteTopic { topic } => {
                self.handle(0, 0, |shard, _, out, _| shard.topics_deleted(out, &[(TOPICS[topic].into(), Uuid([1; 16]))]));
            }
            Step::Rebalance { group } => {
                let clients: Vec<_> = self.memberships.keys().filter(|(of, _)| *of == group).map(|(_, client)| *client).collect();
                clients.iter().for_each(|client| self.join(group, *client, 0, false));
                self.wait(4_000);
                clients.iter().for_each(|client| self.sync(group, *client));
            }
            Step::Wait { millis } => self.wait(millis),
        }
    }

    fn membership(&self, group: usize, client: usize) -> Membership {
        self.memberships.get(&(group, client)).cloned().unwrap_or_default()
    }

    fn join(&mut self, group: usize, client: usize, protocols: usize, forget: bool) {
        let known = if forget { Membership::default() } else { self.membership(group, client) };
        let protocol = |name: &str| JoinGroupRequestProtocol {
            name: name.to_owned(),
            metadata: Bytes::from(format!("\0\0\0\0\0\x01\0\x01{}", TOPICS[(client + protocols) % 2])),
            ..Default::default()
        };
        let names: &[&str] = [&["range", "sticky"][..], &["sticky", "range"], &["range"]][protocols];
        let request = JoinGroupRequest {
            group_id: GROUPS[group].to_owned(),
            session_timeout_ms: 6_000 + client as i32,
            rebalance_timeout_ms: 4_000,
            member_id: known.member,
            group_instance_id: (client >= 2).then(|| "instance".to_owned()),
            protocol_type: "consumer".to_owned(),
            protocols: names.iter().map(|name| protocol(name)).collect(),
            ..Default::default()
        };
        let caller = Caller { client_id: format!("client-{client}").into(), host: "/127.0.0.1".into() };
        self.handle(group, client, |shard, cx, out, token| {
            let join = JoinGroup { request, caller, requires_member_id: client == 0, can_skip_assignment: true, token };
            shard.join_group(cx, out, join);
        });
    }

    fn sync(&mut self, group: usize, client: usize) {
        let known = self.membership(group, client);
        let assignment = |member: &String| SyncGroupRequestAssignment {
            member_id: member.clone(),
            assignment: Bytes::from(format!("for {member}")),
            ..Default::default()
        };
        let request = SyncGroupRequest {
            group_id: GROUPS[group].to_owned(),
            generation_id: known.generation,
            member_id: known.member,
            assignments: known.members.iter().map(assignment).collect(),
            ..Default::default()
        };
        self.handle(group, client, |shard, cx, out, token| shard.sync_group(cx, out, SyncGroup { request, token }));
    }

    fn commit(&mut self, group: usize, client: usize, topic: usize, offset: i64, as_member: bool) {
        let known = self.membership(group, client);
        let new = NewOffset { offset, leader_epoch: 0, metadata: None };
        let partitions = vec![CommitPartition { index: 0, offset: Ok(new) }];
        self.handle(group, client, |shard, cx, out, token| {
            let commit = OffsetCommit {
                group: GROUPS[group].into(),
                member: if as_member { known.member } else { String::new() },
                instance: None,
                generation: if as_member { known.generation } else { -1 },
                retention_ms: -1,
                writer: None,
                no_group: ErrorCode::IllegalGeneration,
                topics: vec![CommitTopic { name: TOPICS[topic].into(), id: Uuid([1; 16]), partitions }],
                token,
            };
            shard.commit_offsets(cx, out, commit);
        });
    }

    fn shard(&self) -> &GroupShard<usize> {
        self.runtime.shard(PARTITION).unwrap()
    }
}

type Out = crate::coordinator::runtime::Outcome<GroupShard<usize>>;

/// What is written of a group, as text.
fn written(group: &ClassicGroup<usize>) -> String {
    let mut text =
        format!("{} {:?} {:?} {:?} {:?}", group.generation, group.protocol_type, group.protocol, group.leader, group.subscribed_topics);
    for member in group.members.values() {
        let metadata = member.metadata(group.protocol.as_deref().unwrap_or_default());
        let (id, instance, client, host) = (&member.id, &member.instance_id, &member.client_id, &member.client_host);
        let timeouts_ms = (member.session_timeout_ms, member.rebalance_timeout_ms);
        text += &format!("\n{id} {instance:?} {client} {host} {timeouts_ms:?} {metadata:?} {:?}", member.assignment);
    }
    text
}

/// What is written of all groups' offsets. Where their records lie is left out: compaction, as it is done here, moves them.
fn offsets(shard: &GroupShard<usize>) -> String {
    let anywhere = |partitions: &SortedMap<i32, CommittedOffset>| {
        let moved = |(index, committed): (&i32, &CommittedOffset)| (*index, CommittedOffset { written: Offset(0), ..committed.clone() });
        partitions.iter().map(moved).collect::<SortedMap<_, _>>()
    };
    let of_groups = GROUPS.iter().flat_map(|group| shard.offsets().of_group(group));
    of_groups.map(|(topic, partitions)| format!("{topic} {:?}\n", anywhere(partitions))).collect()
}

/// The last record of each key.
fn compacted(log: &[LogRecord]) -> Vec<LogRecord> {
    let is_last = |index: usize, record: &LogRecord| log.iter().skip(index + 1).all(|later| later.key != record.key);
    log.iter().enumerate().filter(|(index, record)| is_last(*index, record)).map(|(_, record)| record.clone()).collect()
}

fn check_replay(world: &World, log: Vec<LogRecord>) -> Result<(), TestCaseError> {
    let replayed = World::new(Memory(log), world.now);
    let (live, replayed) = (world.shard(), replayed.shard());
    prop_assert_eq!(offsets(live), offsets(replayed));
    prop_assert!(replayed.groups().all(|group| live.group(&group.id).is_some()));
    for group in live.groups() {
        let Some(again) = replayed.group(&group.id) else {
            // All that was ever written of it are offsets that are gone.
            prop_assert_eq!(live.offsets().of_group(&group.id).count(), 0);
            prop_assert!(
                group.generation == GenerationId(0) || matches!(group.state, State::PreparingRebalance | State::CompletingRebalance)
            );
            continue;
        };
        match group.state {
            State::Stable => prop_assert_eq!((again.state, written(again)), (State::Stable, written(group))),
            State::Empty => prop_assert_eq!((again.state, again.generation), (State::Empty, group.generation)),
            // On the way to a generation that is not written yet.
            State::PreparingRebalance | State::CompletingRebalance => prop_assert!(again.generation <= group.generation),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_replay_of_the_log_compacted_or_not_gives_the_state(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new(Memory::default(), Instant::ZERO);
        for step in steps {
            world.take(step);
            check_replay(&world, world.log.0.clone())?;
            check_replay(&world, compacted(&world.log.0))?;
        }
    }
}

#[test]
fn every_state_can_be_left_and_none_is_its_own_successor_in_the_log() {
    let states = [State::Empty, State::PreparingRebalance, State::CompletingRebalance, State::Stable];
    let successors = |previous| states.into_iter().filter(|state| state.may_follow(previous)).collect::<Vec<_>>();
    assert_eq!(successors(State::Empty), [State::PreparingRebalance]);
    assert_eq!(successors(State::PreparingRebalance), [State::Empty, State::CompletingRebalance]);
    assert_eq!(successors(State::CompletingRebalance), [State::PreparingRebalance, State::Stable]);
    assert_eq!(successors(State::Stable), [State::PreparingRebalance]);
}
