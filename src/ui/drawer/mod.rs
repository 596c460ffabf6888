//! The drawer below the stage: one tab at a time, each in a file of its own.
//!
//! On a wide screen it can be folded and its height dragged; in an embed it comes up as a sheet; on the phone it is the pane Trace. A tab
//! that is not shown is not there: it asks for nothing and costs nothing.

mod configs;
mod edge;
mod events;
mod filter;
mod messages;
mod sheets;
mod tab;
mod window;
mod wire;

pub use configs::{Form as ConfigsForm, SettingCard, sentence};
pub use messages::{Form, RecordPage, Standing};
pub use sheets::SheetBar;
pub use tab::Tab;
pub use wire::{FrameCard, WireLook, quoted};

use super::catalogue::{common, drawer as say};
use super::desk::use_desk;
use super::geometry::Class;
use super::icons::{Icon, icon};
use super::state::{Act, State};
use crate::view::View;
use configs::Configs;
use edge::Edge;
use events::Events;
use messages::Messages;
use std::rc::Rc;
use tab::Tabs;
use wire::Wire;
use yew::prelude::*;

/// What every tab gets.
#[derive(Properties, PartialEq)]
pub struct TabProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn Drawer(props: &TabProps) -> Html {
    let TabProps { view, state } = props;
    let desk = use_desk();
    let (folded, tab) = (state.folded, state.tab);
    let fold = {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Fold(!folded))
    };
    let close = move |_: MouseEvent| desk.act(Act::Sheet(None));
    let (view, state) = (Rc::clone(view), Rc::clone(state));
    html! {
        <section class="pt-drawer" aria-label={say::TITLE}>
            <Edge height={state.drawer.unwrap_or_else(|| state.size.drawer())}/>
            <div class="pt-tabs">
                <Tabs {tab} open={!folded}/>
                <span class="pt-grow"/>
                if tab == Tab::Wire && !folded && state.size.class() != Class::Phone { <wire::Filter look={state.wire.clone()}/> }
                <button type="button" class="pt-btn pt-btn--icon pt-folder" aria-label={if folded { say::UNFOLD } else { say::FOLD }}
                    aria-expanded={if folded { "false" } else { "true" }} onclick={fold}>{ icon(Icon::Down) }</button>
                <button type="button" class="pt-btn pt-btn--icon pt-closer" aria-label={common::CLOSE} onclick={close}>{ icon(Icon::Close) }</button>
            </div>
            if !folded {
                <div class="pt-panel" role="tabpanel" id={tab::PANEL} aria-labelledby={tab.id()}>
                    { match tab {
                        Tab::Events => html! { <Events {view} {state}/> },
                        Tab::Wire => html! { <Wire {view} {state}/> },
                        Tab::Messages => html! { <Messages {view} {state}/> },
                        Tab::Configs => html! { <Configs {view} {state}/> },
                    } }
                </div>
            }
        </section>
    }
}
