//! What the lock says about the places where values are listed.

use std::collections::BTreeMap;

use super::places::{Place, visit};
use crate::lock::{BlockKind, Lock};
use crate::model::OperationModel;
use crate::model::enums::{EnumId, Enums};
use crate::model::types::{Record, Type};
use crate::model::united;

/// What values were so far, at a place that the lock knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::model) enum Want {
    /// This enum.
    Enum(String),
    /// Text.
    Text,
}

/// Gives each use of an enum what the lock says about it: a use that is known by several names becomes several.
/// The names of records are known by now.
pub(in crate::model) fn want(
    lock: &Lock,
    operations: &mut [OperationModel],
    records: &mut [Record],
    enums: &mut Enums,
) {
    if lock.is_empty() {
        return;
    }
    let in_use = united::in_use(operations, records);
    let blocks: Vec<_> = records.iter().map(|record| lock.block(record.role.into(), &record.name)).collect();
    let wants = wanted(lock, operations, records, &in_use, &blocks);
    let mut places = wants.iter().map(|(_, want)| want);
    let mut counts: BTreeMap<EnumId, BTreeMap<&Want, usize>> = BTreeMap::new();
    for (id, want) in &wants {
        if let Some(want) = want {
            *counts.entry(*id).or_default().entry(want).or_default() += 1;
        }
    }
    // What is new there is what most of the known ones are.
    let most = |id: EnumId| counts.get(&id)?.iter().max_by_key(|(want, count)| (**count, std::cmp::Reverse(**want)));
    visit(operations, records, &in_use, &mut |_, ty| {
        if let Type::Enum(id) = ty {
            let known = places.next().and_then(Option::as_ref);
            if let Some(want) = known.or(most(*id).map(|(want, _)| *want)) {
                *id = enums.wanting(*id, want);
            }
        }
    });
}

/// What is known about each place with an enum, in the order of `visit`.
fn wanted<'l>(
    lock: &'l Lock,
    operations: &mut [OperationModel],
    records: &mut [Record],
    in_use: &[bool],
    blocks: &[Option<&'l crate::lock::Block>],
) -> Vec<(EnumId, Option<Want>)> {
    let mut found = Vec::new();
    visit(operations, records, in_use, &mut |place, ty| {
        if let Type::Enum(id) = ty {
            found.push((place, *id));
        }
    });
    let want = |(place, id): (Place, EnumId)| {
        let locked = place.locked(lock, operations, &|index| blocks[index]);
        let want = locked.and_then(|item| match &item.of {
            Some(of) => lock.block(BlockKind::Enum, of).map(|_| Want::Enum(of.clone())),
            None => Some(Want::Text),
        });
        (id, want)
    };
    found.into_iter().map(want).collect()
}
