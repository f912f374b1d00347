//! What duplicates do not agree on: what is news, and what somebody has accepted.

use super::aliases::Disagreement;
use crate::diagnostic::Diagnostic;
use crate::load::Loaded;
use crate::{LOCAL, UPSTREAM};

/// What a person has to look at.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) new: Vec<Diagnostic>,
    /// How many are accepted as they are.
    pub(super) accepted: usize,
}

/// Whether an accepted note is one of a spec's file, and none of an import.
pub(crate) fn is_of_spec(note: &str) -> bool {
    [UPSTREAM, LOCAL].iter().any(|folder| note.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// Sorts them by what is left to do.
pub(super) fn sort(loaded: &Loaded, disagreements: &[Disagreement<'_>]) -> Notes {
    let mut notes = Notes::default();
    let mut occurs = vec![false; loaded.accepted.len()];
    for Disagreement { real, twin, what } in disagreements {
        let location = loaded.operation_location(real);
        let problem = format!("{real} stands for {twin}, but {what}");
        let key = format!("{}: {problem}", location.file);
        if let Some(index) = loaded.accepted.iter().position(|(accepted, _)| accepted.note == key) {
            occurs[index] = true;
            notes.accepted += 1;
            continue;
        }
        let help = format!(
            "correct one of them in spec/local; if it is well as it is, add to `accepted_notes` there: \
             {{\"note\": {}, \"why\": \"…\"}}",
            serde_json::Value::from(key)
        );
        notes.new.push(Diagnostic::new(location.clone(), problem, help));
    }
    let gone =
        loaded.accepted.iter().zip(occurs).filter(|((accepted, _), occurs)| !occurs && is_of_spec(&accepted.note));
    notes.new.extend(gone.map(|((accepted, location), _)| {
        let problem = format!("nothing gives this note any more: {}", accepted.note);
        Diagnostic::new(location.clone(), problem, "remove the entry")
    }));
    notes
}
