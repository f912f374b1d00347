//! The actions of each kind of route.

use std::collections::BTreeMap;

use serde_json::json;

use super::ids::{self, Id};
use super::list::Listed;
use super::request::Request;
use super::several::Which;
use super::{Found, Records};
use crate::exchange::refusal::Refusal;
use crate::seed::{Act, Conditions, Given, Moves, Pick, Record, Rows, Values};

pub(super) fn act(records: &mut Records, own: usize, act: &Act, request: Request<'_>) -> Result<Found, Refusal> {
    let one = |ids| Which { of: vec![own], ids, all: false, trashed: false };
    match act {
        Act::List { of, only, trashed, newest, label, include, choose } => {
            let of = records.chosen(records.places(of, own), choose, request);
            records.page(&Listed { of, only, trashed: *trashed, newest: *newest, label, include }, request)
        }
        Act::Read { by, value, only, pick } => {
            Ok(records.read(own, by.as_deref(), value.as_ref(), only, *pick, request))
        }
        Act::Create { set, drop } => Ok(records.create(own, set, drop, request)),
        Act::Update { set, drop, moves, rows } => Ok(records.update(set, drop, moves.as_ref(), rows.as_ref(), request)),
        Act::Set { ids, values } => records.set_several(&one(ids.as_ref()), values, request),
        Act::Remove { of, ids, all, only, trashed } => {
            let which = Which { of: records.places(of, own), ids: ids.as_ref(), all: *all, trashed: *trashed };
            records.remove_several(&which, only, request)
        }
        Act::Trash { ids, set } => records.move_several(&one(ids.as_ref()), set, request),
        Act::Restore { of, ids, all, set } => {
            let which = Which { of: records.places(of, own), ids: ids.as_ref(), all: *all, trashed: true };
            records.move_several(&which, set, request)
        }
        Act::Link { ids, field, values, add, named } => {
            let add = records.given(request, add).is_none_or(|add| add != json!(false));
            let values = records.given(request, values).unwrap_or_default();
            match named {
                None => records.link_several(&one(ids.as_ref()), field, &ids::all(&values), add, request),
                Some(named) => records.link_named(&one(ids.as_ref()), field, named, &ids::texts(&values), add, request),
            }
        }
        Act::Count { keys, only } => records.counts(own, keys, only, request),
        Act::Exists { key, only } => {
            let found = records.found(own, records.held(request, only), Vec::new(), false).next().is_some();
            Ok(Found::Fields(Record::from_iter([(key.clone(), json!(found))])))
        }
    }
}

impl Records {
    /// Those of the collections that the request's parameters choose.
    fn chosen(
        &self,
        mut of: Vec<usize>,
        choose: &BTreeMap<String, BTreeMap<String, String>>,
        request: Request<'_>,
    ) -> Vec<usize> {
        for (parameter, words) in choose {
            let asked = request.call.incoming.query(parameter);
            let chosen: Option<Vec<usize>> = asked.map(|asked| {
                let names = asked.split(',').filter_map(|word| words.get(word));
                names.filter_map(|name| self.place(name)).collect()
            });
            of.retain(|place| chosen.as_ref().is_none_or(|chosen| chosen.contains(place)));
        }
        of
    }

    fn read(
        &self,
        own: usize,
        by: Option<&str>,
        value: Option<&Given>,
        only: &Conditions,
        pick: Option<Pick>,
        request: Request<'_>,
    ) -> Found {
        let one = match (by, pick) {
            (None, None) => request.at,
            (by, pick) => {
                let mut held = self.held(request, only);
                if let Some(by) = by {
                    let value = value.map_or_else(|| Some(json!(request.last())), |value| self.given(request, value));
                    held.push((by.to_owned(), ids::texts(&value.unwrap_or_default())));
                }
                let mut found = self.found(own, held, Vec::new(), false);
                let stored = if pick == Some(Pick::Last) { found.last() } else { found.next() };
                stored.map(|stored| (own, stored.id))
            }
        };
        one.and_then(|(place, id)| self.one(place, id, request)).map_or(Found::Nothing, Found::One)
    }

    fn create(&mut self, own: usize, set: &Values, drop: &[String], request: Request<'_>) -> Found {
        let mut record = self.sent(drop, request);
        record.extend(self.values(set, request));
        let id = self.new_id(own);
        self.add(own, id, record, request.now);
        self.one(own, id, request).map_or(Found::Nothing, Found::One)
    }

    fn update(
        &mut self,
        set: &Values,
        drop: &[String],
        moves: Option<&Moves>,
        rows: Option<&Rows>,
        request: Request<'_>,
    ) -> Found {
        let mut fields = self.sent(drop, request);
        fields.extend(self.values(set, request));
        let Some((place, id)) = request.at else { return Found::Nothing };
        if let Some(moves) = moves {
            self.keep_former(place, id, moves, &mut fields, request);
        }
        self.set(place, id, fields, request.now);
        match rows {
            Some(rows) => Found::Page { records: self.rows(place, id, rows), total: None },
            None => self.one(place, id, request).map_or(Found::Nothing, Found::One),
        }
    }

    fn counts(
        &self,
        own: usize,
        keys: &BTreeMap<String, Conditions>,
        only: &Conditions,
        request: Request<'_>,
    ) -> Result<Found, Refusal> {
        let mut fields = Record::new();
        for (key, further) in keys {
            let mut held = self.held(request, only);
            held.extend(self.held(request, further));
            let checks = self.checks(own, request)?;
            fields.insert(key.clone(), json!(self.found(own, held, checks, false).count()));
        }
        Ok(Found::Fields(fields))
    }

    pub(super) fn one(&self, place: usize, id: Id, request: Request<'_>) -> Option<super::Shown> {
        let stored = self.stores.get(place)?.live(id)?;
        Some(self.show(place, stored, request))
    }
}
