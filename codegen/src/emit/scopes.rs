//! `scopes.rs`: the areas that scopes name, and a constant for each scope in use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Literal;
use quote::quote;

use super::source::{file, ident};
use crate::model::{Model, Scope};
use crate::spec::Spec;

pub(super) fn emit(spec: &Spec, model: &Model) -> Result<String, String> {
    let areas: BTreeSet<&str> = model.scopes.iter().map(|scope| scope.area.as_str()).collect();
    let areas: Vec<&str> = areas.into_iter().collect();
    let constants = model.scopes.iter().map(|scope| {
        let name = ident(&scope.constant());
        let make = ident(&scope.verb.to_lowercase());
        let position = areas.iter().position(|area| *area == scope.area).unwrap_or_default();
        let position = Literal::usize_unsuffixed(position);
        let about = format!(" `{}.{}`", scope.area, scope.verb);
        quote!(#[doc = #about] pub const #name: Scope = Scope::#make(#position);)
    });
    let count = Literal::usize_unsuffixed(areas.len());
    let counts = named_by(spec);
    let named_by = areas.iter().map(|area| {
        let counts = counts.get(*area).copied().unwrap_or_default().map(Literal::usize_unsuffixed);
        quote!([#(#counts),*])
    });
    file(quote! {
        //! The scopes that operations need, by name.

        use crate::scope::Scope;

        /// Product and area of every scope, as they are written in the API's description.
        pub(crate) const AREAS: [&str; #count] = [#(#areas),*];

        /// How many operations of the whole API name each area with READ, CREATE, UPDATE, DELETE and CUSTOM.
        pub(crate) const NAMED_BY: [[u16; 5]; #count] = [#(#named_by),*];

        #(#constants)*
    })
}

const VERBS: [&str; 5] = ["READ", "CREATE", "UPDATE", "DELETE", "CUSTOM"];

/// How many operations name each area with each verb, or with one that stands for it and others.
fn named_by(spec: &Spec) -> BTreeMap<String, [usize; VERBS.len()]> {
    let includes = |named: &str, verb: &str| match named {
        "ALL" => verb != "CUSTOM",
        "WRITE" => matches!(verb, "CREATE" | "UPDATE"),
        named => named == verb,
    };
    let mut counts: BTreeMap<String, [usize; VERBS.len()]> = BTreeMap::new();
    for listed in &spec.operations {
        // An operation counts once, however often it names them.
        let mut named: BTreeMap<String, [bool; VERBS.len()]> = BTreeMap::new();
        for scope in listed.operation.scopes.iter().flatten().map(|text| Scope::parse(text)) {
            let verbs = named.entry(scope.area).or_default();
            for (counted, verb) in verbs.iter_mut().zip(VERBS) {
                *counted |= includes(&scope.verb, verb);
            }
        }
        for (area, verbs) in named {
            let counts = counts.entry(area).or_default();
            counts.iter_mut().zip(verbs).for_each(|(count, named)| *count += usize::from(named));
        }
    }
    counts
}
