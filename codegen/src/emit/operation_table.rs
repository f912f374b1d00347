//! The constant description of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::source::ident;
use super::tables::{head, kind, rules};
use crate::model::{BodyModel, Field, Model, OperationModel, Scope, Type, camel};
use crate::spec::{Method, ParameterPlace, Risk, Rules};

/// How much a table tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Everything,
    /// Nothing about the values that can be sent, nor about pages.
    WithoutValues,
}

/// The table of an operation, as an expression.
pub(super) fn table(model: &Model, operation: &OperationModel, told: Told) -> TokenStream {
    let mut parts = about(operation);
    if told == Told::Everything {
        parts.extend(values(model, operation));
    }
    if !operation.aliases.is_empty() {
        let aliases = operation.aliases.iter().map(|alias| &alias.id);
        parts.push(quote!(aliases: &[#(#aliases),*]));
    }
    quote!(Operation { #(#parts,)* ..MODULE })
}

/// What is known about an operation whatever is sent.
fn about(operation: &OperationModel) -> Vec<TokenStream> {
    let id = &operation.names.id;
    let spec = &operation.operation;
    let (path, summary) = (&spec.path, &spec.summary);
    let mut parts = vec![quote!(id: #id)];
    if spec.method != Method::Get {
        let method = format_ident!("{}", camel(&spec.method.to_string()));
        parts.push(quote!(method: Method::#method));
    }
    parts.push(quote!(path: #path));
    parts.push(quote!(summary: #summary));
    let sets = spec.scopes.iter().map(|set| {
        let set = set.iter().map(|scope| ident(&Scope::parse(scope).constant()));
        quote!(&[#(#set),*])
    });
    parts.push(quote!(scopes: &[#(#sets),*]));
    if spec.risk != Risk::Safe {
        let risk = ident(&camel(&spec.risk.to_string()));
        parts.push(quote!(risk: Risk::#risk));
    }
    if !operation.other_paths.is_empty() {
        let other_paths = &operation.other_paths;
        parts.push(quote!(other_paths: &[#(#other_paths),*]));
    }
    if !operation.inferred.is_empty() {
        let inferred = &operation.inferred;
        parts.push(quote!(inferred: &[#(#inferred),*]));
    }
    for (name, flag, usual) in [
        ("doubtful_scopes", spec.doubtful_scopes, false),
        ("cookie_only", spec.cookie_only, false),
        ("organization", spec.organization, true),
        ("undocumented_query", spec.undocumented_query, false),
        ("error_in_success", spec.error_in_success, false),
        ("deprecated", spec.deprecated, false),
    ] {
        if flag != usual {
            let name = ident(name);
            parts.push(quote!(#name: #flag));
        }
    }
    parts
}

/// What can be sent, and how pages are asked for.
fn values(model: &Model, operation: &OperationModel) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(|parameter| {
            let place = ident(match parameter.place {
                ParameterPlace::Path => "path",
                ParameterPlace::Query => "query",
                ParameterPlace::Header => "header",
            });
            let head = head(&parameter.need, false);
            entry(model, &place, &parameter.wire, &parameter.ty, head, &parameter.rules, &parameter.inner)
        });
        parts.push(quote!(parameters: &[#(#parameters),*]));
    }
    if let Some(body) = body(model, &operation.body) {
        parts.push(quote!(body: #body));
    }
    if let Some(paging) = &operation.operation.paging {
        let number = |number: Option<u64>| match number.map(Literal::u64_unsuffixed) {
            Some(number) => quote!(Some(#number)),
            None => quote!(None),
        };
        let (first, key) = (Literal::u64_unsuffixed(paging.first), &paging.key);
        let (maximum, default) = (number(paging.maximum), number(paging.default));
        let id = operation.walked.id.as_deref().unwrap_or_default();
        parts.push(quote!(paging: paging(#first, #maximum, #default, #key, #id)));
    }
    if !operation.walked.timelines.is_empty() {
        let timelines = operation.walked.timelines.iter().map(|timeline| {
            let (range, sort) = (timeline.range.as_deref(), timeline.sort.as_deref());
            let (field, range, sort) = (&timeline.field, range.unwrap_or_default(), sort.unwrap_or_default());
            quote!(timeline(#field, #range, #sort))
        });
        parts.push(quote!(timelines: &[#(#timelines),*]));
    }
    if let Some(by_time) = model.by_time(operation) {
        parts.push(quote!(by_time: Some(#by_time)));
    }
    parts
}

fn entry(
    model: &Model,
    function: &proc_macro2::Ident,
    wire: &str,
    ty: &Type,
    head: Vec<TokenStream>,
    own: &Rules,
    inner: &Rules,
) -> TokenStream {
    let (kind, rules) = (kind(model, ty), rules(model, ty, head, own, inner));
    quote!(#function(#wire, #kind, #rules))
}

/// A field of a body or record in a table.
pub(super) fn field_entry(model: &Model, field: &Field) -> TokenStream {
    let head = head(&field.need, field.nullable);
    entry(model, &ident("field"), &field.wire, &field.ty, head, &field.rules, &field.inner)
}

fn body(model: &Model, body: &BodyModel) -> Option<TokenStream> {
    Some(match body {
        BodyModel::None => return None,
        BodyModel::Bytes => quote!(Body::Bytes),
        BodyModel::Whole { required, ty, .. } => {
            let kind = kind(model, ty);
            quote!(Body::Whole { required: #required, kind: #kind })
        }
        BodyModel::Fields { form, required, document_parameter, fields } => {
            let fields = fields.iter().map(|field| field_entry(model, field));
            let fields = quote!(&[#(#fields),*]);
            match (form, required, document_parameter) {
                (true, ..) => quote!(Body::form(#fields)),
                (false, _, Some(name)) => quote!(Body::json_or_form(#fields, #name)),
                (false, true, None) => quote!(Body::json(#fields)),
                (false, false, None) => quote!(Body::optional_json(#fields)),
            }
        }
    })
}
