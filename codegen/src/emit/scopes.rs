//! `scopes.rs`: the areas that scopes name, and a constant for each scope in use.

use std::collections::BTreeSet;

use proc_macro2::Literal;
use quote::quote;

use super::source::{file, ident};
use crate::model::Model;

pub(super) fn emit(model: &Model) -> Result<String, String> {
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
    file(quote! {
        //! The scopes that operations need, by name.

        use crate::scope::Scope;

        /// Product and area of every scope, as they are written in the API's description.
        pub(crate) const AREAS: [&str; #count] = [#(#areas),*];

        #(#constants)*
    })
}
