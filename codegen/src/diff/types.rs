//! Records and enums before and after.

use std::collections::BTreeMap;

use super::change::{Change, Effect, EffectKind, Kind, Subject};
use super::comparison::{Comparison, counted};
use super::pairs::{Known, Types};
use super::{answered, sent};
use crate::emit::rust_types::field;
use crate::model::{Enum, Record, Role, Variant};
use crate::surface::Owner;

pub(super) fn compare(comparison: &mut Comparison<'_>, types: &Types<'_>) {
    for one in &types.gone {
        let change = Change::new(Kind::TypeRemoved, subject(*one), format!("{} removed", word(*one)));
        comparison.add(change, vec![home(*one)]);
    }
    for one in &types.new {
        let change = Change::new(Kind::TypeAdded, subject(*one), format!("{} added", word(*one)));
        comparison.add(change, vec![home(*one)]);
    }
    for (one, other) in &types.renamed {
        let naming = match comparison.naming(other.name()) {
            0 => String::new(),
            count => format!("; {} it", named(count)),
        };
        let change = Change::new(Kind::TypeRenamed, subject(*other), format!("renamed: was `{}`{naming}", one.name()));
        comparison.add(change, vec![home(*one), home(*other)]);
        parts(comparison, *one, *other);
    }
    for (one, other) in &types.both {
        let before = comparison.count();
        moved(comparison, *one);
        parts(comparison, *one, *other);
        comparison.leftovers(&subject(*other), Owner::Type(other.name()), before);
    }
}

fn named(count: usize) -> String {
    format!("{} {}", counted(count, "item"), if count == 1 { "names" } else { "name" })
}

fn subject(known: Known<'_>) -> Subject {
    Subject::Type(known.name().to_owned())
}

fn home(known: Known<'_>) -> String {
    format!("types::{}", known.name())
}

fn word(known: Known<'_>) -> &'static str {
    match known {
        Known::Enum(_) => "enum",
        Known::Record(Record { role: Role::Answer, .. }) => "record",
        Known::Record(Record { role: Role::Input, .. }) => "record to send",
    }
}

/// A type that is available with another feature, or with any.
fn moved(comparison: &mut Comparison<'_>, one: Known<'_>) {
    let path = home(one);
    let Some(item) = comparison.pending(&path).filter(|item| item.rust > super::Level::Documentation) else { return };
    let feature = |line: &Option<String>| {
        let gate = line.as_deref().and_then(|line| line.rsplit_once(" [")?.1.strip_suffix(']'));
        gate.map_or("without a feature".to_owned(), |feature| format!("with the feature `{feature}`"))
    };
    let what = format!("available {}, was {}", feature(&item.new), feature(&item.old));
    comparison.add(Change::new(Kind::TypeMoved, subject(one), what), vec![path]);
}

fn parts(comparison: &mut Comparison<'_>, one: Known<'_>, other: Known<'_>) {
    let (old_home, home) = (home(one), home(other));
    let paths = |parts: Vec<&str>| parts.into_iter().map(|part| format!("{home}::{part}")).collect::<Vec<_>>();
    match (one, other) {
        (Known::Record(old), Known::Record(new)) if new.role == Role::Input => {
            let values = [sent::of_record(comparison.old, old), sent::of_record(comparison.new, new)];
            for (change, setters) in sent::changes(&subject(other), &values[0], &values[1]) {
                comparison.add(change, paths(setters));
            }
        }
        (Known::Record(old), Known::Record(new)) => {
            for (change, fields) in fields(comparison, old, new) {
                comparison.add(change, paths(fields));
            }
        }
        (Known::Enum(old), Known::Enum(new)) => {
            for (change, variants) in values(old, new) {
                comparison.add(change, paths(variants));
            }
        }
        _ => debug_assert_eq!(old_home, home, "types of one role are of one kind"),
    }
}

/// The fields of a record of answers, each change with the Rust names that it is about.
fn fields<'r>(comparison: &Comparison<'_>, old: &'r Record, new: &'r Record) -> Vec<(Change, Vec<&'r str>)> {
    let of = |kind, what: String| Change::new(kind, Subject::Type(new.name.clone()), what);
    let known: BTreeMap<&str, _> = old.fields.iter().map(|one| (one.wire.as_str(), one)).collect();
    let now: BTreeMap<&str, _> = new.fields.iter().map(|one| (one.wire.as_str(), one)).collect();
    let mut changes = Vec::new();
    for one in old.fields.iter().filter(|one| !now.contains_key(one.wire.as_str())) {
        let effect = Effect::new(EffectKind::OtherAnswer, format!("field `{}` is described no longer", one.wire));
        let change = of(Kind::FieldRemoved, format!("field `{}` removed", one.wire)).with([effect]);
        changes.push((change, vec![one.rust.as_str()]));
    }
    for one in &new.fields {
        let Some(before) = known.get(one.wire.as_str()) else {
            changes.push((of(Kind::FieldAdded, format!("field `{}` added", one.wire)), vec![one.rust.as_str()]));
            continue;
        };
        let (was, is) = (field(comparison.old, &before.ty), field(comparison.new, &one.ty));
        let mut what = Vec::new();
        if before.rust != one.rust {
            what.push(format!("named `{}`, was `{}`", one.rust, before.rust));
        }
        if !comparison.is_same_type(&was, &is) {
            what.push(format!("`{is}`, was `{was}`"));
        }
        if !what.is_empty() {
            let mut names = vec![one.rust.as_str(), before.rust.as_str()];
            names.dedup();
            let effect = answered::difference(comparison, &before.ty, &one.ty)
                .map(|what| Effect::new(EffectKind::OtherAnswer, format!("field `{}` is {what}", one.wire)));
            let what = format!("field `{}`: {}", one.wire, what.join("; "));
            changes.push((of(Kind::FieldChanged, what).with(effect), names));
        }
    }
    changes
}

/// The values of an enum, each change with the variants that it is about.
fn values<'e>(old: &'e Enum, new: &'e Enum) -> Vec<(Change, Vec<&'e str>)> {
    let of = |kind, what: String| Change::new(kind, Subject::Type(new.name.clone()), what);
    let spelt = |one: &'e Enum| -> BTreeMap<&str, &Variant> {
        one.variants.iter().flat_map(|variant| variant.spellings().map(move |text| (text, variant))).collect()
    };
    let (before, now) = (spelt(old), spelt(new));
    // What still compiles, but sends and reads another value.
    let meaning = |was: &Variant| {
        let other =
            new.variants.iter().find(|other| other.name == was.name && other.spellings().all(|text| text != was.wire));
        other.map(|other| {
            let what = format!("`{}` means `{}` now, not `{}`", was.name, other.wire, was.wire);
            Effect::new(EffectKind::AnotherMeaning, what).between(&was.wire, &other.wire)
        })
    };
    let mut changes = Vec::new();
    for was in &old.variants {
        let Some(is) = now.get(was.wire.as_str()) else {
            let change = of(Kind::ValueRemoved, format!("value `{}` removed", was.wire)).with(meaning(was));
            changes.push((change, vec![was.name.as_str()]));
            continue;
        };
        if was.name != is.name {
            let what = format!("value `{}` is `{}`, was `{}`", was.wire, is.name, was.name);
            changes.push((of(Kind::ValueChanged, what).with(meaning(was)), vec![was.name.as_str(), is.name.as_str()]));
        } else if was.wire != is.wire {
            let what = format!("`{}` is written `{}`, was `{}`", is.name, is.wire, was.wire);
            let effect = Effect::new(EffectKind::AnotherMeaning, &what).between(&was.wire, &is.wire);
            changes.push((of(Kind::ValueChanged, what).with([effect]), vec![is.name.as_str()]));
        } else if was.others != is.others {
            let what = format!("value `{}`: {}", is.wire, spellings(&was.others, &is.others));
            changes.push((of(Kind::ValueChanged, what), vec![is.name.as_str()]));
        }
    }
    for is in new.variants.iter().filter(|is| is.spellings().all(|text| !before.contains_key(text))) {
        changes.push((of(Kind::ValueAdded, format!("value `{}` added", is.wire)), vec![is.name.as_str()]));
    }
    changes
}

/// Which other spellings of a value came and went.
fn spellings(old: &[String], new: &[String]) -> String {
    let only = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|text| !others.contains(text)).map(|text| format!("`{text}`")).collect()
    };
    let (come, gone) = (only(new, old).join(", "), only(old, new).join(", "));
    match (come.is_empty(), gone.is_empty()) {
        (true, true) => "its other spellings stand in another order".to_owned(),
        (false, true) => format!("{come} is another spelling of it now"),
        (true, false) => format!("{gone} is a spelling of it no longer"),
        (false, false) => format!("{come} is another spelling of it now, {gone} no longer"),
    }
}
