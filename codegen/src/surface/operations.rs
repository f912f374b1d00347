//! What an operation makes public: a method, and a parameter struct with its setters.

use super::item::{Item, Kind, Owner};
use crate::emit::custom::held;
use crate::emit::docs;
use crate::emit::inputs::{Input, of_operation};
use crate::emit::methods::by_time;
use crate::emit::parameters::answer;
use crate::emit::rust_types::sent;
use crate::model::{AnswerModel, BodyModel, Model, OperationModel, OperationNames};

pub(super) fn items(model: &Model) -> Vec<Item<'_>> {
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    operations.flat_map(|operation| of(model, operation)).collect()
}

/// The items of an operation, under each of its names: those of a duplicate are found by its own name as well.
fn of<'m>(model: &'m Model, operation: &'m OperationModel) -> Vec<Item<'m>> {
    let all = || std::iter::once(&operation.names).chain(&operation.aliases);
    let inputs = of_operation(model, operation);
    let path = inputs.path.iter().map(|input| format!("{}: impl Into<{}>", input.rust, sent(model, input.ty)));
    let new = format!("({})", path.collect::<Vec<_>>().join(", "));
    let setters: Vec<_> = inputs.settable.iter().map(|input| (input, accepted(model, input))).collect();
    let (returned, docs) = (returned(model, operation), method_docs(model, operation));
    let mut items = Vec::new();
    let structs = || {
        all().flat_map(|names| {
            let earlier = names.structs_before.iter().map(move |was| (names, was, true));
            std::iter::once((names, &names.parameters, false)).chain(earlier)
        })
    };
    for (names, parameters, is_earlier) in structs() {
        let home = format!("{}::{parameters}", operation.family);
        let item = |kind, path| Item::new(kind, path, Owner::Operation(&names.id));
        let gated = |kind, path| item(kind, path).needing(&operation.family);
        let function =
            |name: &str, signature: &str| item(Kind::Function, format!("{home}::{name}")).signed(signature.to_owned());
        let twins = structs().map(|(_, twin, _)| twin.as_str()).filter(|twin| *twin != parameters);
        items.push(Item {
            twins: twins.collect(),
            deprecated: is_earlier,
            ..gated(Kind::Parameters, home.clone()).documented(&docs::summary(&operation.operation))
        });
        items.push(function("new", &new));
        for (input, takes) in &setters {
            items.push(function(input.rust, takes).documented(&input.doc));
            let earlier = input.was.iter().map(|was| function(was, takes).documented(&input.doc).discouraged());
            items.extend(earlier);
        }
        items.extend(more(model, operation).into_iter().map(|(name, takes)| function(name, takes)));
        if is_earlier {
            continue;
        }
        let method = |name: &str| {
            let item = gated(Kind::Function, format!("Client::{name}"));
            item.signed(format!("({}) -> {returned}", names.parameters)).documented(&docs)
        };
        items.push(Item { deprecated: operation.operation.deprecated, ..method(&names.method) });
        items.extend(names.methods_before.iter().map(|was| method(was).discouraged()));
    }
    items
}

/// What a setter takes: `(impl Into<Optional<Id>>)`, `(impl OptionalList<Id>)`.
pub(super) fn accepted(model: &Model, input: &Input<'_>) -> String {
    let argument = input.argument(model);
    match argument.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => format!("(impl {list})"),
        None => format!("(impl Into<{}>)", argument.trim_start_matches('(').trim_end_matches(')')),
    }
}

/// The methods that a struct has because of its body.
fn more(model: &Model, operation: &OperationModel) -> Vec<(&'static str, &'static str)> {
    match &operation.body {
        BodyModel::Fields { fields, .. } if held(model, fields).is_empty() => vec![FIELD],
        BodyModel::Fields { .. } => vec![FIELD, CUSTOM],
        BodyModel::Bytes => vec![("body", "(impl Into<bytes::Bytes>)")],
        BodyModel::None | BodyModel::Whole { .. } => Vec::new(),
    }
}

/// Sets an undeclared field.
const FIELD: (&str, &str) = ("field", "(impl Into<String>, impl Into<serde_json::Value>)");

/// Sets the custom fields.
pub(super) const CUSTOM: (&str, &str) = ("custom", "(&impl serde::Serialize)");

fn returned(model: &Model, operation: &OperationModel) -> String {
    match operation.answer {
        AnswerModel::Bytes => "Downloading".to_owned(),
        AnswerModel::Empty | AnswerModel::Json(_) => format!("Pending<{}>", answer(model, operation)),
    }
}

fn method_docs(model: &Model, operation: &OperationModel) -> String {
    let by_time: Option<&OperationNames> = by_time(model, operation);
    docs::operation(operation, by_time).join("\n")
}
