//! What is not an operation or a type: families, scopes, and the tables that tell more of records.

use std::collections::BTreeSet;

use super::change::{Change, Kind, Subject};
use super::comparison::Comparison;
use crate::load::Page;
use crate::model::{Model, Source};
use crate::surface::Owner;

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    families(comparison);
    scopes(comparison);
    keys(comparison);
    resources(comparison);
    for owner in comparison.unexplained() {
        let subject = match owner {
            Owner::Operation(id) => Subject::Operation(id.to_owned()),
            Owner::Type(name) => Subject::Type(name.to_owned()),
            Owner::Family(name) => Subject::Family(name.to_owned()),
            Owner::Scopes => Subject::Crate("scopes".to_owned()),
        };
        let before = comparison.count();
        comparison.leftovers(&subject, owner, before);
    }
}

fn families(comparison: &mut Comparison<'_>) {
    let defaults = |model: &Model| -> Vec<(String, bool)> {
        model.families.iter().map(|family| (family.family.name.clone(), family.family.default)).collect()
    };
    let (old, new) = (defaults(comparison.old), defaults(comparison.new));
    for (name, usual) in &new {
        let (kind, what) = match old.iter().find(|(known, _)| known == name) {
            None if *usual => (Kind::FamilyAdded, "added, enabled by default"),
            None => (Kind::FamilyAdded, "added"),
            Some((_, was)) if was == usual => continue,
            Some((_, false)) => (Kind::FamilyChanged, "enabled by default"),
            Some((_, true)) => (Kind::FamilyChanged, "no longer enabled by default"),
        };
        family(comparison, kind, name, what);
    }
    for (name, _) in old.iter().filter(|(name, _)| !new.iter().any(|(known, _)| known == name)) {
        family(comparison, Kind::FamilyRemoved, name, "removed");
    }
}

fn family(comparison: &mut Comparison<'_>, kind: Kind, name: &str, what: &str) {
    let change = Change::new(kind, Subject::Family(name.to_owned()), what);
    comparison.add(change, vec![name.to_owned(), format!("default/{name}")]);
}

fn scopes(comparison: &mut Comparison<'_>) {
    let (old, new) = (&comparison.old.scopes, &comparison.new.scopes);
    let gone = old.difference(new).map(|scope| (Kind::ScopeRemoved, scope, "no operation needs it any more"));
    let come = new.difference(old).map(|scope| (Kind::ScopeAdded, scope, "some operation needs it now"));
    for (kind, scope, what) in gone.chain(come).collect::<Vec<_>>() {
        let grammar = &comparison.new.api.scopes;
        let (subject, path) = (Subject::Scope(grammar.text(scope)), format!("scopes::{}", grammar.constant(scope)));
        comparison.add(Change::new(kind, subject, what), vec![path]);
    }
}

/// By what people recognise records, and where the links to their pages are.
fn keys(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    let known = |model: &Model, name: &str| model.records.iter().any(|record| record.name == name);
    let names: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|model| model.keys.keys().chain(model.links.records.keys()))
        .map(String::as_str)
        .collect();
    for name in names {
        let keys = |model: &Model| model.keys.get(name).cloned().unwrap_or_default();
        let links =
            |model: &Model| model.links.records.get(name).map(|links| links.iter().map(linked).collect::<Vec<_>>());
        let what = match (keys(old) != keys(new), links(old) != links(new)) {
            (false, false) => continue,
            (true, _) => format!("recognised by {}, was by {}", shown(&keys(new)), shown(&keys(old))),
            (false, true) => "the links to its pages are found in another way".to_owned(),
        };
        // With a new type it comes as a whole.
        if known(old, name) && known(new, name) {
            let path = format!("types::{name}: Linked");
            comparison.add(Change::new(Kind::TablesChanged, Subject::Type(name.to_owned()), what), vec![path]);
        }
    }
    if old.links.sites != new.links.sites {
        let subject = Subject::Crate("links".to_owned());
        comparison.add(Change::new(Kind::TablesChanged, subject, "the pages are elsewhere"), Vec::new());
    }
}

fn linked((page, source): (&Page, &Source)) -> (Page, Source) {
    (*page, source.clone())
}

fn shown(keys: &[String]) -> String {
    if keys.is_empty() { "nothing".to_owned() } else { format!("`{}`", keys.join("`, `")) }
}

/// What is worth a copy or a snapshot.
fn resources(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    for (differs, name, what) in [
        (old.resources != new.resources, "resources", "lists that are worth a copy"),
        (old.metrics != new.metrics, "metrics", "figures that are worth a snapshot"),
        (old.uses != new.uses, "uses", "how often operations are used"),
        (old.custom_fields != new.custom_fields, "custom_fields", "fields that hold custom fields"),
    ] {
        if differs {
            let subject = Subject::Crate(name.to_owned());
            comparison.add(Change::new(Kind::TablesChanged, subject, what), Vec::new());
        }
    }
}
