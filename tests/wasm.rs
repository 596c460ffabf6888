//! What only a browser can show: the element in a page, and the engine in wasm doing what it does natively.
#![cfg(target_arch = "wasm32")]

// The same tests, and the same recorded hashes, as natively. They also say that all of this runs in a browser.
#[path = "determinism.rs"]
mod determinism;

use js_sys::Promise;
use partita::embed;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, ShadowRoot};

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a browser has a document")
}

async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |done, _| {
        let window = web_sys::window().expect("a browser has a window");
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms).expect("a timeout can be set");
    });
    JsFuture::from(promise).await.expect("a timeout comes");
}

/// Puts an element into the page.
fn add(seed: &str) -> Element {
    embed::define();
    let element = document().create_element(embed::NAME).expect("an element");
    element.set_attribute("seed", seed).expect("an attribute");
    document().body().expect("a body").append_child(&element).expect("it can be put there");
    element
}

fn shadow(element: &Element) -> ShadowRoot {
    element.shadow_root().expect("it has a shadow root")
}

fn text(element: &Element, selector: &str) -> Option<String> {
    shadow(element).query_selector(selector).ok().flatten().and_then(|found| found.text_content())
}

/// Until the cluster is on the screen.
async fn ready(element: &Element) {
    for _ in 0..400 {
        if shadow(element).query_selector(".pt[data-ready] .pt-topic").ok().flatten().is_some() {
            return;
        }
        sleep(50).await;
    }
    panic!("no cluster on the screen within 20 s");
}

#[wasm_bindgen_test]
async fn the_element_shows_a_live_cluster() {
    let element = add("42");
    ready(&element).await;
    assert_eq!(text(&element, ".pt-topic h3").as_deref(), Some("orders"));
    assert_eq!(text(&element, ".pt-group h3").as_deref(), Some("billing"));
    element.remove();
}

#[wasm_bindgen_test]
async fn two_elements_have_a_cluster_each() {
    let (one, other) = (add("1"), add("2"));
    ready(&one).await;
    ready(&other).await;
    assert_eq!(text(&one, ".pt-seed").as_deref(), Some("1"));
    assert_eq!(text(&other, ".pt-seed").as_deref(), Some("2"));
    one.remove();
    sleep(100).await;
    let before = text(&other, ".pt-clock");
    sleep(300).await;
    assert_ne!(text(&other, ".pt-clock"), before, "the other one lives on");
    other.remove();
}

#[wasm_bindgen_test]
async fn an_element_that_is_removed_leaves_nothing_and_may_come_back() {
    let element = add("3");
    ready(&element).await;
    element.remove();
    sleep(100).await;
    assert_eq!(shadow(&element).child_element_count(), 0);
    document().body().expect("a body").append_child(&element).expect("it can be put back");
    ready(&element).await;
    element.remove();
}

#[wasm_bindgen_test]
async fn an_element_that_is_moved_keeps_its_cluster() {
    let element = add("4");
    ready(&element).await;
    shadow(&element).query_selector(".pt-frame").ok().flatten().expect("a frame").set_attribute("data-seen", "").expect("an attribute");
    let place = document().create_element("section").expect("an element");
    document().body().expect("a body").append_child(&place).expect("it can be put there");
    place.append_child(&element).expect("it can be moved");
    sleep(200).await;
    assert!(shadow(&element).query_selector(".pt-frame[data-seen]").ok().flatten().is_some(), "it is the same as before");
    place.remove();
}

#[wasm_bindgen_test]
async fn nothing_outside_is_touched() {
    let page = document().document_element().expect("a root");
    let head = || document().head().map(|head| head.inner_html());
    let (attributes, before) = (page.attributes().length(), head());
    let element = add("5");
    ready(&element).await;
    assert_eq!((page.attributes().length(), head()), (attributes, before));
    assert_eq!(element.inner_html(), "");
    assert_eq!(element.unchecked_ref::<web_sys::HtmlElement>().attributes().length(), 1);
    element.remove();
}
