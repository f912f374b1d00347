//! The bytes of a file → its text.

use crate::diagnostic::{Diagnostic, Location};

/// Reads a file's bytes as text: UTF-8, or UTF-16 in either order, with or without a mark, or Latin-1.
///
/// # Errors
///
/// If the bytes are none of these, with the line.
pub fn text(file: &str, bytes: &[u8]) -> Result<String, Diagnostic> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(file, rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(file, rest, u16::from_be_bytes),
        // The first character of JSON and YAML is one of ASCII.
        [first, 0, ..] if *first != 0 => return utf16(file, bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => return utf16(file, bytes, u16::from_be_bytes),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            // Letters that are right as UTF-8 show that this is UTF-8 with damage; and Latin-1 has nothing there.
            let foreign = bytes.iter().any(|byte| (0x80..0xa0).contains(byte));
            match before.is_ascii() && !foreign {
                true => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
                false => Err(unreadable(file, before)),
            }
        }
    }
}

fn utf16(file: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Diagnostic> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(c.map_err(|_| unreadable(file, text.as_bytes()))?);
    }
    if rest.is_empty() { Ok(text) } else { Err(unreadable(file, text.as_bytes())) }
}

fn unreadable(file: &str, before: &[u8]) -> Diagnostic {
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    let problem = "the file is neither UTF-8 nor UTF-16 nor Latin-1";
    Diagnostic::new(Location::at(file, line, column), problem, "save it as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\n \"é\": \"𝄞\"}";

    #[test]
    fn every_encoding_gives_the_same_text() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (name, bytes) in [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            ("little-endian", little.clone()),
            ("big-endian", big.clone()),
            ("little-endian with a mark", [vec![0xff, 0xfe], little].concat()),
            ("big-endian with a mark", [vec![0xfe, 0xff], big].concat()),
        ] {
            assert_eq!(text("A.json", &bytes).unwrap(), TEXT, "{name}");
        }
        assert_eq!(text("A.json", b"{\"caf\xe9\": \"\xa7\"}").unwrap(), "{\"café\": \"§\"}");
        assert_eq!(text("A.json", b"").unwrap(), "");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        for (bytes, position) in [
            (b"{\n \"a\": \"\x93\xff\"}".as_slice(), (2, 8)),
            (b"{\"a\": \"\xc3\xa9\", \"b\": \"\xe9\"}".as_slice(), (1, 19)),
            (b"\xff\xfe{\0\n\0\x00\xd8a\0".as_slice(), (2, 1)),
            (b"\xfe\xff\0{\0".as_slice(), (1, 2)),
        ] {
            let found = text("A.json", bytes).unwrap_err();
            assert_eq!(found.location.position, Some(position), "{found}");
        }
    }
}
