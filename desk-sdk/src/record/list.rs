//! Answers that are a list of records.

use std::fmt;

use serde_json::Value;

use super::decoder::Step;
use super::reader::refill_list;
use super::seen::Seen;
use super::slot::Elements;
use super::{Decoder, Held, Leaf, Record, Slot, Undeclared};
use crate::generated::api::LISTS;
use crate::key_field::KeyField;

/// The key of the records.
const DATA: &str = LISTS.records;

/// Its place among the fields.
const DATA_PLACE: usize = 1;

/// An answer that is a list of records, or a page of one. It is empty if there are no records, and for an answer with
/// status 204.
///
/// It finds the records under whatever key they are sent, and accepts a bare list as well.
#[derive(Clone)]
pub struct List<T> {
    /// The records.
    pub data: Vec<T>,
    /// How many records there are in total, if the answer says so.
    pub count: Option<i64>,
    /// Whether more records follow, if the answer says so.
    pub has_more: Option<bool>,
    /// Any other keys.
    pub undeclared: Undeclared,
    form: Form,
}

/// How the records were sent.
#[derive(Clone, Debug, Default)]
enum Form {
    #[default]
    Data,
    Key(String),
    Bare,
    /// In a record of their own, under the same key twice.
    Within,
}

impl<T> List<T> {
    /// How many records there are in this answer.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether this answer has no records.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// The records.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.data.iter()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { data: Vec::new(), count: None, has_more: None, undeclared: Undeclared::default(), form: Form::Data }
    }
}

/// A whole list of these records, such as a test answers with.
impl<T> From<Vec<T>> for List<T> {
    fn from(data: Vec<T>) -> Self {
        Self { data, ..Self::default() }
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        Self::from(Vec::from_iter(records))
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.iter()
    }
}

impl<T: Leaf> Record for List<T> {
    const NAME: &'static str = "List";
    const FIELDS: &'static [&'static str] = &[LISTS.total, DATA, LISTS.more];
    const KEY_FIELDS: &'static [KeyField] = T::RECORD_KEY_FIELDS;

    fn parts(&self) -> (Vec<&dyn Held>, &Undeclared) {
        (vec![&self.count, &self.data, &self.has_more], &self.undeclared)
    }

    fn parts_mut(&mut self) -> (Vec<&mut dyn Slot>, &mut Undeclared) {
        (vec![&mut self.count, &mut self.data, &mut self.has_more], &mut self.undeclared)
    }

    fn bare(&mut self) -> Option<&mut dyn Elements> {
        self.form = Form::Bare;
        Some(&mut self.data)
    }

    fn find(&mut self, seen: &Seen, decoder: &mut Decoder) {
        let Some(kept) = self.undeclared.map_mut() else { return };
        let (form, place, records) = if seen.has(DATA_PLACE) {
            let Some(inner) = kept.get_mut(DATA).filter(|value| is_within(value)) else { return };
            let records = inner.get_mut(DATA).map(Value::take);
            kept.remove(DATA);
            (Form::Within, DATA.to_owned(), records)
        } else {
            let other = |(key, value): &(&String, &Value)| value.is_array() && !Self::FIELDS.contains(&key.as_str());
            let Some(key) = kept.iter().find(other).map(|(key, _)| key.clone()) else { return };
            let records = kept.remove(&key);
            (Form::Key(key.clone()), key, records)
        };
        self.form = form;
        self.undeclared.tidy();
        let Some(Value::Array(records)) = records else { return };
        // That there was no list where it should be.
        decoder.forget(Step::Key(&place));
        decoder.within(Step::Key(&place), |decoder| refill_list(&mut self.data, records, decoder));
    }

    fn restore(&self, mut record: Value) -> Value {
        match (&self.form, record.as_object_mut()) {
            (Form::Bare, Some(map)) => map.remove(DATA).unwrap_or_else(|| Value::Array(Vec::new())),
            (Form::Within, Some(map)) => {
                let records = map.remove(DATA).unwrap_or_else(|| Value::Array(Vec::new()));
                map.insert(DATA.to_owned(), Value::Object([(DATA.to_owned(), records)].into_iter().collect()));
                record
            }
            (Form::Key(key), Some(map)) => {
                let records = map.remove(DATA).unwrap_or_else(|| Value::Array(Vec::new()));
                map.insert(key.clone(), records);
                record
            }
            // Otherwise another list would be mistaken for the records when this is read again.
            (Form::Data, Some(map)) if map.values().any(Value::is_array) => {
                map.entry(DATA).or_insert_with(|| Value::Array(Vec::new()));
                record
            }
            _ => record,
        }
    }
}

/// Whether a value is a record that holds only a list of records.
fn is_within(value: &Value) -> bool {
    value.as_object().is_some_and(|inner| inner.len() == 1 && inner.get(DATA).is_some_and(Value::is_array))
}

impl<T: Leaf> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(self, f)
    }
}

impl<T: Leaf> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        super::equal(self, other)
    }
}

impl<T: Leaf> serde::Serialize for List<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::serialize(self, serializer)
    }
}

impl<'de, T: Leaf> serde::Deserialize<'de> for List<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Decoding, decode};

    fn read(body: &Value) -> List<Value> {
        decode(body.to_string().as_bytes(), Decoding::Strict).expect("a list").0
    }

    #[test]
    fn records_are_read_wherever_they_lie_and_written_there_again() {
        for body in [
            json!({ "data": [{ "id": "1" }], "count": 7, "hasMore": true, "info": { "a": 1 } }),
            json!({ "teams": [{ "id": "1" }], "count": 7, "hasMore": true, "info": { "a": 1 } }),
            json!({ "data": { "data": [{ "id": "1" }] }, "count": 7, "hasMore": true, "info": { "a": 1 } }),
        ] {
            let list = read(&body);
            assert_eq!((list.len(), list.count, list.has_more), (1, Some(7), Some(true)), "{body}");
            assert_eq!(list.undeclared.get("info"), Some(&json!({ "a": 1 })));
            assert_eq!(crate::encode(&list), body);
        }
        let bare = json!([{ "id": "1" }, { "id": "2" }]);
        assert_eq!(read(&bare).iter().map(|record| &record["id"]).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(crate::encode(&read(&bare)), bare);
        assert!(read(&json!({})).is_empty() && read(&json!([])).is_empty());
    }

    #[test]
    fn a_page_can_be_walked_through() {
        let page = read(&json!({ "data": [1, 2] }));
        assert_eq!((&page).into_iter().chain(&page).count(), 4);
        assert_eq!(page.into_iter().collect::<Vec<_>>(), [1, 2]);
    }
}
