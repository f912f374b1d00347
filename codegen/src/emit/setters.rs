//! `new` and the setters of a parameter struct.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs;
use super::rust_types::sent;
use super::source::ident;
use crate::model::{BodyModel, Field, Model, Need, OperationModel, ParameterModel, Type, shouty};
use crate::spec::{ParameterPlace, Schema};

/// One value that a caller may give.
pub(super) struct Input<'m> {
    pub(super) rust: &'m str,
    pub(super) wire: &'m str,
    pub(super) ty: &'m Type,
    /// Its type in the spec.
    pub(super) schema: &'m Schema,
    /// `parameter`, `field` or `whole`: what it is set with.
    target: &'static str,
    /// Whether it stands in the path.
    pub(super) path: bool,
    pub(super) patch: bool,
    /// Whether it is needed where another one is not given.
    pub(super) needed_unless: bool,
    doc: String,
}

impl Input<'_> {
    /// Whether it stands beside the body.
    pub(super) fn is_parameter(&self) -> bool {
        self.target == "parameter"
    }
}

/// What `new` takes, and what has a setter.
pub(super) fn inputs(operation: &OperationModel) -> (Vec<Input<'_>>, Vec<Input<'_>>) {
    let mut needed = Vec::new();
    let mut others = Vec::new();
    for parameter in &operation.parameters {
        let list = if parameter.need == Need::Required { &mut needed } else { &mut others };
        list.push(parameter_input(parameter));
    }
    match &operation.body {
        BodyModel::Fields { fields, .. } => {
            for (rust, field) in fields {
                let doc = docs::setter("field", &field.wire, None, &field.ty, &field.need, &field.rules, &field.inner);
                let Field { wire, ty, schema, nullable: patch, .. } = field;
                let needed_unless = matches!(field.need, Need::Unless(_));
                let (target, path, patch) = ("field", false, *patch);
                let input = Input { rust, wire, ty, schema, target, path, patch, needed_unless, doc };
                if field.need == Need::Required { needed.push(input) } else { others.push(input) }
            }
        }
        BodyModel::Whole { required, ty, schema } => {
            let doc = "The body, a JSON document.".to_owned();
            let (rust, wire, target) = ("body", "", "whole");
            let (path, patch, needed_unless) = (false, false, false);
            let input = Input { rust, wire, ty, schema, target, path, patch, needed_unless, doc };
            if *required { needed.push(input) } else { others.push(input) }
        }
        BodyModel::None | BodyModel::Bytes => {}
    }
    (needed, others)
}

/// `new` and the setters.
pub(super) fn setters(model: &Model, operation: &OperationModel) -> (TokenStream, Vec<TokenStream>) {
    let (needed, others) = inputs(operation);
    let arguments = needed.iter().map(|input| argument(model, input));
    let chain = needed.iter().map(|input| setting(input.target, input.wire, &ident(input.rust), input.ty, input.patch));
    let expect =
        (needed.len() > 7).then(|| quote!(#[expect(clippy::too_many_arguments, reason = "all of them are needed")]));
    let constant = ident(&shouty(&operation.operation.id));
    let about = new_about(needed.is_empty(), others.is_empty());
    let about = format!("{about}{}", unless_about(operation));
    let new = quote! {
        #[doc = #about]
        #expect
        pub fn new(#(#arguments),*) -> Self {
            Self(Call::new(&#constant)#(#chain)*)
        }
    };
    let mut setters: Vec<TokenStream> = others.iter().map(|input| setter(model, input)).collect();
    if matches!(operation.body, BodyModel::Bytes) {
        setters.push(quote! {
            /// What is sent.
            pub fn body(self, content: impl Into<bytes::Bytes>) -> Self {
                Self(self.0.bytes(content))
            }
        });
    }
    (new, setters)
}

/// What `new` says where of two fields one is needed, whichever it is.
fn unless_about(operation: &OperationModel) -> String {
    let BodyModel::Fields { fields, .. } = &operation.body else { return String::new() };
    let names: BTreeMap<_, _> = fields.iter().map(|(rust, field)| (field.wire.as_str(), rust.as_str())).collect();
    let mut said = BTreeSet::new();
    let mut about = String::new();
    for (name, field) in fields {
        let Need::Unless(other) = &field.need else { continue };
        let other = names.get(other.as_str()).copied().unwrap_or(other);
        if said.insert([name.as_str().min(other), name.as_str().max(other)]) {
            about.push_str(&format!(" {} or {} is needed as well.", docs::code(name), docs::code(other)));
        }
    }
    about
}

/// What `new` says.
pub(super) fn new_about(nothing_needed: bool, nothing_else: bool) -> &'static str {
    match (nothing_needed, nothing_else) {
        (true, _) => " Nothing set.",
        (false, true) => " With all that is needed.",
        (false, false) => " With what is needed; everything else can be set.",
    }
}

fn setter(model: &Model, input: &Input<'_>) -> TokenStream {
    let (name, ty, doc) = (ident(input.rust), argument_type(model, input.ty, input.patch), format!(" {}", input.doc));
    let value = argument_name(input.ty);
    let set = setting(input.target, input.wire, &value, input.ty, input.patch);
    quote! {
        #[doc = #doc]
        pub fn #name(self, #value: #ty) -> Self {
            Self(self.0 #set)
        }
    }
}

/// What a setter calls its argument.
pub(super) fn argument_name(ty: &Type) -> Ident {
    ident(match ty {
        Type::List(_) => "values",
        _ => "value",
    })
}

fn parameter_input(parameter: &ParameterModel) -> Input<'_> {
    let what = match parameter.place {
        ParameterPlace::Path => "path parameter",
        ParameterPlace::Query => "query parameter",
        ParameterPlace::Header => "header",
    };
    let doc = docs::setter(
        what,
        &parameter.wire,
        parameter.note.as_deref(),
        &parameter.ty,
        &parameter.need,
        &parameter.rules,
        &parameter.inner,
    );
    let ParameterModel { rust, wire, ty, schema, .. } = parameter;
    let path = parameter.place == ParameterPlace::Path;
    Input { rust, wire, ty, schema, target: "parameter", path, patch: false, needed_unless: false, doc }
}

fn argument(model: &Model, input: &Input<'_>) -> TokenStream {
    let name = ident(input.rust);
    let ty = argument_type(model, input.ty, input.patch);
    quote!(#name: #ty)
}

/// The type of an argument: whatever becomes the value.
pub(super) fn argument_type(model: &Model, ty: &Type, patch: bool) -> TokenStream {
    match ty {
        Type::List(of) => {
            let item = sent(model, of);
            if patch && **of != Type::File {
                quote!(impl ListOrNull<#item>)
            } else {
                quote!(impl IntoIterator<Item = impl Into<#item>>)
            }
        }
        Type::Integer if !patch => quote!(impl Integer),
        ty => {
            let inner = sent(model, ty);
            if patch && !matches!(ty, Type::File) {
                quote!(impl Into<Patch<#inner>>)
            } else {
                quote!(impl Into<#inner>)
            }
        }
    }
}

/// The call that sets a value: `.parameter("ticketId", ticket_id.into())`.
pub(super) fn setting(target: &str, wire: &str, name: &Ident, ty: &Type, patch: bool) -> TokenStream {
    let target = ident(target);
    let wire = (!wire.is_empty()).then(|| quote!(#wire,));
    match ty {
        Type::File => quote!(.file(#wire #name)),
        Type::List(of) if **of == Type::File => quote!(.files(#wire #name)),
        Type::List(_) if patch => quote!(.#target(#wire #name.into_list())),
        Type::List(_) => quote!(.#target(#wire list(#name))),
        Type::Integer if !patch => quote!(.#target(#wire integer(#name))),
        _ => quote!(.#target(#wire #name.into())),
    }
}
