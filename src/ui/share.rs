//! What leaves the page and comes in: the clipboard, a file saved, a file read.

use super::catalogue::sharing as say;
use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, FileReader, HtmlAnchorElement, HtmlInputElement, Url};
use yew::Callback;

/// The largest file that is read, in bytes: a session's inputs are text, and a long one has thousands.
const FILE_MAX: f64 = 16.0 * 1024.0 * 1024.0;

/// What is said of a link that was, or could not be, copied; and whether that is a refusal.
pub fn said(copied: bool, size: &str) -> (String, bool) {
    if copied { (say::copied(size), false) } else { (say::NOT_COPIED.to_owned(), true) }
}

/// Puts a text on the clipboard, and says whether that was allowed.
pub fn copy(text: &str, done: Callback<bool>) {
    let window = gloo::utils::window();
    // Not there on pages that were not loaded safely.
    if !js_sys::Reflect::get(&window.navigator(), &"clipboard".into()).is_ok_and(|it| it.is_object()) {
        return done.emit(false);
    }
    let promise = window.navigator().clipboard().write_text(text);
    let refused = done.clone();
    let ok = Closure::once_into_js(move |_: JsValue| done.emit(true));
    let no = Closure::once_into_js(move |_: JsValue| refused.emit(false));
    let then = js_sys::Reflect::get(&promise, &"then".into()).ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok());
    if let Some(then) = then {
        let _ = then.call2(&promise, &ok, &no);
    }
}

/// Hands a text to the browser as a file to be saved.
pub fn download(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let Ok(blob) = Blob::new_with_str_sequence(&parts) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    // The link is in no document: clicking it saves the file and nothing else.
    if let Ok(link) = gloo::utils::document().create_element("a").map(|element| element.unchecked_into::<HtmlAnchorElement>()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&url);
}

/// Reads the file that was chosen.
pub fn read(input: &HtmlInputElement, done: Callback<Result<String, String>>) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    // The same file may be chosen again.
    input.set_value("");
    if file.size() > FILE_MAX {
        return done.emit(Err(say::file_too_large(file.size(), FILE_MAX)));
    }
    let Ok(reader) = FileReader::new() else { return };
    let result = reader.clone();
    EventListener::once(&reader, "loadend", move |_| {
        let text = result.result().ok().and_then(|text| text.as_string());
        done.emit(text.ok_or_else(|| say::UNREADABLE.to_owned()));
    })
    .forget();
    let _ = reader.read_as_text(&file);
}
