//! Key fields of records, and links to their pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::code;
use crate::load::Page;
use crate::model::{Model, Record, Source};

/// What follows the fields of a record with key fields.
pub(super) fn key_fields(model: &Model, record: &Record) -> String {
    let Some(keys) = model.keys.get(&record.name) else { return String::new() };
    let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
    format!("    key_fields [{}]\n", keys.join(", "))
}

/// The line of a record with links.
pub(super) fn line(model: &Model, record: &Record) -> Option<String> {
    let pages = model.links.records.get(&record.name)?;
    let pages: Vec<String> = pages.iter().map(|(page, source)| format!("{page}({})", of(source))).collect();
    Some(format!("    {}: {};\n", record.name, pages.join(", ")))
}

fn of(source: &Source) -> String {
    let field = source.field.as_ref().map(|wire| format!("field {wire:?}"));
    let pattern = source.pattern.as_ref().map(|pattern| {
        let origin = if pattern.inferred { "inferred" } else { "observed" };
        format!("{origin} {:?}", pattern.text)
    });
    field.into_iter().chain(pattern).collect::<Vec<_>>().join(", ")
}

/// A sentence about each of a record's links that is a guess.
pub(super) fn guesses<'m>(model: &'m Model, record: &Record) -> impl Iterator<Item = String> + use<'m> {
    let pages = model.links.records.get(&record.name).into_iter().flatten();
    pages.filter_map(|(page, source)| {
        let (method, whose) = match page {
            Page::Agent => ("agent_link", "for agents"),
            Page::HelpCenter => ("help_center_link", "in the help center"),
        };
        let inferred = source.pattern.as_ref().is_some_and(|pattern| pattern.inferred);
        let condition = source.field.as_ref().map(|wire| format!(" without {}", code(wire))).unwrap_or_default();
        inferred.then(|| {
            format!(
                "The [link](crate::Linked::{method}) to its page {whose}{condition} is inferred from similar links."
            )
        })
    })
}

/// Where the pages of each kind are.
pub(super) fn sites(model: &Model) -> TokenStream {
    let sites = model.links.sites.iter().map(|(page, site)| {
        let (name, about) = match page {
            Page::Agent => ("AGENT", "Where the agents' pages are."),
            Page::HelpCenter => ("HELP_CENTER", "Where the pages of a help center are."),
        };
        let (name, shared, own) = (format_ident!("{name}_SITE"), &site.shared, &site.own);
        quote! {
            #[doc = #about]
            pub(crate) const #name: crate::links::Site = crate::links::Site { shared: #shared, own: #own };
        }
    });
    sites.collect()
}
