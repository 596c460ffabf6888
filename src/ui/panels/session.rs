//! The session itself: its seed, its link, its file.

use super::sheet_head;
use crate::playground::Time;
use crate::ui::catalogue::sharing as say;
use crate::ui::desk::use_desk;
use crate::ui::icons::{Icon, icon};
use crate::ui::share;
use crate::ui::state::State;
use crate::view::View;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a session is saved as.
const FILE: &str = "session.partita.json";

#[derive(Properties, PartialEq)]
pub struct SessionProps {
    pub view: Rc<View>,
    pub state: Rc<State>,
}

#[component]
pub fn SessionSheet(props: &SessionProps) -> Html {
    let SessionProps { view, state } = props;
    let desk = use_desk();
    let seed = use_state(|| view.seed.to_string());
    // What the buttons came to: a sentence, and whether it is a refusal.
    let said = use_state(|| None::<(String, bool)>);
    let link = use_state(|| desk.link());
    let parsed = seed.trim().parse::<u64>();
    let oninput = {
        let seed = seed.clone();
        move |event: InputEvent| seed.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let onsubmit = {
        let (desk, parsed, said) = (desk.clone(), parsed.clone(), said.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Ok(seed) = parsed {
                desk.time(Time::Seed { seed });
                said.set(Some((say::begun(seed), false)));
            }
        }
    };
    let copy = {
        let said = said.clone();
        let link = (*link).clone();
        move |_: MouseEvent| {
            if let Ok(link) = &link {
                let (said, size) = (said.clone(), say::size(link.len()));
                share::copy(link, Callback::from(move |copied| said.set(Some(share::said(copied, &size)))));
            }
        }
    };
    let save = {
        let (desk, said) = (desk.clone(), said.clone());
        move |_: MouseEvent| match desk.save() {
            Ok(text) => {
                share::download(FILE, &text);
                said.set(Some((say::saved(FILE, &say::size(text.len())), false)));
            }
            Err(reason) => said.set(Some((reason, true))),
        }
    };
    let onfile = {
        let (desk, said) = (desk.clone(), said.clone());
        move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let (desk, said) = (desk.clone(), said.clone());
            share::read(
                &input,
                Callback::from(move |text: Result<String, String>| match text.and_then(|text| desk.open_text(&text)) {
                    Ok(()) => said.set(Some((say::OPENED.to_owned(), false))),
                    Err(reason) => said.set(Some((reason, true))),
                }),
            );
        }
    };
    let (address, length) = match &*link {
        Ok(link) => (link.clone(), say::size(link.len())),
        Err(reason) => (reason.clone(), String::new()),
    };
    html! {
        <section class="pt-over pt-session" role="dialog" aria-label={say::TITLE}>
            { sheet_head(&desk, say::TITLE.to_owned()) }
            <p class="pt-lead">{ say::LEAD }</p>
            <form class="pt-row__acts" aria-label={say::SEED_FORM} {onsubmit} novalidate=true>
                <label class="pt-num">{ say::SEED }<input class="pt-field pt-field--mono" inputmode="numeric" size="20" value={(*seed).clone()} {oninput} aria-invalid={if parsed.is_err() { "true" } else { "false" }}/></label>
                <button type="submit" class="pt-btn pt-btn--edge" disabled={parsed.is_err()}>{ say::BEGIN }</button>
            </form>
            if parsed.is_err() { <p class="pt-broken">{ say::not_a_seed() }</p> }
            <h3 class="pt-sub">{ say::LINK }</h3>
            <div class="pt-row__acts">
                <input class="pt-field pt-field--mono pt-address" aria-label={say::LINK_FIELD} readonly=true value={address}/>
                <button type="button" class="pt-btn pt-btn--main" onclick={copy} disabled={link.is_err()}>{ icon(Icon::Share) }{ say::COPY_LINK }</button>
                <span class="pt-dim">{ length }</span>
            </div>
            <h3 class="pt-sub">{ say::FILE }</h3>
            <div class="pt-row__acts">
                <button type="button" class="pt-btn pt-btn--edge" onclick={save}>{ icon(Icon::Save) }{ say::SAVE }</button>
                <label class="pt-num">{ say::OPEN }<input type="file" accept=".json,.partita,application/json" onchange={onfile}/></label>
            </div>
            <div aria-live="polite">
                if let Some((text, refused)) = &*said {
                    if *refused { <p class="pt-broken" role="alert">{ text }</p> } else { <p class="pt-result">{ icon(Icon::Ok) }{ text }</p> }
                }
                if let Some(reason) = &state.time_refused { <p class="pt-broken" role="alert">{ reason }</p> }
            </div>
        </section>
    }
}
