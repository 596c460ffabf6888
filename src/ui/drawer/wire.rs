//! The tab Wire.

use super::TabProps;
use yew::prelude::*;

#[component]
pub fn Wire(_: &TabProps) -> Html {
    html! { <div class="pt-pane pt-pane--wire"><p class="pt-none">{ "Frames between all parties." }</p></div> }
}
