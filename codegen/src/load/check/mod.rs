//! Finds errors in a spec that could be read.

mod families;
mod metrics;
mod operations;
mod resources;
mod types;

pub(crate) use self::operations::is_scope;
use super::{Loaded, Unread};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// Checks the whole spec.
pub(super) fn check(loaded: &Loaded, unread: &Unread, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { loaded, unread, diagnostics };
    for listed in &loaded.spec.operations {
        checker.operation(&listed.operation);
    }
    for (name, schema) in &loaded.spec.types {
        let location = loaded.type_location(name);
        checker.schema(schema, location);
        checker.circle(name, schema, location);
    }
    checker.aliases();
    checker.families();
    checker.resources();
    checker.metrics();
}

struct Checker<'a> {
    loaded: &'a Loaded,
    unread: &'a Unread,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn fail(&mut self, location: Location, problem: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(location, problem, help));
    }
}

pub(crate) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
