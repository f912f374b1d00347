//! The names of setters and fields.

use std::collections::BTreeSet;

use super::{Taken, snake};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Loaded, Named};
use crate::model::{BodyModel, Origin, ParameterModel, Record, Role};
use crate::spec::{Operation, ParameterPlace, Schema};

/// The names of single values, and which of the names that people chose were needed.
#[derive(Debug)]
pub(in crate::model) struct ValueNames<'a> {
    loaded: &'a Loaded,
    used: BTreeSet<Named>,
}

impl<'a> ValueNames<'a> {
    pub(in crate::model) fn new(loaded: &'a Loaded) -> Self {
        Self { loaded, used: BTreeSet::new() }
    }

    /// A free name: the chosen one, else the wire name in snake case. If that is taken, the name says what is named; if
    /// it is a method that everything has, it ends with an underscore.
    pub(in crate::model) fn give(&mut self, taken: &mut Taken, wire: &str, named: &[Named], what: &str) -> String {
        let chosen: Vec<_> =
            named.iter().filter_map(|named| Some((named, self.loaded.value_names.get(named)?))).collect();
        self.used.extend(chosen.iter().map(|(named, _)| (*named).clone()));
        if let Some((_, chosen)) = chosen.first() {
            return taken.give(snake(&chosen.name));
        }
        let plain = snake(wire);
        let name = match (taken.has(&plain), taken.is_reserved(&plain)) {
            (_, true) => format!("{}_", plain.trim_start_matches("r#")),
            (true, _) => format!("{}_{what}", plain.trim_start_matches("r#")),
            (false, false) => plain,
        };
        taken.give(name)
    }

    /// Names that people chose for values that do not exist.
    pub(in crate::model) fn finish(&self, diagnostics: &mut Diagnostics) {
        let unused = self.loaded.value_names.iter().filter(|(named, _)| !self.used.contains(named));
        for (named, chosen) in unused {
            let (key, what) = match named {
                Named::Parameter { operation, name } => ("parameter", format!("{operation} takes no parameter {name}")),
                Named::BodyField { operation, name } => ("field", format!("{operation} sends no field {name}")),
                Named::Field { of, name } => ("field", format!("{of} has no field {name}")),
            };
            let help = "remove the name, or fix what it is for";
            diagnostics.push(Diagnostic::new(chosen.location.join(key), what, help));
        }
    }
}

/// Names the fields of a record, or the setters of one that is sent.
pub(in crate::model) fn name_fields(record: &mut Record, names: &mut ValueNames<'_>) {
    let mut taken = Taken::reserving(match record.role {
        Role::Answer => &["undeclared"],
        Role::Input => &["new", "field", "custom", "table", "clone", "into"],
    });
    let types: &[String] = match &record.origin {
        Origin::Types(types) => types,
        Origin::Part { .. } | Origin::Answer(_) | Origin::Element(_) => &[],
    };
    for field in &mut record.fields {
        let named = types.iter().chain([&record.name]);
        let named = named.map(|of| Named::Field { of: of.clone(), name: field.wire.clone() });
        field.rust = names.give(&mut taken, &field.wire, &named.collect::<Vec<_>>(), "field");
    }
}

/// Names what an operation takes: path parameters are arguments of `new`, everything else has a setter.
pub(in crate::model) fn name_inputs(
    operation: &Operation,
    parameters: &mut [ParameterModel],
    body: &mut BodyModel,
    names: &mut ValueNames<'_>,
) {
    let mut arguments = Taken::default();
    let mut setters = Taken::reserving(match body {
        BodyModel::None => &["new", "query", "clone", "into", "into_call"],
        BodyModel::Fields { .. } => &["new", "query", "clone", "into", "into_call", "field", "custom"],
        BodyModel::Whole { .. } | BodyModel::Bytes => &["new", "query", "clone", "into", "into_call", "body"],
    });
    for parameter in parameters {
        let named = Named::Parameter { operation: operation.id.clone(), name: parameter.wire.clone() };
        let taken = if parameter.place == ParameterPlace::Path { &mut arguments } else { &mut setters };
        parameter.rust = names.give(taken, &parameter.wire, &[named], "parameter");
    }
    let BodyModel::Fields { fields, .. } = body else { return };
    let of = operation.body.as_ref().and_then(|body| body.json.as_ref()).and_then(Schema::name);
    for field in fields {
        let own = Named::BodyField { operation: operation.id.clone(), name: field.wire.clone() };
        let typed = of.map(|of| Named::Field { of: of.to_owned(), name: field.wire.clone() });
        let named: Vec<_> = [own].into_iter().chain(typed).collect();
        field.rust = names.give(&mut setters, &field.wire, &named, "field");
    }
}
