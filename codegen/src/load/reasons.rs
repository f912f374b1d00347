//! Every entry of `spec/local` says why it is there, and most say how that is known.

use super::evidence::{Evidence, Strength};
use super::local::Local;
use crate::diagnostic::{Diagnostic, Diagnostics, Location};

/// Reports entries without a reason, and evidence that contradicts itself.
pub(super) fn check(local: &Local, diagnostics: &mut Diagnostics) {
    for (_, location) in reasons(local).into_iter().filter(|(why, _)| why.trim().is_empty()) {
        let help = "say in a sentence where the fact comes from";
        diagnostics.push(Diagnostic::new(location.join("why"), "no reason is given", help));
    }
    for (evidence, strength, location) in sources(local) {
        if let Some(problem) = evidence.contradicts(strength) {
            let help = "observed facts say by whom: live (the service itself), many (several clients) or one (client)";
            diagnostics.push(Diagnostic::new(location.join("strength"), problem, help));
        }
    }
}

/// The reasons of all entries that have one.
fn reasons(local: &Local) -> Vec<(&str, &Location)> {
    let mut all: Vec<(&str, &Location)> = Vec::new();
    all.extend(local.operations.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.types.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.corrections.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.names.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.kept.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.custom_fields.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.key_fields.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.links.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.sites.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.resources.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.metrics.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.uses.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all.extend(local.accepted.iter().map(|(entry, location)| (entry.why.as_str(), location)));
    all
}

/// The evidence of all entries that have some.
fn sources(local: &Local) -> Vec<(Evidence, Option<Strength>, &Location)> {
    let mut all: Vec<(Evidence, Option<Strength>, &Location)> = Vec::new();
    all.extend(local.operations.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.types.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.corrections.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.custom_fields.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.links.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.sites.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.resources.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.metrics.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all.extend(local.uses.iter().map(|(entry, location)| (entry.evidence, entry.strength, location)));
    all
}
