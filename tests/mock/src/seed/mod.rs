//! The built-in records and the routes that serve them, from `data/`.

mod act;
mod form;
mod given;
mod issue;
mod modules;
mod tells;

use std::sync::OnceLock;

#[cfg(test)]
use crate::common::calendar::Calendar;

pub(crate) use act::{Act, Moves, Named, Pick, Rows};
pub(crate) use form::{Collection, Companion, Count, Include, Record, Test};
pub(crate) use given::{Conditions, Given, Values};
pub(crate) use issue::Issue;
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
    /// The collections shared by all organizations, and those that each has for itself.
    pub(crate) fn parted(self) -> (Self, Self) {
        let (shared, own) = self.collections.into_iter().partition(|collection| collection.shared);
        (Self { collections: shared, modules: self.modules.clone() }, Self { collections: own, modules: self.modules })
    }
}

/// The tables as written.
#[cfg(test)]
pub(crate) fn as_written() -> Seed {
    read(Issue::new(0, Calendar::as_written())).expect("what is built in can be read")
}

/// The tables of an organization, with their times moved.
pub(crate) fn read(issue: Issue) -> Result<Seed, serde_json::Error> {
    let mut seed = if issue.is_first() { first()?.clone() } else { parse(issue)? };
    for collection in &mut seed.collections {
        collection.records.iter_mut().for_each(|record| issue.shift.record(record));
    }
    Ok(seed)
}

/// The tables as written. Reading them takes a moment in a debug build, so all servers of a process copy one.
fn first() -> Result<&'static Seed, serde_json::Error> {
    static FIRST: OnceLock<Seed> = OnceLock::new();
    if let Some(seed) = FIRST.get() {
        return Ok(seed);
    }
    let seed = parse(Issue::first())?;
    Ok(FIRST.get_or_init(|| seed))
}

/// Reads the files that are built in.
fn parse(issue: Issue) -> Result<Seed, serde_json::Error> {
    let collections = FILES.iter().map(|file| serde_json::from_str(&issue.text(file)));
    let modules = serde_json::from_str(include_str!("data/modules.json"))?;
    Ok(Seed { collections: collections.collect::<Result<_, _>>()?, modules })
}
