//! Believable values for fields whose type says little about them, from `seed/data/values.json`.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use crate::common::calendar::Shift;

/// The table of values.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Believable {
    /// Texts by the field's name.
    texts: HashMap<String, Vec<String>>,
    /// Texts by the end of the field's name, the first that suits.
    endings: Vec<(String, Vec<String>)>,
    /// Texts for all other fields.
    others: Vec<String>,
    /// Fields that hold people, and the words for them.
    people: People,
    /// The least and the largest number by the field's name, and by the end of that.
    numbers: HashMap<String, (i64, i64)>,
    number_endings: Vec<(String, (i64, i64))>,
    /// Times by a part of the field's name, the first that suits.
    times: Vec<(String, String)>,
    /// Keys of maps, by the field's name; `""` for all others.
    keys: HashMap<String, String>,
    /// Whole answers of operations with an undocumented type, by method and route.
    answers: HashMap<String, Value>,
}

#[derive(Debug, Default, Deserialize)]
struct People {
    fields: Vec<String>,
    name: Vec<String>,
}

/// The built-in table. Its own test makes sure that it can be read.
pub(crate) fn believable() -> &'static Believable {
    static TABLE: OnceLock<Believable> = OnceLock::new();
    TABLE.get_or_init(|| serde_json::from_str(include_str!("../seed/data/values.json")).unwrap_or_default())
}

impl Believable {
    /// A text for a field of a record that is itself in a field; the same turn gives texts that belong together.
    pub(crate) fn text(&self, parent: &str, name: &str, turn: u64, shift: Shift) -> String {
        let is_person = name == "name" && self.people.fields.iter().any(|field| field == parent);
        let named = || self.texts.get(name);
        let ending = || self.endings.iter().find(|(end, _)| ends_so(name, end)).map(|(_, texts)| texts);
        let texts = if is_person { Some(&self.people.name) } else { named().or_else(ending) };
        let text = pick(texts.unwrap_or(&self.others), turn).map_or("Standard", String::as_str);
        shift.text(text).unwrap_or_else(|| text.to_owned())
    }

    /// An e-mail address.
    pub(crate) fn email(&self, turn: u64) -> &str {
        self.texts.get("email").and_then(|emails| pick(emails, turn)).map_or("support@zylker.example", String::as_str)
    }

    /// The least and the largest number that a field of this name is likely to have.
    pub(crate) fn range(&self, name: &str) -> Option<(i64, i64)> {
        let ending = || self.number_endings.iter().find(|(end, _)| ends_so(name, end)).map(|(_, range)| *range);
        self.numbers.get(name).copied().or_else(ending)
    }

    /// A time for a field of this name.
    pub(crate) fn time(&self, name: &str, shift: Shift) -> String {
        let name = name.to_ascii_lowercase();
        let time = self.times.iter().find(|(part, _)| name.contains(part.as_str())).map(|(_, time)| time.as_str());
        let time = time.unwrap_or("2024-05-28T09:30:00.000Z");
        shift.text(time).unwrap_or_else(|| time.to_owned())
    }

    /// A key for a map of this name.
    pub(crate) fn key(&self, name: &str) -> &str {
        self.keys.get(name).or_else(|| self.keys.get("")).map_or("general", String::as_str)
    }

    /// The answer of an operation with an undocumented type.
    pub(crate) fn answer(&self, route: &str) -> Option<&Value> {
        self.answers.get(route)
    }
}

fn pick<T>(values: &[T], turn: u64) -> Option<&T> {
    let count = u64::try_from(values.len()).ok().filter(|count| *count > 0)?;
    values.get(usize::try_from(turn % count).unwrap_or_default())
}

/// Whether a name ends with a word, or is that word in any case.
fn ends_so(name: &str, end: &str) -> bool {
    name.ends_with(end) || name.eq_ignore_ascii_case(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_by_name_and_by_its_end() {
        let table: Believable = serde_json::from_str(include_str!("../seed/data/values.json")).unwrap();
        let text = |parent: &str, name: &str| table.text(parent, name, 0, Shift::default());
        assert_eq!(text("data", "name"), "Support");
        assert_eq!(text("assignee", "name"), "Asha Rao");
        assert_eq!(text("data", "firstResponseTime"), "00:24 hrs");
        assert_eq!(text("data", "pinnedTime"), "2024-05-28T09:30:00.000Z");
        assert_eq!(text("data", "duration"), "00:45 hrs");
        assert_eq!(text("data", "unheardOf"), "Standard");
        assert_eq!(table.range("badPercentage"), Some((10, 60)));
        assert_eq!(table.time("modifiedTime", Shift::default()), "2024-05-30T14:10:00.000Z");
    }
}
