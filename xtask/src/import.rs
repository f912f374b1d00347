//! `cargo xtask import <folder>`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::api::Api;
use desk_codegen::diagnostic::Diagnostics;
use desk_codegen::import::{self, ENDINGS};
use desk_codegen::lock::LOCK;
use desk_codegen::review::{Review, review};
use desk_codegen::{API, Files, LOCAL, UPSTREAM};

use crate::files::{self, Difference, Tree};
use crate::printing::{errln, outln};

pub(crate) fn run(folder: &Path, force: bool) -> Result<ExitCode> {
    let Some(files) = read(folder, force)? else { return Ok(ExitCode::FAILURE) };
    let difference = Difference::between(&files, &Tree::project().read(UPSTREAM, "json")?);
    difference.apply(&Tree::project(), &files)?;
    let (written, removed) = (difference.stale.len(), difference.extra.len());
    outln!("{UPSTREAM} has {} files: {written} written, {removed} removed", files.len());
    outln!("next: cargo xtask generate");
    Ok(ExitCode::SUCCESS)
}

/// The files of `spec/upstream` that a folder of OpenAPI files makes. Prints what a person has to look at, and errors.
pub(crate) fn read(folder: &Path, force: bool) -> Result<Option<Files>> {
    let mut diagnostics = Diagnostics::default();
    let sources = sources(folder, &mut diagnostics)?;
    let known: Files = Tree::project().text(API)?.map(|text| (API.to_owned(), text)).into_iter().collect();
    let read = diagnostics.into_result().and_then(|()| Api::read(&known));
    let imported = match read.and_then(|api| import::import(&sources, &api)) {
        Ok(imported) => imported,
        Err(diagnostics) => {
            errln!("{diagnostics}");
            return Ok(None);
        }
    };
    let mut known = Tree::project().read(LOCAL, "json")?;
    known.extend(Tree::project().text(LOCK)?.map(|text| (LOCK.to_owned(), text)));
    let review = match review(&imported, &known) {
        Ok(review) => review,
        Err(diagnostics) => {
            errln!("{diagnostics}");
            return Ok(None);
        }
    };
    tell(&review);
    let present = Tree::project().read(UPSTREAM, "json")?;
    let difference = Difference::between(&imported.files, &present);
    if !force && difference.extra.len() * 2 > present.len() {
        errln!(
            "error: {} of the {} modules in {UPSTREAM} are not in {}; nothing was written\n  \
             help: pass the folder with all of the API's files, or --force if these are really gone",
            difference.extra.len(),
            present.len(),
            folder.display()
        );
        return Ok(None);
    }
    outln!(
        "{} files read; notes: {} new, {} settled by spec/local, {} accepted",
        sources.len(),
        review.new.len(),
        review.settled,
        review.accepted
    );
    Ok(Some(imported.files))
}

/// Prints what a person has to look at.
fn tell(review: &Review) {
    for note in &review.new {
        outln!("note: {note}");
    }
    // Those that nothing may follow from have the entry in their help.
    if let Some(first) = review.new.iter().find(|note| !note.help.contains("`accepted_notes`")) {
        outln!(
            "a note that needs no correction is accepted by an entry of `accepted_notes` in spec/local, such as \
             {{\"note\": {}, \"why\": \"…\"}}",
            serde_json::Value::from(first.key())
        );
    }
    if review.applied > 0 {
        outln!(
            "note: this is a document of ours, which has the {} operations, types and corrections of {LOCAL} already: \
             take them out there first, or each is an error",
            review.applied
        );
    }
    for gone in &review.gone {
        outln!("note: {gone}");
    }
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
