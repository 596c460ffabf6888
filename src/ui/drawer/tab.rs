//! The drawer's tabs: a tab list with one stop; arrows move along it and show what they come to.

use crate::ui::catalogue::drawer as say;
use crate::ui::desk::use_desk;
use crate::ui::state::Act;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// What the drawer can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Events,
    Wire,
    Messages,
    Configs,
}

/// The id of what a tab shows.
pub const PANEL: &str = "drawer-panel";

impl Tab {
    pub const ALL: [Self; 4] = [Self::Events, Self::Wire, Self::Messages, Self::Configs];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => say::EVENTS,
            Self::Wire => say::WIRE,
            Self::Messages => say::MESSAGES,
            Self::Configs => say::CONFIGS,
        }
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Events => "drawer-events",
            Self::Wire => "drawer-wire",
            Self::Messages => "drawer-messages",
            Self::Configs => "drawer-configs",
        }
    }

    /// So many tabs further, round and round.
    fn moved(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        Self::ALL.into_iter().cycle().nth(at + by).unwrap_or(self)
    }
}

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    pub tab: Tab,
    /// What the tab shows is there: the drawer is not folded.
    pub open: bool,
}

#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let desk = use_desk();
    let TabsProps { tab: current, open } = *props;
    let onkeydown = {
        let desk = desk.clone();
        move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => current.moved(1),
                "ArrowLeft" => current.moved(Tab::ALL.len() - 1),
                "Home" => Tab::Events,
                "End" => Tab::Configs,
                _ => return,
            };
            event.prevent_default();
            desk.act(Act::Tab(next));
            let list = event.target_dyn_into::<Element>().and_then(|e| e.closest("[role=tablist]").ok().flatten());
            let button = list.and_then(|list| list.query_selector(&format!("#{}", next.id())).ok().flatten());
            if let Some(button) = button.and_then(|b| b.dyn_into::<HtmlElement>().ok()) {
                let _ = button.focus();
            }
        }
    };
    let tab = |tab: Tab| {
        let desk = desk.clone();
        let on = tab == current;
        html! {
            <button type="button" role="tab" class="pt-tab" id={tab.id()} aria-selected={if on { "true" } else { "false" }} aria-controls={(on && open).then_some(PANEL)}
                tabindex={if on { "0" } else { "-1" }} onclick={move |_: MouseEvent| desk.act(Act::Tab(tab))}>{ tab.name() }</button>
        }
    };
    html! { <div role="tablist" aria-label={say::TABS} {onkeydown}>{ for Tab::ALL.map(tab) }</div> }
}
