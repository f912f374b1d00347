//! The records of one server: listed, read, created and changed.

use std::cmp::Ordering;

use desk_codegen::spec::Method;
use serde_json::{Value, json};

use crate::check::{Call, Sent};
use crate::seed::{Collection, Record, Seed};

/// Ids of new records count up from here, beside those of the seed.
const FIRST_NEW_ID: u64 = 189_200_000_001_000_001;

/// The `limit` that is taken where neither the request nor the spec has one.
const LIMIT: u64 = 10;

/// What a seeded route gives.
#[derive(Debug, PartialEq)]
pub(crate) enum Found {
    /// A page of a list.
    Page(Vec<Record>),
    /// A record.
    One(Record),
    /// There is no record of that id.
    Unknown(String),
}

/// Every collection, with what was created and changed since the start.
#[derive(Debug)]
pub(crate) struct Records {
    collections: Vec<Collection>,
    created: u64,
}

impl Records {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { collections: seed.collections, created: 0 }
    }

    /// The ids of a collection's records, in order.
    pub(crate) fn ids(&self, collection: &str) -> Vec<String> {
        let found = self.collections.iter().find(|known| known.name == collection);
        found.map_or_else(Vec::new, |known| known.records.iter().filter_map(|record| id(known, record)).collect())
    }

    /// Serves a request, where its route is one of the seed's.
    pub(crate) fn serve(&mut self, call: Call<'_>, sent: &Sent) -> Option<Found> {
        let sent = if let Sent::Json(value) = sent { Some(value) } else { None };
        let route = call.operation.route();
        let method = call.operation.method;
        let at = |wanted: &dyn Fn(&Collection) -> bool| self.collections.iter().position(wanted);
        if method == Method::Get {
            if let Some(place) = at(&|known| known.list == route) {
                return Some(self.page(place, None, call));
            }
            if let Some(place) = at(&|known| known.also.iter().any(|further| further.list == route)) {
                let further = self.collections.get(place)?.also.iter().find(|further| further.list == route)?;
                return Some(self.page(place, further.by.clone(), call));
            }
        }
        if method == Method::Post
            && let Some(place) = at(&|known| known.list == route)
        {
            return self.create(place, sent);
        }
        let place = at(&|known| known.item == route)?;
        match method {
            Method::Get => Some(self.read(place, call)),
            Method::Patch => self.update(place, call, sent),
            Method::Post | Method::Put | Method::Delete => None,
        }
    }

    fn page(&self, place: usize, by: Option<String>, call: Call<'_>) -> Found {
        let Some(collection) = self.collections.get(place) else { return Found::Page(Vec::new()) };
        let mut records: Vec<&Record> = collection.records.iter().collect();
        if let (Some(field), Some(parent)) = (by, call.values.first()) {
            records.retain(|record| record.get(&field).is_some_and(|value| is_one_of(value, &[parent])));
        }
        narrow(collection, call, &mut records);
        if let Some(field) = call.incoming.query("sortBy") {
            let (field, down) = field.strip_prefix('-').map_or((field, false), |field| (field, true));
            records.sort_by(|a, b| {
                let order = compare(a.get(field), b.get(field));
                if down { order.reverse() } else { order }
            });
        }
        let (skip, limit) = window(call);
        let page = records.into_iter().skip(skip).take(limit);
        Found::Page(page.map(|record| self.included(collection, record, call)).collect())
    }

    fn read(&self, place: usize, call: Call<'_>) -> Found {
        let wanted = call.values.last().map_or("", String::as_str);
        let collection = self.collections.get(place);
        let found = collection.and_then(|known| {
            let record = known.records.iter().find(|record| id(known, record).as_deref() == Some(wanted))?;
            Some(self.included(known, record, call))
        });
        found.map_or_else(|| Found::Unknown(wanted.to_owned()), Found::One)
    }

    fn create(&mut self, place: usize, sent: Option<&Value>) -> Option<Found> {
        let collection = self.collections.get_mut(place)?;
        let mut record = collection.defaults.clone();
        if let Some(field) = &collection.numbered {
            let numbers = collection.records.iter().filter_map(|record| record.get(field)?.as_u64());
            record.insert(field.clone(), json!(numbers.max().unwrap_or(0) + 1));
        }
        record.extend(sent.and_then(Value::as_object).cloned().unwrap_or_default());
        record.insert(collection.key.clone(), json!((FIRST_NEW_ID + self.created).to_string()));
        self.created += 1;
        collection.records.push(record.clone());
        Some(Found::One(record))
    }

    fn update(&mut self, place: usize, call: Call<'_>, sent: Option<&Value>) -> Option<Found> {
        let wanted = call.values.last()?;
        let Collection { key, records, .. } = self.collections.get_mut(place)?;
        let is_wanted = |record: &&mut Record| record.get(key).is_some_and(|id| is_one_of(id, &[wanted]));
        let Some(record) = records.iter_mut().find(is_wanted) else {
            return Some(Found::Unknown(wanted.clone()));
        };
        let changes = sent.and_then(Value::as_object).into_iter().flatten().filter(|(field, _)| *field != key);
        record.extend(changes.map(|(field, value)| (field.clone(), value.clone())));
        Some(Found::One(record.clone()))
    }

    /// The record with the related records that `include` asks for.
    fn included(&self, collection: &Collection, record: &Record, call: Call<'_>) -> Record {
        let mut shown = record.clone();
        let words = call.incoming.query("include").unwrap_or_default().split(',');
        for include in words.filter_map(|word| collection.include.get(word)) {
            let related = record.get(&include.by).and_then(|id| {
                let other = self.collections.iter().find(|other| other.name == include.from)?;
                other.records.iter().find(|candidate| candidate.get(&other.key) == Some(id))
            });
            let value = related.map_or(Value::Null, |related| {
                let fields = include.fields.iter();
                let field =
                    |(name, of): (&String, &String)| (name.clone(), related.get(of).cloned().unwrap_or_default());
                Value::Object(fields.map(field).collect())
            });
            shown.insert(include.field.clone(), value);
        }
        shown
    }
}

/// How many records to skip and to take, counted from the operation's own first index.
fn window(call: Call<'_>) -> (usize, usize) {
    let asked = |name: &str| call.incoming.query(name).and_then(|value| value.parse::<u64>().ok());
    let paging = call.operation.paging.as_ref();
    let first = paging.map_or(0, |paging| paging.first);
    let skip = asked("from").unwrap_or(first).saturating_sub(first);
    let limit = asked("limit").or_else(|| paging.and_then(|paging| paging.default)).unwrap_or(LIMIT);
    let most = paging.and_then(|paging| paging.maximum).unwrap_or(u64::MAX);
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    // Without paging in the spec the list is given whole.
    let limit = if paging.is_none() && asked("limit").is_none() { u64::MAX } else { limit.min(most) };
    (size(skip), size(limit))
}

/// Keeps the records that have what the query's parameters name.
fn narrow(collection: &Collection, call: Call<'_>, records: &mut Vec<&Record>) {
    for (name, value) in &call.incoming.query {
        let field = collection.filters.get(name).unwrap_or(name);
        if collection.records.iter().any(|record| record.contains_key(field)) {
            let wanted: Vec<&str> = value.split(',').collect();
            records.retain(|record| record.get(field).is_some_and(|value| is_one_of(value, &wanted)));
        }
    }
}

/// Whether a value, or one of its elements, is among the texts.
fn is_one_of<T: AsRef<str>>(value: &Value, texts: &[T]) -> bool {
    let has = |text: &str| texts.iter().any(|known| known.as_ref() == text);
    match value {
        Value::Array(values) => values.iter().any(|value| is_one_of(value, texts)),
        Value::String(text) => has(text),
        Value::Null | Value::Object(_) => false,
        Value::Bool(_) | Value::Number(_) => has(&value.to_string()),
    }
}

fn compare(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    match (a, b) {
        (Some(Value::Number(a)), Some(Value::Number(b))) => {
            a.as_f64().unwrap_or_default().total_cmp(&b.as_f64().unwrap_or_default())
        }
        (a, b) => {
            let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_lowercase);
            text(a).cmp(&text(b))
        }
    }
}

fn id(collection: &Collection, record: &Record) -> Option<String> {
    match record.get(&collection.key)? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}
