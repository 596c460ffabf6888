//! A topic's grid: where its elements stand, and how the arrows go from one to the next.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Where an element of the grid stands: its partition, and its offset where it is a record.
pub fn place_of(element: &Element) -> Option<(i32, Option<i64>)> {
    if let Some(open) = element.get_attribute("data-open") {
        return Some((open.parse().ok()?, None));
    }
    let cell = element.get_attribute("data-cell")?;
    let row = element.closest("[data-part]").ok().flatten()?;
    Some((row.get_attribute("data-part")?.parse().ok()?, cell.parse().ok()))
}

/// Arrows move over records and rows; Home and End to a row's ends.
pub fn move_focus(grid: &Element, event: &KeyboardEvent) {
    let Some(at) = event.target_dyn_into::<Element>() else { return };
    let Some(row) = at.closest("[role=row]").ok().flatten() else { return };
    let all = |within: &Element, what: &str| -> Vec<Element> {
        let Ok(list) = within.query_selector_all(what) else { return Vec::new() };
        (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
    };
    let cells = all(&row, "[data-cell]");
    let place = cells.iter().position(|c| *c == at).unwrap_or_default();
    let to = match event.key().as_str() {
        "ArrowRight" => cells.get(place + 1).cloned(),
        "ArrowLeft" => place.checked_sub(1).and_then(|p| cells.get(p)).cloned(),
        // A strip is its row's one cell.
        key @ ("Home" | "End") if cells.len() == 1 => {
            let strips = all(grid, "[data-cell]");
            if key == "Home" { strips.first().cloned() } else { strips.last().cloned() }
        }
        "Home" => cells.first().cloned(),
        "End" => cells.last().cloned(),
        key @ ("ArrowDown" | "ArrowUp") => {
            let rows = all(grid, "[role=row]");
            let at = rows.iter().position(|r| *r == row).unwrap_or_default();
            let next = if key == "ArrowDown" { rows.get(at + 1) } else { at.checked_sub(1).and_then(|p| rows.get(p)) };
            // Records of different partitions have nothing in common but their distance from the head.
            next.and_then(|row| {
                let others = all(row, "[data-cell]");
                let back = cells.len() - 1 - place;
                if place == 0 {
                    others.first().cloned()
                } else {
                    others.get(others.len().saturating_sub(1 + back).max(usize::from(others.len() > 1))).cloned()
                }
            })
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(to) = to.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let _ = to.focus();
    }
}
