//! Makes text from elsewhere fit to be shown.

/// A text on one line, with at most this many characters. Line feeds, escape sequences, marks that change the direction
/// of writing and the like are escaped, so that nobody can forge log lines.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let (start, mark) = split(text, longest);
    let mut line = String::with_capacity(start.len() + mark.len());
    for character in start.chars() {
        if breaks_lines(character) {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line + mark
}

/// A text cut to this many characters but otherwise unchanged, for text that is quoted afterwards.
pub(crate) fn cut(text: &str, longest: usize) -> String {
    let (start, mark) = split(text, longest);
    [start, mark].concat()
}

/// The start of a text, and a mark if it was cut.
fn split(text: &str, longest: usize) -> (&str, &'static str) {
    match text.char_indices().nth(longest) {
        Some((end, _)) => (&text[..end], "…"),
        None => (text, ""),
    }
}

/// An error with all its sources.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// Whether a character affects the line it is on.
fn breaks_lines(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line("plain, grün, \"quoted\"", 80), "plain, grün, \"quoted\"");
        assert_eq!(line("a\r\nERROR b\u{1b}[2J\u{9b}\0", 80), "a\\r\\nERROR b\\u{1b}[2J\\u{9b}\\u{0}");
        assert_eq!(line("a\u{202e}b\u{2028}c", 80), "a\\u{202e}b\\u{2028}c");
        assert_eq!(line("äöü", 3), "äöü");
        assert_eq!(line("äöüß", 3), "äöü…");
        assert_eq!(line(&"\n".repeat(2_000_000), 10).len(), 10 * 2 + '…'.len_utf8());
    }
}
