//! `cargo xtask generate [--check | --prune]`

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use desk_codegen::emit::{CALLED, GENERATED, INDEX, LISTS, MANIFEST, ORIGINS, SETTERS, SNAPSHOT, changed_by_hand};
use desk_codegen::load;
use desk_codegen::lock::{LOCK, Lock};
use desk_codegen::model::{self, Model};
use desk_codegen::spec::Spec;
use desk_codegen::{Files, emit};

use crate::files::{Difference, Tree};
use crate::printing::{errln, outln};
use crate::spec;

/// The output of the spec, and how long that took.
pub(crate) struct Generated {
    pub(crate) spec: Spec,
    pub(crate) model: Model,
    pub(crate) files: Files,
    pub(crate) took: Duration,
}

/// Reads the spec and builds the model. Errors in the spec are printed, not returned.
fn modelled_of(sources: &Files) -> Option<(Spec, Model)> {
    if !sources.contains_key(LOCK) {
        errln!("note: {LOCK} is missing, so everything is named anew");
    }
    let result = load::load(sources).and_then(|loaded| model::build(&loaded).map(|model| (loaded, model)));
    match result {
        Ok((loaded, model)) => {
            for note in &loaded.notes {
                errln!("note: {note}");
            }
            Some((loaded.spec, model))
        }
        Err(diagnostics) => {
            errln!("{}", diagnostics.locate(sources));
            None
        }
    }
}

/// Reads the spec and generates all files in memory. Errors in the spec are printed, not returned.
pub(crate) fn generated() -> Result<Option<Generated>> {
    generated_of(&spec::project()?)
}

/// All files that these files of a spec make, in memory. Errors in the spec are printed, not returned.
pub(crate) fn generated_of(sources: &Files) -> Result<Option<Generated>> {
    let started = Instant::now();
    let Some((spec, model)) = modelled_of(sources) else { return Ok(None) };
    let files = emitted(&spec, &model)?;
    Ok(Some(Generated { spec, model, files, took: started.elapsed() }))
}

/// Everything that is generated.
pub(crate) fn emitted(spec: &Spec, model: &Model) -> Result<Files> {
    let manifest = Tree::project().text(MANIFEST)?.with_context(|| format!("{MANIFEST} is missing"))?;
    emit::emit(spec, model, &manifest).map_err(|error| anyhow!("{error}"))
}

/// Compares the generated files with those on disk.
pub(crate) fn present() -> Result<Files> {
    let tree = Tree::project();
    let mut present = tree.read(GENERATED, "rs")?;
    for path in [CALLED, INDEX, LISTS, LOCK, MANIFEST, ORIGINS, SETTERS, SNAPSHOT] {
        present.extend(tree.text(path)?.map(|text| (path.to_owned(), text)));
    }
    Ok(present)
}

/// What is to be written in place of what is there. Names that somebody changed by hand are told, and nothing is to be
/// written then.
pub(crate) fn difference(lock: &Lock, wanted: &Files, present: &Files) -> Option<Difference> {
    let difference = Difference::between(wanted, present);
    // What is as it was lost no name.
    let lost = difference.stale.iter().chain(&difference.extra).map(String::as_str).chain([LOCK]);
    let lost = lost.filter_map(|path| Some((path.to_owned(), present.get(path)?.clone()))).collect();
    match changed_by_hand(lock, &lost).into_result() {
        Ok(()) => Some(difference),
        Err(diagnostics) => {
            errln!("{diagnostics}");
            None
        }
    }
}

pub(crate) fn run(check: bool, prune: bool) -> Result<ExitCode> {
    let Some(mut generated) = generated()? else { return Ok(ExitCode::FAILURE) };
    if prune {
        generated.files.insert(LOCK.to_owned(), generated.model.lock.pruned().to_string());
    }
    let Some(difference) = difference(&generated.model.lock, &generated.files, &present()?) else {
        return Ok(ExitCode::FAILURE);
    };
    if check {
        for path in &difference.stale {
            outln!("stale: {path}");
        }
        for path in &difference.extra {
            outln!("left over: {path}");
        }
        if difference.is_empty() {
            outln!("{} generated files are up to date", generated.files.len());
            return Ok(ExitCode::SUCCESS);
        }
        outln!("run `cargo xtask generate`");
        return Ok(ExitCode::FAILURE);
    }
    tell(&generated.model);
    difference.apply(&Tree::project(), &generated.files)?;
    generated.count(&difference);
    Ok(ExitCode::SUCCESS)
}

/// Prints what a person has to know before it is written.
pub(crate) fn tell(model: &Model) {
    model.notes.iter().for_each(|note| outln!("note: {note}"));
}

impl Generated {
    /// Prints what was written.
    pub(crate) fn count(&self, difference: &Difference) {
        outln!(
            "{} files from the spec in {} ms: {} written, {} removed, the rest unchanged; notes: {} new, {} accepted",
            self.files.len(),
            self.took.as_millis(),
            difference.stale.len(),
            difference.extra.len(),
            self.model.notes.len(),
            self.model.accepted
        );
    }
}
