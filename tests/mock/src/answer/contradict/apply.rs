//! Contradictions in a value, by its declared type.

use desk_spec::{Kind, Object, Rules, Scalar, Schema, Spec};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Contradiction;
use crate::common::hash::hash;
use crate::exchange::refusal::pointer;
use crate::spec::shape::{branch, follow, nullable};

/// The number of answers of which one may contradict as a whole.
const WHOLE: u64 = 7;

/// The number of objects of which one lacks a key, and another one has an extra key.
const KEYS: u64 = 3;

/// 2024-05-14T09:30:00Z in milliseconds since 1970.
const SOME_TIME: i64 = 1_715_679_000_000;

/// Whose turn it is among the contradictions that concern one place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Turn<'a> {
    /// Another one's with each call of the operation, and sometimes nobody's.
    Of(&'a str, u64),
    /// Always that of the one that is wanted.
    Always,
}

impl Turn<'_> {
    /// Whether it is the turn of one among this number.
    fn one_of(self, place: &str, many: u64) -> bool {
        match self {
            Self::Of(operation, call) => (hash(&format!("{operation}{place}")).wrapping_add(call)) % many == 0,
            Self::Always => true,
        }
    }

    /// Whose turn it is; none: nobody's.
    fn pick<T: Copy>(self, place: &str, all: &[T]) -> Option<T> {
        let Self::Of(operation, call) = self else { return all.first().copied() };
        let turns = u64::try_from(all.len()).unwrap_or(0) + 1;
        let turn = hash(&format!("{operation}{place}")).wrapping_add(call) % turns;
        usize::try_from(turn).ok().and_then(|turn| all.get(turn).copied())
    }
}

/// An answer's value with contradictions in it; None if it no longer has a body.
pub(crate) fn contradict(
    spec: &Spec,
    schema: &Schema,
    value: Value,
    on: &[Contradiction],
    turn: Turn<'_>,
) -> Option<Value> {
    let whole: &[Contradiction] = match value {
        Value::Object(_) => &[Contradiction::EmptyBody, Contradiction::BareList, Contradiction::BareText],
        _ => &[Contradiction::EmptyBody],
    };
    let whole: Vec<_> = whole.iter().copied().filter(|one| on.contains(one)).collect();
    if turn.one_of("", WHOLE) {
        match turn.pick("/", &whole) {
            Some(Contradiction::EmptyBody) => return None,
            Some(Contradiction::BareList) => return Some(json!([value])),
            Some(_) => return Some(json!("bare")),
            None => {}
        }
    }
    let walk = Walk { spec, on, turn };
    Some(walk.value(schema, value, "", ""))
}

struct Walk<'a> {
    spec: &'a Spec,
    on: &'a [Contradiction],
    turn: Turn<'a>,
}

impl Walk<'_> {
    fn value(&self, schema: &Schema, value: Value, name: &str, at: &str) -> Value {
        if value.is_null() {
            return value;
        }
        let null = !nullable(self.spec, schema) && name != "id" && !at.is_empty();
        let schema = follow(self.spec, schema);
        match (&schema.kind, value) {
            (Kind::Object(object), Value::Object(map)) => self.object(object, map, at),
            (Kind::Map(of), Value::Object(map)) => {
                let inner = |(key, value): (String, Value)| {
                    let at = pointer(at, &key);
                    let value = self.value(of, value, &key, &at);
                    (key, value)
                };
                Value::Object(map.into_iter().map(inner).collect())
            }
            (Kind::List(of), Value::Array(list)) => {
                let inner =
                    |(index, value): (usize, Value)| self.value(of, value, name, &pointer(at, &index.to_string()));
                Value::Array(list.into_iter().enumerate().map(inner).collect())
            }
            (Kind::Union(branches), value) => match branch(self.spec, branches, &value) {
                Some(branch) => self.value(branch, value, name, at),
                None => value,
            },
            (Kind::Scalar(scalar), value) => self.single(*scalar, &schema.rules, value, name, at, null),
            (_, value) => value,
        }
    }

    fn object(&self, object: &Object, map: Map<String, Value>, at: &str) -> Value {
        let mut changed = Map::new();
        for (name, value) in map {
            let place = pointer(at, &name);
            let value = match object.fields.get(&name) {
                Some(field) => self.value(field, value, &name, &place),
                None => value,
            };
            changed.insert(name, value);
        }
        if self.on.contains(&Contradiction::MissingKey) && self.turn.one_of(&format!("{at}/-"), KEYS) {
            let required: Vec<&str> = object.required.iter().map(String::as_str).filter(|name| *name != "id").collect();
            if let Some(name) = self.turn.pick(&format!("{at}/-"), &required) {
                changed.remove(name);
            }
        }
        if self.on.contains(&Contradiction::UndeclaredKey) && self.turn.one_of(&format!("{at}/+"), KEYS) {
            changed.insert("isNewToEveryone".to_owned(), json!({ "since": [2024, "05"], "by": null }));
        }
        Value::Object(changed)
    }

    fn single(&self, scalar: Scalar, rules: &Rules, value: Value, name: &str, at: &str, null: bool) -> Value {
        let possible = |one: &Contradiction| match one {
            Contradiction::Null => null.then_some(Value::Null),
            one => other(*one, scalar, rules, &value, name),
        };
        let changed: Vec<Value> = self.on.iter().filter_map(possible).collect();
        let places: Vec<usize> = (0..changed.len()).collect();
        self.turn.pick(at, &places).and_then(|place| changed.get(place).cloned()).unwrap_or(value)
    }
}

/// The contradicting value, if the contradiction applies to such values.
fn other(one: Contradiction, scalar: Scalar, rules: &Rules, value: &Value, name: &str) -> Option<Value> {
    let is_enum = scalar == Scalar::Text && !rules.values.is_empty();
    let is_number = matches!(scalar, Scalar::Integer | Scalar::Number) && value.is_number();
    let text = value.as_str();
    let unlisted = |other: String| (is_enum && !rules.values.contains(&other)).then(|| json!(other));
    let time = || text.filter(|_| scalar == Scalar::DateTime).and_then(|text| text.parse::<Timestamp>().ok());
    match one {
        Contradiction::EpochNumber => match time() {
            Some(time) => Some(json!(time.as_millisecond())),
            None => (scalar == Scalar::Text && rules.values.is_empty() && is_time(name)).then(|| json!(SOME_TIME)),
        },
        Contradiction::EpochText => time().map(|time| json!(time.as_millisecond().to_string())),
        Contradiction::NoMilliseconds => time().map(|time| json!(format!("{time:.0}"))),
        Contradiction::IdAsNumber => text.filter(|_| scalar == Scalar::Id)?.parse::<u64>().ok().map(Value::from),
        Contradiction::NumberAsText => is_number.then(|| json!(value.to_string())),
        Contradiction::MinusOne => (is_number && scalar == Scalar::Integer).then(|| json!("-1")),
        Contradiction::BooleanAsText => value.as_bool().map(|flag| json!(flag.to_string())),
        Contradiction::EmptyText => (is_number || is_enum || (scalar == Scalar::Id && name != "id")).then(|| json!("")),
        Contradiction::EnumInList => is_enum.then(|| json!([value])),
        Contradiction::UnlistedEnum => unlisted("NOT_LISTED_YET".to_owned()),
        Contradiction::MisspeltEnum => {
            text.filter(|_| is_enum).and_then(|text| misspelt(text, &rules.values)).map(Value::from)
        }
        Contradiction::EnumCase => unlisted(other_case(text?)),
        Contradiction::UndeclaredKey
        | Contradiction::MissingKey
        | Contradiction::Null
        | Contradiction::EmptyBody
        | Contradiction::BareList
        | Contradiction::BareText => None,
    }
}

/// Whether a text is named like a time: some are declared without a form.
fn is_time(name: &str) -> bool {
    name.ends_with("Time") || name.ends_with("Date")
}

fn other_case(text: &str) -> String {
    if text.chars().any(char::is_lowercase) { text.to_uppercase() } else { text.to_lowercase() }
}

/// A text with one letter doubled, or else dropped, that is not a listed value in any case. Letters from the middle on
/// are tried before those in front of it. None if there is no such text.
fn misspelt(text: &str, listed: &[String]) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let middle = letters.len() / 2;
    let is_letter = |place: &usize| letters.get(*place).is_some_and(|letter| letter.is_alphabetic());
    let places = (middle..letters.len()).chain(0..middle).filter(is_letter);
    let written = |place: usize, times: usize| -> String {
        let times = |at: usize| if at == place { times } else { 1 };
        letters.iter().enumerate().flat_map(|(at, letter)| std::iter::repeat_n(*letter, times(at))).collect()
    };
    let is_new = |other: &String| {
        let lower = other.to_lowercase();
        !other.is_empty() && listed.iter().all(|known| known.to_lowercase() != lower)
    };
    let doubled = places.clone().map(|place| written(place, 2));
    doubled.chain(places.map(|place| written(place, 0))).find(is_new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_value_is_no_listed_one() {
        for (text, listed, expected) in [
            ("AGENT", &["AGENT"][..], Some("AGEENT")),
            ("READ_ONLY", &["READ_ONLY"], Some("READ_OONLY")),
            ("on", &["on", "ONN"], Some("oon")),
            ("on", &["on", "ONN", "Oon"], Some("o")),
            ("a", &["a", "AA"], None),
            ("401", &["401"], None),
            ("", &[""], None),
        ] {
            let listed: Vec<String> = listed.iter().map(|known| (*known).to_owned()).collect();
            assert_eq!(misspelt(text, &listed).as_deref(), expected, "{text}");
        }
    }
}
