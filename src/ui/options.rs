//! What a long list offers: it is drawn anew where its names or what is chosen change, and not with all that is around it.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct OptionsProps {
    pub names: Vec<String>,
    /// Its place among the names.
    pub chosen: Option<usize>,
}

/// Within a `select`: an option each name, and its value is the name.
#[component]
pub fn Options(props: &OptionsProps) -> Html {
    let option =
        |(at, name): (usize, &String)| html! { <option value={name.clone()} selected={props.chosen == Some(at)}>{ name }</option> };
    html! { <>{ for props.names.iter().enumerate().map(option) }</> }
}
