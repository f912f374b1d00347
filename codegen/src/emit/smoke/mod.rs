//! Calls of every operation by its typed method, with made-up values: the cases of the smoke run.
//!
//! They are compiled into the runner, not kept in the repository. What the code refers to is the runner's: `Samples`
//! has the ids, `answer`, `nothing` and `file` make a call and tell what came back, and `reread` reads an answer and
//! writes it again.

mod sample;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::sample::Sampler;
use super::setters::{Input, inputs};
use super::source::{ident, pretty};
use super::types::input_fields;
use crate::model::{AnswerModel, BodyModel, Model, Need, OperationModel, Record, Role, camel, snake};
use crate::spec::Spec;

/// The source of the cases: `CASES`, one for each listed operation, and what makes the records they send.
///
/// # Errors
///
/// When what was made is no Rust: a defect.
pub fn emit(spec: &Spec, model: &Model) -> Result<String, String> {
    let sampler = Sampler { spec, model };
    let mut cases = Vec::new();
    let mut functions = TokenStream::new();
    for family in &model.families {
        for operation in family.modules.values().flatten() {
            let (needed, others) = inputs(operation);
            let ids = [&operation.operation.id].into_iter().chain(&operation.aliases);
            for id in ids {
                functions.extend(function(&sampler, &family.family.name, operation, id, &needed, &others));
                let call = ident(&snake(id));
                let optional = has_optional(operation, &others);
                let reread = reread(&family.family.name, operation);
                cases.push(quote!(Case { operation: #id, optional: #optional, call: #call, reread: #reread }));
            }
        }
    }
    let inputs = model.records.iter().zip(&model.record_families);
    let inputs = inputs.filter(|(record, families)| record.role == Role::Input && !families.is_empty());
    let records: TokenStream = inputs.map(|(record, _)| record_function(&sampler, record)).collect();
    pretty(quote! {
        /// Every listed operation, aliases included.
        pub(crate) const CASES: &[Case] = &[#(#cases),*];

        #functions

        #records
    })
}

/// What reads an answer of the operation and writes it again, where it has a type.
fn reread(family: &str, operation: &OperationModel) -> TokenStream {
    match &operation.answer {
        AnswerModel::Json(_) => {
            let (family, parameters) = (ident(family), ident(&operation.struct_name()));
            quote!(Some(reread::<<desk_sdk::#family::#parameters as desk_sdk::Endpoint>::Answer>))
        }
        AnswerModel::Empty | AnswerModel::Bytes => quote!(None),
    }
}

/// Whether there is anything to set beyond what is needed.
fn has_optional(operation: &OperationModel, others: &[Input<'_>]) -> bool {
    let bytes = matches!(operation.body, BodyModel::Bytes);
    others.iter().any(|input| !input.needed_unless) || bytes || operation.operation.undocumented_query
}

fn function(
    sampler: &Sampler<'_>,
    family: &str,
    operation: &OperationModel,
    id: &str,
    needed: &[Input<'_>],
    others: &[Input<'_>],
) -> TokenStream {
    let (family, parameters, method) = (ident(family), ident(&camel(id)), ident(&snake(id)));
    let paging = operation.operation.paging.as_ref();
    let arguments = needed.iter().map(|input| sampler.argument(input, paging));
    let setter = |input: &Input<'_>| {
        let (name, value) = (ident(input.rust), sampler.argument(input, paging));
        quote!(.#name(#value))
    };
    // Of several that stand for one another, one is always there.
    let (always, optional): (Vec<_>, Vec<_>) = others.iter().partition(|input| input.needed_unless);
    let always: Vec<TokenStream> = always.into_iter().map(setter).collect();
    let mut setters: Vec<TokenStream> = optional.into_iter().map(setter).collect();
    if matches!(operation.body, BodyModel::Bytes) {
        setters.push(quote!(.body("sample")));
    }
    if operation.operation.undocumented_query {
        setters.push(quote!(.query("sample", "1")));
    }
    let made = quote!(desk_sdk::#family::#parameters::new(#(#arguments),*)#(#always)*);
    let made = if setters.is_empty() {
        made
    } else {
        quote!({
            let parameters = #made;
            if all { parameters #(#setters)* } else { parameters }
        })
    };
    let see = ident(match &operation.answer {
        AnswerModel::Json(_) => "answer",
        AnswerModel::Empty => "nothing",
        AnswerModel::Bytes => "file",
    });
    quote! {
        fn #method<'a>(client: &'a Client, samples: &Samples, all: bool) -> Made<'a> {
            #see(client.#method(#made))
        }
    }
}

/// What makes a record. Optional fields only go so deep, as records may hold one another.
fn record_function(sampler: &Sampler<'_>, record: &Record) -> TokenStream {
    let (function, name) = (record_maker(record), ident(&record.name));
    let fields = input_fields(record);
    let value = |field: &crate::model::Field| sampler.field(field);
    let needed = fields.iter().filter(|(_, field)| field.need == Need::Required).map(|(_, field)| value(field));
    let needed: Vec<_> = needed.collect();
    let set = |wanted: fn(&Need) -> bool| -> Vec<TokenStream> {
        let wanted = fields.iter().filter(move |(_, field)| wanted(&field.need));
        let setter = |(name, field): &(proc_macro2::Ident, &crate::model::Field)| {
            let value = value(field);
            quote!(.#name(#value))
        };
        wanted.map(setter).collect()
    };
    // Of several that stand for one another, one is always there.
    let always = set(|need| matches!(need, Need::Unless(_)));
    let setters = set(|need| matches!(need, Need::Optional | Need::Expected));
    let made = quote!(desk_sdk::types::#name::new(#(#needed),*)#(#always)*);
    let body = if setters.is_empty() {
        made
    } else {
        quote! {
            let record = #made;
            if all && depth > 0 { record #(#setters)* } else { record }
        }
    };
    quote! {
        fn #function(samples: &Samples, all: bool, depth: u8) -> desk_sdk::types::#name {
            let depth = depth.saturating_sub(1);
            #body
        }
    }
}

/// The name of the function that makes a record.
fn record_maker(record: &Record) -> proc_macro2::Ident {
    format_ident!("make_{}", snake(&record.name).trim_start_matches("r#"))
}
