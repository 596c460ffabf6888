//! Explanations on demand: the key `?` finds Kafka's words in what has the focus, or is under the pointer, or around, and tells of each in
//! a sentence. Nothing on the screen has to be marked for it.

use super::catalogue::explain as say;
use super::catalogue::glossary::{WORDS, Word};
use super::desk::use_desk;
use super::find;
use super::panels::sheet_head;
use super::state::{Act, Sheet};
use crate::view::ErrorCode;
use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

/// How many words are told of at once, unless all are asked for.
const SHOWN_MAX: usize = 10;
/// How much of a part's text is looked through, in bytes.
const TEXT_MAX: usize = 6_000;

/// Kafka's words near an element, by their places in [`WORDS`], and names of errors: those of the element first.
pub fn near(root: &Element, focused: Option<&Element>) -> Vec<&'static str> {
    let hovered = root.query_selector_all(":hover").ok().and_then(|all| all.get(all.length().checked_sub(1)?)?.dyn_into::<Element>().ok());
    let part = |element: &Element| element.closest("dialog, [role=dialog], [role=tabpanel], section, aside, header").ok().flatten();
    let around = focused.and_then(part).or_else(|| hovered.as_ref().and_then(part));
    let mut found = Vec::new();
    for element in focused.into_iter().filter(|e| *e != root).chain(hovered.as_ref()).chain(around.as_ref()) {
        for word in words_in(&text_of(element)) {
            if found.len() < SHOWN_MAX && !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

fn text_of(element: &Element) -> String {
    let mut text = element.get_attribute("aria-label").unwrap_or_default();
    for more in [element.text_content(), element.get_attribute("title")].into_iter().flatten() {
        text.push(' ');
        text.push_str(&more);
    }
    let end = (0..=text.len().min(TEXT_MAX)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    text.truncate(end);
    text
}

/// Kafka's words and names of errors in a text.
fn words_in(text: &str) -> Vec<&'static str> {
    let names = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit()));
    let mut words: Vec<_> = names.filter(|name| name.contains('_')).filter_map(error).map(ErrorCode::name).collect();
    for word in find::words(text, WORDS) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn error(name: &str) -> Option<ErrorCode> {
    ErrorCode::ALL.iter().copied().find(|error| error.name() == name)
}

/// What a word means.
pub fn sentence(word: &str) -> Option<&'static str> {
    let known = WORDS.iter().find(|(name, ..)| *name == word).map(|(.., sentence)| *sentence);
    known.or_else(|| error(word).map(ErrorCode::message))
}

#[derive(Properties, PartialEq)]
pub struct WordsProps {
    /// None in it: all there are.
    pub words: Vec<&'static str>,
}

#[component]
pub fn Words(props: &WordsProps) -> Html {
    let desk = use_desk();
    let open = |sheet: Sheet| {
        let desk = desk.clone();
        move |_: MouseEvent| desk.act(Act::Sheet(Some(sheet.clone())))
    };
    let all = props.words.is_empty();
    let line = |word: &'static str| html! { <><dt>{ word }</dt><dd>{ sentence(word).unwrap_or_default() }</dd></> };
    html! {
        <section class="pt-words" role="dialog" aria-label={say::HERE}>
            { sheet_head(&desk, if all { say::ALL } else { say::HERE }.to_owned()) }
            <dl tabindex="0">
                if all { { for WORDS.iter().map(|(word, ..): &Word| line(word)) } } else { { for props.words.iter().map(|word| line(word)) } }
            </dl>
            <div class="pt-words__foot">
                if !all { <button type="button" class="pt-link" onclick={open(Sheet::Words(Vec::new()))}>{ say::ALL }</button> }
                <button type="button" class="pt-link" onclick={open(Sheet::Marks)}>{ say::MARKS }</button>
                <span class="pt-dim">{ say::HINT }</span>
            </div>
        </section>
    }
}
