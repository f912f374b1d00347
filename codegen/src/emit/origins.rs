//! `desk-sdk/cli/src/scopes/origins.tsv`: where the scopes of each operation come from, one fact per line.

use crate::load::{Fact, Strength};
use crate::model::{Model, OperationModel};
use crate::visible;

/// The keys of an operation that say which access it needs; `operation` is all of it.
const ABOUT_SCOPES: [&str; 4] = ["scopes", "doubtful_scopes", "cookie_only", "operation"];

pub(super) fn emit(model: &Model) -> String {
    let operations = model.families.iter().flat_map(|family| family.modules.values().flatten());
    let mut lines: Vec<String> = operations.flat_map(lines).collect();
    lines.sort();
    format!("id\tfamily\tfile\tabout\tevidence\tstrength\twhy\twritten in\n{}", lines.concat())
}

/// A line for each fact of `spec/local`, or one without a fact.
fn lines(operation: &OperationModel) -> Vec<String> {
    let start = format!("{}\t{}\t{}", operation.operation.id, operation.family, operation.file);
    let facts = operation.facts.iter().filter(|fact| ABOUT_SCOPES.contains(&fact.about.as_str()));
    let mut lines: Vec<String> = facts.map(|fact| line(&start, fact)).collect();
    if lines.is_empty() {
        lines.push(format!("{start}\t\t\t\t\t\n"));
    }
    lines
}

fn line(start: &str, fact: &Fact) -> String {
    let strength = fact.strength.map_or("", |strength| match strength {
        Strength::Live => "live",
        Strength::Many => "many",
        Strength::One => "one",
    });
    let (why, file) = (visible(&fact.why), &fact.location.file);
    format!("{start}\t{}\t{}\t{strength}\t{why}\t{file}\n", fact.about, fact.evidence)
}
