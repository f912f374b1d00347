//! `desk export --list`.

use std::io::{self, Write as _};
use std::process::ExitCode;

use desk_sdk::by_name::{Child, Resource, resources};
use desk_sdk::{Operation, operation};

/// Shows the resources, a line each: name, operations with their scopes, and the lists of each record.
pub(super) fn show() -> ExitCode {
    let mut out = io::stdout().lock();
    // Whoever reads it may have seen enough.
    let _ = resources().iter().try_for_each(|resource| writeln!(out, "{}", line(resource)));
    ExitCode::SUCCESS
}

fn line(resource: &Resource) -> String {
    let ids = [resource.by_time, Some(resource.operation)];
    let operations: Vec<String> = ids.into_iter().flatten().filter_map(operation).map(with_scopes).collect();
    let children: Vec<String> = resource.children.iter().map(child).collect();
    let mut text = format!("{:18} {}", resource.name, operations.join(", or "));
    if !children.is_empty() {
        text.push_str(&format!("; of each record: {}", children.join(", ")));
    }
    text
}

fn child(child: &Child) -> String {
    match child.files {
        Some(_) => format!("{} (with files)", child.name),
        None => child.name.to_owned(),
    }
}

fn with_scopes(operation: &Operation) -> String {
    let sets = operation.scopes.iter().map(|set| {
        let set: Vec<String> = set.iter().map(ToString::to_string).collect();
        set.join(" and ")
    });
    let sets: Vec<String> = sets.collect();
    match sets.is_empty() {
        true => format!("{} (any token)", operation.id),
        false => format!("{} ({})", operation.id, sets.join(", or ")),
    }
}
