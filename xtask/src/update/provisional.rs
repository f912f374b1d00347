//! The page of an update that cannot be made yet: without the entries of `spec/local` that have to be settled first.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use desk_codegen::diagnostic::Diagnostics;
use desk_codegen::{Files, LOCAL, load, model};
use serde_json::Value;

use crate::diff::{self, Page, Side};

/// How often what is left is tried: an entry may hide another one's mistakes.
const TRIES: usize = 3;

/// An entry of a file: its list, and where it stands there.
type Entry = (String, usize);

/// The page of a spec without the entries that are wrong, and how many these are; none if that is no spec either.
pub(super) fn page(old: &Side, mut sources: Files, all: bool) -> Result<Option<(Page, usize)>> {
    let mut left_out = 0;
    for _ in 0..TRIES {
        let made = load::load(&sources).and_then(|loaded| model::build(&loaded).map(drop));
        let Err(diagnostics) = made else {
            let new = Side::of("the new spec so far", sources);
            let Some((before, now)) = diff::made(old, &new) else { return Ok(None) };
            return Ok(Some((diff::page((old, &before), (&new, &now), all)?, left_out)));
        };
        let wrong = entries(&diagnostics);
        let count: usize = wrong.values().map(BTreeSet::len).sum();
        if count == 0 {
            return Ok(None);
        }
        left_out += count;
        for (path, entries) in wrong {
            let Some(text) = sources.get_mut(&path) else { return Ok(None) };
            let Ok(mut file) = serde_json::from_str::<Value>(text) else { return Ok(None) };
            // From the last one on, so that the others stay where they are.
            for (list, index) in entries.into_iter().rev() {
                if let Some(list) = file.get_mut(&list).and_then(Value::as_array_mut).filter(|list| index < list.len())
                {
                    list.remove(index);
                }
            }
            *text = file.to_string();
        }
    }
    Ok(None)
}

/// The entries of `spec/local` in which something is wrong, by file.
fn entries(diagnostics: &Diagnostics) -> BTreeMap<String, BTreeSet<Entry>> {
    let mut entries: BTreeMap<String, BTreeSet<Entry>> = BTreeMap::new();
    for location in diagnostics.iter().map(|one| &one.location).filter(|one| one.file.starts_with(LOCAL)) {
        if let [list, index, ..] = location.path.as_slice()
            && let Ok(index) = index.parse()
        {
            entries.entry(location.file.clone()).or_default().insert((list.clone(), index));
        }
    }
    entries
}
