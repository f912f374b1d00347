//! The table of resources: which lists are worth keeping a copy of, and how each is read as a whole.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::source::{file, ident, used};
use crate::load::{Child, Each, Resource};
use crate::model::Model;

pub(super) fn emit(model: &Model) -> Result<String, String> {
    let resources: Vec<TokenStream> = model.resources.iter().map(resource).collect();
    let parts = used(&["Attachments", "Child", "Each"], &quote!(#(#resources)*));
    let parts = parts.into_iter().chain(["Resource"]).map(ident);
    file(quote! {
        //! Every resource, of all families.

        use crate::by_name::{#(#parts),*};

        pub(crate) static RESOURCES: &[Resource] = &[#(#resources),*];
    })
}

fn resource(resource: &Resource) -> TokenStream {
    let Resource { name, operation, .. } = resource;
    let by_time = optional(resource.by_time.as_deref());
    let arguments = arguments(&resource.arguments);
    let each = match &resource.each {
        Some(each) => {
            let each = self::each(each);
            quote!(Some(#each))
        }
        None => quote!(None),
    };
    let children = resource.children.iter().map(child);
    quote!(Resource {
        name: #name,
        operation: #operation,
        by_time: #by_time,
        arguments: #arguments,
        each: #each,
        children: &[#(#children),*],
    })
}

fn each(each: &Each) -> TokenStream {
    let Each { parameter, values, operation, field } = each;
    match (operation, field) {
        (Some(operation), Some(field)) => {
            quote!(Each::Record { parameter: #parameter, operation: #operation, field: #field })
        }
        _ => quote!(Each::Value { parameter: #parameter, values: &[#(#values),*] }),
    }
}

fn child(child: &Child) -> TokenStream {
    let Child { name, operation, parent, key, files } = child;
    let key = key.as_ref().unwrap_or(parent);
    let files = match files {
        Some(files) => {
            let (operation, parent, id) = (&files.operation, &files.parent, &files.id);
            quote!(Some(Attachments { operation: #operation, parent: #parent, id: #id }))
        }
        None => quote!(None),
    };
    quote!(Child { name: #name, operation: #operation, parent: #parent, key: #key, files: #files })
}

pub(super) fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

/// Arguments of every call, each with its value as JSON text.
pub(super) fn arguments(arguments: &IndexMap<String, Value>) -> TokenStream {
    let arguments = arguments.iter().map(|(name, value)| {
        let value = value.to_string();
        quote!((#name, #value))
    });
    quote!(&[#(#arguments),*])
}
