//! Kinds and rules as constant data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::source::ident;
use crate::model::{Enum, Model, Need, Type, Variant};
use crate::spec::Rules;

/// The variants of `Rule`.
pub(super) const RULES: &[&str] = &[
    "Required",
    "Nullable",
    "ReadOnly",
    "Minimum",
    "Maximum",
    "MinLength",
    "MaxLength",
    "MinItems",
    "MaxItems",
    "Unique",
    "Values",
    "Descending",
    "Expected",
    "Unless",
    "Open",
    "AnySpelling",
    "OrTimeRange",
    "Prefix",
    "Words",
    "Default",
];

/// The kind of a value, as seen by validation.
pub(super) fn kind(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::Any => quote!(Kind::Any),
        Type::Boolean => quote!(Kind::Boolean),
        Type::DateTime => quote!(Kind::DateTime),
        Type::Enum(_) | Type::Text | Type::TimeSpan => quote!(Kind::Text),
        Type::TimeRange => quote!(Kind::TimeRange),
        Type::File => quote!(Kind::File),
        Type::Id => quote!(Kind::Id),
        Type::Integer => quote!(Kind::Integer),
        Type::List(of) | Type::Records(of) => {
            let of = kind(model, of);
            quote!(Kind::List(&#of))
        }
        Type::Map(_) => quote!(Kind::Map),
        Type::Number => quote!(Kind::Number),
        Type::Record(id) => {
            let name = ident(&model.records[id.0].name);
            quote!(Kind::Record(#name::table))
        }
    }
}

/// The first rules of a value: whether it is required, and whether it may be null.
pub(super) fn head(need: &Need, nullable: bool) -> Vec<TokenStream> {
    let need = match need {
        Need::Optional => None,
        Need::Required => Some(quote!(Required)),
        Need::Expected => Some(quote!(Expected)),
        Need::Unless(other) => Some(quote!(Unless(#other))),
    };
    need.into_iter().chain(nullable.then(|| quote!(Nullable))).collect()
}

/// The rules of a value. A list also carries its elements' words and values.
pub(super) fn rules(model: &Model, ty: &Type, head: Vec<TokenStream>, rules: &Rules, inner: &Rules) -> TokenStream {
    let mut all = head;
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
    let spelt = enum_of(model, ty).is_some_and(|one| one.is_spelt_otherwise(&values));
    for (name, flag) in [
        ("AnySpelling", spelt),
        ("Descending", rules.descending || inner.descending),
        ("Open", rules.open || inner.open),
        ("OrTimeRange", rules.time_range || inner.time_range),
    ] {
        if flag {
            let name = ident(name);
            all.push(quote!(#name));
        }
    }
    if let Some(prefix) = rules.prefix.as_ref().or(inner.prefix.as_ref()) {
        all.push(quote!(Prefix(#prefix)));
    }
    let words: Vec<_> = rules.words.iter().chain(&inner.words).collect();
    if !words.is_empty() {
        all.push(quote!(Words(&[#(#words),*])));
    }
    if let Some(default) = rules.default.as_ref().or(inner.default.as_ref()) {
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

/// Whether an enum lists exactly these values; a shared one may list more.
fn lists(one: &Enum, values: &[&str]) -> bool {
    let all: Vec<&str> = one.variants.iter().flat_map(Variant::spellings).collect();
    all.len() == values.len() && all.iter().all(|value| values.contains(value))
}
