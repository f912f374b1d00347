//! Kinds and rules as constant data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::source::ident;
use crate::model::{Enum, Model, Type};
use crate::spec::Rules;

/// The kind of a value, as validation sees it.
pub(super) fn kind(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::Any => quote!(Kind::Any),
        Type::Boolean => quote!(Kind::Boolean),
        Type::DateTime => quote!(Kind::DateTime),
        Type::Enum(_) | Type::Text => quote!(Kind::Text),
        Type::File => quote!(Kind::File),
        Type::Id => quote!(Kind::Id),
        Type::Integer => quote!(Kind::Integer),
        Type::List(of) => {
            let of = kind(model, of);
            quote!(Kind::List(&#of))
        }
        Type::Map(_) => quote!(Kind::Map),
        Type::Number => quote!(Kind::Number),
        Type::Record(id) => {
            let name = ident(&model.records[id.0].name);
            quote!(Kind::Record(#name::fields))
        }
    }
}

/// What decides whether a rule list has `Required` and `Nullable`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need {
    pub(super) required: bool,
    pub(super) nullable: bool,
}

/// The rules of a value. For lists the elements' words and values stand with the list.
pub(super) fn rules(model: &Model, ty: &Type, need: Need, rules: &Rules, inner: &Rules) -> TokenStream {
    let mut all = Vec::new();
    if need.required {
        all.push(quote!(Required));
    }
    if need.nullable {
        all.push(quote!(Nullable));
    }
    if rules.read_only {
        all.push(quote!(ReadOnly));
    }
    for (name, limit) in [("Minimum", rules.minimum), ("Maximum", rules.maximum)] {
        if let Some(limit) = limit {
            let (name, limit) = (ident(name), Literal::i64_unsuffixed(limit));
            all.push(quote!(#name(#limit)));
        }
    }
    let counts = [
        ("MinLength", rules.min_length.or(inner.min_length)),
        ("MaxLength", rules.max_length.or(inner.max_length)),
        ("MinItems", rules.min_items),
        ("MaxItems", rules.max_items),
    ];
    for (name, limit) in counts {
        if let Some(limit) = limit {
            let (name, limit) = (ident(name), Literal::u64_unsuffixed(limit));
            all.push(quote!(#name(#limit)));
        }
    }
    if rules.unique {
        all.push(quote!(Unique));
    }
    let values: Vec<&str> = rules.values.iter().chain(&inner.values).map(String::as_str).collect();
    if !values.is_empty() {
        all.push(match enum_of(model, ty).filter(|one| lists(one, &values)) {
            Some(one) => {
                let name = ident(&one.name);
                quote!(Values(#name::VALUES))
            }
            None => quote!(Values(&[#(#values),*])),
        });
    }
    if rules.descending || inner.descending {
        all.push(quote!(Descending));
    }
    let words: Vec<_> = rules.words.iter().chain(&inner.words).collect();
    if !words.is_empty() {
        all.push(quote!(Words(&[#(#words),*])));
    }
    if let Some(default) = &rules.default {
        let default = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        all.push(quote!(Default(#default)));
    }
    quote!(&[#(#all),*])
}

/// The enum of a value, or of a list's elements.
fn enum_of<'m>(model: &'m Model, ty: &Type) -> Option<&'m Enum> {
    match ty {
        Type::Enum(id) => model.enums.get(*id).map(|index| &model.enums.enums[index]),
        Type::List(of) => enum_of(model, of),
        _ => None,
    }
}

/// Whether an enum lists just these values; one that other operations share may list more.
fn lists(one: &Enum, values: &[&str]) -> bool {
    one.variants.len() == values.len() && one.variants.iter().all(|(_, wire)| values.contains(&wire.as_str()))
}
