//! Options for values within records (`--contact.email`) and for custom fields (`--cf-shelf`). There are any number of
//! them, so one exists if the command line has it.

use desk_sdk::{Body, Field, Kind, Operation, Rule};

use super::input::{BODY, Input, Place, kebab};
use crate::problem::Problem;
use crate::scopes::{likely, line};

/// How the names of custom fields begin.
const CUSTOM: &str = "cf_";

/// The option that a word names, without its dashes, if it is a value within a record or a custom field.
///
/// # Errors
///
/// If it is a path into a record that leads nowhere.
pub(super) fn input(operation: &Operation, inputs: &[Input], word: &str) -> Result<Option<Input>, Problem> {
    if inputs.iter().any(|input| input.is_called(word)) {
        return Ok(None);
    }
    if let Some(path) = custom(operation, word) {
        let new = Input {
            path,
            place: Place::Body,
            kind: Kind::Any,
            rules: &[Rule::Nullable],
            long: word.to_owned(),
            wire: None,
        };
        return Ok(Some(new));
    }
    let around = inputs.iter().filter_map(|input| {
        let names = [Some(&input.long), input.wire.as_ref()].into_iter().flatten();
        let rest = names.filter_map(|name| word.strip_prefix(name.as_str())?.strip_prefix('.')).next()?;
        Some((input, rest))
    });
    let Some((outer, rest)) = around.max_by_key(|(input, _)| input.path.len()) else { return Ok(None) };
    let mut inner = Input { long: word.to_owned(), wire: None, ..outer.clone() };
    for step in rest.split('.') {
        let (name, kind, rules) = within(&inner, step)?;
        inner.path.push(name);
        (inner.kind, inner.rules) = (kind, rules);
    }
    Ok(Some(inner))
}

/// What lies in a value under a name, on the wire or in kebab case.
fn within(outer: &Input, step: &str) -> Result<(String, Kind, &'static [Rule]), Problem> {
    let place = outer.name();
    if step.is_empty() {
        return Err(Problem::usage(format!("--{} has an empty name between its dots", line(&outer.long))));
    }
    match outer.kind {
        Kind::Record(fields) => {
            let fields = fields();
            let called = |field: &&Field| field.name == step || kebab(field.name) == step;
            if let Some(field) = fields.iter().find(called) {
                return Ok((field.name.to_owned(), field.kind, field.rules));
            }
            if let Some(name) = custom_name(step) {
                return Ok((name, Kind::Any, &[Rule::Nullable]));
            }
            let names: Vec<String> = fields.iter().map(|field| kebab(field.name)).collect();
            let meant = likely(step, names.iter().map(String::as_str));
            let meant = meant.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            let step = line(step);
            Err(Problem::usage(format!("{place} has no field '{step}'{meant} It has: {}", names.join(", "))))
        }
        Kind::Map | Kind::Any => Ok((custom_name(step).unwrap_or_else(|| step.to_owned()), Kind::Any, &[])),
        kind => Err(Problem::usage(format!(
            "{place} is {kind}, which has no fields: there is no option --{}",
            line(&outer.long)
        ))),
    }
}

/// Where a custom field lies: with the others of its record, if there is a place for them.
fn custom(operation: &Operation, word: &str) -> Option<Vec<String>> {
    const HOLDER: &str = "cf";
    let name = custom_name(word)?;
    // Forms, which have files, have no place for them.
    let Body::Json { fields, .. } = operation.body else { return None };
    match fields.iter().any(|field| field.name == HOLDER) {
        true if operation.parameter(HOLDER).is_some() => Some(vec![BODY.to_owned(), HOLDER.to_owned(), name]),
        true => Some(vec![HOLDER.to_owned(), name]),
        false => Some(vec![name]),
    }
}

/// `cf-shelf` and `cf_shelf` are the field `cf_shelf`.
fn custom_name(word: &str) -> Option<String> {
    let rest = word.strip_prefix(CUSTOM).filter(|rest| !rest.is_empty()).map(str::to_owned);
    let kebab = || word.strip_prefix("cf-").filter(|rest| !rest.is_empty()).map(|rest| rest.replace('-', "_"));
    rest.or_else(kebab).map(|rest| format!("{CUSTOM}{rest}"))
}
