//! The palette: any thing and any action, found by a few letters of its name.

mod entries;

use super::catalogue::palette as say;
use super::desk::use_desk;
use super::menus::MenuAct;
use super::state::{Act, Sheet};
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

const LIST: &str = "palette-list";

#[component]
pub fn Palette() -> Html {
    let desk = use_desk();
    let all = use_memo((), |()| entries::all(&desk.view()));
    let typed = use_state(String::new);
    let at = use_state(|| 0_usize);
    let found = use_memo((*typed).clone(), |typed| entries::found(&all, typed, &desk.view()));
    let list = use_node_ref();
    {
        let list = list.clone();
        // The one that Enter takes is in sight.
        use_effect_with((*at, (*typed).clone()), move |_| {
            let on = list.cast::<Element>().and_then(|list| list.query_selector("[aria-selected=true]").ok().flatten());
            if let Some(on) = on {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                on.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let take = {
        let desk = desk.clone();
        move |act: MenuAct| {
            desk.act(Act::Sheet(None));
            desk.run(act);
        }
    };
    let oninput = {
        let (typed, at) = (typed.clone(), at.clone());
        move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            at.set(0);
        }
    };
    let onkeydown = {
        let (at, found, take) = (at.clone(), found.clone(), take.clone());
        // A handle of state tells the newest there is; what was found is of this one.
        let (all, of, desk) = (all.clone(), (*typed).clone(), desk.clone());
        move |event: KeyboardEvent| {
            let last = found.len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => at.set(if *at >= last { 0 } else { *at + 1 }),
                "ArrowUp" => at.set(at.checked_sub(1).unwrap_or(last)),
                "PageDown" => at.set((*at + 8).min(last)),
                "PageUp" => at.set(at.saturating_sub(8)),
                "Enter" => {
                    // Who is quick means what is written by now, which may not have been looked for yet.
                    let written = event.target_unchecked_into::<HtmlInputElement>().value();
                    let newer = (written != of).then(|| entries::found(&all, &written, &desk.view()));
                    let entry = newer.as_ref().map_or_else(|| found.get(*at), |newer| newer.first());
                    if let Some(entry) = entry {
                        take(entry.act.clone());
                    }
                }
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let onclick = {
        let found = found.clone();
        move |event: MouseEvent| {
            let option = event.target_dyn_into::<Element>().and_then(|e| e.closest("[data-at]").ok().flatten());
            let at = option.and_then(|option| option.get_attribute("data-at")).and_then(|at| at.parse::<usize>().ok());
            if let Some(entry) = at.and_then(|at| found.get(at)) {
                take(entry.act.clone());
            }
        }
    };
    let close = move |_: MouseEvent| desk.act(Act::Sheet(None));
    let id = |at: usize| format!("palette-{at}");
    html! {
        <>
            <div class="pt-veil" onclick={close} aria-hidden="true"/>
            <section class="pt-palette" role="dialog" aria-modal="true" aria-label={say::TITLE}>
                <input class="pt-field" type="text" role="combobox" aria-label={say::FIELD} placeholder={say::FIELD} aria-expanded="true" aria-autocomplete="list"
                    aria-controls={LIST} aria-activedescendant={found.get(*at).map(|_| id(*at))} autocomplete="off" spellcheck="false"
                    data-focus-here="" value={(*typed).clone()} {oninput} {onkeydown}/>
                <ul id={LIST} role="listbox" aria-label={say::FOUND} ref={list} {onclick}>
                    { for found.iter().enumerate().map(|(i, entry)| html! {
                        <li key={i} id={id(i)} role="option" data-at={i.to_string()} aria-selected={if i == *at { "true" } else { "false" }} data-grave={entry.grave.then_some("")}>
                            <span>{ &entry.label }</span><small>{ entry.kind }</small>
                            if !entry.key.is_empty() { <kbd>{ entry.key }</kbd> }
                        </li>
                    }) }
                </ul>
                if found.is_empty() { <p class="pt-dim" role="status">{ say::NOTHING }</p> }
            </section>
        </>
    }
}

/// Opens it, or closes it.
pub fn toggled(open: Option<&Sheet>) -> Act {
    Act::Sheet((open != Some(&Sheet::Palette)).then_some(Sheet::Palette))
}
