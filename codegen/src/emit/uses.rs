//! The table of operations that are used, the most used first.

use std::cmp::Reverse;

use quote::quote;

use super::source::file;
use crate::model::Model;

pub(super) fn emit(model: &Model) -> Result<String, String> {
    let mut uses: Vec<_> = model.uses.iter().collect();
    uses.sort_by_key(|uses| (Reverse(uses.requests), &uses.operation));
    let operations = uses.into_iter().map(|uses| &uses.operation);
    file(quote! {
        //! The operations of all families that are known to be used, the most used first.

        pub(crate) static MOST_USED: &[&str] = &[#(#operations),*];
    })
}
