//! What an export costs, as far as that is known before it begins.

use desk_sdk::{Estimate, Operation};
use serde::Deserialize as _;

use super::place::ChildPlace;
use super::report::Cost;
use super::source::{ChildSource, Source};
use crate::table::{FileEntry, Manifest};

/// What reading the lists that are left costs.
pub(super) fn of_lists(operation: &Operation, left: usize, estimate: Option<Estimate>) -> Cost {
    match estimate {
        Some(Estimate { calls: Some(calls), credits: Some(credits), at_most: false, .. }) if left == 1 => {
            Cost { calls, credits, at_least: false }
        }
        _ => {
            let calls = u64::try_from(left).unwrap_or(u64::MAX);
            Cost { at_least: calls > 0 && operation.paging.is_some(), ..first_pages(operation, calls) }
        }
    }
}

/// What the lists of each record cost at least, if so many records come to those that are there.
pub(super) fn of_children(source: &Source, manifest: &Manifest, coming: Option<u64>) -> Option<Cost> {
    let coming = coming?;
    let files = manifest.resources().get(&source.name).map_or(&[][..], |known| &known.files);
    let costs = source.children.iter().map(|child| {
        let left = rows(files).saturating_sub(done(child, files, manifest));
        first_pages(child.operation, left.saturating_add(coming))
    });
    // A list may have several pages, and its files take calls as well.
    costs.reduce(Cost::and).map(|cost| Cost { at_least: cost.calls > 0, ..cost })
}

/// How many records have had their lists read.
fn done(child: &ChildSource, files: &[FileEntry], manifest: &Manifest) -> u64 {
    let position = manifest.resources().get(&child.name).map(|known| &known.position);
    let Some(place) = position.and_then(|position| ChildPlace::deserialize(position).ok()) else { return 0 };
    let whole = files.iter().position(|file| file.path == place.file).unwrap_or_default();
    rows(&files[..whole]).saturating_add(place.parents)
}

fn rows(files: &[FileEntry]) -> u64 {
    files.iter().map(|file| file.rows).sum()
}

fn first_pages(operation: &Operation, calls: u64) -> Cost {
    Cost { calls, credits: calls.saturating_mul(operation.credits_from(0)), at_least: false }
}
