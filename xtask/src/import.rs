//! `cargo xtask import <folder>`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::diagnostic::Diagnostics;
use desk_codegen::import::{self, ENDINGS};
use desk_codegen::{Files, UPSTREAM};

use crate::files::{self, Difference, Tree};

pub(crate) fn run(folder: &Path, force: bool) -> Result<ExitCode> {
    let mut diagnostics = Diagnostics::default();
    let sources = sources(folder, &mut diagnostics)?;
    let imported = match diagnostics.into_result().and_then(|()| import::import(&sources)) {
        Ok(imported) => imported,
        Err(diagnostics) => {
            eprintln!("{diagnostics}");
            return Ok(ExitCode::FAILURE);
        }
    };
    for note in &imported.notes {
        println!("note: {note}");
    }
    let present = Tree::project().read(UPSTREAM, "json")?;
    let difference = Difference::between(&imported.files, &present);
    if !force && difference.extra.len() * 2 > present.len() {
        eprintln!(
            "error: {} of the {} modules in {UPSTREAM} are not in {}; nothing was written\n  \
             help: pass the folder with all of the API's files, or --force if these are really gone",
            difference.extra.len(),
            present.len(),
            folder.display()
        );
        return Ok(ExitCode::FAILURE);
    }
    difference.apply(&Tree::project(), &imported.files)?;
    println!(
        "read {} files; {UPSTREAM} has {} files: {} written, {} removed, {} notes",
        sources.len(),
        imported.files.len(),
        difference.stale.len(),
        difference.extra.len(),
        imported.notes.len()
    );
    println!("next: cargo xtask generate");
    Ok(ExitCode::SUCCESS)
}

/// The texts of all OpenAPI files below a folder, by their path in it. Files that hold no text go to `diagnostics`.
fn sources(folder: &Path, diagnostics: &mut Diagnostics) -> Result<Files> {
    let mut sources = Files::new();
    for (name, bytes) in files::bytes(folder, &ENDINGS)? {
        match import::text(&name, &bytes) {
            Ok(text) => drop(sources.insert(name, text)),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    Ok(sources)
}
