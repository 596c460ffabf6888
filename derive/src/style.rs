//! `style!`: style sheets as one text, without what is written for people.

use proc_macro2::TokenStream as Code;
use quote::quote;
use std::path::Path;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, LitStr, Result, Token};

/// Files, from the crate's root.
pub struct Sheets(Punctuated<LitStr, Token![,]>);

impl Parse for Sheets {
    fn parse(input: ParseStream) -> Result<Self> {
        Punctuated::parse_terminated(input).map(Self)
    }
}

pub fn style(sheets: &Sheets) -> Result<Code> {
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let mut text = String::new();
    let mut files = Vec::new();
    for sheet in &sheets.0 {
        let path = Path::new(&root).join(sheet.value());
        let css = std::fs::read_to_string(&path).map_err(|error| Error::new(sheet.span(), format!("{}: {error}", path.display())))?;
        text.push_str(&stripped(&css));
        files.push(path.display().to_string());
    }
    // The compiler looks at a file again only if it is included.
    Ok(quote!({
        #(const _: &[u8] = include_bytes!(#files);)*
        #text
    }))
}

/// Without comments, and with no more white space than has a meaning. Texts in quotes are kept.
fn stripped(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        if rest.starts_with("/*") {
            len = rest.find("*/").map_or(rest.len(), |end| end + 2);
        } else if c == '"' || c == '\'' {
            len = rest[1..].find(c).map_or(rest.len(), |end| end + 2);
            out.push_str(&rest[..len]);
        } else if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
                out.push(' ');
            }
        } else {
            if matches!(c, '{' | '}' | ';' | ',') {
                out.truncate(out.trim_end_matches(' ').len());
            }
            if c == '}' {
                out.truncate(out.trim_end_matches(';').len());
            }
            out.push(c);
        }
        rest = &rest[len..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::stripped;

    #[test]
    fn only_what_has_no_meaning_is_left_out() {
        let css =
            "/* a */\n.a > b,\n.c :is(d) {\n  width: calc(1px + 2px);\n  content: \"a  ; /* b */\";\n}\n@media (x) {\n  .d { e: f }\n}\n";
        assert_eq!(stripped(css), ".a > b,.c :is(d){width: calc(1px + 2px);content: \"a  ; /* b */\"}@media (x){.d{e: f}}");
    }
}
