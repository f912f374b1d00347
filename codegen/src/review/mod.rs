//! Which notes of an import are news: those that no entry of `spec/local` settles or accepts.

mod offer;
mod required;

use std::collections::HashSet;

use self::offer::{PASTE, Spec};
use crate::Files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::import::{Cure, Imported, Note, Part, Target, Whole};
use crate::load::{Correction, Local};
use crate::lock::Lock;
use crate::model::is_of_spec;

/// The notes of an import, sorted by what is left to do.
#[derive(Debug, Default)]
pub struct Review {
    /// Those that nobody has looked at yet.
    pub new: Vec<Note>,
    /// How many are settled by a correction or an addition.
    pub settled: usize,
    /// How many are accepted as they are.
    pub accepted: usize,
    /// How many additions and corrections a document of ours has already.
    pub applied: usize,
    /// Accepted notes that no longer occur.
    pub gone: Vec<Diagnostic>,
}

/// Compares the notes of an import with the files of `spec/local`, and writes into the help of those that are new what
/// to paste there. `files` has the lock as well, if there is one.
///
/// # Errors
///
/// If one of those files cannot be read.
pub fn review(imported: &Imported, files: &Files) -> Result<Review, Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let local = Local::read(files, &mut diagnostics);
    let lock = Lock::read(files, &mut diagnostics);
    diagnostics.locate(files).into_result()?;
    let spec = Spec::new(imported, &lock);
    let local_entries = local.operations.len() + local.types.len() + local.corrections.len();
    let mut review = Review { applied: if imported.ours { local_entries } else { 0 }, ..Review::default() };
    let mut occurs = vec![false; local.accepted.len()];
    let mut offered = HashSet::new();
    for note in &imported.notes {
        if let Some(index) = local.accepted.iter().position(|(accepted, _)| accepted.note == note.key()) {
            occurs[index] = true;
            review.accepted += 1;
        } else if note.cure.as_ref().is_some_and(|cure| settles(&local, cure, &spec)) {
            review.settled += 1;
        } else {
            let help = note.cure.as_ref().map_or_else(|| note.help.clone(), |cure| spec.help(cure, &note.key()));
            // Pasted twice, an entry would contradict itself.
            let is_new = !help.contains(PASTE) || offered.insert(help.clone());
            let help = if is_new { help } else { "the entry that is offered above settles this as well".to_owned() };
            review.new.push(Note { help, ..note.clone() });
        }
    }
    let mut gone = Diagnostics::default();
    let missing =
        local.accepted.iter().zip(occurs).filter(|((accepted, _), occurs)| !occurs && !is_of_spec(&accepted.note));
    for ((accepted, location), _) in missing {
        let problem = format!("no file gives this note any more: {}", accepted.note);
        gone.push(Diagnostic::new(location.clone(), problem, "remove the entry"));
    }
    review.gone = gone.locate(files).iter().cloned().collect();
    Ok(review)
}

fn settles(local: &Local, cure: &Cure, spec: &Spec<'_>) -> bool {
    let (target, keys): (_, &[&str]) = match cure {
        Cure::Type(name) => return local.types.iter().any(|(added, _)| added.name == *name),
        Cure::Name(_) => return false,
        Cure::Change { target, key, .. } => (target, settling(key)),
        Cure::Scopes { target, .. } => (target, settling("scopes")),
        Cure::Parameter { target, .. } | Cure::Any(target) | Cure::Required { target, .. } => (target, &[]),
    };
    let changes = |one: &Correction| one.change.keys().any(|key| keys.contains(&key.as_str()));
    let settles = |one: &Correction| keys.is_empty() || one.add.is_some() || changes(one);
    // The place itself, or the nearest around it that a correction reaches.
    let inner = match cure {
        Cure::Required { name, .. } => spec.requiring(target, name).and_then(|inner| spec.kept(&inner)),
        _ => None,
    };
    let targets = [spec.kept(target), spec.around(target).and_then(|around| spec.kept(&around)), inner];
    let about = |one: &Correction| targets.iter().flatten().any(|target| is_about(one, target));
    local.corrections.iter().any(|(one, _)| about(one) && settles(one))
}

/// The keys of which any settles what is odd about this one; none if any key does.
fn settling(key: &str) -> &'static [&'static str] {
    match key {
        "scopes" => &["scopes", "doubtful_scopes", "cookie_only"],
        "answers" => &["answers"],
        "body" => &["body"],
        "path" => &["path"],
        "cookie_only" => &["cookie_only"],
        _ => &[],
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
            Part::Whole => parameter.is_none() && field.is_none() && !correction.body && correction.answer.is_none(),
            Part::Body => correction.body || correction.change.contains_key("body"),
            Part::Parameter(name) => parameter == Some(name),
            Part::Field(name) => field == Some(name) && correction.answer.is_none(),
            // A field is corrected with all that it stands in as well.
            Part::Answer(status, name) => {
                let own = correction.answer.as_ref() == Some(status) && (field.is_none() || field == name.as_deref());
                own || (correction.answer.is_none() && correction.change.contains_key("answers"))
            }
        }
}
