//! `cargo xtask import <folder>`

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use desk_codegen::api::Api;
use desk_codegen::{API, Files, UPSTREAM, import, visible};

use crate::files::{self, Difference, Tree};

pub(crate) fn run(folder: &Path, force: bool) -> Result<ExitCode> {
    let mut sources = Files::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.insert(name, files::text(&path)?);
        }
    }
    let known: Files = Tree::project().text(API)?.map(|text| (API.to_owned(), text)).into_iter().collect();
    let imported = match Api::read(&known).and_then(|api| import::import(&sources, &api)) {
        Ok(imported) => imported,
        Err(diagnostics) => {
            eprintln!("{}", diagnostics.locate(&sources));
            return Ok(ExitCode::FAILURE);
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
