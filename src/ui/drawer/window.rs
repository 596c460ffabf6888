//! Long lists of lines of one height: only those that can be seen are there.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Lines beyond the edges that are there as well.
const BEYOND: usize = 4;

/// The part of a list that can be seen.
#[derive(Clone, PartialEq)]
pub struct Window {
    /// What scrolls.
    pub node: NodeRef,
    pub onscroll: Callback<Event>,
    pub first: usize,
    pub shown: usize,
    /// A line's height in px.
    pub row: u32,
}

impl Window {
    /// The style of what holds the lines: as high as all of them, with those that are there in their place.
    pub fn style(&self, len: usize) -> String {
        let (row, first) = (self.row as usize, self.first.min(len));
        format!("height: {}px; padding-top: {}px", len * row, first * row)
    }

    /// Scrolls as little as brings a line into view.
    pub fn show(&self, line: usize) {
        let Some(node) = self.node.cast::<HtmlElement>() else { return };
        let (top, row) = (node.scroll_top(), self.row as i32);
        let at = i32::try_from(line).unwrap_or_default() * row;
        if at < top {
            node.set_scroll_top(at);
        } else if at + row > top + node.client_height() {
            node.set_scroll_top(at + row - node.client_height());
        }
    }
}

/// Follows what is scrolled, and its height.
#[hook]
pub fn use_window(row: u32) -> Window {
    let node = use_node_ref();
    let seen = use_state_eq(|| (0_usize, 24_usize));
    let look = {
        let (seen, node) = (seen.setter(), node.clone());
        move || {
            let Some(node) = node.cast::<Element>() else { return };
            let row = row.max(1) as usize;
            let (top, height) = (node.scroll_top().max(0) as usize, node.client_height().max(0) as usize);
            seen.set(((top / row).saturating_sub(BEYOND), height / row + 1 + 2 * BEYOND));
        }
    };
    {
        // Its height may have changed with anything that was drawn.
        let look = look.clone();
        use_effect(look);
    }
    let (first, shown) = *seen;
    Window { node, onscroll: Callback::from(move |_| look()), first, shown, row }
}

/// A line's height in px where it can be pressed: 44 for fingers.
pub fn row_height(fine: u32) -> u32 {
    let coarse = gloo::utils::window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches());
    if coarse { 44 } else { fine }
}
