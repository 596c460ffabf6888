//! Where real clients connect: said wherever a served cluster is met, and copied by a press.

use crate::ui::catalogue::{transport as say, wire};
use crate::ui::filled::filled;
use crate::ui::share;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BootstrapProps {
    /// The brokers' addresses; none: no client outside of the page can reach them.
    pub addresses: AttrValue,
}

#[component]
pub fn Bootstrap(props: &BootstrapProps) -> Html {
    let copied = use_state(|| None::<bool>);
    let BootstrapProps { addresses } = props;
    if addresses.is_empty() {
        return Html::default();
    }
    let copy = {
        let (addresses, copied) = (addresses.clone(), copied.clone());
        move |_: MouseEvent| {
            let copied = copied.clone();
            share::copy(&addresses, Callback::from(move |done| copied.set(Some(done))));
        }
    };
    html! {
        <p class="pt-connect" title={addresses.clone()}>
            <span>{ filled(say::CLIENTS_CONNECT, &[html! { <code class="pt-mono">{ addresses }</code> }]) }</span>
            <button type="button" class="pt-link" aria-label={say::COPY_ADDRESSES} onclick={copy}>{ say::COPY }</button>
            <span role="status">{ match *copied {
                None => "",
                Some(true) => wire::COPIED,
                Some(false) => wire::NOT_COPIED,
            } }</span>
        </p>
    }
}
