//! Rust names that people chose.

use super::Loaded;
use super::local::Naming;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// A Rust name that people chose.
#[derive(Debug)]
pub struct ChosenName {
    /// The name.
    pub name: String,
    /// The reason.
    pub why: String,
    /// Where the choice is written.
    pub location: Location,
}

/// A value whose Rust name can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A parameter of an operation.
    Parameter {
        /// The operation's id.
        operation: String,
        /// The parameter's name.
        name: String,
    },
    /// A field of an operation's body.
    BodyField {
        /// The operation's id.
        operation: String,
        /// The field's name.
        name: String,
    },
    /// A field of a type.
    Field {
        /// The type's name.
        of: String,
        /// The field's name.
        name: String,
    },
}

/// Adds a chosen name to the spec.
pub(super) fn name(loaded: &mut Loaded, naming: Naming, location: Location, diagnostics: &mut Diagnostics) {
    let Naming { why, type_name, operation, parameter, field, name } = naming;
    let chosen = ChosenName { name, why, location };
    let named = match (type_name, operation, parameter, field) {
        (Some(of), None, None, None) => return type_name_of(loaded, of, chosen, diagnostics),
        (Some(of), None, None, Some(field)) => Named::Field { of, name: field },
        (None, Some(operation), Some(parameter), None) => Named::Parameter { operation, name: parameter },
        (None, Some(operation), None, Some(field)) => Named::BodyField { operation, name: field },
        _ => {
            let problem = "it does not say what to name";
            let help = "a name is for a `type`, a `type` and a `field`, or an `operation` and a `parameter` or `field`";
            return diagnostics.push(Diagnostic::new(chosen.location, problem, help));
        }
    };
    value_name_of(loaded, named, chosen, diagnostics);
}

fn type_name_of(loaded: &mut Loaded, type_name: String, chosen: ChosenName, diagnostics: &mut Diagnostics) {
    let ChosenName { name, location, .. } = &chosen;
    let mut fail = |key: &str, problem: String, help: &str| {
        diagnostics.push(Diagnostic::new(location.join(key), problem, help));
    };
    let upper = name.starts_with(|c: char| c.is_ascii_uppercase());
    if !upper || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        fail(
            "name",
            format!("{name:?} is not a valid type name"),
            "letters and digits, starting with a capital letter",
        );
    }
    // Names without a dot belong to Rust types; the model knows them.
    if type_name.contains('.') && !loaded.spec.types.contains_key(&type_name) {
        fail("type", format!("there is no type {type_name}"), "remove the name, or fix the type's name");
    }
    if loaded.names.values().any(|known| known.name == *name && known.location != *location) {
        fail("name", format!("{name} is given twice"), "list types that are the same thing in one entry");
    }
    if let Some(known) = loaded.names.get(&type_name) {
        fail("type", format!("{type_name} is {} already", known.name), "a type can only be one thing");
    }
    loaded.names.insert(type_name, chosen);
}

/// Only the model knows whether such a value exists.
fn value_name_of(loaded: &mut Loaded, named: Named, chosen: ChosenName, diagnostics: &mut Diagnostics) {
    let ChosenName { name, location, .. } = &chosen;
    let lower = name.starts_with(|c: char| c.is_ascii_lowercase());
    if !lower || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        let problem = format!("{name:?} is not a valid value name");
        let help = "small letters, digits and `_`, starting with a letter";
        diagnostics.push(Diagnostic::new(location.join("name"), problem, help));
    }
    if let Some(known) = loaded.value_names.get(&named) {
        let problem = format!("it is named {} already", known.name);
        diagnostics.push(Diagnostic::new(location.join("name"), problem, "remove one of the names"));
    }
    loaded.value_names.insert(named, chosen);
}
