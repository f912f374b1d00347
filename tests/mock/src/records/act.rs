//! What the kinds of routes do.

use serde_json::{Value, json};

use super::ids::{self, Id};
use super::list::Listed;
use super::request::Request;
use super::show::of_lists;
use super::{Found, Records};
use crate::refusal::Refusal;
use crate::seed::{Act, Conditions, Given, Named, Pick, Record, Values};

pub(super) fn act(records: &mut Records, own: usize, act: &Act, request: Request<'_>) -> Result<Found, Refusal> {
    match act {
        Act::List { of, only, trashed, newest, label, include, choose } => {
            let mut of = records.places(of, own);
            for (parameter, words) in choose {
                let asked = request.call.incoming.query(parameter);
                let chosen: Option<Vec<usize>> = asked.map(|asked| {
                    let names = asked.split(',').filter_map(|word| words.get(word));
                    names.filter_map(|name| records.place(name)).collect()
                });
                of.retain(|place| chosen.as_ref().is_none_or(|chosen| chosen.contains(place)));
            }
            records.page(&Listed { of, only, trashed: *trashed, newest: *newest, label, include }, request)
        }
        Act::Read { by, value, only, pick } => {
            Ok(records.read(own, by.as_deref(), value.as_ref(), only, *pick, request))
        }
        Act::Create { set, drop } => Ok(records.create(own, set, drop, request)),
        Act::Update { set, drop, moves, rows } => {
            let mut fields = records.sent(drop, request);
            fields.extend(records.values(set, request));
            let Some((place, id)) = request.at else { return Ok(Found::Nothing) };
            if let Some(moves) = moves {
                records.keep_former(place, id, moves, &mut fields, request);
            }
            records.set(place, id, fields, request.now);
            Ok(match rows {
                Some(rows) => Found::Page { records: records.rows(place, id, rows), total: None },
                None => records.one(place, id, request).map_or(Found::Nothing, Found::One),
            })
        }
        Act::Set { ids, values } => {
            let (several, mut results) = records.meant(&[own], ids.as_ref(), false, request)?;
            let values = records.values(values, request);
            for (place, id) in &several {
                records.set(*place, *id, records.alike(*place, *id, &values), request.now);
            }
            Ok(records.done(&several, &mut results, request))
        }
        Act::Remove { of, ids, all, only, trashed } => {
            let of = records.places(of, own);
            let held = records.held(request, only);
            let (several, mut results) = if *all {
                (records.all(&of, *trashed), Vec::new())
            } else {
                records.meant(&of, ids.as_ref(), *trashed, request)?
            };
            for (place, id) in several {
                let mut found = records.found(place, held.clone(), Vec::new(), *trashed);
                if held.is_empty() || found.any(|stored| stored.id == id) {
                    drop(found);
                    records.remove(place, id, request.now);
                } else if let Some(result) = results.iter_mut().find(|(known, _)| *known == id.to_string()) {
                    result.1 = false;
                }
            }
            Ok(Found::Done { results, last: None })
        }
        Act::Trash { ids, set } => {
            let (several, results) = records.meant(&[own], ids.as_ref(), false, request)?;
            let fields = records.values(set, request);
            for (place, id) in several {
                records.set_trashed(place, id, true, fields.clone(), request.now);
            }
            Ok(Found::Done { results, last: None })
        }
        Act::Restore { of, ids, all, set } => {
            let of = records.places(of, own);
            let (several, results) = if *all {
                (records.all(&of, true), Vec::new())
            } else {
                records.meant(&of, ids.as_ref(), true, request)?
            };
            let fields = records.values(set, request);
            for (place, id) in several {
                records.set_trashed(place, id, false, fields.clone(), request.now);
            }
            Ok(Found::Done { results, last: None })
        }
        Act::Link { ids, field, values, add, named } => {
            let (several, mut results) = records.meant(&[own], ids.as_ref(), false, request)?;
            let add = records.given(request, add).is_none_or(|add| add != json!(false));
            let values = records.given(request, values).unwrap_or_default();
            let linked = match named {
                Some(named) => records.by_name(named, &ids::texts(&values), add, request),
                None => ids::all(&values),
            };
            for (place, id) in &several {
                let fields = records.linked(*place, *id, field, &linked, add);
                records.set(*place, *id, fields, request.now);
            }
            match named.as_ref().and_then(|named| records.place(&named.collection)) {
                Some(place) => {
                    let declared = of_lists(request.call);
                    let store = records.stores.get(place);
                    let linked = linked.iter().filter_map(|id| store?.live(*id));
                    let shown = linked.map(|stored| records.shown(place, stored, &[], &declared)).collect();
                    Ok(Found::Page { records: shown, total: None })
                }
                None => Ok(records.done(&several, &mut results, request)),
            }
        }
        Act::Count { keys, only } => {
            let mut fields = Record::new();
            for (key, further) in keys {
                let mut held = records.held(request, only);
                held.extend(records.held(request, further));
                let checks = records.checks(own, request)?;
                fields.insert(key.clone(), json!(records.found(own, held, checks, false).count()));
            }
            Ok(Found::Fields(fields))
        }
        Act::Exists { key, only } => {
            let found = records.found(own, records.held(request, only), Vec::new(), false).next().is_some();
            Ok(Found::Fields(Record::from_iter([(key.clone(), json!(found))])))
        }
    }
}

impl Records {
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

    /// The values, texts as what the record holds already where they can be read so: `"true"` where it holds `false`.
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

    /// The records that names tell; those that are missing are made where they are wanted.
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

    fn one(&self, place: usize, id: Id, request: Request<'_>) -> Option<super::Shown> {
        let stored = self.stores.get(place)?.live(id)?;
        Some(self.show(place, stored, request))
    }

    fn done(&self, several: &[(usize, Id)], results: &mut Vec<(String, bool)>, request: Request<'_>) -> Found {
        let last = several.last().and_then(|(place, id)| self.one(*place, *id, request));
        Found::Done { results: std::mem::take(results), last }
    }
}
