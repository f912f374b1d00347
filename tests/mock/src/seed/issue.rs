//! Tables for one of several organizations, from a certain day.

use std::borrow::Cow;

use crate::common::calendar::{Calendar, Shift};

/// The prefix of the ids in the tables, the first id with it, and how many have it.
const IDS: &str = "189200000000";
const IDS_FIRST: u64 = 189_200_000_000_000_000;
const PER_START: u64 = 1_000_000;

/// How far apart the ids of organizations are.
const APART: u64 = 10_000_000_000;

/// For whom the tables are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Issue {
    /// The place of the organization among all that there were.
    organization: usize,
    /// How the times of the records are moved.
    pub(crate) shift: Shift,
}

impl Issue {
    pub(crate) fn new(organization: usize, calendar: Calendar) -> Self {
        Self { organization, shift: calendar.shift() }
    }

    /// The ids of the tables as those of the organization: no two have the same.
    pub(crate) fn id(self, id: u64) -> u64 {
        let organization = u64::try_from(self.organization).unwrap_or_default();
        id.saturating_add(organization.saturating_mul(APART))
    }

    /// The first organization, with times as written in the tables.
    pub(super) fn first() -> Self {
        Self { organization: 0, shift: Shift::default() }
    }

    pub(super) fn is_first(self) -> bool {
        self.organization == 0
    }

    /// A table with the organization's ids.
    pub(super) fn text(self, file: &'static str) -> Cow<'static, str> {
        if self.is_first() {
            return Cow::Borrowed(file);
        }
        Cow::Owned(file.replace(IDS, &(self.id(IDS_FIRST) / PER_START).to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_organizations_differ() {
        let issue = |organization| Issue { organization, ..Issue::first() };
        assert_eq!(issue(0).text("\"189200000000071001\""), "\"189200000000071001\"");
        assert_eq!(issue(1).text("\"189200000000071001\""), "\"189200010000071001\"");
        assert_eq!(issue(1).id(189_200_000_001_000_001), 189_200_010_001_000_001);
    }
}
