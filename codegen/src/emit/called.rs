//! `desk-sdk/cli/src/audit/names.tsv`: what code calls each operation, its earlier names included.

use crate::model::{Model, OperationNames};

pub(super) fn emit(model: &Model) -> String {
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let names = operations.flat_map(|operation| std::iter::once(&operation.names).chain(&operation.aliases));
    let mut lines: Vec<String> = names.map(line).collect();
    lines.sort();
    format!("id\tmethods\tparameters\n{}", lines.concat())
}

/// The names of today come first, then those before they were renamed.
fn line(names: &OperationNames) -> String {
    let all = |now: &str, before: &[String]| [&[now.to_owned()], before].concat().join(" ");
    let methods = all(&names.method, &names.methods_before);
    format!("{}\t{methods}\t{}\n", names.id, all(&names.parameters, &names.structs_before))
}
