//! The tab Messages.

use super::TabProps;
use yew::prelude::*;

#[component]
pub fn Messages(_: &TabProps) -> Html {
    html! { <div class="pt-pane pt-pane--messages"><p class="pt-none">{ "Records of all topics." }</p></div> }
}
