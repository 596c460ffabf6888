//! What chooses a thing: its name or its mark on the screen, as a button.

use super::chosen::Chosen;
use super::desk::use_desk;
use super::state::Act;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PickProps {
    pub thing: Chosen,
    /// It is the one that is chosen.
    pub on: bool,
    /// Its name, where the mark itself does not say it.
    #[prop_or_default]
    pub label: Option<String>,
    #[prop_or_default]
    pub title: Option<String>,
    pub children: Html,
}

#[component]
pub fn Pick(props: &PickProps) -> Html {
    let desk = use_desk();
    let choose = {
        let thing = props.thing.clone();
        move |_: MouseEvent| desk.act(Act::Choose(thing.clone()))
    };
    html! {
        <button type="button" class="pt-plain pt-pick" aria-pressed={if props.on { "true" } else { "false" }} aria-label={props.label.clone()}
            title={props.title.clone()} onclick={choose}>{ props.children.clone() }</button>
    }
}
