//! A module's operations: parameter structs, their tables, and the client's methods.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::source::{file, ident, used};
use super::tables::{Need, kind, rules};
use crate::model::{
    AnswerModel, BodyModel, Field, Model, OperationModel, ParameterModel, Scope, Type, camel, shouty, snake,
};
use crate::spec::{Method, Place, Risk, Rules};

/// The Rust name of a module.
pub(super) fn module_name(module: &str) -> String {
    snake(module)
}

pub(super) fn emit(model: &Model, operations: &[OperationModel]) -> Result<String, String> {
    let items = operations.iter().map(|operation| one(model, operation));
    let items: TokenStream = items.collect();
    let mut names = Vec::new();
    let mut readers = Vec::new();
    for operation in operations {
        let name = ident(&operation.struct_name());
        names.push(quote!(#name::OPERATION));
        let reader = reader(model, operation);
        let id = &operation.operation.id;
        readers.push(quote!(Reader { operation: #id, read: #reader }));
        for alias in &operation.aliases {
            let table = ident(&shouty(alias));
            names.push(quote!(&#table));
            readers.push(quote!(Reader { operation: #alias, read: #reader }));
        }
    }
    let body = quote! {
        #items

        pub(super) const OPERATIONS: &[&Operation] = &[#(#names),*];
    };
    let readers = quote! {
        #[cfg(feature = "by-name")]
        pub(super) const READERS: &[crate::by_name::Reader] = {
            use crate::by_name::Reader;
            &[#(#readers),*]
        };
    };
    let heads = heads(model, &body);
    file(quote!(#heads #body #readers))
}

/// The imports that a file needs, and no others.
fn heads(model: &Model, body: &TokenStream) -> TokenStream {
    let groups: [(&str, &[&str]); 4] = [
        ("call", &["Call", "Endpoint"]),
        ("client", &["Client", "Downloading", "Pending"]),
        ("operation", &["Body", "Kind", "Method", "Operation", "Paging", "Parameter", "Risk", "field", "header", "path", "query"]),
        ("value", &["DateTime", "FilePart", "Id", "Patch"]),
    ];
    let mut heads = TokenStream::new();
    for (module, names) in groups {
        // The methods `field` and `query` have the names of functions: the tables decide.
        let names: Vec<_> = used(names, body).into_iter().filter(|name| !is_function(name) || calls(body, name)).collect();
        let (module, names) = (ident(module), names.into_iter().map(ident));
        heads.extend(quote!(use crate::#module::{#(#names),*};));
    }
    let rules = [
        "Required", "Nullable", "ReadOnly", "Minimum", "Maximum", "MinLength", "MaxLength", "MinItems", "MaxItems",
        "Unique", "Values", "Descending", "Words", "Default",
    ];
    let rules: Vec<_> = used(&rules, body).into_iter().map(ident).collect();
    if !rules.is_empty() {
        heads.extend(quote!(use crate::operation::Rule::{#(#rules),*};));
    }
    let constants: Vec<String> = model.scopes.iter().map(Scope::constant).collect();
    let constants: Vec<&str> = constants.iter().map(String::as_str).collect();
    let constants: Vec<_> = used(&constants, body).into_iter().map(ident).collect();
    if !constants.is_empty() {
        heads.extend(quote!(use crate::generated::scopes::{#(#constants),*};));
    }
    let types = model.records.iter().map(|record| record.name.as_str());
    let mut types: Vec<&str> = types.chain(model.enums.enums.iter().map(|one| one.name.as_str())).collect();
    types.sort_unstable();
    let types: Vec<_> = used(&types, body).into_iter().map(ident).collect();
    if !types.is_empty() {
        heads.extend(quote!(use crate::types::{#(#types),*};));
    }
    heads
}

fn is_function(name: &str) -> bool {
    matches!(name, "field" | "header" | "path" | "query")
}

/// Whether a function of the tables is called: `query("name", …)` and not `.query(…)` or `fn query`.
fn calls(body: &TokenStream, name: &str) -> bool {
    let text = body.to_string();
    [format!("[{name} ("), format!(", {name} ("), format!("[{name}("), format!(", {name}(")].iter().any(|call| text.contains(call))
}

fn one(model: &Model, operation: &OperationModel) -> TokenStream {
    let name = ident(&operation.struct_name());
    let method = ident(&snake(&operation.operation.id));
    let about = format!(" Parameters of [`Client::{}`].", operation.operation.id);
    let table = table(model, operation, &operation.operation.id, None);
    let (new, setters) = methods(model, operation);
    let (answer, call, pending) = match &operation.answer {
        AnswerModel::Bytes => (quote!(crate::Download), quote!(self.download(parameters.into_call())), quote!(Downloading<'_>)),
        AnswerModel::Empty => (quote!(()), quote!(self.call(parameters)), quote!(Pending<'_, ()>)),
        AnswerModel::Json(ty) => {
            let ty = rust(model, ty);
            (ty.clone(), quote!(self.call(parameters)), quote!(Pending<'_, #ty>))
        }
    };
    let docs = paragraphs(&docs::operation(operation));
    let deprecated = operation.operation.deprecated.then(|| quote!(#[deprecated = "the API discourages its use"]));
    let twins = operation.aliases.iter().map(|alias| twin(model, operation, alias, &pending));
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug)]
        pub struct #name(Call);

        impl Endpoint for #name {
            type Answer = #answer;

            const OPERATION: &'static Operation = &#table;

            fn into_call(self) -> Call {
                self.0
            }
        }

        impl #name {
            #new
            #(#setters)*
            /// Adds a query parameter that is not declared.
            pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self(self.0.query(name, value))
            }
        }

        impl Client {
            #docs
            #deprecated
            pub fn #method(&self, parameters: #name) -> #pending {
                #call
            }
        }

        #(#twins)*
    }
}

/// The method, parameter struct and table of a duplicate.
fn twin(model: &Model, operation: &OperationModel, alias: &str, pending: &TokenStream) -> TokenStream {
    let (real, name) = (ident(&operation.struct_name()), ident(&camel(alias)));
    let (real_method, method) = (ident(&snake(&operation.operation.id)), ident(&snake(alias)));
    let constant = ident(&shouty(alias));
    let about = format!(" Parameters of [`Client::{alias}`], an alias of [`{}`].", operation.struct_name());
    let docs = paragraphs(&[
        docs::prose(&operation.operation.summary),
        format!("A second registration of [`{0}`](Client::{0}): the same operation under another name.", operation.operation.id),
    ]);
    let table = table(model, operation, alias, Some(&operation.operation.id));
    quote! {
        #[doc = #about]
        pub type #name = #real;

        impl Client {
            #docs
            pub fn #method(&self, parameters: #name) -> #pending {
                self.#real_method(parameters)
            }
        }

        static #constant: Operation = #table;
    }
}

fn paragraphs(paragraphs: &[String]) -> TokenStream {
    let mut docs = TokenStream::new();
    for (position, paragraph) in paragraphs.iter().enumerate() {
        if position > 0 {
            docs.extend(quote!(#[doc = ""]));
        }
        let paragraph = format!(" {paragraph}");
        docs.extend(quote!(#[doc = #paragraph]));
    }
    docs
}

/// The constant description of an operation, or of an alias of it.
fn table(model: &Model, operation: &OperationModel, id: &str, alias_of: Option<&str>) -> TokenStream {
    if let Some(real) = alias_of {
        let name = ident(&operation.struct_name());
        return quote!(Operation { id: #id, aliases: &[], alias_of: Some(#real), ..*#name::OPERATION });
    }
    let spec = &operation.operation;
    let (path, module, summary) = (&spec.path, &operation.module, &spec.summary);
    let mut parts = vec![quote!(id: #id)];
    if spec.method != Method::Get {
        let method = format_ident!("{}", camel(&spec.method.to_string()));
        parts.push(quote!(method: Method::#method));
    }
    parts.push(quote!(path: #path));
    parts.push(quote!(module: #module));
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
    for (name, flag, usual) in [
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
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(|parameter| {
            let place = ident(match parameter.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            });
            let need = Need { required: parameter.required, nullable: false };
            entry(model, &place, &parameter.wire, &parameter.ty, need, &parameter.rules, &parameter.inner)
        });
        parts.push(quote!(parameters: &[#(#parameters),*]));
    }
    if let Some(body) = body(model, &operation.body) {
        parts.push(quote!(body: #body));
    }
    if let Some(paging) = &spec.paging {
        let number = |number: Option<u64>| match number.map(Literal::u64_unsuffixed) {
            Some(number) => quote!(Some(#number)),
            None => quote!(None),
        };
        let (first, key) = (Literal::u64_unsuffixed(paging.first), &paging.key);
        let (maximum, default) = (number(paging.maximum), number(paging.default));
        parts.push(quote!(paging: Some(Paging { first: #first, maximum: #maximum, default: #default, key: #key })));
    }
    if !operation.aliases.is_empty() {
        let aliases = &operation.aliases;
        parts.push(quote!(aliases: &[#(#aliases),*]));
    }
    quote!(Operation { #(#parts,)* ..Operation::DEFAULT })
}

fn entry(
    model: &Model,
    function: &proc_macro2::Ident,
    wire: &str,
    ty: &Type,
    need: Need,
    own: &Rules,
    inner: &Rules,
) -> TokenStream {
    let (kind, rules) = (kind(model, ty), rules(need, own, inner));
    quote!(#function(#wire, #kind, #rules))
}

/// A field of a body or record in a table.
pub(super) fn field_entry(model: &Model, field: &Field, partial: bool) -> TokenStream {
    let need = Need { required: field.required && !partial, nullable: field.nullable || partial };
    entry(model, &ident("field"), &field.wire, &field.ty, need, &field.rules, &field.inner)
}

fn body(model: &Model, body: &BodyModel) -> Option<TokenStream> {
    Some(match body {
        BodyModel::None => return None,
        BodyModel::Bytes => quote!(Body::Bytes),
        BodyModel::Whole { required, ty } => {
            let kind = kind(model, ty);
            quote!(Body::Whole { required: #required, kind: #kind })
        }
        BodyModel::Fields { form, required, partial, fields } => {
            let fields = fields.iter().map(|(_, field)| field_entry(model, field, *partial));
            let fields = quote!(&[#(#fields),*]);
            if *form { quote!(Body::Form { fields: #fields }) } else { quote!(Body::Json { required: #required, fields: #fields }) }
        }
    })
}

/// One value that a caller may give.
struct Input<'m> {
    rust: &'m str,
    wire: &'m str,
    ty: &'m Type,
    /// `parameter`, `field` or `whole`: what it is set with.
    target: &'static str,
    patch: bool,
    doc: String,
}

/// `new` and the setters.
fn methods(model: &Model, operation: &OperationModel) -> (TokenStream, Vec<TokenStream>) {
    let mut needed = Vec::new();
    let mut others = Vec::new();
    for parameter in &operation.parameters {
        let list = if parameter.required { &mut needed } else { &mut others };
        list.push(parameter_input(parameter));
    }
    match &operation.body {
        BodyModel::Fields { fields, partial, .. } => {
            for (rust, field) in fields {
                let patch = field.nullable || *partial;
                let doc = docs::setter("field", &field.wire, None, &field.ty, &field.rules);
                let input = Input { rust, wire: &field.wire, ty: &field.ty, target: "field", patch, doc };
                if field.required && !partial { needed.push(input) } else { others.push(input) }
            }
        }
        BodyModel::Whole { required, ty } => {
            let doc = "The body, a JSON document.".to_owned();
            let input = Input { rust: "body", wire: "", ty, target: "whole", patch: false, doc };
            if *required { needed.push(input) } else { others.push(input) }
        }
        BodyModel::None | BodyModel::Bytes => {}
    }
    let arguments = needed.iter().map(|input| argument(model, input));
    let chain = needed.iter().map(|input| set(model, input));
    let expect = (needed.len() > 7).then(|| {
        quote!(#[expect(clippy::too_many_arguments, reason = "all of them are needed")])
    });
    let about = if needed.is_empty() { " Nothing set.".to_owned() } else { " With what is needed; everything else can be set.".to_owned() };
    let new = quote! {
        #[doc = #about]
        #expect
        pub fn new(#(#arguments),*) -> Self {
            Self(Call::new(Self::OPERATION)#(#chain)*)
        }
    };
    let mut setters: Vec<TokenStream> = others
        .iter()
        .map(|input| {
            let (name, argument, set) = (ident(input.rust), argument(model, input), set(model, input));
            let doc = format!(" {}", input.doc);
            quote! {
                #[doc = #doc]
                pub fn #name(self, #argument) -> Self {
                    Self(self.0 #set)
                }
            }
        })
        .collect();
    match &operation.body {
        BodyModel::Fields { .. } => setters.push(quote! {
            /// Sets a field that is not declared, such as a custom one.
            pub fn field(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                Self(self.0.undeclared(name, value))
            }
        }),
        BodyModel::Bytes => setters.push(quote! {
            /// What is sent.
            pub fn body(self, content: impl Into<bytes::Bytes>) -> Self {
                Self(self.0.bytes(content))
            }
        }),
        BodyModel::None | BodyModel::Whole { .. } => {}
    }
    (new, setters)
}

fn parameter_input(parameter: &ParameterModel) -> Input<'_> {
    let what = match parameter.place {
        Place::Path => "path parameter",
        Place::Query => "query parameter",
        Place::Header => "header",
    };
    let doc = docs::setter(what, &parameter.wire, parameter.note.as_deref(), &parameter.ty, &parameter.rules);
    Input { rust: &parameter.rust, wire: &parameter.wire, ty: &parameter.ty, target: "parameter", patch: false, doc }
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
            let of = value(model, of);
            quote!(impl IntoIterator<Item = impl Into<#of>>)
        }
        ty => {
            let inner = value(model, ty);
            if patch && !matches!(ty, Type::File) { quote!(impl Into<Patch<#inner>>) } else { quote!(impl Into<#inner>) }
        }
    }
}

fn set(model: &Model, input: &Input<'_>) -> TokenStream {
    let (name, wire) = (ident(input.rust), input.wire);
    match input.ty {
        Type::File => quote!(.file(#wire, #name)),
        Type::List(of) if **of == Type::File => quote!(.files(#wire, #name)),
        ty => setting(model, input.target, wire, &name, ty, input.patch),
    }
}

/// The call that sets a value: `.parameter::<Id>("ticketId", ticket_id)`.
pub(super) fn setting(
    model: &Model,
    target: &str,
    wire: &str,
    name: &proc_macro2::Ident,
    ty: &Type,
    patch: bool,
) -> TokenStream {
    let (method, of) = match ty {
        Type::List(of) => (format_ident!("{target}_list"), value(model, of)),
        ty => {
            let of = value(model, ty);
            (format_ident!("{target}"), if patch { quote!(Patch<#of>) } else { of })
        }
    };
    let wire = (!wire.is_empty()).then(|| quote!(#wire,));
    quote!(.#method::<#of>(#wire #name))
}

/// The Rust type of a value that is sent.
fn value(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::Any | Type::List(_) => quote!(serde_json::Value),
        Type::Boolean => quote!(bool),
        Type::DateTime => quote!(DateTime),
        Type::File => quote!(FilePart),
        Type::Id => quote!(Id),
        Type::Integer => quote!(i64),
        Type::Map(_) => quote!(serde_json::Map<String, serde_json::Value>),
        Type::Number => quote!(f64),
        Type::Text => quote!(String),
        Type::Enum(id) => match model.enums.get(*id) {
            Some(index) => {
                let name = ident(&model.enums.enums[index].name);
                quote!(#name)
            }
            None => quote!(String),
        },
        Type::Record(id) => {
            let name = ident(&model.records[id.0].name);
            quote!(#name)
        }
    }
}

/// The Rust type of a value that comes back.
pub(super) fn rust(model: &Model, ty: &Type) -> TokenStream {
    match ty {
        Type::List(of) => {
            let of = rust(model, of);
            quote!(Vec<#of>)
        }
        Type::Map(of) if matches!(**of, Type::Record(_)) => {
            let of = rust(model, of);
            quote!(std::collections::BTreeMap<String, #of>)
        }
        // What a map holds is seldom of its declared kind, and it may not even be a map.
        Type::Map(_) => quote!(serde_json::Value),
        Type::File => quote!(String),
        ty => value(model, ty),
    }
}

/// The function that reads an operation's answer for `by_name`.
fn reader(model: &Model, operation: &OperationModel) -> TokenStream {
    match &operation.answer {
        AnswerModel::Empty | AnswerModel::Bytes => quote!(crate::by_name::nothing),
        AnswerModel::Json(ty) => {
            let ty = rust(model, ty);
            quote!(crate::by_name::read::<#ty>)
        }
    }
}

/// The table of the operation that finds the organization, for whatever features are enabled.
pub(super) fn discovery(model: &Model) -> Result<TokenStream, String> {
    let all = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let found = all.into_iter().find(|operation| operation.operation.discovers_organization);
    let operation = found.ok_or("no operation has \"discovers_organization\": true; correct one in spec/local")?;
    let table = table(model, operation, &operation.operation.id, None);
    let constants: std::collections::BTreeSet<String> =
        operation.operation.scopes.iter().flatten().map(|scope| Scope::parse(scope).constant()).collect();
    let constants = constants.iter().map(|name| ident(name));
    debug_assert_eq!(operation.parameters.iter().filter(|parameter| parameter.required).count(), 0);
    Ok(quote! {
        /// The operation that finds the organization of a token's user.
        pub(crate) static ORGANIZATION_DISCOVERY: crate::Operation = {
            use self::scopes::{#(#constants),*};
            use crate::Operation;
            #table
        };
    })
}

