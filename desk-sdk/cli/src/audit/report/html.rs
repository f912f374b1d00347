//! For a browser.

use std::collections::BTreeMap;

use super::at;
use crate::audit::Verdict;
use crate::scopes::{Usage, entries, page};

/// The verdict as one page that needs nothing else.
pub fn html(verdict: &Verdict<'_>) -> String {
    let places: BTreeMap<&'static str, Vec<String>> = verdict
        .operations
        .iter()
        .map(|operation| (operation.id, verdict.places(operation).iter().map(|finding| at(&finding.place)).collect()))
        .collect();
    let mut usage = match &verdict.check {
        Some(check) => check.usage_at(places),
        None => Usage::new(places),
    };
    for finding in &verdict.unsure {
        let doubt = finding.doubt.as_deref().unwrap_or_default();
        usage = usage.note(format!("Unsure: {} at {}, since {doubt}.", finding.operation.id, at(&finding.place)));
    }
    for unseen in &verdict.wrong {
        usage = usage.note(format!("Wrong: {} at {}: {}.", unseen.written, at(&unseen.place), unseen.reason));
    }
    for unseen in &verdict.unseen {
        usage = usage.note(format!(
            "Not to be seen: {} at {}, since {}.",
            unseen.written,
            at(&unseen.place),
            unseen.reason
        ));
    }
    for verdict in std::iter::once(verdict).chain(&verdict.members) {
        for note in differences(verdict) {
            usage = usage.note(note);
        }
    }
    for problem in &verdict.audit.problems {
        usage = usage.note(format!("Not read: {problem}"));
    }
    page("Scopes of an integration", &entries().iter().collect::<Vec<_>>(), Some(&usage))
}

/// What is otherwise than a file says.
fn differences(verdict: &Verdict<'_>) -> Vec<String> {
    let file = verdict.lock.file.display();
    let changes = verdict.changes.iter().flat_map(|changes| changes.each());
    let mut notes: Vec<String> = changes.map(|(_, _, text)| format!("Not as {file} says: {text}.")).collect();
    if notes.is_empty() && verdict.changes.as_ref().is_some_and(|changes| !changes.is_empty()) {
        notes.push(format!("Not as {file} says: what is granted differs."));
    }
    let risen = verdict.risen.iter().map(|(operation, was)| (operation.id, operation.risk, was));
    notes.extend(risen.map(|(id, risk, was)| format!("The risk of {id} is {risk} now, and was {was} in {file}.")));
    notes
}
