//! Calls to every operation through its typed method, with made-up values: the cases of the smoke run.
//!
//! They are compiled into the runner, not kept in the repository. The code refers to items of the runner: `Samples` has
//! the ids, `answer`, `nothing` and `file` make a call and report what came back, and `reread` reads an answer and
//! writes it again.

mod sample;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::sample::Sampler;
use super::inputs::{Input, Inputs, of_operation, of_record};
use super::source::{ident, pretty};
use crate::model::{AnswerModel, BodyModel, Model, OperationModel, OperationNames, Record, Role, snake};
use crate::spec::Spec;

/// The source of the cases: `CASES`, one for each listed operation, and the functions that make the records they send.
///
/// # Errors
///
/// If the result is not valid Rust, which is a bug.
pub fn emit(spec: &Spec, model: &Model) -> Result<String, String> {
    let sampler = Sampler { spec, model };
    let mut cases = Vec::new();
    let mut functions = TokenStream::new();
    for family in &model.families {
        for operation in family.modules.values().flatten() {
            let inputs = of_operation(model, operation);
            for names in [&operation.names].into_iter().chain(&operation.aliases) {
                functions.extend(function(&sampler, &family.family.name, operation, names, &inputs));
                let (id, call) = (&names.id, ident(&names.method));
                let optional = has_optional(operation, &inputs);
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

/// The code that reads an answer of the operation and writes it again, if the answer has a type.
fn reread(family: &str, operation: &OperationModel) -> TokenStream {
    match &operation.answer {
        AnswerModel::Json(_) => {
            let (family, parameters) = (ident(family), ident(&operation.names.parameters));
            quote!(Some(reread::<<desk_sdk::#family::#parameters as desk_sdk::Endpoint>::Answer>))
        }
        AnswerModel::Empty | AnswerModel::Bytes => quote!(None),
    }
}

/// Whether a value is always given: required values, and each of several that can replace one another.
fn always(input: &Input<'_>) -> bool {
    input.is_required() || input.is_required_unless()
}

/// Whether there is anything to set beyond the values that are always given.
fn has_optional(operation: &OperationModel, inputs: &Inputs<'_>) -> bool {
    let bytes = matches!(operation.body, BodyModel::Bytes);
    !inputs.settable.iter().all(always) || bytes || operation.operation.undocumented_query
}

fn function(
    sampler: &Sampler<'_>,
    family: &str,
    operation: &OperationModel,
    names: &OperationNames,
    inputs: &Inputs<'_>,
) -> TokenStream {
    let (family, parameters, method) = (ident(family), ident(&names.parameters), ident(&names.method));
    let paging = operation.operation.paging.as_ref();
    let arguments = inputs.path.iter().map(|input| sampler.argument(input, paging));
    let setter = |input: &Input<'_>| {
        let (name, value) = (ident(input.rust), sampler.argument(input, paging));
        quote!(.#name(#value))
    };
    let (required, optional): (Vec<_>, Vec<_>) = inputs.settable.iter().partition(|input| always(input));
    let required = required.into_iter().map(setter);
    let mut setters: Vec<TokenStream> = optional.into_iter().map(setter).collect();
    if matches!(operation.body, BodyModel::Bytes) {
        setters.push(quote!(.body("sample")));
    }
    if operation.operation.undocumented_query {
        setters.push(quote!(.query("sample", "1")));
    }
    let made = quote!(desk_sdk::#family::#parameters::new(#(#arguments),*)#(#required)*);
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

/// The function that makes a record. Optional fields are set only to a limited depth, as records may hold one another.
fn record_function(sampler: &Sampler<'_>, record: &Record) -> TokenStream {
    let (function, name) = (record_maker(record), ident(&record.name));
    let inputs = of_record(sampler.model, record);
    let setter = |input: &Input<'_>| {
        let (name, value) = (ident(input.rust), sampler.field(input));
        quote!(.#name(#value))
    };
    let (required, optional): (Vec<_>, Vec<_>) = inputs.iter().partition(|input| always(input));
    let required = required.into_iter().map(setter);
    let setters: Vec<TokenStream> = optional.into_iter().map(setter).collect();
    let made = quote!(desk_sdk::types::#name::new()#(#required)*);
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
