//! The built-in records and the routes that serve them: what stands in `data/`.

mod act;
mod form;
mod given;
mod modules;
mod tells;

use std::borrow::Cow;

use crate::calendar::{Calendar, Shift};

pub(crate) use act::{Act, Moves, Named, Pick, Rows};
pub(crate) use form::{Collection, Companion, Count, Include, Record, Test};
pub(crate) use given::{Conditions, Given, Values};
pub(crate) use modules::Modules;
pub(crate) use tells::{Events, Tells};

/// Every collection, in the order in which they refer to one another.
const FILES: [&str; 27] = [
    include_str!("data/organizations.json"),
    include_str!("data/agents.json"),
    include_str!("data/departments.json"),
    include_str!("data/teams.json"),
    include_str!("data/accounts.json"),
    include_str!("data/contacts.json"),
    include_str!("data/products.json"),
    include_str!("data/tags.json"),
    include_str!("data/tickets.json"),
    include_str!("data/threads.json"),
    include_str!("data/tasks.json"),
    include_str!("data/calls.json"),
    include_str!("data/events.json"),
    include_str!("data/comments.json"),
    include_str!("data/time_entries.json"),
    include_str!("data/attachments.json"),
    include_str!("data/uploads.json"),
    include_str!("data/categories.json"),
    include_str!("data/articles.json"),
    include_str!("data/translations.json"),
    include_str!("data/module_records.json"),
    include_str!("data/history.json"),
    include_str!("data/agent_performance.json"),
    include_str!("data/agent_status.json"),
    include_str!("data/agent_skills.json"),
    include_str!("data/session_analytics.json"),
    include_str!("data/pins.json"),
];

/// The tables of all collections.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub(crate) collections: Vec<Collection>,
    pub(crate) modules: Modules,
}

impl Seed {
    /// The collections that all organizations share, and those that each has for itself.
    pub(crate) fn parted(self) -> (Self, Self) {
        let (shared, own) = self.collections.into_iter().partition(|collection| collection.shared);
        (Self { collections: shared, modules: self.modules.clone() }, Self { collections: own, modules: self.modules })
    }
}

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

    fn text(self, file: &'static str) -> Cow<'static, str> {
        if self.organization == 0 {
            return Cow::Borrowed(file);
        }
        Cow::Owned(file.replace(IDS, &(self.id(IDS_FIRST) / PER_START).to_string()))
    }
}

/// How the ids of the tables begin, the first id that does, and how many do.
const IDS: &str = "189200000000";
const IDS_FIRST: u64 = 189_200_000_000_000_000;
const PER_START: u64 = 1_000_000;

/// How far apart the ids of organizations are.
const APART: u64 = 10_000_000_000;

/// The tables as they are written.
#[cfg(test)]
pub(crate) fn as_written() -> Seed {
    read(Issue::new(0, Calendar::as_written())).expect("what is built in can be read")
}

/// Reads the files that are built in.
pub(crate) fn read(issue: Issue) -> Result<Seed, serde_json::Error> {
    let read = |file: &&'static str| {
        let mut collection: Collection = serde_json::from_str(&issue.text(file))?;
        collection.records.iter_mut().for_each(|record| issue.shift.record(record));
        Ok(collection)
    };
    let collections = FILES.iter().map(read).collect::<Result<_, serde_json::Error>>()?;
    let modules = serde_json::from_str(include_str!("data/modules.json"))?;
    Ok(Seed { collections, modules })
}
