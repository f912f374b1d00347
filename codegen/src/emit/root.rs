//! The root of the generated part: the families and the table of operations.

use quote::quote;

use super::discovery;
use super::docs::code;
use super::links;
use super::source::{file, ident};
use crate::model::{FamilyModel, Model};

pub(super) fn emit(model: &Model) -> Result<String, String> {
    let families = model.families.iter().map(|family| {
        let (feature, name) = (&family.family.name, ident(&family.family.name));
        quote!(#[cfg(feature = #feature)] pub mod #name;)
    });
    let entries = model.families.iter().map(|family| {
        let (feature, name) = (&family.family.name, ident(&family.family.name));
        quote!(#[cfg(feature = #feature)] #name::ENTRIES)
    });
    let list = model.families.iter().map(|family| {
        let (name, about, default) = (&family.family.name, &family.family.about, family.family.default);
        quote!(Family { name: #name, about: #about, default: #default, enabled: cfg!(feature = #name) })
    });
    let discovery = discovery::emit(model)?;
    let sites = links::sites(model);
    let methods = methods(model);
    let items = file(quote! {
        //! The generated code: one module per family, and what they share.

        use crate::catalogue::Entry;

        pub(crate) mod api;
        #[cfg(feature = "by-name")]
        pub(crate) mod metrics;
        #[cfg(feature = "by-name")]
        pub(crate) mod resources;
        pub(crate) mod routes;
        pub mod scopes;
        pub mod types;
        #[cfg(feature = "by-name")]
        pub(crate) mod uses;

        #(#families)*

        #discovery

        #sites

        /// Every operation of the enabled families, aliases included, by family and module.
        pub(crate) const ENTRIES: &[&[&[Entry]]] = &[#(#entries),*];

        /// A family of operations: a cargo feature and a module.
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct Family {
            /// The name of the feature and of the module.
            pub name: &'static str,
            /// What it is about.
            pub about: &'static str,
            /// Whether it is enabled by default.
            pub default: bool,
            /// Whether it is enabled in this build.
            pub enabled: bool,
        }

        /// All families, enabled or not, with their methods. If a method is not found, its family is not enabled:
        /// enable that feature, or `full`.
        #[doc = ""]
        #[doc = " | feature | methods |"]
        #[doc = " | --- | --- |"]
        #(#[doc = #methods])*
        pub const fn families() -> &'static [Family] {
            &[#(#list),*]
        }
    })?;
    Ok(items + &at_the_root(model))
}

/// What the root of the crate re-exports. Families are named one by one: the compiler can then say which feature a
/// missing one needs.
fn at_the_root(model: &Model) -> String {
    let family = |family: &FamilyModel| {
        let name = &family.family.name;
        format!("        #[cfg(feature = {name:?})]\n        pub use crate::generated::{name};\n")
    };
    let families: String = model.families.iter().map(family).collect();
    format!(
        "\n/// What the root of the crate re-exports.\nmacro_rules! at_the_root {{\n    () => {{\n{families}        \
         pub use crate::generated::{{Family, families, scopes, types}};\n    }};\n}}\n\npub(crate) use at_the_root;\n"
    )
}

/// A row for each family with all of its methods, so that a search finds them even if the family is not enabled.
fn methods(model: &Model) -> Vec<String> {
    let row = |family: &FamilyModel| {
        let operations = family.modules.values().flatten();
        let names = operations.flat_map(|one| std::iter::once(&one.names).chain(&one.aliases));
        let mut methods: Vec<&str> = names.map(|names| names.method.as_str()).collect();
        methods.sort_unstable();
        let methods: Vec<String> = methods.into_iter().map(code).collect();
        format!(" | {} | {} |", code(&family.family.name), methods.join(", "))
    };
    model.families.iter().map(row).collect()
}
