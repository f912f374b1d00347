//! What is linked into a program, beside what its source uses.

use std::fmt::Write as _;
use std::path::Path;

use desk_sdk::{Operation, Prefer, organization_discovery};
use serde_json::{Value, json};

use crate::audit::{Linked, Verdict};
use crate::scopes::{line, smallest};

/// What a program has, compared with its source if that was audited.
#[derive(Debug)]
pub struct Compared<'l> {
    file: &'l Path,
    linked: &'l Linked,
    /// In the source, and not linked.
    only_source: Vec<&'static str>,
    /// Linked, and not in the source.
    only_linked: Vec<&'static Operation>,
}

impl<'l> Compared<'l> {
    /// Compares what is linked with what the source uses. Where calls by name link everything, that says nothing.
    pub fn new(file: &'l Path, linked: &'l Linked, verdict: Option<&Verdict<'_>>) -> Self {
        let mut compared = Self { file, linked, only_source: Vec::new(), only_linked: Vec::new() };
        let Some(verdict) = verdict.filter(|_| !linked.by_name) else { return compared };
        let is_linked = |operation: &Operation| linked.operations.iter().any(|known| known.id == operation.id);
        let unsure = verdict.unsure.iter().map(|finding| finding.operation.id);
        let used: Vec<&str> = verdict.operations.iter().map(|operation| operation.id).chain(unsure).collect();
        let only_source = verdict.operations.iter().filter(|operation| !is_linked(operation));
        compared.only_source = only_source.map(|operation| operation.id).collect();
        // Every client may look for its organization.
        let always = organization_discovery().id;
        let only_linked = linked.operations.iter().copied();
        compared.only_linked = only_linked.filter(|one| one.id != always && !used.contains(&one.id)).collect();
        compared
    }

    /// What is linked and the audit of the source has not found.
    pub fn only_linked(&self) -> &[&'static Operation] {
        &self.only_linked
    }

    /// For people.
    pub fn text(&self) -> String {
        let (file, linked) = (line(&self.file.display().to_string()), ids(&self.linked.operations));
        let mut text = String::new();
        let _ = match (self.linked.by_name, linked.is_empty()) {
            (true, _) => writeln!(
                text,
                "Linked into {file}: {} operations. It calls by name, which links all that are enabled; its source tells more.",
                linked.len()
            ),
            (_, true) => writeln!(text, "Linked into {file}: no operation."),
            _ => writeln!(text, "Linked into {file}: {}", linked.join(", ")),
        };
        for (what, ids) in [
            ("In the source, and not linked", &self.only_source),
            ("Linked, and not found in the source", &ids(&self.only_linked)),
        ] {
            if !ids.is_empty() {
                let _ = writeln!(text, "{what}: {}", ids.join(", "));
            }
        }
        text
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "file": self.file.to_string_lossy(),
            "linked": ids(&self.linked.operations),
            "by_name": self.linked.by_name,
            "smallest_scopes": smallest(&self.linked.operations, true, Prefer::Narrow).scopes(),
            "only_source": self.only_source,
            "only_linked": ids(&self.only_linked),
        })
    }
}

fn ids(operations: &[&'static Operation]) -> Vec<&'static str> {
    operations.iter().map(|operation| operation.id).collect()
}
