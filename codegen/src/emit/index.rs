//! `spec/index.tsv`: every listed operation, one per line, for people and for diffs.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::spec::Spec;
use crate::visible;

pub(super) fn emit(spec: &Spec, model: &Model) -> String {
    let mut alias_of: BTreeMap<&str, &str> = BTreeMap::new();
    let mut inferred: BTreeMap<&str, String> = BTreeMap::new();
    let mut families: BTreeMap<&str, &str> = BTreeMap::new();
    for operation in model.families.iter().flat_map(|family| family.modules.values().flatten()) {
        let id = operation.operation.id.as_str();
        alias_of.extend(operation.aliases.iter().map(|alias| (alias.id.as_str(), id)));
        families.insert(&operation.module, &operation.family);
        inferred.insert(id, operation.inferred.iter().map(String::as_str).collect::<Vec<_>>().join(" "));
    }
    let mut lines: Vec<String> = spec
        .operations
        .iter()
        .map(|listed| {
            let operation = &listed.operation;
            let scopes: Vec<_> = operation.scopes.iter().map(|set| set.join("+")).collect();
            let alias_of = alias_of.get(operation.id.as_str()).copied().unwrap_or_default();
            let real = if alias_of.is_empty() { operation.id.as_str() } else { alias_of };
            format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{alias_of}\t{}\n",
                operation.id,
                operation.method,
                operation.path,
                scopes.join(" "),
                if operation.doubtful_scopes { "scopes" } else { "" },
                operation.risk,
                families.get(listed.module.as_str()).copied().unwrap_or_default(),
                listed.module,
                visible(inferred.get(real).map(String::as_str).unwrap_or_default()),
            )
        })
        .collect();
    lines.sort();
    format!("id\tmethod\tpath\tscopes\tin doubt\trisk\tfamily\tmodule\talias of\tinferred\n{}", lines.concat())
}
