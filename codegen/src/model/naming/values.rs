//! The names of setters and fields.

use std::collections::BTreeSet;

use super::{Taken, snake};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{ChosenName, Loaded, Named};
use crate::lock::{Block, BlockKind, Item, ItemKind, disagree};
use crate::model::{BodyModel, Origin, ParameterModel, Record, Role};
use crate::spec::{Operation, ParameterPlace, Schema};

/// The names of single values, and which of the names that people chose were needed.
#[derive(Debug)]
pub(in crate::model) struct ValueNames<'a> {
    loaded: &'a Loaded,
    used: BTreeSet<Named>,
    /// Choices and names of the lock that cannot be.
    mistakes: Diagnostics,
}

/// What has one name: what it is on the wire, how choices refer to it, what it is called beside others, and what the
/// lock says.
struct Value<'v> {
    wire: &'v str,
    named: Vec<Named>,
    what: &'v str,
    locked: Option<&'v Item>,
}

impl<'a> ValueNames<'a> {
    pub(in crate::model) fn new(loaded: &'a Loaded) -> Self {
        Self { loaded, used: BTreeSet::new(), mistakes: Diagnostics::default() }
    }

    /// The name that the lock has, with earlier ones, or else a free one: the chosen one, else the wire name in snake
    /// case. If that is taken, the name says what is named; if it is a method that everything has, it ends with an
    /// underscore.
    fn give(&mut self, taken: &mut Taken, value: &Value<'_>) -> (String, Vec<String>) {
        let Value { wire, named, what, locked } = value;
        let chosen: Vec<_> =
            named.iter().filter_map(|named| Some((named, self.loaded.value_names.get(named)?))).collect();
        self.used.extend(chosen.iter().map(|(named, _)| (*named).clone()));
        let chosen = chosen.first().map(|(_, chosen)| *chosen);
        if let Some(item) = locked {
            self.check(item, chosen, taken);
            return (item.name.clone(), item.was.clone());
        }
        if let Some(chosen) = chosen {
            return (taken.give(snake(&chosen.name)), Vec::new());
        }
        let plain = snake(wire);
        let name = match (taken.has(&plain), taken.is_reserved(&plain)) {
            (_, true) => format!("{}_", plain.trim_start_matches("r#")),
            (true, _) => format!("{}_{what}", plain.trim_start_matches("r#")),
            (false, false) => plain,
        };
        (taken.give(name), Vec::new())
    }

    fn check(&mut self, item: &Item, chosen: Option<&ChosenName>, taken: &Taken) {
        if let Some(chosen) = chosen.filter(|chosen| snake(&chosen.name) != item.name) {
            let (problem, help) = (disagree(&item.name, &chosen.name), "run `cargo xtask rename`, or choose that name");
            self.mistakes.push(Diagnostic::new(chosen.location.join("name"), problem, help));
        }
        if taken.is_reserved(&item.name) {
            let problem = format!("everything of this kind has a method {} by now", item.name);
            self.mistakes.push(item.told(problem, "give it another name"));
        }
    }

    /// Names that people chose for values that do not exist.
    pub(in crate::model) fn finish(&self, diagnostics: &mut Diagnostics) {
        self.mistakes.iter().for_each(|mistake| diagnostics.push(mistake.clone()));
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
    let block = names.loaded.lock.block(record.role.into(), &record.name);
    hold(&mut taken, block, &[ItemKind::Field]);
    for field in &mut record.fields {
        let named = types.iter().chain([&record.name]);
        let named = named.map(|of| Named::Field { of: of.clone(), name: field.wire.clone() }).collect();
        let locked = block.and_then(|block| block.item(ItemKind::Field, &field.wire));
        let value = Value { wire: &field.wire, named, what: "field", locked };
        (field.rust, field.was) = names.give(&mut taken, &value);
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
    let lock = &names.loaded.lock;
    let block = lock.block(BlockKind::Operation, &operation.id);
    hold(&mut arguments, block, &[ItemKind::Path]);
    hold(&mut setters, block, &[ItemKind::Field, ItemKind::Header, ItemKind::Query]);
    for parameter in parameters {
        let named = Named::Parameter { operation: operation.id.clone(), name: parameter.wire.clone() };
        let taken = if parameter.place == ParameterPlace::Path { &mut arguments } else { &mut setters };
        let locked = lock.of_operation(operation, parameter.place.into(), &parameter.wire);
        let value = Value { wire: &parameter.wire, named: vec![named], what: "parameter", locked };
        (parameter.rust, parameter.was) = names.give(taken, &value);
    }
    let BodyModel::Fields { fields, .. } = body else { return };
    let of = operation.body.as_ref().and_then(|body| body.json.as_ref()).and_then(Schema::name);
    for field in fields {
        let own = Named::BodyField { operation: operation.id.clone(), name: field.wire.clone() };
        let typed = of.map(|of| Named::Field { of: of.to_owned(), name: field.wire.clone() });
        let named = [own].into_iter().chain(typed).collect();
        let locked = lock.of_operation(operation, ItemKind::Field, &field.wire);
        let value = Value { wire: &field.wire, named, what: "field", locked };
        (field.rust, field.was) = names.give(&mut setters, &value);
    }
}

/// Keeps the names that the lock has from what is new.
fn hold(taken: &mut Taken, block: Option<&Block>, kinds: &[ItemKind]) {
    let items = block.into_iter().flat_map(|block| kinds.iter().flat_map(|kind| block.items(*kind)));
    items.for_each(|(_, item)| taken.hold(item));
}
