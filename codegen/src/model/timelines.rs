//! By which times a list can be walked, and what identifies its records.

use std::collections::BTreeSet;

use super::types::{Lowering, Role};
use crate::api::{Paging, Times};
use crate::spec::{Answer, Kind, Object, Operation, ParameterPlace, Scalar, Schema, Timeline};

/// What a walk over all records of a list needs to know.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// The field that identifies a record.
    pub id: Option<String>,
    /// The times by which it can be filtered or sorted, the one to prefer first.
    pub timelines: Vec<Timeline>,
    /// The field with the time of a record's last change.
    changed: String,
}

impl Walked {
    /// The time by which the list can be filtered.
    pub fn filtered(&self) -> Option<&Timeline> {
        self.timelines.iter().find(|timeline| timeline.range.is_some())
    }

    /// The time of changes.
    pub fn changes(&self) -> Option<&Timeline> {
        self.timelines.iter().find(|timeline| timeline.field == self.changed)
    }
}

/// What is known about the records of a list.
pub(super) fn of(operation: &Operation, usual: &Paging, lowering: &Lowering<'_>) -> Walked {
    let paging = operation.paging.as_ref();
    let Some(Answer::Json(answer)) = operation.main_answer() else { return Walked::default() };
    let key = paging.map_or(&usual.records, |paging| &paging.key);
    let records = records(answer, key, lowering);
    let has = |field: &str| records.iter().any(|record| record.fields.contains_key(field));
    let untyped = records.iter().all(|record| record.fields.is_empty());
    let id =
        paging.and_then(|paging| paging.id.clone()).or_else(|| (untyped || has(&usual.id)).then(|| usual.id.clone()));
    let Some(times) = &usual.times else { return Walked { id, ..Walked::default() } };
    let mut timelines = by_names(operation, times, has);
    if let Some(told) = paging.map(|paging| &paging.timelines).filter(|told| !told.is_empty()) {
        timelines = told.clone();
    }
    let is_time = |schema: &Schema| {
        branches(schema, lowering)
            .iter()
            .any(|branch| matches!(branch.kind, Kind::Scalar(Scalar::DateTime | Scalar::Any | Scalar::Text)))
    };
    timelines.retain(|timeline| records.iter().any(|record| record.fields.get(&timeline.field).is_some_and(is_time)));
    // Those whose times never change come first, because a list that is walked by them does not move.
    timelines.sort_by_key(|timeline| (timeline.range.is_none(), !timeline.field.starts_with(&times.created)));
    Walked { id, timelines, changed: times.changed.clone() }
}

/// Times that a parameter filters by or that the one that sorts lists, and that the records have.
fn by_names(operation: &Operation, times: &Times, has: impl Fn(&str) -> bool) -> Vec<Timeline> {
    let query = || operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query);
    let sorts: Vec<&str> = query()
        .filter(|parameter| parameter.name == times.sort)
        .flat_map(|parameter| &parameter.schema.rules.values)
        .map(|value| value.trim_start_matches('-'))
        .collect();
    let sort = |field: &str| sorts.iter().find(|word| folded(word) == folded(field)).map(|word| (*word).to_owned());
    let ranges = query().filter_map(|parameter| {
        let field = parameter.name.strip_suffix(&times.range)?;
        let filters = parameter.schema.kind == Kind::Scalar(Scalar::TimeRange);
        let range = Some(parameter.name.clone());
        (filters && has(field)).then(|| Timeline { field: field.to_owned(), range, sort: sort(field) })
    });
    let mut found: Vec<Timeline> = ranges.collect();
    for word in &sorts {
        let known = found.iter().any(|timeline| folded(&timeline.field) == folded(word));
        if !known && word.ends_with(&times.field) && has(word) {
            found.push(Timeline { field: (*word).to_owned(), range: None, sort: Some((*word).to_owned()) });
        }
    }
    found
}

/// A name without case and underscores: `CREATED_TIME` is `createdTime`.
fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

/// The types of a list's records.
fn records<'s>(answer: &'s Schema, key: &str, lowering: &Lowering<'s>) -> Vec<&'s Object> {
    let mut records = Vec::new();
    for branch in branches(answer, lowering) {
        match &branch.kind {
            Kind::List(of) => records.extend(objects(of, lowering)),
            Kind::Object(object) => {
                let lists = object.fields.get(key).map(|list| branches(list, lowering)).unwrap_or_default();
                for list in lists {
                    if let Kind::List(of) = &list.kind {
                        records.extend(objects(of, lowering));
                    }
                }
            }
            Kind::Scalar(_) | Kind::Map(_) | Kind::Union(_) | Kind::Named(_) => {}
        }
    }
    records
}

fn objects<'s>(schema: &'s Schema, lowering: &Lowering<'s>) -> Vec<&'s Object> {
    let objects = branches(schema, lowering).into_iter().filter_map(|branch| match &branch.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    });
    objects.collect()
}

/// The shapes of this type alone: other views of the same thing may have times that this one lacks.
fn branches<'s>(schema: &'s Schema, lowering: &Lowering<'s>) -> Vec<&'s Schema> {
    let mut found = Vec::new();
    lowering.branches(schema, None, Role::Input, &mut found, &mut BTreeSet::new());
    found.into_iter().map(|(schema, _)| schema).collect()
}
