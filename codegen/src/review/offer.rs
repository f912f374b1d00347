//! The entry of `spec/local` to paste. It names what the spec has once it is read: ids as the lock keeps them, and
//! places that a correction reaches.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::required::{field_requiring, requires, requiring_in};
use crate::import::{Cure, Imported, Part, Target, Whole};
use crate::load::{Correction, reached};
use crate::lock::{Ids, Lock, place};
use crate::spec::{Answer, Operation, Schema, Status};

/// The keys of operations: what stands inside of one has none of them.
const OF_OPERATIONS: [&str; 5] = ["answers", "body", "cookie_only", "path", "scopes"];

/// What belongs to one kind of value only.
const OF_ONE_KIND: [&str; 9] =
    ["expected", "fields", "max_items", "min_items", "of", "prefix", "required", "unique", "unless"];

const REASON: &str = "\"evidence\": \"documented\", \"why\": \"…\"";
pub(super) const PASTE: &str = "if that is wrong, add to `corrections` in spec/local: ";

/// What was imported, by name.
pub(super) struct Spec<'m> {
    /// By the ids of the import, each with the id that it keeps.
    operations: HashMap<&'m str, (&'m Operation, String)>,
    types: HashMap<&'m str, &'m Schema>,
    lock: &'m Lock,
}

impl<'m> Spec<'m> {
    pub(super) fn new(imported: &'m Imported, lock: &'m Lock) -> Self {
        let all: Vec<&Operation> = imported.modules.iter().flat_map(|module| &module.operations).collect();
        let listed: Vec<_> = all.iter().map(|operation| (place(operation), operation.id.clone())).collect();
        let ids = match lock.is_empty() {
            true => listed.into_iter().map(|(_, id)| id).collect(),
            false => Ids::of(lock).assign(&listed),
        };
        let types = imported.modules.iter().flat_map(|module| &module.types);
        Self {
            operations: all
                .into_iter()
                .zip(ids)
                .map(|(operation, id)| (operation.id.as_str(), (operation, id)))
                .collect(),
            types: types.map(|(name, schema)| (name.as_str(), schema)).collect(),
            lock,
        }
    }

    /// What to do about a note that this would settle, or an entry that accepts it.
    pub(super) fn help(&self, cure: &Cure, note: &str) -> String {
        let offer = match cure {
            Cure::Type(name) => {
                let name = json!(name);
                Some(format!("add to `types` in spec/local: {{\"name\": {name}, \"type\": \"…\", {REASON}}}"))
            }
            Cure::Name(id) => Some(self.rename(id)),
            Cure::Parameter { target, add } => self.parameter(target, add),
            Cure::Required { target, name, near } => self.required(target, name, near.as_ref()),
            Cure::Change { target, key, value } => self.change(target, key, value),
            Cure::Scopes { target, meant } => self.scopes(target, meant),
            Cure::Any(target) => Some(self.accepted(target, note)),
        };
        offer.unwrap_or_else(|| "if that is wrong, correct the operations that refer to it in spec/local".to_owned())
    }

    fn rename(&self, id: &str) -> String {
        let kept = self.operations.get(id).map_or(id, |(_, kept)| kept);
        let method = self.lock.method_of(kept).unwrap_or(kept);
        format!(
            "nothing has to be done. For another name: once it is generated, `cargo xtask rename {method} …`; then \
             accept this note"
        )
    }

    /// What a person does about something that is not understood: nothing, or a correction if it says more of a value
    /// than its type does.
    fn accepted(&self, target: &Target, note: &str) -> String {
        let accept = format!(
            "if nothing follows from it, add to `accepted_notes` in spec/local: {{\"note\": {}, \"why\": \"…\"}}",
            json!(note)
        );
        let is_single = |target: &Target| {
            let present = self.present(target).unwrap_or_default();
            let schema = if matches!(target.part, Part::Parameter(_)) { present.get("type") } else { None };
            let schema = schema.and_then(Value::as_object).unwrap_or(&present);
            !schema.contains_key("fields") && !schema.contains_key("of") && schema.contains_key("type")
        };
        let around = self.around(target).filter(is_single);
        match around.and_then(|around| self.change(&around, "type", "\"…\"")) {
            Some(correction) => format!("{accept}; else, {correction}"),
            None => accept,
        }
    }

    /// A correction of all scopes of an operation for which others are meant.
    fn scopes(&self, target: &Target, meant: &BTreeMap<String, String>) -> Option<String> {
        let operation = Target { part: Part::Whole, ..target.clone() };
        let mut scopes = self.present(&operation)?.get("scopes")?.clone();
        for scope in scopes.as_array_mut()?.iter_mut().filter_map(Value::as_array_mut).flatten() {
            if let Some(other) = scope.as_str().and_then(|known| meant.get(known)) {
                *scope = json!(other);
            }
        }
        self.change(target, "scopes", &scopes.to_string())
    }

    fn parameter(&self, target: &Target, add: &str) -> Option<String> {
        let (Whole::Operation(_), Part::Parameter(name)) = (&target.whole, &target.part) else { return None };
        // Nothing tells later which of the parameters was meant.
        let then = if name == "…" { "; then accept this note" } else { "" };
        Some(format!("{PASTE}{{{}, \"add\": {add}, {REASON}}}{then}", self.kept(target)?))
    }

    /// A correction of one key.
    fn change(&self, target: &Target, key: &str, value: &str) -> Option<String> {
        if OF_OPERATIONS.contains(&key) {
            let Whole::Operation(_) = &target.whole else { return None };
            let target = Target { part: Part::Whole, ..target.clone() };
            let (kept, present) = (self.kept(&target)?, self.present(&target)?);
            return Some(corrected(&kept, &[(key.to_owned(), value.to_owned())], &present));
        }
        let (kept, Some(present)) = (self.kept(target)?, self.present(target)) else { return self.whole(target) };
        let change = match (&target.whole, &target.part) {
            // Only parts of an operation have a type.
            (Whole::Operation(_), Part::Whole) => return None,
            (Whole::Operation(_), Part::Body) => {
                vec![(container(&target.part, &present)?.to_owned(), value.to_owned())]
            }
            _ => {
                // Another type makes what was said of the old one senseless.
                let others = OF_ONE_KIND.into_iter().filter(|other| present.contains_key(*other));
                let others = others.filter(|_| !matches!(target.part, Part::Parameter(_)));
                let others = others.map(|other| (other.to_owned(), "null".to_owned()));
                [(key.to_owned(), value.to_owned())].into_iter().chain(others).collect()
            }
        };
        Some(corrected(&kept, &change, &present))
    }

    /// A correction of what a record requires.
    fn required(&self, target: &Target, name: &str, near: Option<&String>) -> Option<String> {
        let Some(inner) = self.requiring(target, name) else { return self.whole(target) };
        let kept = self.kept(&inner)?;
        let present = self.present(&inner)?;
        let other = |required: Option<&Value>| {
            let mut names: Vec<Value> = required.and_then(Value::as_array).cloned().unwrap_or_default();
            names.retain(|one| one.as_str() != Some(name));
            names.extend(near.map(|near| json!(near)).filter(|near| !names.contains(near)));
            if names.is_empty() { Value::Null } else { Value::from(names) }
        };
        let change = match container(&inner.part, &present) {
            None => ("required", other(present.get("required"))),
            Some(holder) => {
                let mut schema = present.get(holder)?.clone();
                let record = requiring_in(&mut schema, name)?;
                match other(record.get("required")) {
                    Value::Null => drop(record.remove("required")),
                    names => drop(record.insert("required".to_owned(), names)),
                }
                (holder, schema)
            }
        };
        Some(corrected(&kept, &[(change.0.to_owned(), change.1.to_string())], &present))
    }

    /// The part of a target that a correction can name and that requires a field; none if it cannot be named.
    pub(super) fn requiring(&self, target: &Target, name: &str) -> Option<Target> {
        let target = self.around(target).filter(|around| around == target)?;
        let present = self.present(&target)?;
        match (&target.part, &target.whole) {
            // A parameter's type is one value, and so is a body.
            (Part::Whole, Whole::Operation(_)) => None,
            (part @ (Part::Parameter(_) | Part::Body), _) => {
                let mut schema = present.get(container(part, &present)?)?.clone();
                requiring_in(&mut schema, name)?;
                Some(target)
            }
            (part, _) => {
                let path = field_requiring(&Value::Object(present), name)?;
                let join = |outer: &Option<String>| {
                    let steps: Vec<&str> =
                        outer.as_deref().into_iter().chain(path.iter().map(String::as_str)).collect();
                    (!steps.is_empty()).then(|| steps.join("."))
                };
                let part = match part {
                    Part::Field(outer) => Part::Field(join(&Some(outer.clone()))?),
                    Part::Answer(status, outer) => Part::Answer(status.clone(), join(outer)),
                    _ => join(&None).map_or(Part::Whole, Part::Field),
                };
                let inner = Target { whole: target.whole.clone(), part };
                // A list is not what requires, although a field of it is one of its records.
                self.present(&inner).filter(|found| requires(found, name))?;
                Some(inner)
            }
        }
    }

    /// Some correction of the smallest thing around the place that one can reach.
    fn whole(&self, target: &Target) -> Option<String> {
        let around =
            std::iter::successors(Some(target.clone()), outer).find(|target| self.present(target).is_some())?;
        let kept = self.kept(&around)?;
        Some(format!("{PASTE}{{{kept}, \"change\": {{\"…\": \"…\"}}, \"was\": {{\"…\": \"…\"}}, {REASON}}}"))
    }

    /// The smallest thing around the place that a correction reaches.
    pub(super) fn around(&self, target: &Target) -> Option<Target> {
        std::iter::successors(Some(target.clone()), outer).find(|target| self.present(target).is_some())
    }

    /// A target with the id that the operation keeps, and the status that its answer has in the spec.
    pub(super) fn kept(&self, target: &Target) -> Option<Target> {
        let Target { whole, part } = target.clone();
        match whole {
            Whole::Type(_) => Some(Target { whole, part }),
            Whole::Operation(id) => {
                let (operation, kept) = self.operations.get(id.as_str())?;
                let part = match part {
                    Part::Answer(status, field) => Part::Answer(answered(operation, &status), field),
                    part => part,
                };
                Some(Target { whole: Whole::Operation(kept.clone()), part })
            }
        }
    }

    /// What the spec has where a correction of this target would change it.
    fn present(&self, target: &Target) -> Option<Map<String, Value>> {
        let kept = self.kept(target)?;
        let entry = match &target.whole {
            Whole::Operation(id) => serde_json::to_value(self.operations.get(id.as_str())?.0),
            Whole::Type(name) => serde_json::to_value(self.types.get(name.as_str())?),
        };
        let entry = entry.ok()?;
        Some(record(reached(&correction(&kept)?, &entry)?.clone()))
    }
}

/// A correction of a target.
fn correction(target: &Target) -> Option<Correction> {
    serde_json::from_str(&format!("{{{target}, \"why\": \"\", \"evidence\": \"documented\"}}")).ok()
}

/// The status as which the spec has what a file answers with under `default` or `2XX`.
fn answered(operation: &Operation, status: &str) -> String {
    let json = |status: &Status| matches!(operation.answers.get(status), Some(Answer::Json(_)));
    let known = status.parse::<Status>().ok().filter(|status| operation.answers.contains_key(status));
    let known = known.or_else(|| operation.answers.keys().copied().find(json));
    known.map_or_else(|| status.to_owned(), |status| status.to_string())
}

/// The key under which a part has its type as one value.
fn container(part: &Part, present: &Map<String, Value>) -> Option<&'static str> {
    match part {
        Part::Parameter(_) => Some("type"),
        Part::Body => ["json", "multipart"].into_iter().find(|kind| present.contains_key(*kind)),
        _ => None,
    }
}

/// What a target is a part of.
fn outer(target: &Target) -> Option<Target> {
    let field = |path: &str| path.rsplit_once('.').map(|(outer, _)| outer.to_owned());
    let part = match (&target.part, &target.whole) {
        (Part::Whole, _) => return None,
        (Part::Field(path), Whole::Operation(_)) => field(path).map_or(Part::Body, Part::Field),
        (Part::Field(path), Whole::Type(_)) => field(path).map_or(Part::Whole, Part::Field),
        (Part::Answer(status, Some(path)), _) => Part::Answer(status.clone(), field(path)),
        (Part::Answer(_, None) | Part::Body | Part::Parameter(_), _) => Part::Whole,
    };
    Some(Target { whole: target.whole.clone(), part })
}

/// A value as a correction sees it: a word stands for a type that is no more than that.
fn record(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        word => Map::from_iter([("type".to_owned(), word)]),
    }
}

/// An entry of `corrections`, with what it replaces.
fn corrected(target: &Target, change: &[(String, String)], present: &Map<String, Value>) -> String {
    let keys = |pairs: Vec<(&str, String)>| {
        pairs.iter().map(|(key, value)| format!("{}: {value}", json!(key))).collect::<Vec<_>>().join(", ")
    };
    let new = keys(change.iter().map(|(key, value)| (key.as_str(), value.clone())).collect());
    let was = change.iter().filter_map(|(key, _)| Some((key.as_str(), present.get(key)?.to_string())));
    let was = keys(was.collect());
    let was = if was.is_empty() { was } else { format!("\"was\": {{{was}}}, ") };
    format!("{PASTE}{{{target}, \"change\": {{{new}}}, {was}{REASON}}}")
}
