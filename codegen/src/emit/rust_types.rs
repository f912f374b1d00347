//! The Rust types of values.

use proc_macro2::TokenStream;
use quote::quote;

use super::source::ident;
use crate::model::{Model, Type};

/// The Rust type of a value that is sent.
pub(super) fn sent(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::Any | Type::List(_) | Type::Records(_) => quote!(serde_json::Value),
        Type::Boolean => quote!(bool),
        Type::DateTime => quote!(DateTime),
        Type::File => quote!(FilePart),
        Type::Id => quote!(Id),
        Type::Integer => quote!(i64),
        Type::Map(_) => quote!(serde_json::Map<String, serde_json::Value>),
        Type::Number => quote!(f64),
        Type::Text => quote!(String),
        Type::TimeRange => quote!(TimeRange),
        Type::TimeSpan => quote!(TimeSpan),
        Type::Enum(id) => match model.enums.get(*id) {
            Some(index) => {
                let name = ident(&model.enums.enums[index].name);
                quote!(#name)
            }
            None => quote!(String),
        },
        Type::Record(id) => {
            let name = ident(&model.records[id.0].name);
            quote!(#name)
        }
    }
}

/// The Rust type of a value that comes back.
pub(super) fn received(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::List(of) => {
            let of = received(model, of);
            quote!(Vec<#of>)
        }
        Type::Records(of) => {
            let of = received(model, of);
            quote!(List<#of>)
        }
        Type::Map(of) if holds_records(of) => {
            let of = received(model, of);
            quote!(std::collections::BTreeMap<String, #of>)
        }
        // What a map holds is seldom of its declared kind, and it may not even be a map.
        Type::Map(_) => quote!(serde_json::Value),
        Type::File => quote!(String),
        ty => sent(model, ty),
    }
}

fn holds_records(ty: &Type) -> bool {
    match ty {
        Type::Record(_) => true,
        Type::List(of) => holds_records(of),
        _ => false,
    }
}
