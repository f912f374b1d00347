//! Which notes of an import are news: those that no entry of `spec/local` settles or accepts.

use crate::Files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::import::{Cure, Note, Part, Target, Whole};
use crate::load::{Correction, Local};

/// The notes of an import, sorted by what is left to do.
#[derive(Debug, Default)]
pub struct Review {
    /// Those that nobody has looked at yet.
    pub new: Vec<Note>,
    /// How many are settled by a correction or an addition.
    pub settled: usize,
    /// How many are accepted as they are.
    pub accepted: usize,
    /// Accepted notes that no longer occur.
    pub gone: Vec<Diagnostic>,
}

/// Compares the notes with the files of `spec/local`.
///
/// # Errors
///
/// If one of those files cannot be read.
pub fn review(notes: Vec<Note>, files: &Files) -> Result<Review, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let local = Local::read(files, &mut diagnostics);
    diagnostics.locate(files).into_result()?;
    let mut review = Review::default();
    let mut occurs = vec![false; local.accepted.len()];
    for note in notes {
        if let Some(index) = local.accepted.iter().position(|(accepted, _)| accepted.note == note.key()) {
            occurs[index] = true;
            review.accepted += 1;
        } else if note.cure.as_ref().is_some_and(|cure| settles(&local, cure)) {
            review.settled += 1;
        } else {
            review.new.push(note);
        }
    }
    let mut gone = Diagnostics::default();
    for ((accepted, location), _) in local.accepted.iter().zip(occurs).filter(|(_, occurs)| !occurs) {
        let problem = format!("no file gives this note any more: {}", accepted.note);
        gone.push(Diagnostic::new(location.clone(), problem, "remove the entry"));
    }
    review.gone = gone.locate(files).iter().cloned().collect();
    Ok(review)
}

fn settles(local: &Local, cure: &Cure) -> bool {
    match cure {
        Cure::Type(name) => local.types.iter().any(|(added, _)| added.name == *name),
        Cure::Correction { target, keys } => {
            let changes = |one: &Correction| one.change.keys().any(|key| keys.contains(&key.as_str()));
            let settles = |one: &Correction| keys.is_empty() || one.add.is_some() || changes(one);
            local.corrections.iter().any(|(one, _)| is_about(one, target) && settles(one))
        }
    }
}

/// Whether a correction is of this part of this entry.
fn is_about(correction: &Correction, target: &Target) -> bool {
    let whole = match &target.whole {
        Whole::Operation(id) => correction.operation.as_ref() == Some(id),
        Whole::Type(name) => correction.type_name.as_ref() == Some(name),
    };
    let (parameter, field) = (correction.parameter.as_deref(), correction.field.as_deref());
    whole
        && match &target.part {
            Part::Whole => parameter.is_none() && field.is_none() && !correction.body,
            Part::Body => correction.body || correction.change.contains_key("body"),
            Part::Parameter(name) => parameter == Some(name),
            Part::Field(name) => field == Some(name),
        }
}
