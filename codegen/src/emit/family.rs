//! A family's `mod.rs`.

use quote::quote;

use super::source::{file, ident};
use crate::model::{FamilyModel, module_name};

pub(super) fn emit(model: &FamilyModel) -> Result<String, String> {
    let about = format!(" {}", super::docs::prose(&model.family.about));
    let count =
        model.modules.values().map(|list| list.iter().map(|one| 1 + one.aliases.len()).sum::<usize>()).sum::<usize>();
    let usual = if model.family.default { ", which is enabled by default" } else { "" };
    let size = format!(" {count} operations, available with the feature `{}`{usual}.", model.family.name);
    let modules: Vec<_> = model.modules.keys().map(|name| ident(&module_name(name))).collect();
    file(quote! {
        #![doc = #about]
        #![doc = ""]
        #![doc = #size]

        use crate::catalogue::Entry;

        #(mod #modules;)*

        #(pub use self::#modules::*;)*

        pub(super) const ENTRIES: &[&[Entry]] = &[#(#modules::ENTRIES),*];
    })
}
