//! The field that says which exchanges are shown.

use super::WireLook;
use crate::ui::catalogue::wire as say;
use crate::ui::desk::use_desk;
use crate::ui::state::Act;
use crate::view::query::wire;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The id of what is said of a filter that is wrong.
pub const WRONG: &str = "wire-wrong";
const OFFERS: &str = "wire-offers";

#[derive(Properties, PartialEq)]
pub struct FilterProps {
    pub look: WireLook,
}

#[component]
pub fn Filter(props: &FilterProps) -> Html {
    let desk = use_desk();
    let set = {
        let (desk, look) = (desk.clone(), props.look.clone());
        move |filter: &str| desk.act(Act::Wire(WireLook { filter: filter.into(), ..look.clone() }))
    };
    let oninput = {
        let set = set.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                set(&field.value());
            }
        }
    };
    let filled = !props.look.filter.is_empty();
    // The first Esc empties the field, the next is the page's.
    let onkeydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" && filled {
            event.stop_propagation();
            set("");
        }
    };
    let wrong = wire::Filter::read(&props.look.filter).is_err();
    html! {
        <>
            <input type="search" class="pt-field pt-filter" data-filter="" aria-label={say::FILTER} placeholder={say::FILTER_HINT} value={props.look.filter.to_string()}
                list={OFFERS} autocomplete="off" spellcheck="false" aria-invalid={wrong.then_some("true")} aria-describedby={wrong.then_some(WRONG)} {oninput} {onkeydown}/>
            <datalist id={OFFERS}>{ for say::OFFERS.iter().map(|offer| html! { <option value={*offer}/> }) }</datalist>
        </>
    }
}
