//! What a person should know before an export begins.

use desk_sdk::{Checked, by_name};

use super::plan::Task;
use super::settings::Settings;
use crate::table::Manifest;

/// What should be known about all that is planned.
pub(super) fn warnings(tasks: &[Task], settings: &Settings, manifest: &Manifest) -> Vec<String> {
    let mut warnings = Vec::new();
    if tasks.iter().any(|task| task.planned.allowed == Checked::Unknown.to_string()) {
        warnings
            .push("the token's scopes are not known, so only Desk tells which are missing; set DESK_SCOPES".to_owned());
    }
    for task in tasks {
        warnings.extend(task.warning.clone());
        warnings.extend(forgotten(&task.source.name, settings, manifest));
    }
    warnings
}

/// The lists of each record that an earlier run exported, and this one does not.
fn forgotten(resource: &str, settings: &Settings, manifest: &Manifest) -> Option<String> {
    if !settings.resume && settings.since.is_none() {
        return None;
    }
    let known = by_name::resource(resource)?.children.iter().map(|child| child.name);
    let exported = known.filter(|name| manifest.resources().contains_key(&format!("{resource}_{name}")));
    let missing: Vec<&str> = exported.filter(|name| !settings.children.iter().any(|wanted| wanted == name)).collect();
    if missing.is_empty() {
        return None;
    }
    let wanted: Vec<&str> = settings.children.iter().map(String::as_str).chain(missing.iter().copied()).collect();
    Some(format!("{} were exported with {resource} before; add --children {}", missing.join(" and "), wanted.join(",")))
}
