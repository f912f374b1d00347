//! Reading answers by the operation's name, for tools that meet payloads as files.

use crate::catalogue::{AnswerKind, entries};
use crate::record::{DecodeError, Mismatch};

/// Reads a body as the typed answer of an operation, named by its id as here (`get_tickets`) or
/// as in the API's own description (`getTickets`).
///
/// The result lists every value that does not fit. None where no enabled operation has that name.
///
/// ```
/// use desk_sdk::by_name::read_answer;
///
/// let good = read_answer("get_tickets", br#"{"data": [{"id": 4000000008001, "isSpam": "false"}]}"#);
/// assert_eq!(good, Some(Ok(vec![])));
///
/// let bad = read_answer("get_tickets", br#"{"data": [{"isSpam": "perhaps"}]}"#);
/// let mismatches = bad.unwrap().unwrap();
/// assert_eq!(mismatches[0].to_string(), "data[0].isSpam: expected true or false, found \"perhaps\"");
/// ```
pub fn read_answer(operation: &str, body: &[u8]) -> Option<Result<Vec<Mismatch>, DecodeError>> {
    let entry = entries().find(|entry| entry.operation.id == operation).or_else(|| {
        let wanted = folded(operation);
        entries().find(|entry| folded(entry.operation.id) == wanted)
    })?;
    Some(match entry.answer {
        AnswerKind::Json(read) => read(body),
        AnswerKind::Empty | AnswerKind::Bytes => Ok(Vec::new()),
    })
}

/// A name without what tells the ways of writing apart.
fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}
