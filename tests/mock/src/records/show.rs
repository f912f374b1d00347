//! Records as answers show them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use desk_spec::{Answer, Object};
use serde_json::{Value, json};

use super::Records;
use super::ids::{self, ID, Id};
use super::request::Request;
use super::store::{Store, Stored};
use crate::judge::check::Call;
use crate::seed::{Collection, Count, Include, Record};
use crate::spec::shape::{elements, objects};

/// A record for an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) fields: Record,
    /// Fields with related records; answers show only the parts that their types declare.
    pub(crate) related: Vec<String>,
}

impl Shown {
    /// Fields that are all shown.
    pub(crate) fn bare(fields: Record) -> Self {
        Self { fields, related: Vec::new() }
    }
}

/// How the records of a collection are shown, worked out once for all of a page.
#[derive(Debug)]
pub(super) struct View<'a> {
    place: usize,
    pub(super) store: &'a Store,
    /// Known fields that are not shown, in order.
    hidden: Vec<&'a str>,
    /// The collection's defaults without those.
    defaults: Record,
    /// Related records that were shown before, by the field that they are in and their id.
    related: RefCell<HashMap<(&'a str, Id), Value>>,
}

impl Records {
    /// A record with the related ones that `include` asks for.
    pub(super) fn show(&self, place: usize, stored: &Stored, request: Request<'_>) -> Shown {
        let words = request.call.incoming.query("include").unwrap_or_default();
        self.shown(place, stored, &words.split(',').collect::<Vec<_>>(), &of_answer(request.call))
    }

    /// A record as one of several that are shown alike.
    pub(super) fn shown(&self, place: usize, stored: &Stored, words: &[&str], declared: &[&Object]) -> Shown {
        self.view(place, declared).map_or_else(|| Shown::bare(Record::new()), |view| self.seen(&view, stored, words))
    }

    /// How records of a collection are shown. Fields that the collection knows are only included if one of the objects
    /// declares them, or all of them if there are no objects; additional fields that were sent are kept.
    pub(super) fn view(&self, place: usize, declared: &[&Object]) -> Option<View<'_>> {
        let store = self.stores.get(place)?;
        let is_declared = |name: &str| declared.iter().any(|object| object.fields.contains_key(name));
        let known = store.known.iter().filter(|name| !declared.is_empty() && !is_declared(name));
        let mut hidden: Vec<&str> = known.map(String::as_str).collect();
        hidden.sort_unstable();
        let defaults = store.defaults(|name| hidden.binary_search(&name).is_err());
        Some(View { place, store, hidden, defaults, related: RefCell::default() })
    }

    /// A record with counted and generated fields, and with related records by the words of `include`.
    pub(super) fn seen<'a>(&self, view: &View<'a>, stored: &Stored, words: &[&str]) -> Shown {
        let View { place, store, hidden, defaults, .. } = view;
        let form: &Collection = &store.form;
        let wanted = |name: &str| hidden.binary_search(&name).is_err();
        let mut fields = store.over(defaults.clone(), stored, wanted);
        for (name, count) in form.counts.iter().filter(|(name, _)| wanted(name)) {
            fields.insert(name.clone(), json!(self.count(store, stored, count)));
        }
        for (name, template) in form.made.iter().filter(|(name, _)| wanted(name)) {
            if fields.get(name).is_none_or(Value::is_null) {
                fields.insert(name.clone(), filled(template, |name| store.value(stored, name)));
            }
        }
        for (name, path) in form.shows.iter().filter(|(name, _)| *name == ID || wanted(name)) {
            fields.insert(name.clone(), self.value_at(*place, stored, path).map_or(Value::Null, Cow::into_owned));
        }
        let words = words.iter().copied().chain(form.always.iter().map(String::as_str));
        let mut related = Vec::new();
        for include in words.filter_map(|word| form.include.get(word)).filter(|include| wanted(&include.field)) {
            fields.insert(include.field.clone(), self.related(view, stored, include));
            related.push(include.field.clone());
        }
        Shown { fields, related }
    }

    /// The number of other records that a field counts.
    pub(super) fn count(&self, store: &Store, stored: &Stored, count: &Count) -> usize {
        let Some(place) = self.place(&count.of) else { return 0 };
        let Some(other) = self.stores.get(place) else { return 0 };
        if let Some(field) = &count.own {
            let held = store.value(stored, field).map(|value| ids::all(&value)).unwrap_or_default();
            return held.into_iter().filter(|id| self.live(place, *id).is_some()).count();
        }
        let by = count.by.as_deref().unwrap_or_default();
        if let Some(holding) = other.holding(by, &[stored.id]) {
            let hides = self.may_hide(place);
            return holding.filter(|stored| !(stored.trashed || hides && self.is_within_trash(place, stored))).count();
        }
        self.found(place, vec![(by.to_owned(), vec![stored.id.to_string()])], Vec::new(), false).count()
    }

    /// The value that an include adds: a record's fields, or a list of them if the field holds a list.
    fn related<'a>(&self, view: &View<'a>, stored: &Stored, include: &'a Include) -> Value {
        let one = |id: Id| {
            let mut shown = view.related.borrow_mut();
            shown.entry((&include.field, id)).or_insert_with(|| self.shown_of(id, include)).clone()
        };
        let value = self.value_at(view.place, stored, &include.by);
        match value.as_deref() {
            Some(Value::Array(values)) => {
                Value::Array(values.iter().filter_map(ids::one).map(one).filter(Value::is_object).collect())
            }
            Some(value) => ids::one(value).map_or(Value::Null, one),
            None => Value::Null,
        }
    }

    fn shown_of(&self, id: Id, include: &Include) -> Value {
        let mut of = include.from.iter().filter_map(|name| self.place(name));
        let found = of.find_map(|place| Some((self.stores.get(place)?, self.live(place, id)?)));
        let Some((store, stored)) = found else { return Value::Null };
        let value = |names: &str| {
            if names == "@kind" {
                return store.form.kind.as_ref().map_or(Value::Null, |kind| json!(kind));
            }
            if let Some(text) = names.strip_prefix('=') {
                return json!(text);
            }
            let held = names.split('|').find_map(|name| {
                let held = store.value(stored, name).map(Cow::into_owned);
                held.or_else(|| made(store, stored, name))
            });
            held.unwrap_or_default()
        };
        Value::Object(include.fields.iter().map(|(name, names)| (name.clone(), value(names))).collect())
    }

    /// A record's value at a path that may lead through other records.
    pub(super) fn value_at<'a>(&'a self, place: usize, stored: &'a Stored, path: &str) -> Option<Cow<'a, Value>> {
        let store = self.stores.get(place)?;
        let Some((first, rest)) = path.split_once('.') else { return store.value(stored, path) };
        let other = self.named(first, None)?;
        let held = store.value(stored, first)?;
        let related = |id: Id| self.value_at(other, self.live(other, id)?, rest);
        match held.as_ref() {
            Value::Array(values) => {
                let all = values.iter().filter_map(ids::one).filter_map(related).map(Cow::into_owned);
                Some(Cow::Owned(Value::Array(all.collect())))
            }
            value => related(ids::one(value)?),
        }
    }
}

/// The objects that the answer may be.
fn of_answer(call: Call<'_>) -> Vec<&Object> {
    let Some(Answer::Json(schema)) = call.operation.main_answer() else { return Vec::new() };
    objects(call.spec, schema)
}

/// The objects in the lists that the answer has, or is.
pub(super) fn of_lists(call: Call<'_>) -> Vec<&Object> {
    let Some(Answer::Json(schema)) = call.operation.main_answer() else { return Vec::new() };
    let fields = objects(call.spec, schema).into_iter().flat_map(|object| object.fields.values());
    let lists = fields.chain([schema]).flat_map(|list| elements(call.spec, list));
    lists.flat_map(|of| objects(call.spec, of)).collect()
}

/// A record's value in a field made from other fields.
pub(super) fn made(store: &Store, stored: &Stored, field: &str) -> Option<Value> {
    store.form.made.get(field).map(|template| filled(template, |name| store.value(stored, name)))
}

/// A template filled with a record's fields; missing fields are left out.
fn filled<'a>(template: &str, field: impl Fn(&str) -> Option<Cow<'a, Value>>) -> Value {
    let mut text = String::new();
    let mut rest = template;
    let mut found = false;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let held = field(name).map(|value| ids::texts(&value)).unwrap_or_default().join(",");
        found |= !held.is_empty();
        text.push_str(before);
        text.push_str(&held);
        rest = after;
    }
    text.push_str(rest);
    if found { json!(text.trim()) } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let fields = json!({ "firstName": null, "lastName": "Rao", "id": "7" });
        let filled = |template: &str| filled(template, |name| fields.get(name).map(Cow::Borrowed));
        assert_eq!(filled("{firstName} {lastName}"), json!("Rao"));
        assert_eq!(filled("https://desk.example.com/{id}/x"), json!("https://desk.example.com/7/x"));
        assert_eq!(filled("{firstName}"), Value::Null);
    }
}
