//! The checked spec in one file, for those who need it without this project's folder.

use crate::spec::Spec;

pub(super) fn emit(spec: &Spec) -> Result<String, String> {
    let mut whole = spec.clone();
    // In an order that does not reveal which file something is in.
    whole.operations.sort_by(|a, b| (&a.module, &a.operation.id).cmp(&(&b.module, &b.operation.id)));
    whole.types.sort_keys();
    whole.to_text().map_err(|error| error.to_string())
}
