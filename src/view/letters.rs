//! Small letters, for texts that are looked for in either case.

/// `text` in small letters, in whatever script.
#[cfg(not(target_arch = "wasm32"))]
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// `text` in small letters, in whatever script. The browser has Unicode's tables: the module need not bring its own.
#[cfg(target_arch = "wasm32")]
pub fn lower(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { js_sys::JsString::from(text).to_lower_case().into() }
}
