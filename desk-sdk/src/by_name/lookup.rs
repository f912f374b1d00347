//! Operations by their names.

use crate::catalogue::{Entry, entries};
use crate::generated::routes::ROUTES;
use crate::unknown_name::{UnknownOperation, folded};

/// The operation with this name: its id, or its name in the API's own description.
pub(super) fn entry(name: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.operation.id == name).or_else(|| {
        let wanted = folded(name);
        entries().find(|entry| folded(entry.operation.id) == wanted)
    })
}

/// The same, or an error with the known names.
pub(super) fn known_entry(name: &str) -> Result<&'static Entry, Box<UnknownOperation>> {
    entry(name).ok_or_else(|| {
        let ids = entries().map(|entry| entry.operation.id).collect();
        let unknown = UnknownOperation::new(name, ids);
        let wanted = folded(name);
        let disabled = ROUTES.iter().any(|route| folded(route.id) == wanted);
        Box::new(if disabled { unknown.in_another_family() } else { unknown })
    })
}
