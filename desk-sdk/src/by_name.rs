//! Reading answers by the operation's name, for tools that meet payloads as files.

use crate::record::{DecodeError, Decoding, Leaf, decode};

/// How the answer of one operation is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    pub(crate) operation: &'static str,
    pub(crate) read: fn(&[u8]) -> Result<(), DecodeError>,
}

pub(crate) fn read<T: Leaf + Default>(body: &[u8]) -> Result<(), DecodeError> {
    decode::<T>(body, Decoding::Strict).map(|_| ())
}

/// For operations whose answer is a file, or nothing.
pub(crate) fn nothing(_: &[u8]) -> Result<(), DecodeError> {
    Ok(())
}

/// Reads a body as the typed answer of an operation, named by its id.
///
/// None where no enabled operation has that id.
///
/// ```
/// use desk_sdk::by_name::read_answer;
///
/// let good = read_answer("get_tickets", br#"{"data": [{"id": 4000000008001, "isTrashed": "false"}]}"#);
/// assert_eq!(good, Some(Ok(())));
///
/// let bad = read_answer("get_tickets", br#"{"data": [{"isTrashed": "perhaps"}]}"#);
/// let reason = bad.unwrap().unwrap_err().to_string();
/// assert_eq!(reason, "data[0].isTrashed: expected true or false, found \"perhaps\"");
/// ```
pub fn read_answer(operation: &str, body: &[u8]) -> Option<Result<(), DecodeError>> {
    let readers = crate::generated::READERS.iter().copied().flatten().copied().flatten();
    let reader = readers.into_iter().find(|reader| reader.operation == operation)?;
    Some((reader.read)(body))
}
