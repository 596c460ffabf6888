//! The drawer's upper edge: dragged, or moved by keys, it changes the drawer's height.

use crate::ui::catalogue::drawer as say;
use crate::ui::desk::use_desk;
use crate::ui::state::Act;
use web_sys::Element;
use yew::prelude::*;

/// In px. The style sheet holds it to what the element has room for.
const LEAST: u32 = 120;
const MOST: u32 = 1_200;
/// Of the element's height, the most that the drawer takes: in hundredths.
const SHARE: f64 = 0.65;
/// What a key moves it by, in px.
const STEP: u32 = 24;

#[derive(Properties, PartialEq)]
pub struct EdgeProps {
    pub height: u32,
}

#[component]
pub fn Edge(props: &EdgeProps) -> Html {
    let desk = use_desk();
    let height = props.height;
    let set = {
        let desk = desk.clone();
        move |height: u32, edge: Option<Element>| {
            let room = edge.and_then(|e| e.closest(".pt-frame").ok().flatten()).map(|frame| f64::from(frame.client_height()) * SHARE);
            let most = room.map_or(MOST, |room| room as u32).max(LEAST);
            desk.act(Act::Drawer(Some(height.clamp(LEAST, most))));
        }
    };
    let onpointerdown = |event: PointerEvent| {
        if let Some(edge) = event.target_dyn_into::<Element>() {
            event.prevent_default();
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let onpointermove = {
        let set = set.clone();
        move |event: PointerEvent| {
            let Some(edge) = event.target_dyn_into::<Element>().filter(|e| e.has_pointer_capture(event.pointer_id())) else { return };
            if let Some(drawer) = edge.closest(".pt-drawer").ok().flatten() {
                let height = drawer.get_bounding_client_rect().bottom() - f64::from(event.client_y());
                set(height.max(0.0) as u32, Some(edge));
            }
        }
    };
    let onkeydown = {
        let set = set.clone();
        move |event: KeyboardEvent| {
            let height = match event.key().as_str() {
                "ArrowUp" => height + STEP,
                "ArrowDown" => height.saturating_sub(STEP),
                "PageUp" => height + 4 * STEP,
                "PageDown" => height.saturating_sub(4 * STEP),
                "Home" => LEAST,
                "End" => MOST,
                _ => return,
            };
            event.prevent_default();
            set(height, event.target_dyn_into::<Element>());
        }
    };
    let ondblclick = move |_: MouseEvent| desk.act(Act::Drawer(None));
    html! {
        <div class="pt-handle" role="separator" aria-orientation="horizontal" tabindex="0" aria-label={say::HEIGHT} aria-valuenow={height.to_string()}
            aria-valuemin={LEAST.to_string()} aria-valuemax={MOST.to_string()} aria-valuetext={say::height(height)}
            {onpointerdown} {onpointermove} {onkeydown} {ondblclick}/>
    }
}
