//! How changes to records are recorded in another collection, as in a ticket's history.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::form::Record;

/// The events for a collection's changes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tells {
    /// The collection of the events.
    pub(crate) to: String,
    /// The field with the id of the event's record; `id` for the changed record itself.
    pub(crate) of: String,
    /// The field of an event that holds that id.
    pub(crate) by: String,
    #[serde(default)]
    pub(crate) added: Option<String>,
    #[serde(default)]
    pub(crate) changed: Option<String>,
    #[serde(default)]
    pub(crate) removed: Option<String>,
    #[serde(default)]
    pub(crate) trashed: Option<String>,
    #[serde(default)]
    pub(crate) restored: Option<String>,
    /// Fields with lists of ids: the event names for additions and for removals.
    #[serde(default)]
    pub(crate) lists: BTreeMap<String, (String, String)>,
    /// A field and a value that suppress events, such as that of a draft.
    #[serde(default)]
    pub(crate) unless: Option<(String, Value)>,
}

/// How a collection holds the events of others.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Events {
    /// The field with an event's name.
    pub(crate) name: String,
    /// The field with the changes, one object for each changed field.
    pub(crate) changes: String,
    /// The fields of such an object.
    pub(crate) change: ChangeForm,
    /// The field with the names of the changed fields.
    pub(crate) fields: String,
    /// The word for the kind of a value, by its JSON kind: `text`, `number`, `boolean`, `list`, `time`, `record`.
    pub(crate) kinds: BTreeMap<String, String>,
    /// The word for the kind of a record that a value is the id of, and the field with its name, by its collection.
    pub(crate) records: BTreeMap<String, (String, String)>,
}

/// How one changed field is recorded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeForm {
    /// The key for the changed field's name.
    pub(crate) field: String,
    /// The key for the kind of its value.
    pub(crate) kind: String,
    /// The key for the value, an object, and that object's keys: of a record its id, name and kind, else a text alone.
    pub(crate) value: String,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) of: String,
    /// Further fields of every change.
    pub(crate) also: Record,
}
