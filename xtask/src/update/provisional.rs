//! The page of an update that cannot be made yet: without the entries of `spec/local` that have to be settled first.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use desk_codegen::diagnostic::{Diagnostics, Location};
use desk_codegen::{Files, LOCAL, load, model};
use serde_json::Value;

use crate::diff::{self, Page, Side};
use crate::printing::errln;

/// How often what is left is tried: an entry may hide another one's mistakes.
const TRIES: usize = 3;

/// An entry of a file: its list, and where it stands there.
type Entry = (String, usize);

/// The entries that were removed from each list of each file, in the order in which they were.
type Gone = BTreeMap<(String, String), Vec<usize>>;

/// The page of a spec without the entries that are wrong, and how many these are; none if that is no spec either. What
/// is wrong with the whole spec was told; what shows only without some of its entries is told here, so that all of it
/// can be mended at once.
pub(super) fn page(old: &Side, mut sources: Files, all: bool) -> Result<Option<(Page, usize)>> {
    let written = sources.clone();
    let mut gone = Gone::new();
    let mut left_out = 0;
    for attempt in 0..TRIES {
        let made = load::load(&sources).and_then(|loaded| model::build(&loaded).map(drop));
        let Err(diagnostics) = made else {
            let new = Side::of("the new spec so far", sources);
            let Some((before, now)) = diff::made(old, &new) else { return Ok(None) };
            return Ok(Some((diff::page((old, &before), (&new, &now), all)?, left_out)));
        };
        if attempt > 0 {
            errln!("{}", in_place(&diagnostics, &gone).locate(&written));
        }
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
                let listed = file.get_mut(&list).and_then(Value::as_array_mut).filter(|listed| index < listed.len());
                if let Some(listed) = listed {
                    listed.remove(index);
                    gone.entry((path.clone(), list)).or_default().push(index);
                }
            }
            *text = file.to_string();
        }
    }
    Ok(None)
}

/// The errors with the places that their entries have in the files as they are written.
fn in_place(diagnostics: &Diagnostics, gone: &Gone) -> Diagnostics {
    let mut placed = Diagnostics::default();
    for mut one in diagnostics.iter().cloned() {
        let Location { file, position, path } = &mut one.location;
        if let [list, index, ..] = path.as_mut_slice()
            && let Ok(mut now) = index.parse::<usize>()
        {
            let removed = gone.get(&(file.clone(), list.clone()));
            // The last that was removed is the first to be put back.
            removed.into_iter().flatten().rev().for_each(|removed| now += usize::from(*removed <= now));
            *index = now.to_string();
        }
        // The text that was read is not the one that people see.
        *position = None;
        placed.push(one);
    }
    placed
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
