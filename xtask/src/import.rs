//! `cargo xtask import <folder>`

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use desk_codegen::import::{self, Imported};
use desk_codegen::{Files, UPSTREAM, visible};

use crate::files::{self, Difference, Tree};

pub(crate) fn run(folder: &Path, force: bool) -> Result<ExitCode> {
    let Some(imported) = read(folder, force)? else { return Ok(ExitCode::FAILURE) };
    let difference = Difference::between(&imported.files, &Tree::project().read(UPSTREAM, "json")?);
    difference.apply(&Tree::project(), &imported.files)?;
    println!(
        "{UPSTREAM} has {} files: {} written, {} removed",
        imported.files.len(),
        difference.stale.len(),
        difference.extra.len()
    );
    println!("next: cargo xtask generate");
    Ok(ExitCode::SUCCESS)
}

/// Reads a folder of OpenAPI files, and prints what a person has to look at. Errors in it are printed, not returned.
pub(crate) fn read(folder: &Path, force: bool) -> Result<Option<Imported>> {
    let mut sources = Files::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.insert(name, files::text(&path)?);
        }
    }
    let imported = match import::import(&sources) {
        Ok(imported) => imported,
        Err(diagnostics) => {
            eprintln!("{}", diagnostics.locate(&sources));
            return Ok(None);
        }
    };
    for note in &imported.notes {
        println!("note: {}", visible(note));
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
        return Ok(None);
    }
    println!("{} files read, {} notes", sources.len(), imported.notes.len());
    Ok(Some(imported))
}
