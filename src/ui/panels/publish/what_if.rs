//! What happens to a key when partitions are added: known before anybody adds them.

use crate::client::partitioner::KeyPartition;
use crate::ui::catalogue::publish as say;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::aim::{Aim, Reason};
use std::sync::Arc;
use yew::prelude::*;

/// How many numbers of partitions are tried.
const TRIED: i32 = 4;

#[derive(Properties, PartialEq)]
pub struct WhatIfProps {
    pub aim: Aim,
    /// The keys seen so far.
    pub keys: Arc<Vec<Arc<str>>>,
}

#[component]
pub fn WhatIf(props: &WhatIfProps) -> Html {
    let WhatIfProps { aim, keys } = props;
    let open = use_state(|| false);
    let (Some(key), Reason::Key(_)) = (&aim.key, &aim.reason) else { return Html::default() };
    let toggle = {
        let open = open.clone();
        move |_: MouseEvent| open.set(!*open)
    };
    let to = |key: &str, partitions: i32| KeyPartition::of(key.as_bytes(), partitions).map(|sum| sum.partition.0);
    let hue = aim.hue.map(|h| (h % 8 + 1).to_string());
    let more = aim.partitions + 1;
    html! {
        <div class="pt-whatif">
            <button type="button" class="pt-foldline" aria-expanded={if *open { "true" } else { "false" }} onclick={toggle}>
                { icon(if *open { Icon::Down } else { Icon::Right }) }{ say::IF_MORE }
            </button>
            if *open {
                <ul class="pt-whatif__to">
                    { for (more..more + TRIED).filter_map(|count| {
                        let partition = to(key, count)?;
                        let moved = partition != aim.partition;
                        Some(html! {
                            <li key={count} data-moved={moved.then_some("")}><span>{ say::with_partitions(count) }</span>
                                <b data-k={hue.clone().filter(|_| moved)}>{ say::goes_to(partition) }</b></li>
                        })
                    }) }
                </ul>
                <p class="pt-dim">{ say::keys_that_move(keys.iter().filter(|key| to(key, more) != to(key, aim.partitions)).count(), keys.len(), more, aim.partition) }</p>
            }
        </div>
    }
}
