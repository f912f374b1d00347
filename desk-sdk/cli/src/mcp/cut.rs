//! Records cut to what is asked for, and to a size that is bearable.

use std::collections::BTreeMap;

use desk_sdk::KeyField;
use serde_json::{Map, Value};

use super::view::Detail;

/// How many bytes of JSON an answer has at most.
pub(super) const USUAL_SIZE: usize = 48 * 1024;
/// The same, if all fields or certain ones are asked for.
pub(super) const LARGEST_SIZE: usize = 192 * 1024;

/// Texts and lists are cut to these lengths, in turn, until the size is bearable.
const STEPS: [Step; 6] = [
    Step { text: 40_000, list: 1_000 },
    Step { text: 8_000, list: 200 },
    Step { text: 2_000, list: 50 },
    Step { text: 500, list: 20 },
    Step { text: 100, list: 10 },
    Step { text: 40, list: 3 },
];
/// With which step records in a list, and single ones, start.
const IN_LIST: usize = 3;
const ALONE: usize = 2;

#[derive(Clone, Copy)]
struct Step {
    /// Characters.
    text: usize,
    /// Elements.
    list: usize,
}

/// How records are cut.
#[derive(Debug)]
pub(super) struct Cut {
    wanted: Option<Wanted>,
    /// Whether fields without a value are left out.
    brief: bool,
    first: usize,
    /// How many bytes the whole answer may have.
    pub(super) size: usize,
}

/// A record that was cut.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) value: Value,
    pub(super) size: usize,
    /// Whether texts or lists lost their ends.
    pub(super) shortened: bool,
}

impl Cut {
    /// For the records of a list, or for a single one, which has all its fields unless some are chosen.
    pub(super) fn new(detail: &Detail, keys: &[KeyField], list: bool) -> Self {
        let first = if list { IN_LIST } else { ALONE };
        match detail {
            Detail::Full => Self { wanted: None, brief: false, first: 0, size: LARGEST_SIZE },
            Detail::Fields(fields) => {
                let wanted = Wanted::of(fields.iter().map(String::as_str));
                Self { wanted: Some(wanted), brief: false, first: 0, size: LARGEST_SIZE }
            }
            Detail::Key => {
                let wanted = Wanted::of(keys.iter().flat_map(|key| key.paths())).with_ids();
                let wanted = Some(wanted).filter(|_| list && !keys.is_empty());
                Self { wanted, brief: true, first, size: USUAL_SIZE }
            }
        }
    }

    /// What is left of a record, or nothing if it cannot be cut to the size.
    pub(super) fn apply(&self, record: &Value) -> Option<Piece> {
        let picked = match &self.wanted {
            Some(wanted) => wanted.pick(record),
            None => record.clone(),
        };
        STEPS[self.first..].iter().find_map(|step| {
            let mut shortened = false;
            let value = shorten(&picked, *step, self.brief, &mut shortened);
            let size = value.to_string().len();
            (size <= self.size).then_some(Piece { value, size, shortened })
        })
    }
}

/// The fields that are wanted, as a tree of their names.
#[derive(Debug, Default)]
struct Wanted {
    fields: BTreeMap<String, Wanted>,
    /// Whether ids and links are wanted in any case.
    ids: bool,
}

impl Wanted {
    fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        let mut all = Self::default();
        for path in paths {
            path.split('.').fold(&mut all, |within, name| within.fields.entry(name.to_owned()).or_default());
        }
        all
    }

    fn with_ids(mut self) -> Self {
        self.fields = self.fields.into_iter().map(|(name, within)| (name, within.with_ids())).collect();
        self.ids = true;
        self
    }

    fn pick(&self, value: &Value) -> Value {
        if self.fields.is_empty() {
            return value.clone();
        }
        match value {
            Value::Object(fields) => Value::Object(fields.iter().filter_map(|field| self.field(field)).collect()),
            Value::Array(values) => values.iter().map(|value| self.pick(value)).collect(),
            other => other.clone(),
        }
    }

    fn field(&self, (name, value): (&String, &Value)) -> Option<(String, Value)> {
        let kept = match self.fields.get(name) {
            Some(within) => within.pick(value),
            None if self.ids && (is_id(name, value) || is_link(value)) => value.clone(),
            None => return None,
        };
        Some((name.clone(), kept))
    }
}

/// Whether a field is an id by which another call can be made.
fn is_id(name: &str, value: &Value) -> bool {
    (name == "id" || name.ends_with("Id")) && (value.is_string() || value.is_number())
}

fn is_link(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"))
}

fn shorten(value: &Value, step: Step, brief: bool, shortened: &mut bool) -> Value {
    match value {
        Value::String(text) => shorten_text(text, step.text, shortened),
        Value::Array(values) => {
            let mut kept: Vec<Value> =
                values.iter().take(step.list).map(|value| shorten(value, step, brief, shortened)).collect();
            if let Some(more) = values.len().checked_sub(step.list).filter(|more| *more > 0) {
                *shortened = true;
                kept.push(format!("… and {more} more").into());
            }
            Value::Array(kept)
        }
        Value::Object(fields) => {
            let present = fields.iter().filter(|(_, value)| !brief || !is_empty(value));
            let cut = present.map(|(name, value)| (name.clone(), shorten(value, step, brief, shortened)));
            Value::Object(cut.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn shorten_text(text: &str, longest: usize, shortened: &mut bool) -> Value {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.into() };
    *shortened = true;
    format!("{}… ({} more characters)", &text[..end], text[end..].chars().count()).into()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use desk_sdk::by_name::key_fields;
    use serde_json::json;

    use super::*;

    fn ticket() -> Value {
        json!({
            "id": "7", "ticketNumber": "101", "subject": "Fire", "status": "Open", "contactId": "9", "description": "long",
            "webUrl": "https://desk.example/7", "priority": null, "contact": {"id": "9", "lastName": "Ray", "email": ""},
            "cf": {"cf_a": "b"},
        })
    }

    #[test]
    fn records_of_a_list_keep_key_fields_ids_and_links() {
        let cut = Cut::new(&Detail::Key, key_fields("get_tickets").unwrap(), true);
        let piece = cut.apply(&ticket()).unwrap();
        for kept in ["id", "ticketNumber", "subject", "status", "contactId", "webUrl"] {
            assert!(piece.value.get(kept).is_some(), "{kept}: {piece:?}");
        }
        for left_out in ["description", "priority", "cf"] {
            assert!(piece.value.get(left_out).is_none(), "{left_out}: {piece:?}");
        }
        assert_eq!(piece.size, piece.value.to_string().len());
    }

    #[test]
    fn a_single_record_keeps_what_has_a_value() {
        let piece = Cut::new(&Detail::Key, key_fields("get_ticket").unwrap(), false).apply(&ticket()).unwrap();
        assert_eq!(piece.value["description"], "long");
        assert!(piece.value.get("priority").is_none() && piece.value["contact"].get("email").is_none());
        let full = Cut::new(&Detail::Full, &[], false).apply(&ticket()).unwrap();
        assert_eq!((full.value, full.shortened), (ticket(), false));
    }

    #[test]
    fn chosen_fields_are_found_in_records_and_lists() {
        let detail = Detail::Fields(vec!["contact.lastName".to_owned(), "priority".to_owned(), "none".to_owned()]);
        let cut = Cut::new(&detail, &[], true);
        assert_eq!(cut.apply(&ticket()).unwrap().value, json!({ "contact": { "lastName": "Ray" }, "priority": null }));
        let several = cut.apply(&json!([{ "priority": 1, "a": 2 }])).unwrap();
        assert_eq!(several.value, json!([{ "priority": 1 }]));
    }

    #[test]
    fn whatever_is_long_is_cut_until_it_fits() {
        let cut = Cut::new(&Detail::Key, &[], false);
        let piece = cut.apply(&json!({ "text": "ä".repeat(5_000) })).unwrap();
        assert!(piece.shortened);
        assert!(piece.value["text"].as_str().unwrap().ends_with("… (3000 more characters)"));
        let piece = cut.apply(&json!({ "list": vec!["x".repeat(3_000); 300] })).unwrap();
        assert!(piece.size <= USUAL_SIZE && piece.shortened);
        assert_eq!(piece.value["list"].as_array().unwrap().last().unwrap(), "… and 280 more");
        let wide: Map<String, Value> = (0..20_000).map(|number| (number.to_string(), json!(1))).collect();
        assert!(cut.apply(&Value::Object(wide)).is_none(), "names cannot be cut");
    }
}
