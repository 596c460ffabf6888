//! What can be done to producers.

use super::{grave, item};
use crate::playground::{Command, TransactionAct};
use crate::ui::catalogue::acts as say;
use crate::ui::menus::{MenuAct, MenuItem};
use crate::ui::state::Place;
use crate::view::{ProducerView, TransactionState};
use std::sync::Arc;

pub fn producer(producer: &ProducerView) -> Vec<MenuItem> {
    let of = |label: &str, command: Command| item(label, MenuAct::Send(Place::Producers, command));
    let name = producer.name.to_string();
    let mut items = Vec::new();
    items.extend(transaction_calls(producer).into_iter().map(|what| {
        let call = of(say::transact(what), Command::Transaction { producer: name.clone(), what });
        if what == TransactionAct::Abort { grave(call) } else { call }
    }));
    if producer.transaction.is_some() && !producer.running {
        items.push(item(say::PUBLISH_AS, MenuAct::PublishAs(Arc::clone(&producer.name))));
    }
    // The playground's own writes what it is told, and nothing by itself.
    if producer.topic.is_some() {
        items.push(if producer.running {
            of(say::STOP_PRODUCER, Command::StopProducer { producer: name.clone() })
        } else {
            of(say::START_PRODUCER, Command::StartProducer { producer: name.clone() })
        });
        for per_minute in [60, 600, 6_000].into_iter().filter(|rate| *rate != producer.per_minute) {
            items.push(of(&say::write_at(per_minute), Command::SetProducerRate { producer: name.clone(), per_minute }));
        }
    }
    items.push(grave(of(say::CLOSE_PRODUCER, Command::RemoveProducer { producer: name })));
    items
}

/// What the application of a transactional producer can call now: nothing while it writes by itself, since it begins and ends its
/// transactions then. A call that it gave up waiting for can be made again, and no other.
pub fn transaction_calls(producer: &ProducerView) -> Vec<TransactionAct> {
    let Some(transaction) = producer.transaction.as_ref().filter(|transaction| !producer.running && !transaction.waiting) else {
        return Vec::new();
    };
    match transaction.state {
        TransactionState::Ready => vec![TransactionAct::Begin],
        TransactionState::InTransaction => vec![TransactionAct::Commit, TransactionAct::Abort],
        TransactionState::Committing => vec![TransactionAct::Commit],
        TransactionState::Aborting | TransactionState::AbortableError => vec![TransactionAct::Abort],
        TransactionState::Uninitialized | TransactionState::Initializing | TransactionState::FatalError => Vec::new(),
    }
}
