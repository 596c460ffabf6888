//! The transaction of the producer that sends, where it is transactional: its state, and what ends it.

use crate::playground::{Command, TransactionAct};
use crate::ui::acts::transaction_calls;
use crate::ui::catalogue::{acts, publish as say};
use crate::ui::desk::use_desk;
use crate::ui::state::Place;
use crate::view::ProducerView;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct InTransactionProps {
    pub producer: Arc<ProducerView>,
}

/// A line of the form; nothing, where the producer writes without transactions.
#[component]
pub fn InTransaction(props: &InTransactionProps) -> Html {
    let desk = use_desk();
    let producer = &props.producer;
    let Some(transaction) = &producer.transaction else { return Html::default() };
    let button = |what: TransactionAct| {
        let (desk, name) = (desk.clone(), producer.name.to_string());
        let call = move |_: MouseEvent| desk.send(Place::Producers, Command::Transaction { producer: name.clone(), what });
        let class = if what == TransactionAct::Abort { "pt-btn pt-btn--grave" } else { "pt-btn pt-btn--edge" };
        html! { <button type="button" {class} aria-label={acts::transact(what)} onclick={call}>{ say::transact(what) }</button> }
    };
    html! {
        <div class="pt-transaction" role="group" aria-label={say::TRANSACTION}>
            if producer.running { <span class="pt-dim">{ say::BY_ITSELF }</span> } else {
                <b class="pt-mono">{ transaction.state.name() }</b>
                { for transaction_calls(producer).into_iter().map(button) }
            }
        </div>
    }
}
