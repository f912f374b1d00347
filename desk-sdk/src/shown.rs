//! What others wrote, made fit to be shown.

/// A text in one line of at most so many characters: what is no character of a line, such as line
/// feeds, escape sequences and marks that turn the direction of writing, is written as an escape,
/// so that nobody can forge the lines of a log.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let mut line = String::with_capacity(text.len().min(longest));
    for (count, character) in text.chars().enumerate() {
        if count == longest {
            line.push('…');
            break;
        }
        if breaks_lines(character) {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// Whether a character does something to the line it is in.
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
