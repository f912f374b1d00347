//! What values have to be, although no rule of the API's description says so: times are times, and pages have records.

use desk_sdk::jiff::{Timestamp, civil};
use desk_sdk::{Kind, Operation, Rule};
use serde_json::{Map, Value};

use super::input::{Input, Place};
use crate::problem::Problem;
use crate::scopes::line;

/// How much of a value is shown, in characters.
const LONGEST: usize = 80;

/// Checks the arguments of a call.
///
/// # Errors
///
/// With the first value that cannot be one.
pub(super) fn check(operation: &Operation, inputs: &[Input], arguments: &Map<String, Value>) -> Result<(), Problem> {
    for input in inputs {
        let Some(value) = found(arguments, &input.path) else { continue };
        let Some(rule) = broken(operation, input, value) else { continue };
        let shown: String = value.to_string().chars().take(LONGEST).collect();
        return Err(Problem::usage(format!(
            "{}: {} must be {rule}, but is {}; no request was made. --unchecked sends it all the same",
            operation.id,
            input.name(),
            line(&shown)
        )));
    }
    Ok(())
}

fn broken(operation: &Operation, input: &Input, value: &Value) -> Option<String> {
    let is_of_page = input.place == Place::Query && operation.paging.is_some();
    let number = value.as_i64();
    match (input.kind, input.path.as_slice()) {
        (Kind::DateTime, _) => {
            let text = value.as_str()?;
            let today = "2024-05-14T09:30:00.000Z, or a day such as 2024-05-14";
            (!is_time(text) && !may_be_else(input.rules)).then(|| format!("a time such as {today}"))
        }
        (Kind::Integer, [name]) if is_of_page && name == "limit" => {
            (number? < 1).then(|| "at least 1 (--all reads all pages)".to_owned())
        }
        (Kind::Integer, [name]) if is_of_page && name == "from" => (number? < 0).then(|| "at least 0".to_owned()),
        _ => None,
    }
}

fn is_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok()
}

/// Whether other values than times are described; the client judges those.
fn may_be_else(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| matches!(rule, Rule::Words(_) | Rule::Values(_) | Rule::OrTimeRange))
}

fn found<'a>(arguments: &'a Map<String, Value>, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(arguments.get(first)?, |value, step| value.get(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_times() {
        for (text, good) in [
            ("2024-05-14T09:30:00.000Z", true),
            ("2024-05-14T09:30:00+02:00", true),
            ("2024-05-14T09:30:00", true),
            ("2024-05-14", true),
            ("tomorrow", false),
            ("14.5.2024", false),
            ("2024-13-01", false),
            ("", false),
        ] {
            assert_eq!(is_time(text), good, "{text}");
        }
    }
}
