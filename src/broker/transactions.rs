//! The home of the transaction coordinator in a broker: which partition of `__transaction_state` a transactional id belongs to, whether this
//! broker coordinates it, and the way of answers back to the connections. What transactions are lies in `coordinator::transaction`; the APIs'
//! own files say what is asked of it, `markers` sends what it decides.

use super::connections::{Answer, RequestContext};
use super::coordinating::{Gatherings, follow_leaders};
use super::{Broker, add_partitions_to_txn, describe_transactions, list_transactions};
use crate::base::{Context, Duration, Instant, NodeId, PartitionIndex, TopicPartition};
use crate::controller::{BrokerSettings, MetadataDelta};
use crate::coordinator::runtime::{Outcome, Runtime};
use crate::coordinator::transaction::partition::{TRANSACTION_STATE_TOPIC, partition_for_transaction};
use crate::coordinator::transaction::{
    Addressee, TransactionConfig, TransactionMarkers, TransactionReply, TransactionShard, validate_init_producer_id,
};
use crate::wire::ErrorCode;
use crate::wire::messages::InitProducerIdRequest;

/// How long a coordinator waits for its records to be committed. Kafka waits for as long as the transaction may take; this is the default.
const COMMIT_TIMEOUT: Duration = Duration::from_millis(60_000);

/// A partition's transactional ids, as this broker keeps them.
pub type Transactions = TransactionShard<TransactionWaiter>;

/// Who waits for an answer of the coordinator.
#[derive(Clone, Debug)]
pub struct TransactionWaiter(Recipient);

#[derive(Clone, Debug)]
enum Recipient {
    /// A request, of which this is the answer.
    Request(RequestContext),
    /// A request that concerns several transactional ids or partitions: this is a part of its answer.
    Part { gathering: u64, index: usize },
    /// This broker.
    Broker,
}

impl Addressee for TransactionWaiter {
    fn broker() -> Self {
        Self(Recipient::Broker)
    }
}

/// The transaction coordinators of one broker.
#[derive(Clone, Debug)]
pub(super) struct TransactionCoordinators {
    config: TransactionConfig,
    runtime: Runtime<Transactions>,
    gatherings: Gatherings<Gathered, TransactionReply>,
}

/// What an answer is put together to.
#[derive(Clone, Debug)]
pub(super) enum Gathered {
    AddPartitions(add_partitions_to_txn::Settled),
    Describe,
    List,
}

impl TransactionCoordinators {
    pub(super) fn new(settings: &BrokerSettings) -> Self {
        let config = transaction_config(settings);
        let runtime = Runtime::new(TRANSACTION_STATE_TOPIC, config.clone(), COMMIT_TIMEOUT);
        Self { config, runtime, gatherings: Gatherings::new() }
    }

    pub(super) fn next_due(&self) -> Option<Instant> {
        self.runtime.next_due()
    }
}

fn transaction_config(settings: &BrokerSettings) -> TransactionConfig {
    let millis = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    TransactionConfig {
        max_timeout_ms: i32::try_from(millis(settings.transaction_max_timeout)).unwrap_or(i32::MAX),
        id_expiration_ms: millis(settings.transactional_id_expiration),
        abort_timed_out_interval_ms: millis(settings.transaction_abort_timed_out_interval),
        remove_expired_interval_ms: millis(settings.transaction_remove_expired_interval),
    }
}

impl Broker {
    /// The transactional ids that this broker coordinates, by partition of `__transaction_state`.
    pub fn transactions(&self) -> impl Iterator<Item = (PartitionIndex, &Transactions)> {
        self.transactions.runtime.shards()
    }

    /// The partition of `__transaction_state` that has the transactional id; as many as there will be, while the topic is not there.
    pub(super) fn partition_of_transaction(&self, transactional_id: &str) -> PartitionIndex {
        let existing = self.image.topic(TRANSACTION_STATE_TOPIC).and_then(|topic| i32::try_from(topic.partitions.len()).ok());
        partition_for_transaction(transactional_id, existing.unwrap_or(self.config.settings.transaction_state_log_num_partitions))
    }

    /// The partition's transactional ids, where this broker coordinates them.
    pub(super) fn transactions_of(&self, transactional_id: &str) -> Option<&Transactions> {
        self.transactions.runtime.shard(self.partition_of_transaction(transactional_id))
    }

    /// What is wrong with a request, whoever coordinates.
    pub(super) fn validate_init(&self, request: &InitProducerIdRequest) -> Result<(), ErrorCode> {
        validate_init_producer_id(request, &self.transactions.config)
    }

    /// Who coordinates a transactional id, where that lives.
    pub(super) fn transaction_coordinator(&self, transactional_id: &str) -> Option<NodeId> {
        let leader = self.image.leader_of(TRANSACTION_STATE_TOPIC, self.partition_of_transaction(transactional_id))?;
        self.image.broker(leader).filter(|broker| broker.is_alive()).map(|broker| broker.id)
    }

    /// Has a request handled by the transactional id's coordinator. `refusal` is its answer where this broker is not that: an error is put
    /// in.
    pub(super) fn coordinate_transaction(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        transactional_id: &str,
        refusal: impl FnOnce(ErrorCode) -> TransactionReply,
        handler: impl FnOnce(&mut Transactions, &mut Context<'_>, &mut Outcome<Transactions>, TransactionWaiter),
    ) -> Answer {
        if transactional_id.is_empty() {
            return finish(request, refusal(ErrorCode::InvalidRequest));
        }
        let waiter = TransactionWaiter(Recipient::Request(request.clone()));
        let partition = self.partition_of_transaction(transactional_id);
        match self.handle_transaction(cx, partition, |shard, cx, out| handler(shard, cx, out, waiter)) {
            Ok(()) => Answer::Later,
            Err(error) => finish(request, refusal(error)),
        }
    }

    /// Has a request handled that concerns several transactional ids: `handler` once for each of them. `refused` as in
    /// [`Self::coordinate_transaction`].
    pub(super) fn coordinate_transactions(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        what: Gathered,
        transactional_ids: &[String],
        refused: impl Fn(usize, ErrorCode) -> TransactionReply,
        handler: impl FnMut(usize, &mut Transactions, &mut Context<'_>, &mut Outcome<Transactions>, TransactionWaiter),
    ) -> Answer {
        let partitions: Vec<_> = transactional_ids.iter().map(|id| self.partition_of_transaction(id)).collect();
        self.gather_transactions(cx, request, what, (&partitions, transactional_ids), refused, handler)
    }

    /// Has a request handled that concerns all transactional ids of this broker: `handler` once for each partition.
    pub(super) fn coordinate_all_transactions(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        what: Gathered,
        refused: impl Fn(usize, ErrorCode) -> TransactionReply,
        handler: impl FnMut(usize, &mut Transactions, &mut Context<'_>, &mut Outcome<Transactions>, TransactionWaiter),
    ) -> Answer {
        let loaded = self.transactions.runtime.shards().map(|(partition, _)| partition);
        let partitions: Vec<_> = loaded.chain(self.transactions.runtime.loading()).collect();
        self.gather_transactions(cx, request, what, (&partitions, &[]), refused, handler)
    }

    /// `ids`: the transactional ids of the partitions, where each is asked for one.
    fn gather_transactions(
        &mut self,
        cx: &mut Context<'_>,
        request: &RequestContext,
        what: Gathered,
        (partitions, ids): (&[PartitionIndex], &[String]),
        refused: impl Fn(usize, ErrorCode) -> TransactionReply,
        mut handler: impl FnMut(usize, &mut Transactions, &mut Context<'_>, &mut Outcome<Transactions>, TransactionWaiter),
    ) -> Answer {
        if partitions.is_empty() {
            return finish_gathered(request, what, Vec::new());
        }
        let gathering = self.transactions.gatherings.begin(request, what, partitions.len());
        for (index, partition) in partitions.iter().enumerate() {
            if ids.get(index).is_some_and(String::is_empty) {
                self.take_transaction_part(cx, gathering, index, refused(index, ErrorCode::InvalidRequest));
                continue;
            }
            let waiter = TransactionWaiter(Recipient::Part { gathering, index });
            let handled = self.handle_transaction(cx, *partition, |shard, cx, out| handler(index, shard, cx, out, waiter));
            if let Err(error) = handled {
                self.take_transaction_part(cx, gathering, index, refused(index, error));
            }
        }
        Answer::Later
    }

    fn handle_transaction(
        &mut self,
        cx: &mut Context<'_>,
        partition: PartitionIndex,
        handler: impl FnOnce(&mut Transactions, &mut Context<'_>, &mut Outcome<Transactions>),
    ) -> Result<(), ErrorCode> {
        let handled = self.transactions.runtime.handle(cx, &mut self.replicas, partition, handler);
        self.settle_transactions(cx);
        handled
    }

    /// Whether this broker is still the coordinator that decided on these markers.
    pub(super) fn still_coordinates(&self, markers: &TransactionMarkers) -> bool {
        let partition = self.partition_of_transaction(&markers.transactional_id);
        self.transactions.runtime.shard(partition).is_some_and(|shard| shard.epoch() == markers.coordinator_epoch)
    }

    /// These partitions have their markers, or need none any more.
    pub(super) fn markers_written(&mut self, cx: &mut Context<'_>, markers: &TransactionMarkers, partitions: &[TopicPartition]) {
        let partition = self.partition_of_transaction(&markers.transactional_id);
        // Where another broker coordinates by now, that one sends them again.
        let _handled = self.handle_transaction(cx, partition, |shard, cx, out| {
            shard.markers_written(cx, out, &markers.transactional_id, markers.coordinator_epoch, partitions);
        });
    }

    /// A timer of the coordinator's came due.
    pub(super) fn wake_transactions(&mut self, cx: &mut Context<'_>) {
        self.transactions.runtime.wake(cx, &mut self.replicas);
        self.settle_transactions(cx);
    }

    /// A partition moved: if it is one of `__transaction_state`, what was written to it may be committed.
    pub(super) fn tell_transactions(&mut self, cx: &mut Context<'_>, moved: &TopicPartition) {
        if &*moved.topic == TRANSACTION_STATE_TOPIC
            && let Some(replica) = self.replicas.partition(moved)
        {
            self.transactions.runtime.committed(moved.partition, replica.high_watermark(), cx.cause);
            self.answer_transactions(cx);
        }
    }

    /// Makes this broker the coordinator of what it leads now, and of nothing else.
    pub(super) fn apply_metadata_to_transactions(&mut self, cx: &mut Context<'_>, delta: &MetadataDelta) {
        let own = (self.config.node, &self.image);
        follow_leaders(&mut self.transactions.runtime, cx, TRANSACTION_STATE_TOPIC, own, delta);
        self.settle_transactions(cx);
    }

    /// After the coordinator has run: whoever waits for what it wrote hears of it, and whoever it answers.
    fn settle_transactions(&mut self, cx: &mut Context<'_>) {
        self.partitions_moved(cx);
        self.answer_transactions(cx);
    }

    fn answer_transactions(&mut self, cx: &mut Context<'_>) {
        while let Some(ready) = self.transactions.runtime.poll_reply() {
            let before = std::mem::replace(&mut cx.cause, ready.cause);
            match ready.token.0 {
                Recipient::Request(request) => {
                    let answer = finish(&request, ready.reply);
                    self.settle(cx, &request, answer);
                }
                Recipient::Part { gathering, index } => self.take_transaction_part(cx, gathering, index, ready.reply),
                Recipient::Broker => self.do_for_transactions(cx, ready.reply),
            }
            cx.cause = before;
        }
    }

    /// What the coordinator wants of its broker.
    fn do_for_transactions(&mut self, cx: &mut Context<'_>, wanted: TransactionReply) {
        match wanted {
            TransactionReply::SendMarkers(markers) => self.send_markers(cx, markers),
            TransactionReply::ProducerIdNeeded { transactional_id } => {
                let producer_id = self.claim_producer_id(cx);
                let partition = self.partition_of_transaction(&transactional_id);
                // It is asked for again where nobody coordinates the transaction now.
                let _handled = self.handle_transaction(cx, partition, |shard, cx, out| {
                    shard.abort_timed_out(cx, out, &transactional_id, producer_id);
                });
            }
            TransactionReply::InitProducerId(_)
            | TransactionReply::AddPartitions(_)
            | TransactionReply::AddOffsets(_)
            | TransactionReply::EndTransaction(_)
            | TransactionReply::DescribeTransaction(_)
            | TransactionReply::ListTransactions(_) => {}
        }
    }

    /// A part of an answer has come; with the last one, the answer goes.
    fn take_transaction_part(&mut self, cx: &mut Context<'_>, id: u64, index: usize, part: TransactionReply) {
        if let Some((request, what, parts)) = self.transactions.gatherings.take(id, index, part) {
            let answer = finish_gathered(&request, what, parts);
            self.settle(cx, &request, answer);
        }
    }
}

/// The answer to a request that concerns one transactional id.
pub(super) fn finish(request: &RequestContext, reply: TransactionReply) -> Answer {
    match reply {
        TransactionReply::InitProducerId(mut response) => request.reply(&mut response),
        TransactionReply::AddPartitions(result) => add_partitions_to_txn::answer_one(request, result),
        TransactionReply::AddOffsets(mut response) => request.reply(&mut response),
        TransactionReply::EndTransaction(mut response) => request.reply(&mut response),
        // Parts of an answer, and what is for the broker.
        TransactionReply::DescribeTransaction(_)
        | TransactionReply::ListTransactions(_)
        | TransactionReply::SendMarkers(_)
        | TransactionReply::ProducerIdNeeded { .. } => Answer::Close,
    }
}

/// The answer to a request that concerns several.
fn finish_gathered(request: &RequestContext, what: Gathered, parts: Vec<TransactionReply>) -> Answer {
    match what {
        Gathered::AddPartitions(settled) => add_partitions_to_txn::answer_all(request, settled, parts),
        Gathered::Describe => describe_transactions::answer(request, parts),
        Gathered::List => list_transactions::answer(request, parts),
    }
}
