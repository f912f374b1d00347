//! For a browser.

use std::collections::BTreeMap;

use super::{at, conclusion};
use crate::audit::{Level, Verdict};
use crate::scopes::{Usage, entries, page};

/// What the page tells by itself, for the scopes of the whole.
const TOLD: [&str; 4] = ["missing-scope", "missing-scope-in-doubt", "unneeded-scope", "broader-scope"];

/// The verdict as one page that needs nothing else.
pub fn html(verdict: &Verdict<'_>) -> String {
    let places: BTreeMap<&'static str, Vec<String>> = verdict
        .operations
        .iter()
        .map(|operation| (operation.id, verdict.positions(operation).into_iter().map(at).collect()))
        .collect();
    let mut usage = match &verdict.check {
        Some(check) => check.usage_at(places),
        None => Usage::new(places),
    };
    let notices = verdict.notices();
    if let Some(conclusion) = conclusion(verdict) {
        usage = usage.conclusion(conclusion);
    }
    for notice in notices.iter().filter(|notice| notice.of_member || !TOLD.contains(&notice.rule.id)) {
        let places: Vec<String> = notice.places.iter().map(|place| at(place)).collect();
        let at = if places.is_empty() { String::new() } else { format!(" At {}.", places.join(", ")) };
        let text = format!("{}{at} ({})", notice.text, notice.rule.id);
        usage = match notice.level {
            Level::Error => usage.error(text),
            Level::Warning => usage.warning(text),
            _ => usage.note(text),
        };
    }
    for problem in &verdict.audit.problems {
        usage = usage.error(format!("Not read: {problem}"));
    }
    page("Scopes of an integration", &entries().iter().collect::<Vec<_>>(), Some(&usage))
}
