//! Operations of the same method and path: one stands in `paths`, the others with it.

use indexmap::IndexMap;
use serde_json::Value;

use super::Writer;
use super::document::Operation;
use super::paths::Template;
use crate::spec::{self, Ordered};

impl Writer<'_> {
    /// The first of the operations, with the others as its aliases.
    pub(super) fn with_aliases(&self, twins: &[&spec::Operation], path: &Template) -> Operation {
        let mut real = self.operation(twins[0], path);
        let whole = keys(&real);
        real.aliases = twins[1..].iter().map(|twin| difference(&whole, keys(&self.operation(twin, path)))).collect();
        real
    }
}

/// The keys of an operation with their values.
pub(crate) fn keys(operation: &Operation) -> IndexMap<String, Ordered> {
    let text = serde_json::to_string(operation).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// The keys in which an alias differs from the real operation; `null` for one that it lacks.
fn difference(real: &IndexMap<String, Ordered>, alias: IndexMap<String, Ordered>) -> IndexMap<String, Ordered> {
    let lacking: Vec<String> = real.keys().filter(|key| !alias.contains_key(*key)).cloned().collect();
    let mut differs: IndexMap<_, _> = alias.into_iter().filter(|(key, value)| real.get(key) != Some(value)).collect();
    differs.extend(lacking.into_iter().map(|key| (key, Ordered::Leaf(Value::Null))));
    differs
}
