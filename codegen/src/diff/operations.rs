//! Operations before and after.

use std::collections::BTreeMap;

use super::change::{Change, Effect, EffectKind, Kind, Subject};
use super::comparison::Comparison;
use super::facets;
use super::pairs::{self, Pair};
use super::sent;
use crate::model::{Model, OperationModel, OperationNames};
use crate::surface::Owner;

/// Where each id leads: method and path, and the struct's home.
type Routes<'m> = BTreeMap<&'m str, &'m OperationModel>;

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    let routes = routes(new);
    for pair in pairs::of_operations(old, new) {
        match pair {
            Pair::Old(one) => removed(comparison, one, &routes),
            Pair::New(one) => added(comparison, one),
            Pair::Both(one, other) => both(comparison, one, other, &routes),
        }
    }
}

fn routes(model: &Model) -> Routes<'_> {
    pairs::operations(model).flat_map(|one| all(one).map(move |names| (names.id.as_str(), one))).collect()
}

/// The names of an operation and of its duplicates.
fn all(operation: &OperationModel) -> impl Iterator<Item = &OperationNames> {
    std::iter::once(&operation.names).chain(&operation.aliases)
}

fn route(operation: &OperationModel) -> String {
    format!("{} {}", operation.operation.method, operation.operation.path)
}

/// The items that a name of an operation stands for.
fn items_of(operation: &OperationModel, names: &OperationNames) -> [String; 2] {
    [format!("{}::{}", operation.family, names.parameters), format!("Client::{}", names.method)]
}

fn added(comparison: &mut Comparison<'_>, one: &OperationModel) {
    let aliases: Vec<&str> = one.aliases.iter().map(|names| names.id.as_str()).collect();
    let also = if aliases.is_empty() { String::new() } else { format!(", also as `{}`", aliases.join("`, `")) };
    let what = format!("added{also}: `{}`, in `{}`", route(one), one.family);
    let change = Change::new(Kind::OperationAdded, operation(&one.names), what);
    let items = all(one).flat_map(|names| items_of(one, names)).collect();
    comparison.add(change, items);
}

fn removed(comparison: &mut Comparison<'_>, one: &OperationModel, routes: &Routes<'_>) {
    let change = Change::new(Kind::OperationRemoved, operation(&one.names), format!("removed: `{}`", route(one)));
    let change = all(one).fold(change, |change, names| change.with([gone(one, names, &one.names, routes)]));
    let items = all(one).flat_map(|names| items_of(one, names)).collect();
    comparison.add(change, items);
}

/// What it does to those who call by a name that this operation has no longer, told of the operation with `shown`.
fn gone(one: &OperationModel, names: &OperationNames, shown: &OperationNames, routes: &Routes<'_>) -> Effect {
    match routes.get(names.id.as_str()) {
        Some(other) => {
            let what = format!("`{}` calls `{}` now, not `{}`", names.id, route(other), route(one));
            Effect::new(EffectKind::AnotherMeaning, what).between(route(one), route(other))
        }
        None if names.id == shown.id => Effect::new(EffectKind::Gone, format!("was `{}`", route(one))),
        None => Effect::new(EffectKind::Gone, format!("no longer as `{}`", names.id)),
    }
}

fn operation(names: &OperationNames) -> Subject {
    Subject::Operation(names.id.clone())
}

fn both(comparison: &mut Comparison<'_>, old: &OperationModel, new: &OperationModel, routes: &Routes<'_>) {
    let before = comparison.count();
    names(comparison, old, new, routes);
    let subject = operation(&new.names);
    let kept: Vec<&OperationNames> = all(new).filter(|names| all(old).any(|other| other.id == names.id)).collect();
    for change in facets::changes(comparison, &subject, old, new) {
        let items = match change.kind {
            Kind::OperationMoved => {
                kept.iter().flat_map(|names| items_of(old, names).into_iter().chain(items_of(new, names))).collect()
            }
            Kind::BodyChanged => parts(new, &kept, &["body", "field", "custom"]),
            Kind::AnswerChanged | Kind::DeprecationChanged => {
                kept.iter().map(|names| format!("Client::{}", names.method)).collect()
            }
            _ => Vec::new(),
        };
        comparison.add(change, items);
    }
    let values = [sent::of_operation(comparison.old, old), sent::of_operation(comparison.new, new)];
    for (change, setters) in sent::changes(&subject, &values[0], &values[1]) {
        comparison.add(change, parts(new, &kept, &setters));
    }
    for names in kept {
        comparison.leftovers(&subject, Owner::Operation(&names.id), before);
    }
}

/// The paths of parts of an operation's struct, under each of its names.
fn parts(operation: &OperationModel, names: &[&OperationNames], parts: &[&str]) -> Vec<String> {
    let of = |names: &&OperationNames| {
        let home = format!("{}::{}", operation.family, names.parameters);
        parts.iter().map(move |part| format!("{home}::{part}")).collect::<Vec<_>>()
    };
    names.iter().flat_map(of).collect()
}

/// Names that came and went.
fn names(comparison: &mut Comparison<'_>, old: &OperationModel, new: &OperationModel, routes: &Routes<'_>) {
    let (old_id, new_id) = (&old.names.id, &new.names.id);
    let has = |operation: &OperationModel, id: &str| all(operation).any(|names| names.id == id);
    let renamed = !has(new, old_id) && !has(old, new_id);
    if renamed {
        let what = format!("renamed: was `{old_id}`");
        let change = Change::new(Kind::OperationRenamed, operation(&new.names), what)
            .with([gone(old, &old.names, &new.names, routes)]);
        let items = items_of(old, &old.names).into_iter().chain(items_of(new, &new.names)).collect();
        comparison.add(change, items);
    } else if old_id != new_id {
        let what = format!("stands for `{old_id}` now, which stood for it");
        comparison.add(Change::new(Kind::AliasChanged, operation(&new.names), what), Vec::new());
    }
    let told = |names: &OperationNames, id: &String| renamed && names.id == *id;
    let lost = all(old).filter(|names| !has(new, &names.id)).filter(|names| !told(names, old_id));
    for names in lost {
        let what = format!("no longer known as `{}`", names.id);
        let change =
            Change::new(Kind::AliasRemoved, operation(&new.names), what).with([gone(old, names, &new.names, routes)]);
        comparison.add(change, items_of(old, names).into());
    }
    let gained = all(new).filter(|names| !has(old, &names.id)).filter(|names| !told(names, new_id));
    for names in gained {
        let change = Change::new(Kind::AliasAdded, operation(&new.names), format!("also known as `{}`", names.id));
        comparison.add(change, items_of(new, names).into());
    }
}
