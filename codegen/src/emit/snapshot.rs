//! The checked spec in one file, for those who need it without this project's folder.

use crate::load::Spec;
use crate::spec;

pub(super) fn emit(spec: &Spec) -> Result<String, String> {
    let operations = spec
        .operations
        .iter()
        .map(|listed| spec::ListedOperation { module: listed.module.clone(), operation: listed.operation.clone() });
    let types = spec.types.iter().map(|(name, listed)| (name.clone(), listed.schema.clone()));
    let mut whole = spec::Spec { operations: operations.collect(), types: types.collect() };
    // In an order that does not tell which file something stands in.
    whole.operations.sort_by(|a, b| (&a.module, &a.operation.id).cmp(&(&b.module, &b.operation.id)));
    whole.types.sort_keys();
    whole.to_text().map_err(|error| error.to_string())
}
