//! Examples of calls: `spec/local/examples/<operation id>.rs`, the body of an async function.

use std::collections::BTreeMap;

use super::Unread;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::spec::Spec;
use crate::{EXAMPLES, Files, near};

/// An example of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Statements that can use a `client` and `?`.
    pub code: String,
}

/// Reads all examples; errors go to `diagnostics`.
pub(super) fn read(
    files: &Files,
    spec: &Spec,
    unread: &Unread,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Example> {
    let mut examples = BTreeMap::new();
    for (path, text) in files {
        let Some(name) = path.strip_prefix(&format!("{EXAMPLES}/")) else { continue };
        let id = name.trim_end_matches(".rs");
        let known = spec.operation(id).is_some() || unread.operations.contains(id);
        let wrong = if known { wrong(id, path, text) } else { Some(unknown(id, path, spec)) };
        match wrong {
            Some(wrong) => diagnostics.push(wrong),
            None => drop(examples.insert(id.to_owned(), Example { code: text.trim_end().to_owned() })),
        }
    }
    examples
}

fn unknown(id: &str, path: &str, spec: &Spec) -> Diagnostic {
    let ids = spec.operations.iter().map(|listed| listed.operation.id.as_str());
    let help = match near(id, ids) {
        Some(known) => format!("did you mean {known}? The file is named after the operation"),
        None => "name the file after the operation that it calls, such as get_tickets.rs".to_owned(),
    };
    Diagnostic::new(Location::file(path), format!("there is no operation {id}"), help)
}

/// What is wrong with an example, if anything.
fn wrong(id: &str, path: &str, text: &str) -> Option<Diagnostic> {
    // The docs show it as a code block, which hides lines that begin like this.
    for (index, line) in text.lines().enumerate() {
        let (location, start) = (Location::at(path, index + 1, 1), line.trim_start());
        if line.contains("```") {
            let help = "write it differently";
            return Some(Diagnostic::new(location, "``` would end the block of code", help));
        }
        if start == "#" || start.starts_with("# ") || start.starts_with("##") {
            let help = "remove the line: the code around the example is added automatically";
            return Some(Diagnostic::new(location, "a page would hide this line", help));
        }
    }
    if let Err(error) = syn::parse_str::<syn::Block>(&format!("{{\n{text}\n}}")) {
        let help = "an example is the body of an async function";
        return Some(Diagnostic::new(Location::file(path), format!("not valid Rust: {error}"), help));
    }
    if !text.contains(&format!(".{id}(")) {
        let help = format!("an example of {id} has `client.{id}(`");
        return Some(Diagnostic::new(Location::file(path), "the operation is not called", help));
    }
    None
}
