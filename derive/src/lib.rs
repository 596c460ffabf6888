//! What is done while compiling, for the page to weigh less: `style!`, and `#[derive(FromJson)]`.
//!
//! `FromJson`: a type is read from JSON as serde would read it, by a tenth of the code.
//!
//! What serde derives is made anew for each type and each kind of input, several kilobytes of WebAssembly a type. This reads from one kind
//! of input, a JSON value, by functions that all types share (`base::json`). It understands those of serde's attributes that are used
//! here, and refuses others. serde's own trait is implemented by way of it.

mod attributes;
mod style;

use attributes::Attributes;
use proc_macro::TokenStream;
use proc_macro2::TokenStream as Code;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Ident, Result, parse_macro_input};

#[proc_macro_derive(FromJson, attributes(serde))]
pub fn from_json(input: TokenStream) -> TokenStream {
    derive(&parse_macro_input!(input)).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// The style sheets of these files as one text, without comments and indentation.
#[proc_macro]
pub fn style(input: TokenStream) -> TokenStream {
    style::style(&parse_macro_input!(input)).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn derive(input: &DeriveInput) -> Result<Code> {
    let name = &input.ident;
    let attributes = Attributes::of(&input.attrs)?;
    let body = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => named_struct(name, fields, &attributes)?,
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote!(json::FromJson::from_json(value).map(Self)),
            other => return Err(Error::new_spanned(other, "FromJson reads structs with named fields, or with one")),
        },
        Data::Enum(data) => enumeration(name, data, &attributes)?,
        Data::Union(_) => return Err(Error::new_spanned(name, "FromJson reads no unions")),
    };
    Ok(quote! {
        const _: () = {
            use crate::base::json;

            impl json::FromJson for #name {
                fn from_json(value: json::Value) -> Result<Self, json::Error> {
                    #body
                }
            }

            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    json::deserialize(deserializer)
                }
            }
        };
    })
}

fn named_struct(name: &Ident, fields: &FieldsNamed, attributes: &Attributes) -> Result<Code> {
    let expected = format!("struct {name}");
    let (known, values) = read_fields(fields, attributes, attributes.rename_all.as_deref())?;
    let default = attributes.default.then(|| quote!(let default = Self::default();));
    let deny = attributes.deny_unknown_fields.then(|| quote!(fields.only(&[#(#known),*])?;));
    Ok(quote! {
        let mut fields = json::Fields::of(value, #expected)?;
        #deny
        #default
        Ok(Self { #values })
    })
}

/// The fields' names in JSON, and how each is read.
fn read_fields(fields: &FieldsNamed, container: &Attributes, rename: Option<&str>) -> Result<(Vec<String>, Code)> {
    let mut known = Vec::new();
    let mut values = Code::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let attributes = Attributes::of(&field.attrs)?;
        let json = attributes.rename.clone().unwrap_or_else(|| attributes::field_name(&ident.to_string(), rename));
        let value = match (&attributes.read_with, &attributes.default_by) {
            (Some(read), _) => quote!(#read(fields.take::<json::Value>(#json)?)?),
            (None, Some(default)) => quote!(fields.take_or(#json, #default)?),
            (None, None) if attributes.default => quote!(fields.take_or(#json, Default::default)?),
            (None, None) if container.default => quote!(fields.take_or(#json, || default.#ident)?),
            (None, None) => quote!(fields.take(#json)?),
        };
        values.extend(quote!(#ident: #value,));
        known.push(json);
    }
    Ok((known, values))
}

fn enumeration(name: &Ident, data: &DataEnum, attributes: &Attributes) -> Result<Code> {
    let expected = format!("enum {name}");
    let mut arms = Vec::new();
    let mut known = Vec::new();
    for variant in &data.variants {
        let ident = &variant.ident;
        let own = Attributes::of(&variant.attrs)?;
        let json = own.rename.clone().unwrap_or_else(|| attributes::variant_name(&ident.to_string(), attributes.rename_all.as_deref()));
        let names = std::iter::once(&json).chain(&own.alias);
        let value = match &variant.fields {
            Fields::Unit => quote!(Ok(Self::#ident)),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote!(json::FromJson::from_json(content).map(Self::#ident)),
            Fields::Unnamed(fields) => return Err(Error::new_spanned(fields, "FromJson reads variants of one field, or with named ones")),
            Fields::Named(fields) => {
                let (known, values) = read_fields(fields, &own, attributes.rename_all_fields.as_deref())?;
                let deny = attributes.deny_unknown_fields.then(|| quote!(fields.only(&[#(#known),*])?;));
                quote!({
                    let mut fields = json::Fields::of(content, #expected)?;
                    #deny
                    Ok(Self::#ident { #values })
                })
            }
        };
        arms.push(quote!(#(#names)|* => #value,));
        known.push(json);
    }
    let tagged = match (&attributes.tag, &attributes.content) {
        (Some(tag), Some(content)) => quote!(json::adjacent(value, #expected, #tag, #content)?),
        (Some(tag), None) => quote!(json::internal(value, #expected, #tag)?),
        (None, _) => quote!(json::external(value, #expected)?),
    };
    Ok(quote! {
        #[allow(unused_variables)]
        let (variant, content) = #tagged;
        match &*variant {
            #(#arms)*
            _ => Err(json::unknown_variant(&variant, &[#(#known),*])),
        }
    })
}
