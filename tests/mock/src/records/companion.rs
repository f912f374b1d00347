//! Records that come with others, and lists within records.

use serde_json::{Value, json};

use super::ids::{self, Id};
use super::request::Request;
use super::{Records, Shown};
use crate::seed::{Companion, Moves, Record, Rows};

impl Records {
    /// Adds the records that come with a new one.
    pub(super) fn add_companions(&mut self, place: usize, id: Id, now: &str) {
        for (other, companion) in self.companions(place) {
            let names = companion.same.iter().chain(&companion.fields);
            let mut record = self.copied(place, id, names);
            record.insert(companion.by.clone(), json!(id.to_string()));
            let new = self.new_id(other);
            self.add(other, new, record, now);
        }
    }

    /// Passes changes on to a record's companions, for the fields that they share.
    pub(super) fn set_companions(&mut self, place: usize, id: Id, changed: &Record, now: &str) {
        for (other, companion) in self.companions(place) {
            let fields: Record = (changed.iter().filter(|(name, _)| companion.fields.contains(*name)))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            let same = self.copied(place, id, &companion.same);
            let mut held = vec![(companion.by.clone(), vec![id.to_string()])];
            held.extend(same.iter().map(|(name, value)| (name.clone(), ids::texts(value))));
            let found = self.found(other, held, Vec::new(), false).next().map(|stored| stored.id);
            if let Some(found) = found.filter(|_| !fields.is_empty()) {
                self.set(other, found, fields, now);
            }
        }
    }

    fn companions(&self, place: usize) -> Vec<(usize, Companion)> {
        let form = self.forms.get(place);
        let companions = form.into_iter().flat_map(|form| &form.companions);
        companions.filter_map(|(name, companion)| Some((self.place(name)?, companion.clone()))).collect()
    }

    /// The fields of a record that it holds.
    fn copied<'n>(&self, place: usize, id: Id, names: impl IntoIterator<Item = &'n String>) -> Record {
        let found = self.stores.get(place).and_then(|store| Some((store, store.get(id)?)));
        let Some((store, stored)) = found else { return Record::new() };
        let one = |name: &String| Some((name.clone(), store.value(stored, name)?.into_owned()));
        names.into_iter().filter_map(one).collect()
    }

    /// Adds the former value of a field to the list that keeps it.
    pub(super) fn keep_former(&self, place: usize, id: Id, moves: &Moves, fields: &mut Record, request: Request<'_>) {
        if self.given(request, &moves.wanted) == Some(json!(false)) {
            return;
        }
        let held = self.copied(place, id, [&moves.field, &moves.to]);
        let former = held.get(&moves.field).map(ids::texts).unwrap_or_default();
        let kept = held.get(&moves.to).map(ids::texts).unwrap_or_default();
        let new = fields.get(&moves.field).map(ids::texts).unwrap_or_default();
        let all: Vec<String> = former.into_iter().chain(kept).filter(|text| !new.contains(text)).collect();
        fields.insert(moves.to.clone(), json!(all));
    }

    /// The texts of a record's fields as rows.
    pub(super) fn rows(&self, place: usize, id: Id, rows: &Rows) -> Vec<Shown> {
        let also = self.copied(place, id, &rows.also);
        let texts = rows
            .of
            .iter()
            .flat_map(|field| self.copied(place, id, [field]).values().flat_map(ids::texts).collect::<Vec<_>>());
        let row = |(turn, text): (usize, String)| {
            let mut row = also.clone();
            row.extend([(rows.text.clone(), Value::String(text)), (rows.first.clone(), json!(turn == 0))]);
            Shown::bare(row)
        };
        texts.enumerate().map(row).collect()
    }
}
