//! Finds errors in a spec that could be read.

mod families;
mod metrics;
mod operations;
mod paging;
mod resources;
mod types;
mod uses;

use super::{Loaded, Unread};
use crate::UPSTREAM;
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
    checker.uses();
}

struct Checker<'a> {
    loaded: &'a Loaded,
    unread: &'a Unread,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn fail(&mut self, location: Location, problem: impl Into<String>, help: impl Into<String>) {
        let mut help = help.into();
        if is_upstream(&location) && !help.contains("spec/local") {
            let target = self.target(&location).unwrap_or_default();
            help = format!("{help}; spec/upstream is not edited: correct it in spec/local{target}");
        }
        self.diagnostics.push(Diagnostic::new(location, problem, help));
    }

    /// The keys that name the entry at a location in a correction.
    fn target(&self, location: &Location) -> Option<String> {
        let [list, name, ..] = location.path.as_slice() else { return None };
        if list == "types" {
            return Some(format!(", {{\"type\": {name:?}, …}}"));
        }
        let here = |id: &str| {
            let known = self.loaded.operation_location(id);
            known.file == location.file && location.path.starts_with(&known.path)
        };
        let found = self.loaded.spec.operations.iter().find(|listed| here(&listed.operation.id))?;
        Some(format!(", {{\"operation\": {:?}, …}}", found.operation.id))
    }
}

/// Whether something stands where nobody may edit it.
fn is_upstream(location: &Location) -> bool {
    location.file.starts_with(UPSTREAM)
}

pub(crate) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
