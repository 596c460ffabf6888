//! A frame's fields as a tree: by mouse, by arrows, and with the bytes of the chosen one marked beside.

use super::WireLook;
use crate::ui::catalogue::wire as say;
use crate::ui::chosen::Chosen;
use crate::ui::desk::{Desk, use_desk};
use crate::ui::drawer::window::{row_height, use_window};
use crate::ui::filled::filled;
use crate::ui::state::Act;
use crate::view::query::{ExchangeDetail, FieldView, FrameView};
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Element;
use yew::prelude::*;

/// With so many fields at most, all are open at first.
const OPEN_MAX: usize = 160;

#[derive(Properties, PartialEq)]
pub struct FieldsProps {
    pub detail: Arc<ExchangeDetail>,
    pub look: WireLook,
}

/// The frame that is looked at, of the two.
pub fn frame_of<'d>(detail: &'d ExchangeDetail, look: &WireLook) -> Option<&'d FrameView> {
    if look.response { detail.response.as_ref() } else { Some(&detail.request) }
}

/// Those that were opened or shut by hand, of one frame.
#[derive(Clone, Default, PartialEq)]
struct Turned {
    frame: u64,
    fields: Rc<Vec<u32>>,
}

#[component]
pub fn Fields(props: &FieldsProps) -> Html {
    let FieldsProps { detail, look } = props;
    let desk = use_desk();
    let window = use_window(row_height(24));
    let turned = use_state_eq(Turned::default);
    let frame = frame_of(detail, look);
    let number = frame.map_or(0, |frame| frame.number);
    let chosen = look.field_of(number);
    let fields: &[FieldView] = frame.map(|frame| &*frame.fields).unwrap_or_default();
    let hand = if turned.frame == number { Rc::clone(&turned.fields) } else { Rc::default() };
    let rows = Rc::new(rows(fields, &hand));
    let at = chosen.and_then(|field| rows.iter().position(|row| row.field == field));
    {
        // What was chosen by its bytes may lie in what is shut: that opens.
        let hidden = chosen.filter(|_| at.is_none());
        let shut =
            |at: &u32| rows.iter().any(|row| row.field == *at && row.open == Some(false)) || !rows.iter().any(|row| row.field == *at);
        let opens: Vec<u32> = hidden.map(|field| ancestors(fields, field).into_iter().filter(shut).collect()).unwrap_or_default();
        let (turned, hand, all) = (turned.clone(), Rc::clone(&hand), detail.clone());
        let look = look.clone();
        use_effect_with((number, hidden), move |(number, hidden)| {
            let fields = frame_of(&all, &look).map(|frame| &*frame.fields).unwrap_or_default();
            if hidden.is_some() {
                let mut turned_now = (*hand).clone();
                for at in opens {
                    let open = fields.get(at as usize).is_some_and(|field| is_open(fields, field)) != turned_now.contains(&at);
                    match turned_now.iter().position(|turned| *turned == at) {
                        _ if open => {}
                        Some(place) => drop(turned_now.swap_remove(place)),
                        None => turned_now.push(at),
                    }
                }
                turned.set(Turned { frame: *number, fields: Rc::new(turned_now) });
            }
        });
    }
    {
        let window = window.clone();
        use_effect_with((number, at), move |(_, at)| window.show(at.unwrap_or_default()));
    }
    let choose = {
        let (desk, look) = (desk.clone(), look.clone());
        move |field: u32| desk.act(Act::Wire(WireLook { field: Some((number, field)), ..look.clone() }))
    };
    let turn = {
        let (turned, hand) = (turned.clone(), Rc::clone(&hand));
        move |field: u32| {
            let mut fields = (*hand).clone();
            match fields.iter().position(|turned| *turned == field) {
                Some(at) => drop(fields.swap_remove(at)),
                None => fields.push(field),
            }
            turned.set(Turned { frame: number, fields: Rc::new(fields) });
        }
    };
    let onclick = {
        let (choose, turn, rows) = (choose.clone(), turn.clone(), Rc::clone(&rows));
        move |event: MouseEvent| {
            let row = event.target_dyn_into::<Element>().and_then(|e| e.closest("[data-field-at]").ok().flatten());
            let Some(row) = row.and_then(|row| row.get_attribute("data-field-at")?.parse().ok()).and_then(|at: usize| rows.get(at)) else {
                return;
            };
            // What is chosen already opens and shuts.
            if row.open.is_some() && chosen == Some(row.field) {
                turn(row.field);
            }
            choose(row.field);
        }
    };
    let onkeydown = {
        let rows = Rc::clone(&rows);
        move |event: KeyboardEvent| {
            let row = at.and_then(|at| rows.get(at).copied());
            let go = |to: Option<usize>| to.and_then(|to| rows.get(to)).into_iter().for_each(|row| choose(row.field));
            match (event.key().as_str(), at, row) {
                ("ArrowDown" | "ArrowUp", None, _) => go(Some(0)),
                ("ArrowDown", Some(at), _) => go(Some(at + 1)),
                ("ArrowUp", Some(at), _) => go(at.checked_sub(1)),
                ("Home", ..) => go(Some(0)),
                ("End", ..) => go(rows.len().checked_sub(1)),
                ("ArrowRight", Some(_), Some(Row { open: Some(false), field, .. })) => turn(field),
                ("ArrowRight", Some(at), Some(Row { open: Some(true), .. })) => go(Some(at + 1)),
                ("ArrowLeft", Some(_), Some(Row { open: Some(true), field, .. })) => turn(field),
                ("ArrowLeft", Some(at), Some(row)) => go(rows.get(..at).and_then(|above| above.iter().rposition(|r| r.depth < row.depth))),
                ("Enter", Some(_), Some(Row { open: Some(_), field, .. })) => turn(field),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let Some(frame) = frame else { return html! { <p class="pt-dim">{ say::NO_RESPONSE }</p> } };
    let shown = rows.iter().enumerate().skip(window.first).take(window.shown);
    let active = at.filter(|at| (window.first..window.first + window.shown).contains(at)).map(row_id);
    html! {
        <div class="pt-fields">
            <div class="pt-tree" role="tree" tabindex="0" aria-label={say::FIELDS} aria-activedescendant={active} ref={window.node.clone()} onscroll={window.onscroll.clone()} {onclick} {onkeydown}>
                <div role="presentation" class="pt-tree__all" style={window.style(rows.len())}>
                    { for shown.filter_map(|(at, row)| fields.get(row.field as usize).map(|field| line(field, row, at, chosen == Some(row.field)))) }
                </div>
            </div>
            { note(&desk, frame, chosen) }
        </div>
    }
}

/// What is said below the tree: of the chosen field, its type, its bytes and what it stands for; what is wrong with the frame.
fn note(desk: &Desk, frame: &FrameView, chosen: Option<u32>) -> Html {
    let around = chosen.into_iter().chain(chosen.map(|at| ancestors(&frame.fields, at)).unwrap_or_default());
    let record = around.filter_map(|at| frame.fields.get(at as usize)).find_map(|field| field.record.as_ref());
    let lead = record.map(|at| {
        let chosen = Chosen::Record { topic: Arc::clone(&at.topic), partition: at.partition, offset: at.offset };
        let desk = desk.clone();
        let go = move |_: MouseEvent| desk.act(Act::Look(chosen.clone()));
        html! { <>{ " " }{ filled(say::ON_TAPE, &[html! { <button type="button" class="pt-link" onclick={go}>{ say::record_at(&at.topic, at.partition, at.offset) }</button> }]) }</> }
    });
    let field = chosen.and_then(|field| frame.fields.get(field as usize));
    html! {
        <p class="pt-fieldnote">
            if let Some(field) = field {
                { say::at_bytes(&field.kind, field.start, field.end) }
                if let Some(meaning) = &field.meaning { { " · " }<b>{ meaning }</b> }
                if let Some(fault) = &field.fault { { " · " }<em>{ fault }</em> }
                { lead }
            } else if let Some(error) = &frame.error {
                <em>{ say::unreadable(error) }</em>
            } else if frame.more {
                { say::MORE_FIELDS }
            }
        </p>
    }
}

/// A field that can be seen.
#[derive(Clone, Copy, PartialEq)]
struct Row {
    field: u32,
    depth: u32,
    /// Of one with fields of its own: whether they are shown.
    open: Option<bool>,
}

/// The fields that can be seen: all but those in what is shut.
fn rows(fields: &[FieldView], turned: &[u32]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some(field) = fields.get(at) {
        let inside = fields.get(at + 1).is_some_and(|next| next.depth > field.depth);
        let open = inside.then(|| is_open(fields, field) != turned.contains(&(at as u32)));
        rows.push(Row { field: at as u32, depth: field.depth, open });
        at += 1;
        if open == Some(false) {
            at += fields.get(at..).unwrap_or_default().iter().take_while(|next| next.depth > field.depth).count();
        }
    }
    rows
}

/// Whether a field is open at first: headers are not, and where there are many fields only the outer ones are.
fn is_open(fields: &[FieldView], field: &FieldView) -> bool {
    !(field.depth == 0 && field.name.ends_with("Header")) && (fields.len() <= OPEN_MAX || field.depth < 4)
}

/// What a field lies in, innermost first.
pub fn ancestors(fields: &[FieldView], of: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut depth = fields.get(of as usize).map_or(0, |field| field.depth);
    for (at, field) in fields.iter().enumerate().take(of as usize).rev() {
        if field.depth < depth {
            depth = field.depth;
            found.push(at as u32);
        }
    }
    found
}

fn row_id(at: usize) -> String {
    format!("field-{at}")
}

fn line(field: &FieldView, row: &Row, at: usize, on: bool) -> Html {
    let value = if field.value.is_empty() { say::size(field.end - field.start) } else { field.value.clone() };
    let wrong = field.fault.is_some() || field.name == "ErrorCode" && field.value != "0";
    html! {
        <div class="pt-tree__row" role="treeitem" key={row.field} id={row_id(at)} data-field-at={at.to_string()} aria-level={(row.depth + 1).to_string()}
            aria-expanded={row.open.map(|open| if open { "true" } else { "false" })} aria-selected={if on { "true" } else { "false" }}
            data-tone={wrong.then_some("fault")} style={format!("--in: {}", row.depth)}>
            <span class="pt-tree__name">{ match row.open { Some(true) => "▾ ", Some(false) => "▸ ", None => "" } }{ &*field.name }</span>
            <span class="pt-tree__value">
                { value }{ " " }
                if let Some(meaning) = &field.meaning { <small>{ meaning }</small> }
            </span>
        </div>
    }
}
