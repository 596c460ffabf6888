//! The inspector of a frame: what it is, and its fields.

use super::fields::Fields;
use super::list::spoken_peer;
use super::use_detail;
use crate::playground::Time;
use crate::ui::catalogue::{common, inspector, wire as say};
use crate::ui::chosen::Span;
use crate::ui::desk::use_desk;
use crate::ui::drawer::TabProps;
use crate::ui::geometry::Class;
use crate::ui::icons::{Icon, icon};
use crate::ui::menus::{MenuAct, MenuItem};
use crate::ui::state::Act;
use crate::view::query::{ExchangeDetail, PeerKind};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// A frame in the inspector. Where there is no room for it, the drawer shows all of it.
#[component]
pub fn FrameCard(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let desk = use_desk();
    let detail = use_detail(view, state);
    use_rings(detail.as_ref());
    if state.size.class() != Class::Wide {
        return Html::default();
    }
    let close = move |_: MouseEvent| desk.act(Act::Clear);
    let name = detail.as_ref().map(|detail| title(detail)).unwrap_or_default();
    html! {
        <aside class="pt-inspector" aria-label={inspector::TITLE} data-open="" data-kind="frame">
            <div class="pt-inspector__head">
                <h2>{ inspector::heading(inspector::FRAME) }</h2><span class="pt-mono pt-dim" title={name.clone()}>{ &name }</span>
                <button type="button" class="pt-btn pt-btn--icon" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button>
            </div>
            if let Some(detail) = detail {
                <Fields detail={Arc::clone(&detail)} look={state.wire.clone()}/>
            } else {
                <p class="pt-dim" role="status">{ say::GONE }</p>
            }
        </aside>
    }
}

/// The scene rings what the chosen frame carries.
#[hook]
fn use_rings(detail: Option<&Arc<ExchangeDetail>>) {
    let desk = use_desk();
    let seen = detail.map(|detail| (detail.exchange.id, detail.exchange.response));
    let detail = detail.cloned();
    use_effect_with(seen, move |_| {
        if let Some(detail) = detail {
            desk.act(Act::Rings(Rc::new(spans(&detail))));
        }
    });
}

/// The records of an exchange's frames; those beside each other as one.
fn spans(detail: &ExchangeDetail) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let fields = detail.request.fields.iter().chain(detail.response.iter().flat_map(|response| &response.fields));
    for at in fields.filter_map(|field| field.record.as_ref()) {
        match spans.last_mut() {
            Some(span) if (&span.topic, span.partition, span.to + 1) == (&at.topic, at.partition, at.offset) => span.to = at.offset,
            _ => spans.push(Span { topic: Arc::clone(&at.topic), partition: at.partition, from: at.offset, to: at.offset }),
        }
    }
    spans
}

/// What an exchange is called.
pub fn title(detail: &ExchangeDetail) -> String {
    let exchange = &detail.exchange;
    say::between(&exchange.from.name, &exchange.to.name, &exchange.api, exchange.version)
}

/// What can be done with an exchange. `hex`: its bytes.
pub fn acts(detail: &ExchangeDetail, hex: &str, rewinds: bool) -> Vec<MenuItem> {
    let exchange = &detail.exchange;
    let item = |label: String, act: MenuAct| MenuItem { label, grave: false, act };
    let only = |label: String, filter: String| item(label, MenuAct::Wire(filter));
    let (from, to) = (spoken_peer(&exchange.from), spoken_peer(&exchange.to));
    let mut items = vec![
        only(say::only(&exchange.api), format!("api = {}", exchange.api)),
        only(say::only(&from), format!("party = {}", quoted(&from))),
        only(say::only_between(&from, &to), format!("party = {} and party = {}", quoted(&from), quoted(&to))),
    ];
    if let Some(client) =
        exchange.client_id.as_deref().filter(|client| *client != &*exchange.from.name && exchange.from.kind != PeerKind::Broker)
    {
        items.push(only(say::only(client), format!("client = {}", quoted(client))));
    }
    if let Some(fault) = &exchange.fault {
        items.push(only(say::only(&fault.name), format!("error = {}", fault.name)));
    }
    items.push(only(say::ALL_FRAMES.to_owned(), String::new()));
    if let Some(cause) = exchange.cause {
        items.push(item(say::WHY_SENT.to_owned(), MenuAct::Why(cause)));
    }
    if rewinds {
        items.push(item(say::GO_THERE.to_owned(), MenuAct::Time(Time::Seek { at_us: exchange.at.as_micros() })));
    }
    items.push(item(say::COPY_HEX.to_owned(), MenuAct::Copy(hex.into())));
    items
}

/// A filter's value: in quotation marks where it has spaces.
pub fn quoted(text: &str) -> String {
    if text.contains(|c: char| c.is_whitespace() || "=<>~!".contains(c)) { format!("\"{text}\"") } else { text.to_owned() }
}
