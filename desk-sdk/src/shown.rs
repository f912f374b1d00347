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

/// A text as part of a line, of which at least this many characters are kept if there are as many: what is written on
/// several lines or with tabs is put on one, and whatever else would affect the line is escaped.
pub(crate) fn flat(text: &str, longest: usize) -> String {
    let mut flat = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        if count > longest {
            break;
        }
        if count > 0 {
            flat.push(' ');
            count += 1;
        }
        for character in word.chars().take(longest.saturating_add(1).saturating_sub(count)) {
            flat.push(character);
            count += 1;
        }
    }
    line(&flat, usize::MAX)
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

/// Whether a character affects the line it is on, or is text that only programs see.
fn breaks_lines(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{flat, line};

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line("plain, grün, \"quoted\"", 80), "plain, grün, \"quoted\"");
        assert_eq!(line("a\r\nERROR b\u{1b}[2J\u{9b}\0", 80), "a\\r\\nERROR b\\u{1b}[2J\\u{9b}\\u{0}");
        assert_eq!(line("a\u{202e}b\u{2028}c", 80), "a\\u{202e}b\\u{2028}c");
        assert_eq!(line("a\u{61c}b\u{2067}\u{e0041}", 80), "a\\u{61c}b\\u{2067}\\u{e0041}");
        assert_eq!(line("äöü", 3), "äöü");
        assert_eq!(line("äöüß", 3), "äöü…");
        assert_eq!(line(&"\n".repeat(2_000_000), 10).len(), 10 * 2 + '…'.len_utf8());
    }

    #[test]
    fn what_is_on_several_lines_is_put_on_one() {
        assert_eq!(flat("  a\r\n\tb \u{2028} c\u{a0}d\n", 80), "a b c d");
        assert_eq!(flat("a\u{1b}[2J\u{202e}b\0", 80), "a\\u{1b}[2J\\u{202e}b\\u{0}");
        assert_eq!(flat(" \n ", 80), "");
        // One character more than was asked for shows that something was left out.
        assert_eq!(flat("abcdef", 3), "abcd");
        assert_eq!(flat("ab cd", 2), "ab ");
        assert!(flat(&"word\n".repeat(2_000_000), 10).len() < 20);
    }
}
