//! The names of records: those that people chose, else what a type is about, else the field that holds a part.

use std::collections::{BTreeMap, BTreeSet};

use super::stem::{Stem, VAGUE, part_name};
use super::{Taken, camel, singular};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::Loaded;
use crate::lock::{LOCK, disagree};
use crate::model::united::United;
use crate::model::{Origin, Owner, Record, RecordId, Role};

/// Names all records but those that the lock knows, which have theirs; returns the chosen names that were used, and
/// which records they make one thing.
pub(crate) fn name_records(
    records: &mut [Record],
    in_use: &[bool],
    locked: &[Option<String>],
    taken: &mut Taken,
    loaded: &Loaded,
) -> (BTreeSet<String>, United) {
    let mut used = BTreeSet::new();
    let mut united = United::default();
    // Records that are not in use need no name.
    let mut names: Vec<Option<String>> = in_use.iter().map(|used| (!used).then(String::new)).collect();
    for (index, record) in records.iter().enumerate().filter(|(index, _)| in_use[*index]) {
        let chosen = chosen(record, loaded, &mut used).map(|name| with_role(&name, record.role));
        // A name that the lock has for something else is reported later.
        let chosen = chosen.filter(|name| !loaded.lock.has_type(name) || !taken.has(name));
        names[index] = locked[index].clone().or_else(|| chosen.map(|name| taken.give(name)));
    }
    // The shortest name is used if no other record wants it; if several do, each gets a longer one.
    for level in 0..LEVELS {
        let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, record) in records.iter().enumerate().filter(|(index, _)| names[*index].is_none()) {
            if let Some(name) = candidate(record, level, &names, records) {
                wanted.entry(with_role(&name, record.role)).or_default().push(index);
            }
        }
        for (name, mut indexes) in wanted {
            // A type that the spec names is more than a part of something.
            if indexes.len() > 1 {
                let named = |index: &usize| matches!(records[*index].origin, Origin::Types(_));
                if indexes.iter().filter(|index| named(index)).count() == 1 {
                    indexes.retain(named);
                }
            }
            if let [only] = indexes[..] {
                let made = choice(&name, loaded, &mut used);
                match holder(&made, made != name, only, &names, records) {
                    Some(thing) => {
                        united.add(RecordId(only), RecordId(thing));
                        names[only] = Some(made);
                    }
                    None if !taken.has(&made) => names[only] = Some(taken.give(made)),
                    None => {}
                }
            }
        }
    }
    for index in 0..records.len() {
        if names[index].is_none() {
            let record = &records[index];
            let longest = (0..LEVELS).rev().find_map(|level| candidate(record, level, &names, records));
            let name = with_role(&longest.unwrap_or_else(|| "Record".to_owned()), record.role);
            let numbered = (2_usize..).map(|number| format!("{name}{number}"));
            for candidate in std::iter::once(name.clone()).chain(numbered) {
                let made = choice(&candidate, loaded, &mut used);
                if let Some(thing) = holder(&made, made != candidate, index, &names, records) {
                    united.add(RecordId(index), RecordId(thing));
                    // Those that would have had the numbers are this thing, too.
                    let numbered = |made_of: &str| {
                        made_of.strip_prefix(&name).is_some_and(|number| number.bytes().all(|c| c.is_ascii_digit()))
                    };
                    let same = loaded.names.iter().filter(|(made_of, chosen)| chosen.name == made && numbered(made_of));
                    used.extend(same.map(|(made_of, _)| made_of.clone()));
                    names[index] = Some(made);
                    break;
                }
                if !taken.has(&made) {
                    names[index] = Some(taken.give(made));
                    break;
                }
            }
        }
    }
    let modules = loaded.modules();
    for (record, name) in records.iter_mut().zip(names) {
        record.name = name.unwrap_or_default();
        let block = loaded.lock.block(record.role.into(), &record.name);
        record.was = block.map(|block| block.was.clone()).unwrap_or_default();
        match (&record.origin, block.map(|block| &block.at).filter(|module| modules.contains(module.as_str()))) {
            (_, Some(module)) => record.module.clone_from(module),
            (Origin::Types(types), None) => record.module = home(types, &record.name),
            (_, None) => {}
        }
    }
    (used, united)
}

/// Reports types that people call by another name than the lock.
pub(crate) fn compare_with_choices(
    records: &[Record],
    in_use: &[bool],
    loaded: &Loaded,
    diagnostics: &mut Diagnostics,
) {
    for record in records.iter().enumerate().filter(|(index, _)| in_use[*index]).map(|(_, record)| record) {
        let Origin::Types(types) = &record.origin else { continue };
        let chosen = types.iter().filter_map(|name| loaded.names.get(name));
        for chosen in chosen.filter(|chosen| with_role(&chosen.name, record.role) != record.name) {
            let wanted = with_role(&chosen.name, record.role);
            if !loaded.lock.has_type(&record.name) && !loaded.lock.has_type(&wanted) {
                continue;
            }
            let (problem, help) = match loaded.lock.has_type(&record.name) {
                true => {
                    let help = format!("run `cargo xtask rename {} {wanted}`, or choose {0}", record.name);
                    (disagree(&record.name, &chosen.name), help)
                }
                false => (format!("{wanted} is something else in {LOCK}"), "choose another name".to_owned()),
            };
            diagnostics.push(Diagnostic::new(chosen.location.join("name"), problem, help));
        }
    }
}

/// The record whose name a person also chose for another one: the two are one thing.
fn holder(name: &str, chosen: bool, other: usize, names: &[Option<String>], records: &[Record]) -> Option<usize> {
    let known = names.iter().position(|known| chosen && known.as_deref() == Some(name))?;
    [known, other].iter().all(|one| records[*one].role == Role::Answer).then_some(known)
}

/// The module that a thing belongs to: the one whose name it has, else the one that shows it most.
fn home(types: &[String], name: &str) -> String {
    let module = |type_name: &String| type_name.split_once('.').map_or("", |(module, _)| module).to_owned();
    let named = types.iter().find(|type_name| camel(&module(type_name)) == name.trim_end_matches("Input"));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    types.iter().for_each(|type_name| *counts.entry(module(type_name)).or_default() += 1);
    let most = counts.into_iter().max_by_key(|(module, count)| (*count, std::cmp::Reverse(module.clone())));
    named.map(module).or(most.map(|(module, _)| module)).unwrap_or_default()
}

/// How many lengths a name may have.
const LEVELS: usize = 4;

fn chosen(record: &Record, loaded: &Loaded, used: &mut BTreeSet<String>) -> Option<String> {
    let Origin::Types(types) = &record.origin else { return None };
    let known: Vec<_> = types.iter().filter_map(|name| loaded.names.get_key_value(name)).collect();
    used.extend(known.iter().map(|(key, _)| (*key).clone()));
    known.first().map(|(_, chosen)| chosen.name.clone())
}

/// A generated name that is free, or the one that a person chose in its place; the last resort is a number.
pub(crate) fn free(made: &str, taken: &mut Taken, loaded: &Loaded, used: &mut BTreeSet<String>) -> String {
    let numbered = (2_usize..).map(|number| format!("{made}{number}"));
    let name = std::iter::once(made.to_owned()).chain(numbered).map(|name| choice(&name, loaded, used));
    let mut name = name.filter(|name| !taken.has(name));
    taken.give(name.next().unwrap_or_default())
}

/// A generated name, or the one that a person chose in its place.
fn choice(made: &str, loaded: &Loaded, used: &mut BTreeSet<String>) -> String {
    match loaded.names.get(made) {
        Some(chosen) => {
            used.insert(made.to_owned());
            chosen.name.clone()
        }
        None => made.to_owned(),
    }
}

fn with_role(name: &str, role: Role) -> String {
    match role {
        Role::Input if !name.ends_with("Input") => format!("{name}Input"),
        _ => name.to_owned(),
    }
}

/// The name of a given length: 0 is the shortest.
fn candidate(record: &Record, level: usize, names: &[Option<String>], records: &[Record]) -> Option<String> {
    match &record.origin {
        Origin::Types(types) => {
            let stems: Vec<Stem> = types.iter().map(|name| Stem::of(name)).collect();
            let [bare, own, whole, unfolded] = shortest(&stems).names();
            // A word that several modules share belongs to none of them.
            let modules: BTreeSet<&str> = types.iter().filter_map(|name| Some(name.split_once('.')?.0)).collect();
            match level {
                0 => (modules.len() > 1).then_some(bare),
                1 => Some(own),
                2 => Some(whole),
                3 => Some(unfolded),
                _ => None,
            }
        }
        Origin::Answer(id) => match level {
            0 => None,
            1 => Some(camel(&answered(id))),
            2 => Some(format!("{}Answer", camel(id))),
            _ => None,
        },
        Origin::Element(about) => {
            let name = camel(&singular(about));
            match level {
                1 => Some(name),
                2 => Some(format!("{name}Entry")),
                _ => None,
            }
        }
        Origin::Part { of, field } => {
            let vague = VAGUE.contains(&field.as_str());
            match level {
                0 => None,
                1 => (!vague).then(|| camel(field)),
                2 => Some(part_name(&owner(of, names, records)?, field)),
                3 => Some(format!("{}{}", owner(of, names, records)?, camel(field))),
                _ => None,
            }
        }
    }
}

fn shortest(stems: &[Stem]) -> &Stem {
    stems.iter().min_by_key(|stem| (stem.subject_in_module().len(), stem.subject_in_module())).unwrap_or(&stems[0])
}

/// What an operation is about: its id without its verb.
fn answered(id: &str) -> String {
    id.split_once('_').map_or(id, |(_, rest)| rest).to_owned()
}

fn owner(of: &Owner, names: &[Option<String>], records: &[Record]) -> Option<String> {
    match of {
        Owner::Record(id) => match &names[id.0] {
            Some(name) => Some(name.trim_end_matches("Input").to_owned()),
            None => candidate(&records[id.0], LEVELS - 2, names, records),
        },
        Owner::Body(type_name) => Some(Stem::of(type_name).names()[1].clone()),
        Owner::Operation(id) => Some(camel(id)),
        Owner::List(about) => Some(camel(&singular(about))),
    }
}
