//! A call as Rust.

use std::collections::HashMap;
use std::sync::OnceLock;

use desk_sdk::{Kind, Operation, by_name};
use heck::ToSnakeCase as _;
use serde_json::{Map, Value};

use super::sample::Sample;
use crate::call::Place;
use crate::scopes::entry;

/// What code calls each operation.
const NAMES: &str = include_str!("../audit/names.tsv");
/// Setters that are not called as the names of their values suggest.
const SETTERS: &str = include_str!("setters.tsv");

/// A call by the typed method if its values are simple, and by name otherwise: lines of a function that returns a
/// result, with a `client`.
pub(super) fn rust(operation: &'static Operation, samples: &[Sample]) -> String {
    let has_file = samples.iter().any(|sample| sample.input.is_file());
    let mut lines: Vec<String> = has_file.then(|| "use desk_sdk::FilePart;".to_owned()).into_iter().collect();
    let is_file = by_name::answers_with_file(operation.id);
    let named = || {
        let (method, parameters) = names().get(operation.id)?;
        let family = entry(operation.id).map(|entry| entry.family()).filter(|family| !family.is_empty())?;
        Some((typed(operation, samples, parameters)?, method, format!("use desk_sdk::{family}::{parameters};\n")))
    };
    let (call, download) = match named() {
        Some((parameters, method, import)) => {
            lines.push(import);
            // Several values are easier to read on lines of their own.
            let parameters = match parameters.contains('\n') {
                false => parameters,
                true => {
                    lines.push(format!("let parameters = {parameters};"));
                    "parameters".to_owned()
                }
            };
            (format!("client.{method}({parameters})"), "")
        }
        None => {
            lines.push("use serde_json::json;\n".to_owned());
            (invoked(operation, samples), ".download()?")
        }
    };
    lines.push(match is_file {
        true => format!("let bytes = {call}{download}.save(\"file\").await?;"),
        false => format!("let answer = {call}.await?;"),
    });
    lines.join("\n")
}

/// The parameters of the typed method, if all values are simple.
fn typed(operation: &Operation, samples: &[Sample], parameters: &str) -> Option<String> {
    let (path, others): (Vec<&Sample>, Vec<&Sample>) =
        samples.iter().partition(|sample| sample.input.place == Place::Path);
    let arguments = path.into_iter().map(|sample| literal(sample.input.kind, &sample.value));
    let arguments = arguments.collect::<Option<Vec<_>>>()?.join(", ");
    let setters = others.into_iter().map(|sample| {
        let value = literal(sample.input.kind, &sample.value)?;
        Some(format!(".{}({value})", setter(operation, &sample.input.name())))
    });
    let setters = setters.collect::<Option<Vec<_>>>()?;
    let setters = match setters.len() {
        0 | 1 => setters.concat(),
        _ => setters.iter().map(|setter| format!("\n    {setter}")).collect(),
    };
    Some(format!("{parameters}::new({arguments}){setters}"))
}

fn setter(operation: &Operation, name: &str) -> String {
    let odd = SETTERS.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let is_it = cells.next() == Some(operation.alias_of.unwrap_or(operation.id)) && cells.next() == Some(name);
        cells.next().filter(|_| is_it)
    });
    odd.map_or_else(|| name.to_snake_case(), str::to_owned)
}

/// A simple value as a setter takes it.
fn literal(kind: Kind, value: &Value) -> Option<String> {
    Some(match (kind, value) {
        (Kind::File, _) => file(),
        (Kind::List(Kind::File), _) => format!("[{}]", file()),
        (Kind::Number, Value::Number(number)) => format!("{:?}", number.as_f64()?),
        (Kind::Boolean | Kind::Integer, value) => value.to_string(),
        (Kind::Text | Kind::Id | Kind::DateTime | Kind::TimeRange, Value::String(text)) => format!("{text:?}"),
        (Kind::List(of), Value::Array(values)) => {
            let values = values.iter().map(|value| literal(*of, value));
            format!("[{}]", values.collect::<Option<Vec<_>>>()?.join(", "))
        }
        _ => return None,
    })
}

fn file() -> String {
    "FilePart::open(\"photo.png\").await?".to_owned()
}

/// The call by name.
fn invoked(operation: &Operation, samples: &[Sample]) -> String {
    let arguments = Value::Object(arguments(samples));
    let files = samples.iter().filter(|sample| sample.input.is_file());
    let files: String = files.map(|sample| format!(".file({:?}, {})", sample.input.name(), file())).collect();
    let json = match arguments.to_string() {
        short if short.len() <= 60 => short,
        _ => format!("{arguments:#}"),
    };
    format!("client.invoke({:?}, json!({json})){files}", operation.id)
}

/// The samples as arguments of a call by name; files are not among them.
pub(super) fn arguments(samples: &[Sample]) -> Map<String, Value> {
    let mut arguments = Map::new();
    for Sample { input, value } in samples.iter().filter(|sample| !sample.input.is_file()) {
        match input.path.as_slice() {
            [name] => drop(arguments.insert(name.clone(), value.clone())),
            [around, name] => arguments
                .entry(around)
                .or_insert_with(|| Value::Object(Map::new()))
                .as_object_mut()
                .map_or((), |body| drop(body.insert(name.clone(), value.clone()))),
            _ => {}
        }
    }
    arguments
}

/// The client's method and the type of its parameters, for each operation.
fn names() -> &'static HashMap<&'static str, (&'static str, &'static str)> {
    static READ: OnceLock<HashMap<&str, (&str, &str)>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = NAMES.lines().skip(1).filter_map(|line| {
            let mut cells = line.split('\t').map(|cell| cell.split(' ').next().unwrap_or_default());
            Some((cells.next()?, (cells.next()?, cells.next()?)))
        });
        lines.collect()
    })
}
