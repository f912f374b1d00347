//! The records of one of several organizations, in a test's hands.

use serde_json::Value;

use crate::MockDesk;

/// An organization of a server. Its records are its own: no call for another one sees or changes them.
///
/// Initially they are the built-in ones, with ids that no other organization has.
#[derive(Debug)]
pub struct Organization<'d> {
    desk: &'d MockDesk,
    id: String,
}

impl MockDesk {
    /// The ids of the organizations, in order; there is one, unless a test adds others.
    pub fn organizations(&self) -> Vec<String> {
        self.desk().organizations()
    }

    /// Adds an organization with this name and its own records, and returns its id. Calls for users of several
    /// organizations must name the one they are for.
    pub fn add_organization(&self, name: &str) -> String {
        self.insert("organizations", serde_json::json!({ "companyName": name }))
    }

    /// One of the organizations, to inspect and change its records.
    ///
    /// # Panics
    ///
    /// When there is no such organization; the message lists them.
    #[track_caller]
    pub fn in_organization(&self, id: &str) -> Organization<'_> {
        let known = self.organizations();
        assert!(known.iter().any(|known| known == id), "there is no organization {id:?}, only {}", known.join(", "));
        Organization { desk: self, id: id.to_owned() }
    }
}

impl Organization<'_> {
    /// As [`MockDesk::insert`], for this organization.
    ///
    /// # Panics
    ///
    /// As that.
    #[track_caller]
    pub fn insert(&self, collection: &str, record: Value) -> String {
        self.desk.insert_for(Some(&self.id), collection, record)
    }

    /// As [`MockDesk::fill`], for this organization.
    ///
    /// # Panics
    ///
    /// As that.
    #[track_caller]
    pub fn fill(&self, collection: &str, count: usize) {
        self.desk.fill_for(Some(&self.id), collection, count, None);
    }

    /// As [`MockDesk::fill_with`], for this organization.
    ///
    /// # Panics
    ///
    /// As that.
    #[track_caller]
    pub fn fill_with(&self, collection: &str, count: usize, fields: impl Fn(usize) -> Value) {
        self.desk.fill_for(Some(&self.id), collection, count, Some(&fields));
    }

    /// As [`MockDesk::change`], for this organization.
    ///
    /// # Panics
    ///
    /// As that.
    #[track_caller]
    pub fn change(&self, collection: &str, id: &str, fields: Value) {
        self.desk.change_for(Some(&self.id), collection, id, fields);
    }

    /// As [`MockDesk::remove`], for this organization.
    ///
    /// # Panics
    ///
    /// As that.
    #[track_caller]
    pub fn remove(&self, collection: &str, id: &str) {
        self.desk.remove_for(Some(&self.id), collection, id);
    }

    /// As [`MockDesk::records`], for this organization.
    ///
    /// # Panics
    ///
    /// As that.
    #[track_caller]
    pub fn records(&self, collection: &str) -> Vec<Value> {
        self.desk.records_of(Some(&self.id), collection)
    }
}
