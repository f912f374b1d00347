//! A module's operations: parameter structs, their tables, and the client's methods.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::rust_types::received;
use super::setters::setters;
use super::source::{file, ident, spaced, used, words};
use super::tables::{head, kind, rules};
use crate::model::{AnswerModel, BodyModel, Field, Model, Need, OperationModel, Scope, Type, camel, shouty, snake};
use crate::spec::{Method, ParameterPlace, Risk, Rules};

/// The Rust name of a module.
pub(super) fn module_name(module: &str) -> String {
    snake(module)
}

pub(super) fn emit(model: &Model, operations: &[OperationModel]) -> Result<String, String> {
    let structs: TokenStream = operations.iter().map(|operation| parameters(model, operation)).collect();
    let methods: TokenStream = operations.iter().map(|operation| methods(model, operation)).collect();
    let mut entries = Vec::new();
    for operation in operations {
        let name = ident(&operation.struct_name());
        for id in [&operation.operation.id].into_iter().chain(&operation.aliases) {
            let table = ident(&shouty(id));
            entries.push(match &operation.answer {
                AnswerModel::Json(_) => quote!(Entry::json::<#name>(&#table)),
                AnswerModel::Empty => quote!(Entry::empty(&#table)),
                AnswerModel::Bytes => quote!(Entry::bytes(&#table)),
            });
        }
    }
    let module = operations.first().map(|operation| operation.module.as_str()).unwrap_or_default();
    let body = quote! {
        const MODULE: Operation = Operation::of(#module);

        #structs

        impl Client {
            #methods
        }

        pub(super) const ENTRIES: &[Entry] = &[#(#entries),*];
    };
    let heads = heads(model, &body);
    file(quote!(#heads #body)).map(|text| spaced(&text))
}

/// The imports that a file needs, and no others.
fn heads(model: &Model, body: &TokenStream) -> TokenStream {
    let groups: [(&str, &[&str]); 7] = [
        ("answer", &["Download"]),
        ("call", &["Call", "body_endpoint", "endpoint"]),
        ("catalogue", &["Entry"]),
        ("client", &["Client", "Downloading", "Pending"]),
        (
            "operation",
            &["Body", "Kind", "Method", "Operation", "Parameter", "Risk", "field", "header", "paging", "path", "query"],
        ),
        ("record", &["List"]),
        ("value", &["DateTime", "FilePart", "Id", "Integer", "ListOrNull", "Patch", "integer", "list"]),
    ];
    let text = words(body);
    let mut heads: Vec<(&str, TokenStream)> = Vec::new();
    for (module, names) in groups {
        let names: Vec<_> =
            used(names, body).into_iter().filter(|name| !is_ambiguous(name) || occurs(&text, name)).collect();
        if !names.is_empty() {
            let (from, names) = (ident(module), names.into_iter().map(ident));
            heads.push((module, quote!(use crate::#from::{#(#names),*};)));
        }
    }
    let constants: Vec<String> = model.scopes.iter().map(Scope::constant).collect();
    let globs = [
        ("generated", constants.iter().map(String::as_str).collect(), quote!(crate::generated::scopes)),
        ("operation::Rule", RULES.to_vec(), quote!(crate::operation::Rule)),
        ("types", type_names(model), quote!(crate::types)),
    ];
    for (order, names, from) in globs {
        if !used(&names, body).is_empty() {
            heads.push((order, quote!(use #from::*;)));
        }
    }
    heads.sort_by_key(|(order, _)| *order);
    heads.into_iter().map(|(_, line)| line).collect()
}

/// The variants of `Rule`.
pub(super) const RULES: &[&str] = &[
    "Required",
    "Nullable",
    "ReadOnly",
    "Minimum",
    "Maximum",
    "MinLength",
    "MaxLength",
    "MinItems",
    "MaxItems",
    "Unique",
    "Values",
    "Descending",
    "Expected",
    "Unless",
    "Open",
    "TimeRange",
    "Prefix",
    "Words",
    "Default",
];

/// The names of all records and enums.
pub(super) fn type_names(model: &Model) -> Vec<&str> {
    let records = model.records.iter().map(|record| record.name.as_str());
    records.chain(model.enums.enums.iter().map(|one| one.name.as_str())).collect()
}

/// Names that something else in a file may have as well: setters are named like functions of the
/// tables, and `Patch` is a method, too.
fn is_ambiguous(name: &str) -> bool {
    matches!(name, "field" | "header" | "integer" | "paging" | "path" | "query" | "list" | "List" | "Patch" | "Integer")
}

/// Whether an ambiguous name is used as what would be imported.
fn occurs(text: &str, name: &str) -> bool {
    if name == "Integer" {
        return text.contains("impl Integer");
    }
    if matches!(name, "List" | "Patch") {
        return text.contains(&format!("{name} <"));
    }
    ["[", ", ", "paging : "]
        .iter()
        .any(|before| [" (", "("].iter().any(|after| text.contains(&format!("{before}{name}{after}"))))
}

/// The parameter struct and table of an operation, and those of its duplicates.
fn parameters(model: &Model, operation: &OperationModel) -> TokenStream {
    let id = &operation.operation.id;
    let (name, constant) = (ident(&operation.struct_name()), ident(&shouty(id)));
    let table = table(model, operation);
    let answer = answer(model, operation);
    let fields = matches!(operation.body, BodyModel::Fields { .. });
    let endpoint = ident(if fields { "body_endpoint" } else { "endpoint" });
    let (new, setters) = setters(model, operation);
    let twins = operation.aliases.iter().map(|alias| {
        let (twin, table) = (ident(&camel(alias)), ident(&shouty(alias)));
        let about = format!(" Parameters of [`Client::{alias}`], an alias of [`{name}`].");
        quote! {
            #[doc = #about]
            pub type #twin = #name;

            static #table: Operation = Operation { id: #alias, aliases: &[], alias_of: Some(#id), ..#constant };
        }
    });
    quote! {
        #endpoint!(#id, #name, #answer, #constant);

        impl #name {
            #new
            #(#setters)*
        }

        static #constant: Operation = #table;

        #(#twins)*
    }
}

/// What an operation answers, as a type.
fn answer(model: &Model, operation: &OperationModel) -> TokenStream {
    match &operation.answer {
        AnswerModel::Bytes => quote!(Download),
        AnswerModel::Empty => quote!(()),
        AnswerModel::Json(ty) => received(model, ty),
    }
}

/// The client's methods of an operation and its duplicates.
fn methods(model: &Model, operation: &OperationModel) -> TokenStream {
    let id = &operation.operation.id;
    let (name, method) = (ident(&operation.struct_name()), ident(&snake(id)));
    let (pending, call) = match operation.answer {
        AnswerModel::Bytes => (quote!(Downloading<'_>), ident("download")),
        AnswerModel::Empty | AnswerModel::Json(_) => {
            let answer = answer(model, operation);
            (quote!(Pending<'_, #answer>), ident("call"))
        }
    };
    let docs = paragraphs(&docs::operation(operation));
    let deprecated = operation.operation.deprecated.then(|| quote!(#[deprecated = "the API discourages its use"]));
    let twins = operation.aliases.iter().map(|alias| {
        let (name, twin) = (ident(&camel(alias)), ident(&snake(alias)));
        let docs = paragraphs(&[
            docs::prose(&operation.operation.summary),
            docs::facts(operation),
            format!("A second registration of [`{id}`](Client::{id}): the same operation under another name."),
        ]);
        quote! {
            #docs
            #deprecated
            pub fn #twin(&self, parameters: #name) -> #pending {
                self.#method(parameters)
            }
        }
    });
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, parameters: #name) -> #pending {
            self.#call(parameters)
        }
        #(#twins)*
    }
}

fn paragraphs(paragraphs: &[String]) -> TokenStream {
    let mut docs = TokenStream::new();
    for (position, paragraph) in paragraphs.iter().enumerate() {
        if position > 0 {
            docs.extend(quote!(#[doc = ""]));
        }
        for line in paragraph.lines() {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            docs.extend(quote!(#[doc = #line]));
        }
    }
    docs
}

/// The constant description of an operation.
fn table(model: &Model, operation: &OperationModel) -> TokenStream {
    let id = &operation.operation.id;
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
    if let Some(paging) = &spec.paging {
        let number = |number: Option<u64>| match number.map(Literal::u64_unsuffixed) {
            Some(number) => quote!(Some(#number)),
            None => quote!(None),
        };
        let (first, key) = (Literal::u64_unsuffixed(paging.first), &paging.key);
        let (maximum, default) = (number(paging.maximum), number(paging.default));
        parts.push(quote!(paging: paging(#first, #maximum, #default, #key)));
    }
    if !operation.aliases.is_empty() {
        let aliases = &operation.aliases;
        parts.push(quote!(aliases: &[#(#aliases),*]));
    }
    quote!(Operation { #(#parts,)* ..MODULE })
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
            let fields = fields.iter().map(|(_, field)| field_entry(model, field));
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

/// The table of the operation that finds the organization, for whatever features are enabled.
pub(super) fn discovery(model: &Model) -> Result<TokenStream, String> {
    let all = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let found = all.into_iter().find(|operation| operation.operation.discovers_organization);
    let operation = found.ok_or("no operation has \"discovers_organization\": true; correct one in spec/local")?;
    let table = table(model, operation);
    let module = &operation.module;
    let constants: std::collections::BTreeSet<String> =
        operation.operation.scopes.iter().flatten().map(|scope| Scope::parse(scope).constant()).collect();
    let constants = constants.iter().map(|name| ident(name));
    debug_assert_eq!(operation.parameters.iter().filter(|parameter| parameter.need == Need::Required).count(), 0);
    Ok(quote! {
        /// The operation that finds the organization of a token's user.
        pub(crate) static ORGANIZATION_DISCOVERY: crate::Operation = {
            use self::scopes::{#(#constants),*};
            use crate::Operation;
            const MODULE: Operation = Operation::of(#module);
            #table
        };
    })
}
