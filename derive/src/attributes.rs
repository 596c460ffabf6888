//! Those of serde's attributes that are used here, and its rules for names.

use syn::{Attribute, LitStr, Path, Result};

#[derive(Default)]
pub struct Attributes {
    pub rename: Option<String>,
    pub alias: Vec<String>,
    pub rename_all: Option<String>,
    pub rename_all_fields: Option<String>,
    pub tag: Option<String>,
    pub content: Option<String>,
    pub default: bool,
    pub default_by: Option<Path>,
    pub read_with: Option<Path>,
    pub deny_unknown_fields: bool,
}

impl Attributes {
    pub fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let text = || meta.value()?.parse::<LitStr>();
                match &*name {
                    "rename" => found.rename = Some(text()?.value()),
                    "alias" => found.alias.push(text()?.value()),
                    "rename_all" => found.rename_all = Some(text()?.value()),
                    "rename_all_fields" => found.rename_all_fields = Some(text()?.value()),
                    "tag" => found.tag = Some(text()?.value()),
                    "content" => found.content = Some(text()?.value()),
                    "default" if meta.input.peek(syn::Token![=]) => found.default_by = Some(text()?.parse()?),
                    "default" => found.default = true,
                    "deserialize_with" => found.read_with = Some(text()?.parse()?),
                    "deny_unknown_fields" => found.deny_unknown_fields = true,
                    // These are for writing alone, or what is done anyway.
                    "skip_serializing_if" | "serialize_with" => drop(text()?),
                    "transparent" => {}
                    _ => return Err(meta.error("FromJson does not know this attribute")),
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// A field's name, written as a rule says.
pub fn field_name(name: &str, rule: Option<&str>) -> String {
    let name = name.trim_start_matches("r#");
    match rule {
        Some("camelCase") => {
            let mut upper = false;
            let spelt = name.chars().filter_map(|c| match c {
                '_' => {
                    upper = true;
                    None
                }
                c if std::mem::take(&mut upper) => Some(c.to_ascii_uppercase()),
                c => Some(c),
            });
            spelt.collect()
        }
        Some("kebab-case") => name.replace('_', "-"),
        _ => name.to_owned(),
    }
}

/// A variant's name, written as a rule says.
pub fn variant_name(name: &str, rule: Option<&str>) -> String {
    match rule {
        Some("camelCase") => name[..1].to_ascii_lowercase() + &name[1..],
        Some("lowercase") => name.to_ascii_lowercase(),
        Some("kebab-case") => {
            let spelt = name.char_indices().flat_map(|(at, c)| {
                let dash = (at > 0 && c.is_ascii_uppercase()).then_some('-');
                dash.into_iter().chain([c.to_ascii_lowercase()])
            });
            spelt.collect()
        }
        _ => name.to_owned(),
    }
}
