//! The internal topics' partitions as the coordinators write and read them (`CoordinatorPartitionWriter`, `CoordinatorLoaderImpl`).

use super::replica_manager::{ReplicaManager, Write};
use crate::base::{
    Context, Offset, TopicPartition,
    bugs::{self, Bug},
};
use crate::coordinator::runtime::{LogRecord, Logged, Replayed, Storage, TransactionalWriter};
use crate::log::Origin;
use crate::wire::batch::{Producer, TransactionEnd};
use crate::wire::{BatchBuilder, Compression, ErrorCode};

/// How much of a partition is loaded at a time, in bytes (`offsets.load.buffer.size`).
const LOAD_BUFFER_SIZE: usize = 5 << 20;

impl Storage for ReplicaManager {
    fn append(
        &mut self,
        cx: &mut Context<'_>,
        partition: &TopicPartition,
        records: Vec<LogRecord>,
        writer: Option<TransactionalWriter>,
    ) -> Result<Offset, ErrorCode> {
        let mut builder = BatchBuilder::new(Compression::None);
        if let Some(TransactionalWriter { producer: id, epoch, .. }) = writer {
            builder = builder.transactional(true).with_producer(Producer { id, epoch, base_sequence: 0 });
        }
        for record in records {
            let added = builder.append(cx.time_ms(), Some(&record.key), record.value.as_deref(), &[]);
            added.map_err(|_| ErrorCode::RecordListTooLarge)?;
        }
        let batch = builder.build().map_err(|_| ErrorCode::RecordListTooLarge)?;
        let limit = self.partition(partition).map(|replica| replica.log().config().max_message_bytes);
        if limit.is_some_and(|limit| batch.size_in_bytes() as u64 > limit) {
            return Err(ErrorCode::MessageTooLarge);
        }
        let write = Write { guard: writer.and_then(|writer| writer.guard), ..Write::of(Origin::Coordinator) };
        let appended = self.append_as_leader(cx, partition, batch, write, true);
        appended.map(|appended| appended.last_offset.plus(1)).map_err(|refusal| refusal.code())
    }

    fn append_end(
        &mut self,
        cx: &mut Context<'_>,
        partition: &TopicPartition,
        end: TransactionEnd,
        transaction_version: i16,
    ) -> Result<Offset, ErrorCode> {
        let batch = end.to_batch().map_err(|_| ErrorCode::UnknownServerError)?;
        let appended = self.append_as_leader(cx, partition, batch, Write::marker(transaction_version), true);
        appended.map(|appended| appended.last_offset.plus(1)).map_err(|refusal| refusal.code())
    }

    fn high_watermark(&self, partition: &TopicPartition) -> Offset {
        self.partition(partition).map_or(Offset(0), |replica| replica.high_watermark())
    }

    /// Records without a key are passed over.
    fn replay(&self, partition: &TopicPartition, from: Offset, sink: &mut dyn FnMut(Logged, Offset)) -> Result<Replayed, ErrorCode> {
        let replica = self.partition(partition).filter(|replica| replica.is_leader()).ok_or(ErrorCode::NotLeaderOrFollower)?;
        let log = replica.log();
        let end = if bugs::has(Bug::LoadHalfOfTheGroups) { Offset(log.end_offset().0 / 2) } else { log.end_offset() };
        let (mut next, mut left) = (from.max(log.start_offset()), LOAD_BUFFER_SIZE);
        for batch in log.batches(next, end) {
            next = batch.header.next_offset();
            let producer = Some(batch.header.producer_id).filter(|_| batch.header.attributes.is_transactional());
            if batch.header.attributes.is_control() {
                if let Some(end) = TransactionEnd::of(&batch) {
                    sink(Logged::End { producer: end.producer_id, commit: end.committed }, next);
                }
            } else {
                for record in batch.records().map_err(|_| ErrorCode::CorruptMessage)? {
                    let record = record.map_err(|_| ErrorCode::CorruptMessage)?;
                    if let Some(key) = record.key {
                        sink(Logged::Record(LogRecord { key, value: record.value }, producer), next);
                    }
                }
            }
            left = left.saturating_sub(batch.size_in_bytes());
            if left == 0 && next < end {
                return Ok(Replayed { next, is_end: false });
            }
        }
        Ok(Replayed { next: end, is_end: true })
    }
}
