//! Calls by the operation's name, with arguments and answers as JSON, for tools and assistants.
//!
//! [`Client::invoke`](crate::Client::invoke) makes the call that the typed method makes: the same
//! rules for values, the same checks of risk and scopes, the same repetition. What the compiler
//! checks for the typed method is checked here when the call is made, and no request is made for a
//! name that nobody declared: a filter that is misspelt is an error, not a longer list.
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
//! A JSON object, or null for none. Its keys are names as they stand on the wire: path, query and
//! header parameters, and the fields of a body that is a record, side by side.
//!
//! - `body` may hold fields of the body as well. That is the only way to a field that is named like
//!   a parameter: beside the others, the name means the parameter. A body that is no record is given
//!   as `body`. Where the operation has a parameter or a field of that very name, `body` is that.
//! - A file is `{"name": "a.png", "base64": "…", "media_type": "image/png"}`; the media type may be
//!   left out. Raw bytes are the same without a name. A path on the disk is never taken: arguments
//!   may come from a model that was talked into reading a file that is none of its business, so
//!   that the program itself has to decide which files it reads.
//! - Null empties a field, where it may be emptied.
//! - Keys that begin with `cf_` are custom fields, in a body and in its records.
//! - An operation with [undocumented parameters](crate::Operation::undocumented_query) takes any
//!   further key with a text, a number, true or false as a query parameter.
//! - Ids are best given as text, since numbers lose digits in many a program; either is taken.
//!
//! # Answers
//!
//! The JSON as it came, not read as the declared type; null where nothing came. A file comes as
//! `{"media_type": "image/png", "size": 68, "base64": "…"}`, up to [`LARGEST_FILE`].
//!
//! # The catalogue
//!
//! [`catalogue`] has all enabled operations as JSON, each with a JSON Schema of its arguments, which
//! can be given to an assistant as a tool's input. [`catalogue_of`] has one of them.
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
mod listing;
mod lookup;
mod schema;
#[cfg(test)]
mod tests;
mod upload;

pub use self::answer::LARGEST_FILE;
pub use self::invocation::Invocation;
pub use self::listing::{catalogue, catalogue_of};
pub use crate::unknown_name::{UnknownArgument, UnknownOperation};

use crate::catalogue::AnswerKind;
use crate::record::{DecodeError, Mismatches};

/// Reads a body as the typed answer of an operation, named by its id as here (`get_tickets`) or
/// as in the API's own description (`getTickets`).
///
/// The result lists the values that do not fit, a thousand at most. None where no enabled operation has that name.
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
        AnswerKind::Json(read) => read(body),
        AnswerKind::Empty | AnswerKind::Bytes => Ok(Mismatches::default()),
    })
}

/// What an operation may take beyond its declared names.
fn is_custom_field(name: &str) -> bool {
    name.starts_with("cf_")
}
