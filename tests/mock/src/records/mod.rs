//! The records of one server: listed, read, created, changed, moved to the recycle bin.
//!
//! The tables of [`seed`](crate::seed) define each route's behaviour; the code here does not depend on any particular
//! route, collection or field. Each organization has its own records.

mod act;
mod change;
mod companion;
mod examples;
mod fields;
mod ids;
mod indexes;
mod key;
mod list;
mod meant;
mod order;
mod query;
mod quick;
mod refer;
mod request;
mod several;
mod show;
mod sorted;
mod sought;
mod span;
mod stock;
mod store;
mod tell;
mod tenants;
mod timeline;
mod times;
mod within;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use ids::Id;
use request::Request;
use store::Store;

use crate::common::calendar::{Moment, written};
use crate::exchange::refusal::Refusal;
use crate::judge::check::{Call, Sent};
use crate::seed::{Collection, Issue, Modules, Record, Seed};

pub(crate) use examples::Examples;
pub(crate) use list::COUNT;
pub(crate) use meant::RESULTS;
pub(crate) use show::Shown;
pub(crate) use tenants::Tenants;

/// Ids of new records count up from here, beside those of the seed.
const FIRST_NEW_ID: Id = 189_200_000_001_000_001;

/// The result of a route.
#[derive(Debug, PartialEq)]
pub(crate) enum Found {
    /// A page of a list, and the total number of records if the answer includes it.
    Page { records: Vec<Shown>, total: Option<usize> },
    /// A record.
    One(Shown),
    /// No record matches.
    Nothing,
    /// No record has that id.
    Unknown(String),
    /// Fields of the answer itself.
    Fields(Record),
    /// It is done: for each id whether it was, and the last of the records.
    Done { results: Vec<(String, bool)>, last: Option<Shown> },
}

/// Every collection, including records created and changed since the start.
#[derive(Clone, Debug)]
pub(crate) struct Records {
    forms: Arc<[Arc<Collection>]>,
    modules: Arc<Modules>,
    /// The collections' places by their routes, and by the paths that lead to their records.
    routes: Arc<HashMap<String, usize>>,
    paths: Arc<HashMap<String, usize>>,
    /// For each collection, the fields that hold its records' parents, and the parents' collections.
    within: Arc<[Vec<(String, usize)>]>,
    stores: Vec<Store>,
    created: u64,
    /// How often records were changed, and when last, for the time of the next change.
    changes: u64,
    last_change: i64,
    /// The number of records made by filling up.
    filled: u64,
    /// Whose records they are.
    issue: Issue,
}

impl Records {
    pub(crate) fn new(seed: Seed, issue: Issue) -> Self {
        let forms: Arc<[Arc<Collection>]> = seed.collections.into_iter().map(Arc::new).collect();
        let places = |keys: fn(&Collection) -> Vec<&String>| {
            let all = forms.iter().enumerate();
            Arc::new(
                all.flat_map(|(place, form)| keys(form).into_iter().map(move |key| (key.clone(), place))).collect(),
            )
        };
        let owner = |field: &String| forms.iter().position(|form| form.named.contains_key(field));
        let within = |form: &Arc<Collection>| {
            form.within.iter().filter_map(|field| Some((field.clone(), owner(field)?))).collect()
        };
        let mut records = Self {
            within: forms.iter().map(within).collect(),
            routes: places(|form| form.routes.keys().collect()),
            paths: places(|form| form.at.keys().collect()),
            forms,
            modules: Arc::new(seed.modules),
            stores: Vec::new(),
            created: 0,
            changes: 0,
            last_change: 0,
            filled: 0,
            issue,
        };
        records.reset();
        records
    }

    /// Resets to the built-in records.
    pub(crate) fn reset(&mut self) {
        self.stores = self.forms.iter().map(|form| Store::new(Arc::clone(form))).collect();
        (self.created, self.changes, self.last_change, self.filled) = (0, 0, 0, 0);
        for store in &mut self.stores {
            let form = Arc::clone(&store.form);
            for record in &form.records {
                if let Some(id) = record.get(ids::ID).and_then(ids::one) {
                    store.add(id, None, record.clone());
                }
            }
        }
    }

    /// The names of the collections.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.forms.iter().map(|form| form.name.as_str()).collect()
    }

    /// The ids of a collection's records, in order.
    pub(crate) fn ids(&self, collection: &str) -> Vec<String> {
        let store = self.place(collection).and_then(|place| self.stores.get(place));
        store.into_iter().flat_map(Store::iter).map(|stored| stored.id.to_string()).collect()
    }

    /// Whether a collection has a record of this id.
    pub(crate) fn has(&self, collection: &str, id: &str) -> bool {
        let store = self.place(collection).and_then(|place| self.stores.get(place));
        store.zip(ids::parse(id)).is_some_and(|(store, id)| store.live(id).is_some())
    }

    /// Serves a request, where its route is in a table. Whatever the route, the records that its path leads to have to
    /// be there, and those that its body names.
    pub(crate) fn serve(&mut self, call: Call<'_>, sent: &Sent, now: Moment) -> Result<Option<Found>, Refusal> {
        let route = call.operation.route();
        let (time, changes) = (now.of_change(self.changes, self.last_change), self.changes);
        let now = written(time);
        let request = Request { call, sent, now: &now, at: None };
        let at = match self.leads_to(request) {
            Ok(at) => at,
            Err(unknown) => return Ok(Some(Found::Unknown(unknown))),
        };
        let request = Request { at, ..request };
        self.check_named(&route, request)?;
        let key = format!("{} {route}", call.operation.method);
        let place = self.routes.get(&key).copied();
        let form = place.and_then(|place| self.forms.get(place)).cloned();
        let act = form.as_ref().and_then(|form| form.routes.get(&key));
        let found = place.zip(act).map(|(place, act)| act::act(self, place, act, request)).transpose();
        if self.changes > changes {
            self.last_change = time;
        }
        found
    }

    fn place(&self, collection: &str) -> Option<usize> {
        self.forms.iter().position(|form| form.name == collection)
    }

    /// The places of these collections, or the one's own.
    fn places(&self, of: &[String], own: usize) -> Vec<usize> {
        if of.is_empty() { vec![own] } else { of.iter().filter_map(|name| self.place(name)).collect() }
    }

    fn name(&self, place: usize) -> String {
        self.forms.get(place).map_or_else(String::new, |form| form.name.clone())
    }

    /// The collection whose ids a field holds; if that is true of the field in some bodies only, in those of the route.
    fn named(&self, field: &str, route: Option<&str>) -> Option<usize> {
        let is_meant = |form: &Arc<Collection>| {
            form.named.get(field).is_some_and(|below| route.is_none_or(|route| route.starts_with(below)))
        };
        self.forms.iter().position(is_meant)
    }
}
