//! Calls by the operation's name, with arguments and answers as JSON, for tools and assistants.
//!
//! [`Client::invoke`](crate::Client::invoke) makes the same call as the typed method, with the same rules for values,
//! the same risk and scope checks and the same retries. What the compiler checks for the typed method is checked here
//! when the call is made. A request with an undeclared name is not sent: a misspelt filter is an error, not a longer
//! list.
//!
//! ```no_run
//! use desk_sdk::Client;
//! use serde_json::json;
//!
//! # async fn example(client: Client) -> desk_sdk::Result<()> {
//! let tickets = client.invoke("get_tickets", json!({ "limit": 50, "include": ["contacts"] })).await?;
//! println!("{}", tickets["data"][0]["subject"]);
//!
//! let refused = client.invoke("get_tickets", json!({ "department_ids": ["1001"] })).await;
//! if let Err(error) = refused {
//!     println!("{error}"); // … did you mean "departmentIds"? …
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Arguments
//!
//! A JSON object, or null for none. Its keys are wire names: path, query and header parameters, and the fields of a
//! body that is a record, side by side.
//!
//! - `body` may contain fields of the body as well. This is the only way to set a field that has the same name as a
//!   parameter: at the top level, the name means the parameter. A body that is not a record is given as `body`. If the
//!   operation has a parameter or field called `body`, that is what `body` means.
//! - A file is `{"name": "a.png", "base64": "…", "media_type": "image/png"}`; the media type is optional. Raw bytes
//!   have the same form without a name. Paths on disk are never accepted: arguments may come from a model that was
//!   tricked into reading a file it should not, so the program itself has to decide which files it reads.
//! - Null clears a field, if it can be cleared.
//! - Keys that start with `cf_` are custom fields, both in a body and in its records.
//! - An operation with [undocumented parameters](crate::Operation::undocumented_query) accepts any further key with
//!   text, a number, true or false as a query parameter.
//! - Ids are best given as text, since many programs lose digits of large numbers; both forms are accepted.
//!
//! # Answers
//!
//! The JSON as received, not converted to the declared type; null if there was no body. A file is `{"media_type":
//! "image/png", "size": 68, "base64": "…"}`, up to [`LARGEST_FILE`].
//!
//! # Records
//!
//! [`record_shape`] tells what the records of an answer look like, for programs that store them in tables.
//! [`key_fields`] says which of an answer's fields people recognise its records by, and
//! [`KeyField::line`](crate::KeyField::line) shows a record as one plain line.
//!
//! # Resources
//!
//! [`resources`] tells which lists are worth keeping a copy of, and how each of them is read as a whole; [`metrics`]
//! tells which figures are worth a snapshot.
//!
//! # The catalogue
//!
//! [`catalogue`] returns all enabled operations as JSON, each with a JSON Schema of its arguments that can be given to
//! an assistant as a tool's input. [`catalogue_of`] returns one of them.
//!
//! ```
//! let operation = desk_sdk::by_name::catalogue_of("get_tickets")?;
//! assert_eq!(operation["risk"], "safe");
//! assert_eq!(operation["arguments"]["properties"]["limit"]["maximum"], 100);
//! assert_eq!(operation["arguments"]["additionalProperties"], false);
//! # Ok::<(), desk_sdk::Error>(())
//! ```

mod answer;
mod arguments;
mod invocation;
mod limits;
mod list;
mod listing;
mod lookup;
mod metrics;
mod records;
mod resources;
mod schema;
#[cfg(test)]
mod tests;
mod upload;
mod uses;

pub use self::answer::LARGEST_FILE;
pub use self::invocation::Invocation;
pub use self::listing::{catalogue, catalogue_of};
pub use self::metrics::{Metric, metric, metrics};
pub use self::records::{answers_with_file, answers_with_list, record_shape};
pub use self::resources::{Attachments, Child, Each, Resource, resource, resources};
pub use self::uses::most_used;
pub use crate::unknown_name::{UnknownArgument, UnknownOperation};

use crate::catalogue::AnswerKind;
use crate::key_field::KeyField;
use crate::record::{DecodeError, Mismatches};

/// Reads a body as the typed answer of an operation, given by its id (`get_tickets`) or by its name in the API's own
/// description (`getTickets`).
///
/// The result lists the values that do not fit, a thousand at most. `None` if no enabled operation has that name.
///
/// ```
/// use desk_sdk::by_name::read_answer;
///
/// let good = read_answer("get_tickets", br#"{"data": [{"id": 4000000008001, "isSpam": "false"}]}"#);
/// assert!(good.unwrap().unwrap().is_empty());
///
/// let bad = read_answer("get_tickets", br#"{"data": [{"isSpam": "perhaps"}]}"#);
/// let mismatches = bad.unwrap().unwrap();
/// assert_eq!(mismatches[0].to_string(), "data[0].isSpam: expected true or false, found \"perhaps\"");
/// ```
pub fn read_answer(operation: &str, body: &[u8]) -> Option<Result<Mismatches, DecodeError>> {
    Some(match lookup::entry(operation)?.answer {
        AnswerKind::Json(typed) => (typed.read)(body),
        AnswerKind::Empty | AnswerKind::Bytes => Ok(Mismatches::default()),
    })
}

/// The fields by which people recognise the records in an operation's answer, such as for the columns of a table. They
/// are the `KEY_FIELDS` of the typed record; for a list, those of the records in it. An operation that answers nothing,
/// a file or something without such fields has none. `None` if no enabled operation has that name.
///
/// ```
/// use desk_sdk::KeyField;
/// use desk_sdk::by_name::key_fields;
/// use serde_json::json;
///
/// let fields = key_fields("get_tickets").unwrap();
/// let ticket = json!({ "ticketNumber": "101", "subject": "The printer is on fire", "status": "Open" });
/// assert_eq!(KeyField::line(fields, &ticket, 80), "101 · The printer is on fire · Open");
/// ```
pub fn key_fields(operation: &str) -> Option<&'static [KeyField]> {
    Some(lookup::entry(operation)?.key_fields)
}

/// What an operation may take in addition to its declared names.
fn is_custom_field(name: &str) -> bool {
    name.starts_with("cf_")
}
