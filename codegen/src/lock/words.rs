//! Words of a line: bare where they are plain, else written as in JSON.

use std::borrow::Cow;

/// A word as it is written.
pub(super) fn written(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_./{}$#-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        let quoted = serde_json::Value::from(word).to_string();
        quoted.chars().map(shown).collect()
    }
}

/// A character of a quotation; what is not plain is escaped, so that nothing can hide.
fn shown(c: char) -> String {
    if c == ' ' || c.is_ascii_graphic() {
        return c.to_string();
    }
    let mut units = [0; 2];
    c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// The words of a line; `None` if a quotation is not closed or wrong.
pub(super) fn read(line: &str) -> Option<Vec<Cow<'_, str>>> {
    let mut words = Vec::with_capacity(6);
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        if rest.starts_with('"') {
            let mut texts = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            words.push(Cow::Owned(texts.next()?.ok()?));
            rest = rest.get(texts.byte_offset()..)?;
            if rest.starts_with(|c: char| !c.is_whitespace()) {
                return None;
            }
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(Cow::Borrowed(&rest[..end]));
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_words_are_they_are_read_as_they_were_written() {
        let words = [
            "dueDate",
            "",
            "two words",
            "-due",
            "\"",
            "a\\b",
            "ü😀\u{202e}\u{7f}",
            "GET",
            "/a/{}/b",
            "r#type",
            "line\nbreak",
        ];
        let line = words.map(written).join(" ");
        assert!(line.chars().all(|c| c == ' ' || c.is_ascii_graphic()), "{line}");
        assert_eq!(read(&line).unwrap(), words);
    }

    #[test]
    fn a_quotation_that_does_not_end_is_refused() {
        for line in ["value \"open", "value \"a\"b", "value \"\\x\""] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
