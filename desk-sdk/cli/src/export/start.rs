//! Where the export of a resource starts: at the beginning, where it was left, or with what has changed.

use std::path::Path;

use desk_sdk::jiff::Timestamp;
use serde_json::{Map, Value};

use super::error::ExportError;
use super::place::{Goal, Place};
use super::settings::{Changes, Settings};
use crate::table::Resource;

/// Where it starts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start {
    /// At the beginning, or with the changes that are wanted.
    First(Goal),
    /// Where it was left.
    Resume(Place),
    /// With what has changed since it was finished.
    Changes(Place, Goal),
    /// Everything is there.
    Complete(Place),
}

impl Start {
    /// Where a resource starts, by what the manifest knows of it.
    pub(super) fn of(name: &str, known: Option<&Resource>, settings: &Settings) -> Result<Self, ExportError> {
        let at = settings.to.display();
        let Some(known) = known.filter(|known| !known.position.is_null()) else {
            return Ok(Self::First(match settings.since {
                Some(Changes::Since(time)) => Goal::Since(time),
                Some(Changes::Last) | None => Goal::All,
            }));
        };
        let place = Place::from_value(&known.position).map_err(|error| broken(name, &settings.to, &error))?;
        match (known.finished, settings.resume, settings.since) {
            (false, true, _) => Ok(Self::Resume(place)),
            (false, false, _) => Err(ExportError::usage(format!(
                "the export of {name} in {at} is not finished; continue it with --resume, or choose another folder"
            ))),
            (true, _, Some(Changes::Last)) => {
                let goal = place.changes();
                Ok(Self::Changes(place, goal))
            }
            // The same command again, of which this part is done.
            (true, true, Some(Changes::Since(time))) if place.goal == Goal::Since(time) => Ok(Self::Complete(place)),
            (true, _, Some(Changes::Since(time))) => Ok(Self::Changes(place, Goal::Since(time))),
            (true, true, None) => Ok(Self::Complete(place)),
            (true, false, None) => Err(ExportError::usage(format!(
                "{name} was exported to {at} already; add what has changed with --since last, or choose another folder"
            ))),
        }
    }

    /// What a person is told about it.
    pub(super) fn action(&self) -> &'static str {
        match self {
            Self::First(Goal::All) => "export",
            Self::First(_) => "export changes",
            Self::Resume(_) => "resume",
            Self::Changes(..) => "add changes",
            Self::Complete(_) => "nothing new",
        }
    }

    /// The place to read from; `calls` are those of a new run.
    pub(super) fn place(self, calls: Vec<Map<String, Value>>, now: Timestamp) -> Place {
        match self {
            Self::First(goal) => Place::first(calls, goal, now),
            Self::Changes(last, goal) => last.next(calls, goal, now),
            Self::Resume(place) | Self::Complete(place) => place,
        }
    }

    /// Whether only what has changed is wanted.
    pub(super) fn wants_changes(&self) -> bool {
        match self {
            Self::First(goal) | Self::Changes(_, goal) => *goal != Goal::All,
            Self::Resume(place) | Self::Complete(place) => place.goal != Goal::All,
        }
    }

    /// Where the last run is.
    pub(super) fn last(&self) -> Option<&Place> {
        match self {
            Self::First(_) => None,
            Self::Resume(place) | Self::Changes(place, _) | Self::Complete(place) => Some(place),
        }
    }

    /// The arguments of the calls, if an earlier run knows them.
    pub(super) fn calls(&self) -> Option<Vec<Map<String, Value>>> {
        match self {
            Self::Resume(place) | Self::Complete(place) => Some(place.calls.clone()),
            Self::First(_) | Self::Changes(..) => None,
        }
    }
}

/// The error for a position that cannot be one.
pub(super) fn broken(name: &str, to: &Path, reason: &str) -> ExportError {
    ExportError::usage(format!(
        "the manifest in {} has a position of {name} that cannot be read ({reason}); restore it from a copy, or choose \
         another folder",
        to.display()
    ))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::export::settings::Wanted;
    use crate::table::Format;

    fn settings(resume: bool, since: Option<Changes>) -> Settings {
        Settings {
            to: PathBuf::from("export"),
            wanted: Wanted::Everything,
            format: Format::Csv,
            children: Vec::new(),
            files: false,
            since,
            resume,
            where_known: false,
            parallel: 1,
            limit: None,
            file_rows: 1,
            dry_run: false,
        }
    }

    fn known(place: &Place, finished: bool) -> Resource {
        Resource {
            operation: "search_tickets".to_owned(),
            walk: String::new(),
            format: Format::Csv,
            columns: String::new(),
            by_month: false,
            files: Vec::new(),
            position: place.to_value(),
            credits: 0,
            finished,
        }
    }

    #[test]
    fn what_is_there_decides_where_it_starts() {
        let day = Timestamp::UNIX_EPOCH;
        let (last, since) = (Some(Changes::Last), Some(Changes::Since(day)));
        let place = Place::first(vec![Map::new()], Goal::All, day);
        let start = |finished: bool, resume, since| {
            Start::of("tickets", Some(&known(&place, finished)), &settings(resume, since)).map(|start| start.action())
        };
        assert_eq!(start(false, true, None).unwrap(), "resume");
        assert_eq!(start(false, true, last).unwrap(), "resume");
        assert_eq!(start(true, false, last).unwrap(), "add changes");
        assert_eq!(start(true, true, since).unwrap(), "add changes");
        assert_eq!(start(true, true, None).unwrap(), "nothing new");
        for (finished, since) in [(false, None), (false, last), (true, None)] {
            assert!(start(finished, false, since).is_err(), "{finished} {since:?}");
        }
        let fresh = |since| Start::of("tickets", None, &settings(false, since)).unwrap();
        assert_eq!((fresh(None), fresh(last)), (Start::First(Goal::All), Start::First(Goal::All)));
        assert_eq!(fresh(since), Start::First(Goal::Since(day)));
        let changes = Place::first(vec![Map::new()], Goal::Since(day), day);
        let again = Start::of("tickets", Some(&known(&changes, true)), &settings(true, since)).unwrap();
        assert_eq!(again, Start::Complete(changes));
    }
}
