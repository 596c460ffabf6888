//! Brokers: a square with a number, the state, and what each leads.

use crate::base::NodeId;
use crate::ui::words;
use crate::view::{BrokerState, BrokerView, TopicView, View};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

#[derive(Properties)]
pub struct BrokersProps {
    pub view: Rc<View>,
}

impl PartialEq for BrokersProps {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.view, &other.view);
        let leaders = |v: &View| v.topics.iter().map(Arc::as_ptr).collect::<Vec<_>>();
        Rc::ptr_eq(a, b) || (a.brokers == b.brokers && a.controller == b.controller && leaders(a) == leaders(b))
    }
}

#[component]
pub fn Brokers(props: &BrokersProps) -> Html {
    let view = &props.view;
    html! {
        <section class="pt-sect pt-brokers" aria-label="Brokers">
            <div class="pt-head"><h2>{ "Brokers" }</h2></div>
            <ul class="pt-brokers__list">
                { for view.brokers.iter().map(|broker| line(broker, view)) }
            </ul>
        </section>
    }
}

fn line(broker: &BrokerView, view: &View) -> Html {
    let (state, tone) = match broker.state {
        BrokerState::Starting => ("Starting", Some("change")),
        BrokerState::Fenced => ("Fenced", Some("change")),
        BrokerState::Alive => ("Alive", None),
    };
    html! {
        <li class="pt-brk" key={broker.id.0} data-broker={broker.id.to_string()}>
            <span class="pt-broker">{ broker.id.0 }</span>
            <div>
                <div class="pt-brk__name">
                    <span class="pt-state" data-tone={tone}>{ state }</span>
                    if view.controller == Some(broker.id) {
                        <span class="pt-crown"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 1l5 5-5 5-5-5z" fill="currentColor"/></svg>{ "controller" }</span>
                    }
                </div>
                <div class="pt-brk__leads" title={broker.address.to_string()}>{ leads(broker.id, &view.topics) }</div>
            </div>
        </li>
    }
}

/// "leads orders 0, 2; payments 1", or how many where they are many.
fn leads(id: NodeId, topics: &[Arc<TopicView>]) -> String {
    let mut parts = Vec::new();
    for topic in topics.iter().filter(|t| !t.internal) {
        let led: Vec<i32> = topic.partitions.iter().filter(|p| p.leader == Some(id)).map(|p| p.index).collect();
        if led.len() > 6 {
            parts.push(format!("{} of {}", words::number(led.len() as i64), topic.name));
        } else if !led.is_empty() {
            let list: Vec<String> = led.iter().map(i32::to_string).collect();
            parts.push(format!("{} {}", topic.name, list.join(", ")));
        }
    }
    if parts.is_empty() { "leads nothing yet".to_owned() } else { format!("leads {}", parts.join("; ")) }
}
