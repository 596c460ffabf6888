//! The tab Wire: all exchanges between all parties, and the bytes of the chosen one.
//!
//! On a wide screen the list and the bytes stand side by side, and the fields in the inspector; where there is less room, the chosen
//! exchange takes the list's place, with its fields and bytes.

mod fields;
mod filter;
mod frame;
mod hex;
mod lines;
mod list;
mod look;

pub use filter::Filter;
pub use frame::{FrameCard, quoted};
pub use look::WireLook;

use super::TabProps;
use crate::ui::ask::use_answer;
use crate::ui::catalogue::wire as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::use_desk;
use crate::ui::geometry::Class;
use crate::ui::icons::{Icon, icon};
use crate::ui::state::{Act, State};
use crate::view::query::ExchangeDetail;
use crate::view::{Answer, Query, View};
use fields::Fields;
use hex::Hex;
use lines::use_lines;
use list::List;
use std::sync::Arc;
use yew::prelude::*;

#[component]
pub fn Wire(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let desk = use_desk();
    let hold = use_state_eq(|| false);
    let lines = use_lines(view, &state.wire.filter, *hold);
    let detail = use_detail(view, state);
    let class = state.size.class();
    let hold = Callback::from(move |on| hold.set(on));
    if class != Class::Wide
        && let Some(detail) = &detail
    {
        let back = move |_: MouseEvent| desk.act(Act::Clear);
        return html! {
            <div class="pt-pane pt-pane--frame">
                <div class="pt-frame-head">
                    <button type="button" class="pt-btn pt-btn--icon" aria-label={say::BACK} onclick={back}>{ icon(Icon::Left) }</button>
                    <p class="pt-mono">{ frame::title(detail) }</p>
                </div>
                <Fields detail={Arc::clone(detail)} look={state.wire.clone()}/>
                <Hex detail={Arc::clone(detail)} look={state.wire.clone()} rewinds={view.timeline.is_some()}/>
            </div>
        };
    }
    html! {
        <div class="pt-pane pt-pane--wire">
            <div class="pt-wire">
                if class == Class::Phone { <Filter look={state.wire.clone()}/> }
                if let Some(wrong) = &lines.wrong { <p class="pt-broken" role="alert" id={filter::WRONG}>{ wrong }</p> }
                <List {lines} chosen={detail.as_ref().map(|detail| detail.exchange.id)} {class} filtered={!state.wire.filter.trim().is_empty()}
                    frames={view.frames} {hold}/>
            </div>
            if class == Class::Wide {
                if let Some(detail) = detail {
                    <Hex {detail} look={state.wire.clone()} rewinds={view.timeline.is_some()}/>
                } else {
                    <div class="pt-hex"><p class="pt-dim">{ say::CHOOSE }</p></div>
                }
            }
        </div>
    }
}

/// The chosen exchange, looked into: asked once, and again as long as it is not over.
#[hook]
fn use_detail(view: &View, state: &State) -> Option<Arc<ExchangeDetail>> {
    let frame = match state.chosen {
        Some(Chosen::Frame(number)) => Some(number),
        _ => None,
    };
    // What was sent at a moment may be another frame in another course of events.
    let course = view.timeline.as_ref().map_or(0, |line| line.jumps);
    let open = use_mut_ref(|| true);
    let fresh = if *open.borrow() { view.frames.map_or(0, |frames| frames.last) } else { 0 };
    let answer = use_answer(frame.map(|frame| Query::Exchange { frame }), fresh.wrapping_add(course << 40));
    let detail = match answer.as_deref() {
        Some(Answer::Exchange(detail)) if frame.is_some_and(|f| f == detail.exchange.id || Some(f) == detail.exchange.response) => {
            Some(Arc::clone(detail))
        }
        _ => None,
    };
    *open.borrow_mut() = detail.as_ref().is_none_or(|detail| detail.exchange.state.is_open());
    detail
}
