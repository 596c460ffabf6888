//! A field whose text counts once it is left, or at Enter: until then what was typed stays, however often the page is drawn meanwhile.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TypedProps {
    pub value: String,
    /// Its name, where no label is around it.
    #[prop_or_default]
    pub label: Option<String>,
    #[prop_or_default]
    pub title: Option<&'static str>,
    #[prop_or_default]
    pub class: &'static str,
    /// Which keys fingers are offered.
    #[prop_or("text")]
    pub mode: &'static str,
    #[prop_or_default]
    pub length_max: Option<&'static str>,
    /// What was typed, once it counts.
    pub typed: Callback<String>,
}

#[component]
pub fn Typed(props: &TypedProps) -> Html {
    let draft = use_state(|| None::<String>);
    let oninput = {
        let draft = draft.clone();
        move |event: InputEvent| draft.set(Some(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let onchange = {
        let (draft, typed) = (draft.clone(), props.typed.clone());
        move |event: Event| {
            draft.set(None);
            typed.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    };
    let onblur = {
        let draft = draft.clone();
        move |_: FocusEvent| draft.set(None)
    };
    let value = (*draft).clone().unwrap_or_else(|| props.value.clone());
    html! {
        <input class={props.class} inputmode={props.mode} {value} aria-label={props.label.clone()} title={props.title} maxlength={props.length_max} autocomplete="off" {oninput} {onchange} {onblur}/>
    }
}
