//! The one operation that a person means, however they write it.

use super::ScopesError;
use super::entry::{Entry, entries, entry};
use super::names::{likely, operations};
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
    let called = text.split('(').next().unwrap_or_default();
    let name = called.rsplit(['.', ':']).next().unwrap_or_default().trim();
    let name = if name.is_empty() { text } else { name };
    entry(name).map_or_else(|| Err(unknown(name)), Ok)
}

fn unknown(name: &str) -> ScopesError {
    match operations(&[name]) {
        Err(error) => error,
        Ok(_) => ScopesError::new("name one operation, such as get_tickets"),
    }
}

fn by_path(method: &str, path: &str) -> Result<Entry, ScopesError> {
    let of_method = entries().iter().filter(|entry| entry.operation.method.as_str().eq_ignore_ascii_case(method));
    let meant = of_method.clone().filter(|entry| is_path(entry.operation.path, path));
    // A word of a path may also be taken for an id: `/tickets/count` and `/tickets/{ticketId}`.
    let found = meant.min_by_key(|entry| entry.operation.path.matches('{').count()).copied();
    found.ok_or_else(|| {
        let likely = likely(path, of_method.map(|entry| entry.operation.path));
        let likely = likely.map_or_else(String::new, |likely| format!(" (did you mean {likely}?)"));
        let shown = line(&format!("{method} {path}"));
        ScopesError::new(format!("there is no operation `{shown}`{likely}. `desk scopes list --path` looks for paths"))
    })
}

/// Whether a path is that of a template, with whatever for its parameters; what comes before `/api/v1` does not count.
fn is_path(template: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (wanted, given) = (below_version(template), below_version(path));
    let (wanted, given): (Vec<&str>, Vec<&str>) = (wanted.split('/').collect(), given.split('/').collect());
    let fits = |(wanted, step): (&&str, &&str)| wanted.starts_with('{') || wanted.eq_ignore_ascii_case(step);
    wanted.len() == given.len() && wanted.iter().zip(&given).all(fits)
}

fn below_version(path: &str) -> &str {
    path.split_once("api/v1/").map_or(path, |(_, rest)| rest).trim_matches('/')
}
