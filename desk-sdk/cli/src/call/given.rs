//! What a command line gives, as the arguments of a call by name.

use std::path::PathBuf;

use clap::ArgMatches;
use desk_sdk::by_name::Invocation;
use desk_sdk::{Client, FilePart, Kind, Operation};
use serde_json::{Map, Value};

use super::command::{POSITIONAL, id, texts};
use super::input::{BODY, Input, Place};
use super::{CallOptions, dotted, plain, value};
use crate::problem::Problem;
use crate::scopes::{likely, line};

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// As calls by name take them.
    pub arguments: Map<String, Value>,
    /// Files of the computer, each with the field that it is.
    pub files: Vec<(String, PathBuf)>,
    /// Query parameters that are not described.
    pub query: Vec<(String, String)>,
    /// Whether described rules may be broken.
    pub unchecked: bool,
}

impl Given {
    /// The call.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub async fn invocation(self, client: &Client, operation: &Operation) -> Result<Invocation, Problem> {
        let Self { arguments, files, query, unchecked } = self;
        let mut call = client.invoke(operation.id, Value::Object(arguments));
        for (name, path) in files {
            let file = FilePart::open(&path).await;
            let file = file.map_err(|error| Problem::usage(format!("cannot read {}: {error}", path.display())))?;
            call = call.file(&name, file);
        }
        for (name, value) in query {
            call = call.query(name, value);
        }
        Ok(if unchecked { call.unchecked() } else { call })
    }
}

/// What `--json` gives: any JSON, as it stands, from a file or from standard input.
///
/// # Errors
///
/// If it cannot be read, or is not JSON.
pub fn json_argument(text: &str) -> Result<Value, Problem> {
    value::document(text).map_err(|problem| Problem::usage(format!("--json: {problem}")))
}

pub(super) fn given(
    operation: &'static Operation,
    inputs: &[Input],
    options: &CallOptions,
    matches: &ArgMatches,
) -> Result<Given, Problem> {
    let mut arguments = match options.json.as_deref().map(json_argument).transpose()? {
        None => Map::new(),
        Some(Value::Object(map)) => map,
        Some(_) => return Err(Problem::usage("--json is not a JSON object, such as '{\"limit\": 50}'")),
    };
    let mut files = Vec::new();
    for (input, text) in positional(inputs, matches)? {
        set(&mut arguments, input, value_of(input, &[text])?)?;
    }
    // What is within a record comes after the record.
    let mut told: Vec<&Input> = inputs.iter().filter(|input| !texts(matches, &id(input)).is_empty()).collect();
    told.sort_by_key(|input| input.path.len());
    for input in told {
        let texts = texts(matches, &id(input));
        match input.is_file() {
            true => {
                // The file in its place is another one.
                arguments.remove(&input.name());
                for text in texts {
                    files.push((input.path.last().cloned().unwrap_or_default(), file(input, text)?));
                }
            }
            false => set(&mut arguments, input, value_of(input, &texts)?)?,
        }
    }
    for name in &options.clear {
        let input = cleared(operation, inputs, name)?;
        if !texts(matches, &id(&input)).is_empty() {
            return Err(Problem::usage(format!("--clear {} and --{} contradict each other", line(name), input.long)));
        }
        set(&mut arguments, &input, Value::Null)?;
    }
    if !options.unchecked {
        plain::check(operation, inputs, &arguments)?;
        has_no_option(operation, inputs, &options.query)?;
    }
    Ok(Given { arguments, files, query: options.query.clone(), unchecked: options.unchecked })
}

/// `--query` is for what is not described.
fn has_no_option(operation: &Operation, inputs: &[Input], query: &[(String, String)]) -> Result<(), Problem> {
    for (name, value) in query {
        let described = inputs.iter().find(|input| input.place == Place::Query && input.name() == *name);
        if let Some(Input { long, .. }) = described {
            let (id, name, value) = (operation.id, line(name), line(value));
            return Err(Problem::usage(format!(
                "--query {name}: {id} describes it, so it has an option of its own: --{long} {value}. With --unchecked, \
                 --query sends it as it is"
            )));
        }
    }
    Ok(())
}

/// The parts of the path that were given without options: for those without one, in the order of the path.
fn positional<'i, 'm>(inputs: &'i [Input], matches: &'m ArgMatches) -> Result<Vec<(&'i Input, &'m str)>, Problem> {
    let parts: Vec<&Input> = inputs.iter().filter(|input| input.place == Place::Path).collect();
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let free = parts.into_iter().filter(|input| texts(matches, &id(input)).is_empty());
    let (free, given): (Vec<&Input>, Vec<&str>) = (free.collect(), texts(matches, POSITIONAL));
    match given.get(free.len()) {
        Some(more) => Err(Problem::usage(format!("'{}' is more than the path has room for", line(more)))),
        None => Ok(free.into_iter().zip(given).collect()),
    }
}

fn value_of(input: &Input, texts: &[&str]) -> Result<Value, Problem> {
    let read = |text: &&str| {
        let value = value::value(input.kind, text);
        value.map_err(|problem| Problem::usage(format!("--{}: {problem}", line(&input.long))))
    };
    let Kind::List(_) = input.kind else { return texts.last().map_or(Ok(Value::Null), read) };
    let mut all = Vec::new();
    for text in texts {
        match read(text)? {
            Value::Array(values) => all.extend(values),
            Value::Null if texts.len() == 1 => return Ok(Value::Null),
            other => all.push(other),
        }
    }
    Ok(all.into())
}

fn file(input: &Input, text: &str) -> Result<PathBuf, Problem> {
    match text.strip_prefix('@').filter(|path| !path.is_empty()) {
        Some(path) => Ok(PathBuf::from(path)),
        None => Err(Problem::usage(format!("--{0} is a file: write --{0} @{1}", line(&input.long), line(text)))),
    }
}

/// Puts a value where it belongs, over what was there.
fn set(arguments: &mut Map<String, Value>, input: &Input, value: Value) -> Result<(), Problem> {
    let [around @ .., name] = input.path.as_slice() else { return Ok(()) };
    // A field that was given within the body is given once all the same.
    if around.is_empty()
        && input.place == Place::Body
        && let Some(Value::Object(body)) = arguments.get_mut(BODY)
    {
        body.remove(name);
    }
    let mut map = arguments;
    for step in around {
        let inner = map.entry(step).or_insert_with(|| Value::Object(Map::new()));
        map = match inner {
            Value::Object(inner) => inner,
            _ => {
                let (long, step) = (line(&input.long), line(step));
                return Err(Problem::usage(format!("--{long} is part of {step}, which was given as something else")));
            }
        };
    }
    map.insert(name.clone(), value);
    Ok(())
}

fn cleared(operation: &'static Operation, inputs: &[Input], name: &str) -> Result<Input, Problem> {
    let word = name.trim_start_matches('-');
    let found = inputs.iter().find(|input| input.is_called(word) && input.place == Place::Body).cloned();
    let found = match found {
        Some(input) => Some(input),
        None => dotted::input(operation, inputs, word)?,
    };
    found.ok_or_else(|| {
        let fields = || inputs.iter().filter(|input| input.place == Place::Body).map(|input| input.long.as_str());
        let meant = likely(word, fields()).map_or_else(|| ".".to_owned(), |name| format!("; did you mean {name}?"));
        let all: Vec<&str> = fields().collect();
        let has = if all.is_empty() { "no fields".to_owned() } else { all.join(", ") };
        let (id, word) = (operation.id, line(word));
        Problem::usage(format!("--clear: {id} has no field '{word}'{meant} It has {has}"))
    })
}
