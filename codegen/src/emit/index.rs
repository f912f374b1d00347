//! `spec/index.tsv`: every listed operation on a line, for people and for diffs.

use std::collections::BTreeMap;

use crate::load::Spec;
use crate::model::Model;

pub(super) fn emit(spec: &Spec, model: &Model) -> String {
    let mut alias_of: BTreeMap<&str, &str> = BTreeMap::new();
    for operation in model.families.iter().flat_map(|family| family.modules.values().flatten()) {
        alias_of.extend(operation.aliases.iter().map(|alias| (alias.as_str(), operation.operation.id.as_str())));
    }
    let mut lines: Vec<String> = spec
        .operations
        .iter()
        .map(|listed| {
            let operation = &listed.operation;
            let scopes: Vec<_> = operation.scopes.iter().map(|set| set.join("+")).collect();
            format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                operation.id,
                operation.method,
                operation.path,
                scopes.join(" "),
                operation.risk,
                listed.module,
                alias_of.get(operation.id.as_str()).copied().unwrap_or_default(),
            )
        })
        .collect();
    lines.sort();
    format!("id\tmethod\tpath\tscopes\trisk\tmodule\talias of\n{}", lines.concat())
}
