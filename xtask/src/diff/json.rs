//! The page as JSON, in the form that `spec/README.md` documents: keys are added, never renamed.

use std::collections::BTreeMap;

use desk_codegen::diff::{Change, Level};
use serde::Serialize;

use super::page::Page;
use super::release::Release;
use super::side::About;

/// Raised when a program that reads the form has to be changed.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Document<'p> {
    format: u32,
    old: &'p About,
    new: &'p About,
    release: &'p Release,
    /// How many changes there are of each level.
    counts: BTreeMap<String, usize>,
    changes: &'p [Change],
}

pub(super) fn write(page: &Page) -> serde_json::Result<String> {
    let levels = [Level::Breaking, Level::Compatible, Level::Documentation];
    let count = |level| page.changes.iter().filter(|change| change.rust == level).count();
    let counts = levels.into_iter().map(|level| (level.to_string(), count(level))).collect();
    let Page { old, new, release, changes, .. } = page;
    let text = serde_json::to_string_pretty(&Document { format: FORMAT, old, new, release, counts, changes })?;
    Ok(text + "\n")
}
