//! `scopes.rs`: the areas that scopes name, and a constant for each scope in use.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Literal;
use quote::quote;

use super::api::binary;
use super::source::{file, ident};
use crate::model::Model;
use crate::spec::Spec;

pub(super) fn emit(spec: &Spec, model: &Model) -> Result<String, String> {
    let grammar = &model.api.scopes;
    let areas: BTreeSet<&str> = model.scopes.iter().map(|scope| scope.area.as_str()).collect();
    let areas: Vec<&str> = areas.into_iter().collect();
    let bits = grammar.bits();
    let needs = |action: &str| bits.iter().find(|(name, _, _)| *name == action).map_or(0, |(_, needs, _)| *needs);
    let constants = model.scopes.iter().map(|scope| {
        let name = ident(&grammar.constant(scope));
        let position = areas.iter().position(|area| *area == scope.area).unwrap_or_default();
        let (position, verbs) = (Literal::usize_unsuffixed(position), binary(needs(&scope.action)));
        let about = format!(" `{}`", grammar.text(scope));
        quote!(#[doc = #about] pub const #name: Scope = Scope::new(#position, #verbs);)
    });
    let (count, single) = (Literal::usize_unsuffixed(areas.len()), grammar.single());
    let named_by = named_by(spec, model, &areas, needs).into_iter().map(|counts| {
        let counts = counts.into_iter().take(single.len()).map(Literal::u16_unsuffixed);
        quote!([#(#counts),*])
    });
    let counted = format!(
        " How many operations of the whole API name each area with each single action: {}.",
        single.iter().map(|name| if name.is_empty() { "none" } else { name }).collect::<Vec<_>>().join(", ")
    );
    let import = (!model.scopes.is_empty()).then(|| {
        quote!(
            use crate::scope::Scope;
        )
    });
    file(quote! {
        //! The scopes that operations need, by name.

        use crate::generated::api::SINGLE_ACTIONS;
        #import

        /// The area of every scope, as it is written in the API's description.
        pub(crate) const AREAS: [&str; #count] = [#(#areas),*];

        #[doc = #counted]
        pub(crate) const NAMED_BY: [[u16; SINGLE_ACTIONS]; #count] = [#(#named_by),*];

        #(#constants)*
    })
}

/// How many operations name each area with each action that has a bit, or with one that stands for it and others.
fn named_by(spec: &Spec, model: &Model, areas: &[&str], needs: impl Fn(&str) -> u8) -> Vec<[u16; 8]> {
    let places: BTreeMap<&str, usize> = areas.iter().zip(0..).map(|(area, place)| (*area, place)).collect();
    let mut counts = vec![[0; 8]; areas.len()];
    for listed in &spec.operations {
        let texts = listed.operation.scopes.iter().flatten();
        let mut named: BTreeMap<usize, u8> = BTreeMap::new();
        for scope in texts.filter_map(|text| model.api.scopes.parse(text)) {
            if let Some(place) = places.get(scope.area.as_str()) {
                *named.entry(*place).or_default() |= needs(&scope.action);
            }
        }
        for (place, verbs) in named {
            let bits = (0..8).filter(|bit| verbs & (1 << bit) != 0);
            bits.for_each(|bit| counts[place][bit] += 1);
        }
    }
    counts
}
