//! Which record keeps which name of the lock.

use std::collections::BTreeMap;

use super::places::{inner, visit};
use super::votes::Poll;
use crate::diagnostic::{Diagnostics, Location};
use crate::lock::{ItemKind, LOCK, Lock};
use crate::model::OperationModel;
use crate::model::enums::Enums;
use crate::model::types::{Field, Origin, Record, RecordId, Role, Type};
use crate::model::united::{self, United};

/// The percentage of a record's fields that must be known under a name for it to be one of several with that name.
const KNOWN: usize = 75;

/// The names that records keep. Records that were two stay two, and those that were one stay one, as far as they can.
pub(in crate::model) fn follow(
    lock: &Lock,
    operations: &mut [OperationModel],
    records: &mut Vec<Record>,
    enums: &mut Enums,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<String>> {
    if lock.is_empty() {
        return vec![None; records.len()];
    }
    let mut in_use = united::in_use(operations, records);
    let mut poll = Poll::of(lock, operations, records, &in_use);
    let mut copies = BTreeMap::new();
    while split(&poll, operations, records, &mut copies) {
        in_use = united::in_use(operations, records);
        poll = Poll::of(lock, operations, records, &in_use);
    }
    let mut claims: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, name) in poll.names.iter().enumerate().filter(|(index, _)| in_use[*index]) {
        if let Some(name) = name {
            claims.entry(name).or_default().push(index);
        }
    }
    let mut names = vec![None; records.len()];
    let (mut joined, mut back) = (Vec::new(), Vec::new());
    for (name, claimants) in claims {
        let rank = |index: &usize| {
            let (votes, fit) = (poll.votes(*index, name), poll.fit(*index, name, records));
            (poll.is_exact(*index, name, records), votes, fit, std::cmp::Reverse(*index))
        };
        let Some(keeper) = claimants.iter().copied().max_by_key(rank) else { continue };
        names[keeper] = Some(name.to_owned());
        let mut whole: Vec<Field> = records[keeper].fields.clone();
        for other in claimants.into_iter().filter(|index| *index != keeper) {
            let known = poll.fit(other, name, records) >= KNOWN;
            if known && joins(&mut whole, &records[other]) {
                joined.push((other, keeper));
            } else if let Some(original) = copies.get(&other) {
                back.push((other, *original));
            }
        }
    }
    let mut one = United::default();
    for (other, keeper) in joined {
        keep_parts(lock, records, &names, other, keeper);
        one.add(RecordId(other), RecordId(keeper));
    }
    // A copy that cannot be what it was is what it is elsewhere. Earlier ones first, as a copy may be of a copy.
    back.sort_unstable();
    for (copy, original) in back {
        one.add(RecordId(copy), RecordId(original));
    }
    one.apply(records, operations, enums, |_| Some(Location::file(LOCK)), diagnostics);
    names
}

/// Where two records that become one have another part each, the one with the name that the lock has there stays.
fn keep_parts(lock: &Lock, records: &mut [Record], names: &[Option<String>], other: usize, keeper: usize) {
    let Some(block) = names[keeper].as_ref().and_then(|name| lock.block(records[keeper].role.into(), name)) else {
        return;
    };
    for field in records[other].fields.clone() {
        let known = block.item(ItemKind::Field, &field.wire).and_then(|item| item.of.as_ref());
        let mut theirs = field.ty;
        let Type::Record(id) = *inner(&mut theirs) else { continue };
        if known.is_none() || names[id.0].as_ref() != known {
            continue;
        }
        let mine = records[keeper].fields.iter_mut().find(|mine| mine.wire == field.wire);
        if let Some(Type::Record(mine)) = mine.map(|mine| inner(&mut mine.ty)) {
            *mine = id;
        }
    }
}

/// Makes two of a record that the lock knows by two names; returns whether there was one, and remembers what it is a
/// copy of. Equal records without a name in the spec are one by chance, such as when a type is written in place; records
/// with a name are one wherever they are found.
fn split(
    poll: &Poll<'_>,
    operations: &mut [OperationModel],
    records: &mut Vec<Record>,
    copies: &mut BTreeMap<usize, usize>,
) -> bool {
    for index in 0..records.len() {
        let Some(kept) = poll.names[index].filter(|_| !matches!(records[index].origin, Origin::Types(_))) else {
            continue;
        };
        let known = |name: &&str| *name != kept && poll.fit(index, name, records) >= KNOWN;
        let places = |name| poll.places(index, name, operations, records);
        let Some(places) = poll.candidates(index).filter(known).map(places).find(|places| !places.is_empty()) else {
            continue;
        };
        let copy = RecordId(records.len());
        let in_use = vec![true; records.len()];
        visit(operations, records, &in_use, &mut |place, ty| {
            if *ty == Type::Record(RecordId(index)) && places.contains(&place) {
                *ty = Type::Record(copy);
            }
        });
        copies.insert(copy.0, index);
        records.push(records[index].clone());
        return true;
    }
    false
}

/// Whether a record can be one with others that have these fields, to which its own are added. What is read may have
/// more fields or less; what is sent must be the same.
fn joins(whole: &mut Vec<Field>, record: &Record) -> bool {
    if record.role == Role::Input {
        let rule = |field: &Field| (field.need.clone(), field.nullable, field.rules.clone(), field.inner.clone());
        let same = |(a, b): (&Field, &Field)| a.wire == b.wire && a.ty == b.ty && rule(a) == rule(b);
        return whole.len() == record.fields.len() && whole.iter().zip(&record.fields).all(same);
    }
    let known = |field: &Field| whole.iter().position(|known| known.wire == field.wire);
    let pairs: Vec<_> = record.fields.iter().map(|field| (known(field), field)).collect();
    let agree = |(known, field): &(Option<usize>, &Field)| {
        known.is_none_or(|known| united::are_read_alike(&whole[known].ty, &field.ty))
    };
    if !pairs.iter().all(agree) {
        return false;
    }
    let new: Vec<Field> =
        pairs.into_iter().filter(|(known, _)| known.is_none()).map(|(_, field)| field.clone()).collect();
    whole.extend(new);
    true
}
