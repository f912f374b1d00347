//! `cargo xtask stats [--json]`

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::model::Leftover;
use serde_json::{Map, Value};

use crate::generate::{Generated, generated};
use crate::printing::outln;

pub(crate) fn run(json: bool) -> Result<ExitCode> {
    let Some(generated) = generated()? else { return Ok(ExitCode::FAILURE) };
    let figures = figures(&generated);
    if json {
        let object: Map<String, Value> =
            figures.iter().map(|(name, count)| ((*name).to_owned(), (*count).into())).collect();
        outln!("{}", Value::Object(object));
    } else {
        for (name, count) in figures {
            outln!("{count:>7} {}", name.replace('_', " "));
        }
        outln!("\n{}", leftovers(&generated.model.leftovers));
    }
    Ok(ExitCode::SUCCESS)
}

/// The names that break a rule, by the reason why they stay.
fn leftovers(leftovers: &[Leftover]) -> String {
    let mut by_reason: BTreeMap<Option<&str>, Vec<&Leftover>> = BTreeMap::new();
    for leftover in leftovers {
        by_reason.entry(leftover.reason.as_deref()).or_default().push(leftover);
    }
    let mut lines = vec!["Names that break a rule, by the reason why they stay:".to_owned()];
    for (reason, names) in by_reason {
        lines.push(format!(
            "\n{}",
            reason.unwrap_or("NO REASON: find a better name, or say why in spec/local/names.json")
        ));
        lines.extend(names.into_iter().map(|leftover| format!("    {leftover}")));
    }
    lines.join("\n")
}

/// Figures about the spec and the generated code.
pub(crate) fn figures(generated: &Generated) -> Vec<(&'static str, usize)> {
    let Generated { spec, model, files, .. } = generated;
    let operations = || model.families.iter().flat_map(|family| family.modules.values().flatten());
    let modules: std::collections::BTreeSet<_> = spec.operations.iter().map(|listed| &listed.module).collect();
    let sources = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    vec![
        ("operations", spec.operations.len()),
        ("aliases", operations().map(|operation| operation.aliases.len()).sum()),
        ("families", model.families.len()),
        ("modules", modules.len()),
        ("types", model.records.len() + model.enums.enums.len()),
        ("records", model.records.len()),
        ("enums", model.enums.enums.len()),
        ("scopes", model.scopes.len()),
        ("leftover_names", model.leftovers.len()),
        ("generated_files", files.len()),
        ("generated_lines", sources.map(|(_, text)| text.lines().count()).sum()),
    ]
}
