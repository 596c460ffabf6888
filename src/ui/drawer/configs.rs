//! The tab Configs.

use super::TabProps;
use yew::prelude::*;

#[component]
pub fn Configs(_: &TabProps) -> Html {
    html! { <div class="pt-pane pt-pane--configs"><p class="pt-none">{ "Settings of brokers and topics." }</p></div> }
}
