//! Characters that a reader would not see, or that move what stands around them.

/// Whether a character is one that Rust itself would not show as it is: a control, a line break, a mark of direction.
pub(crate) fn is_hidden(c: char) -> bool {
    !matches!(c, '\'' | '"' | '\\') && c.escape_debug().len() > 1
}

/// The text with such characters as Rust writes them: `\r`, `\u{202e}`.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_debug()) } else { shown.push(c) }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_shown_and_nothing_else_changes() {
        let text = "\"it's\" a \\ ü 漢 `x`";
        assert_eq!(visible(text), text);
        assert_eq!(visible("a\r\n\t\0\u{1b}\u{202e}\u{feff}"), "a\\r\\n\\t\\0\\u{1b}\\u{202e}\\u{feff}");
    }
}
