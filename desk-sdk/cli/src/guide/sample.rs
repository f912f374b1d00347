//! Values that an operation allows, for examples.

use desk_sdk::{Field, Kind, Operation, Rule};
use serde_json::{Map, Value, json};

use crate::call::{Input, Place, operation_inputs};

/// The records around a value. One that needs a list of its own kind gets an empty one.
type Around<'a> = &'a [&'static [Field]];

/// How many records an example of a list asks for.
const FEW: u64 = 5;

/// A value for an example.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) input: Input,
    pub(super) value: Value,
}

/// What an example of a call gives: all that is required, a short page of a list, and for a change something to change.
pub(super) fn samples(operation: &'static Operation) -> Vec<Sample> {
    let inputs = operation_inputs(operation);
    let mut samples: Vec<Sample> = Vec::new();
    for input in &inputs {
        let replaced = input.rules.iter().any(|rule| match rule {
            Rule::Unless(other) => !samples.iter().any(|sample| sample.input.name() == *other),
            _ => false,
        });
        let is_page = operation.paging.is_some() && input.place == Place::Query && input.name() == "limit";
        if input.required() || replaced {
            samples.push(Sample { value: of_input(input), input: input.clone() });
        } else if is_page {
            let most = operation.paging.and_then(|paging| paging.maximum).unwrap_or(FEW);
            samples.push(Sample { value: most.min(FEW).into(), input: input.clone() });
        }
    }
    let in_body = |input: &Input| input.place == Place::Body;
    if !samples.iter().any(|sample| in_body(&sample.input)) {
        let simple = |input: &&Input| {
            let is_set = !input.rules.contains(&Rule::ReadOnly);
            in_body(input) && is_set && matches!(input.kind, Kind::Text | Kind::Boolean | Kind::Integer | Kind::Id)
        };
        let chosen = inputs.iter().find(simple).filter(|_| operation.method != desk_sdk::Method::Get);
        samples.extend(chosen.map(|input| Sample { value: of_input(input), input: input.clone() }));
    }
    samples
}

fn of_input(input: &Input) -> Value {
    let name = input.path.last().map_or("", String::as_str);
    value(name, input.kind, input.rules, &[])
}

fn value(name: &str, kind: Kind, rules: &[Rule], around: Around<'_>) -> Value {
    match kind {
        Kind::Any | Kind::Text | Kind::File => text(name, rules).into(),
        Kind::Boolean => true.into(),
        Kind::DateTime => "2024-05-14T09:30:00.000Z".into(),
        Kind::Id => id(0).into(),
        Kind::Integer => integer(rules).into(),
        Kind::Number => number(rules),
        Kind::List(of) => list(name, *of, rules, around),
        Kind::Map => json!({}),
        Kind::Record(fields) => Value::Object(record(fields(), around)),
        Kind::TimeRange => "2024-05-14T00:00:00.000Z,2024-05-15T00:00:00.000Z".into(),
    }
}

/// What a record needs.
fn record(fields: &'static [Field], around: Around<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    if is_within(fields, around) {
        return map;
    }
    let around = [around, &[fields]].concat();
    for field in fields {
        let replaced = field.rules.iter().any(|rule| matches!(rule, Rule::Unless(other) if !map.contains_key(*other)));
        if field.required() || replaced {
            map.insert(field.name.to_owned(), value(field.name, field.kind, field.rules, &around));
        }
    }
    map
}

fn is_within(fields: &'static [Field], around: Around<'_>) -> bool {
    around.iter().any(|known| std::ptr::eq(*known, fields))
}

fn list(name: &str, of: Kind, rules: &[Rule], around: Around<'_>) -> Value {
    if matches!(of, Kind::Record(fields) if is_within(fields(), around)) {
        return json!([]);
    }
    let least = rules.iter().find_map(|rule| match rule {
        Rule::MinItems(least) => Some(*least),
        _ => None,
    });
    let count = usize::try_from(least.unwrap_or(1).clamp(1, 100)).unwrap_or(1);
    let singular = name.strip_suffix('s').unwrap_or(name);
    let element = |index: usize| match of {
        Kind::Id => id(index).into(),
        Kind::Text => {
            let values = values(rules).filter(|values| !values.is_empty());
            let chosen = values.and_then(|values| values.get(index % values.len()));
            let other = || if index == 0 { text(singular, rules) } else { format!("{}{index}", text(singular, rules)) };
            chosen.map_or_else(other, |chosen| (*chosen).to_owned()).into()
        }
        of => value(singular, of, rules, around),
    };
    (0..count).map(element).collect()
}

fn id(index: usize) -> String {
    format!("{}", 4_000_000_008_001_u64 + u64::try_from(index).unwrap_or_default())
}

fn values(rules: &[Rule]) -> Option<&'static [&'static str]> {
    rules.iter().find_map(|rule| match rule {
        Rule::Values(values) => Some(*values),
        _ => None,
    })
}

/// Text that says what it is for, as long as it must be.
fn text(name: &str, rules: &[Rule]) -> String {
    if let Some(value) = values(rules).and_then(|values| values.iter().find(|value| !value.is_empty())) {
        return (*value).to_owned();
    }
    let lower = name.to_lowercase();
    let text = match lower.as_str() {
        name if name.contains("email") && !name.contains("template") => "ada@example.com".to_owned(),
        name if name.ends_with("url") || name.ends_with("link") => "https://example.com".to_owned(),
        "" => "text".to_owned(),
        _ => name.to_owned(),
    };
    let (mut least, mut most, mut start) = (0, u64::MAX, "");
    for rule in rules {
        match *rule {
            Rule::MinLength(length) => least = length,
            Rule::MaxLength(length) => most = length,
            Rule::Prefix(prefix) => start = prefix,
            _ => {}
        }
    }
    let text = format!("{start}{text}");
    let least = usize::try_from(least).unwrap_or(usize::MAX).min(10_000);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    text.chars().cycle().take(text.chars().count().max(least).min(most)).collect()
}

fn integer(rules: &[Rule]) -> i64 {
    if let Some(value) = values(rules).and_then(|values| values.first()?.parse().ok()) {
        return value;
    }
    let (mut least, mut most) = (i64::MIN, i64::MAX);
    for rule in rules {
        match *rule {
            Rule::Minimum(number) => least = number,
            Rule::Maximum(number) => most = number,
            _ => {}
        }
    }
    10.min(most).max(least)
}

fn number(rules: &[Rule]) -> Value {
    integer(rules).into()
}
