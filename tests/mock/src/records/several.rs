//! Operations on several records at once.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ids::Id;
use super::meant::Several;
use super::request::Request;
use super::show::of_lists;
use super::{Found, Records};
use crate::exchange::refusal::Refusal;
use crate::seed::{Conditions, Given, Named, Record, Values};

/// Which records a request is about.
pub(super) struct Which<'a> {
    /// The places of their collections.
    pub(super) of: Vec<usize>,
    /// Their ids, where the request has them; else it is about the one that its path leads to.
    pub(super) ids: Option<&'a Given>,
    /// All of the collections, in place of single ones.
    pub(super) all: bool,
    /// Those in the recycle bin, in place of the others.
    pub(super) trashed: bool,
}

impl Records {
    /// The records that are meant and there, and for each id that was given whether it was found.
    fn which(&self, which: &Which<'_>, request: Request<'_>) -> Result<(Several, Vec<(String, bool)>), Refusal> {
        if which.all {
            return Ok((self.all(&which.of, which.trashed), Vec::new()));
        }
        self.meant(&which.of, which.ids, which.trashed, request)
    }

    pub(super) fn set_several(
        &mut self,
        which: &Which<'_>,
        values: &BTreeMap<String, Given>,
        request: Request<'_>,
    ) -> Result<Found, Refusal> {
        let (several, results) = self.which(which, request)?;
        let values = self.values(values, request);
        for (place, id) in &several {
            self.set(*place, *id, self.alike(*place, *id, &values), request.now);
        }
        Ok(self.done(&several, results, request))
    }

    /// Deletes records permanently. A record that does not hold the required values stays, and its result says so.
    pub(super) fn remove_several(
        &mut self,
        which: &Which<'_>,
        only: &Conditions,
        request: Request<'_>,
    ) -> Result<Found, Refusal> {
        let held = self.held(request, only);
        let (several, mut results) = self.which(which, request)?;
        for (place, id) in several {
            let mut found = self.found(place, held.clone(), Vec::new(), which.trashed);
            if held.is_empty() || found.any(|stored| stored.id == id) {
                drop(found);
                self.remove(place, id, request.now);
            } else if let Some(result) = results.iter_mut().find(|(known, _)| *known == id.to_string()) {
                result.1 = false;
            }
        }
        Ok(Found::Done { results, last: None })
    }

    /// Moves records to the recycle bin, or those that are in it back.
    pub(super) fn move_several(
        &mut self,
        which: &Which<'_>,
        set: &Values,
        request: Request<'_>,
    ) -> Result<Found, Refusal> {
        let (several, results) = self.which(which, request)?;
        let fields = self.values(set, request);
        for (place, id) in several {
            self.set_trashed(place, id, !which.trashed, fields.clone(), request.now);
        }
        Ok(Found::Done { results, last: None })
    }

    /// Adds ids to a field that holds a list of them, or takes them out.
    pub(super) fn link_several(
        &mut self,
        which: &Which<'_>,
        field: &str,
        linked: &[Id],
        add: bool,
        request: Request<'_>,
    ) -> Result<Found, Refusal> {
        let (several, results) = self.which(which, request)?;
        self.link_each(&several, field, linked, add, request);
        Ok(self.done(&several, results, request))
    }

    /// The same for records that names tell; they are the answer.
    pub(super) fn link_named(
        &mut self,
        which: &Which<'_>,
        field: &str,
        named: &Named,
        names: &[String],
        add: bool,
        request: Request<'_>,
    ) -> Result<Found, Refusal> {
        let (several, results) = self.which(which, request)?;
        let linked = self.by_name(named, names, add, request);
        self.link_each(&several, field, &linked, add, request);
        let Some(place) = self.place(&named.collection) else { return Ok(self.done(&several, results, request)) };
        let declared = of_lists(request.call);
        let store = self.stores.get(place);
        let linked = linked.iter().filter_map(|id| store?.live(*id));
        let shown = linked.map(|stored| self.shown(place, stored, &[], &declared)).collect();
        Ok(Found::Page { records: shown, total: None })
    }

    fn link_each(&mut self, several: &[(usize, Id)], field: &str, linked: &[Id], add: bool, request: Request<'_>) {
        for (place, id) in several {
            let fields = self.linked(*place, *id, field, linked, add);
            self.set(*place, *id, fields, request.now);
        }
    }

    /// The values, with texts converted to the kind that the record already holds if possible: `"true"` if it holds
    /// `false`.
    fn alike(&self, place: usize, id: Id, values: &Record) -> Record {
        let store = self.stores.get(place);
        let stored = store.and_then(|store| store.get(id));
        let one = |(name, value): (&String, &Value)| {
            let held = store.zip(stored).and_then(|(store, stored)| store.value(stored, name));
            let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            let alike = read
                .zip(held)
                .filter(|(read, held)| read.is_boolean() && held.is_boolean() || read.is_number() && held.is_number());
            (name.clone(), alike.map_or_else(|| value.clone(), |(read, _)| read))
        };
        values.iter().map(one).collect()
    }

    /// The records identified by names; missing ones are created if wanted.
    fn by_name(&mut self, named: &Named, names: &[String], make: bool, request: Request<'_>) -> Vec<Id> {
        let Some(place) = self.place(&named.collection) else { return Vec::new() };
        let mut ids = Vec::new();
        for name in names {
            let held = vec![(named.by.clone(), vec![name.clone()])];
            let known = self.found(place, held, Vec::new(), false).next().map(|stored| stored.id);
            if known.is_none() && make {
                let mut record = self.values(&named.set, request);
                record.insert(named.by.clone(), json!(name));
                let id = self.new_id(place);
                self.add(place, id, record, request.now);
                ids.push(id);
            }
            ids.extend(known);
        }
        ids
    }

    fn done(&self, several: &[(usize, Id)], results: Vec<(String, bool)>, request: Request<'_>) -> Found {
        let last = several.last().and_then(|(place, id)| self.one(*place, *id, request));
        Found::Done { results, last }
    }
}
