//! A frame's bytes: those of the chosen field marked, those of what it lies in washed, neighbours told apart by tone.

use super::WireLook;
use super::fields::{ancestors, frame_of};
use super::frame::acts;
use crate::ui::catalogue::wire as say;
use crate::ui::desk::use_desk;
use crate::ui::drawer::window::use_window;
use crate::ui::icons::{Icon, icon};
use crate::ui::panels::open_menu;
use crate::ui::state::Act;
use crate::view::query::{ExchangeDetail, FieldView, FrameView, LayerView};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Element;
use yew::prelude::*;

/// Bytes in a line.
const ACROSS: usize = 16;
/// A line's height in px.
const LINE: u32 = 17;
/// Of a byte that is no field's.
const NOBODY: u32 = u32::MAX;
/// The class of the chosen field's bytes.
const CHOSEN: &str = "on";

#[derive(Properties, PartialEq)]
pub struct HexProps {
    pub detail: Arc<ExchangeDetail>,
    pub look: WireLook,
    /// The playhead can be moved.
    pub rewinds: bool,
}

#[component]
pub fn Hex(props: &HexProps) -> Html {
    let HexProps { detail, look, rewinds } = props;
    let desk = use_desk();
    let window = use_window(LINE);
    let frame = frame_of(detail, look);
    let number = frame.map_or(0, |frame| frame.number);
    let chosen = look.field_of(number).and_then(|at| frame.and_then(|frame| Some((at, frame.fields.get(at as usize)?))));
    let layer = chosen.map_or(0, |(_, field)| field.layer as usize);
    let owners = use_memo((number, layer), |_| frame.map(|frame| owners(frame, layer)).unwrap_or_default());
    {
        let (window, line) = (window.clone(), chosen.map(|(_, field)| field.start as usize / ACROSS));
        use_effect_with((number, line), move |(_, line)| window.show(line.unwrap_or_default()));
    }
    let onclick = {
        let (desk, look, owners) = (desk.clone(), look.clone(), Rc::clone(&owners));
        move |event: MouseEvent| {
            let byte = event.target_dyn_into::<Element>().and_then(|e| e.get_attribute("data-at")?.parse::<usize>().ok());
            if let Some(field) = byte.and_then(|byte| owners.get(byte)).filter(|owner| **owner != NOBODY) {
                desk.act(Act::Wire(WireLook { field: Some((number, *field)), ..look.clone() }));
            }
        }
    };
    let show = |response: bool, name: &'static str, there: bool| {
        let (desk, look) = (desk.clone(), look.clone());
        let onclick = move |_: MouseEvent| desk.act(Act::Wire(WireLook { response, ..look.clone() }));
        html! { <button type="button" class="pt-btn" aria-pressed={if look_is(props, response) { "true" } else { "false" }} disabled={!there} {onclick}>{ name }</button> }
    };
    let shown = frame.and_then(|frame| frame.layers.get(layer));
    let menu = {
        let (desk, detail, rewinds) = (desk.clone(), Arc::clone(detail), *rewinds);
        let hex = shown.map(|layer| layer.hex.clone()).unwrap_or_default();
        move |event: MouseEvent| open_menu(&desk, &event, super::frame::title(&detail), acts(&detail, &hex, rewinds))
    };
    html! {
        <div class="pt-hex">
            <div class="pt-hex__head">
                <div role="group" aria-label={say::WHICH}>{ show(false, say::REQUEST, true) }{ show(true, say::RESPONSE, detail.response.is_some()) }</div>
                if let Some(codec) = shown.and_then(|layer| layer.codec.as_ref()) { <small>{ say::inflated(codec, shown.map_or(0, |layer| layer.len)) }</small> }
                <button type="button" class="pt-btn pt-btn--icon" aria-haspopup="menu" aria-label={say::MORE_ACTS} onclick={menu}>{ icon(Icon::More) }</button>
            </div>
            <div class="pt-hex__bytes" role="region" tabindex="0" aria-label={say::BYTES} ref={window.node.clone()} onscroll={window.onscroll.clone()} {onclick}>
                { match (frame, shown) {
                    (Some(frame), Some(layer)) => {
                        let lines = layer.hex.len().div_ceil(2 * ACROSS);
                        let marks = Marks { owners: &owners, chosen: chosen.map(|(_, field)| field), parent: chosen.and_then(|(at, _)| parent(frame, at)) };
                        html! {
                            <div class="pt-hex__all" style={window.style(lines)}>
                                { for (window.first..lines.min(window.first + window.shown)).map(|line| marks.line(layer, line)) }
                            </div>
                        }
                    }
                    _ => html! { <p class="pt-dim">{ say::NO_RESPONSE }</p> },
                } }
            </div>
            if let Some(layer) = shown.filter(|layer| layer.hex.len() < layer.len as usize * 2) { <p class="pt-wire__said">{ say::first_bytes(layer.hex.len() / 2, layer.len) }</p> }
        </div>
    }
}

fn look_is(props: &HexProps, response: bool) -> bool {
    props.look.response == response
}

/// The innermost field of each byte of a layer.
fn owners(frame: &FrameView, layer: usize) -> Vec<u32> {
    let mut owners = vec![NOBODY; frame.layers.get(layer).map_or(0, |layer| layer.hex.len() / 2)];
    let fields = frame.fields.iter().enumerate().filter(|(_, field)| field.layer as usize == layer);
    for (at, field) in fields {
        let end = (field.end as usize).min(owners.len());
        if let Some(bytes) = owners.get_mut((field.start as usize).min(end)..end) {
            bytes.fill(at as u32);
        }
    }
    owners
}

fn parent(frame: &FrameView, at: u32) -> Option<&FieldView> {
    let layer = frame.fields.get(at as usize)?.layer;
    let parent = ancestors(&frame.fields, at).into_iter().next()?;
    frame.fields.get(parent as usize).filter(|parent| parent.layer == layer && parent.depth > 0)
}

/// How bytes are marked.
struct Marks<'a> {
    owners: &'a [u32],
    chosen: Option<&'a FieldView>,
    parent: Option<&'a FieldView>,
}

impl Marks<'_> {
    fn line(&self, layer: &LayerView, line: usize) -> Html {
        let from = line * ACROSS;
        let digits = |at: usize| layer.hex.get(at * 2..at * 2 + 2);
        let bytes: Vec<(usize, &str)> = (from..from + ACROSS).map_while(|at| Some((at, digits(at)?))).collect();
        let text: String = bytes.iter().map(|(_, digits)| letter(digits)).collect();
        html! {
            <div key={line}>
                <s>{ format!("{from:03x}") }</s>
                { for bytes.iter().map(|(at, digits)| {
                    let at = *at;
                    match self.class(at) {
                        CHOSEN => html! { <mark class={CHOSEN} data-at={at.to_string()}>{ *digits }</mark> },
                        class => html! { <i {class} data-at={at.to_string()}>{ *digits }</i> },
                    }
                }) }
                <samp>{ text }</samp>
            </div>
        }
    }

    fn class(&self, at: usize) -> &'static str {
        let within = |field: &FieldView| (field.start as usize..field.end as usize).contains(&at);
        let odd = self.owners.get(at).is_some_and(|owner| owner % 2 == 1);
        match (self.chosen.is_some_and(within), self.parent.is_some_and(within), odd) {
            (true, ..) => CHOSEN,
            (_, true, true) => "a near",
            (_, true, false) => "near",
            (_, _, true) => "a",
            (_, _, false) => "",
        }
    }
}

/// A byte as a letter; a dot where it is none.
fn letter(digits: &str) -> char {
    match u8::from_str_radix(digits, 16) {
        Ok(byte @ 0x20..=0x7e) => char::from(byte),
        _ => '·',
    }
}
