//! The client's methods of a module.

use super::docs;
use super::parameters::answer;
use super::source::{doc_comment, renamed};
use crate::model::{AnswerModel, Model, OperationModel, OperationNames};

/// The methods, under their own heading.
pub(super) fn methods(model: &Model, module: &str, operations: &[OperationModel]) -> String {
    let heading = doc_comment("", &[format!("# {}", docs::prose(&heading(module)))]);
    let methods: Vec<String> = operations.iter().flat_map(|operation| of_operation(model, operation)).collect();
    format!("{heading}impl Client {{\n{}}}\n", methods.join("\n"))
}

/// A module's name as words: `ticketTags` is "Ticket tags".
fn heading(module: &str) -> String {
    let words = crate::model::snake(module).trim_start_matches("r#").replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The methods of an operation and its duplicates.
fn of_operation(model: &Model, operation: &OperationModel) -> Vec<String> {
    let real = &operation.names;
    let (pending, call) = match operation.answer {
        AnswerModel::Bytes => ("Downloading".to_owned(), "download"),
        AnswerModel::Empty | AnswerModel::Json(_) => (format!("Pending<{}>", answer(model, operation)), "call"),
    };
    let discouraged = match operation.operation.deprecated {
        true => "    #[deprecated = \"the API discourages its use\"]\n",
        false => "",
    };
    let method = |docs: &[String], deprecated: &str, method: &str, parameters: &str, call: &str| {
        let docs = doc_comment("    ", docs);
        format!(
            "{docs}{deprecated}    pub fn {method}(&self, parameters: {parameters}) -> {pending} {{\n        \
             self.{call}(parameters)\n    }}\n"
        )
    };
    let twins = operation.aliases.iter().map(|twin| {
        let docs = [
            docs::summary(&operation.operation),
            docs::facts(operation),
            format!(
                "An alias of [`{0}`](Client::{0}): the same operation, registered under another name.",
                real.method
            ),
        ];
        method(&docs, discouraged, &twin.method, &twin.parameters, &real.method)
    });
    let docs = docs::operation(operation, by_time(model, operation));
    let own = method(&docs, discouraged, &real.method, &real.parameters, call);
    let before = std::iter::once(real).chain(&operation.aliases).flat_map(|names| {
        names.methods_before.iter().map(|was| {
            let docs = [format!("The method [`{0}`](Client::{0}), by an earlier name.", names.method)];
            let renamed = format!("    {}\n", renamed(&names.method));
            method(&docs, &renamed, was, &names.parameters, &real.method)
        })
    });
    [own].into_iter().chain(twins).chain(before).collect()
}

/// The operation that reads any number of the same records.
pub(crate) fn by_time<'m>(model: &'m Model, operation: &OperationModel) -> Option<&'m OperationNames> {
    let id = model.by_time(operation)?;
    let mut operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    operations.find(|other| other.operation.id == id).map(|other| &other.names)
}
