//! The operations, each with where its scopes are known from.

use std::sync::OnceLock;

use desk_sdk::Operation;

use super::origin::{Evidence, Fact, Origin, origins};

/// An operation, and where its scopes are known from.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The operation.
    pub operation: &'static Operation,
    origin: Option<&'static Origin>,
}

impl Entry {
    fn of(operation: &'static Operation) -> Self {
        Self { operation, origin: origins().get(operation.alias_of.unwrap_or(operation.id)) }
    }

    /// The cargo feature that enables it.
    pub fn family(&self) -> &'static str {
        self.origin.map_or("", |origin| origin.family)
    }

    /// The file of the spec that describes it.
    pub fn file(&self) -> &'static str {
        self.origin.map_or("", |origin| origin.file)
    }

    /// What this project adds to the API's description of its access.
    pub fn facts(&self) -> &'static [Fact] {
        self.origin.map_or(&[], |origin| &origin.facts)
    }

    /// How far its scopes can be trusted: as far as the weakest fact.
    pub fn evidence(&self) -> Evidence {
        self.facts().iter().map(|fact| fact.evidence).max().unwrap_or(Evidence::Upstream)
    }

    /// What is special about its scopes, in a word or two; mostly nothing.
    pub fn remark(&self) -> &'static str {
        match (self.operation.cookie_only, self.operation.doubtful_scopes) {
            (true, _) => "by cookie or key",
            (_, true) => "in doubt",
            _ => "",
        }
    }
}

/// Every operation, sorted by id; aliases are left out.
pub fn entries() -> &'static [Entry] {
    static READ: OnceLock<Vec<Entry>> = OnceLock::new();
    READ.get_or_init(|| {
        let operations = desk_sdk::operations().filter(|operation| operation.alias_of.is_none());
        let mut entries: Vec<Entry> = operations.map(Entry::of).collect();
        entries.sort_by_key(|entry| entry.operation.id);
        entries
    })
}

/// The operation with this id or alias.
pub fn entry(id: &str) -> Option<Entry> {
    desk_sdk::operation(id).map(Entry::of)
}
