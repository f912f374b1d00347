//! A module's operations: parameter structs, their tables, and the client's methods.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::methods::methods;
use super::parameters::{Section, section};
use super::source::{ident, mentions, pretty, text, used};
use super::tables::RULES;
use crate::model::{AnswerModel, BodyModel, Model, OperationModel, Scope};
use crate::spec::ParameterPlace;

pub(super) fn emit(
    model: &Model,
    names: &Names<'_>,
    module: &str,
    operations: &[OperationModel],
) -> Result<String, String> {
    let sections: Vec<Section> =
        operations.iter().map(|operation| section(model, operation)).collect::<Result<_, _>>()?;
    let head = pretty(imports(names, operations, &sections))?;
    let constant = pretty(quote!(const MODULE: Operation = Operation::of(#module);))?;
    let entries = pretty(entries(operations))?;
    let mut parts = vec![head, constant];
    parts.extend(sections.into_iter().map(|section| section.text));
    parts.extend([methods(model, module, operations), entries]);
    Ok(text(&parts.join("\n")))
}

fn entries(operations: &[OperationModel]) -> TokenStream {
    let entries = operations.iter().flat_map(|operation| {
        let name = ident(&operation.names.parameters);
        [&operation.names].into_iter().chain(&operation.aliases).map(move |names| {
            let table = ident(&names.table);
            match &operation.answer {
                AnswerModel::Json(_) => quote!(Entry::json::<#name>(&#table)),
                AnswerModel::Empty => quote!(Entry::empty(&#table)),
                AnswerModel::Bytes => quote!(Entry::bytes(&#table)),
            }
        })
    });
    quote!(pub(super) const ENTRIES: &[Entry] = &[#(#entries),*];)
}

/// The imports that a file needs, and no others.
fn imports(names: &Names<'_>, operations: &[OperationModel], sections: &[Section]) -> TokenStream {
    let types: TokenStream = sections.iter().flat_map(|section| section.types.clone()).collect();
    let tables: TokenStream = sections.iter().flat_map(|section| section.tables.clone()).collect();
    let any = |wanted: &dyn Fn(&OperationModel) -> bool| operations.iter().any(wanted);
    let place = |place: ParameterPlace| any(&|one| one.parameters.iter().any(|parameter| parameter.place == place));
    let downloads = any(&|one| one.answer == AnswerModel::Bytes);
    let functions = [
        ("field", any(&|one| matches!(&one.body, BodyModel::Fields { fields, .. } if !fields.is_empty()))),
        ("header", place(ParameterPlace::Header)),
        ("paging", any(&|one| one.operation.paging.is_some())),
        ("path", place(ParameterPlace::Path)),
        ("query", place(ParameterPlace::Query)),
        ("timeline", any(&|one| !one.walked.timelines.is_empty())),
    ];
    let mut operation = vec!["Operation"];
    operation.extend(used(&["Body", "Kind", "Method", "Risk"], &tables));
    operation.extend(functions.into_iter().filter(|(_, used)| *used).map(|(name, _)| name));
    operation.sort_unstable();
    let client =
        [("Client", true), ("Downloading", downloads), ("Pending", any(&|one| one.answer != AnswerModel::Bytes))];
    let groups = [
        ("call", vec!["parameters"]),
        ("catalogue", vec!["Entry"]),
        ("client", there(&client)),
        ("download", used(&["Download"], &types)),
        ("operation", operation),
        ("record", used(&["List"], &types)),
        ("value", used(VALUES, &types)),
    ];
    let is_type = |name: &str| names.types.contains(name);
    let globs = [
        ("generated::scopes", !mentions(&tables, &|name: &str| names.scopes.contains(name))),
        ("operation::Rule", used(RULES, &tables).is_empty()),
        ("types", !mentions(&types, &is_type) && !mentions(&tables, &is_type)),
    ];
    let named = groups.into_iter().filter(|(_, names)| !names.is_empty()).map(|(module, names)| {
        let (from, names) = (ident(module), names.into_iter().map(ident));
        (module, quote!(use crate::#from::{#(#names),*};))
    });
    let all = globs.into_iter().filter(|(_, unused)| !unused).map(|(module, _)| {
        let from = module.split("::").map(ident);
        (module, quote!(use crate::#(#from)::*::*;))
    });
    let mut lines: Vec<_> = named.chain(all).collect();
    lines.sort_by_key(|(module, _)| *module);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn there<'n>(names: &[(&'n str, bool)]) -> Vec<&'n str> {
    names.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect()
}

/// The types that arguments and answers consist of.
pub(super) const VALUES: &[&str] = &[
    "DateTime",
    "FilePart",
    "Id",
    "Integer",
    "ListOrNull",
    "Optional",
    "OptionalList",
    "Patch",
    "RequiredList",
    "TimeRange",
    "TimeSpan",
];

/// Names that files refer to, of which there are many.
pub(super) struct Names<'m> {
    /// The names of all records and enums.
    pub(super) types: HashSet<&'m str>,
    /// The constants of all scopes.
    scopes: HashSet<String>,
}

impl<'m> Names<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let records = model.records.iter().map(|record| record.name.as_str());
        let types = records.chain(model.enums.enums.iter().map(|one| one.name.as_str()));
        Self { types: types.collect(), scopes: model.scopes.iter().map(Scope::constant).collect() }
    }
}
