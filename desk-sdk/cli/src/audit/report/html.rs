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
    for unseen in &verdict.unseen {
        usage = usage.note(format!(
            "Not to be seen: {} at {}, since {}.",
            unseen.written,
            at(&unseen.place),
            unseen.reason
        ));
    }
    for (operation, was) in &verdict.risen {
        usage = usage.note(format!("The risk of {} is {} now, and was {was}.", operation.id, operation.risk));
    }
    for problem in &verdict.audit.problems {
        usage = usage.note(format!("Not read: {problem}"));
    }
    page("Scopes of an integration", &entries().iter().collect::<Vec<_>>(), Some(&usage))
}
