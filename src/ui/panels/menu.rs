//! The one menu that may be open: a list of commands beside the button that opened it.

use crate::ui::acts;
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::geometry::TOUCH;
use crate::ui::menus::{Menu, MenuItem};
use crate::ui::state::Act;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Narrower than this it is a phone's, in px.
const PHONE: f64 = 480.0;
/// How wide a letter is at most, about, in px.
const LETTER: f64 = 6.6;

/// Opens the menu of a thing: what can be done to it now.
pub fn menu_of(desk: &Desk, event: &MouseEvent, title: String, thing: &Chosen) {
    open_menu(desk, event, title, acts::of(&desk.view(), thing));
}

/// Opens a menu under the button that was pressed.
pub fn open_menu(desk: &Desk, event: &MouseEvent, title: String, items: Vec<MenuItem>) {
    let Some(button) = event.target_dyn_into::<Element>().and_then(|e| e.closest("button").ok().flatten()) else { return };
    let Some(root) = button.closest(".pt").ok().flatten() else { return };
    let (at, frame) = (button.get_bounding_client_rect(), root.get_bounding_client_rect());
    // Where fingers press, its items are as high as all that they press: the style sheet has the same rule.
    let fingers =
        frame.width() < PHONE || gloo::utils::window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|it| it.matches());
    let height = items.len() as f64 * if fingers { TOUCH } else { 30.0 } + 12.0;
    let (below, above) = (at.bottom() - frame.top() + 2.0, at.top() - frame.top() - height - 2.0);
    // Below the button, above it, or, where neither has room, as far down as it goes.
    let lowest = frame.height() - height - 4.0;
    let top = if below <= lowest { below } else { [above, lowest, 4.0].into_iter().find(|top| *top >= 4.0).unwrap_or(4.0) };
    let longest = items.iter().map(|item| item.label.chars().count()).max().unwrap_or_default();
    let width = (longest as f64 * LETTER + 34.0).max(200.0);
    let right = (frame.right() - at.right()).max(4.0).min((frame.width() - width - 4.0).max(4.0));
    desk.act(Act::Menu(Some(Menu { title, right, top, items })));
}

#[derive(Properties, PartialEq)]
pub struct MenuProps {
    pub menu: Menu,
}

#[component]
pub fn MenuLayer(props: &MenuProps) -> Html {
    let desk = use_desk();
    let list = use_node_ref();
    {
        let list = list.clone();
        // Focus goes into the menu, and back to where it came from.
        use_effect_with((), move |()| {
            let root = list.cast::<Element>().map(|l| l.get_root_node());
            let before = root.and_then(|r| r.dyn_into::<web_sys::ShadowRoot>().ok()).and_then(|r| r.active_element());
            focus_item(&list, |_| 0);
            move || {
                if let Some(before) = before.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
                    let _ = before.focus();
                }
            }
        });
    }
    let close = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.act(Act::Menu(None)))
    };
    let onkeydown = {
        let (desk, list) = (desk.clone(), list.clone());
        let count = props.menu.items.len();
        move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => focus_item(&list, |at| (at + 1) % count),
                "ArrowUp" => focus_item(&list, |at| (at + count - 1) % count),
                "Home" => focus_item(&list, |_| 0),
                "End" => focus_item(&list, |_| count - 1),
                "Escape" | "Tab" => desk.act(Act::Menu(None)),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let pick = |item: &MenuItem| {
        let (desk, act) = (desk.clone(), item.act.clone());
        move |_: MouseEvent| {
            desk.act(Act::Menu(None));
            desk.run(act.clone());
        }
    };
    let Menu { title, right, top, items } = &props.menu;
    html! {
        <>
            <div class="pt-veil" onclick={close} aria-hidden="true"/>
            <div class="pt-menu" role="menu" aria-label={title.clone()} ref={list} style={format!("right:{right}px;top:{top}px")} {onkeydown}>
                { for items.iter().map(|item| html! {
                    <button type="button" role="menuitem" tabindex="-1" class="pt-menu__item" data-grave={item.grave.then_some("")} onclick={pick(item)}>{ &item.label }</button>
                }) }
            </div>
        </>
    }
}

fn focus_item(list: &NodeRef, to: impl Fn(usize) -> usize) {
    let Some(list) = list.cast::<Element>() else { return };
    let items = list.children();
    let all: Vec<HtmlElement> = (0..items.length()).filter_map(|i| items.item(i)?.dyn_into().ok()).collect();
    let root = list.get_root_node().dyn_into::<web_sys::ShadowRoot>().ok();
    let active = root.and_then(|r| r.active_element());
    let at = active.and_then(|a| all.iter().position(|i| **i == a)).unwrap_or_default();
    if let Some(item) = all.get(to(at)) {
        let _ = item.focus();
    }
}
