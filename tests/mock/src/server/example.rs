//! Values with which calls find records.

use std::collections::BTreeMap;

use crate::MockDesk;

/// Values with which a call of an operation finds records: ids, and whatever else leads to them. Anything else may be
/// any value that the operation's types allow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// Path parameters by name.
    pub path: BTreeMap<String, String>,
    /// Query parameters by name.
    pub query: BTreeMap<String, String>,
    /// Ids that fields of the body may hold, by the fields' names, at any depth.
    pub body: BTreeMap<String, String>,
}

impl MockDesk {
    /// Values with which a call of the operation finds records that currently exist.
    ///
    /// # Panics
    ///
    /// If the spec has no operation with that id; the message suggests what was probably meant.
    #[track_caller]
    pub fn example(&self, operation_id: &str) -> Example {
        let operation = self.desk().operation(operation_id);
        let found = self.desk().records().examples(operation);
        let names: Vec<&str> = operation.path_names().collect();
        let path = found.path.into_iter().filter_map(|(turn, id)| Some(((*names.get(turn)?).to_owned(), id)));
        Example { path: path.collect(), query: found.query, body: found.body }
    }
}
