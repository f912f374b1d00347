//! Key fields of records, and links to their pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::code;
use super::source::ident;
use super::types::{SHARED, folder};
use crate::load::Page;
use crate::model::{Model, Portal, Record, Role, Source};

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

/// Where the pages of each kind are, and which record knows an organization's.
pub(super) fn sites(model: &Model) -> TokenStream {
    let pages = [
        (Page::Agent, "AGENT_SITE", "Where the agents' pages are."),
        (Page::HelpCenter, "HELP_CENTER_SITE", "Where the pages of a help center are."),
    ];
    let sites = pages.map(|(page, name, about)| {
        let (name, about) = (format_ident!("{name}"), format!(" {about}"));
        let site = match model.links.sites.get(&page) {
            Some(site) => {
                let (shared, own) = (&site.shared, &site.own);
                quote!(Some(crate::links::Site { shared: #shared, own: #own }))
            }
            None => quote!(None),
        };
        quote! {
            #[doc = #about]
            pub(crate) const #name: Option<crate::links::Site> = #site;
        }
    });
    let portal = model.links.portal.as_ref().and_then(|known| portal(model, known));
    quote!(#(#sites)* #portal)
}

/// A portal from the record of its organization.
fn portal(model: &Model, known: &Portal) -> Option<TokenStream> {
    let place = model.records.iter().position(|record| record.name == known.record && record.role == Role::Answer)?;
    let folder = folder(model, model.record_families.get(place)?)?;
    let gate = (folder != SHARED).then(|| quote!(#[cfg(feature = #folder)]));
    let ([name, name_wire], [host, host_wire]) = (&known.name, &known.host);
    let (record, name, host) = (ident(&known.record), ident(name), ident(host));
    let mut operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let discovery = operations.find(|operation| operation.operation.discovers_organization);
    let read = discovery.map(|operation| format!(", as read with [`{0}`](crate::Client::{0})", operation.names.method));
    let (name_shown, host_shown) = (code(name_wire), code(host_wire));
    let about = [
        format!(" The pages of an organization{}. Its {host_shown}, if it", read.unwrap_or_default()),
        format!(" has one, is the host of its help center. `None` if it has no {name_shown}."),
    ];
    Some(quote! {
        #gate
        impl crate::links::Portal {
            #(#[doc = #about])*
            pub fn of(organization: &types::#record, data_centre: crate::auth::DataCentre) -> Option<Self> {
                let (name, host) = (organization.#name.as_deref(), organization.#host.as_deref());
                Self::known(data_centre, name, host)
            }
        }
    })
}
