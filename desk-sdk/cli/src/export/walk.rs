//! How a list is read.

use desk_sdk::jiff::Timestamp;
use desk_sdk::{Client, Operation, Pages, Since};
use serde_json::{Map, Value};

use super::place::Goal;

/// The field that says when a record was last changed.
const MODIFIED: &str = "modifiedTime";

/// The field that says when it was created.
pub(super) const CREATED: &str = "createdTime";

/// Whether a list can tell what has changed.
pub(super) fn tells_changes(operation: &Operation) -> bool {
    operation.paging.is_some() && operation.timelines.iter().any(|timeline| timeline.field == MODIFIED)
}

/// Whether a list is read by time, however long it is.
pub(super) fn is_by_time(operation: &Operation) -> bool {
    operation.paging.is_some() && operation.timelines.iter().any(|timeline| timeline.range.is_some())
}

/// How all of a list is read, for people and for the manifest.
pub(super) fn described(operation: &Operation) -> String {
    let by_range = operation.timelines.iter().find(|timeline| timeline.range.is_some());
    match (operation.paging, by_range) {
        (None, _) => "a single answer".to_owned(),
        (Some(_), None) => "index".to_owned(),
        (Some(_), Some(timeline)) => format!("windows of {}", timeline.field),
    }
}

/// How a run reads a list, for people.
pub(super) fn described_for(operation: &Operation, goal: &Goal) -> String {
    match goal {
        Goal::Since(time) if tells_changes(operation) => format!("{MODIFIED} since {time:.0}"),
        Goal::After(_) if tells_changes(operation) => format!("{MODIFIED} since the last run"),
        _ => described(operation),
    }
}

/// The pages of a list. What cannot tell changes is read as a whole.
pub(super) fn pages(
    client: &Client,
    operation: &Operation,
    arguments: Map<String, Value>,
    goal: &Goal,
    position: Option<&desk_sdk::Position>,
) -> Pages<Value> {
    let call = client.invoke(operation.id, Value::Object(arguments));
    let changes = tells_changes(operation);
    let records = match (goal, position) {
        (Goal::Since(_) | Goal::After(_), Some(position)) if changes => call.modified_since(position),
        (Goal::Since(time), None) if changes => call.modified_since(Since::from(*time)),
        (Goal::After(end), None) if changes => call.modified_since(end),
        (_, Some(position)) => call.all().resume_from(position),
        (_, None) => call.all(),
    };
    records.pages()
}

/// A time as a person writes it: a point in time, or a day, which begins at midnight in UTC.
///
/// # Errors
///
/// If it is neither.
pub fn time(text: &str) -> Result<Timestamp, String> {
    let day = || format!("{text}T00:00:00Z").parse::<Timestamp>();
    text.parse::<Timestamp>()
        .or_else(|_| day())
        .map_err(|_| "it is not a time; write 2026-01-31, 2026-01-31T09:30:00Z or last".to_owned())
}

#[cfg(test)]
mod tests {
    use desk_sdk::operation;

    use super::*;

    #[test]
    fn times_may_be_days() {
        assert_eq!(time("2026-01-31").unwrap(), time("2026-01-31T00:00:00Z").unwrap());
        assert_eq!(time("2026-01-31T01:00:00+01:00").unwrap(), time("2026-01-31").unwrap());
        for wrong in ["", "yesterday", "2026-13-01", "31.01.2026"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn walks_are_described() {
        let of = |id: &str| described(operation(id).unwrap());
        assert_eq!(of("search_tickets"), "windows of createdTime");
        assert_eq!((of("get_agents"), of("get_channels")), ("index".to_owned(), "a single answer".to_owned()));
        let tells = |id: &str| tells_changes(operation(id).unwrap());
        assert!(tells("search_tickets") && !tells("get_agents") && !tells("get_channels"));
    }
}
