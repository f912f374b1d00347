//! Which records a list or a search is about.

use desk_spec::{Kind, ParameterPlace};
use jiff::Timestamp;
use serde_json::Value;

use super::Records;
use super::ids::{self, Id};
use super::request::{Held, Request};
use super::span::Span;
use super::store::{Store, Stored};
use super::words::Words;
use super::{quick, sought, times};
use crate::exchange::refusal::{FieldFault, Refusal, Wrong};
use crate::seed::{Collection, Test};
use crate::spec::shape::follow;

/// Query parameters that say how much is shown, not of which records.
const ABOUT_THE_ANSWER: [&str; 8] = ["from", "limit", "sortBy", "sortOrder", "orderBy", "include", "fields", "orgId"];

/// One thing that has to hold for a record.
#[derive(Debug)]
pub(super) enum Check {
    /// One of the values is in the field.
    Is(String, Vec<String>),
    /// The words of one of these are in the fields.
    Words(Vec<String>, Vec<Words>),
    Starts(Vec<String>, String),
    Range(String, Span),
    Custom(String, String, Words),
    Flag(String, Value, bool),
    /// None of the fields has a value, or one has.
    Empty(Vec<String>, bool),
    /// A custom field in this map has no value, or one.
    EmptyIn(String, String, bool),
    /// One of these.
    Any(Vec<Check>),
}

impl Check {
    /// The field and the span, where that is all that has to hold.
    pub(super) fn span(&self) -> Option<(&str, &Span)> {
        if let Self::Range(field, span) = self { Some((field, span)) } else { None }
    }
}

impl Records {
    /// The conditions that the query's parameters set for a collection's records.
    pub(super) fn checks(&self, place: usize, request: Request<'_>) -> Result<Vec<Check>, Refusal> {
        let Some(Store { form, known, .. }) = self.stores.get(place) else { return Ok(Vec::new()) };
        let mut checks = Vec::new();
        let mut faults = Vec::new();
        for (name, value) in &request.call.incoming.query {
            if ABOUT_THE_ANSWER.contains(&name.as_str()) {
                continue;
            }
            if !form.parameters.contains_key(name) && !known.contains(name) && name != ids::ID {
                continue;
            }
            match asked(form, request, name, value) {
                Ok(asked) => checks.extend(asked),
                Err(message) => faults.push(FieldFault::parameter(name, Wrong::Invalid, message)),
            }
        }
        let message = format!("Some parameters do not suit {}.", request.call.operation.id);
        Refusal::unless_suitable(&message, faults)?;
        Ok(checks)
    }

    /// The records of a collection for which everything holds, in order.
    pub(super) fn found<'a>(
        &'a self,
        place: usize,
        held: Vec<Held>,
        checks: Vec<Check>,
        trashed: bool,
    ) -> Box<dyn Iterator<Item = &'a Stored> + 'a> {
        let checks = held.into_iter().map(|(field, texts)| Check::Is(field, texts)).chain(checks).collect();
        self.found_by(place, checks, trashed)
    }

    /// The same for conditions that are put together.
    pub(super) fn found_by<'a>(
        &'a self,
        place: usize,
        checks: Vec<Check>,
        trashed: bool,
    ) -> Box<dyn Iterator<Item = &'a Stored> + 'a> {
        let Some(store) = self.stores.get(place) else { return Box::new(std::iter::empty()) };
        let all: Box<dyn Iterator<Item = &'a Stored> + 'a> = match self.fewest(place, &checks, trashed) {
            Some(few) => few,
            None => Box::new(store.iter()),
        };
        let hides = !trashed && self.may_hide(place);
        Box::new(all.filter(move |stored| {
            stored.trashed == trashed
                && !(hides && self.is_within_trash(place, stored))
                && checks.iter().all(|check| self.holds(place, stored, check))
        }))
    }

    /// The candidates that an index or ids give.
    fn fewest<'a>(
        &'a self,
        place: usize,
        checks: &[Check],
        trashed: bool,
    ) -> Option<Box<dyn Iterator<Item = &'a Stored> + 'a>> {
        let store = self.stores.get(place)?;
        for check in checks {
            let Check::Is(field, texts) = check else { continue };
            let wanted: Vec<Id> = texts.iter().filter_map(|text| ids::parse(text)).collect();
            if wanted.len() != texts.len() {
                continue;
            }
            if field == ids::ID {
                return Some(Box::new(wanted.into_iter().filter_map(|id| store.get(id))));
            }
            if let Some(few) = store.holding(field, &wanted) {
                return Some(Box::new(few));
            }
        }
        // Trashed records are in no order of times.
        let mut spans = checks.iter().filter(|_| !trashed).filter_map(Check::span);
        let (marks, _) = spans.find_map(|span| quick::marks(store, &[span]))?;
        let marked = marks.into_iter().enumerate().filter(|(_, marked)| *marked);
        Some(Box::new(marked.filter_map(|(place, _)| store.at(place))))
    }

    fn holds(&self, place: usize, stored: &Stored, check: &Check) -> bool {
        let value = |path: &str| self.value_at(place, stored, path);
        let texts = |paths: &[String]| -> Vec<String> {
            paths.iter().filter_map(|path| value(path)).flat_map(|value| ids::texts(&value)).collect()
        };
        match check {
            Check::Is(path, wanted) => value(path).is_some_and(|value| ids::is_among(&value, wanted)),
            Check::Words(paths, any) => {
                let texts = texts(paths);
                any.iter().any(|words| words.are_in(&texts))
            }
            Check::Starts(paths, start) => texts(paths).iter().any(|text| text.to_lowercase().starts_with(start)),
            Check::Range(path, span) => value(path).is_some_and(|value| span.holds(&value)),
            Check::Custom(map, field, words) => {
                let map = value(map);
                let held = map.as_ref().and_then(|map| map.get(field)).map(ids::texts).unwrap_or_default();
                words.are_in(&held)
            }
            Check::Flag(path, wanted, expected) => {
                value(path).is_some_and(|value| value.as_ref() == wanted) == *expected
            }
            Check::Empty(paths, expected) => {
                paths.iter().all(|path| value(path).is_none_or(|value| is_empty(&value))) == *expected
            }
            Check::EmptyIn(map, field, expected) => {
                value(map).as_ref().and_then(|map| map.get(field)).is_none_or(is_empty) == *expected
            }
            Check::Any(checks) => checks.iter().any(|check| self.holds(place, stored, check)),
        }
    }
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

/// The condition that a parameter sets for a collection's records; None if it sets none. The error describes the fault
/// in the value.
fn asked(form: &Collection, request: Request<'_>, name: &str, value: &str) -> Result<Option<Check>, String> {
    let test = form.parameters.get(name);
    // Commas separate values if a list is declared; otherwise they belong to the text, unless a field is named.
    let is_list = request.call.operation.parameters.iter().any(|parameter| {
        let kind = &follow(request.call.spec, &parameter.schema).kind;
        parameter.place == ParameterPlace::Query && parameter.name == name && matches!(kind, Kind::List(_))
    });
    let values: Vec<&str> = if is_list || test.is_none() { value.split(',').collect() } else { vec![value] };
    let (words, values): (Vec<&str>, Vec<&str>) = values.into_iter().partition(|value| sought::word(value).is_some());
    let words = words.into_iter().filter_map(sought::word);
    let mut checks = words.map(|word| sought::check(form, name, &word)).collect::<Result<Vec<_>, _>>()?;
    if !values.is_empty() {
        let held = Test::Is(name.to_owned());
        checks.extend(prepared(test.unwrap_or(&held), request, name, value, values)?);
    }
    Ok(match checks.len() {
        0 | 1 => checks.pop(),
        _ => Some(Check::Any(checks)),
    })
}

/// A parameter's test with its value, and with the values in that.
fn prepared(
    test: &Test,
    request: Request<'_>,
    name: &str,
    value: &str,
    values: Vec<&str>,
) -> Result<Option<Check>, String> {
    let check = match test {
        Test::Is(field) => Check::Is(field.clone(), values.into_iter().map(str::to_owned).collect()),
        Test::Words(fields) => Check::Words(fields.clone(), values.into_iter().map(Words::new).collect()),
        // Searches match the beginning of words anyway: the sign for any rest of a word adds nothing.
        Test::Starts(fields) => Check::Starts(fields.clone(), value.trim_end_matches('*').to_lowercase()),
        Test::Range(field) => {
            let (from, to) = times::range(value).ok_or_else(|| {
                format!(
                    "{name} is {value:?}, but it must be two times, such as 2024-05-01T00:00:00Z,2024-05-31T00:00:00Z."
                )
            })?;
            Check::Range(field.clone(), Span::new(from, to))
        }
        Test::Days(field) => {
            let days: i64 =
                value.parse().map_err(|_| format!("{name} is {value:?}, but it must be a number of days."))?;
            if days < 0 {
                return Ok(None);
            }
            let from = times::days_before(days, request.now).unwrap_or(Timestamp::MIN);
            Check::Range(field.clone(), Span::new(from, Timestamp::MAX))
        }
        Test::Custom(map) => {
            let (field, searched) = value.split_once(':').ok_or_else(|| {
                format!("{name} is {value:?}, but it must be a custom field and what is searched, such as cf_shelf:7.")
            })?;
            let word = sought::word(searched);
            match word.and_then(|word| sought::custom(map, field, &word)) {
                Some(check) => check,
                None => Check::Custom(map.clone(), field.to_owned(), Words::new(searched)),
            }
        }
        Test::Flag(field, wanted) => Check::Flag(field.clone(), wanted.clone(), value == "true"),
    };
    Ok(Some(check))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::calendar::Calendar;
    use crate::seed::{self, Act, Given, Issue};
    use crate::spec;

    const DOCUMENTATION: &str = include_str!("../lib.rs");

    #[test]
    fn parameters_of_lists_have_an_effect_or_are_told_to_have_none() {
        let spec = spec::built_in().unwrap();
        let records = Records::new(seed::as_written(), Issue::new(0, Calendar::as_written()));
        let mut missing = Vec::new();
        for listed in &spec.operations {
            let operation = &listed.operation;
            let key = format!("{} {}", operation.method, operation.route());
            let Some(own) = records.routes.get(&key).copied() else { continue };
            let Some(Act::List { of, only, choose, .. }) = records.forms[own].routes.get(&key) else { continue };
            let stores: Vec<&Store> = records.places(of, own).into_iter().map(|place| &records.stores[place]).collect();
            for parameter in operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query) {
                let name = parameter.name.as_str();
                let has_effect = ABOUT_THE_ANSWER.contains(&name)
                    || choose.contains_key(name)
                    || only.values().any(|given| *given == Given::Query(name.to_owned()))
                    || stores.iter().any(|store| {
                        store.form.parameters.contains_key(name)
                            || store.known.contains(name)
                            || name == ids::ID
                            || store.form.sorted_by.as_deref() == Some(name)
                    });
                if !has_effect {
                    missing.push((key.clone(), name.to_owned()));
                }
                if name != "sortBy" && stores.iter().all(|store| store.form.sorted_by.as_deref() != Some(name)) {
                    continue;
                }
                for word in &follow(&spec, &parameter.schema).rules.values {
                    let word = word.trim_start_matches('-');
                    let is_held = |store: &&Store| {
                        let field = store.form.sorts.get(word).map_or(word, String::as_str);
                        store.known.contains(field.split('.').next().unwrap_or_default())
                    };
                    if !stores.iter().any(is_held) {
                        missing.push((key.clone(), word.to_owned()));
                    }
                }
            }
        }
        assert!(missing.len() > 10, "{missing:?}");
        missing.retain(|(_, name)| !DOCUMENTATION.contains(&format!("`{name}`")));
        assert!(missing.is_empty(), "not told: {missing:?}");
    }
}
