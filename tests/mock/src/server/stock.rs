//! The records, in a test's hands.

use serde_json::{Map, Value};

use crate::MockDesk;

impl MockDesk {
    /// Resets the records of all organizations to the built-in ones and removes added organizations. Tokens, limits and
    /// logs stay.
    pub fn reset_records(&self) {
        self.desk().records().reset();
    }

    /// Adds a record to the first organization as it is, whatever the API would say about it, and returns its id. For
    /// others, see [`in_organization`](Self::in_organization). If it has no id and times, it gets its own; anything
    /// else it lacks follows the collection's defaults. A record with the same id is replaced.
    ///
    /// # Panics
    ///
    /// If there is no such collection (the message lists them), the record is not an object, or its id is not made of
    /// digits.
    #[track_caller]
    pub fn insert(&self, collection: &str, record: Value) -> String {
        self.insert_for(None, collection, record)
    }

    #[track_caller]
    pub(crate) fn insert_for(&self, organization: Option<&str>, collection: &str, record: Value) -> String {
        let now = self.desk().now();
        let inserted = self.desk().records().insert(organization, collection, object(record), now);
        inserted.unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Adds this many records like the built-in ones: valid, with their own ids, numbers and times, ten minutes apart;
    /// the oldest dates from about three years before the server's start (for 2024-06-01: from 2021-01-01). Records
    /// that belong to others, such as comments, are spread over them.
    ///
    /// # Panics
    ///
    /// If there is no such collection (the message lists them), or if records that the built-in ones refer to were
    /// removed.
    #[track_caller]
    pub fn fill(&self, collection: &str, count: usize) {
        self.fill_for(None, collection, count, None);
    }

    /// Adds records as [`fill`](Self::fill) does, with some of their fields replaced: those that the function returns as
    /// an object for each record's index, which counts from 0. So a test chooses how times are distributed:
    ///
    /// ```no_run
    /// # async fn example() -> Result<(), desk_mock::StartError> {
    /// # use desk_mock::MockDesk;
    /// # use serde_json::json;
    /// # let desk = MockDesk::start().await?;
    /// // A hundred tickets each second.
    /// desk.fill_with("tickets", 6_000, |index| json!({ "createdTime": format!("2026-01-01T00:00:{:02}.000Z", index / 100) }));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Values are taken as they are, times too; written as Desk writes them, they are found fastest. A field may be
    /// `null`, and an `id` must be digits; a record with the same id is replaced.
    ///
    /// # Panics
    ///
    /// As [`fill`](Self::fill); and if a value is not an object, or an id is not made of digits.
    #[track_caller]
    pub fn fill_with(&self, collection: &str, count: usize, fields: impl Fn(usize) -> Value) {
        self.fill_for(None, collection, count, Some(&fields));
    }

    #[track_caller]
    pub(crate) fn fill_for(
        &self,
        organization: Option<&str>,
        collection: &str,
        count: usize,
        fields: Option<&dyn Fn(usize) -> Value>,
    ) {
        // All of them before the records are locked: the function may look at those.
        let given = fields.map(|fields| (0..count).map(|index| object(fields(index)).into_iter().collect()).collect());
        let filled = self.desk().records().fill(organization, collection, count, given.unwrap_or_default());
        filled.unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Sets fields of a record of the first organization, as if a user had changed it: its time of change is now unless
    /// the fields contain it, and its history shows the change. Fields that are not given stay as they are.
    ///
    /// # Panics
    ///
    /// If there is no such collection (the message lists them) or no such record, or if the fields are not an object or
    /// contain an `id`.
    #[track_caller]
    pub fn change(&self, collection: &str, id: &str, fields: Value) {
        self.change_for(None, collection, id, fields);
    }

    #[track_caller]
    pub(crate) fn change_for(&self, organization: Option<&str>, collection: &str, id: &str, fields: Value) {
        let now = self.desk().now();
        let changed = self.desk().records().change(organization, collection, id, object(fields), now);
        changed.unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// Deletes a record of the first organization for good, with everything within it, such as a ticket's comments.
    ///
    /// # Panics
    ///
    /// If there is no such collection (the message lists them) or no such record.
    #[track_caller]
    pub fn remove(&self, collection: &str, id: &str) {
        self.remove_for(None, collection, id);
    }

    #[track_caller]
    pub(crate) fn remove_for(&self, organization: Option<&str>, collection: &str, id: &str) {
        let removed = self.desk().records().delete(organization, collection, id, self.desk().now());
        removed.unwrap_or_else(|problem| panic!("{problem}"));
    }

    /// The full records of a collection that are not in the recycle bin, in the order in which they were created.
    ///
    /// # Panics
    ///
    /// If there is no such collection; the message lists them.
    #[track_caller]
    pub fn records(&self, collection: &str) -> Vec<Value> {
        self.records_of(None, collection)
    }

    #[track_caller]
    pub(crate) fn records_of(&self, organization: Option<&str>, collection: &str) -> Vec<Value> {
        let found = self.desk().records().look(organization, collection);
        found.unwrap_or_else(|problem| panic!("{problem}"))
    }
}

#[track_caller]
fn object(record: Value) -> Map<String, Value> {
    match record {
        Value::Object(record) => record,
        other => panic!("a record must be an object, not {other}"),
    }
}
