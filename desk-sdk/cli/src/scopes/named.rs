//! The one operation that a person means, however they write it.

use desk_sdk::Method;

use super::ScopesError;
use super::entry::{Entry, entries, entry};
use super::names::{folded, likely, operations};
use super::text::line;

/// The operation that is meant: by its name, as code calls it (`client.get_tickets(…)`), or by its method and path.
///
/// # Errors
///
/// If there is none, with what was probably meant.
pub fn named(text: &str) -> Result<Entry, ScopesError> {
    let text = text.trim();
    if let Some((method, path)) = text.split_once(char::is_whitespace).filter(|(_, path)| path.contains('/')) {
        return by_path(method, path.trim());
    }
    if text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://") {
        return Err(judged(Method::Get, text).err().unwrap_or_else(|| without_method(text)));
    }
    let called = text.split('(').next().unwrap_or_default();
    let name = called.rsplit(['.', ':']).next().unwrap_or_default().trim();
    let name = if name.is_empty() { text } else { name };
    // The API's own description writes its names in another way.
    let as_described = || {
        let wanted = folded(name);
        desk_sdk::operations().find(|known| folded(known.id) == wanted).and_then(|known| entry(known.id))
    };
    entry(name).or_else(as_described).map_or_else(|| Err(unknown(name)), Ok)
}

fn unknown(name: &str) -> ScopesError {
    match operations(&[name]) {
        Err(error) => error,
        Ok(_) => ScopesError::new("name one operation, such as get_tickets"),
    }
}

fn by_path(method: &str, path: &str) -> Result<Entry, ScopesError> {
    let is_method = |known: Method| known.as_str().eq_ignore_ascii_case(method);
    judged(METHODS.into_iter().find(|known| is_method(*known)).unwrap_or(Method::Get), path)?;
    let all = at(path);
    if let Some((_, entry)) = all.iter().find(|(known, _)| is_method(*known)) {
        return Ok(*entry);
    }
    let shown = line(&format!("{method} {path}"));
    if !all.is_empty() {
        return Err(ScopesError::new(format!("there is no operation `{shown}`: this path has {}", listed(&all))));
    }
    // What is misspelt may be the method as well.
    let of_method = |entry: &&Entry| !METHODS.into_iter().any(is_method) || is_method(entry.operation.method);
    let likely = likely(path, entries().iter().filter(of_method).map(|entry| entry.operation.path));
    Err(unknown_path(&shown, likely))
}

/// What the client says of a request for a path, with a value for each parameter.
fn judged(method: Method, path: &str) -> Result<(), ScopesError> {
    let steps = path.split('/').map(|step| if is_parameter(step) { "1" } else { step });
    let filled = steps.collect::<Vec<_>>().join("/");
    match desk_sdk::operation_at(method, &filled) {
        Ok(_) => Ok(()),
        Err(error) => Err(ScopesError::new(refused(&line(path), &error))),
    }
}

/// What is wrong with a path that the client refuses.
pub(crate) fn refused(path: &str, error: &desk_sdk::Error) -> String {
    let rule = match error {
        desk_sdk::Error::InvalidCall(call) => call.broken.first().map(|broken| broken.rule.as_str()),
        _ => None,
    };
    let rule = rule.unwrap_or("a path that a request can be made to");
    format!("the client refuses the path `{path}`: it takes {rule}")
}

/// What to say of a path alone: which methods it has.
fn without_method(path: &str) -> ScopesError {
    let (all, shown) = (at(path), line(path));
    match all.is_empty() {
        true => unknown_path(&shown, likely(path, entries().iter().map(|entry| entry.operation.path))),
        false => ScopesError::new(format!(
            "name the method as well, as in \"{} {shown}\": this path has {}",
            all[0].0.as_str(),
            listed(&all)
        )),
    }
}

fn unknown_path(shown: &str, likely: Option<&str>) -> ScopesError {
    let likely = likely.map_or_else(String::new, |likely| format!(" (did you mean {likely}?)"));
    ScopesError::new(format!("there is no operation `{shown}`{likely}. `desk scopes list --path` looks for paths"))
}

const METHODS: [Method; 5] = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

/// The operations of a path, by their methods.
fn at(path: &str) -> Vec<(Method, Entry)> {
    METHODS.into_iter().filter_map(|method| Some((method, of(method, path)?))).collect()
}

/// The operation of a method and a path: by its template, or as the client judges a request for the path.
fn of(method: Method, path: &str) -> Option<Entry> {
    let below = path.split_once("api/v1/").map_or(path, |(_, rest)| rest).trim_start_matches('/');
    let candidates = [format!("/{}", path.trim_start_matches('/')), format!("/api/v1/{below}")];
    let of_template = |path: &String| {
        let same = |entry: &&Entry| entry.operation.method == method && is_template(entry.operation.path, path);
        entries().iter().find(same).copied()
    };
    let judged = |path: &String| entry(desk_sdk::operation_at(method, path).ok().flatten()?.id);
    candidates.iter().find_map(|path| of_template(path).or_else(|| judged(path)))
}

/// Whether a path is a template, whatever its parameters are called.
fn is_template(template: &str, path: &str) -> bool {
    let fits = |(wanted, step): (&str, &str)| match is_parameter(wanted) {
        true => is_parameter(step),
        false => wanted.eq_ignore_ascii_case(step),
    };
    template.split('/').count() == path.split('/').count() && template.split('/').zip(path.split('/')).all(fits)
}

fn is_parameter(step: &str) -> bool {
    step.starts_with('{') && step.ends_with('}')
}

fn listed(all: &[(Method, Entry)]) -> String {
    let each = all.iter().map(|(method, entry)| format!("{} ({})", method.as_str(), entry.operation.id));
    each.collect::<Vec<_>>().join(", ")
}
