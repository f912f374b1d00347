//! Records as one plain line.

use serde_json::{Map, Value};

use super::Record;
use crate::key_field::{KeyField, USUAL_LENGTH};

/// Records as one plain line, for a terminal, a chat or a log: their [key fields](Record::KEY_FIELDS) with ` · ` between
/// them.
///
/// ```
/// use desk_sdk::Summary;
/// use desk_sdk::types::Ticket;
///
/// let ticket: Ticket = serde_json::from_str(
///     r#"{"id": "4000000008001", "ticketNumber": "101", "subject": "The printer is on fire", "status": "Open"}"#,
/// )?;
/// assert_eq!(ticket.line(), "101 · The printer is on fire · Open · 4000000008001");
/// assert_eq!(ticket.line_within(48), "101 · The printer is on… · Open · 4000000008001");
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// It is one line, whatever the record holds: line feeds and tabs become spaces; control characters, and marks that
/// change the direction of writing, are escaped. Fields that are empty leave no trace. A list has no line of its own, but
/// its records do.
pub trait Summary: Record {
    /// The record in at most 160 characters.
    fn line(&self) -> String {
        self.line_within(USUAL_LENGTH)
    }

    /// The record in at most this many characters. If that is too few, the longest fields are cut first.
    fn line_within(&self, longest: usize) -> String {
        let (slots, undeclared) = self.parts();
        if let Some(bare) = undeclared.bare() {
            return KeyField::line(&[], bare, longest);
        }
        let mut shown = Map::new();
        for start in Self::KEY_FIELDS.iter().flat_map(|field| field.starts()) {
            let slot = Self::FIELDS.iter().position(|name| *name == start).and_then(|index| slots.get(index));
            // What did not fit its field was kept beside it.
            let value = slot.and_then(|slot| slot.get()).or_else(|| undeclared.get(start).cloned());
            shown.extend(value.map(|value| (start.to_owned(), value)));
        }
        KeyField::line(Self::KEY_FIELDS, &Value::Object(shown), longest)
    }
}

impl<T: Record> Summary for T {}
