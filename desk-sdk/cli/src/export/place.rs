//! How far the export of a list has got, as the manifest keeps it.

use desk_sdk::Position;
use desk_sdk::jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How much earlier than the start of a run the next one looks for changes, where only the time is known: the clock of
/// this computer may be behind.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// How far a resource has been exported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    /// The number of the run, counted from 1.
    pub(super) run: u32,
    /// When the run started.
    pub(super) started: Timestamp,
    /// What the run reads.
    pub(super) goal: Goal,
    /// The arguments of each call.
    pub(super) calls: Vec<Map<String, Value>>,
    /// The call that is being read, counted from 0.
    pub(super) call: usize,
    /// Where it continues; none at its beginning.
    pub(super) position: Option<Position>,
    /// Whether Desk has refused to give more of the list by index.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) too_deep: bool,
}

/// What a run reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Goal {
    /// All records.
    All,
    /// What has changed since a time.
    Since(Timestamp),
    /// What has changed since the end of an earlier run.
    After(Position),
}

impl Place {
    /// The beginning of the first run.
    pub(super) fn first(calls: Vec<Map<String, Value>>, goal: Goal, now: Timestamp) -> Self {
        Self { run: 1, started: now, goal, calls, call: 0, position: None, too_deep: false }
    }

    /// The beginning of the next run.
    pub(super) fn next(&self, calls: Vec<Map<String, Value>>, goal: Goal, now: Timestamp) -> Self {
        Self { run: self.run.saturating_add(1), ..Self::first(calls, goal, now) }
    }

    /// What has changed since this run, which is finished.
    pub(super) fn changes(&self) -> Goal {
        match (&self.goal, &self.position) {
            (Goal::Since(_) | Goal::After(_), Some(position)) if self.calls.len() == 1 => Goal::After(position.clone()),
            _ => Goal::Since(self.started.checked_sub(MARGIN).unwrap_or(self.started)),
        }
    }

    pub(super) fn from_value(value: &Value) -> Result<Self, String> {
        Self::deserialize(value).map_err(|error| error.to_string())
    }

    pub(super) fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// How far the lists of records' own have been exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChildPlace {
    /// The file of the parents.
    pub(super) file: String,
    /// How many of its parents are done.
    pub(super) parents: u64,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_written_and_read_again() {
        let calls = vec![json!({ "departmentId": "7" }).as_object().unwrap().clone()];
        let place = Place::first(calls.clone(), Goal::All, Timestamp::UNIX_EPOCH);
        assert_eq!(Place::from_value(&place.to_value()), Ok(place.clone()));
        let since = place.next(calls, place.changes(), Timestamp::UNIX_EPOCH);
        assert_eq!((since.run, &since.goal), (2, &Goal::Since("1969-12-31T23:55:00Z".parse().unwrap())));
        assert_eq!(Place::from_value(&since.to_value()), Ok(since));
        assert!(Place::from_value(&json!(7)).is_err());
    }

    #[test]
    fn changes_continue_where_changes_ended() {
        let position: Position = serde_json::from_value(json!({
            "operation": "search_tickets", "call": "00", "records": 7, "by": "offset", "from": 7, "seen": [],
        }))
        .unwrap();
        let goal = Goal::Since(Timestamp::UNIX_EPOCH);
        let mut place = Place::first(vec![Map::new()], goal, Timestamp::UNIX_EPOCH);
        place.position = Some(position.clone());
        assert_eq!(place.changes(), Goal::After(position));
        // The position after all records says nothing about changes.
        place.goal = Goal::All;
        assert!(matches!(place.changes(), Goal::Since(_)));
    }
}
