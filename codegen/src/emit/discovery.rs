//! The operation that finds an organization.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation_table::{Told, table};
use super::source::{ident, used};
use crate::model::{Model, Scope};

/// The table of the operation that finds the organization, whichever features are enabled.
///
/// It is called without any values, so none are in its table: their types may belong to a family that is not enabled.
pub(super) fn emit(model: &Model) -> Result<TokenStream, String> {
    let all = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let found = all.into_iter().find(|operation| operation.operation.discovers_organization);
    let operation = found.ok_or("no operation has \"discovers_organization\": true; correct one in spec/local")?;
    let table = table(model, operation, Told::WithoutValues);
    let module = &operation.module;
    let constants: BTreeSet<String> =
        operation.operation.scopes.iter().flatten().map(|scope| Scope::parse(scope).constant()).collect();
    let scopes = (!constants.is_empty()).then(|| {
        let constants = constants.iter().map(|name| ident(name));
        quote!(use self::scopes::{#(#constants),*};)
    });
    let others = used(&["Method", "Risk"], &table).into_iter().map(ident);
    Ok(quote! {
        /// The operation that finds the organization of a token's user.
        pub(crate) static ORGANIZATION_DISCOVERY: crate::Operation = {
            #scopes
            use crate::Operation;
            #(use crate::#others;)*
            const MODULE: Operation = Operation::of(#module);
            #table
        };
    })
}
