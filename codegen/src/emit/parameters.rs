//! A parameter struct with its setters and its table, and those of the operation's duplicates.

use proc_macro2::TokenStream;
use quote::quote;

use super::inputs::{Inputs, of_operation, required};
use super::operation_table::{Told, table};
use super::rust_types::{received, sent};
use super::source::{doc_comment, ident, pretty, tokens};
use super::{before, custom, docs};
use crate::model::{AnswerModel, BodyModel, Model, OperationModel, OperationNames};

/// One operation's part of a file, and the names it refers to.
pub(super) struct Section {
    pub(super) text: String,
    /// The types that the macros mention.
    pub(super) types: TokenStream,
    /// The names that the tables mention.
    pub(super) tables: TokenStream,
}

/// Everything about an operation's parameters.
pub(super) fn section(model: &Model, operation: &OperationModel) -> Result<Section, String> {
    let inputs = of_operation(model, operation);
    let answer = answer(model, operation);
    let names = &operation.names;
    let table = table(model, operation, Told::Everything);
    let constant = ident(&names.table);
    let mut text = structure(model, operation, &inputs, &answer);
    text.push('\n');
    text.push_str(&pretty(quote!(static #constant: Operation = #table;))?);
    text.push_str(&before::of_type(&names.parameters, &names.structs_before));
    for twin in &operation.aliases {
        text.push('\n');
        text.push_str(&alias(names, twin)?);
        text.push_str(&before::of_type(&twin.parameters, &twin.structs_before));
    }
    let settable = inputs.settable.iter().map(|input| input.argument(model));
    let types = inputs.path.iter().map(|input| sent(model, input.ty)).chain(settable).chain([answer]);
    let types = types.map(|ty| tokens(&ty)).collect::<Result<_, _>>()?;
    Ok(Section { text, types, tables: table })
}

/// The parameter struct and the table of a duplicate.
fn alias(real: &OperationNames, twin: &OperationNames) -> Result<String, String> {
    let about = format!("Parameters of [`Client::{}`], an alias of [`{}`].", twin.method, real.parameters);
    let about = doc_comment("", &[about]);
    let (id, real_id, table, constant) = (&twin.id, &real.id, ident(&twin.table), ident(&real.table));
    let table = pretty(quote! {
        static #table: Operation = Operation { id: #id, aliases: &[], alias_of: Some(#real_id), ..#constant };
    })?;
    Ok(format!("{about}pub type {} = {};\n\n{table}", twin.parameters, real.parameters))
}

/// What an operation answers, as a type.
pub(crate) fn answer(model: &Model, operation: &OperationModel) -> String {
    match &operation.answer {
        AnswerModel::Bytes => "Download".to_owned(),
        AnswerModel::Empty => "()".to_owned(),
        AnswerModel::Json(ty) => received(model, ty),
    }
}

/// The parameter struct, as input for `parameters!`.
fn structure(model: &Model, operation: &OperationModel, inputs: &Inputs<'_>, answer: &str) -> String {
    let names = &operation.names;
    let mut about = vec![docs::summary(&operation.operation), format!("Parameters of [`Client::{}`].", names.method)];
    let required = required(&inputs.settable);
    if !required.is_empty() {
        about.push(required.join(" "));
    }
    let about = doc_comment("    ", &about);
    let path = inputs.path.iter().map(|input| format!("{}: {} = {:?}", input.rust, sent(model, input.ty), input.wire));
    let path = path.collect::<Vec<_>>().join(", ");
    let field = match &operation.body {
        BodyModel::Fields { fields, .. } => format!(" + field{}", custom::held(model, fields)),
        BodyModel::None | BodyModel::Whole { .. } | BodyModel::Bytes => String::new(),
    };
    let head = format!("{}({path}) -> {answer} = {}{field}", names.parameters, names.table);
    let mut setters: String = inputs.settable.iter().map(|input| input.setter(model)).collect();
    if matches!(operation.body, BodyModel::Bytes) {
        setters.push_str("        /// The body: the content to upload.\n        body(bytes::Bytes) = body \"body\";\n");
    }
    match setters.as_str() {
        "" => format!("parameters! {{\n{about}    {head} {{}}\n}}\n"),
        setters => format!("parameters! {{\n{about}    {head} {{\n{setters}    }}\n}}\n"),
    }
}
