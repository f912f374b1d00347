//! The names of files and folders, and how ours are told from others.

use desk_sdk::jiff::Timestamp;
use desk_sdk::jiff::tz::TimeZone;

use crate::table::error::{Result, TableError};
use crate::table::writer::Format;

/// What the folders of months are named by, and the column that databases make of it.
pub(crate) const MONTH: &str = "month";

/// What the folders of runs are named by, and the column that databases make of it.
pub(crate) const RUN: &str = "run";

/// The name that databases give the folder of records without a value.
const NO_VALUE: &str = "__HIVE_DEFAULT_PARTITION__";

/// How many digits a number has at least, so that names sort.
const DIGITS: usize = 6;

const LONGEST_NAME: usize = 100;

/// The formats, for what their files' names end with.
const FORMATS: [Format; 3] = [Format::Parquet, Format::Csv, Format::JsonLines];

/// The month of a record; `None` if it has no time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(Option<(i16, i8)>);

impl Month {
    /// The month, in UTC, of a time in milliseconds. Years that a name has no room for count as none.
    pub(crate) fn of(time: Option<i64>) -> Self {
        let date = time.and_then(|time| Timestamp::from_millisecond(time).ok());
        let date = date.map(|time| time.to_zoned(TimeZone::UTC)).filter(|date| date.year() >= 0);
        Self(date.map(|date| (date.year(), date.month())))
    }

    /// The name of its folder.
    pub(crate) fn folder(&self) -> String {
        match self.0 {
            Some((year, month)) => format!("{MONTH}={year:04}-{month:02}"),
            None => format!("{MONTH}={NO_VALUE}"),
        }
    }
}

/// Whether a folder's name is that of a month.
pub(crate) fn is_month(name: &str) -> bool {
    let Some(value) = name.strip_prefix(MONTH).and_then(|rest| rest.strip_prefix('=')) else { return false };
    let digits = |digits: &str, count| digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = value.split_once('-').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2));
    is_date || value == NO_VALUE
}

/// The name of a run's folder.
pub(crate) fn run_folder(run: u32) -> String {
    format!("{RUN}={run}")
}

/// The number of a run, if the folder's name is one that we give.
pub(crate) fn run_number(name: &str) -> Option<u32> {
    let run = name.strip_prefix(RUN)?.strip_prefix('=')?.parse().ok()?;
    (run_folder(run) == name).then_some(run)
}

/// The run that a file belongs to, by its path below the root.
pub(crate) fn run_of(path: &str) -> Option<u32> {
    path.split('/').find_map(run_number)
}

/// The name of a file.
pub(crate) fn file_name(resource: &str, number: u64, format: Format) -> String {
    format!("{resource}-{number:0DIGITS$}.{}", format.extension())
}

/// The number of a file of a resource, if the name is one that we give.
pub(crate) fn number(resource: &str, name: &str) -> Option<u64> {
    let (stem, extension) = name.strip_prefix(resource)?.strip_prefix('-')?.split_once('.')?;
    let number: u64 = stem.parse().ok()?;
    let format = FORMATS.into_iter().find(|format| format.extension() == extension)?;
    (file_name(resource, number, format) == name).then_some(number)
}

/// Whether a path, relative to the root, is a place where we put files of a resource.
pub(crate) fn is_part_of(resource: &str, path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let [folder, between @ .., name] = parts.as_slice() else { return false };
    let is_place = match between {
        [] => true,
        [one] => is_month(one) || run_number(one).is_some(),
        [run, month] => run_number(run).is_some() && is_month(month),
        _ => false,
    };
    *folder == resource && is_place && number(resource, name).is_some()
}

/// Refuses a name that could leave the root, or that some system does not accept.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(known) {
        return Err(TableError::Name { name: name.to_owned() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_utc() {
        let of = |text: &str| Month::of(text.parse::<Timestamp>().ok().map(|time| time.as_millisecond())).folder();
        assert_eq!(of("2024-05-31T23:59:59.999Z"), "month=2024-05");
        assert_eq!(of("2024-05-31T23:30:00-01:00"), "month=2024-06");
        assert_eq!(of("-000100-05-31T00:00:00Z"), "month=__HIVE_DEFAULT_PARTITION__");
        assert_eq!(Month::of(None).folder(), "month=__HIVE_DEFAULT_PARTITION__");
        for name in [of("2024-05-31T23:59:59.999Z"), Month::of(None).folder()] {
            assert!(is_month(&name), "{name}");
        }
    }

    #[test]
    fn only_our_own_names_are_taken_for_ours() {
        assert!(is_part_of("tickets", "tickets/month=2024-05/tickets-000001.parquet"));
        assert!(is_part_of("tickets", "tickets/month=__HIVE_DEFAULT_PARTITION__/tickets-1234567.csv"));
        assert!(is_part_of("tickets", "tickets/tickets-000012.jsonl"));
        assert!(is_part_of("tickets", "tickets/run=2/tickets-000012.jsonl"));
        assert!(is_part_of("tickets", "tickets/run=12/month=2024-05/tickets-000012.jsonl"));
        for other in [
            "tickets-000001.parquet",
            "tickets/tickets-1.parquet",
            "tickets/tickets-000001.parquet.bak",
            "tickets/tickets-+00001.parquet",
            "tickets/agents-000001.parquet",
            "tickets/../tickets-000001.parquet",
            "tickets/month=May/tickets-000001.parquet",
            "tickets/run=02/tickets-000001.parquet",
            "tickets/month=2024-05/run=2/tickets-000001.parquet",
            "tickets/run=2/run=2/tickets-000001.parquet",
            "agents/tickets-000001.parquet",
            "tickets/month=2024-05/../tickets-000001.parquet",
            "tickets/tickets-000001.txt",
        ] {
            assert!(!is_part_of("tickets", other), "{other}");
        }
    }

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        assert!(check_name("ticket_comments-2").is_ok());
        for name in ["", ".", "..", "a/b", "a\\b", "a b", "ä", &"a".repeat(101)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
