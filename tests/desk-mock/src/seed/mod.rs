//! The built-in records and the routes that serve them: what stands in `data/`.

mod act;
mod form;
mod given;
mod modules;

pub(crate) use act::{Act, Named, Pick};
pub(crate) use form::{Collection, Count, Include, Record, Test};
pub(crate) use given::{Conditions, Given, Values};
pub(crate) use modules::Modules;

/// Every collection, in the order in which they refer to one another.
const FILES: [&str; 19] = [
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
];

/// The tables of all collections.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub(crate) collections: Vec<Collection>,
    pub(crate) modules: Modules,
}

/// Reads the files that are built in.
pub(crate) fn read() -> Result<Seed, serde_json::Error> {
    let collections = FILES.iter().map(|file| serde_json::from_str(file)).collect::<Result<_, _>>()?;
    let modules = serde_json::from_str(include_str!("data/modules.json"))?;
    Ok(Seed { collections, modules })
}
